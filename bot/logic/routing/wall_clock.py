"""When something falls due by the clock on people's wall, across changes of that clock. Time zones are passed in."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY = timedelta(days=1)


def next_daily(after: datetime, zone: tzinfo, minute: int) -> datetime:
    """The first time later than `after` at which the day's `minute` comes in `zone`; aware UTC.

    minute  of the day by the wall clock, 0 to 1439
    Once each day: an hour that comes twice counts the first time. A minute that the clock leaps over comes as much
    later as it leapt (half past two at half past three).
    """
    local = after.astimezone(zone).date()
    return min(at for at in (_at(local + DAY * step, zone, minute) for step in (-1, 0, 1, 2)) if at > after)


def next_weekly(after: datetime, zone: tzinfo, minute: int, weekday: int) -> datetime:
    """As `next_daily`, on one day of the week: 0 is Monday."""
    local = after.astimezone(zone).date()
    days = (local + DAY * step for step in range(-1, 10))
    return min(
        at for at in (_at(day, zone, minute) for day in days if day.weekday() == weekday) if at > after
    )


def quiet_until(now: datetime, zone: tzinfo, quiet: tuple[int, int] | None) -> datetime | None:
    """When the quiet hours that hold at `now` end; None: none hold.

    quiet  minutes of the day, from and until; may span midnight; two equal ones mean none
    """
    end: datetime | None = None
    # A clock that leaps may land within the next quiet hours; then those hold.
    for _ in range(4):
        at = end or now
        if quiet is None or not _is_quiet(at, zone, quiet):
            return end
        end = _next_time(at, zone, quiet[1])
    return end


def _at(day: date, zone: tzinfo, minute: int, *, fold: int = 0) -> datetime:
    wall = datetime.combine(day, time(minute // 60, minute % 60), zone).replace(fold=fold)
    return wall.astimezone(UTC)


def _minute(at: datetime, zone: tzinfo) -> int:
    local = at.astimezone(zone)
    return local.hour * 60 + local.minute


def _is_quiet(at: datetime, zone: tzinfo, quiet: tuple[int, int]) -> bool:
    begin, end = quiet
    minute = _minute(at, zone)
    return begin <= minute < end if begin <= end else minute >= begin or minute < end


def _next_time(after: datetime, zone: tzinfo, minute: int) -> datetime:
    """The next time that the wall clock shows `minute`, the second one of an hour that comes twice included."""
    return min(at for at in _times(after, zone, minute) if at > after)


def _times(after: datetime, zone: tzinfo, minute: int) -> Iterator[datetime]:
    local = after.astimezone(zone).date()
    for step in (0, 1, 2):
        day = local + DAY * step
        yield _at(day, zone, minute)
        second = _at(day, zone, minute, fold=1)
        if _minute(second, zone) == minute:
            yield second
