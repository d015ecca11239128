"""Our own client and sink, logged in to a fake Discord, with a real store: what the Discord tests work with."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord
import discord.http
import discord.shard

from bot.chat.discord.client import SmallprintClient, build_client, run_client
from bot.chat.discord.desk import About
from bot.flows.memory import Store
from bot.model import Delivery, DeliveryState, Message, Shipment, Topic, TopicLabel
from bot.sinks.discord import DiscordSink, Pace, Paces
from tests.builders import NOON, a_destination, a_message
from tests.fake_discord.server import FakeDiscord
from tests.fakes import FakeClock
from tests.stores import temporary_store

PLATFORMS = ("SoundCloud", "Suno", "Udio", "Spotify", "Bandcamp")
TOPICS = {
    Topic.LAWSUIT: TopicLabel(Topic.LAWSUIT, "Lawsuits", "Courts and claims", "Lawsuit", "", 0x884400),
    Topic.TERMS_TRAINING: TopicLabel(Topic.TERMS_TRAINING, "Terms and training", "", "Terms", "", 0x4455AA),
}
# How long to wait for one more server after login. Not a limit of any test: they wait until they see what they need.
READY_SECONDS = 0.05


class QuickAsyncio:
    """asyncio for one module of discord.py, whose sleeps (its own retries and back-off) end at once and are noted."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, seconds: float, result: Any = None) -> Any:
        self.slept.append(seconds)
        return await asyncio.sleep(0, result)


@contextmanager
def no_waiting() -> Iterator[QuickAsyncio]:
    """discord.py tries a 500 again after 1, 3, 5, 7 and 9 seconds: nothing that a test should wait for."""
    quick = QuickAsyncio()
    kept = discord.http.asyncio, discord.shard.asyncio  # type: ignore[attr-defined]
    discord.http.asyncio = discord.shard.asyncio = quick  # type: ignore[attr-defined,assignment]
    try:
        yield quick
    finally:
        discord.http.asyncio, discord.shard.asyncio = kept  # type: ignore[attr-defined]


@dataclass
class Rig:
    """Everything a test touches."""

    discord: FakeDiscord
    clock: FakeClock
    store: Store
    client: SmallprintClient
    sink: DiscordSink
    quick: QuickAsyncio
    runs: list[asyncio.Task[None]] = field(default_factory=list)

    def start(self, token: str | None = None) -> asyncio.Task[None]:
        """One run of the client, as the runner would start it."""
        self.runs.append(asyncio.create_task(run_client(self.client, token or self.discord.token)))
        return self.runs[-1]

    async def ready(self) -> None:
        await until(self.sink.is_ready)
        await until(lambda: self.client.get_channel(1001) is not None)

    async def channel(self, name: str, kind: str = "text", **more: Any) -> int:
        """A new channel, known to the client."""
        number = self.discord.add_channel(name, kind, **more)
        await self._tell("CHANNEL_CREATE", number)
        return number

    async def thread(self, name: str, parent: int, *, archived: bool = False) -> int:
        number = self.discord.add_thread(name, parent, archived=archived)
        if not archived:
            await self._tell("THREAD_CREATE", number)
        return number

    async def _tell(self, event: str, number: int) -> None:
        payload = self.discord.world.channel_payload(self.discord.world.places[number])
        await self.discord.gateway.dispatch(event, payload)
        await until(lambda: self.client.get_channel(number) is not None)

    async def deny(self, channel: int, *permissions: str) -> None:
        """Take permissions from the bot, and wait until it knows."""
        await self.discord.deny(channel, *permissions)
        place = self.client.get_channel(channel)
        assert isinstance(place, discord.abc.GuildChannel)

        def is_known() -> bool:
            granted = place.permissions_for(place.guild.me)
            return not any(getattr(granted, permission) for permission in permissions)

        await until(is_known)

    def texts(self, channel: int | None = None) -> list[str]:
        """Titles of the cards posted, or the text where there is no card."""
        return [
            message["embeds"][0]["title"] if message["embeds"] else message["content"]
            for message in self.discord.messages(channel)
        ]


async def until(condition: Callable[[], bool]) -> None:
    """Return once the condition holds; the time limit only ends a test that would hang."""
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110  (conditions of discord.py have no event)
            await asyncio.sleep(0.001)


@asynccontextmanager
async def discord_rig(folder: Path, *, start: bool = True, **sink_options: Any) -> AsyncIterator[Rig]:
    """A client of ours on a fake Discord, ready; its database in `folder`."""
    clock = FakeClock()
    base, gateway = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    with no_waiting() as quick:
        async with FakeDiscord(now=clock.now) as fake, temporary_store(folder) as store:
            client = build_client(
                store,
                clock,
                platforms=PLATFORMS,
                topics=TOPICS,
                about=About("0.1", 144, "https://code.example/smallprint", "Ada"),
                api_url=fake.api_url,
                ready_seconds=READY_SECONDS,
            )
            # Limits of their own tests aside, nothing here sends enough to be slowed down.
            paces = {"pace": Pace(10_000, 1.0), "channel_paces": Paces(10_000, 1.0)}
            sink = DiscordSink(client, clock, **(paces | sink_options))
            rig = Rig(fake, clock, store, client, sink, quick)
            try:
                if start:
                    rig.start()
                    await rig.ready()
                yield rig
            finally:
                for run in rig.runs:
                    run.cancel()
                await asyncio.gather(*rig.runs, return_exceptions=True)
                discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


def a_shipment(channel: int | str = 1001, message: Message | None = None, **changes: Any) -> Shipment:
    """A delivery to a channel of the fake, tried for the first time."""
    told = message or a_message()
    shipment = {name: changes.pop(name) for name in ("reply_to", "attempted_at") if name in changes}
    values: dict[str, Any] = {
        "id": 1,
        "key": f"{told.mark}-{channel}"[:25],
        "destination": a_destination(address=str(channel)),
        "message": told,
        "roles": (),
        "state": DeliveryState.SENDING,
        "created_at": NOON,
        "due_at": NOON,
        "tries": 1,
        "claimed_at": NOON,
    }
    return Shipment(Delivery(**(values | changes)), **shipment)
