"""/latest: the newest stories, for whoever asks, whether this server subscribed to them or not."""

import discord
from discord import app_commands

from bot.chat.discord import replies
from bot.chat.discord import story_lists as told
from bot.chat.discord.asker import language_of
from bot.chat.discord.commands.rules import AnyCommand, defer, described, does, for_everyone, reply
from bot.chat.discord.completion import name_choices
from bot.chat.discord.desk import Desk
from bot.flows.people.subscribe import latest as latest_flow
from bot.model import Topic
from bot.words import words

SHOWN = 5


def command(desk: Desk) -> AnyCommand:
    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return name_choices(typed, desk.platforms, several=False)

    @app_commands.command(description=does("latest"))
    @app_commands.describe(**described("latest", "platform", "topic"))
    @app_commands.choices(topic=replies.topic_choices(desk))
    @app_commands.autocomplete(platform=complete)
    async def latest(
        interaction: discord.Interaction, platform: str | None = None, topic: str | None = None
    ) -> None:
        await defer(interaction)
        lang = language_of(interaction)
        say = words(lang)
        views = await latest_flow(
            desk.store,
            limit=SHOWN,
            platform=as_known(platform, desk),
            topic=Topic(topic) if topic else None,
        )
        if not views:
            await reply(interaction, say("nothing-yet"))
            return
        shown = told.story_list(views, desk, lang, title=say("latest-title"), footer=say("latest-footer"))
        await reply(interaction, embed=shown)

    return for_everyone(latest)


def as_known(typed: str | None, desk: Desk) -> str | None:
    """The platform's name as we write it, however it was typed."""
    if typed is None:
        return None
    wanted = typed.strip().casefold()
    return next((name for name in desk.platforms if name.casefold() == wanted), typed.strip())
