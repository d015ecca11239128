"""Dates as strangers write them, as aware UTC; nonsense is None."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

# Earlier dates are epochs and typing errors, not publications; the web's first feeds are from 1999.
_OLDEST_YEAR, _NEWEST_YEAR = 1990, 2100
_LONGEST = 40


def iso_date(value: object) -> datetime | None:
    """An ISO 8601 date. Without a zone it counts as UTC; a day without a time is its first minute."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    try:
        date = datetime.fromisoformat(value.strip())
        date = date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return _sensible(date)


def struct_date(value: time.struct_time | None) -> datetime | None:
    """feedparser's form: always UTC, a date without a zone taken as UTC."""
    if value is None:
        return None
    year, month, day, hour, minute, second = value[:6]
    try:
        # A leap second is written :60; Python's clock knows none.
        return _sensible(datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC))
    except (TypeError, ValueError):
        return None


def mail_date(value: str) -> datetime | None:
    """A date as in mail headers, zone or not: feedparser reads none of RSS's dates that lack a zone."""
    parts = parsedate_tz(value) if 0 < len(value) <= _LONGEST else None
    if parts is None:
        return None
    date = struct_date(time.struct_time(parts[:9]))
    return date and _sensible(date - timedelta(seconds=parts[9] or 0))


def _sensible(date: datetime) -> datetime | None:
    return date if _OLDEST_YEAR <= date.year <= _NEWEST_YEAR else None
