"""When something falls due by the wall clock, in weeks when that clock is changed, too."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logic.routing.wall_clock import next_daily, next_weekly, quiet_until

BERLIN, NEW_YORK, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo")
HOUR = timedelta(hours=1)
ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Tokyo", "Australia/Lord_Howe",
            "Pacific/Apia", "Africa/Casablanca", "America/St_Johns", "UTC",
        )
    ]
)  # fmt: skip
TIMES = st.integers(0, 25 * 366 * 1440).map(lambda n: datetime(2011, 1, 1, tzinfo=UTC) + timedelta(minutes=n))
MINUTES = st.integers(0, 1439)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_nine_in_the_morning_stays_nine_when_summer_begins() -> None:
    before = next_daily(at("2025-03-28 12:00"), BERLIN, 9 * 60)
    after = next_daily(at("2025-03-29 12:00"), BERLIN, 9 * 60)

    assert (before, after) == (at("2025-03-29 08:00"), at("2025-03-30 07:00"))


def test_nine_in_the_morning_stays_nine_when_winter_begins() -> None:
    assert next_daily(at("2025-10-25 12:00"), BERLIN, 9 * 60) == at("2025-10-26 08:00")


def test_a_minute_that_the_clock_leaps_over_still_comes_that_day() -> None:
    assert next_daily(at("2025-03-29 12:00"), BERLIN, 2 * 60 + 30) == at("2025-03-30 01:30")


def test_a_minute_that_comes_twice_counts_once() -> None:
    first = next_daily(at("2025-10-25 12:00"), BERLIN, 2 * 60 + 30)

    assert first == at("2025-10-26 00:30")
    assert next_daily(first, BERLIN, 2 * 60 + 30) == at("2025-10-27 01:30")


def test_the_very_minute_means_tomorrow() -> None:
    nine = at("2025-05-09 07:00")

    assert next_daily(nine, BERLIN, 9 * 60) == nine + 24 * HOUR


def test_a_weekly_digest_comes_on_its_own_day_there_not_in_utc() -> None:
    monday = next_weekly(at("2025-05-09 12:00"), TOKYO, 8 * 60, 0)

    assert monday == at("2025-05-11 23:00")
    assert next_weekly(monday, TOKYO, 8 * 60, 0) == at("2025-05-18 23:00")


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2025-05-09 20:30", "2025-05-10 05:00"),
        ("2025-05-10 04:59", "2025-05-10 05:00"),
        ("2025-05-10 05:00", None),
        ("2025-05-09 19:59", None),
    ],
)
def test_quiet_hours_over_midnight_end_in_the_morning(now: str, end: str | None) -> None:
    quiet = (22 * 60, 7 * 60)

    assert quiet_until(at(now), BERLIN, quiet) == (at(end) if end else None)


def test_quiet_hours_by_day_end_the_same_day() -> None:
    assert quiet_until(at("2025-05-09 09:00"), BERLIN, (10 * 60, 12 * 60)) == at("2025-05-09 10:00")


def test_no_quiet_hours_and_two_equal_ends_mean_none() -> None:
    assert quiet_until(at("2025-05-09 09:00"), BERLIN, None) is None
    assert quiet_until(at("2025-05-09 09:00"), BERLIN, (600, 600)) is None


def test_quiet_hours_that_end_in_the_doubled_hour_end_the_second_time_when_asked_in_it() -> None:
    now = at("2025-10-26 01:10")  # 02:10 in Berlin for the second time

    assert quiet_until(now, BERLIN, (22 * 60, 2 * 60 + 30)) == at("2025-10-26 01:30")


@given(TIMES, ZONES, MINUTES)
def test_the_next_time_is_later_within_two_days_and_at_the_wanted_minute_but_in_a_leap(
    now: datetime, zone: ZoneInfo, minute: int
) -> None:
    due = next_daily(now, zone, minute)
    local = due.astimezone(zone)

    assert now < due <= now + timedelta(hours=49)
    leapt = local.replace(tzinfo=None) - timedelta(minutes=minute) != local.replace(
        tzinfo=None, hour=0, minute=0, second=0, microsecond=0
    )
    assert not leapt or (due - 2 * HOUR).astimezone(zone).utcoffset() != local.utcoffset()


@given(TIMES, ZONES, MINUTES)
def test_daily_digests_are_a_day_apart_give_or_take_what_the_clock_is_moved(
    now: datetime, zone: ZoneInfo, minute: int
) -> None:
    due = next_daily(now, zone, minute)
    for _ in range(30):
        later = next_daily(due, zone, minute)
        assert 22 * HOUR <= later - due <= 26 * HOUR
        due = later


@given(TIMES, ZONES, MINUTES, st.integers(0, 6))
def test_a_weekly_digest_comes_within_eight_days(
    now: datetime, zone: ZoneInfo, minute: int, weekday: int
) -> None:
    assert now < next_weekly(now, zone, minute, weekday) <= now + timedelta(days=8, hours=2)


@given(TIMES, ZONES, st.tuples(MINUTES, MINUTES))
def test_quiet_hours_end_later_and_then_are_over(
    now: datetime, zone: ZoneInfo, quiet: tuple[int, int]
) -> None:
    end = quiet_until(now, zone, quiet)

    if end is not None:
        assert now < end <= now + timedelta(hours=50)
        assert quiet_until(end, zone, quiet) is None
