"""The record of where platforms stand: kept from history.toml, asked for, corrected."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.errors import RefusedError
from bot.flows.terms.memory import RecordMemory, TermsMemory
from bot.logic.record.amend import AmendmentRequest, amendment_of, withdrawal_of
from bot.logic.record.fold import RecordFacts, all_records, fold, platform_record, timeline_of
from bot.logic.record.history import plan_history
from bot.logic.record.terms import change_events
from bot.model import ChangeState
from bot.model.record import (
    Amendment,
    PlatformRecord,
    RecordEvent,
    RecordOrigin,
    RecordRevision,
    TimelineItem,
)
from bot.ports import Clock

MOST_CHANGES = 5_000
"""Clause changes that a record looks at; sixty pages bring some hundreds a year."""

HOLDING = (ChangeState.ALERTED, ChangeState.RECORDED)

STORIES_ON_A_RECORD = 40
"""Newest stories on a platform's timeline; older ones are on the site by platform."""


class RecordStore(RecordMemory, TermsMemory, Protocol):
    """What a record is folded from."""


async def keep_history(
    store: RecordMemory, clock: Clock, events: Sequence[RecordEvent], kept: frozenset[str] = frozenset()
) -> int:
    """Let the record say what history.toml says; how many wordings were written. Nothing is ever posted.

    kept  keys of rows with a mistake: they stay as they are
    """
    known = await store.record_revisions(origin=RecordOrigin.SEED)
    planned = plan_history(events, known, clock.now(), kept)
    return await store.save_revisions(planned)


async def record_of(store: RecordStore, clock: Clock, platform: str) -> PlatformRecord:
    """Where a platform stands today, the stories told of it included. Empty when nothing is known."""
    known = RecordFacts(
        revisions=await store.record_revisions(platform=platform),
        amendments=await store.amendments(platform),
        stories=await store.told_stories(platform, STORIES_ON_A_RECORD),
        clauses=await _clauses(store, platform),
    )
    return platform_record(platform, known, _today(clock))


async def records(store: RecordStore, clock: Clock, platforms: Sequence[str]) -> list[PlatformRecord]:
    """Of every platform that has one, in the order given, without stories: for the table "where they stand"."""
    known = RecordFacts(await store.record_revisions(), await store.amendments(), (), await _clauses(store))
    return all_records(platforms, known, _today(clock))


async def amend(
    store: RecordStore, clock: Clock, platform: str, wish: AmendmentRequest, by: str
) -> Amendment:
    """Correct where a platform stands on a subject. Raises RefusedError with what to do instead."""
    record = await record_of(store, clock, platform)
    return await store.save_amendment(amendment_of(record, wish, by, clock.now()))


async def withdraw(store: RecordMemory, clock: Clock, key: str, reason: str, by: str) -> RecordRevision:
    """Take an event back; it stays visible, struck out. Raises RefusedError for one that is not there or is back."""
    known = [each for each in await store.record_revisions() if each.event.key == key]
    planned = withdrawal_of(key, known, reason, by, clock.now())
    if not await store.save_revisions([planned]):
        raise RefusedError(f"Somebody else changed {key} just now. Look at it again, then repeat.")
    return planned


async def events(
    store: RecordMemory, *, platform: str | None = None, origin: RecordOrigin | None = None
) -> list[TimelineItem]:
    """Dated events with their former wordings, newest first; stories are not among them."""
    return timeline_of(await store.record_revisions(platform=platform, origin=origin))


async def _clauses(store: RecordStore, platform: str | None = None) -> list[RecordEvent]:
    """What the terms watch saw of a platform, or of all."""
    changes = await store.changes(limit=MOST_CHANGES, platform=platform, states=HOLDING)
    states = await store.document_states({each.document_id for each in changes})
    stories = await store.stories_of_clauses({each.entry_key for each in changes if each.entry_key})
    return change_events(changes, {key: state.url or "" for key, state in states.items()}, stories)


def spelled(platforms: Sequence[str], asked: str) -> str | None:
    """The platform's name as configured, however it was typed; None: there is no such platform."""
    return next((name for name in platforms if fold(name) == fold(asked)), None)


def _today(clock: Clock) -> date:
    return clock.now().date()
