"""Builds everything once and hands it over: the only place that sees both ends of the street."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app.accounts import Accounts, Write, ceilings, open_accounts, special_ceilings, stand
from bot.app.clocks import SystemClock
from bot.app.knowledge import Knowledge, build_knowledge
from bot.app.malloc import use_few_arenas
from bot.app.open_reader import open_reader
from bot.app.open_store import open_memory
from bot.errors import ConfigError
from bot.flows.delivery.context import DeliveryContext
from bot.flows.delivery.publish import ExtractiveSummariser, Publisher
from bot.flows.memory import Store
from bot.flows.news.cluster import Clusterer
from bot.flows.people.record import keep_history
from bot.flows.terms.clause_summaries import ClauseSummariser
from bot.flows.terms.compare import read_lexicon
from bot.flows.terms.watch import Watch
from bot.logic.summaries.summarise import summarise
from bot.logic.terms.read.lexicon import Lexicon
from bot.ports import Clock, DocumentReader, Reader, Summariser
from bot.settings import Config, Settings
from bot.settings.toml import shown

OTHER_HOLDERS = timedelta(minutes=15)
"""On PostgreSQL another process may be delivering; a claim older than this is nobody's any more."""


@dataclass(eq=False)
class App:
    """Everything that one process works with. `config` and `knowledge` change on a reload, the rest stays."""

    settings: Settings
    config: Config
    knowledge: Knowledge
    clock: Clock
    store: Store
    reader: Reader
    summariser: Summariser
    accounts: Accounts
    office: DeliveryContext
    started_at: datetime
    cluster_lock: asyncio.Lock
    pages: DocumentReader
    terms_lexicon: Lexicon
    watch_lock: asyncio.Lock

    @property
    def clusterer(self) -> Clusterer:
        """What clustering works with, as the config is now."""
        knowledge = self.knowledge
        return Clusterer(
            self.store, self.reader, self.clock, knowledge.judge, knowledge.rules, self.cluster_lock
        )

    @property
    def publisher(self) -> Publisher:
        """What publishing works with, as the config is now."""
        return Publisher(
            self.store,
            self.clock,
            self._clause_summariser,
            self.knowledge.compose,
            self.office.ceilings_of,
        )

    @property
    def watch(self) -> Watch:
        """What the terms watch works with, as the config is now."""
        return Watch(
            documents=self.config.documents,
            platform_ids={entity.name: entity.id for entity in self.config.platforms},
            reader=self.pages,
            store=self.store,
            clock=self.clock,
            lexicon=self.terms_lexicon,
            lock=self.watch_lock,
        )

    @property
    def _clause_summariser(self) -> Summariser:
        return ClauseSummariser(
            inner=self.summariser,
            store=self.store,
            documents={document.id: document for document in self.config.documents},
            platforms={entity.id: entity for entity in self.config.platforms},
            site=site_address(self.settings),
        )

    def adopt(self, config: Config) -> None:
        """Work with this config from the next pass on. Raises ConfigError, and nothing changes then."""
        _check_sources(config)
        self.knowledge = build_knowledge(config, self.settings.weights, self.settings.site_url)
        self.config = config
        self.accounts.watched = config.sources


def site_address(settings: Settings) -> str | None:
    """Where our own site is, without the last slash; None: there is none."""
    return settings.site_url.rstrip("/") if settings.site_url else None


def _check_sources(config: Config) -> None:
    if not config.sources:
        fix = "smallprint check tells why; smallprint sources add ADDRESS adds one."
        raise ConfigError(shown(config.folder / "sources.toml"), "there is no usable source in it", fix)


@asynccontextmanager
async def open_app(
    settings: Settings, config: Config, clock: Clock | None = None, *, write: Write
) -> AsyncIterator[App]:
    """Everything built, and closed again when the block ends. Raises ConfigError or StoreError.

    write  where the terminal's posts go, called with text and its line ends
    """
    if not config.sources:
        raise ConfigError(
            str(config.folder / "sources.toml"), "no usable source in it", "See: smallprint check"
        )
    use_few_arenas()
    clock = clock or SystemClock()
    knowledge = build_knowledge(config, settings.weights, settings.site_url)
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_memory(settings, create=True))
        await stand(settings, store, clock)
        await keep_history(store, clock, config.history.events, config.history.kept)
        reader = open_reader(settings)
        stack.push_async_callback(reader.close)
        accounts = await open_accounts(settings, store, clock, knowledge, config.sources, write)
        stack.push_async_callback(accounts.close)
        office = DeliveryContext(
            store=store,
            sinks=accounts.sinks,
            clock=clock,
            ceilings=ceilings(settings),
            ceilings_of_destination=special_ceilings(settings.open_accounts),
            other_holders=None if settings.is_sqlite else OTHER_HOLDERS,
        )
        if accounts.on_paused is not None:
            office.on_paused = accounts.on_paused
        yield App(
            settings=settings,
            config=config,
            knowledge=knowledge,
            clock=clock,
            store=store,
            reader=reader,
            summariser=ExtractiveSummariser(summarise),
            accounts=accounts,
            office=office,
            started_at=clock.now(),
            cluster_lock=asyncio.Lock(),
            pages=reader.documents,
            terms_lexicon=read_lexicon(),
            watch_lock=asyncio.Lock(),
        )
