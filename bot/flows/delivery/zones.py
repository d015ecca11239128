"""Time zones by name, for those who reckon with the clock on people's wall."""

from collections.abc import Iterable, Mapping
from datetime import tzinfo
from functools import cache
from zoneinfo import ZoneInfo

import structlog

from bot.model import Subscription

log = structlog.get_logger()


def zones_of(subscriptions: Iterable[Subscription]) -> Mapping[str, tzinfo]:
    """The zones that they name. One that does not exist (any more) is left out: it counts as UTC."""
    named = {subscription.timing.zone for subscription in subscriptions}
    return {name: zone for name in named if (zone := zone_named(name)) is not None}


@cache
def zone_named(name: str) -> tzinfo | None:
    """None: there is no zone of this name."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        # ZoneInfoNotFoundError is a KeyError, but a folder's name gives an OSError and "../x" a ValueError.
        return None
