"""Clause changes that were recorded and not alerted: a weekly digest tells them after the stories."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from bot.logic.routing.digest import digest_message
from bot.logic.routing.filter import folded, plain_name, wants_words
from bot.logic.routing.route import delivery_key, short_hash
from bot.logic.routing.wall_clock import next_weekly
from bot.logic.terms.watch.alert_entry import clause_topic
from bot.logic.text.links import absolute, version_path
from bot.model import (
    Destination,
    DigestItem,
    DigestPlan,
    MessageKind,
    PlannedDelivery,
    StoredChange,
    Subscription,
    Urgency,
)

WEEK = timedelta(days=7)


def weekly_subscriptions(subscriptions: Sequence[Subscription]) -> tuple[Subscription, ...]:
    """Those that are told of clause changes, oldest first: weekly, on, and not about one story alone."""
    weekly = (
        each
        for each in subscriptions
        if each.urgency is Urgency.WEEKLY and each.paused_at is None and each.story_id is None
    )
    return tuple(sorted(weekly, key=lambda each: each.id))


def last_weekly(subscription: Subscription, now: datetime, zone: tzinfo | None) -> datetime:
    """When its weekly digest last came, or would have."""
    timing = subscription.timing
    # A week's worth of room for the hour that a clock change adds; the latest that is not ahead.
    at = next_weekly(now - WEEK - timedelta(hours=2), zone or UTC, timing.minute, timing.weekday)
    later = next_weekly(at, zone or UTC, timing.minute, timing.weekday)
    return later if later <= now else at


def clause_items(
    changes: Sequence[StoredChange],
    subscriptions: Sequence[Subscription],
    since: datetime,
    until: datetime,
    site_url: str | None = None,
) -> tuple[DigestItem, ...]:
    """The changes confirmed between these times that one of the subscriptions wants, oldest first."""
    items = []
    for change in changes:
        confirmed_at = change.confirmed_at
        if confirmed_at is None or not since < confirmed_at <= until:
            continue
        if any(_wants(each, change) for each in subscriptions):
            items.append(_item(change, confirmed_at, site_url))
    return tuple(items)


def plan_clauses(
    destination: Destination, items: tuple[DigestItem, ...], due_at: datetime, page_url: str = ""
) -> DigestPlan:
    """A digest of clause changes alone, in a week that brought no story. One for each such week."""
    story_id = f"digest-{short_hash(str(destination.id), due_at.isoformat(), 'clauses')[:12]}"
    message = digest_message(story_id, items, due_at, destination.lang, page_url)
    delivery = PlannedDelivery(destination.id, (), delivery_key(story_id, 1, destination.id))
    return DigestPlan(destination.id, (), (), message, delivery)


def _wants(subscription: Subscription, change: StoredChange) -> bool:
    if subscription.topics and clause_topic(change.kind) not in subscription.topics:
        return False
    asked = {plain_name(name) for name in subscription.platforms}
    if asked and plain_name(change.platform) not in asked:
        return False
    return wants_words(subscription, f"{folded(change.plain)} {folded(change.change.quote)}")


def _item(change: StoredChange, confirmed_at: datetime, site_url: str | None) -> DigestItem:
    return DigestItem(
        story_id="",
        n=0,
        headline=change.plain,
        url=absolute(site_url, version_path(change.document_id, change.version)),
        what="",
        topic=clause_topic(change.kind),
        topic_label="",
        platforms=(change.platform,),
        sources=(),
        happened_at=confirmed_at,
        kind=MessageKind.FIRST,
    )
