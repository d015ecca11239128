"""Deadlines as a file that calendars read."""

from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

from icalendar import Calendar

from bot.flows.people.calendar_file import calendar_file, calendar_link, calendar_of
from bot.model import Deadline
from bot.store import SqlStore
from tests.builders import NOON
from tests.fakes import FakeClock
from tests.flows.delivery.test_remind import a_dated_story, subscribe

EFFECT = Deadline(
    datetime(2025, 7, 1, tzinfo=UTC), "effect", "They take effect on\n1 July; see\r\nEND:VCALENDAR", 1
)
OPT_OUT = Deadline(datetime(2025, 6, 30, tzinfo=UTC), "opt-out", "", 1)


def test_each_deadline_is_a_day_with_two_alarms_and_an_id_that_stays() -> None:
    file = calendar_file(
        "sdated", "Terms, <b>changed</b>; twice", [EFFECT, OPT_OUT], NOON, url="https://bot.example/s"
    )

    events = Calendar.from_ical(file).walk("VEVENT")  # type: ignore[no-untyped-call]
    assert [event["dtstart"].dt for event in events] == [date(2025, 7, 1), date(2025, 6, 30)]
    assert [len(event.walk("VALARM")) for event in events] == [2, 2]
    assert str(events[0]["uid"]) == "sdated-20250701-effect@smallprint"
    assert str(events[0]["summary"]).startswith("Takes effect: Terms, ")
    assert calendar_file("sdated", "Other words", [EFFECT], NOON).count(b"sdated-20250701-effect") == 1
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))


def test_hostile_words_stay_within_their_line() -> None:
    events = Calendar.from_ical(calendar_file("s", "x\r\nBEGIN:VALARM", [EFFECT], NOON)).walk("VEVENT")  # type: ignore[no-untyped-call]

    assert len(events) == 1
    assert "VCALENDAR" in str(events[0]["description"])


def test_the_link_carries_day_and_words() -> None:
    fields = parse_qs(urlsplit(calendar_link("Terms & more", OPT_OUT, "https://bot.example/s")).query)

    assert fields["dates"] == ["20250630/20250701"]
    assert fields["text"] == ["Opt-out ends: Terms & more"]


async def test_a_story_without_a_day_has_no_file(store: SqlStore, clock: FakeClock) -> None:
    await subscribe(store)
    story_id = await a_dated_story(store, clock)

    assert b"DTSTART;VALUE=DATE:20250701" in (await calendar_of(store, clock, story_id, None) or b"")
    assert await calendar_of(store, clock, "snothing", None) is None
