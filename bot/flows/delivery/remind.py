"""remind: a week and a day before a deadline, those who asked for it hear of it once each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.flows.delivery.zones import zones_of
from bot.flows.faults import keep_fault_inside
from bot.flows.finish import finish_before_stopping
from bot.flows.memory import Store
from bot.logic.routing.filter import subject_of
from bot.logic.routing.reminders import DAY, STAGES, plan_reminder, reminder_id, stage_of
from bot.model import StoredDeadline, Subscription
from bot.ports import Clock

log = structlog.get_logger()


@dataclass
class Reminded:
    """What one pass did: reminders written, one a destination."""

    deliveries: int = 0


async def remind(store: Store, clock: Clock) -> Reminded:
    """Write the reminders that are due. Safe to run again after a crash, and after a week of downtime: each destination
    gets each reminder once, and of two that fell due meanwhile only the later. Raises StoreError."""
    done, now = Reminded(), clock.now()
    near = await store.deadlines_between(now, now + STAGES[0] * DAY)
    if not near:
        return done
    subscriptions = [each for each in await store.subscriptions() if each.reminders]
    if not subscriptions:
        return done
    for stored in near:
        unit = finish_before_stopping(_remind(store, stored, subscriptions, now))
        made = await keep_fault_inside(unit, "reminding_tripped", story=stored.story_id)
        done.deliveries += made or 0
    return done


async def _remind(
    store: Store, stored: StoredDeadline, subscriptions: Sequence[Subscription], now: datetime
) -> int:
    stage = stage_of(stored.deadline, now)
    view = await store.story(stored.story_id) if stage is not None else None
    if stage is None or view is None:
        return 0
    planned = plan_reminder(
        stored,
        stage,
        subject_of(view, 1, stored.message),
        subscriptions,
        now,
        zones=zones_of(subscriptions),
        done=await store.reminded(reminder_id(stored, stage)),
        deaf=await store.excluded_from(stored.story_id),
    )
    if not planned.deliveries:
        return 0
    made = await store.save_reminder(planned, now)
    log.info("reminder_written", story=stored.story_id, days_before=stage, deliveries=made)
    return made
