"""A deadline as a file for any calendar, and as a link for the one that most people have."""

import asyncio

from bot.chat.discord.buttons.answering import PressAnswer, Pressed
from bot.flows.people.calendar_file import calendar_file, calendar_link, event_title
from bot.logic.messages.buttons import URL_LIMIT, Button
from bot.logic.messages.discord import when
from bot.logic.text.inert import clean, for_discord
from bot.model import Deadline, StoryView

WHATS = ("effect", "opt-out", "consultation", "other")


async def add(pressed: Pressed) -> PressAnswer:
    press, say = pressed.press, pressed.say
    if press.at is None:
        return PressAnswer(say("answer-no-deadline"))
    view = await pressed.desk.store.story(press.story_id)
    words = {what: say(f"post-deadline-{what}") for what in WHATS}
    # The button carries the day and what it is, not the words that say so.
    deadline = Deadline(press.at, press.what or "other", "", 0)
    title = clean(view.story.title) if view else ""
    url = _address(view)
    # The library is slow to import and nothing else needs it.
    file = await asyncio.to_thread(
        calendar_file, press.story_id, title, [deadline], pressed.desk.clock.now(), url=url, words=words
    )
    what = for_discord(event_title(title, deadline, words))
    text = say("answer-calendar", what=what, when=when(press.at))
    link = calendar_link(title, deadline, url, words=words)
    rows = ((Button(say("button-open-calendar"), url=link),),) if len(link) <= URL_LIMIT else ()
    return PressAnswer(text, rows, (f"{press.story_id}.ics", file))


def _address(view: StoryView | None) -> str:
    if view is None or not view.entries:
        return ""
    lead = next((each for each in view.entries if each.entry.id == view.story.lead_id), view.entries[0])
    return lead.entry.url or ""
