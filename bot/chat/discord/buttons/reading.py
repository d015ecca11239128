"""Sources, history of the platforms, and why a story stands where it does."""

from collections.abc import Sequence

import discord

from bot.chat.discord.buttons.answering import PressAnswer, Pressed
from bot.flows.people.readers import places_of
from bot.flows.people.record import record_of
from bot.logic.messages.discord import topic_name, when
from bot.logic.routing.filter import is_wanted, subject_of
from bot.logic.text.inert import clean, for_discord, safe_link
from bot.logic.text.lengths import discord_length, shorten
from bot.model import Entry, StoryView, Subscription
from bot.model.record import PlatformRecord, Position
from bot.ports import Say

_MOST_SOURCES, _MOST_PLATFORMS, _MOST_REASONS = 12, 3, 5
_TITLE, _REASON, _LINK, _TIMELINE = 110, 160, 300, 3


async def sources(pressed: Pressed) -> PressAnswer:
    """Every report, oldest first, with when it came."""
    view = await pressed.story()
    entries = sorted((each.entry for each in view.entries), key=lambda entry: (entry.happened_at, entry.id))
    lines = [_reported(entry) for entry in entries[:_MOST_SOURCES]]
    if len(entries) > _MOST_SOURCES:
        lines.append(pressed.say("post-more", count=len(entries) - _MOST_SOURCES))
    return PressAnswer("\n".join([pressed.say("answer-sources"), *lines]))


def _reported(entry: Entry) -> str:
    title = _inert(entry.title, _TITLE) or _inert(entry.url or "", _TITLE)
    link = safe_link(entry.url or "")
    told = f"[{title}]({link})" if link and len(link) <= _LINK else title
    return f"• **{_inert(entry.outlet.name, 60)}** {when(entry.happened_at, 'd')}: {told}"


async def history(pressed: Pressed) -> PressAnswer:
    """Where each platform of the story stands, and what happened there last."""
    view = await pressed.story()
    platforms = view.story.platforms[:_MOST_PLATFORMS]
    if not platforms:
        return PressAnswer(pressed.say("answer-no-platform"))
    parts = []
    for platform in platforms:
        record = await record_of(pressed.desk.store, pressed.desk.clock, platform)
        lines = _record_lines(record, view.story.id, pressed.say)
        if lines:
            heading = pressed.say("answer-history", platform=_inert(platform, 60))
            parts.append("\n".join([f"**{heading}**", *lines]))
    if not parts:
        names = ", ".join(_inert(platform, 60) for platform in platforms)
        return PressAnswer(pressed.say("answer-history-none", platforms=names))
    return PressAnswer("\n\n".join(parts))


def _record_lines(record: PlatformRecord, story_id: str, say: Say) -> list[str]:
    lines = []
    for each in record.standings:
        if each.position is not Position.UNKNOWN:
            subject = say(f"record-subject-{each.subject.value}")
            since = f" ({each.since:%Y-%m})" if each.since else ""
            lines.append(f"• {subject}: {say(f'record-position-{each.position.value}')}{since}")
    past = [item.event for item in record.timeline if not item.withdrawn and item.event.story_id != story_id]
    for event in past[:_TIMELINE]:
        link = safe_link(event.url)
        told = _inert(event.sentence, _TITLE)
        told = f"[{told}]({link})" if link and len(link) <= _LINK else told
        lines.append(f"-# {event.happened_on:%Y-%m-%d} {told}")
    return lines


async def why(pressed: Pressed) -> PressAnswer:
    """What the judgement went by, and which subscription brought the story to this place."""
    view = await pressed.story()
    say = pressed.say
    outlets = len({each.entry.outlet.name for each in view.entries})
    about = say(
        "answer-why-story",
        topic=topic_name(view.story.topic, pressed.desk.topic_name(view.story.topic), say),
        platforms=_inert(", ".join(view.story.platforms), 200) or "–",
        outlets=outlets,
    )
    lines = [f"**{say('answer-why')}**", about, *await _wanted_here(pressed, view)]
    reasons = _reasons(view)
    if reasons:
        lines += [say("answer-why-evidence"), *reasons]
    return PressAnswer("\n".join(lines))


def _reasons(view: StoryView) -> list[str]:
    if not view.entries:
        return []
    lead = next((each for each in view.entries if each.entry.id == view.story.lead_id), view.entries[0])
    told = sorted((r for r in lead.verdict.reasons if clean(r.text)), key=lambda reason: -abs(reason.weight))
    return [f"• {_inert(reason.text, _REASON)}" for reason in told[:_MOST_REASONS]]


async def _wanted_here(pressed: Pressed, view: StoryView) -> list[str]:
    server = pressed.server
    if server is None:
        return []
    held = await places_of(pressed.desk.store, server, addresses(pressed))
    subject = subject_of(view, pressed.press.n)
    fitting = [each for each in held if is_wanted(each, subject)]
    if not fitting:
        return []
    return [pressed.say("answer-why-place", wanted=_wish(fitting[0], pressed))]


def _wish(subscription: Subscription, pressed: Pressed) -> str:
    names: Sequence[str] = sorted(subscription.platforms)
    topics = sorted(
        topic_name(topic, pressed.desk.topic_name(topic), pressed.say) for topic in subscription.topics
    )
    told = [*names, *topics, *sorted(subscription.include)]
    return _inert(", ".join(told), 300) or pressed.say("answer-everything")


def addresses(pressed: Pressed) -> tuple[str, ...]:
    """The channel in which the button was pressed; of a thread its parent, too."""
    channel = pressed.interaction.channel
    found = [str(pressed.interaction.channel_id)]
    if isinstance(channel, discord.Thread):
        found.append(str(channel.parent_id))
    return tuple(found)


def _inert(text: str, limit: int) -> str:
    return for_discord(shorten(clean(text), limit, lambda part: discord_length(for_discord(part))))
