"""The command tree: registering commands only when they changed, and one way to answer when something goes wrong."""

import hashlib
import json
from typing import Any

import discord
import structlog
from discord import app_commands

from bot.chat.discord.asker import language_of
from bot.chat.discord.refusal import refused
from bot.errors import RefusedError
from bot.flows.memory import Store
from bot.words import say

log = structlog.get_logger()

REMEMBERED = "discord_commands_hash"


class SmallprintTree(app_commands.CommandTree[Any]):
    """A command tree whose errors reach the person as one private sentence, never as a name or a trace."""

    async def on_error(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        await answer_privately(interaction, explain_trouble(interaction, cause))


def explain_trouble(interaction: discord.Interaction, cause: Exception) -> str:
    """One sentence for the person; what nobody foresaw goes to the log, under a reference that both can name."""
    lang = language_of(interaction)
    if isinstance(cause, RefusedError):
        return refused(cause, lang)
    if isinstance(cause, TimeoutError):
        return say(lang, "too-slow")
    reference = str(interaction.id)
    name = interaction.command.name if interaction.command else "?"
    log.error(
        "command_failed", command=name, reference=reference, server=interaction.guild_id, exc_info=cause
    )
    return say(lang, "trouble", reference=reference)


async def answer_privately(interaction: discord.Interaction, text: str) -> None:
    """Answer, whether it was deferred or not; if even that fails, nobody is left to tell but the log."""
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except (discord.DiscordException, OSError) as failure:
        log.warning("answer_not_delivered", why=str(failure))


async def sync_if_changed(tree: SmallprintTree, store: Store) -> bool:
    """Register the commands with Discord if they differ from what was registered last; whether they did.

    Registering every time would spend Discord's daily allowance (200 new commands) on restarts.
    A refusal is logged, not raised: delivery goes on without new commands, and the next start tries again.
    """
    translator = tree.translator
    payload = [
        await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)
        for command in tree.get_commands()
    ]
    about = {"application": str(tree.client.application_id), "commands": payload}
    digest = hashlib.sha256(json.dumps(about, sort_keys=True, default=str).encode()).hexdigest()
    if await store.setting(REMEMBERED) == digest:
        return False
    try:
        await tree.sync()
    except (discord.DiscordException, OSError) as failure:
        log.warning("commands_not_registered", why=str(failure))
        return False
    await store.set_setting(REMEMBERED, digest)
    log.info("commands_registered", commands=[command.name for command in tree.get_commands()])
    return True
