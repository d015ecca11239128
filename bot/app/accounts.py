"""The way out, as the settings ask for it: sinks, and the connections that they need."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog

from bot.app.way_in import user_agent
from bot.flows.subscribe import OPERATOR, ensure_standing
from bot.model import Ceilings, SinkKind
from bot.ports import Clock, Sink, Store
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.chat.client import Client

log = structlog.get_logger()

TERMINAL = "terminal"
CONNECT_SECONDS = 60.0

Write = Callable[[str], None]


@dataclass(eq=False)
class Accounts:
    """Sinks by kind, and the Discord client that somebody has to keep connected; None: no Discord account."""

    sinks: dict[SinkKind, Sink] = field(default_factory=dict)
    discord: "Client | None" = None

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


async def open_sinks(settings: Settings, store: Store, clock: Clock, write: Write) -> dict[SinkKind, Sink]:
    """Those that are set up without Discord, whose client is made where commands are known.

    The libraries are loaded only for accounts that there are: they cost tens of megabytes.
    """
    sinks: dict[SinkKind, Sink] = {}
    if settings.mastodon_token:
        from bot.sinks.mastodon import open_mastodon

        assert settings.mastodon_url is not None
        sinks[SinkKind.MASTODON] = open_mastodon(
            settings.mastodon_url,
            settings.mastodon_token.get_secret_value(),
            user_agent=user_agent(settings),
            visibility=settings.mastodon_visibility,
            now=clock.now,
        )
    destinations = await store.destinations(sink=SinkKind.CONSOLE)
    if destinations:
        from bot.sinks.console import ConsoleSink

        sinks[SinkKind.CONSOLE] = ConsoleSink(write)
    return sinks
