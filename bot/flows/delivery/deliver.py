"""deliver: what lies in the outbox reaches each destination exactly once, in order."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import structlog

from bot.errors import SinkError
from bot.flows.delivery.context import DeliveryContext
from bot.flows.delivery.pausing import pause
from bot.flows.finish import finish_before_stopping
from bot.logic.routing.setbacks import DAY, LONGEST_HOLD, Fate, Setback, next_slot, retry_wait, setback_of
from bot.model import Delivery, Message, Receipt, Shipment, SinkKind

log = structlog.get_logger()

BATCH = 500
LOOK_AGAIN = timedelta(seconds=15)
"""When something is due that cannot go now (its sink is not connected): no event tells us when it can."""


@dataclass
class Delivered:
    """What one pass did, in deliveries.

    found      of the sent ones, those that an earlier, unclear attempt had brought there
    returned   went back to due after a failure
    paused     destinations paused
    unclear    may have arrived: looked for later
    again_at   when there may be something to do next; None: nothing waits
    """

    sent: int = 0
    found: int = 0
    returned: int = 0
    postponed: int = 0
    abandoned: int = 0
    paused: int = 0
    unclear: int = 0
    again_at: datetime | None = None


Job = Callable[[], Coroutine[Any, Any, None]]


@dataclass
class _Lane:
    """One pass over one sink.

    queue    jobs not begun, with the destination that each is for
    busy     destinations with a job under way: one at a time keeps the order
    sent     when messages went to a destination, read once a pass and kept up
    skipped  deliveries that somebody else claimed
    changed  set when a job ends
    """

    office: DeliveryContext
    kind: SinkKind
    holder: str
    tally: Delivered
    queue: deque[tuple[int, Job]] = field(default_factory=deque)
    busy: set[int] = field(default_factory=set)
    sent: dict[int, list[datetime]] = field(default_factory=dict)
    skipped: set[int] = field(default_factory=set)
    changed: asyncio.Event = field(default_factory=asyncio.Event)


async def deliver(office: DeliveryContext) -> Delivered:
    """Send everything that is due and settle what is unclear; returns when nothing is due any more.

    Safe to run again after a crash or a cancellation anywhere: a delivery that was under way is then unclear and is
    looked for before it is sent again. Raises StoreError; what a sink does becomes a delivery state.
    """
    async with office.lock:
        # A new name each pass, so that a row left `sending` by a pass that died is not mistaken for our own.
        holder = uuid4().hex
        recovered = await office.store.recover(holder, _stale_before(office))
        if recovered:
            log.warning("deliveries_unclear_after_crash", deliveries=recovered)
        if hastened := await office.store.release_overlong_waits(office.clock.now(), LONGEST_HOLD):
            log.warning("deliveries_hastened_after_clock_change", deliveries=hastened)
        tally = Delivered()
        try:
            async with asyncio.TaskGroup() as group:
                for kind in office.sinks:
                    group.create_task(_run_lane(_Lane(office, kind, holder, tally)))
        except ExceptionGroup as faults:
            raise _first(faults) from faults
        await _forget_looks(office)
        tally.again_at = await _again_at(office)
        return tally


def _stale_before(office: DeliveryContext) -> datetime:
    now = office.clock.now()
    # Alone, every row that is not ours is dead, even one from "later": clocks are set back at times.
    return now + DAY if office.other_holders is None else now - office.other_holders


def _first(faults: BaseExceptionGroup[BaseException]) -> BaseException:
    one = faults.exceptions[0]
    return _first(one) if isinstance(one, BaseExceptionGroup) else one


async def _forget_looks(office: DeliveryContext) -> None:
    """What was removed, paused or settled by hand meanwhile is looked for no more, and must wake nobody."""
    if not office.looks_for_any():
        return
    unclear = await office.store.unclear(list(office.sinks), BATCH)
    if len(unclear) < BATCH:
        office.look_only_for({delivery.id for delivery in unclear})


async def _again_at(office: DeliveryContext) -> datetime | None:
    now = office.clock.now()
    times = [at for at in (await office.store.next_due_at(), office.wakes_at()) if at is not None]
    return min((at if at > now else now + LOOK_AGAIN for at in times), default=None)


# ---------------------------------------------------------------- a lane


async def _run_lane(lane: _Lane) -> None:
    office = lane.office
    if not office.is_open(lane.kind):
        return
    for delivery in await office.store.unclear([lane.kind], BATCH):
        if office.may_look(delivery.id, delivery.claimed_at):
            lane.queue.append((delivery.destination.id, partial(_reconcile, lane, delivery)))
    async with asyncio.TaskGroup() as group:
        while office.is_open(lane.kind):
            # Cleared before looking: a job that ends meanwhile may have made room for the next in its queue.
            lane.changed.clear()
            if not lane.queue:
                await _refill(lane)
            _begin_jobs(lane, group)
            if not lane.busy and not lane.queue and not lane.changed.is_set():
                return
            await _until_changed(lane)


async def _refill(lane: _Lane) -> None:
    office = lane.office
    for delivery in await office.store.due(office.clock.now(), [lane.kind], BATCH):
        if delivery.destination.id not in lane.busy and delivery.id not in lane.skipped:
            lane.queue.append((delivery.destination.id, partial(_send, lane, delivery)))


def _begin_jobs(lane: _Lane, group: asyncio.TaskGroup) -> None:
    # A destination whose job is under way keeps its place: the turn of the others comes first.
    for _ in range(len(lane.queue)):
        if len(lane.busy) >= lane.office.lanes:
            return
        destination_id, job = lane.queue.popleft()
        if destination_id in lane.busy:
            lane.queue.append((destination_id, job))
            continue
        lane.busy.add(destination_id)
        group.create_task(_do(lane, destination_id, job))


async def _do(lane: _Lane, destination_id: int, job: Job) -> None:
    try:
        if lane.office.is_open(lane.kind):
            await finish_before_stopping(job())
    finally:
        lane.busy.discard(destination_id)
        lane.changed.set()


async def _until_changed(lane: _Lane) -> None:
    """Until a job ends, or a while: new work for other destinations must not wait for a slow one."""
    with suppress(TimeoutError):
        async with asyncio.timeout(lane.office.refill_seconds):
            await lane.changed.wait()


# ---------------------------------------------------------------- one delivery


async def _send(lane: _Lane, delivery: Delivery) -> None:
    """Claim, commit, send, commit the outcome. Every line may be the last one that runs."""
    office, now = lane.office, lane.office.clock.now()
    if await _waits_for_ceiling(lane, delivery, now):
        return
    reply_to = await _reply_to(office, delivery)
    if not await office.store.claim(delivery.id, now, lane.holder):
        lane.skipped.add(delivery.id)
        return
    claimed = replace(delivery, tries=delivery.tries + 1, claimed_at=now)
    shipment = Shipment(claimed, reply_to, attempted_at=delivery.claimed_at)
    try:
        async with asyncio.timeout(office.send_seconds):
            receipt = await office.sinks[lane.kind].send(shipment)
    except SinkError as error:
        await _set_back(lane, claimed, error)
    except Exception as fault:
        # A message that trips over a bug, ours or a library's, must not stop the others (and the runner's catch
        # would): it may have arrived, so it is unclear.
        _bound(claimed).exception("delivery_tripped")
        await _set_back(lane, claimed, _unexpected(fault))
    else:
        # Platforms remember keys: a second try may have found what the first one posted, in older words.
        revision = delivery.message.revision if delivery.claimed_at is None else 1
        await _arrived(lane, claimed, receipt, revision)
        lane.tally.sent += 1


async def _reconcile(lane: _Lane, delivery: Delivery) -> None:
    """Look for an unclear delivery: it is sent, or due again, or stays unclear until it can be told."""
    office = lane.office
    # A sink may look by sending again under the same key: what that posts must stand in the thread, too.
    reply_to, former = await _reply_to(office, delivery), await _former(office, delivery)
    shipment = Shipment(delivery, reply_to, attempted_at=delivery.claimed_at, former=former)
    try:
        async with asyncio.timeout(office.send_seconds):
            receipt = await office.sinks[lane.kind].find(shipment)
    except SinkError as error:
        await _stays_unclear(lane, delivery, error)
    except Exception as fault:  # as in _send
        _bound(delivery).exception("delivery_tripped")
        await _stays_unclear(lane, delivery, _unexpected(fault))
    else:
        office.settled(delivery.id)
        if receipt is None:
            # The first try was cut off through no fault of its own; what fails again and again must wait.
            at = office.clock.now() + retry_wait(delivery.tries - 1)
            await office.store.mark_due(delivery.id, at, delivery.last_error)
            _bound(delivery).info("delivery_had_not_arrived")
            return
        # Nobody knows which revision the lost attempt posted: the oldest is assumed, and edited if there is a newer.
        await _arrived(lane, delivery, receipt, 1)
        lane.tally.found += 1


async def _reply_to(office: DeliveryContext, delivery: Delivery) -> str | None:
    """Where the story's first message stands there; None: this is the first, or none was sent there."""
    if delivery.message.n == 1:
        return None
    return await office.store.first_remote_id(delivery.message.story_id, delivery.destination.id)


async def _former(office: DeliveryContext, delivery: Delivery) -> tuple[Message, ...]:
    """What an earlier attempt may have said, where the message was corrected since."""
    message = delivery.message
    if message.revision == 1:
        return ()
    return tuple(await office.store.former_messages(message.story_id, message.n))


async def _waits_for_ceiling(lane: _Lane, delivery: Delivery, now: datetime) -> bool:
    office, destination = lane.office, delivery.destination
    ceilings = office.ceilings_of(destination)
    if destination.id not in lane.sent:
        lane.sent[destination.id] = list(await office.store.sent_times(destination.id, now - DAY))
    slot = next_slot(lane.sent[destination.id], ceilings, now)
    if slot <= now:
        return False
    why = f"waits: at most {ceilings.an_hour} an hour and {ceilings.a_day} a day go there"
    await office.store.postpone(delivery.id, slot, why)
    lane.tally.postponed += 1
    _bound(delivery).info("delivery_postponed", until=slot.isoformat())
    return True


async def _arrived(lane: _Lane, delivery: Delivery, receipt: Receipt, revision: int) -> None:
    office, now = lane.office, lane.office.clock.now()
    await office.store.mark_sent(delivery.id, receipt, now, revision)
    office.unpark(lane.kind)
    if delivery.destination.id in lane.sent:
        lane.sent[delivery.destination.id].append(now)
    _bound(delivery).info("delivery_sent", remote_id=receipt.remote_id, tries=delivery.tries)


# ---------------------------------------------------------------- setbacks


def _unexpected(fault: Exception) -> SinkError:
    if isinstance(fault, TimeoutError):
        return SinkError("The platform did not answer in time.", unclear=True)
    return SinkError(f"Something unforeseen went wrong ({type(fault).__name__}); see the log.", unclear=True)


async def _set_back(lane: _Lane, delivery: Delivery, error: SinkError) -> None:
    """A send failed: write what that means, and draw the consequences for destination and sink."""
    office = lane.office
    setback = setback_of(error, delivery.tries, office.sink_failures(lane.kind))
    await _draw_consequences(lane, delivery, setback)
    now = office.clock.now()
    match setback.fate:
        case Fate.UNCLEAR:
            await office.store.mark_unclear(delivery.id, error.reason)
            office.may_look(delivery.id, delivery.claimed_at)
            lane.tally.unclear += 1
        case Fate.ABANDONED:
            await office.store.mark_abandoned(delivery.id, error.reason, now)
            lane.tally.abandoned += 1
        case Fate.DUE:
            await office.store.mark_due(delivery.id, now + setback.wait, error.reason)
            lane.tally.returned += 1
    _bound(delivery).warning(
        "delivery_failed", fate=setback.fate.value, reason=error.reason, tries=delivery.tries
    )


async def _stays_unclear(lane: _Lane, delivery: Delivery, error: SinkError) -> None:
    office = lane.office
    setback = setback_of(error, delivery.tries, office.sink_failures(lane.kind))
    office.look_later(delivery.id, error.retry_after)
    await _draw_consequences(lane, delivery, setback)
    await office.store.mark_unclear(delivery.id, error.reason)
    lane.tally.unclear += 1
    _bound(delivery).warning("delivery_still_unclear", reason=error.reason)


async def _draw_consequences(lane: _Lane, delivery: Delivery, setback: Setback) -> None:
    # Before the delivery goes back to due: a pause that came later would leave room for another try.
    if setback.park:
        lane.office.park(lane.kind, setback.wait)
        log.warning("sink_parked", sink=lane.kind.value, seconds=setback.wait.total_seconds())
    if setback.pause_why is not None:
        await _pause(lane, delivery, setback.pause_why)


async def _pause(lane: _Lane, delivery: Delivery, why: str) -> None:
    lane.tally.paused += await pause(lane.office, delivery.destination, why)


def _bound(delivery: Delivery) -> structlog.stdlib.BoundLogger:
    bound: structlog.stdlib.BoundLogger = log.bind(
        delivery=delivery.id,
        sink=delivery.destination.sink.value,
        destination=delivery.destination.name,
        story=delivery.message.story_id,
        edition=delivery.message.n,
    )
    return bound
