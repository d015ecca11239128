"""smallprint terms compare, replay; the commands of the watch are in terms_watch."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import terms_watch
from bot.cli.opening import out

if TYPE_CHECKING:
    from bot.model import ClauseChange, TermsAlert

app = typer.Typer(help="Terms pages: what a change lets a platform do.", no_args_is_help=True)

terms_watch.register(app)

_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="The older version, a text file.")],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="The newer version.")],
    seen: Annotated[
        list[Path] | None,
        typer.Option(
            "--seen", metavar="FILE", help="A still older version: nothing in it is new. May be repeated."
        ),
    ] = None,
) -> None:
    """Compare two versions of a terms page; one JSON line for each stance on AI that came or went."""
    # Here and not above: help texts are shown without.
    from bot.flows.terms.compare import compare_files

    for change in compare_files(before, after, seen or []):
        out.line(json.dumps(_told(change), ensure_ascii=False))


@app.command()
def replay(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Versions of one page, one file each, named by date.")
    ],
) -> None:
    """Play the versions of a page in the order of their names; one JSON line for each alert there would have been."""
    from bot.flows.terms.compare import replay as played

    count = 0
    for alert in played(folder):
        out.line(json.dumps(_alert(alert), ensure_ascii=False))
        count += 1
    out.remark(f"{count} alerts." if count != 1 else "1 alert.")


def _told(change: "ClauseChange") -> dict[str, Any]:
    return {
        "stance": change.stance.kind.value,
        "direction": change.direction.value,
        "quote": change.quote,
        "span": list(change.span) if change.span else None,
        "replaced": change.replaced,
        "stem": change.stem or None,
        "condition": change.stance.condition or None,
        "confidence": change.stance.confidence,
        "urgent": change.urgent,
        "plain": change.stance.plain,
    }


def _alert(alert: "TermsAlert") -> dict[str, Any]:
    """The strongest change speaks for the alert; the others are listed."""
    found = _DATE.search(alert.name)
    lead, *others = alert.changes
    return {
        "date": "-".join(found.groups()) if found else None,
        "file": alert.name,
        **_told(lead),
        "also": [_told(change) for change in others],
    }
