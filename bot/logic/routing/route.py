"""Where an edition goes, and when: now, with the next digest, or once somebody has approved it."""

import hashlib
from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

from bot.logic.routing.filter import Subject, is_wanted
from bot.logic.routing.wall_clock import next_daily, next_weekly, quiet_until
from bot.model import DigestKind, PlannedDelivery, PlannedItem, Subscription, Urgency

EVENING = 19 * 60
"""Minute of the day at which an account's evening post comes, by the clock of its first subscription."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What else decides, beside subscriptions and story.

    now      aware UTC
    zones    by IANA name; what is not there counts as UTC
    muted    destinations that want to hear no more of this story
    holding  servers that approve before anything is posted -> hours after which it goes out by itself; None: never
    full     destinations that have had what they may in a day, but for the evening post
    """

    now: datetime
    zones: Mapping[str, tzinfo] = field(default_factory=dict)
    muted: frozenset[int] = frozenset()
    holding: Mapping[str, int | None] = field(default_factory=dict)
    full: frozenset[int] = frozenset()

    def zone(self, subscription: Subscription) -> tzinfo:
        return self.zones.get(subscription.timing.zone, UTC)


@dataclass(frozen=True, slots=True)
class Routed:
    """By destination id, each destination once. `asks`: servers whose people are to be asked, by id."""

    deliveries: tuple[PlannedDelivery, ...] = ()
    items: tuple[PlannedItem, ...] = ()
    asks: tuple[str, ...] = ()


def route(subscriptions: Sequence[Subscription], subject: Subject, circumstances: Circumstances) -> Routed:
    """Where one edition goes. However many subscriptions of a destination match, it is told there once.

    Now wins over digests; of digests the next one. Every role that a subscription for now names is mentioned. A paused
    destination is routed to as well: what waits for it is for `deliver` to judge, not lost here.
    """
    wanting: dict[int, list[Subscription]] = {}
    for subscription in subscriptions:
        destination_id = subscription.destination.id
        if destination_id not in circumstances.muted and is_wanted(subscription, subject):
            wanting.setdefault(destination_id, []).append(subscription)
    deliveries, items, asks = [], [], set()
    for destination_id in sorted(wanting):
        matching = wanting[destination_id]
        at_once = [each for each in matching if _is_for_now(each, circumstances)]
        if at_once and destination_id not in circumstances.full:
            deliveries.append(_planned(subject, destination_id, at_once, circumstances))
        else:
            everyone = [each for each in subscriptions if each.destination.id == destination_id]
            items.append(_gathered(matching, everyone, circumstances))
        server = matching[0].destination.server
        if server in circumstances.holding:
            asks.add(server)
    return Routed(tuple(deliveries), tuple(items), tuple(sorted(each for each in asks if each)))


def _is_for_now(subscription: Subscription, circumstances: Circumstances) -> bool:
    if subscription.urgency is not Urgency.NOW:
        return False
    zone = circumstances.zone(subscription)
    return quiet_until(circumstances.now, zone, subscription.timing.quiet) is None


def _planned(
    subject: Subject, destination_id: int, wanting: Sequence[Subscription], circumstances: Circumstances
) -> PlannedDelivery:
    server = wanting[0].destination.server or ""
    hours = circumstances.holding.get(server)
    return PlannedDelivery(
        destination_id=destination_id,
        roles=tuple(sorted({each.role for each in wanting if each.role})),
        key=delivery_key(subject.story.id, subject.n, destination_id),
        is_held=server in circumstances.holding,
        release_at=circumstances.now + timedelta(hours=hours) if hours is not None else None,
    )


def _gathered(
    matching: Sequence[Subscription], everyone: Sequence[Subscription], circumstances: Circumstances
) -> PlannedItem:
    """The next of the digests that these subscriptions of one destination wait for."""
    due = [_next_digest(each, everyone, circumstances) for each in matching]
    at, kind = min(due, key=lambda each: each[0])
    return PlannedItem(matching[0].destination.id, kind, at)


def _next_digest(
    subscription: Subscription, everyone: Sequence[Subscription], circumstances: Circumstances
) -> tuple[datetime, DigestKind]:
    now = circumstances.now
    if subscription.urgency is Urgency.NOW:
        quiet = quiet_until(now, circumstances.zone(subscription), subscription.timing.quiet)
        if quiet is not None and subscription.destination.id not in circumstances.full:
            return quiet, DigestKind.QUIET
        first = min(everyone, key=lambda each: each.id)
        return next_daily(now, circumstances.zone(first), EVENING), DigestKind.EVENING
    # One digest a destination: all its daily subscriptions go by the clock of the oldest, and so do the weekly ones.
    same = (each for each in everyone if each.urgency is subscription.urgency and each.paused_at is None)
    first = min(same, key=lambda each: each.id)
    timing, zone = first.timing, circumstances.zone(first)
    if subscription.urgency is Urgency.DAILY:
        return next_daily(now, zone, timing.minute), DigestKind.DAILY
    return next_weekly(now, zone, timing.minute, timing.weekday), DigestKind.WEEKLY


def delivery_key(story_id: str, n: int, destination_id: int) -> str:
    """The same for the same delivery on every machine: 20 characters of a-z and 2-7.

    Discord's nonce takes 25, which leaves room for a suffix where a second text needs a key of its own.
    """
    return short_hash(story_id, str(n), str(destination_id))


def short_hash(*parts: str) -> str:
    """20 characters of a-z and 2-7 that stand for these parts, on every machine the same."""
    identity = "\0".join(parts).encode()
    return b32encode(hashlib.blake2b(identity, digest_size=13).digest()).decode().lower()[:20]
