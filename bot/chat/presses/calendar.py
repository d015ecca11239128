"""A deadline as a file for any calendar, and as a link for the one that most people have."""

import asyncio
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from icalendar import Alarm, Calendar, Event

from bot.chat.presses.answering import Answer, Pressed
from bot.logic.buttons import URL_LIMIT, Button
from bot.logic.counting import shorten
from bot.logic.escape import clean, for_discord
from bot.logic.render_discord import when
from bot.model import StoryView

WHATS = frozenset({"effect", "opt-out", "consultation", "other"})
_TITLE = 120


async def add(pressed: Pressed) -> Answer:
    press, say = pressed.press, pressed.say
    if press.at is None:
        return Answer(say("answer-no-deadline"))
    view = await pressed.desk.store.story(press.story_id)
    what = say(f"post-deadline-{press.what if press.what in WHATS else 'other'}")
    title = f"{what}: {shorten(clean(view.story.title), _TITLE, len)}" if view else what
    url = _address(view)
    # The library is slow to import and nothing else needs it.
    file = await asyncio.to_thread(ics_file, press.story_id, press.at, title, url, pressed.desk.clock.now())
    text = say("answer-calendar", what=for_discord(title), when=when(press.at))
    link = google_link(press.at, title, url)
    rows = ((Button(say("button-open-calendar"), url=link),),) if len(link) <= URL_LIMIT else ()
    return Answer(text, rows, (f"{press.story_id}.ics", file))


def ics_file(story_id: str, at: datetime, title: str, url: str, now: datetime) -> bytes:
    """One all-day event with a reminder a week and a day before. The same deadline is the same event when added again.

    Source: RFC 5545.
    """
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//Smallprint//deadlines//EN")
    calendar.add("version", "2.0")
    event.add("uid", f"{story_id}-{at:%Y%m%d}@smallprint")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", at.date())
    event.add("dtend", at.date() + timedelta(days=1))
    event.add("summary", title)
    event.add("transp", "TRANSPARENT")
    if url:
        event.add("url", url)
        event.add("description", url)
    for before in (timedelta(days=7), timedelta(days=1)):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", -before)
        event.add_component(alarm)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def google_link(at: datetime, title: str, url: str) -> str:
    """An address that opens Google's calendar with the day filled in."""
    days = f"{at:%Y%m%d}/{at + timedelta(days=1):%Y%m%d}"
    fields = {"action": "TEMPLATE", "text": title, "dates": days} | ({"details": url} if url else {})
    return f"https://calendar.google.com/calendar/render?{urlencode(fields)}"


def _address(view: StoryView | None) -> str:
    if view is None or not view.entries:
        return ""
    lead = next((each for each in view.entries if each.entry.id == view.story.lead_id), view.entries[0])
    return lead.entry.url or ""
