"""When sources are asked again, and when trouble is called trouble."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FailureKind
from bot.logic.polling.schedule import (
    ALARM_AFTER,
    LONGEST_PACE,
    LONGEST_RETRY_AFTER,
    LONGEST_WAIT,
    SHORTEST_PACE,
    SHORTEST_WAIT,
    answering_health,
    failing_health,
    gap_of_dates,
    is_due,
    is_trouble,
    learned_gap,
    next_poll,
    next_try,
    pace,
    stale_after,
)
from bot.model import Health, SourceState
from tests.builders import NOON, a_source

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
A_WHILE = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=4000))
KINDS = [kind for kind in FailureKind if kind is not FailureKind.GONE]


# ---------------------------------------------------------------- pace


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        pytest.param(None, 30 * MINUTE, id="an unknown habit gets half an hour"),
        pytest.param(13 * MINUTE, 20 * MINUTE, id="a busy outlet is not asked faster than every 20 minutes"),
        pytest.param(HOUR, 30 * MINUTE, id="half the gap between"),
        pytest.param(2 * HOUR, HOUR, id="a busy feed at least hourly"),
        pytest.param(30 * DAY, 6 * HOUR, id="a quiet blog every six hours"),
    ],
)
def test_the_pace_follows_the_habit_of_the_publisher(gap: timedelta | None, expected: timedelta) -> None:
    assert pace(None, gap) == expected


def test_the_operators_pace_stands_whatever_the_habit() -> None:
    assert pace(90 * MINUTE, timedelta(seconds=1)) == 90 * MINUTE
    assert pace(timedelta(seconds=1), None) == SHORTEST_WAIT


@given(gap=A_WHILE)
def test_an_adapted_pace_stays_within_its_limits(gap: timedelta) -> None:
    assert SHORTEST_PACE <= pace(None, gap) <= LONGEST_PACE


@pytest.mark.parametrize(
    ("fresh_for", "expected"),
    [
        pytest.param(None, 20 * MINUTE, id="nothing said"),
        pytest.param(MINUTE, 20 * MINUTE, id="less than the pace"),
        pytest.param(45 * MINUTE, 45 * MINUTE, id="more than the pace"),
        pytest.param(7 * DAY, HOUR, id="a week is believed for an hour"),
    ],
)
def test_what_a_cache_header_asks_is_a_floor(fresh_for: timedelta | None, expected: timedelta) -> None:
    assert next_poll(NOON, 20 * MINUTE, fresh_for=fresh_for) == NOON + expected


def test_after_a_missed_overlap_the_next_look_comes_in_half_the_time() -> None:
    assert next_poll(NOON, HOUR, missed_overlap=True) == NOON + 30 * MINUTE


# ---------------------------------------------------------------- failures


def test_a_failure_doubles_the_wait_up_to_a_day() -> None:
    waits = [next_try(NOON, 30 * MINUTE, FailureKind.TIMEOUT, n) for n in range(1, 9)]

    assert waits == [NOON + hours * HOUR for hours in (0.5, 1, 2, 4, 8, 16, 24, 24)]


def test_a_missing_page_is_asked_less_often_than_a_slow_one() -> None:
    slow = next_try(NOON, 20 * MINUTE, FailureKind.TIMEOUT, 1)
    missing = next_try(NOON, 20 * MINUTE, FailureKind.NOT_FOUND, 1)
    refused = next_try(NOON, 20 * MINUTE, FailureKind.REFUSED, 1)

    assert slow == NOON + 20 * MINUTE
    assert missing == refused == NOON + HOUR


def test_gone_ends_the_polling() -> None:
    assert next_try(NOON, HOUR, FailureKind.GONE, 1) is None


@given(
    kind=st.sampled_from(KINDS),
    failures=st.integers(1, 10**6),
    own_pace=A_WHILE,
    retry_after=st.none() | A_WHILE,
)
def test_retry_after_is_obeyed_and_no_wait_overflows(
    kind: FailureKind, failures: int, own_pace: timedelta, retry_after: timedelta | None
) -> None:
    at = next_try(NOON, own_pace, kind, failures, retry_after)

    assert at is not None
    assert SHORTEST_WAIT <= at - NOON <= max(LONGEST_WAIT, LONGEST_RETRY_AFTER)
    if retry_after is not None:
        assert at - NOON >= min(retry_after, LONGEST_RETRY_AFTER)


@given(kind=st.sampled_from(KINDS), failures=st.integers(1, 40), own_pace=A_WHILE)
def test_more_failures_never_mean_a_shorter_wait(
    kind: FailureKind, failures: int, own_pace: timedelta
) -> None:
    one, more = (next_try(NOON, own_pace, kind, n) for n in (failures, failures + 1))

    assert one is not None
    assert more is not None
    assert one <= more


def test_failures_count_from_one() -> None:
    with pytest.raises(ValueError, match="counts from 1"):
        next_try(NOON, HOUR, FailureKind.TIMEOUT, 0)


# ---------------------------------------------------------------- health


@pytest.mark.parametrize(
    ("failures", "failing_for"),
    [
        pytest.param(1, 30 * DAY, id="one sweep, however long ago the last"),
        pytest.param(4, 7 * HOUR, id="four"),
        pytest.param(50, 5 * HOUR, id="many in one bad evening"),
    ],
)
def test_no_alarm_on_one_sweep(failures: int, failing_for: timedelta) -> None:
    health = failing_health(FailureKind.REFUSED, failures, failing_for)

    assert health is Health.FAILING
    assert not is_trouble(health)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (FailureKind.REFUSED, Health.REFUSED),
        (FailureKind.NOT_FOUND, Health.MISSING),
        (FailureKind.NOT_A_FEED, Health.NOT_A_FEED),
        (FailureKind.TIMEOUT, Health.DOWN),
        (FailureKind.RATE_LIMITED, Health.DOWN),
        (FailureKind.SERVER, Health.DOWN),
    ],
)
def test_lasting_trouble_is_called_by_its_kind(kind: FailureKind, expected: Health) -> None:
    assert failing_health(kind, 5, ALARM_AFTER) is expected


def test_gone_is_gone_at_once() -> None:
    assert failing_health(FailureKind.GONE, 1, timedelta(0)) is Health.GONE


def test_a_publisher_that_falls_silent_for_ten_times_its_habit_is_stale() -> None:
    weekly = 7 * DAY

    fresh = answering_health(empty=False, new_entry_at=NOON - 60 * DAY, publish_gap=weekly, now=NOON)
    stale = answering_health(empty=False, new_entry_at=NOON - 71 * DAY, publish_gap=weekly, now=NOON)

    assert (fresh, stale) == (Health.OK, Health.STALE)


def test_a_busy_outlet_may_be_silent_over_the_holidays() -> None:
    assert stale_after(timedelta(minutes=10)) == 21 * DAY
    assert stale_after(900 * DAY) == 180 * DAY
    assert stale_after(None) == 90 * DAY


def test_an_empty_feed_is_a_state_of_its_own() -> None:
    assert answering_health(empty=True, new_entry_at=None, publish_gap=None, now=NOON) is Health.EMPTY


# ---------------------------------------------------------------- habits


def test_one_busy_day_does_not_undo_a_habit() -> None:
    learned = learned_gap(DAY, 24, DAY)

    assert learned == DAY - 23 * HOUR / 3


def test_nothing_new_teaches_nothing() -> None:
    assert learned_gap(DAY, 0, DAY) == DAY
    assert learned_gap(None, 3, timedelta(0)) is None
    assert learned_gap(None, 2, DAY) == 12 * HOUR


def test_the_first_document_tells_the_habit_by_its_dates() -> None:
    evergreen = NOON - 400 * DAY

    assert gap_of_dates((NOON, NOON - HOUR, NOON - 2 * HOUR, evergreen)) == HOUR
    assert gap_of_dates((NOON, NOON)) is None
    assert gap_of_dates((NOON,)) is None
    # All at midnight of three days: the median says nothing, the mean does.
    assert gap_of_dates((NOON, NOON, NOON, NOON, NOON - 2 * DAY)) == DAY / 2


# ---------------------------------------------------------------- due


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        pytest.param(SourceState("gazette"), True, id="never polled"),
        pytest.param(SourceState("gazette", next_poll_at=NOON), True, id="its time has come"),
        pytest.param(SourceState("gazette", next_poll_at=NOON + MINUTE), False, id="not yet"),
        pytest.param(SourceState("gazette", health=Health.GONE), False, id="gone"),
    ],
)
def test_a_source_is_due_when_its_time_has_come(state: SourceState, *, expected: bool) -> None:
    assert is_due(a_source(), state, NOON) is expected


def test_a_source_without_a_feed_is_never_polled_as_one() -> None:
    assert not is_due(a_source(feed=None, site=None), SourceState("gazette"), NOON)


# ---------------------------------------------------------------- a clock that was wrong


def test_a_time_set_by_a_clock_that_ran_years_ahead_is_not_waited_for() -> None:
    ahead = NOON + 4000 * DAY
    state = SourceState("gazette", polled_at=ahead, good_at=ahead, next_poll_at=ahead + HOUR)

    assert is_due(a_source(), state, NOON)


def test_a_clock_that_is_corrected_by_a_minute_asks_nobody_twice() -> None:
    state = SourceState("gazette", polled_at=NOON + MINUTE, next_poll_at=NOON + HOUR)

    assert not is_due(a_source(), state, NOON)
