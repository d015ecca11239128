"""When a delivery may go, and what a refusal means."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SinkError, SinkScope
from bot.logic.routing.setbacks import DAY, HOUR, Fate, next_slot, retry_wait, setback_of
from bot.model import Ceilings
from tests.builders import NOON

TWO_AND_FIVE = Ceilings(an_hour=2, a_day=5)


def ago(*minutes: int) -> list[datetime]:
    return sorted(NOON - timedelta(minutes=each) for each in minutes)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        pytest.param(ago(), NOON, id="nothing sent"),
        pytest.param(ago(10), NOON, id="one this hour"),
        pytest.param(
            ago(10, 50), NOON + timedelta(minutes=10), id="two this hour: when the older one is an hour old"
        ),
        pytest.param(
            ago(10, 20, 50), NOON + timedelta(minutes=40), id="three, from before the ceiling was lowered"
        ),
        pytest.param(ago(100, 200, 300, 400, 500), NOON + timedelta(minutes=940), id="five today"),
        pytest.param(ago(1440, 1500, 1600, 1700, 1800), NOON, id="all of them yesterday"),
    ],
)
def test_a_message_waits_until_both_ceilings_allow_it(sent: list[datetime], expected: datetime) -> None:
    assert next_slot(sent, TWO_AND_FIVE, NOON) == expected


@given(
    offsets=st.lists(st.integers(0, 3 * 1440), max_size=30).map(sorted),
    an_hour=st.integers(1, 5),
    a_day=st.integers(1, 12),
)
def test_messages_sent_at_their_slots_never_break_a_ceiling(
    offsets: list[int], an_hour: int, a_day: int
) -> None:
    ceilings = Ceilings(an_hour, a_day)
    sent: list[datetime] = []
    for offset in offsets:
        wished = max(NOON + timedelta(minutes=offset), sent[-1] if sent else NOON)
        sent.append(next_slot(sent, ceilings, wished))

    for most, span in ((an_hour, HOUR), (a_day, DAY)):
        for first, later in zip(sent, sent[most:], strict=False):
            assert later - first >= span


def test_retries_double_from_half_a_minute_to_an_hour() -> None:
    waits = [retry_wait(tries).total_seconds() for tries in range(10)]

    assert waits == [0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert retry_wait(10**6) == HOUR


def test_only_a_message_that_can_never_be_taken_is_given_up() -> None:
    fates = {
        (scope, permanent): setback_of(SinkError("no", permanent=permanent, scope=scope), 1).fate
        for scope in SinkScope
        for permanent in (True, False)
    }

    assert fates.pop((SinkScope.DELIVERY, True)) is Fate.ABANDONED
    assert set(fates.values()) == {Fate.DUE}


def test_what_may_have_arrived_is_unclear_whatever_else_is_said() -> None:
    assert setback_of(SinkError("cut off", permanent=True, unclear=True), 1).fate is Fate.UNCLEAR


def test_a_closed_channel_is_paused_with_the_fix_and_waits_no_longer_once_mended() -> None:
    error = SinkError(
        "I can't post in #ai-policy.",
        permanent=True,
        scope=SinkScope.DESTINATION,
        fix="Give me Send Messages there.",
    )

    setback = setback_of(error, 7)

    assert setback.pause_why == "I can't post in #ai-policy. Give me Send Messages there."
    assert setback.wait == timedelta(0)
    assert not setback.park


def test_a_channel_that_is_only_busy_is_not_paused() -> None:
    setback = setback_of(
        SinkError("slow mode", scope=SinkScope.DESTINATION, retry_after=timedelta(hours=2)), 1
    )

    assert setback.pause_why is None
    assert setback.wait == timedelta(hours=2)


def test_a_sink_in_trouble_is_parked_ever_longer() -> None:
    down = SinkError("down", scope=SinkScope.SINK)

    waits = [setback_of(down, tries=1, sink_failures=n).wait.total_seconds() for n in range(4)]

    assert waits == [30, 60, 120, 240]
    assert setback_of(down, 1).park


def test_retry_after_is_obeyed_but_never_shortens_the_back_off() -> None:
    asked = SinkError("busy", retry_after=timedelta(seconds=5))

    assert setback_of(asked, tries=1).wait == timedelta(seconds=30)
    assert setback_of(SinkError("busy", retry_after=timedelta(hours=3)), tries=1).wait == timedelta(hours=3)


def test_messages_sent_while_the_clock_ran_ahead_hold_nothing_up_for_longer_than_a_ceilings_span() -> None:
    ahead = [NOON + timedelta(days=400, minutes=each) for each in range(5)]

    assert next_slot(ahead, TWO_AND_FIVE, NOON) == NOON + DAY


def test_a_platform_that_asks_for_a_wait_of_years_is_asked_again_after_a_day() -> None:
    error = SinkError("slow down", scope=SinkScope.SINK, retry_after=timedelta(days=10**6))

    assert setback_of(error, tries=1).wait == DAY
