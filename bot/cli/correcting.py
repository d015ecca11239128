"""smallprint correct."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import out, prepare_settings
from bot.errors import RefusedError
from bot.logic.messages.corrections import Correction

if TYPE_CHECKING:
    from bot.flows.delivery.correct import Corrected


def register(app: typer.Typer) -> None:
    app.command(name="correct")(correct_story)


def correct_story(
    story: Annotated[str, typer.Argument(metavar="STORY", help="Its id, as `smallprint stories` shows it.")],
    reason: Annotated[str, typer.Option(help="What was wrong, in one sentence; every post says so.")],
    headline: Annotated[str | None, typer.Option(help="The right headline.")] = None,
    what: Annotated[str | None, typer.Option(help="What happened, in the right words.")] = None,
    quote: Annotated[
        str | None, typer.Option(help='The right words of the quotation; "" takes it out.')
    ] = None,
    edition: Annotated[int, typer.Option(min=1, help="Which telling of the story these words are of.")] = 1,
    undo: Annotated[bool, typer.Option("--undo", help="Take the latest correction back.")] = False,
) -> None:
    """Put right what was told of a story: every post is edited and says so."""
    if undo and (headline, what, quote) != (None, None, None):
        raise RefusedError(
            "--undo brings the former words back, so it goes without --headline, --what and --quote."
        )
    correction = Correction(story, reason, edition, headline, what, quote)
    done = asyncio.run(_correct(correction, undo=undo))
    posts = f"{done.posts} post{'' if done.posts == 1 else 's'}"
    out.line(
        f"Corrected. {posts} will be edited within a minute while Smallprint runs, or by `smallprint once`."
    )


async def _correct(correction: Correction, *, undo: bool) -> "Corrected":
    from bot.app.clocks import SystemClock
    from bot.app.open_store import open_memory
    from bot.flows.delivery.correct import correct, take_back

    async with open_memory(prepare_settings()) as store:
        if undo:
            return await take_back(store, SystemClock(), correction.story_id, correction.reason)
        return await correct(store, SystemClock(), correction)
