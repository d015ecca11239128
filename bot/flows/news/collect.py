"""collect: what sources publish becomes judged entries in the memory."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

import structlog

from bot.errors import FailureKind
from bot.flows.faults import keep_fault_inside
from bot.flows.finish import finish_before_stopping
from bot.flows.news.memory import SourceMemory
from bot.logic.operator.alerts import source_alert
from bot.logic.polling.look import JudgeNew, as_configured, asked_afresh, keys_in, plan_collection
from bot.logic.polling.schedule import host_by_host, is_due
from bot.model import Collection, Failed, FeedRead, Health, Reading, Source, SourceState
from bot.ports import Clock, Reader

log = structlog.get_logger()

QUIET_BATCH = 50
"""States of quiet looks written at once: one transaction each would cost more than the polling."""
MANY_ENTRIES = 25
"""From here on judging is moved off the event loop, so that a first pass does not stop the gateway's heartbeat."""

EARLIEST = datetime.min.replace(tzinfo=UTC)


class Look(StrEnum):
    """What a look at a source came to."""

    NEW = "new"
    QUIET = "quiet"
    FIRST = "first"  # first success: everything there was marked as seen
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Looked:
    """One source's outcome.

    entries        new ones
    relevant       of those, relevant and to be told
    kept           of those, only kept: there at a first look, older than that, or none of the newest of a flood
    kept_relevant  of those kept, relevant
    reason         why it failed; empty: it did not
    alert          a sentence for the operator, once per trouble; empty: nothing to tell
    """

    source: Source
    look: Look
    state: SourceState
    entries: int = 0
    relevant: int = 0
    kept: int = 0
    kept_relevant: int = 0
    reason: str = ""
    alert: str = ""


OnLook = Callable[[Looked], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Collected:
    """What one pass came to, in the order in which sources answered.

    again_at  when the next source falls due, perhaps in the past; None: none ever will
    """

    looks: tuple[Looked, ...] = ()
    again_at: datetime | None = None

    @property
    def entries(self) -> int:
        return sum(looked.entries for looked in self.looks)

    @property
    def relevant(self) -> int:
        return sum(looked.relevant for looked in self.looks)

    @property
    def alerts(self) -> tuple[str, ...]:
        return tuple(looked.alert for looked in self.looks if looked.alert)


async def _tell_nobody(looked: Looked) -> None:
    """Where nobody watches the progress."""


def due_sources(
    sources: Iterable[Source], states: Mapping[str, SourceState], now: datetime
) -> tuple[Source, ...]:
    """Sources to look at now: those never polled first, then longest due first."""
    due = (source for source in sources if is_due(source, as_configured(source, states[source.id]), now))
    return tuple(sorted(due, key=lambda source: states[source.id].next_poll_at or EARLIEST))


async def collect(
    sources: Sequence[Source],
    reader: Reader,
    store: SourceMemory,
    clock: Clock,
    judge: JudgeNew,
    *,
    everything: bool = False,
    concurrency: int = 20,
    on_look: OnLook = _tell_nobody,
) -> Collected:
    """Look at each source that is due (`everything`: at all) and remember what is new.

    on_look  told of each look as it ends, for progress on a terminal
    One source's failure or fault stops no other. Safe to run again after a crash: what was not written is read
    again, and known entries are left as they are. Raises StoreError.
    """
    remembered = await store.source_states([source.id for source in sources])
    states = {source.id: as_configured(source, remembered[source.id]) for source in sources}
    chosen = tuple(sources) if everything else due_sources(sources, states, clock.now())
    rounds = _Round(reader, store, clock, judge, on_look, asyncio.Semaphore(concurrency))
    try:
        async with asyncio.TaskGroup() as group:
            for source in host_by_host(chosen):
                group.create_task(_look_at(rounds, source, states[source.id]))
    except ExceptionGroup as faults:
        raise faults.exceptions[0] from faults
    await _save_quiet(rounds)
    states |= {looked.source.id: looked.state for looked in rounds.looks}
    return Collected(tuple(rounds.looks), _next_at(sources, states))


def _next_at(sources: Sequence[Source], states: Mapping[str, SourceState]) -> datetime | None:
    polled = (states[s.id] for s in sources if states[s.id].health is not Health.GONE)
    return min((state.next_poll_at or EARLIEST for state in polled), default=None)


# ---------------------------------------------------------------- one source


@dataclass(eq=False)
class _Round:
    """One pass. `quiet` holds states of looks that brought nothing, until they are written together."""

    reader: Reader
    store: SourceMemory
    clock: Clock
    judge: JudgeNew
    on_look: OnLook
    gate: asyncio.Semaphore
    looks: list[Looked] = field(default_factory=list)
    quiet: list[SourceState] = field(default_factory=list)


async def _look_at(rounds: _Round, source: Source, before: SourceState) -> None:
    async with rounds.gate:
        reading = await keep_fault_inside(
            rounds.reader.read(source, asked_afresh(before, rounds.clock.now())),
            "reader_tripped",
            source=source.id,
        )
        reading = reading or Failed(FailureKind.OTHER, "reading it tripped over a fault of ours; see the log")
        plan = await keep_fault_inside(
            _plan(rounds, source, before, reading), "judging_tripped", source=source.id
        )
        if plan is None:
            reading = Failed(FailureKind.OTHER, "judging it tripped over a fault of ours; see the log")
            plan = await _plan(rounds, source, before, reading)
        await finish_before_stopping(_save(rounds, plan, brought=isinstance(reading, FeedRead)))
    looked = _looked(source, before, plan, reading)
    rounds.looks.append(looked)
    _log(looked)
    await rounds.on_look(looked)


async def _plan(rounds: _Round, source: Source, state: SourceState, reading: Reading) -> Collection:
    known: frozenset[str] = frozenset()
    many = False
    if isinstance(reading, FeedRead):
        keys = keys_in(reading.feed)
        # A first look knows nothing, and a document without entries asks nothing.
        known = await rounds.store.known_keys(source.id, keys) if keys else known
        many = len(keys) - len(known) >= MANY_ENTRIES
    now = rounds.clock.now()
    if many:
        return await asyncio.to_thread(plan_collection, source, state, reading, known, now, rounds.judge)
    return plan_collection(source, state, reading, known, now, rounds.judge)


async def _save(rounds: _Round, plan: Collection, *, brought: bool) -> None:
    """A document's state goes in with its entries: validators must never vouch for entries that were lost."""
    if brought:
        await rounds.store.save_collection(plan)
        return
    rounds.quiet.append(plan.state)
    if len(rounds.quiet) >= QUIET_BATCH:
        await _save_quiet(rounds)


async def _save_quiet(rounds: _Round) -> None:
    batch, rounds.quiet = rounds.quiet, []
    if batch:
        await finish_before_stopping(rounds.store.save_states(batch))


# ---------------------------------------------------------------- what is told of it


def _looked(source: Source, before: SourceState, plan: Collection, reading: Reading) -> Looked:
    after = plan.state
    if isinstance(reading, Failed):
        look = Look.FAILED
    elif before.baselined_at is None and after.baselined_at is not None:
        look = Look.FIRST
    else:
        look = Look.NEW if plan.entries else Look.QUIET
    kept = [verdict.relevant for entry, verdict in plan.entries if entry.baseline]
    return Looked(
        source=source,
        look=look,
        state=after,
        entries=len(plan.entries),
        relevant=sum(verdict.relevant for _, verdict in plan.entries) - sum(kept),
        kept=len(kept),
        kept_relevant=sum(kept),
        reason=after.last_error,
        alert=source_alert(source, before, after),
    )


def _log(looked: Looked) -> None:
    state = looked.state
    bound = log.bind(source=looked.source.id, health=state.health.value)
    if looked.alert:
        bound.warning("source_alert", alert=looked.alert)
    if looked.look is Look.FAILED:
        bound.info("source_failed", reason=looked.reason, failures=state.failures)
    elif looked.entries:
        bound.info(
            "source_collected",
            entries=looked.entries,
            relevant=looked.relevant,
            first=looked.look is Look.FIRST,
        )
    if state.missed_overlap:
        bound.warning("source_overlap_missed", next_poll_at=str(state.next_poll_at))
