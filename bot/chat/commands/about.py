"""/about: what this bot is, what it never does, who runs it."""

import discord
from discord import app_commands

from bot.chat import replies
from bot.chat.commands.rules import AnyCommand, for_everyone
from bot.chat.desk import Desk


def command(desk: Desk) -> AnyCommand:
    @app_commands.command(description="What I watch, what I never do, who runs me.")
    async def about(interaction: discord.Interaction) -> None:
        # Nothing to look up, so no need to defer.
        await interaction.response.send_message(embed=replies.about(desk), ephemeral=True)

    return for_everyone(about)
