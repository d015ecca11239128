"""smallprint feedback, suggestions: what readers said, for whoever runs the bot."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.feedback import check_free, write_whole
from bot.cli.opening import out, prepare_settings
from bot.logic.text.inert import clean
from bot.logic.text.plural import counted
from bot.model import Suggestion

if TYPE_CHECKING:
    from bot.workbench.feedback import DoubtedStory

feedback = typer.Typer(
    help="Stories that readers called off the subject: look at them, label them, learn from them.",
    no_args_is_help=True,
)
suggestions = typer.Typer(help="Sources that readers would like to be watched.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")]


@feedback.command("list")
def list_feedback(
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Stories at most.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Stories with "not relevant" of readers, those of most readers first, and what you said of them."""
    stories = asyncio.run(_doubted(limit))
    if as_json:
        out.json([_story_as_json(each) for each in stories])
        return
    out.table(
        ("story", "readers", "last", "you said", "headline"),
        [
            (
                each.view.story.id,
                each.said.readers,
                f"{each.said.said_at:%Y-%m-%d}",
                each.decided,
                clean(each.headline),
            )
            for each in stories
        ],
        empty="No reader has called a story off the subject.",
    )
    if any(not each.decided for each in stories):
        out.remark("Say what you think of them with: smallprint label --feedback")


@feedback.command("export")
def export_feedback(
    file: Annotated[str, typer.Argument(metavar="FILE", help='Where to write JSON lines; "-": stdout.')],
    sure: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Not in doubt from N readers on; without it always in doubt."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over the file.")] = False,
) -> None:
    """Write the entries of those stories that you have not labelled, as `smallprint eval` and `fit` read them."""
    from bot.workbench.feedback import MOST, as_labels
    from bot.workbench.label import exported

    if file != "-":
        check_free(Path(file), force)
    held = as_labels(asyncio.run(_doubted(MOST)), sure=sure)
    write_lines(file, [json.dumps(row, ensure_ascii=False) for row in exported(held)])


def write_lines(file: str, lines: Sequence[str]) -> None:
    """To the file, whole, or to stdout for "-"; says how many. Raises RefusedError."""
    if file == "-":
        for line in lines:
            out.line(line)
    else:
        write_whole(Path(file), "".join(f"{line}\n" for line in lines))
    out.remark(f"{counted(len(lines), 'labelled entry', 'labelled entries')}.")


@suggestions.command("list")
def list_suggestions(
    everything: Annotated[bool, typer.Option("--all", help="Those that are settled, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """What readers suggested with /suggest, oldest first. Who it was is not shown."""
    held = asyncio.run(_suggestions(everything))
    if as_json:
        out.json([_suggestion_as_json(each) for each in held])
        return
    out.table(
        ("id", "said", "settled", "suggestion"),
        [
            (
                each.id,
                f"{each.said_at:%Y-%m-%d}",
                f"{each.settled_at:%Y-%m-%d}" if each.settled_at else "",
                clean(each.text),
            )
            for each in held
        ],
        empty="Nothing is suggested." if everything else "No suggestion waits.",
    )
    if any(each.settled_at is None for each in held):
        out.remark("Try one with: smallprint sources test URL. Then: smallprint suggestions settle ID")


@suggestions.command("settle")
def settle_suggestion(
    number: Annotated[
        int, typer.Argument(metavar="ID", help="Number in the list that `smallprint suggestions list` shows.")
    ],
) -> None:
    """Say that a suggestion was looked at, whatever came of it; it leaves the list."""
    settled = asyncio.run(_settle(number))
    out.line(f"Settled {settled.id}: {clean(settled.text)}")


def _story_as_json(each: "DoubtedStory") -> dict[str, object]:
    return {
        "story": each.view.story.id,
        "headline": each.headline,
        "readers": each.said.readers,
        "said_at": each.said.said_at,
        "you_said": each.decided or None,
        "urls": [judged.entry.url for judged in each.view.entries if judged.entry.url],
    }


def _suggestion_as_json(each: Suggestion) -> dict[str, object]:
    return {
        "id": each.id,
        "text": each.text,
        "sink": each.sink,
        "said_at": each.said_at,
        "settled_at": each.settled_at,
    }


async def _doubted(limit: int) -> "Sequence[DoubtedStory]":
    from bot.app.open_store import open_memory
    from bot.workbench.feedback import doubted_stories

    async with open_memory(prepare_settings()) as store:
        return await doubted_stories(store, limit=limit)


async def _suggestions(everything: bool) -> Sequence[Suggestion]:
    from bot.app.open_store import open_memory

    async with open_memory(prepare_settings()) as store:
        return await store.suggestions(settled=None if everything else False)


async def _settle(number: int) -> Suggestion:
    from bot.app.clocks import SystemClock
    from bot.app.open_store import open_memory
    from bot.workbench.feedback import settle

    async with open_memory(prepare_settings()) as store:
        return await settle(store, SystemClock(), number)
