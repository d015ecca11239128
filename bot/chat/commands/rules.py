"""What commands share: who may use them and where, and answering privately within Discord's 3 seconds."""

from typing import Any

import discord
from discord import app_commands

from bot.chat import replies
from bot.errors import RefusedError

AnyCommand = app_commands.Command[Any, ..., None]


def for_managers(command: AnyCommand) -> AnyCommand:
    """In servers only, and hidden from people without *Manage Server*."""
    command = app_commands.default_permissions(manage_guild=True)(command)
    command = app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)(command)
    return app_commands.allowed_installs(guilds=True, users=False)(command)


def for_everyone(command: AnyCommand) -> AnyCommand:
    """In servers and in direct messages with the bot."""
    command = app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)(command)
    return app_commands.allowed_installs(guilds=True, users=False)(command)


def server_of(interaction: discord.Interaction) -> str:
    """The server's id, if the person may manage it. Raises RefusedError.

    Discord hides the command from others already, but a server can change that in its settings; we do not rely on it.
    """
    if interaction.guild_id is None:
        raise RefusedError(replies.GUILD_ONLY)
    if not interaction.permissions.manage_guild:
        raise RefusedError(replies.NEEDS_MANAGER)
    return str(interaction.guild_id)


async def defer(interaction: discord.Interaction) -> None:
    """Say that the answer comes; Discord drops an interaction that hears nothing within 3 seconds."""
    await interaction.response.defer(ephemeral=True, thinking=True)
