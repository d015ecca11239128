"""The Discord sink: one delivery becomes one message in a channel, thread or forum post."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import discord
import structlog

from bot.errors import SinkError, SinkScope
from bot.logic.messages.buttons import told_story
from bot.model import Receipt, Shipment, SinkKind, Threading
from bot.ports import Clock
from bot.sinks.discord import refusals
from bot.sinks.discord.pace import Pace, Paces
from bot.sinks.discord.request import (
    DiscordRequest,
    bare,
    draft_of,
    person_id,
    pick_tags,
    plain,
    remote_id,
    remote_ids,
)
from bot.sinks.discord.search import HistorySearch, Readable, may_read_history, rights

log = structlog.get_logger()

# 50 requests a second for one token, interactions excepted; one is left for what does not go through here.
# Source: Discord developer docs, "Rate Limits", "Global Rate Limit".
REQUESTS_A_SECOND = 49
# Seen in practice: 5 messages in 5 seconds a channel. With the fifth, discord.py would hold back the answer until
# the window has passed, and a delivery must not wait to be recorded: so 4.
MESSAGES, MESSAGES_SECONDS = 4, 5.0
# Source: Discord's help pages on announcement channels: 10 published messages an hour in a channel.
PUBLISHED, PUBLISHED_SECONDS = 10, 3600.0
# What takes longer than this is looked for later.
POST_SECONDS = 20.0
# Discord remembers a nonce for "a few minutes"; we count on less. Source: developer docs, "Create Message", `nonce`.
NONCE_REMEMBERED = timedelta(minutes=3)

Place = Readable | discord.ForumChannel
PLACES = (
    discord.TextChannel,
    discord.VoiceChannel,
    discord.StageChannel,
    discord.Thread,
    discord.ForumChannel,
    discord.DMChannel,
)


class DiscordSink:
    """Reaches Discord through a client that somebody else keeps connected; a restarted client is used as it is.

    The client must not repeat a request that posts (ours does not: bot.chat.discord.client), or an unclear answer could hide
    behind a refusal. Remote ids read "channel:message". In a forum each story is a post of its own, and its updates
    go into that post.
    """

    kind = SinkKind.DISCORD

    def __init__(
        self,
        client: discord.Client,
        clock: Clock,
        *,
        pace: Pace | None = None,
        channel_paces: Paces | None = None,
        post_seconds: float = POST_SECONDS,
    ) -> None:
        self._client, self._clock, self._post_seconds = client, clock, post_seconds
        self._pace = pace or Pace(REQUESTS_A_SECOND, 1.0)
        self._channel_paces = channel_paces or Paces(MESSAGES, MESSAGES_SECONDS)
        self._publish_paces = Paces(PUBLISHED, PUBLISHED_SECONDS)

    def is_ready(self) -> bool:
        """Logged in, with the servers known, and not between two connections."""
        return self._client.is_ready() and not self._client.is_closed()

    async def close(self) -> None:
        """Nothing: the client belongs to whoever runs it."""

    # ------------------------------------------------------------ send

    async def send(self, shipment: Shipment) -> Receipt:
        """Post it, as a reply to the story's first message where there is one. Raises SinkError."""
        place = await self._place(shipment)
        draft = draft_of(shipment)
        if not _may_embed(place):
            # Without *Embed Links* Discord drops the card and keeps an empty message; words are better than nothing.
            draft = plain(draft)
        message = await self._post(shipment, place, draft)
        await self._publish(message)
        if self._opens_thread(shipment, place):
            await self._open_thread(place, message.id, draft.name)
        return _receipt(message)

    async def _post(self, shipment: Shipment, place: Place, draft: DiscordRequest) -> discord.Message:
        """Post a draft; where Discord says what it dislikes, once more without that. Each refusal is certain: nothing
        was posted, so trying again posts once."""
        target = await self._thread_of_story(shipment, place, draft)
        for _ in range(4):
            try:
                async with self._request(shipment, posting=True, channel=target):
                    return await self._create(target, draft)
            except SinkError as error:
                cause = error.__cause__
                code = cause.code if isinstance(cause, discord.HTTPException) else 0
                change = await self._without_cause(code, shipment, place, target, draft)
                if change is None:
                    raise
                target, draft = change
        raise SinkError("Discord took the message in no form.", permanent=True)

    async def _without_cause(
        self, code: int, shipment: Shipment, place: Place, target: Place, draft: DiscordRequest
    ) -> tuple[Place, DiscordRequest] | None:
        """Where and what to post instead, after a refusal; None: nothing that would help."""
        match code:
            case refusals.CANNOT_REPLY if draft.reply_to is not None:
                return target, draft.alone()
            case refusals.INVALID_FORM | refusals.EMPTY_MESSAGE if draft.embeds or draft.rows:
                log.warning("discord_card_refused", delivery=shipment.delivery.id, code=code)
                return target, bare(draft)
            case refusals.THREAD_ARCHIVED if isinstance(target, discord.Thread) and target.archived:
                return await self._reopen(shipment, target), draft
            case refusals.UNKNOWN_CHANNEL | refusals.THREAD_LOCKED | refusals.THREAD_ARCHIVED if (
                target is not place
            ):
                # The story's forum post or thread is gone or closed: it goes on without.
                return place, draft.alone()
        return None

    async def _create(self, target: Place, draft: DiscordRequest) -> discord.Message:
        options: dict[str, Any] = {"content": draft.content or None, "allowed_mentions": draft.mentions}
        if draft.embeds:
            options["embeds"] = list(draft.embeds)
        if (view := draft.view()) is not None:
            options["view"] = view
        if isinstance(target, discord.ForumChannel):
            tags = pick_tags(target, draft.message)
            post = await target.create_thread(name=draft.name, applied_tags=tags, **options)
            return post.message
        if draft.reply_to is not None and draft.reply_to[0] == target.id:
            options["reference"] = discord.MessageReference(
                channel_id=target.id,
                message_id=draft.reply_to[1],
                guild_id=None if isinstance(target, discord.DMChannel) else target.guild.id,
                # Somebody may have deleted it meanwhile.
                fail_if_not_exists=False,
            )
        return await target.send(nonce=draft.nonce, **options)

    async def _publish(self, message: discord.Message) -> None:
        """Publish it to the servers that follow an announcement channel. Only a courtesy: never fails a delivery."""
        channel = message.channel
        if not isinstance(channel, discord.TextChannel) or not channel.is_news() or message.flags.crossposted:
            return
        if not self._publish_paces.of(channel.id).try_take():
            log.info(
                "discord_publish_skipped", channel=channel.id, why="10 messages were published in an hour"
            )
            return
        try:
            async with asyncio.timeout(self._post_seconds), self._pace.turn():
                await message.publish()
        except refusals.FAILURES as failure:
            log.warning("discord_publish_failed", channel=channel.id, why=str(failure))

    # ------------------------------------------------------------ find

    async def find(self, shipment: Shipment) -> Receipt | None:
        """Whether an earlier attempt arrived, by the mark in the channel's history.

        Where history may not be read, sending again with the same nonce tells as well, as long as Discord remembers
        it: what had arrived is returned, what had not is posted. Raises SinkError when neither is possible.
        """
        place = await self._place(shipment)
        attempted_at = shipment.attempted_at or shipment.delivery.claimed_at
        if attempted_at is None:
            return None
        if not may_read_history(place):
            fresh = self._clock.now() - attempted_at < NONCE_REMEMBERED
            if fresh and not isinstance(place, discord.ForumChannel):
                return await self.send(shipment)
            raise _unreadable(place, shipment.delivery.destination.name)
        message = await self._look(shipment, place, attempted_at)
        if message is None:
            return None
        await self._publish(message)
        if self._opens_thread(shipment, place):
            await self._open_thread(place, message.id, draft_of(shipment).name)
        return _receipt(message)

    async def _look(self, shipment: Shipment, place: Place, attempted_at: datetime) -> discord.Message | None:
        """In a forum over its posts; elsewhere in the story's thread, if it has one, and in the channel."""
        assert self._client.user is not None  # is_ready
        delivery = shipment.delivery
        search = HistorySearch(
            self._pace.turn, self._client.user.id, delivery.message.mark, delivery.key, attempted_at
        )
        try:
            if isinstance(place, discord.ForumChannel):
                return await search.forum(place)
            target = await self._thread_of_story(shipment, place, draft_of(shipment))
            found = await search.channel(target) if isinstance(target, discord.Thread) else None
            return found or await search.channel(place)
        except refusals.FAILURES as failure:
            raise refusals.sink_error(failure, delivery.destination.name, posting=True) from failure

    # ------------------------------------------------------------ edit

    async def edit(self, shipment: Shipment) -> None:
        """Bring the posted cards and buttons up to their message; mentions nobody anew. Raises SinkError."""
        where = remote_ids(shipment.delivery.remote_id)
        if where is None:
            raise SinkError("It is not known where the post stands, so it cannot be edited.", permanent=True)
        try:
            await self._revise(shipment, *where)
        except SinkError as error:
            cause = error.__cause__
            if isinstance(cause, discord.HTTPException) and cause.code in refusals.GONE:
                # The post alone: that somebody deleted it says nothing about the channel.
                reason = "The post was deleted on Discord, so it is not edited."
                raise SinkError(reason, permanent=True) from cause
            raise

    async def _revise(self, shipment: Shipment, channel_id: int, message_id: int) -> None:
        draft = draft_of(shipment)
        place = await self._channel(shipment, channel_id)
        # The story's thread in a forum, not the forum; or a person's direct messages.
        if not isinstance(place, Readable):
            raise SinkError("The post stands where nothing can be edited any more.", permanent=True)
        if not _may_embed(place):
            draft = plain(draft)
        post = place.get_partial_message(message_id)
        if isinstance(place, discord.Thread) and place.archived and not place.locked:
            await self._reopen(shipment, place)
        async with self._request(shipment, posting=False):
            await post.edit(
                content=draft.content or None,
                embeds=list(draft.embeds),
                view=draft.view(),
                allowed_mentions=discord.AllowedMentions.none(),
            )

    # ------------------------------------------------------------ places and requests

    async def _place(self, shipment: Shipment) -> Place:
        """The channel, thread or forum of the destination, from the client's cache if it knows it."""
        destination = shipment.delivery.destination
        person = person_id(destination)
        if person is not None:
            async with self._request(shipment, posting=False):
                return await self._client.create_dm(discord.Object(person))
        if not destination.address.isdigit():
            raise _no_place(destination.name)
        channel = await self._channel(shipment, int(destination.address))
        if not isinstance(channel, PLACES):
            raise _no_place(destination.name)
        return channel

    async def _channel(self, shipment: Shipment, channel_id: int) -> object:
        known = self._client.get_channel(channel_id)
        if known is not None:
            return known
        async with self._request(shipment, posting=False):
            return await self._client.fetch_channel(channel_id)

    async def _thread_of_story(self, shipment: Shipment, place: Place, draft: DiscordRequest) -> Place:
        """Where an update goes: the story's post in a forum, its thread where it has one; else the place itself."""
        if draft.reply_to is None or isinstance(place, discord.DMChannel):
            return place
        channel_id, message_id = draft.reply_to
        if not isinstance(place, discord.ForumChannel):
            if not self._wants_thread(shipment, place):
                return place
            # A thread that was begun on a message has that message's id; an update may stand in one already.
            channel_id = message_id if channel_id == place.id else channel_id
        thread = await self._known_thread(shipment, channel_id)
        if thread is None and not isinstance(place, discord.ForumChannel) and channel_id == message_id:
            thread = await self._open_thread(place, message_id, draft.name)
        return thread if thread is not None and thread.parent_id == place.id else place

    async def _known_thread(self, shipment: Shipment, thread_id: int) -> discord.Thread | None:
        try:
            thread = await self._channel(shipment, thread_id)
        except SinkError as error:
            if error.scope is not SinkScope.DESTINATION:
                raise
            return None
        return thread if isinstance(thread, discord.Thread) else None

    def _wants_thread(self, shipment: Shipment, place: Place) -> bool:
        is_threaded = shipment.delivery.destination.threading is Threading.THREAD
        return is_threaded and isinstance(place, discord.TextChannel)

    def _opens_thread(self, shipment: Shipment, place: Place) -> bool:
        """Whether what was just posted is a story's first message, at a place where stories have threads."""
        is_story = told_story(shipment.delivery.message) == shipment.delivery.message.story_id
        return is_story and shipment.reply_to is None and self._wants_thread(shipment, place)

    async def _open_thread(self, place: Place, message_id: int, name: str) -> discord.Thread | None:
        """A thread on a message of ours. A courtesy: without the permission updates answer in the channel."""
        granted = rights(place) if not isinstance(place, discord.ForumChannel) else None
        if not isinstance(place, discord.TextChannel) or granted is None or not granted.create_public_threads:
            return None
        try:
            async with asyncio.timeout(self._post_seconds), self._pace.turn():
                return await place.get_partial_message(message_id).create_thread(name=name)
        except refusals.FAILURES as failure:
            log.warning("discord_thread_not_opened", channel=place.id, why=str(failure))
            return None

    async def _reopen(self, shipment: Shipment, thread: discord.Thread) -> discord.Thread:
        async with self._request(shipment, posting=False):
            return await thread.edit(archived=False)

    @asynccontextmanager
    async def _request(
        self, shipment: Shipment, *, posting: bool, channel: Place | None = None
    ) -> AsyncIterator[None]:
        """One request in its turn and within its time; what goes wrong comes out as SinkError."""
        name = shipment.delivery.destination.name
        try:
            if channel is None:
                async with self._pace.turn(), asyncio.timeout(self._post_seconds):
                    yield
            else:
                async with (
                    self._channel_paces.of(channel.id).turn(),
                    self._pace.turn(),
                    asyncio.timeout(self._post_seconds),
                ):
                    yield
        except refusals.FAILURES as failure:
            raise refusals.sink_error(failure, name, posting=posting) from failure


def _may_embed(place: Place) -> bool:
    """Whether the card will be shown; True while it is not known."""
    granted = rights(place)
    return granted is None or granted.embed_links


def _receipt(message: discord.Message) -> Receipt:
    return Receipt(remote_id(message), message.jump_url)


def _unreadable(place: Place, name: str) -> SinkError:
    """An old attempt that cannot be looked for. The destination is paused, so that its people hear why it is silent;
    nothing is sent there meanwhile, and the attempt stays unclear until history can be read."""
    if rights(place) is None:
        return SinkError(f"Discord has not told us about the server of {name} yet.", unclear=True)
    return SinkError(
        f"A message to {name} may or may not have arrived, and I can't look.",
        permanent=True,
        scope=SinkScope.DESTINATION,
        unclear=True,
        fix="Give me *View Channel* and *Read Message History* there, then run `/subscribe` there again.",
    )


def _no_place(name: str) -> SinkError:
    return SinkError(
        f"{name} is not a channel that I can post in.",
        permanent=True,
        scope=SinkScope.DESTINATION,
        fix="Choose a text, announcement or forum channel with `/subscribe`.",
    )
