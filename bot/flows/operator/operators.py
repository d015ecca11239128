"""operators: who runs the bot hears of each trouble once, and once a week how it did, wherever they asked to."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from bot.errors import StoreError
from bot.flows.delivery.context import DeliveryContext
from bot.flows.memory import Store
from bot.flows.people.subscribe import OPERATOR
from bot.logic.operator.alerts import delivery_troubles, source_trouble, troubled
from bot.logic.operator.troubles import (
    Week,
    disk_trouble,
    notice,
    plan_troubles,
    trouble_notice,
    week_key,
    weekly_notice,
)
from bot.logic.routing.route import delivery_key
from bot.logic.text.plural import counted
from bot.model import (
    DeliveryState,
    Destination,
    Message,
    NewSubscription,
    PlannedDelivery,
    SinkKind,
    Source,
    Trouble,
    Urgency,
)
from bot.ports import Clock

log = structlog.get_logger()

MOST_LOOKED_AT = 500
SINK_FAILURES = 3
"""A platform that refused so often in a row is a trouble of its own."""
RELEASE_LATE = timedelta(hours=1)
"""How long after its time a held story may still be waiting: a downtime ends with a pass that lets it go."""
WEEK_TOLD = "operator_week"

TellAtOnce = Callable[[Message], Awaitable[None]]
More = Callable[[], Awaitable[Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class OperatorPlace:
    """One place where the operator listens: (sink, address) as in Destination."""

    sink: SinkKind
    address: str
    name: str
    server: str | None = None


async def _nothing_more() -> Mapping[str, str]:
    return {}


@dataclass(eq=False)
class OperatorWatch:
    """What watching over the bot works with. Make one a process and keep it.

    sources      as the config is now
    ears         where the operator listens; empty: the log and `smallprint check` still tell
    flow_troubles  flow -> why it is down; empty text: it runs
    disk         a folder on the disk that holds the memory; None: it is elsewhere
    more         further troubles by key (watched documents, single accounts)
    tell_at_once past the outbox, for when the memory itself cannot be written; None: nobody can be told so
    """

    store: Store
    clock: Clock
    office: DeliveryContext
    sources: Callable[[], Sequence[Source]]
    ears: Sequence[OperatorPlace] = ()
    flow_troubles: Callable[[], Mapping[str, str]] = dict
    disk: Path | None = None
    more: More = _nothing_more
    tell_at_once: TellAtOnce | None = None
    _memory_told: bool = field(default=False)


async def watch_over(watchman: OperatorWatch) -> int:
    """Look at everything once and tell what began or ended, and the weekly line when it is due; how many were told.

    What is remembered and what is told of it are written in one transaction: a crash tells it at the next look or
    has told it, never twice. Raises StoreError, after telling of it where a way past the memory is set up.
    """
    try:
        told = await _tell_troubles(watchman)
        told += await _tell_week(watchman)
    except StoreError as error:
        await _tell_of_memory(watchman, str(error))
        raise
    watchman._memory_told = False
    return told


async def present_troubles(watchman: OperatorWatch) -> dict[str, str]:
    """What is wrong now: key -> what happened, to what, what to do."""
    store, now = watchman.store, watchman.clock.now()
    found = await _source_troubles(watchman)
    waiting = await store.deliveries(limit=MOST_LOOKED_AT, state=DeliveryState.DUE)
    unclear = await store.deliveries(limit=MOST_LOOKED_AT, state=DeliveryState.UNCLEAR)
    outbox = delivery_troubles(waiting, unclear, await store.destinations(), now)
    found |= {f"destination:{key}": text for key, text in outbox.items()}
    for kind in watchman.office.sinks:
        if watchman.office.sink_failures(kind) >= SINK_FAILURES:
            found[f"sink:{kind.value}"] = (
                f"{kind.value.title()} has refused {watchman.office.sink_failures(kind)} times in a row. Is the token "
                "still valid? smallprint check tells more; what waits is sent when it works again."
            )
    for flow, why in watchman.flow_troubles().items():
        if why:
            found[f"flow:{flow}"] = f"The flow {flow} keeps crashing: {why}. See the log, and report it."
    if watchman.disk is not None and (text := await asyncio.to_thread(_disk, watchman.disk)):
        found["disk"] = text
    return found | await _approval_troubles(watchman) | dict(await watchman.more())


async def _approval_troubles(watchman: OperatorWatch) -> dict[str, str]:
    """Servers whose held stories should have gone out by themselves and did not."""
    late = await watchman.store.overdue_approvals(watchman.clock.now() - RELEASE_LATE)
    return {
        f"approval:{server}": f"{counted(count, 'story', 'stories')} held for approval at the Discord server {server} "
        "should have gone out by now. Does the flow digest run? See the log."
        for server, count in sorted(Counter(each.server for each in late).items())
    }


async def _source_troubles(watchman: OperatorWatch) -> dict[str, str]:
    polled = watchman.sources()
    states = await watchman.store.source_states([source.id for source in polled])
    # Only what has alarmed already: the thresholds are those of collecting.
    return {
        f"source:{source.id}": source_trouble(source, states[source.id])
        for source in troubled(polled, states)
        if states[source.id].alarmed_at is not None
    }


def _disk(folder: Path) -> str:
    try:
        usage = shutil.disk_usage(folder)
    except OSError as error:
        return f"The folder {folder.name} of the database cannot be looked at ({error.strerror})."
    return disk_trouble(usage.free, usage.total, f"the database ({folder.name})")


async def _tell_troubles(watchman: OperatorWatch) -> int:
    store, now = watchman.store, watchman.clock.now()
    plan = plan_troubles(await present_troubles(watchman), await store.troubles(), now)
    if not plan.changed:
        return 0
    message = trouble_notice(plan, now)
    await store.save_troubles(plan.changed, message, await _planned(watchman, message))
    for text in plan.began:
        log.warning("trouble_began", trouble=text)
    for text in plan.ended:
        log.info("trouble_ended", trouble=text)
    return 1 if message is not None else 0


async def _tell_week(watchman: OperatorWatch) -> int:
    store, now = watchman.store, watchman.clock.now()
    week = week_key(now)
    before = await store.setting(WEEK_TOLD)
    if before == week:
        return 0
    if before is None:
        # A fresh installation has no week behind it.
        await store.set_setting(WEEK_TOLD, week)
        return 0
    counts = await store.week_counts(now - timedelta(days=7))
    figures = Week(
        stories=counts["stories"],
        posts=counts["posts"],
        held_back=counts["expired"] + counts["skipped"],
        feedback=counts["feedback"],
        suggestions=counts["suggestions"],
    )
    message = weekly_notice(figures, await store.troubles(), len(watchman.sources()), _monday(now))
    await store.save_troubles((), message, await _planned(watchman, message))
    # After the message: a crash in between makes the same one again, which is known by then.
    await store.set_setting(WEEK_TOLD, week)
    log.info("week_told", week=week, **counts)
    return 1


def _monday(now: datetime) -> datetime:
    """The start of the week, so that a repeat after a crash makes the same message."""
    start = now - timedelta(days=(now - timedelta(hours=9)).weekday())
    return start.replace(hour=9, minute=0, second=0, microsecond=0)


async def _planned(watchman: OperatorWatch, message: Message | None) -> list[PlannedDelivery]:
    """One delivery for each place where the operator listens."""
    if message is None:
        return []
    places = [await _destination(watchman, ear) for ear in watchman.ears]
    return [
        PlannedDelivery(place.id, (), delivery_key(message.story_id, message.n, place.id)) for place in places
    ]


async def _destination(watchman: OperatorWatch, ear: OperatorPlace) -> Destination:
    for held in await watchman.store.destinations(sink=ear.sink):
        if held.address == ear.address and held.paused_at is None:
            return held
    new = NewSubscription(
        sink=ear.sink,
        address=ear.address,
        destination_name=ear.name,
        server=ear.server,
        platforms=frozenset(),
        topics=frozenset(),
        urgency=Urgency.NOW,
        role=None,
        asked_by=OPERATOR,
    )
    return await watchman.store.ensure_destination(new, watchman.clock.now())


async def _tell_of_memory(watchman: OperatorWatch, why: str) -> None:
    """The memory cannot be used, so nothing can be remembered or sent through it: say so past it, once."""
    if watchman._memory_told or watchman.tell_at_once is None:
        return
    watchman._memory_told = True
    try:
        await watchman.tell_at_once(notice("Smallprint: the database", f"• {why}", watchman.clock.now()))
    except Exception:
        log.exception("operator_not_told")


async def open_troubles(store: Store) -> Sequence[Trouble]:
    """What is wrong as far as it was last looked at, oldest first."""
    return [trouble for trouble in await store.troubles() if trouble.cleared_at is None]
