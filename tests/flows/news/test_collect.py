"""Collecting: what sources publish is remembered once, and one bad feed stops no other."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.errors import FailureKind, FetchError
from bot.flows.news.collect import QUIET_BATCH, Look, collect, due_sources
from bot.model import (
    Failed,
    Feed,
    FeedRead,
    Fetched,
    Health,
    NewEntry,
    NothingNew,
    Page,
    RawEntry,
    Reading,
    Source,
    SourceState,
    Validators,
    Verdict,
)
from bot.store import SqlStore
from tests.builders import NOON, a_source, a_verdict
from tests.fakes import FakeClock
from tests.flows.faults import Break, Breakable, Fault, run_until_broken

HOUR = timedelta(hours=1)


@dataclass
class FakeReader:
    """Feeds by source id: guids in document order, or any reading, or a fault. Pages by address."""

    feeds: dict[str, list[str] | Reading | Exception] = field(default_factory=dict)
    pages: dict[str, str | FetchError] = field(default_factory=dict)
    states: list[SourceState] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    async def read(self, source: Source, state: SourceState) -> Reading:
        self.states.append(state)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        shown = self.feeds.get(source.id, NothingNew(Fetched()))
        if isinstance(shown, Exception):
            raise shown
        return a_feed(source, *shown) if isinstance(shown, list) else shown

    async def page(self, url: str) -> Page:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        shown = self.pages.get(url, FetchError(url, "no such page", kind=FailureKind.NOT_FOUND))
        if isinstance(shown, FetchError):
            raise shown
        return Page(url, "", shown)

    async def close(self) -> None: ...


def a_feed(source: Source, *guids: str) -> FeedRead:
    entries = tuple(
        RawEntry(guid, f"https://{source.id}.example/{guid}", f"Title {guid}", published_at=NOON)
        for guid in guids
    )
    feed = Feed("rss20", source.name, entries, entries_hash=" ".join(guids))
    return FeedRead(Fetched(Validators(etag=f'"{len(guids)}"')), feed)


def judge(entry: NewEntry) -> Verdict:
    return a_verdict(relevant="clause" in entry.title)


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


async def test_a_first_pass_remembers_everything_and_a_second_only_what_is_new(
    store: SqlStore, clock: FakeClock, reader: FakeReader
) -> None:
    sources = [a_source()]
    reader.feeds["gazette"] = ["b", "a"]
    first = await collect(sources, reader, store, clock, judge)
    clock.move(HOUR)
    reader.feeds["gazette"] = ["clause", "b", "a"]
    second = await collect(sources, reader, store, clock, judge)

    assert [looked.look for looked in (*first.looks, *second.looks)] == [Look.FIRST, Look.NEW]
    assert (first.entries, first.relevant, second.entries, second.relevant) == (2, 0, 1, 1)
    held = await store.entries(limit=9)
    assert [(j.entry.key, j.entry.baseline) for j in reversed(held)] == [
        ("a", True),
        ("b", True),
        ("clause", False),
    ]


async def test_a_source_is_left_alone_until_it_is_due_unless_all_are_asked_for(
    store: SqlStore, clock: FakeClock, reader: FakeReader
) -> None:
    sources = [a_source()]
    first = await collect(sources, reader, store, clock, judge)
    too_early = await collect(sources, reader, store, clock, judge)
    everything = await collect(sources, reader, store, clock, judge, everything=True)

    assert (len(first.looks), len(too_early.looks), len(everything.looks)) == (1, 0, 1)
    assert too_early.again_at == first.again_at
    assert first.again_at is not None
    clock.move(first.again_at - clock.now())
    assert len((await collect(sources, reader, store, clock, judge)).looks) == 1


async def test_a_source_given_another_address_is_looked_at_at_once_and_posts_nothing_of_what_is_there(
    store: SqlStore, clock: FakeClock, reader: FakeReader
) -> None:
    reader.feeds["gazette"] = Failed(FailureKind.GONE, "taken down", permanent=True)
    await collect([a_source()], reader, store, clock, judge)
    reader.feeds["gazette"] = ["clause"]

    found = await collect([a_source(feed="https://new.example/feed")], reader, store, clock, judge)

    assert [(looked.look, looked.relevant) for looked in found.looks] == [(Look.FIRST, 0)]
    assert (
        await collect([a_source(feed="https://new.example/feed")], reader, store, clock, judge)
    ).looks == ()


async def test_a_page_without_a_feed_brings_its_new_links_and_a_rebuilt_one_brings_no_old_news(
    store: SqlStore, clock: FakeClock, reader: FakeReader
) -> None:
    page = a_source("newsroom", feed=None, site="https://barn.example/news")
    reader.feeds["newsroom"] = ["two", "one"]
    first = await collect([page], reader, store, clock, judge)

    reader.feeds["newsroom"] = ["three", "two"]
    clock.move(6 * HOUR)
    second = await collect([page], reader, store, clock, judge)
    reader.feeds["newsroom"] = [f"new address of {n}" for n in range(40)]
    clock.move(6 * HOUR)
    rebuilt = await collect([page], reader, store, clock, judge)

    assert [(look.look, look.entries, look.kept) for look in first.looks] == [(Look.FIRST, 2, 2)]
    assert [(look.look, look.entries, look.kept) for look in second.looks] == [(Look.NEW, 1, 0)]
    assert [(look.entries, look.kept) for look in rebuilt.looks] == [(40, 40)]


async def test_many_feeds_of_one_host_do_not_keep_others_waiting(
    store: SqlStore, clock: FakeClock, reader: FakeReader
) -> None:
    slow = [a_source(f"slow{n}", feed=f"https://slow.example/{n}") for n in range(5)]
    others = [a_source(f"other{n}") for n in range(3)]

    await collect([*slow, *others], reader, store, clock, judge, concurrency=2)

    assert [state.source_id for state in reader.states][:4] == ["slow0", "other0", "other1", "other2"]


async def test_the_validators_of_the_last_document_are_sent_with_the_next_request(
    store: SqlStore, clock: FakeClock, reader: FakeReader
) -> None:
    reader.feeds["gazette"] = ["a"]
    await collect([a_source()], reader, store, clock, judge)
    await collect([a_source()], reader, store, clock, judge, everything=True)

    assert [state.validators.etag for state in reader.states] == [None, '"1"']


async def test_one_bad_feed_stops_no_other(store: SqlStore, clock: FakeClock, reader: FakeReader) -> None:
    def trip(entry: NewEntry) -> Verdict:
        if entry.source_id == "odd":
            raise ZeroDivisionError
        return judge(entry)

    sources = [a_source(name) for name in ("slow", "bug", "odd", "fine")]
    reader.feeds = {
        "slow": Failed(FailureKind.TIMEOUT, "no answer in 20 s"),
        "bug": KeyError("a bug"),
        "odd": ["a"],
        "fine": ["clause"],
    }

    done = await collect(sources, reader, store, clock, trip)

    looks = {looked.source.id: (looked.look, looked.reason) for looked in done.looks}
    assert looks["fine"] == (Look.FIRST, "")
    assert looks["slow"] == (Look.FAILED, "no answer in 20 s")
    assert [looks["bug"][0], looks["odd"][0]] == [Look.FAILED, Look.FAILED]
    states = await store.source_states(["odd"])
    # Its entries were not kept, so neither are the validators that would hide them.
    assert (states["odd"].validators.etag, states["odd"].baselined_at) == (None, None)


async def test_looks_that_bring_nothing_are_written_together(
    store: SqlStore, clock: FakeClock, reader: FakeReader
) -> None:
    sources = [a_source(f"source-{n}") for n in range(2 * QUIET_BATCH + 1)]
    fault = Fault(10**9, Break.BEFORE, KeyError)
    saved: list[int] = []

    class Counting(Breakable):
        async def save_states(self, states: list[SourceState]) -> None:
            saved.append(len(states))
            await store.save_states(states)

    await collect(sources, reader, Counting(store, fault), clock, judge)

    assert saved == [QUIET_BATCH, QUIET_BATCH, 1]
    states = await store.source_states([source.id for source in sources])
    assert all(state.polled_at == NOON for state in states.values())


async def test_no_more_sources_are_read_at_once_than_allowed(
    store: SqlStore, clock: FakeClock, reader: FakeReader
) -> None:
    await collect([a_source(f"s{n}") for n in range(30)], reader, store, clock, judge, concurrency=7)

    assert 1 < reader.most_at_once <= 7


async def test_an_outage_is_told_once_and_its_end_once(
    store: SqlStore, clock: FakeClock, reader: FakeReader
) -> None:
    sources = [a_source()]
    told: list[str] = []
    for n in range(12):
        failing = 1 <= n <= 9
        reader.feeds["gazette"] = Failed(FailureKind.REFUSED, "refused (403)") if failing else ["a"]
        told += (await collect(sources, reader, store, clock, judge, everything=True)).alerts
        clock.move(2 * HOUR)

    assert len(told) == 2
    assert "refuses us: refused (403)" in told[0]
    assert told[1] == "Gazette (gazette) is back."


async def test_gone_sources_are_not_asked_again_unless_all_are(
    store: SqlStore, clock: FakeClock, reader: FakeReader
) -> None:
    reader.feeds["gazette"] = Failed(FailureKind.GONE, "gone (410)", permanent=True)
    gone = await collect([a_source()], reader, store, clock, judge)
    assert gone.again_at is None
    clock.move(30 * 24 * HOUR)
    assert (await collect([a_source()], reader, store, clock, judge)).looks == ()

    reader.feeds["gazette"] = ["a"]
    back = await collect([a_source()], reader, store, clock, judge, everything=True)
    assert back.looks[0].state.health is Health.OK


async def test_progress_is_told_as_sources_answer(
    store: SqlStore, clock: FakeClock, reader: FakeReader
) -> None:
    seen: list[str] = []

    async def note(looked: object) -> None:
        seen.append(looked.source.id)  # type: ignore[attr-defined]

    await collect([a_source("one"), a_source("two")], reader, store, clock, judge, on_look=note)

    assert sorted(seen) == ["one", "two"]


@pytest.mark.parametrize("how", Break, ids=lambda how: how.name.lower())
async def test_a_fault_at_any_await_of_collect_loses_no_entry_and_makes_no_old_one_news(
    store: SqlStore, clock: FakeClock, reader: FakeReader, how: Break
) -> None:
    at, reached = 0, True
    while reached:
        at += 1
        # The same database for all runs: other sources each time.
        sources = [a_source(f"one-{at}"), a_source(f"two-{at}")]
        reader.feeds = {source.id: ["b", "a"] for source in sources}
        fault = Fault(at, how, lambda: OSError("the disk is full"))
        broken_store, broken_reader = Breakable(store, fault), Breakable(reader, fault)
        await run_until_broken(
            lambda s=sources, r=broken_reader, m=broken_store: collect(s, r, m, clock, judge), fault
        )
        reached = fault.was_reached
        await collect(sources, reader, store, clock, judge, everything=True)
        reader.feeds = {source.id: ["clause", "b", "a"] for source in sources}
        await collect(sources, reader, store, clock, judge, everything=True)
        for source in sources:
            held = await store.entries(limit=9, source_id=source.id)
            assert sorted((j.entry.key, j.entry.baseline) for j in held) == [
                ("a", True),
                ("b", True),
                ("clause", False),
            ], f"{how.name} at call {at}, {fault.where}"
    assert at > 5


def test_sources_never_polled_come_first_then_those_due_longest() -> None:
    sources = [a_source(name) for name in ("later", "longest", "new", "not-yet")]
    polled = SourceState("x", next_poll_at=NOON)
    states = {
        "later": polled,
        "longest": replace(polled, next_poll_at=NOON - HOUR),
        "new": SourceState("new"),
        "not-yet": replace(polled, next_poll_at=NOON + HOUR),
    }

    assert [source.id for source in due_sources(sources, states, NOON)] == ["new", "longest", "later"]
