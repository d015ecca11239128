"""digest: what was gathered for a destination goes out as one message when its time has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import structlog

from bot.flows.apart import apart
from bot.flows.finish import finish
from bot.logic.digest import plan_digest
from bot.model import DigestKind, GatheredItem, Urgency
from bot.ports import Clock, Store

log = structlog.get_logger()


@dataclass
class Digested:
    """What one pass did. `again_at`: when the next digest falls due; None: nothing is gathered."""

    messages: int = 0
    dropped: int = 0
    again_at: datetime | None = None


async def digest(store: Store, clock: Clock) -> Digested:
    """Write a message for every destination whose items are due. Safe to run again after a crash.

    A digest is written and its items are used up in one transaction: each item is told once. Raises StoreError.
    """
    done = Digested(dropped=await finish(store.drop_unwanted_items()))
    now = clock.now()
    items = await store.due_items(now)
    for destination_id, group in groupby(items, key=lambda item: item.destination.id):
        made = await apart(
            finish(_tell(store, list(group), now)), "digest_tripped", destination=destination_id
        )
        done.messages += bool(made)
    done.again_at = await store.next_digest_at(now)
    return done


async def _tell(store: Store, items: Sequence[GatheredItem], now: datetime) -> bool:
    plan = plan_digest(items, now, roles=await _roles(store, items))
    if not await store.save_digest(plan, now):
        return False
    log.info("digest_written", destination=items[0].destination.name, stories=len(plan.told))
    return True


async def _roles(store: Store, items: Sequence[GatheredItem]) -> tuple[str, ...]:
    """Roles to mention: of those who wanted it at once and were only spared in their quiet hours."""
    if not any(item.kind in (DigestKind.QUIET, DigestKind.EVENING) for item in items):
        return ()
    subscriptions = await store.subscriptions(destination_id=items[0].destination.id)
    now = (each for each in subscriptions if each.urgency is Urgency.NOW and each.paused_at is None)
    return tuple(sorted({each.role for each in now if each.role}))
