"""Readings in, messages out: all flows on a real database, as people complained about in other bots."""

from datetime import timedelta

import pytest

from bot.errors import SinkError, SinkScope
from bot.flows.delivery.context import DeliveryContext
from bot.flows.delivery.deliver import deliver
from bot.flows.delivery.publish import ExtractiveSummariser, Publisher, publish
from bot.flows.news.cluster import Clusterer, cluster_entries
from bot.flows.news.collect import collect
from bot.logic.polling.look import JudgeNew
from bot.model import (
    Ceilings,
    Edition,
    Feed,
    FeedRead,
    Fetched,
    Link,
    Message,
    NewEntry,
    NothingNew,
    RawEntry,
    SinkKind,
    StoryView,
    Summary,
    Verdict,
)
from bot.store import SqlStore
from tests.builders import a_message, a_source, a_verdict
from tests.fakes import FakeClock
from tests.flows.news.test_collect import FakeReader
from tests.flows.outbox import add_destinations
from tests.flows.platform import FakeSink
from tests.logic.stories_cast import CAST

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SUES = "Alto Records sues Songmill over training on its recordings"
REPEATS = "Songmill sued by Alto Records for training on its recordings"
SETTLES = "Alto Records and Songmill settle lawsuit over training on its recordings"


def judge(entry: NewEntry) -> Verdict:
    about = ("Songmill",) if "Songmill" in entry.title else ()
    return a_verdict(relevant="Nothing of interest" not in entry.title, platforms=about)


def compose(view: StoryView, edition: Edition, summary: Summary) -> Message:
    caused = next(j.entry for j in view.entries if j.entry.id == edition.entry_id)
    return a_message(caused.title, story_id=view.story.id, n=edition.n, mark=f"{view.story.id}-{edition.n}")


class Street:
    """Two trade outlets, one channel, all the flows between."""

    def __init__(self, store: SqlStore, clock: FakeClock, judge: JudgeNew = judge) -> None:
        self.store, self.clock, self.judge = store, clock, judge
        self.reader, self.sink = FakeReader(), FakeSink()
        self.sources = [a_source("gazette"), a_source("courier")]
        self.office = DeliveryContext(store, {SinkKind.DISCORD: self.sink}, clock)
        nothing = Summary("", "", (), None, (), (), (Link("Gazette", ""),), "en")
        self.publisher = Publisher(store, clock, ExtractiveSummariser(lambda view, edition: nothing), compose)
        self.clusterer = Clusterer(store, self.reader, clock, judge, CAST)

    def show(self, source_id: str, *titles: str, **changes: object) -> None:
        """What a source shows from now on, newest first."""
        entries = tuple(self._raw(source_id, title, **changes) for title in titles)
        feed = Feed("rss20", source_id, entries, entries_hash=str(hash(titles)))
        self.reader.feeds[source_id] = FeedRead(Fetched(**self._moved(changes)), feed)  # type: ignore[arg-type]

    def _raw(self, source_id: str, title: str, **changes: object) -> RawEntry:
        guid = title.split(" (")[0]
        values: dict[str, object] = {
            "guid": guid,
            "link": f"https://{source_id}.example/{abs(hash(guid))}",
            "title": title,
            "published_at": self.clock.now(),
        } | {name: value for name, value in changes.items() if name != "moved_to"}
        return RawEntry(**values)  # type: ignore[arg-type]

    def _moved(self, changes: dict[str, object]) -> dict[str, object]:
        return {"moved_to": changes["moved_to"]} if "moved_to" in changes else {}

    def quieten(self) -> None:
        """Every source answers 304 from now on."""
        self.reader.feeds = {source.id: NothingNew(Fetched()) for source in self.sources}

    async def run(self) -> list[str]:
        """One pass over everything; what the channel shows after it."""
        await collect(self.sources, self.reader, self.store, self.clock, self.judge, everything=True)
        while (await cluster_entries(self.clusterer)).seen:
            pass
        while (await publish(self.publisher)).editions:
            pass
        await deliver(self.office)
        self.clock.move(HOUR)
        return self.sink.received("1001")


@pytest.fixture
async def street(store: SqlStore, clock: FakeClock) -> Street:
    """With one subscribed channel, and both sources looked at once."""
    made = Street(store, clock)
    await add_destinations(store)
    for source in made.sources:
        made.show(source.id, f"Nothing of interest in the {source.id}")
    assert await made.run() == []
    return made


async def test_one_event_is_one_message_whoever_repeats_it(street: Street) -> None:
    street.show("gazette", SUES)
    assert await street.run() == [SUES]
    street.show("courier", REPEATS)

    assert await street.run() == [SUES]
    assert await street.run() == [SUES]


async def test_a_real_turn_of_the_story_answers_its_first_message(street: Street) -> None:
    street.show("gazette", SUES)
    await street.run()
    street.clock.move(2 * DAY)
    street.show("courier", SETTLES)

    assert await street.run() == [SUES, SETTLES]
    assert [post.reply_to for post in street.sink.posts] == [None, "1"]


async def test_a_publisher_that_bumps_dates_edits_titles_and_adds_tracking_gets_one_message(
    street: Street,
) -> None:
    street.show("gazette", SUES)
    await street.run()
    for n in range(5):
        street.show("gazette", f"{SUES} (updated {n})", link=f"https://gazette.example/x?utm_source=rss{n}")
        await street.run()
    # Under a second domain and another id, too.
    street.show("gazette", SUES, guid="other-id", link="https://mirror.example/alto")
    await street.run()

    assert street.sink.received("1001") == [SUES]


async def test_a_new_source_with_500_entries_posts_nothing_nor_does_it_after_a_move(street: Street) -> None:
    street.sources.append(a_source("archive"))
    old = [f"Songmill and Label{n} Records announce deal {n}" for n in range(500)]
    street.show("archive", *old)
    await collect([street.sources[-1]], street.reader, street.store, street.clock, judge)
    street.show("archive", *old, moved_to="https://new.example/feed")

    done = await collect(street.sources, street.reader, street.store, street.clock, judge, everything=True)

    assert done.entries == 0
    assert any("has moved to https://new.example/feed" in alert for alert in done.alerts)
    assert (await publish(street.publisher)).editions == 0


async def test_more_news_than_a_channel_may_get_queues_and_a_304_still_delivers_it(street: Street) -> None:
    street.office.ceilings = {SinkKind.DISCORD: Ceilings(an_hour=2, a_day=100)}
    headlines = [
        "Alto Records sues Songmill over training",
        "CHORA licenses its repertoire to Tunely",
        "Basso Music warns of voice clones",
        "Tonebarn labels synthetic uploads",
        "Wavelake removes uploads after chart fraud",
    ]
    street.show("gazette", *reversed(headlines))
    assert len(await street.run()) == 2

    street.quieten()
    counts = [len(await street.run()) for _ in range(3)]

    assert counts == [4, 5, 5]
    assert sorted(street.sink.received("1001")) == sorted(headlines)


async def test_a_deleted_channel_stops_that_channel_only(street: Street) -> None:
    told: list[str] = []

    async def tell_admin(destination: object, why: str) -> None:
        told.append(why)

    street.office.on_paused = tell_admin
    await add_destinations(street.store, first=1002)
    gone = SinkError(
        "I can't find #channel-1001.", permanent=True, scope=SinkScope.DESTINATION, fix="Choose another."
    )
    street.sink.refuse("1001", gone, gone, gone)
    street.show("gazette", SUES)
    await street.run()
    street.clock.move(2 * DAY)
    street.show("gazette", SETTLES, SUES)
    await street.run()

    assert street.sink.received("1001") == []
    assert street.sink.received("1002") == [SUES, SETTLES]
    assert told == [str(gone)]
