"""Times of day and time zones as people type them."""

import re
from collections.abc import Collection

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h時Uu]\s*(?P<minute>\d{2})?)?\s*(?:uhr|分|h)?\s*(?P<half>[ap])?\.?\s*(?:m\.?)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:-|–|—|〜|~|\bto\b|\bbis\b|\bà\b|\ba\b|\baté\b|から)\s*", re.IGNORECASE)
DAY_MINUTES = 24 * 60


def minute_of_day(typed: str) -> int | None:
    """Minutes since midnight: "9", "9:30", "21h30", "9 pm", "9時30分". None: no time of day."""
    found = _TIME.fullmatch(typed.strip())
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def quiet_hours(typed: str) -> tuple[int, int] | None:
    """From and until in minutes of the day: "22:00-7:00", "10 pm to 7 am". None: no such span, or an empty one."""
    parts = _BETWEEN.split(typed.strip())
    if len(parts) != 2:
        return None
    begin, end = minute_of_day(parts[0]), minute_of_day(parts[1])
    return (begin, end) if begin is not None and end is not None and begin != end else None


def clock(minute: int) -> str:
    """ "09:30"."""
    return f"{minute // 60:02}:{minute % 60:02}"


def zone_named(typed: str, zones: Collection[str]) -> str | None:
    """The IANA name that is meant: "europe/berlin", "Berlin", "new york". None: none such, or several."""
    wanted = _plain(typed)
    if not wanted:
        return None
    exact = [zone for zone in zones if _plain(zone) == wanted]
    cities = exact or [zone for zone in zones if _plain(zone.rpartition("/")[2]) == wanted]
    return cities[0] if len(cities) == 1 else None


def zones_like(typed: str, zones: Collection[str], most: int) -> list[str]:
    """Zones whose city begins with what was typed, then those that hold it anywhere, by name."""
    wanted = _plain(typed)
    ranked = [
        (0 if _plain(zone.rpartition("/")[2]).startswith(wanted) else 1, zone)
        for zone in zones
        if wanted in _plain(zone)
    ]
    return [zone for _, zone in sorted(ranked)[:most]]


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum() or c in "/+-")
