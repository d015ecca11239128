"""The days that a story names as a calendar file (RFC 5545), and as a link for those who have no use for a file."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bot.flows.memory import Store
from bot.logic.text.inert import clean
from bot.logic.text.lengths import shorten
from bot.logic.text.links import absolute, story_path
from bot.model import Deadline
from bot.ports import Clock

if TYPE_CHECKING:
    from icalendar import Event

_WORDS = {
    "effect": "Takes effect",
    "opt-out": "Opt-out ends",
    "consultation": "Consultation closes",
    "other": "Deadline",
}
_TITLE = 120
DAY = timedelta(days=1)


async def calendar_of(store: Store, clock: Clock, story_id: str, site_url: str | None) -> bytes | None:
    """The file of one story; None: there is no such story, or it names no day."""
    view, deadlines = await store.story(story_id), await store.deadlines_of(story_id)
    if view is None or not deadlines:
        return None
    url = absolute(site_url, story_path(story_id))
    return await asyncio.to_thread(calendar_file, story_id, view.story.title, deadlines, clock.now(), url=url)


def calendar_file(
    story_id: str,
    title: str,
    deadlines: Sequence[Deadline],
    now: datetime,
    *,
    url: str = "",
    words: Mapping[str, str] = _WORDS,
) -> bytes:
    """One whole-day event for each deadline, with alarms 7 days and 1 day before.

    words  what each kind of deadline is called, by `Deadline.what`, "other" among them
    The same deadline has the same id in every file, so that a calendar takes it once.
    """
    # Here, since the library takes its time to load and few ask for the file.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Smallprint//deadlines//EN")
    calendar.add("version", "2.0")
    for deadline in deadlines:
        calendar.add_component(_event(story_id, clean(title), deadline, now, url, words))
    return bytes(calendar.to_ical())


def calendar_link(title: str, deadline: Deadline, url: str = "", *, words: Mapping[str, str] = _WORDS) -> str:
    """An address that opens a web calendar with the day filled in; `words` as for the file."""
    day = deadline.at.astimezone(UTC)
    fields = {
        "action": "TEMPLATE",
        "text": event_title(clean(title), deadline, words),
        "dates": f"{day:%Y%m%d}/{day + DAY:%Y%m%d}",
        "details": f"{clean(deadline.quote)[:300]} {url}".strip(),
    }
    return f"https://calendar.google.com/calendar/render?{urlencode(fields)}"


def _event(
    story_id: str, title: str, deadline: Deadline, now: datetime, url: str, words: Mapping[str, str]
) -> "Event":
    from icalendar import Alarm, Event

    day = deadline.at.astimezone(UTC).date()
    event = Event()
    event.add("uid", f"{story_id}-{day:%Y%m%d}-{deadline.what}@smallprint")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + DAY)
    event.add("summary", event_title(title, deadline, words))
    event.add("description", f"{clean(deadline.quote)}\n{url}".strip())
    event.add("transp", "TRANSPARENT")
    if url:
        event.add("url", url)
    for before in (7 * DAY, DAY):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", event_title(title, deadline, words))
        alarm.add("trigger", -before)
        event.add_component(alarm)
    return event


def event_title(title: str, deadline: Deadline, words: Mapping[str, str] = _WORDS) -> str:
    """What a calendar shows on that day; without a title what kind of day it is."""
    what = words.get(deadline.what, words["other"])
    return f"{what}: {shorten(title, _TITLE, len)}" if title else what
