"""The Discord client: connects, stays connected, and offers the commands."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import aiohttp
import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket

from bot.chat.discord.button_presses import StoryButton
from bot.chat.discord.commands import all_commands
from bot.chat.discord.desk import About, Desk, Tell
from bot.chat.discord.mending import Mender
from bot.chat.discord.notices import pause_teller
from bot.chat.discord.open_panels import tell_if_over
from bot.chat.discord.translating import Translator
from bot.chat.discord.tree import SmallprintTree, sync_if_changed
from bot.chat.discord.welcome import Welcome, greet
from bot.errors import ConfigError, SinkError
from bot.flows.memory import Store
from bot.flows.people import servers
from bot.model import Source, Topic, TopicLabel
from bot.ports import Clock
from bot.words import say, spoken

log = structlog.get_logger()

# Servers, channels and roles; nothing that people write. None of these is privileged.
INTENTS = discord.Intents(guilds=True)
# View Channel, Send Messages, Embed Links, Read Message History, Send Messages in Threads,
# Create Public Threads.
INVITE_PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    embed_links=True,
    read_message_history=True,
    send_messages_in_threads=True,
    create_public_threads=True,
)
# Between two logins of one shard. Source: Discord developer docs, "Gateway", "Rate Limiting" of IDENTIFY.
BETWEEN_LOGINS = timedelta(seconds=5)
# A stop must not wait for a gateway that no longer answers.
HANG_UP_SECONDS = 5.0
# Longer waits come back to us as an error instead of blocking a request; discord.py's smallest value.
LONGEST_LIMIT_SECONDS = 30.0
WRONG_TOKEN = 4004


class SmallprintClient(discord.AutoShardedClient):
    """One connection to Discord, split into shards as Discord asks. Remembers no messages and no members.

    Can be run again after it ended (`run_client`), as the same object, so that the sink that holds it goes on.

    when_ready  called each time messages can be sent (again): whoever waited for that need not wait longer
    """

    def __init__(self, desk: Desk, *, another_api: bool, ready_seconds: float) -> None:
        super().__init__(
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=ready_seconds,
            max_ratelimit_timeout=LONGEST_LIMIT_SECONDS,
            http_trace=_never_repeat_posts(),
        )
        self.desk = desk
        self.when_ready: Callable[[], None] = _wake_nobody
        self.tree = SmallprintTree(self)
        for command in all_commands(desk):
            self.tree.add_command(command)
        self.add_dynamic_items(StoryButton)
        self._mender = Mender(desk)
        self._was_ready = False
        self._another_api = another_api
        self._guard_parsers()

    def _guard_parsers(self) -> None:
        """Let one event that discord.py cannot read be logged and passed over.

        Without this it ends the connection, and a server whose description is odd would end it again at each try.
        READY is left alone: without it there is nothing to go on with.
        """
        parsers = self._connection.parsers
        for event, parse in list(parsers.items()):
            if event not in ("READY", "RESUMED"):
                parsers[event] = _guarded(event, parse)

    async def setup_hook(self) -> None:
        """Runs after each login, before the gateway is connected."""
        if self._another_api:
            # discord.py goes back to Discord's own address after an invalid session; it must go where it was told.
            _, address, _ = await self.http.get_bot_gateway()
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(address)
        self.add_view(Welcome(self.desk))
        await self.tree.set_translator(Translator())
        await sync_if_changed(self.tree, self.desk.store)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        if not initial:
            await self.desk.clock.sleep(BETWEEN_LOGINS)

    async def on_ready(self) -> None:
        log.info("discord_ready", servers=len(self.guilds), shards=self.shard_count)
        # Once: what was mended while we were away goes on; a later READY is only a new connection.
        await self.mend(is_changed=not self._was_ready)
        self._was_ready = True
        self.when_ready()
        if not self.guilds and self.application_id is not None:
            log.warning("in_no_server_yet", invite=invite_link(self.application_id))

    async def on_disconnect(self) -> None:
        log.info("discord_disconnected")

    async def on_guild_join(self, guild: discord.Guild) -> None:
        log.info("server_joined", server=guild.id, servers=len(self.guilds))
        if await servers.joined(self.desk.store, self.desk.clock, str(guild.id), guild.name):
            await greet(self, guild, self.desk)
        await self._mend_one(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        # Subscriptions stay for a while: it may be a mistake. Deliveries there are refused and paused.
        log.info("server_left", server=guild.id, servers=len(self.guilds))
        await servers.left(self.desk.store, self.desk.clock, str(guild.id))

    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        await self._mend_one(after.guild)

    async def on_guild_channel_create(self, channel: discord.abc.GuildChannel) -> None:
        await self._mend_one(channel.guild)

    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        await self._mend_one(after.guild)

    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        if self.user is not None and after.id == self.user.id:
            await self._mend_one(after.guild)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        await self._shut(channel.guild, channel.id)

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        guild = self.get_guild(payload.guild_id)
        if guild is not None:
            await self._shut(guild, payload.thread_id)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        if interaction.type in (discord.InteractionType.component, discord.InteractionType.modal_submit):
            await tell_if_over(self.desk, interaction)

    async def mend(self, *, is_changed: bool = False) -> None:
        """Let channels go on whose rights are back; `is_changed`: try every one that looks well."""
        if await self._mender.look_everywhere(self.guilds, is_changed=is_changed):
            self.when_ready()

    async def _mend_one(self, guild: discord.Guild) -> None:
        if await self._mender.look(guild, is_changed=True):
            self.when_ready()

    async def _shut(self, guild: discord.Guild, channel_id: int) -> None:
        """A channel is gone: pause what went there and tell once, before a story finds out."""
        why = say(spoken(str(guild.preferred_locale)), "channel-gone")
        paused = await servers.shut(self.desk.store, self.desk.clock, str(channel_id), why)
        if paused is not None:
            await pause_teller(self)(paused, why)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        log.exception("discord_event_failed", event_name=event_method)

    def reopen(self) -> None:
        """Make a client that has ended ready to be started again."""
        if not self.is_closed():
            return
        self.clear()
        # What discord.py keeps from the last run and must find anew: connections and the number of shards.
        self.http.connector = discord.utils.MISSING
        self.shard_count = None  # type: ignore[assignment]  # unknown again, as before the first start


def _wake_nobody() -> None:
    """Where nobody waits for the connection."""


def _guarded(event: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
    def parse_or_pass(payload: Any) -> None:
        try:
            parse(payload)
        except Exception:
            log.exception("discord_event_unreadable", event_name=event)

    return parse_or_pass


def _never_repeat_posts() -> aiohttp.TraceConfig:
    """Let a request that posts something fail at its first unclear answer.

    discord.py sends a request again after a 500, 502, 504 or a reset connection. Then the first one may have been
    stored, the second be refused for good, and all we hear of is the refusal: the message would be posted again
    later, when its nonce is forgotten (forum posts have none at all). So the first failure is raised, and the sink's
    caller looks whether the message is there. This is aiohttp's own way to watch requests; it may raise.
    """
    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(_raise_answer)
    trace.on_request_exception.append(_raise_reset)
    return trace


def _posts(method: str, url: yarl.URL) -> bool:
    return method == "POST" and url.path.endswith(("/messages", "/threads"))


async def _raise_answer(_: aiohttp.ClientSession, __: Any, end: aiohttp.TraceRequestEndParams) -> None:
    if end.response.status >= 500 and _posts(end.method, end.url):
        raise aiohttp.ClientResponseError(end.response.request_info, (), status=end.response.status)


async def _raise_reset(_: aiohttp.ClientSession, __: Any, end: aiohttp.TraceRequestExceptionParams) -> None:
    # discord.py repeats after these two numbers of an OSError; as another kind of error it lets it pass.
    if (
        isinstance(end.exception, OSError)
        and end.exception.errno in (54, 10054)
        and _posts(end.method, end.url)
    ):
        raise aiohttp.ClientConnectionError("connection reset") from end.exception


def build_client(
    store: Store,
    clock: Clock,
    *,
    platforms: Sequence[str],
    topics: Mapping[Topic, TopicLabel],
    about: About,
    api_url: str | None = None,
    ready_seconds: float = 2.0,
    tell: Tell | None = None,
    watched: Callable[[], Sequence[Source]] | None = None,
) -> SmallprintClient:
    """A client that is not yet connected; `run_client` connects it. Make it inside the running event loop.

    platforms      names as verdicts use them, offered while people type
    api_url        another address of Discord's API, up to its version ("http://127.0.0.1:8080/api/v10"), for a proxy
                   or a test; it holds for the whole process
    ready_seconds  how long to wait for one more server after login before we are ready
    tell           a story as it would be posted, for previews; None: stories are only listed
    watched        the sources as configured at present; None: only their number is known
    """
    if api_url is not None:
        discord.http.Route.BASE = api_url.rstrip("/")
    # We have no use for voice, and operators none for a warning about it.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    desk = Desk(store, clock, platforms, topics, about, tell=tell)
    if watched is not None:
        desk = replace(desk, watched=watched)
    return SmallprintClient(desk, another_api=api_url is not None, ready_seconds=ready_seconds)


async def run_client(client: SmallprintClient, token: str) -> None:
    """Stay connected until cancelled or closed. Safe to call again with the same client after it raised.

    Raises ConfigError when Discord refuses the token (trying again cannot help), SinkError when Discord cannot be
    reached, and whatever a broken gateway makes discord.py raise (KeyError, TypeError...): then call it again.
    """
    client.reopen()
    await (
        client.__aenter__()
    )  # makes discord.py's events and queues for the running loop; we close it ourselves
    try:
        await client.start(token)
    except discord.LoginFailure as error:
        raise _wrong_token() from error
    except discord.ConnectionClosed as error:
        if error.code == WRONG_TOKEN:
            raise _wrong_token() from error
        raise SinkError(f"Discord closed the connection (code {error.code}).") from error
    except (aiohttp.ClientError, OSError, discord.HTTPException, discord.GatewayNotFound) as error:
        raise SinkError(f"Discord cannot be reached ({type(error).__name__}).") from error
    finally:
        await _hang_up(client)


async def _hang_up(client: SmallprintClient) -> None:
    try:
        async with asyncio.timeout(HANG_UP_SECONDS):
            await client.close()
    except TimeoutError:
        await client.http.close()


def _wrong_token() -> ConfigError:
    return ConfigError(
        "SMALLPRINT_DISCORD_TOKEN",
        "Discord refuses this token",
        "Make a new one in Discord's developer portal (your application → Bot → Reset Token), set it and restart.",
    )


def invite_link(application_id: int) -> str:
    """The address with which a server's manager invites the bot, with the permissions it needs and no others."""
    return discord.utils.oauth_url(
        application_id, permissions=INVITE_PERMISSIONS, scopes=("bot", "applications.commands")
    )
