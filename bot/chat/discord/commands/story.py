"""/story and /why: one story in full, and why it was told, or why a report was not."""

from collections.abc import Sequence

import discord
from discord import app_commands

from bot.chat.discord import story_lists as told
from bot.chat.discord.asker import language_of
from bot.chat.discord.commands.rules import AnyCommand, defer, described, does, for_everyone, reply
from bot.chat.discord.desk import Desk
from bot.chat.discord.headlines import Headlines
from bot.chat.discord.replies import COLOUR, as_many_as_fit
from bot.logic.text.inert import clean, for_discord
from bot.model import Delivery, DeliveryState, JudgedEntry, StoryView
from bot.ports import Say
from bot.words import words

MOST_REASONS = 6


def story_command(desk: Desk) -> AnyCommand:
    headlines = Headlines(desk)

    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await headlines.choices(typed)

    @app_commands.command(description=does("story"))
    @app_commands.describe(**described("story", "story"))
    @app_commands.autocomplete(story=complete)
    async def story(interaction: discord.Interaction, story: str) -> None:
        await defer(interaction)
        lang = language_of(interaction)
        view = await headlines.meant(story)
        card = await told.as_posted(view, desk, lang)
        await reply(
            interaction, embed=card or told.story_list([view], desk, lang, title=words(lang)("latest-title"))
        )

    return for_everyone(story)


def why_command(desk: Desk) -> AnyCommand:
    headlines = Headlines(desk)

    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await headlines.choices(typed)

    @app_commands.command(description=does("why"))
    @app_commands.describe(**described("why", "story", "address"))
    @app_commands.autocomplete(story=complete)
    async def why(
        interaction: discord.Interaction, story: str | None = None, address: str | None = None
    ) -> None:
        await defer(interaction)
        lang = language_of(interaction)
        say = words(lang)
        if story is not None or address is None:
            view = await headlines.meant(story or "")
            await reply(interaction, embed=await _why_told(view, interaction, desk, lang))
            return
        found = await desk.store.explain(address)
        if not found:
            await reply(interaction, say("why-unknown", address=for_discord(address[:200])))
        elif found[0].story is not None:
            await reply(interaction, embed=await _why_told(found[0].story, interaction, desk, lang))
        else:
            await reply(interaction, embed=_why_not(found[0].judged, say))

    return for_everyone(why)


async def _why_told(
    view: StoryView, interaction: discord.Interaction, desk: Desk, lang: str
) -> discord.Embed:
    say, story = words(lang), view.story
    outlets = list(dict.fromkeys(judged.entry.outlet.name for judged in view.entries))
    platforms = ", ".join(story.platforms) or say("why-nothing-named")
    sent = await desk.store.deliveries(limit=500, story_id=story.id)
    parts = [
        f"**{for_discord(clean(story.title)[:200])}**",
        for_discord(say("why-topic", topic=desk.topic_name(story.topic, lang), platforms=platforms)[:600]),
        for_discord(say("why-outlets", outlets=", ".join(outlets))[:600]),
        f"{say('why-evidence')}\n{_reasons(view.entries[0])}",
        say("why-here", count=_sent_here(sent, interaction)),
    ]
    return discord.Embed(title=say("why-title"), description=as_many_as_fit(parts, "\n"), colour=COLOUR)


def _why_not(judged: JudgedEntry, say: Say) -> discord.Embed:
    parts = [f"**{for_discord(clean(judged.entry.title)[:200])}**", say("why-against"), _reasons(judged)]
    return discord.Embed(title=say("why-not-title"), description=as_many_as_fit(parts, "\n"), colour=COLOUR)


def _reasons(judged: JudgedEntry) -> str:
    """The weightiest, in the words of the log and the command line."""
    weighty = sorted(judged.verdict.reasons, key=lambda reason: -abs(reason.weight))[:MOST_REASONS]
    return "\n".join(f"- {for_discord(reason.text[:200])}" for reason in weighty) or "-"


def _sent_here(sent: Sequence[Delivery], interaction: discord.Interaction) -> int:
    here = {str(interaction.channel_id), f"@{interaction.user.id}"}
    return sum(each.state is DeliveryState.SENT and each.destination.address in here for each in sent)
