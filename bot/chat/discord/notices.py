"""Telling a server's people, once, that one of their channels gets nothing at present."""

import asyncio

import discord
import structlog

from bot.chat.discord.replies import paused_notice
from bot.model import Destination
from bot.ports import OnPaused

log = structlog.get_logger()

# It is only a courtesy: the outbox must not wait for it.
NOTICE_SECONDS = 10.0


def pause_teller(client: discord.Client) -> OnPaused:
    """What tells a server that a destination was paused, in the channel that Discord keeps for its moderators.

    A server without one, or where we may not write there, is not told elsewhere: a public channel would be noise and
    a direct message was not asked for. `/subscriptions` shows the pause in any case.
    """

    async def tell(destination: Destination, why: str) -> None:
        guild = client.get_guild(int(destination.server)) if destination.server else None
        channel = guild.public_updates_channel if guild else None
        if guild is None or channel is None or str(channel.id) == destination.address:
            return
        granted = channel.permissions_for(guild.me)
        if not (granted.view_channel and granted.send_messages):
            return
        try:
            async with asyncio.timeout(NOTICE_SECONDS):
                await channel.send(
                    paused_notice(destination, why), allowed_mentions=discord.AllowedMentions.none()
                )
        except (discord.DiscordException, OSError) as failure:
            log.info("pause_notice_not_delivered", server=destination.server, why=str(failure))

    return tell
