"""Looking through a channel's history for a message of ours that may or may not have arrived."""

import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import cast

import discord

from bot.errors import SinkError

# How far around the attempt to look: its clock is ours, the messages' is Discord's.
BEFORE, AFTER = timedelta(minutes=5), timedelta(minutes=15)
PAGE, MOST_PAGES = 100, 20

Turn = Callable[[], AbstractAsyncContextManager[None]]
Readable = (
    discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread | discord.DMChannel
)

# Between two people everything is allowed that matters to us.
_IN_PRIVATE = discord.Permissions(
    view_channel=True, send_messages=True, embed_links=True, read_message_history=True
)


def rights(
    channel: discord.abc.GuildChannel | discord.Thread | discord.DMChannel,
) -> discord.Permissions | None:
    """What we may do in a channel; None: not known, as during an outage of the server."""
    if isinstance(channel, discord.DMChannel):
        return _IN_PRIVATE
    # discord.py types `me` as always there; it is not for a server that Discord has not sent yet.
    me = cast("discord.Member | None", channel.guild.me)
    if me is None or (isinstance(channel, discord.Thread) and channel.parent is None):
        return None
    return channel.permissions_for(me)


def may_read_history(channel: discord.abc.GuildChannel | discord.Thread | discord.DMChannel) -> bool:
    """Whether history can be trusted: without the permission Discord answers with an empty list, not a refusal.

    False also while it is not known.
    """
    granted = rights(channel)
    return granted is not None and granted.view_channel and granted.read_message_history


class HistorySearch:
    """One look for the message of one attempt.

    turn   the pace of requests
    me     our own user id
    """

    def __init__(self, turn: Turn, me: int, mark: str, nonce: str, attempted_at: datetime) -> None:
        self._turn, self._me, self._nonce = turn, me, nonce
        self._mark = re.compile(rf"(?<![\w-]){re.escape(mark)}(?![\w-])")
        self._start, self._end = attempted_at - BEFORE, attempted_at + AFTER

    async def channel(self, channel: Readable) -> discord.Message | None:
        """The message, or None: certainly not there. Raises SinkError if there is too much to look through."""
        cursor: datetime | discord.Message = self._start
        for _ in range(MOST_PAGES):
            async with self._turn():
                page = [one async for one in channel.history(limit=PAGE, after=cursor, oldest_first=True)]
            found = next((message for message in page if self._is_ours(message)), None)
            if found is not None or len(page) < PAGE or page[-1].created_at > self._end:
                return found
            cursor = page[-1]
        raise SinkError("The channel is too busy to find the message again.", unclear=True)

    async def forum(self, forum: discord.ForumChannel) -> discord.Message | None:
        """As `channel`, over the forum's posts that had a message since the attempt."""
        async with self._turn():
            threads = [one for one in await forum.guild.active_threads() if one.parent_id == forum.id]
        async with self._turn():
            threads += [one async for one in forum.archived_threads(limit=PAGE)]
        for thread in threads:
            if self._may_hold(thread):
                found = await self.channel(thread)
                if found is not None:
                    return found
        return None

    def _may_hold(self, thread: discord.Thread) -> bool:
        last = max(thread.id, thread.last_message_id or 0)
        return discord.utils.snowflake_time(last) >= self._start

    def _is_ours(self, message: discord.Message) -> bool:
        if message.author.id != self._me:
            return False
        if message.nonce is not None and str(message.nonce) == self._nonce:
            return True
        texts = [message.content, *(embed.footer.text or "" for embed in message.embeds)]
        return any(self._mark.search(text) for text in texts)
