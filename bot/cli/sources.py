"""smallprint sources: list, add, remove, test, import, export."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import Prepared, out, prepare
from bot.errors import RefusedError
from bot.logic.text.plural import counted
from bot.model import Evidence, SourceGroup

if TYPE_CHECKING:
    from bot.settings import Config
    from bot.settings.edit import NewSource

app = typer.Typer(help="What is watched: list, add, remove, test, import, export.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")]
# In the help text and not in its column of types, where a narrow terminal breaks them in the middle of a word.
GROUPS, EVIDENCE = ", ".join(SourceGroup), ", ".join(Evidence)


@app.command("list")
def list_sources(as_json: Json = False) -> None:
    """Show every source, with how it is doing once it was polled."""
    from bot.app.try_source import source_rows

    prepared = prepare()
    rows = asyncio.run(source_rows(prepared.settings, prepared.config))
    if as_json:
        out.json([row.as_json() for row in rows])
        return
    heads = ("id", "name", "group", "health", "last good", "next", "address", "remark")
    empty = "No source yet. Add one: smallprint sources add ADDRESS"
    out.table(heads, [row.cells() for row in rows], empty=empty, piped_only=("name", "group", "address"))


@app.command()
def add(
    address: Annotated[
        str, typer.Argument(metavar="ADDRESS", help="Address of a feed, or of a site that has one.")
    ],
    name: Annotated[str | None, typer.Option(help="As people see it; without: the feed's own title.")] = None,
    group: Annotated[
        SourceGroup, typer.Option(metavar="GROUP", help=f"What sort of publisher it is: {GROUPS}.")
    ] = SourceGroup.GENERAL,
    source_id: Annotated[
        str | None, typer.Option("--id", help="Short and lasting; without: from the host.")
    ] = None,
    platform: Annotated[
        str | None, typer.Option(help="Platform id, if it is that platform's own voice.")
    ] = None,
    tier: Annotated[
        int, typer.Option(min=1, max=3, help="1 primary or specialist, 2 press, 3 aggregator.")
    ] = 2,
    poll_minutes: Annotated[
        int | None, typer.Option(min=1, max=10_080, help="The pace to start from.")
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of its entries.")] = "en",
    needs: Annotated[
        list[Evidence] | None,
        typer.Option(metavar="WHAT", help=f"What each entry must prove: {EVIDENCE}; repeat for more."),
    ] = None,
    unseen: Annotated[
        bool, typer.Option("--unseen", help="Take the address as a feed without looking.")
    ] = False,
) -> None:
    """Find the feed behind an address and append it to sources.toml. Its first pass posts nothing."""
    from bot.settings.edit import NewSource, id_from

    prepared = prepare()
    feed, title, site = _feed_behind(prepared, address, unseen=unseen)
    _refuse_known(prepared.config, feed)
    taken = frozenset(source.id for source in (*prepared.config.sources, *prepared.config.off))
    new = NewSource(
        id=source_id or id_from(address, taken),
        name=(name or title or address)[:100],
        feed=feed,
        site=site,
        group=group,
        platform=platform,
        tier=tier,
        poll_minutes=poll_minutes,
        lang=lang,
        needs=frozenset(needs) if needs else None,
    )
    path = _append(prepared.config, [new])
    out.line(f"Added {new.id} ({new.feed}) to {path}.")
    if group is SourceGroup.GENERAL:
        out.remark("As a general source it must prove AI, music and a rule itself; --group says more of it.")
    out.remark("A running bot takes it up after SIGHUP or a restart; the first pass posts nothing.")


def _feed_behind(prepared: Prepared, address: str, *, unseen: bool) -> tuple[str, str, str | None]:
    """The feed's address and own title, and the site if that was given instead. Raises RefusedError.

    unseen  take the address as a feed without looking; the title is empty then
    """
    from bot.app.try_source import discover
    from bot.settings.sources import checked_url

    try:
        checked_url(address)
    except ValueError as error:
        raise RefusedError(f"{address}: {str(error)[0].lower()}{str(error)[1:]}") from error
    if unseen:
        return address, "", None
    found = asyncio.run(discover(prepared.settings, prepared.config, address, entries=0))
    return found.feed, found.title, None if found.feed == address else address


def _refuse_known(config: "Config", feed: str) -> None:
    """Raises RefusedError for a feed that is watched already: it would be asked twice."""
    for source in (*config.sources, *config.off):
        if source.feed == feed:
            off = ", but switched off: take `enabled = false` away there" if source in config.off else ""
            raise RefusedError(f"{feed} is in sources.toml already, as {source.id}{off}.")


def _append(config: "Config", new: "list[NewSource]") -> Path:
    """Write the tables if the file is as good afterwards as before; the path. Raises RefusedError."""
    from bot.settings.edit import read_exactly, with_source, write_whole
    from bot.settings.sources import sources_in

    path = _own_file(config)
    text = read_exactly(path)
    platforms = {entity.id for entity in config.platforms}
    before = {str(problem) for problem in sources_in(text, path, platforms).problems}
    for each in new:
        text = with_source(text, each)
    listed = sources_in(text, path, platforms)
    worse = [problem for problem in listed.problems if str(problem) not in before]
    if worse:
        raise RefusedError(f"Not written: {worse[0].problem}. {worse[0].fix}")
    write_whole(path, text)
    return path


def _own_file(config: "Config") -> Path:
    """sources.toml of the operator. Raises RefusedError rather than change the one that came with the program."""
    from bot.settings import default_folder

    folder = config.folder
    if folder == default_folder() and folder != Path.cwd() / "config":
        raise RefusedError(
            f"{folder} came with the program and is not yours to change. "
            "Run `smallprint init .` for a config of your own in this folder."
        )
    return folder / "sources.toml"


@app.command()
def remove(
    source_id: Annotated[str, typer.Argument(metavar="ID", help="As `sources list` shows it.")],
) -> None:
    """Take one source out of sources.toml; the rest of the file stays as it is."""
    from bot.settings.edit import read_exactly, without_source, write_whole

    prepared = prepare(tell_problems=False)
    path = _own_file(prepared.config)
    write_whole(path, without_source(read_exactly(path), source_id, path))
    out.line(f"Removed {source_id} from {path}.")
    out.remark(
        "A running bot stops asking it after SIGHUP or a restart. What it brought so far stays remembered."
    )


@app.command("test")
def try_source(
    address: Annotated[
        str, typer.Argument(metavar="URL", help="Address of a feed, or of a site that has one.")
    ],
    group: Annotated[
        SourceGroup, typer.Option(metavar="GROUP", help=f"Judge it as this sort of publisher: {GROUPS}.")
    ] = SourceGroup.GENERAL,
    entries: Annotated[int, typer.Option(min=1, max=200, help="How many entries to show.")] = 10,
    as_json: Json = False,
) -> None:
    """Find the feed behind an address, show its last entries and which would be posted, and why."""
    from bot.app.try_source import discover

    prepared = prepare()
    found = asyncio.run(discover(prepared.settings, prepared.config, address, entries=entries, group=group))
    if as_json:
        out.json(found.as_json())
        return
    out.line(f"Feed: {found.feed}")
    out.line(f"Title: {found.title or '(none)'}   kind: {found.version}   entries: {found.count}")
    for judged in found.judged:
        mark = "POST" if judged.verdict.relevant else "skip"
        when = f"{judged.entry.happened_at:%Y-%m-%d}"
        out.line(f"\n[{mark}] {when}  {judged.entry.title}")
        out.line(f"       {judged.entry.url or '(no address)'}")
        for reason in judged.verdict.reasons[:3]:
            out.line(f"       - {reason.text}")
    wanted = sum(judged.verdict.relevant for judged in found.judged)
    last = counted(len(found.judged), "last entry", "last entries")
    out.line(f"\nOf the {last}, {wanted} would be posted if new.")


@app.command("import")
def import_opml(
    file: Annotated[Path, typer.Argument(metavar="OPML", help="A list exported by a feed reader.")],
    group: Annotated[
        SourceGroup, typer.Option(metavar="GROUP", help=f"The group of all that it brings: {GROUPS}.")
    ] = SourceGroup.GENERAL,
) -> None:
    """Append the feeds of an OPML file that are not watched yet."""
    from bot.settings.edit import NewSource, id_from
    from bot.settings.opml import read_opml
    from bot.settings.sources import checked_url

    prepared = prepare()
    sources = (*prepared.config.sources, *prepared.config.off)
    known, taken = {source.feed for source in sources}, {source.id for source in sources}
    new: list[NewSource] = []
    for outline in read_opml(_read_bytes(file)):
        if outline.feed in known:
            out.remark(f"Known already: {outline.feed}")
            continue
        try:
            checked_url(outline.feed)
            site = checked_url(outline.site) if outline.site else None
        except ValueError:
            out.remark(f"Left out, not a web address: {outline.feed}")
            continue
        source_id = id_from(outline.site or outline.feed, frozenset(taken))
        taken.add(source_id)
        new.append(NewSource(source_id, outline.name[:100], outline.feed, site, group))
    if not new:
        out.line("Nothing to add.")
        return
    path = _append(prepared.config, new)
    out.line(f"Added {counted(len(new), 'source')} to {path}.")


def _read_bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise RefusedError(f"{file} cannot be read ({error.strerror}). Check the path.") from error


@app.command("export")
def export_opml(
    file: Annotated[
        Path | None, typer.Argument(metavar="OPML", help="Where to write it; without: stdout.")
    ] = None,
) -> None:
    """Write every source that has a feed as OPML."""
    from bot.settings.opml import write_opml

    prepared = prepare()
    document = write_opml(prepared.config.sources)
    if file is None:
        out.raw(document)
        return
    try:
        # "x": a list that somebody made by hand is not overwritten by a slip.
        with file.open("x", encoding="utf-8") as opened:
            opened.write(document)
    except FileExistsError as error:
        raise RefusedError(f"{file} is there already. Choose another name, or delete it first.") from error
    except OSError as error:
        raise RefusedError(f"{file} cannot be written ({error.strerror}). Check the folder.") from error
    out.line(f"Wrote {file}.")
