"""Looking without running: how sources do, and what an address would bring."""

import asyncio
from dataclasses import dataclass, fields, replace
from typing import Any

from bot.app.clocks import SystemClock
from bot.app.knowledge import Knowledge, build_knowledge
from bot.app.open_reader import open_reader
from bot.app.open_store import has_memory, open_memory
from bot.errors import FetchError, RefusedError
from bot.logic.polling.look import plan_collection
from bot.model import (
    Entry,
    FeedRead,
    Fetched,
    JudgedEntry,
    NewEntry,
    Source,
    SourceGroup,
    SourceState,
)
from bot.settings import Config, Settings
from bot.settings.sources import SourceRow as SourceTable


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source with how it is doing. `state` fresh: never polled."""

    source: Source
    state: SourceState
    is_off: bool

    @property
    def health(self) -> str:
        if self.is_off:
            return "off"
        return self.state.health.value

    def cells(self) -> tuple[object, ...]:
        good, due = self.state.good_at, self.state.next_poll_at
        return (
            self.source.id,
            self.source.name,
            self.source.group.value,
            self.health,
            f"{good:%Y-%m-%d %H:%M}" if good else "",
            f"{due:%Y-%m-%d %H:%M}" if due else "",
            self.state.address or self.source.address,
            self.state.last_error or self.source.trouble,
        )

    def as_json(self) -> dict[str, Any]:
        source, state = self.source, self.state
        return {
            "id": source.id,
            "name": source.name,
            "group": source.group.value,
            "feed": source.feed,
            "site": source.site,
            "platform": source.platform,
            "tier": source.tier,
            "needs": sorted(need.value for need in source.needs),
            "trouble": source.trouble,
            "health": self.health,
            "address": state.address,
            "last_good_at": state.good_at,
            "last_new_entry_at": state.new_entry_at,
            "next_poll_at": state.next_poll_at,
            "failures": state.failures,
            "last_error": state.last_error,
        }


async def source_rows(settings: Settings, config: Config) -> list[SourceLine]:
    """Every source of sources.toml in its order."""
    every = (*config.sources, *config.off)
    states = {source.id: SourceState(source.id) for source in every}
    if has_memory(settings):
        async with open_memory(settings) as store:
            states |= await store.source_states([source.id for source in every])
    off = {source.id for source in config.off}
    return [SourceLine(source, states[source.id], source.id in off) for source in every]


@dataclass(frozen=True, slots=True)
class Discovered:
    """The feed behind an address, and verdicts on its newest entries, newest first."""

    feed: str
    title: str
    version: str
    count: int
    judged: tuple[JudgedEntry, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "feed": self.feed,
            "title": self.title,
            "version": self.version,
            "count": self.count,
            "entries": [
                {
                    "title": each.entry.title,
                    "url": each.entry.url,
                    "published_at": each.entry.published_at,
                    "would_post": each.verdict.relevant,
                    "score": each.verdict.score,
                    "topic": each.verdict.topic,
                    "platforms": list(each.verdict.platforms),
                    "reasons": [reason.text for reason in each.verdict.reasons],
                }
                for each in self.judged
            ],
        }


async def discover(
    settings: Settings,
    config: Config,
    address: str,
    *,
    entries: int,
    group: SourceGroup = SourceGroup.GENERAL,
) -> Discovered:
    """Find the feed behind an address, as a source of that group would be read; nothing is remembered.

    Raises RefusedError when there is none or it does not answer.
    """
    reader = open_reader(settings)
    try:
        found = await reader.find_feeds(address)
    except FetchError as error:
        # A reason that says itself what to do needs no more.
        fix = (
            "" if ". " in error.reason else " Open it in a browser and check the address, or try again later."
        )
        raise RefusedError(f"I cannot read {error.url}: {error.reason.rstrip('.')}.{fix}") from error
    finally:
        await reader.close()
    if not found:
        raise RefusedError(
            f"I found no feed at {address} or behind it. Look for a link named RSS or Atom there and use that address."
        )
    best = found[0]
    judged: tuple[JudgedEntry, ...] = ()
    if entries:
        source = _as_watched(config, best.url, best.title or address, group)
        judged = await asyncio.to_thread(
            _judged,
            build_knowledge(config, settings.weights),
            source,
            FeedRead(Fetched(), best.feed),
            entries,
        )
    return Discovered(best.url, best.title, best.feed.version, best.entries, judged)


def _as_watched(config: Config, feed: str, title: str, group: SourceGroup) -> Source:
    """The source that watches this feed already, else one as `sources add` would make it."""
    for source in (*config.sources, *config.off):
        if source.feed == feed:
            return source
    return SourceTable(id="tried", name=title[:100], feed=feed, group=group).to_source()


def _judged(knowledge: Knowledge, source: Source, reading: FeedRead, most: int) -> tuple[JudgedEntry, ...]:
    now = SystemClock().now()
    # As after a first pass, so that entries count as new.
    state = replace(SourceState(source.id), baselined_at=now, good_at=now)
    plan = plan_collection(source, state, reading, frozenset(), now, knowledge.judge)
    newest = sorted(plan.entries, key=lambda pair: pair[0].published_at or now, reverse=True)
    return tuple(JudgedEntry(_stored(entry), verdict) for entry, verdict in newest[:most])


def _stored(new: NewEntry) -> Entry:
    return Entry(**{each.name: getattr(new, each.name) for each in fields(NewEntry)})
