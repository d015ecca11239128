"""smallprint site: the public site as files."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import out, prepare
from bot.errors import RefusedError
from bot.logic.text.plural import counted

if TYPE_CHECKING:
    from bot.cli.opening import Prepared
    from bot.web.export import Exported

app = typer.Typer(help="The public site.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The public site."""


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write; made if missing.")],
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")] = False,
) -> None:
    """Write the whole site as static files; run it again to bring them up to date."""
    prepared = prepare()
    done = asyncio.run(_export(prepared, folder))
    if as_json:
        facts = {"written": done.written, "unchanged": done.unchanged, "failed": done.failed}
        out.json(facts | {"bytes": done.written_bytes})
    else:
        _tell(prepared, folder, done)
    if done.failed:
        raise RefusedError(
            f"{counted(done.failed, 'page')} could not be made, such as {done.first_failed}. "
            "The log says why; the files of before stay. Run it again once that is mended."
        )


def _tell(prepared: "Prepared", folder: Path, done: "Exported") -> None:
    size = f"{done.written_bytes / 2**20:.1f} MiB"
    out.line(
        f"Wrote {counted(done.written, 'file')} ({size}) to {folder}; {done.unchanged:,} were as they should be."
    )
    if prepared.settings.site_url is None:
        out.remark(
            "Set SMALLPRINT_SITE_URL to the site's public address, so that feeds and the site map name it."
        )


async def _export(prepared: "Prepared", folder: Path) -> "Exported":
    from bot.app.open_store import open_memory
    from bot.app.public_site import desk_of
    from bot.web.export import export_site

    async with open_memory(prepared.settings) as store:
        return await export_site(desk_of(prepared.settings, prepared.config, store), folder)
