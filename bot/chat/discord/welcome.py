"""One greeting when we join a server, with a button that opens the set-up."""

import asyncio

import discord
import structlog

from bot.chat.discord.commands.setup import open_setup
from bot.chat.discord.desk import Desk
from bot.chat.discord.tree import answer_privately, explain_trouble
from bot.words import say, spoken

log = structlog.get_logger()

# It is only a courtesy: nothing waits for it.
WELCOME_SECONDS = 20.0
SETUP_ID = "setup:open"


class Welcome(discord.ui.View):
    """The **Set up** button. It works for ever, also after a restart: its id says all there is to say."""

    def __init__(self, desk: Desk, lang: str = "en") -> None:
        super().__init__(timeout=None)
        self._desk = desk
        button: discord.ui.Button[Welcome] = discord.ui.Button(
            label=say(lang, "button-setup"), style=discord.ButtonStyle.success, custom_id=SETUP_ID
        )
        button.callback = self._press  # type: ignore[method-assign]  # discord.py's own way for items made at run time
        self.add_item(button)

    async def _press(self, interaction: discord.Interaction) -> None:
        await open_setup(interaction, self._desk)

    async def on_error(
        self, interaction: discord.Interaction, error: Exception, item: "discord.ui.Item[Welcome]", /
    ) -> None:
        await answer_privately(interaction, explain_trouble(interaction, error))


async def greet(client: discord.Client, guild: discord.Guild, desk: Desk) -> None:
    """Say hello where the server keeps such messages, else to who invited us or owns it, else nowhere."""
    lang = spoken(str(guild.preferred_locale))
    try:
        async with asyncio.timeout(WELCOME_SECONDS):
            place = _open_channel(guild) or await _host(client, guild)
            if place is None:
                return
            text = say(lang, "welcome", server=discord.utils.escape_markdown(guild.name))
            await place.send(text, view=Welcome(desk, lang), allowed_mentions=discord.AllowedMentions.none())
    except (discord.DiscordException, OSError, TimeoutError) as failure:
        log.info("welcome_not_delivered", server=guild.id, why=str(failure))
        return
    log.info("server_welcomed", server=guild.id)


def _open_channel(guild: discord.Guild) -> discord.TextChannel | None:
    """The channel for system messages, if we may write there."""
    channel = guild.system_channel
    if channel is None:
        return None
    granted = channel.permissions_for(guild.me)
    return channel if granted.view_channel and granted.send_messages else None


async def _host(client: discord.Client, guild: discord.Guild) -> discord.User | discord.Member | None:
    """Who invited us, where we were given the right to read that, else the owner."""
    if guild.me.guild_permissions.view_audit_log:
        async for entry in guild.audit_logs(limit=5, action=discord.AuditLogAction.bot_add):
            if entry.target is not None and entry.target.id == guild.me.id and entry.user is not None:
                return entry.user
    if guild.owner_id is None:
        return None
    return guild.get_member(guild.owner_id) or await client.fetch_user(guild.owner_id)
