"""Stories in answers: lists, and how many there would have been."""

from collections.abc import Sequence

import discord

from bot.chat.discord.desk import Desk
from bot.chat.discord.replies import COLOUR, as_many_as_fit
from bot.logic.messages.discord import render_post
from bot.logic.text.inert import clean, for_discord, safe_link
from bot.model import StoryView
from bot.words import words


def story_list(
    views: Sequence[StoryView], desk: Desk, lang: str, *, title: str, footer: str = ""
) -> discord.Embed:
    """Stories, one paragraph each."""
    embed = discord.Embed(title=title, colour=COLOUR)
    embed.description = as_many_as_fit([story_lines(view, desk, lang) for view in views], "\n\n")
    if footer:
        embed.set_footer(text=footer)
    return embed


def story_lines(view: StoryView, desk: Desk, lang: str) -> str:
    """A story's headline that links, and a line on it."""
    story, say = view.story, words(lang)
    lead = next(
        (judged.entry for judged in view.entries if judged.entry.id == story.lead_id), view.entries[0].entry
    )
    title = for_discord(clean(story.title)[:200])
    link = safe_link(lead.url) if lead.url else None
    outlets = list(dict.fromkeys(judged.entry.outlet.name for judged in view.entries))
    by = (
        say("and-more", first=lead.outlet.name, more=len(outlets) - 1)
        if len(outlets) > 1
        else lead.outlet.name
    )
    parts = (desk.topic_name(story.topic, lang), ", ".join(story.platforms[:3]), by)
    about = " · ".join(part for part in parts if part)
    heading = f"**[{title}]({link})**" if link and len(link) <= 500 else f"**{title}**"
    return f"{heading}\n{for_discord(about)} · <t:{int(story.turned_at.timestamp())}:d>"


async def as_posted(view: StoryView, desk: Desk, lang: str) -> discord.Embed | None:
    """The story's newest telling as a channel gets it, without a mention. None: it cannot be told here."""
    told = await desk.store.messages_of(view.story.id)
    if not told and desk.tell is None:
        return None
    message = told[max(told)] if told else await desk.tell(view)  # type: ignore[misc]  # not None: looked at above
    post = render_post(message, words(lang))
    return discord.Embed.from_dict(post.cards[0].embed()) if post.cards else None
