"""Clustering: entries become stories in the order in which they arrived, after their pages were read."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.errors import FailureKind, FetchError
from bot.flows.news.cluster import PAGES_AT_ONCE, Clustered, Clusterer, cluster_entries
from bot.model import Collection, EditionState, Entry, Page, SourceState, Verdict
from bot.store import SqlStore
from tests.builders import NOON, a_new_entry, a_verdict, an_outlet
from tests.fakes import FakeClock
from tests.flows.faults import Break, Breakable, Fault, run_until_broken
from tests.flows.news.test_collect import FakeReader
from tests.logic.stories_cast import CAST

SUES = "Alto Records sues Songmill over training on its recordings"


class Rig:
    def __init__(self, store: SqlStore, clock: FakeClock) -> None:
        self.store, self.clock, self.reader = store, clock, FakeReader()
        self.judged: list[str | None] = []
        self.clusterer = Clusterer(store, self.reader, clock, self.judge, CAST)

    def judge(self, entry: Entry) -> Verdict:
        self.judged.append(entry.page_text)
        return a_verdict(relevant="nothing to do with it" not in (entry.page_text or ""))

    async def arrive(self, *titles: str, source: str = "gazette", **changes: object) -> None:
        roundup = changes.pop("roundup", False)
        verdict = changes.pop("verdict", None) or a_verdict(roundup=roundup, platforms=("Songmill",))
        assert isinstance(verdict, Verdict)
        entries = [
            a_new_entry(
                title,
                source_id=source,
                url=f"https://{source}.example/{title.split()[0].lower()}",
                outlet=an_outlet(source.title()),
                **changes,
            )
            for title in titles
        ]
        state = SourceState(source, baselined_at=NOON)
        await self.store.save_collection(Collection(state, tuple((entry, verdict) for entry in entries)))

    async def cluster(self) -> Clustered:
        return await cluster_entries(self.clusterer)

    async def stories(self) -> Sequence[tuple[str, int]]:
        """Title and number of entries of each story, oldest first."""
        views = await self.store.stories(limit=99)
        return [(view.story.title, len(view.entries)) for view in reversed(views)]


@pytest.fixture
def rig(store: SqlStore, clock: FakeClock) -> Rig:
    return Rig(store, clock)


async def test_the_second_outlet_joins_the_story_that_the_first_one_opened(rig: Rig) -> None:
    await rig.arrive(SUES)
    await rig.arrive("Songmill sued by Alto Records for training on its recordings", source="courier")

    done = await rig.cluster()

    assert (done.opened, done.joined, done.editions) == (1, 1, 1)
    assert await rig.stories() == [(SUES, 2)]
    assert (await rig.cluster()).seen == 0


async def test_the_page_is_read_once_and_judged_again_with_its_text(rig: Rig) -> None:
    await rig.arrive(SUES)
    rig.reader.pages["https://gazette.example/alto"] = "The complaint says that Songmill copied them."

    await rig.cluster()

    assert rig.judged == ["The complaint says that Songmill copied them."]
    (held,) = await rig.store.entries(limit=9)
    assert (held.entry.page_text, held.entry.page_tried) == (rig.judged[0], True)


async def test_an_entry_whose_page_is_about_something_else_makes_no_story(rig: Rig) -> None:
    await rig.arrive(SUES)
    rig.reader.pages["https://gazette.example/alto"] = "This has nothing to do with it."

    done = await rig.cluster()

    assert (done.dropped, done.opened) == (1, 0)
    assert await rig.stories() == []
    assert (await rig.cluster()).seen == 0


@pytest.mark.parametrize(
    ("page", "stories"),
    [
        ("The complaint says that Songmill copied them.", [(SUES, 1)]),
        ("This has nothing to do with it.", []),
        (FetchError("x", "robots.txt", kind=FailureKind.REFUSED), []),
    ],
    ids=["its page is ours", "its page is not ours", "its page cannot be read"],
)
async def test_an_entry_near_the_line_becomes_a_story_only_by_its_page(
    rig: Rig, page: str | FetchError, stories: list[tuple[str, int]]
) -> None:
    await rig.arrive(SUES, verdict=a_verdict(False, wants_page=True))
    rig.reader.pages["https://gazette.example/alto"] = page

    await rig.cluster()

    assert await rig.stories() == stories
    assert (await rig.cluster()).seen == 0


async def test_an_unreadable_page_leaves_the_first_verdict(rig: Rig) -> None:
    await rig.arrive(SUES)
    rig.reader.pages["https://gazette.example/alto"] = FetchError("x", "robots.txt", kind=FailureKind.REFUSED)

    assert (await rig.cluster()).opened == 1
    assert rig.judged == []


async def test_pages_are_read_several_at_once_but_not_all(rig: Rig) -> None:
    await rig.arrive(*(f"Word{n} Records sues Songmill over something else" for n in range(12)))

    await rig.cluster()

    assert rig.reader.most_at_once == PAGES_AT_ONCE


async def test_what_was_there_on_a_first_pass_is_kept_silent_and_its_page_is_not_fetched(rig: Rig) -> None:
    rig.reader.pages["https://gazette.example/alto"] = "text"
    await rig.arrive(SUES, baseline=True)

    await rig.cluster()

    (view,) = await rig.store.stories(limit=9)
    assert view.editions[0].state is EditionState.SILENT
    assert rig.judged == []


async def test_a_round_up_joins_none_and_makes_none(rig: Rig) -> None:
    await rig.arrive(SUES, roundup=True)

    assert (await rig.cluster()).set_aside == 1
    assert await rig.stories() == []
    assert (await rig.cluster()).seen == 0


@pytest.mark.parametrize("how", Break, ids=lambda how: how.name.lower())
async def test_a_fault_at_any_await_of_clustering_makes_each_story_once(rig: Rig, how: Break) -> None:
    at, reached = 0, True
    while reached:
        at += 1
        # The same database for all runs: other names each time, so that each run makes a story of its own.
        titles = [f"Number{at} Records sues over {word}" for word in ("training", "sampling")]
        await rig.arrive(*titles)
        fault = Fault(at, how, lambda: OSError("the disk is full"))
        broken = Clusterer(
            Breakable(rig.store, fault), Breakable(rig.reader, fault), rig.clock, rig.judge, CAST
        )
        await run_until_broken(lambda broken=broken: cluster_entries(broken), fault)
        reached = fault.was_reached
        while (await rig.cluster()).seen:
            pass
        placed = [j.entry.story_id for j in await rig.store.entries(limit=2)]
        assert None not in placed, f"{how.name} at call {at}, {fault.where}"
    held = await rig.store.entries(limit=999)
    views = [
        await rig.store.story(story_id) for story_id in {j.entry.story_id for j in held if j.entry.story_id}
    ]
    assert sum(len(view.entries) for view in views if view) == len(held)
    assert at > 8


async def test_a_site_that_hardly_answers_does_not_keep_the_news_of_others_waiting(rig: Rig) -> None:
    async def hang(url: str) -> Page:
        if "courier" in url:
            await asyncio.Event().wait()
        return Page(url, "", "The complaint says that Songmill copied them.")

    rig.reader.page = hang  # type: ignore[method-assign]
    await rig.arrive(*(f"{word} Records sues Songmill" for word in "abcdef"), source="courier")
    await rig.arrive(SUES)
    rig.clusterer = replace(rig.clusterer, pages_seconds=0.01)

    done = await rig.cluster()

    assert done.seen == 7
    assert (await rig.cluster()).seen == 0


async def test_what_was_there_at_first_is_not_told_when_its_source_gives_it_a_new_id(rig: Rig) -> None:
    await rig.arrive(SUES, baseline=True, key="http://gazette.example/alto")
    await rig.cluster()
    await rig.arrive(SUES, key="https://gazette.example/alto")

    done = await rig.cluster()

    assert (done.joined, done.editions) == (1, 0)


async def test_what_was_there_at_first_is_still_told_when_somebody_else_carries_it(rig: Rig) -> None:
    await rig.arrive(SUES, baseline=True)
    await rig.cluster()
    await rig.arrive(SUES, source="courier")

    assert (await rig.cluster()).editions == 1
