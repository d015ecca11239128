"""The way out, as the settings ask for it: sinks, and the connections that they need."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from shutil import get_terminal_size
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot import __version__
from bot.app.knowledge import Knowledge
from bot.app.way_in import user_agent
from bot.flows.subscribe import OPERATOR, ensure_standing
from bot.model import Ceilings, SinkKind
from bot.ports import Clock, OnPaused, Sink, Store
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.chat.client import SmallprintClient

TERMINAL = "terminal"

Write = Callable[[str], None]


@dataclass(eq=False)
class Accounts:
    """Sinks by kind, and what they bring along.

    discord    the client that somebody has to keep connected; None: no Discord account
    on_paused  tells a server's moderators of a paused channel; None: nobody can be told
    """

    sinks: dict[SinkKind, Sink] = field(default_factory=dict)
    discord: "SmallprintClient | None" = None
    on_paused: OnPaused | None = None

    def is_ready(self, kind: SinkKind) -> bool | None:
        """None: not set up."""
        sink = self.sinks.get(kind)
        return None if sink is None else sink.is_ready()

    async def close(self) -> None:
        for sink in self.sinks.values():
            await sink.close()


def ceilings(settings: Settings) -> Mapping[SinkKind, Ceilings]:
    """Hard limits by sink; the terminal has none."""
    return {
        SinkKind.DISCORD: settings.discord_ceilings,
        SinkKind.MASTODON: settings.mastodon_ceilings,
    }


def mastodon_address(settings: Settings) -> str:
    """What the one Mastodon account is called in the memory: the host of its server."""
    return urlsplit(settings.mastodon_url or "").netloc


async def stand(settings: Settings, store: Store, clock: Clock) -> None:
    """Everything goes to the Mastodon account, or to the terminal when no account is set up.

    The terminal's own standing wish ends with the first account, or its queue would grow unread for ever.
    """
    if settings.mastodon_token:
        address = mastodon_address(settings)
        await ensure_standing(store, clock, SinkKind.MASTODON, address, address)
    if not settings.discord_token and not settings.mastodon_token:
        await ensure_standing(store, clock, SinkKind.CONSOLE, TERMINAL, "the terminal")
        return
    for subscription in await store.subscriptions():
        if subscription.destination.sink is SinkKind.CONSOLE and subscription.asked_by == OPERATOR:
            await store.remove_subscription(subscription.id)


async def open_accounts(
    settings: Settings, store: Store, clock: Clock, knowledge: Knowledge, sources: int, write: Write
) -> Accounts:
    """Sinks for what is set up; Discord's client is made but not connected.

    sources  how many are watched, for /about
    write    where the terminal's posts go
    Libraries are loaded only for accounts that there are: they cost tens of megabytes.
    """
    accounts = Accounts()
    if settings.mastodon_token:
        accounts.sinks[SinkKind.MASTODON] = _mastodon(settings, clock)
    if settings.discord_token:
        from bot.chat.notices import pause_teller
        from bot.sinks.discord import DiscordSink

        accounts.discord = _discord_client(settings, store, clock, knowledge, sources)
        accounts.sinks[SinkKind.DISCORD] = DiscordSink(accounts.discord, clock)
        accounts.on_paused = pause_teller(accounts.discord)
    if await store.destinations(sink=SinkKind.CONSOLE):
        from bot.sinks.console import ConsoleSink

        accounts.sinks[SinkKind.CONSOLE] = ConsoleSink(write, width=_columns())
    return accounts


def _columns() -> int:
    """Of the terminal, but no more than read well; 80 where there is none."""
    return max(40, min(80, get_terminal_size((80, 24)).columns))


def _mastodon(settings: Settings, clock: Clock) -> Sink:
    from bot.sinks.mastodon import open_mastodon

    assert settings.mastodon_url is not None
    assert settings.mastodon_token is not None
    return open_mastodon(
        settings.mastodon_url,
        settings.mastodon_token.get_secret_value(),
        user_agent=user_agent(settings),
        visibility=settings.mastodon_visibility,
        now=clock.now,
    )


def _discord_client(
    settings: Settings, store: Store, clock: Clock, knowledge: Knowledge, sources: int
) -> "SmallprintClient":
    from bot.chat.client import build_client
    from bot.chat.desk import About

    about = About(
        version=__version__,
        sources=sources,
        source_code="MIT-licensed; ask whoever runs this copy.",
        operator=settings.contact,
    )
    return build_client(
        store,
        clock,
        platforms=knowledge.platform_names,
        topics=knowledge.labels,
        about=about,
        api_url=settings.discord_api_url,
    )
