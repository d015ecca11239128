"""smallprint record: where platforms stand, and corrections of it."""

import asyncio
import getpass
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import out, prepare
from bot.errors import RefusedError
from bot.model.record import PlatformRecord, Position, RecordOrigin, RecordSubject

if TYPE_CHECKING:
    from bot.flows.memory import Store
    from bot.model.record import TimelineItem
    from bot.ports import Clock

app = typer.Typer(
    help="Where platforms stand on AI and music, since when, in whose words.", no_args_is_help=True
)

Json = Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")]
Platform = Annotated[str, typer.Argument(help="Name as in platforms.toml, in any case.")]
Reason = Annotated[str, typer.Option(help="Why; readers see it beside what was said before.")]
By = Annotated[str | None, typer.Option(help="Who corrects; the name of this user if left out.")]

POSITIONS = tuple(position for position in Position if position is not Position.UNKNOWN)
SHOWN_IN_THE_TABLE = ("training", "licensing-on", "opting-out", "ai-uploads", "labels")


@dataclass(frozen=True, slots=True)
class Opened:
    store: "Store"
    clock: "Clock"
    platforms: tuple[str, ...]

    def known(self, platform: str) -> str:
        """The platform's name as configured. Raises RefusedError."""
        from bot.flows.people.record import spelled
        from bot.settings.problems import meant

        name = spelled(self.platforms, platform)
        if name is None:
            hint = meant(platform, self.platforms)
            raise RefusedError(f"There is no platform {platform!r}{hint}. Names are in platforms.toml.")
        return name


@asynccontextmanager
async def _opened() -> AsyncIterator[Opened]:
    """The memory with the history in it, also before the first run."""
    from bot.app.clocks import SystemClock
    from bot.app.open_store import open_memory
    from bot.flows.people.record import keep_history

    prepared = prepare()
    history, clock = prepared.config.history, SystemClock()
    async with open_memory(prepared.settings, create=True) as store:
        await keep_history(store, clock, history.events, history.kept)
        yield Opened(store, clock, tuple(entity.name for entity in prepared.config.platforms))


@app.command("show")
def show(platform: Platform, as_json: Json = False) -> None:
    """Where a platform stands: each subject, the words, what the company said, open questions, timeline."""
    from bot.logic.site.record_json import record_json

    record = asyncio.run(_record(platform))
    if as_json:
        out.json(record_json(record))
        return
    if record.is_empty:
        out.remark(f"Nothing is known of {record.platform} yet.")
        return
    _tell(record)


async def _record(platform: str) -> PlatformRecord:
    from bot.flows.people.record import record_of

    async with _opened() as opened:
        return await record_of(opened.store, opened.clock, opened.known(platform))


def _tell(record: PlatformRecord) -> None:
    from bot.logic.record.lines import record_lines

    for line in record_lines(record):
        out.line(line)


@app.command("list")
def list_all(
    everybody: Annotated[
        bool, typer.Option("--all", help="Also those that only have events, such as laws and people.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Where they stand: every platform with a known position, one line each."""
    from bot.logic.record.words import glance
    from bot.logic.site.record_json import glance_json

    records = [each for each in asyncio.run(_records()) if everybody or _stands_somewhere(each)]
    if as_json:
        out.json([glance_json(record) for record in records])
        return
    rows = [
        (
            record.platform,
            *(glance(standing.subject, standing.position).word for standing in record.standings),
        )
        for record in records
    ]
    subjects = tuple(subject.value for subject in RecordSubject)
    hidden = tuple(subject for subject in subjects if subject not in SHOWN_IN_THE_TABLE)
    out.table(("platform", *subjects), rows, empty="Nothing is known of any platform.", piped_only=hidden)


def _stands_somewhere(record: PlatformRecord) -> bool:
    return any(standing.position is not Position.UNKNOWN for standing in record.standings)


async def _records() -> list[PlatformRecord]:
    from bot.flows.people.record import records

    async with _opened() as opened:
        return await records(opened.store, opened.clock, opened.platforms)


@app.command("amend")
def amend(
    platform: Platform,
    subject: Annotated[
        RecordSubject, typer.Argument(metavar="SUBJECT", help=f"One of: {', '.join(RecordSubject)}.")
    ],
    position: Annotated[
        Position, typer.Argument(metavar="POSITION", help=f"One of: {', '.join(POSITIONS)}.")
    ],
    reason: Reason,
    words: Annotated[str | None, typer.Option(help="The exact words of the platform's text.")] = None,
    limits: Annotated[str | None, typer.Option(help="What it does not reach or leaves unsaid.")] = None,
    since: Annotated[str | None, typer.Option(help="From when on, such as 2025-05-27.")] = None,
    source: Annotated[str | None, typer.Option(help="Address where it can be read up.")] = None,
    by: By = None,
) -> None:
    """Correct where a platform stands on a subject; what the record said before stays visible."""
    from bot.logic.record.amend import AmendmentRequest

    if position is Position.UNKNOWN:
        raise typer.BadParameter(
            "unknown is what the record says of itself. Write silent when the texts say nothing.",
            param_hint="POSITION",
        )
    wish = AmendmentRequest(subject, position, reason, words, limits, _day(since), _address(source))
    asyncio.run(_amend(platform, wish, by or _user()))


async def _amend(platform: str, wish: object, by: str) -> None:
    from bot.flows.people.record import amend as amend_flow
    from bot.logic.record.amend import AmendmentRequest
    from bot.logic.record.words import LABELS, glance

    assert isinstance(wish, AmendmentRequest)
    async with _opened() as opened:
        made = await amend_flow(opened.store, opened.clock, opened.known(platform), wish, by)
    subject = made.claim.subject
    now = glance(subject, made.claim.position).word
    before = glance(subject, made.before.position).word if made.before else "not known"
    out.line(f"{made.platform}, {LABELS[subject].lower()}: {now}. Until now the record said: {before}.")


@app.command("withdraw")
def withdraw(
    key: Annotated[str, typer.Argument(help="Key of the event, as `record history` shows it.")],
    reason: Reason,
    by: By = None,
) -> None:
    """Take an event back: it counts for nothing any more, and stays visible as taken back."""
    made = asyncio.run(_withdraw(key, reason, by or _user()))
    out.line(made)


async def _withdraw(key: str, reason: str, by: str) -> str:
    from bot.flows.people.record import withdraw as withdraw_flow

    async with _opened() as opened:
        made = await withdraw_flow(opened.store, opened.clock, key, reason, by)
    return f"Took {made.event.key} back: {made.event.sentence}"


@app.command("history")
def history(
    platform: Annotated[str | None, typer.Option(help="Only events of this platform.")] = None,
    origin: Annotated[
        RecordOrigin | None,
        typer.Option(metavar="ORIGIN", help=f"Only from here: {', '.join(RecordOrigin)}."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Every dated event of the record, newest first, with its key."""
    from bot.logic.record.words import day
    from bot.logic.site.record_json import item_json

    items = asyncio.run(_history(platform, origin))
    if as_json:
        out.json([item_json(item) for item in items])
        return
    rows = [
        (
            item.event.key,
            day(item.event.happened_on, item.event.precision),
            ", ".join(item.event.platforms),
            f"[taken back] {item.event.sentence}" if item.withdrawn else item.event.sentence,
        )
        for item in items
    ]
    out.table(("key", "date", "platforms", "event"), rows, empty="No such event.")


async def _history(platform: str | None, origin: RecordOrigin | None) -> list["TimelineItem"]:
    from bot.flows.people.record import events

    async with _opened() as opened:
        name = None if platform is None else opened.known(platform)
        return await events(opened.store, platform=name, origin=origin)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        # A container's user may have no name.
        return "operator"


def _day(text: str | None) -> date | None:
    from bot.settings.history import read_day

    if text is None:
        return None
    try:
        return read_day(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} {_lower(error)}", param_hint="--since") from error


def _address(text: str | None) -> str | None:
    from bot.settings.sources import checked_url

    if text is None:
        return None
    try:
        return checked_url(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} {_lower(error)}", param_hint="--source") from error


def _lower(error: ValueError) -> str:
    said = str(error)
    return said[:1].lower() + said[1:]
