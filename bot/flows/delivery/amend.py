"""amend: posts that do not say any more what their message says are edited."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

import structlog

from bot.errors import SinkError
from bot.flows.delivery.context import DeliveryContext
from bot.flows.delivery.pausing import pause
from bot.flows.finish import finish_before_stopping
from bot.logic.routing.setbacks import Fate, setback_of
from bot.model import Delivery, Shipment, SinkKind

log = structlog.get_logger()

BATCH = 500
LOOK_AGAIN = timedelta(seconds=15)
"""When an edit is due that cannot be made now (its sink is not connected)."""


@dataclass
class Amended:
    """What one pass did, in posts. `again_at`: when there may be something to do next; None: nothing waits."""

    edited: int = 0
    put_off: int = 0
    given_up: int = 0
    again_at: datetime | None = None


async def amend(office: DeliveryContext) -> Amended:
    """Edit every post that is due to be edited. Safe to run again after a crash: an edit twice is an edit once.

    Never at the same time as `deliver`: one thing at a time goes to a destination. Raises StoreError.
    """
    async with office.lock:
        tally = Amended()
        for kind in office.sinks:
            await _amend_all_of(office, kind, tally)
        tally.again_at = await _again_at(office)
        return tally


async def _amend_all_of(office: DeliveryContext, kind: SinkKind, tally: Amended) -> None:
    seen: set[int] = set()
    while office.is_open(kind):
        found = await office.store.to_edit(office.clock.now(), [kind], BATCH)
        due = [each for each in found if each.id not in seen]
        if not due:
            return
        seen |= {each.id for each in due}
        await _amend(office, due, tally)


async def _amend(office: DeliveryContext, due: Sequence[Delivery], tally: Amended) -> None:
    """Side by side over destinations, one after the other within each."""
    gate = asyncio.Semaphore(office.lanes)
    lanes = groupby(
        sorted(due, key=lambda each: (each.destination.id, each.id)), key=lambda each: each.destination.id
    )
    try:
        async with asyncio.TaskGroup() as group:
            for _, deliveries in lanes:
                group.create_task(_one_after_the_other(office, list(deliveries), gate, tally))
    except ExceptionGroup as faults:
        raise faults.exceptions[0] from faults


async def _one_after_the_other(
    office: DeliveryContext, deliveries: Sequence[Delivery], gate: asyncio.Semaphore, tally: Amended
) -> None:
    async with gate:
        for delivery in deliveries:
            if not office.is_open(delivery.destination.sink) or not await finish_before_stopping(
                _edit(office, delivery, tally)
            ):
                return


async def _edit(office: DeliveryContext, delivery: Delivery, tally: Amended) -> bool:
    """Whether what comes after it there may be tried."""
    kind = delivery.destination.sink
    try:
        async with asyncio.timeout(office.send_seconds):
            await office.sinks[kind].edit(Shipment(delivery))
    except SinkError as error:
        return await _set_back(office, delivery, error, tally)
    except Exception as fault:
        # As in `deliver`: a bug met by one post must not stop the others.
        log.exception("edit_tripped", delivery=delivery.id)
        reason = (
            "The platform did not answer in time."
            if isinstance(fault, TimeoutError)
            else type(fault).__name__
        )
        return await _set_back(office, delivery, SinkError(reason), tally)
    await office.store.mark_edited(delivery.id, delivery.message.revision, office.clock.now())
    office.unpark(kind)
    tally.edited += 1
    log.info("post_edited", delivery=delivery.id, revision=delivery.message.revision)
    return True


async def _set_back(office: DeliveryContext, delivery: Delivery, error: SinkError, tally: Amended) -> bool:
    kind = delivery.destination.sink
    setback = setback_of(error, delivery.edit_tries + 1, office.sink_failures(kind))
    if setback.park:
        office.park(kind, setback.wait)
    if setback.pause_why is not None:
        await pause(office, delivery.destination, setback.pause_why)
    log.warning("edit_failed", delivery=delivery.id, reason=error.reason, tries=delivery.edit_tries + 1)
    if setback.fate is Fate.ABANDONED:
        # The post is gone, or can never be edited: it stays as it is.
        await office.store.give_up_edit(delivery.id, error.reason)
        tally.given_up += 1
        return True
    await office.store.put_off_edit(delivery.id, office.clock.now() + setback.wait, error.reason)
    tally.put_off += 1
    return False


async def _again_at(office: DeliveryContext) -> datetime | None:
    at, now = await office.store.next_edit_at(list(office.sinks)), office.clock.now()
    if at is None:
        return None
    return at if at > now else now + LOOK_AGAIN
