"""/latest: the newest stories, for whoever asks, whether this server subscribed to them or not."""

import discord
from discord import app_commands

from bot.chat import replies
from bot.chat.commands.rules import AnyCommand, defer, for_everyone
from bot.chat.completion import name_choices
from bot.chat.desk import Desk
from bot.flows.subscribe import latest as latest_flow
from bot.model import Topic

SHOWN = 5


def command(desk: Desk) -> AnyCommand:
    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return name_choices(typed, desk.platforms, several=False)

    @app_commands.command(description="The latest stories, shown only to you.")
    @app_commands.describe(platform="Only stories about this one.", topic="Only stories on this topic.")
    @app_commands.choices(topic=replies.topic_choices(desk))
    @app_commands.autocomplete(platform=complete)
    async def latest(
        interaction: discord.Interaction, platform: str | None = None, topic: str | None = None
    ) -> None:
        await defer(interaction)
        views = await latest_flow(
            desk.store,
            limit=SHOWN,
            platform=_as_known(platform, desk),
            topic=Topic(topic) if topic else None,
        )
        if views:
            await interaction.followup.send(embed=replies.story_list(views, desk), ephemeral=True)
        else:
            await interaction.followup.send(replies.NOTHING_YET, ephemeral=True)

    return for_everyone(latest)


def _as_known(typed: str | None, desk: Desk) -> str | None:
    """The platform's name as we write it, however it was typed."""
    if typed is None:
        return None
    wanted = typed.strip().casefold()
    return next((name for name in desk.platforms if name.casefold() == wanted), typed.strip())
