"""What the operator is told about sources and deliveries: what happened, to what, what to do."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.logic.polling.schedule import is_trouble
from bot.model import Delivery, Destination, Health, Source, SourceState

STUCK_AFTER = timedelta(hours=24)
"""A delivery that is tried in vain for this long is named to the operator."""

_FIND = "Look for the new address: smallprint sources test {site}."
_SAID: Mapping[Health, tuple[str, str]] = {
    Health.REFUSED: ("refuses us", "It may block unknown readers: write to it, or remove the source."),
    Health.MISSING: ("is not found", _FIND),
    Health.NOT_A_FEED: ("answers with something that is not a feed", _FIND),
    Health.DOWN: ("cannot be read", "We keep trying, ever more seldom; check the address if it lasts."),
    Health.GONE: ("is gone for good (410)", "Polling has ended: remove the source or give its new address."),
    Health.STALE: ("answers but has had nothing new for long", "Its feed may have moved. " + _FIND),
}


def source_alert(source: Source, before: SourceState, after: SourceState) -> str:
    """One sentence or two when trouble begins or ends, or when the feed moved; empty: nothing to tell."""
    if after.alarmed_at is not None and before.alarmed_at is None:
        return source_trouble(source, after)
    if before.alarmed_at is not None and after.alarmed_at is None:
        return f"{source.name} ({source.id}) is back."
    if after.address is not None and after.address != before.address:
        return (
            f"{source.name} ({source.id}) has moved to {_without_password(after.address)} for good. "
            "We follow it; set `feed` to this in sources.toml."
        )
    return ""


def _without_password(address: str) -> str:
    return re.sub(r"//[^/?#]*@", "//", address)


def source_trouble(source: Source, state: SourceState) -> str:
    """What is wrong with a source whose health is trouble, and what to do."""
    what, remedy = _SAID[state.health]
    why = f": {state.last_error}" if state.last_error else ""
    return f"{source.name} ({source.id}) {what}{why}. {remedy.format(site=_without_password(source.site or source.feed or ''))}"


def troubled(sources: Sequence[Source], states: Mapping[str, SourceState]) -> tuple[Source, ...]:
    """Sources that the operator should look at, in their own order."""
    return tuple(source for source in sources if is_trouble(states[source.id].health))


def delivery_alerts(
    waiting: Sequence[Delivery], unclear: Sequence[Delivery], paused: Sequence[Destination], now: datetime
) -> tuple[str, ...]:
    """What is wrong with the outbox, one sentence per destination; empty: nothing.

    waiting  undone deliveries that were tried; `unclear` those that may have arrived
    """
    return tuple(delivery_troubles(waiting, unclear, paused, now).values())


def delivery_troubles(
    waiting: Sequence[Delivery], unclear: Sequence[Delivery], paused: Sequence[Destination], now: datetime
) -> dict[int, str]:
    """The same by destination id."""
    alerts = {
        d.id: f"{d.name} ({d.sink}) is paused: {d.paused_why}" for d in paused if d.paused_at is not None
    }
    for delivery in waiting:
        if delivery.tries and now - delivery.created_at > STUCK_AFTER:
            alerts.setdefault(delivery.destination.id, _stuck(delivery))
    for delivery in unclear:
        if delivery.claimed_at is not None and now - delivery.claimed_at > STUCK_AFTER:
            alerts.setdefault(delivery.destination.id, _still_unclear(delivery))
    return alerts


def _stuck(delivery: Delivery) -> str:
    return (
        f"{delivery.destination.name} has not taken “{delivery.message.headline}” in {delivery.tries} tries since "
        f"{delivery.created_at:%d %B %H:%M} UTC: {delivery.last_error}"
    )


def _still_unclear(delivery: Delivery) -> str:
    return (
        f"It cannot be told whether “{delivery.message.headline}” arrived in {delivery.destination.name}: "
        f"{delivery.last_error} Nothing more goes there until it can be read."
    )
