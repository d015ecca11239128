"""What commands share: where they may be used, what Discord says of them, answering privately within its 3 seconds."""

from typing import Any

import discord
from discord import app_commands

from bot.words import say

AnyCommand = app_commands.Command[Any, ..., None]


def does(command: str) -> str:
    """What a command does, in English; the translator has the others."""
    return say("en", f"command-{command}-does")


def described(command: str, *options: str) -> dict[str, str]:
    """What each option of a command means, in English."""
    return {option: say("en", option_key(command, option)) for option in options}


def option_key(command: str, option: str) -> str:
    """The phrase that explains an option: its own in that command where there is one, else what it always means."""
    return f"option-{option}-{command}" if (command, option) in OWN_MEANING else f"option-{option}-does"


OWN_MEANING = frozenset(
    {
        ("policy", "platform"),
        ("latest", "platform"),
        ("latest", "topic"),
        ("search", "platform"),
        ("search", "topic"),
        ("settings", "role"),
    }
)


def for_managers(command: AnyCommand) -> AnyCommand:
    """In servers only, and hidden from people without *Manage Server* unless the server shows it to them."""
    command = app_commands.default_permissions(manage_guild=True)(command)
    command = app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)(command)
    return app_commands.allowed_installs(guilds=True, users=False)(command)


def for_everyone(command: AnyCommand) -> AnyCommand:
    """In servers, in direct messages, and wherever a person brings us along."""
    command = app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(command)
    return app_commands.allowed_installs(guilds=True, users=True)(command)


async def defer(interaction: discord.Interaction) -> None:
    """Say that the answer comes; Discord drops an interaction that hears nothing within 3 seconds."""
    await interaction.response.defer(ephemeral=True, thinking=True)


async def reply(interaction: discord.Interaction, text: str = "", embed: discord.Embed | None = None) -> None:
    """The answer to a command that was deferred; only who asked sees it."""
    await interaction.followup.send(text, embeds=[embed] if embed else [], ephemeral=True)
