"""digest: what was gathered for a destination goes out as one message when its time has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import structlog

from bot.flows.delivery.zones import zones_of
from bot.flows.faults import keep_fault_inside
from bot.flows.finish import finish_before_stopping
from bot.flows.memory import Store
from bot.logic.routing.digest import plan_digest
from bot.logic.routing.digest_clauses import (
    WEEK,
    clause_items,
    last_weekly,
    plan_clauses,
    weekly_subscriptions,
)
from bot.logic.text.links import absolute
from bot.model import DigestItem, DigestKind, GatheredItem, Subscription, Urgency
from bot.ports import Clock

log = structlog.get_logger()


@dataclass
class Digested:
    """What one pass did. `again_at`: when the next digest falls due; None: nothing is gathered."""

    messages: int = 0
    dropped: int = 0
    again_at: datetime | None = None


async def digest(store: Store, clock: Clock, *, site_url: str | None = None) -> Digested:
    """Write a message for every destination whose items are due. Safe to run again after a crash.

    site_url  of our own site, for links; None: there is none
    A digest is written and its items are used up in one transaction: each item is told once. Raises StoreError.
    """
    done = Digested(dropped=await finish_before_stopping(store.drop_unwanted_items()))
    now = clock.now()
    items = await store.due_items(now)
    for destination_id, group in groupby(items, key=lambda item: item.destination.id):
        unit = finish_before_stopping(_tell(store, list(group), now, site_url))
        done.messages += bool(await keep_fault_inside(unit, "digest_tripped", destination=destination_id))
    done.messages += await _tell_clauses(store, now, site_url)
    done.again_at = await store.next_digest_at(now)
    return done


async def _tell(store: Store, items: Sequence[GatheredItem], now: datetime, site_url: str | None) -> bool:
    subscriptions = await store.subscriptions(destination_id=items[0].destination.id)
    more = await _clauses(store, items, subscriptions, site_url)
    page_url = absolute(site_url, "/stories")
    plan = plan_digest(items, now, roles=_roles(items, subscriptions), more=more, page_url=page_url)
    if not await store.save_digest(plan, now):
        return False
    log.info("digest_written", destination=items[0].destination.name, stories=len(plan.told))
    return True


def _roles(items: Sequence[GatheredItem], subscriptions: Sequence[Subscription]) -> tuple[str, ...]:
    """Roles to mention: of those who wanted it at once and were only spared in their quiet hours."""
    if not any(item.kind in (DigestKind.QUIET, DigestKind.EVENING) for item in items):
        return ()
    now = (each for each in subscriptions if each.urgency is Urgency.NOW and each.paused_at is None)
    return tuple(sorted({each.role for each in now if each.role}))


# ---------------------------------------------------------------- clause changes


async def _clauses(
    store: Store, items: Sequence[GatheredItem], subscriptions: Sequence[Subscription], site_url: str | None
) -> tuple[DigestItem, ...]:
    """What a weekly digest tells beside its stories."""
    weekly = weekly_subscriptions(subscriptions)
    due = [item.due_at for item in items if item.kind is DigestKind.WEEKLY]
    if not due or not weekly or items[0].destination.server in await _holding(store):
        return ()
    until = max(due)
    changes = await store.changes_since(until - WEEK)
    return clause_items(changes, weekly, until - WEEK, until, site_url)


async def _tell_clauses(store: Store, now: datetime, site_url: str | None) -> int:
    """Weekly digests of destinations for which the week brought clause changes and no story; how many."""
    weekly = weekly_subscriptions(await store.subscriptions())
    # Two weeks, for a digest that comes late after a downtime tells the week before its own time.
    changes = await store.changes_since(now - 2 * WEEK) if weekly else ()
    if not changes:
        return 0
    zones, holding, made = zones_of(weekly), await _holding(store), 0
    for destination in {each.destination.id: each.destination for each in weekly}.values():
        theirs = [each for each in weekly if each.destination.id == destination.id]
        at = last_weekly(theirs[0], now, zones.get(theirs[0].timing.zone))
        items = clause_items(changes, theirs, at - WEEK, at, site_url)
        if not items or destination.paused_at or destination.server in holding or theirs[0].created_at > at:
            continue
        if await store.digested_since(destination.id, at):
            continue
        plan = plan_clauses(destination, items, at, absolute(site_url, "/documents"))
        made += await finish_before_stopping(store.save_digest(plan, now))
    return made


async def _holding(store: Store) -> frozenset[str]:
    """Servers that approve what is posted there: clause changes have no card, so they are left out."""
    return frozenset(each.id for each in await store.servers() if each.approval_channel is not None)
