"""Stories as people ask for them."""

from dataclasses import replace
from datetime import timedelta

from bot.model import EditionState, Placement, Reason, Topic, Turn
from tests.builders import NOON, a_fingerprint, a_verdict, an_edition
from tests.store.memory import Memory

DAY = timedelta(days=1)


async def test_a_story_is_told_with_its_entries_in_arrival_order_and_its_editions(memory: Memory) -> None:
    story = await memory.story("one")
    entry_id = await memory.entry("It denies", a_verdict(score=0.8))
    update = an_edition(
        "one", 2, entry_id=entry_id, turn=Turn.DENIAL, reasons=(Reason("denial", "it says no", 1.0),)
    )
    await memory.cluster(entry_id, replace(story, turned_at=NOON + DAY), update)

    view = await memory.store.story("one")

    assert view is not None
    assert view.story == replace(story, turned_at=NOON + DAY)
    assert [(each.entry.title, each.entry.story_id) for each in view.entries] == [
        ("Entry of one", "one"),
        ("It denies", "one"),
    ]
    assert view.entries[1].verdict == a_verdict(score=0.8)
    assert [edition.n for edition in view.editions] == [1, 2]
    assert view.editions[1] == update


async def test_there_is_nothing_to_tell_of_an_unknown_story(memory: Memory) -> None:
    assert await memory.store.story("nowhere") is None


async def ids(memory: Memory, **filters: object) -> list[str]:
    views = await memory.store.stories(**({"limit": 10} | filters))  # type: ignore[arg-type]
    return [view.story.id for view in views]


async def test_stories_are_listed_by_their_newest_turn(memory: Memory) -> None:
    await memory.story("middle", at=NOON)
    await memory.story("oldest", at=NOON - DAY)
    await memory.story("newest", at=NOON + DAY)

    assert await ids(memory) == ["newest", "middle", "oldest"]
    assert await ids(memory, limit=1) == ["newest"]
    assert await ids(memory, before=NOON + DAY) == ["middle", "oldest"]


async def test_stories_are_chosen_by_platform_and_topic(memory: Memory) -> None:
    await memory.story("one", platforms=("SoundCloud", "Udio"))
    await memory.story("two", at=NOON + DAY, platforms=("Udio",), topic=Topic.LAWSUIT)
    await memory.story("three", at=NOON - DAY, platforms=())

    assert await ids(memory, platform="udio") == ["two", "one"]
    assert await ids(memory, platform="SoundCloud") == ["one"]
    assert await ids(memory, platform="Udio", topic=Topic.LAWSUIT) == ["two"]
    assert await ids(memory, topic=Topic.CAMPAIGN) == []


async def test_a_platform_that_a_story_no_longer_names_no_longer_finds_it(memory: Memory) -> None:
    story = await memory.story("one", platforms=("SoundCloud", "Udio"))
    entry_id = await memory.entry("more")
    await memory.cluster(entry_id, replace(story, platforms=("Udio", "Suno")))

    assert await ids(memory, platform="SoundCloud") == []
    assert await ids(memory, platform="Suno") == ["one"]


async def test_an_address_is_explained_with_verdict_story_and_deliveries(memory: Memory) -> None:
    url = "https://gazette.example/clause"
    entry_id = await memory.entry("A clause", url=url)
    story = replace(await memory.story("one"), title="A clause")
    placed = Placement("one", None, 0.75, (Reason("words", "the same words", 0.75),))
    await memory.cluster(entry_id, story, placement=placed, fingerprint=a_fingerprint())
    await memory.publish("one", await memory.destination("1001"), await memory.destination("1002"))

    (known,) = await memory.store.explain(url)

    assert known.judged.entry.id == entry_id
    assert known.judged.verdict.reasons == a_verdict().reasons
    assert known.story is not None
    assert known.story.story.id == "one"
    assert known.placement == placed
    assert {delivery.destination.address for delivery in known.deliveries} == {"1001", "1002"}


async def test_an_entry_that_was_left_out_is_explained_too(memory: Memory) -> None:
    await memory.entry("Gardens", a_verdict(False), url="https://gazette.example/gardens")

    (known,) = await memory.store.explain("https://gazette.example/gardens")

    assert not known.judged.verdict.relevant
    assert (known.story, known.placement, known.deliveries) == (None, None, ())


async def test_an_address_is_found_as_people_paste_it(memory: Memory) -> None:
    await memory.entry("A clause", url="https://gazette.example/clause")

    for pasted in (
        " https://GAZETTE.example/clause?utm_source=chat#top ",
        "http://gazette.example/clause/",
        "https://gazette.example/clause/",
    ):
        assert len(await memory.store.explain(pasted)) == 1, pasted
    assert await memory.store.explain("https://gazette.example/other") == []
    assert await memory.store.explain("not an address") == []


async def test_every_source_that_carried_an_address_is_explained_newest_first(memory: Memory) -> None:
    for source_id in ("gazette", "herald"):
        await memory.entry("A clause", url="https://gazette.example/clause", source_id=source_id)

    known = await memory.store.explain("https://gazette.example/clause")

    assert [each.judged.entry.source_id for each in known] == ["herald", "gazette"]


async def test_held_editions_expire_and_ready_ones_do_not(memory: Memory) -> None:
    await memory.story("held", at=NOON - 3 * DAY, state=EditionState.HELD)
    await memory.story("fresh", at=NOON, state=EditionState.HELD)
    await memory.story("ready", at=NOON - 3 * DAY)

    assert await memory.store.expire_held(NOON - DAY, NOON) == 1
    assert await memory.store.expire_held(NOON - DAY, NOON) == 0

    view = await memory.store.story("held")
    assert view is not None
    assert view.editions[0].state is EditionState.EXPIRED
    assert await memory.store.ready_editions(5) == [("ready", 1)]


async def test_ready_editions_come_oldest_first(memory: Memory) -> None:
    await memory.story("later", at=NOON + DAY)
    await memory.story("sooner", at=NOON)

    assert await memory.store.ready_editions(5) == [("sooner", 1), ("later", 1)]
    assert await memory.store.ready_editions(1) == [("sooner", 1)]
