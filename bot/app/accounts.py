"""The way out, as the settings ask for it: sinks, and the connections that they need."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from bot import __version__
from bot.app.knowledge import Knowledge
from bot.app.mail import open_mail
from bot.app.open_reader import user_agent
from bot.app.operators import open_webhook
from bot.flows.memory import Store
from bot.flows.people.subscribe import OPERATOR, ensure_standing
from bot.logic.messages.mastodon_address import account_of, person_of
from bot.logic.summaries.summarise import summarise
from bot.model import Ceilings, Destination, Message, SinkKind, Source, StoryView
from bot.ports import Clock, OnPaused, Sink
from bot.settings import MastodonAccount, Settings

if TYPE_CHECKING:
    from bot.chat.discord.client import SmallprintClient
    from bot.chat.mastodon.mail import MailReader
    from bot.sinks.mastodon import MastodonAccounts, MastodonSink
    from bot.sinks.webhook import WebhookSink

TERMINAL = "terminal"

Write = Callable[[str], None]


@dataclass(eq=False)
class Accounts:
    """Sinks by kind, and what they bring along.

    discord    the client that somebody has to keep connected; None: no Discord account
    mail       reads what people write to the Mastodon accounts that take commands
    on_paused  tells a server's moderators of a paused channel; None: nobody can be told
    webhook    the operator's; None: there is none
    mastodon   all Mastodon accounts; None: there is none
    watched    the sources, as configured at present
    """

    sinks: dict[SinkKind, Sink] = field(default_factory=dict)
    discord: "SmallprintClient | None" = None
    on_paused: OnPaused | None = None
    mail: "tuple[MailReader, ...]" = ()
    webhook: "WebhookSink | None" = None
    mastodon: "MastodonAccounts | None" = None
    watched: Sequence[Source] = ()

    def account_troubles(self) -> Mapping[str, str]:
        """Mastodon account -> why it fails for longer than a moment."""
        return {} if self.mastodon is None else self.mastodon.lasting_troubles()

    def is_ready(self, kind: SinkKind) -> bool | None:
        """None: not set up."""
        sink = self.sinks.get(kind)
        return None if sink is None else sink.is_ready()

    async def close(self) -> None:
        for sink in self.sinks.values():
            await sink.close()


def ceilings(settings: Settings) -> Mapping[SinkKind, Ceilings]:
    """Hard limits by sink; the terminal has none, and Mastodon's are `special` ones."""
    return {SinkKind.DISCORD: settings.discord_ceilings}


def special_ceilings(accounts: Sequence[MastodonAccount]) -> Callable[[Destination], Ceilings | None]:
    """Limits of single destinations: each Mastodon account has its own, and so has each person that it writes to."""
    known = {account.name: account for account in accounts}

    def special(destination: Destination) -> Ceilings | None:
        account = (
            known.get(account_of(destination.address)) if destination.sink is SinkKind.MASTODON else None
        )
        if account is None:
            return None
        if person_of(destination.address):
            return Ceilings(max(1, account.alerts_a_day), max(1, account.alerts_a_day))
        return account.ceilings

    return special


async def stand(settings: Settings, store: Store, clock: Clock) -> None:
    """Everything goes to each Mastodon account, or to the terminal when no account is set up.

    The terminal's own standing wish ends with the first account, or its queue would grow unread for ever.
    """
    for account in settings.open_accounts:
        await ensure_standing(store, clock, SinkKind.MASTODON, account.name, account.name, account.language)
    if not settings.discord_token and not settings.open_accounts:
        await ensure_standing(store, clock, SinkKind.CONSOLE, TERMINAL, "the terminal")
        return
    for subscription in await store.subscriptions():
        if subscription.destination.sink is SinkKind.CONSOLE and subscription.asked_by == OPERATOR:
            await store.remove_subscription(subscription.id)


async def open_accounts(
    settings: Settings,
    store: Store,
    clock: Clock,
    knowledge: Knowledge,
    sources: Sequence[Source],
    write: Write,
) -> Accounts:
    """Sinks for what is set up; Discord's client is made but not connected.

    sources  those watched, for /sources and /about
    write    where the terminal's posts go
    Libraries are loaded only for accounts that there are: they cost tens of megabytes.
    """
    accounts = Accounts(watched=sources)
    if settings.open_accounts:
        sinks = _mastodon_sinks(settings, clock)
        from bot.sinks.mastodon import MastodonAccounts

        accounts.mastodon = MastodonAccounts(sinks, clock.now)
        accounts.sinks[SinkKind.MASTODON] = accounts.mastodon
        accounts.mail = open_mail(settings, store, clock, knowledge, sinks)
    if settings.discord_token:
        from bot.chat.discord.notices import pause_teller
        from bot.sinks.discord import DiscordSink

        accounts.discord = _discord_client(settings, store, clock, knowledge, accounts)
        accounts.sinks[SinkKind.DISCORD] = DiscordSink(accounts.discord, clock)
        accounts.on_paused = pause_teller(accounts.discord)
    accounts.webhook = open_webhook(settings)
    if accounts.webhook is not None:
        accounts.sinks[SinkKind.WEBHOOK] = accounts.webhook
    if await store.destinations(sink=SinkKind.CONSOLE):
        from bot.sinks.console import ConsoleSink

        accounts.sinks[SinkKind.CONSOLE] = ConsoleSink(write, width=_columns())
    return accounts


def _columns() -> int:
    """Of the terminal, but no more than read well; 80 where there is none."""
    return max(40, min(80, get_terminal_size((80, 24)).columns))


def _mastodon_sinks(settings: Settings, clock: Clock) -> "dict[str, MastodonSink]":
    from bot.sinks.mastodon import open_mastodon

    sinks = {}
    for account in settings.open_accounts:
        assert account.token is not None
        sinks[account.name] = open_mastodon(
            account.url,
            account.token.get_secret_value(),
            user_agent=user_agent(settings),
            visibility=account.visibility,
            content_warning=account.content_warning,
            lang=account.language,
            now=clock.now,
        )
    return sinks


def _discord_client(
    settings: Settings, store: Store, clock: Clock, knowledge: Knowledge, accounts: Accounts
) -> "SmallprintClient":
    from bot.chat.discord.client import build_client
    from bot.chat.discord.desk import About

    about = About(
        version=__version__,
        sources=len(accounts.watched),
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
        tell=partial(_as_composed, knowledge),
        watched=lambda: accounts.watched,
    )


async def _as_composed(knowledge: Knowledge, view: StoryView) -> Message:
    """A story as it would be told now, in its sources' own sentences; for previews of what was never posted."""
    edition = view.editions[-1]
    summary = await asyncio.to_thread(summarise, view, edition)
    return knowledge.compose(view, edition, summary)
