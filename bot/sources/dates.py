"""Dates as strangers write them, as aware UTC; nonsense is None."""

import re
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

# Earlier dates are epochs and typing errors, not publications; the web's first feeds are from 1999.
_OLDEST_YEAR, _NEWEST_YEAR = 1990, 2100
_LONGEST = 40

# Zones that mail headers do not know by name; without them "10:00 CEST" was read as 10:00 UTC.
_ZONES = {
    "WET": "+0000", "WEST": "+0100", "BST": "+0100", "CET": "+0100", "MEZ": "+0100", "CEST": "+0200", "MESZ": "+0200",
    "EET": "+0200", "EEST": "+0300", "MSK": "+0300", "SAST": "+0200", "IST": "+0530", "SGT": "+0800", "HKT": "+0800",
    "AWST": "+0800", "JST": "+0900", "KST": "+0900", "ACST": "+0930", "AEST": "+1000", "AEDT": "+1100",
    "NZST": "+1200", "NZDT": "+1300", "BRT": "-0300", "ART": "-0300", "AKST": "-0900", "HST": "-1000",
    "AKDT": "-0800", "NST": "-0330", "NDT": "-0230",
}  # fmt: skip
_KNOWN_TO_MAIL = frozenset(
    {"UT", "UTC", "GMT", "Z", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "AST", "ADT"}
)
_HALF_DAY = re.compile(r"\b(\d{1,2}):(\d\d)(:\d\d)?\s?([AaPp])\.?[Mm]\b\.?")
_MIDNIGHT = re.compile(r"(?<=[ T])24:00(:00)?(?!\d)")
_LAST_WORD = re.compile(r"(?<=[\d ])([A-Za-z]{1,5})$")
_MONTH_FIRST = re.compile(r"^(?:[A-Za-z]{3,9},? )?([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4}),? (.+)$")


def feed_date(text: str, parsed: time.struct_time | None) -> datetime | None:
    """A feed's date. What cannot be read whole is no date: half of one is wrong by hours or years.

    text    as published, may be empty
    parsed  what feedparser made of it, which leaves out what it does not know; None: nothing
    """
    if not 0 < len(text) <= _LONGEST:
        return struct_date(parsed)
    if _MIDNIGHT.search(text):
        date = _read(_MIDNIGHT.sub(r"00:00\1", text), None)
        return date + timedelta(days=1) if date else None
    return _read(text, parsed)


def _read(text: str, parsed: time.struct_time | None) -> datetime | None:
    whole = _HALF_DAY.sub(_of_24_hours, text)
    word = _LAST_WORD.search(whole)
    if word is not None and (zone := word.group(1).upper()) not in _KNOWN_TO_MAIL:
        if zone not in _ZONES:
            # "9 May" or an unknown zone: feedparser may know the language, but not the hour.
            return None if parsed is None or ":" in whole else struct_date(parsed)
        whole = whole[: word.start()].rstrip() + f" {_ZONES[zone]}"
    if whole != text or parsed is None:
        return mail_date(_MONTH_FIRST.sub(r"\2 \1 \3 \4", whole)) or iso_date(whole)
    return struct_date(parsed)


def _of_24_hours(found: re.Match[str]) -> str:
    hour = int(found.group(1))
    if not 1 <= hour <= 12:
        return f"{hour}:{found.group(2)}{found.group(3) or ''}"
    hour = hour % 12 + (12 if found.group(4) in "Pp" else 0)
    return f"{hour:02}:{found.group(2)}{found.group(3) or ':00'}"


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
