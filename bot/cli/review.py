"""smallprint review: sentences on AI that no reading was sure of."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from bot.cli.opening import out, prepare, prepare_settings
from bot.logic.text.plural import counted
from bot.model import URGENT_STANCES, StanceKind, StoredChange

app = typer.Typer(
    help="Sentences on AI in watched terms that nobody could read for sure: accept or dismiss them."
)

Number = Annotated[
    int, typer.Argument(metavar="ID", help="Number in the list that `smallprint review` shows.")
]
Because = Annotated[str, typer.Option("--because", help="Why; kept with it and shown.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")]
STANCES = ", ".join(StanceKind)


@app.callback(invoke_without_command=True)
def review(
    context: typer.Context,
    platform: Annotated[str | None, typer.Option(help="Only those of this platform.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what waits, oldest first. `review accept ID` and `review dismiss ID` decide."""
    if context.invoked_subcommand is not None:
        return
    waiting = asyncio.run(_queue(platform))
    if as_json:
        out.json([change_as_json(each) for each in waiting])
        return
    if not waiting:
        out.remark("Nothing waits for review.")
        return
    for each in waiting:
        out.line(f"{each.id}  {each.platform}, {each.document_id}, seen {each.first_seen_at:%Y-%m-%d}")
        stem = f"{each.change.stem} " if each.change.stem else ""
        out.line(f"    “{stem}{each.change.quote}”")
        reading = f"{each.kind.value} ({each.change.stance.confidence:.2f})"
        out.line(f"    likeliest reading: {reading}: {each.plain}")
        out.line(f"    waits because {each.why}")
    out.remark(
        f"{counted(len(waiting), 'sentence')}. Next: smallprint review accept ID --stance STANCE --because WHY, or "
        "smallprint review dismiss ID --because WHY."
    )


@app.command()
def accept(
    number: Number,
    because: Because,
    stance: Annotated[
        StanceKind | None,
        typer.Option(metavar="STANCE", help=f"What it says, if not the likeliest reading: {STANCES}."),
    ] = None,
    tell: Annotated[bool, typer.Option("--tell", help="Tell people now, as of any urgent clause.")] = False,
) -> None:
    """Take a sentence into the record as a stance; with --tell people hear of it."""
    change = asyncio.run(_accept(number, stance, because, tell))
    out.line(f"Recorded: {change.plain}")
    if tell:
        out.remark("It is told with the next pass.")
    elif change.kind in URGENT_STANCES and not change.is_baseline:
        out.remark("People are told of such a clause the same day: repeat with --tell if they should be.")


@app.command()
def dismiss(number: Number, because: Because) -> None:
    """Say that there is nothing in a sentence; it stays visible with the reason."""
    asyncio.run(_dismiss(number, because))
    out.line(f"Dismissed {number}.")


def change_as_json(each: StoredChange) -> dict[str, Any]:
    """One clause change as scripts read it."""
    return {
        "id": each.id,
        "document": each.document_id,
        "platform": each.platform,
        "version": each.version,
        "before": each.before,
        "place": each.place,
        "stance": each.kind,
        "direction": each.direction,
        "quote": each.change.quote,
        "stem": each.change.stem or None,
        "replaced": each.change.replaced,
        "condition": each.change.stance.condition or None,
        "confidence": each.change.stance.confidence,
        "plain": each.plain,
        "state": each.state,
        "first_seen_at": each.first_seen_at,
        "confirmed_at": each.confirmed_at,
        "effective_on": each.effective_on,
        "why": each.why,
    }


async def _queue(platform: str | None) -> Sequence[StoredChange]:
    from bot.app.open_store import open_memory
    from bot.flows.terms.review import review_queue

    async with open_memory(prepare_settings()) as store:
        return await review_queue(store, platform=platform)


async def _accept(number: int, stance: StanceKind | None, because: str, tell: bool) -> StoredChange:
    from bot.app.clocks import SystemClock
    from bot.app.open_store import open_memory
    from bot.flows.terms.review import accept as accept_change

    prepared = prepare()
    async with open_memory(prepared.settings) as store:
        return await accept_change(
            store,
            SystemClock(),
            number,
            stance,
            because,
            documents={each.id: each for each in prepared.config.documents},
            platform_ids={each.name: each.id for each in prepared.config.platforms},
            tell=tell,
        )


async def _dismiss(number: int, because: str) -> None:
    from bot.app.clocks import SystemClock
    from bot.app.open_store import open_memory
    from bot.flows.terms.review import dismiss as dismiss_change

    async with open_memory(prepare_settings()) as store:
        await dismiss_change(store, SystemClock(), number, because)
