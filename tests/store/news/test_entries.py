"""Entries on their way into a story."""

from typing import Any

import pytest

from bot.errors import StoreError
from tests.builders import NOON, a_story, a_verdict, an_edition
from tests.store.memory import Memory


async def test_relevant_entries_wait_in_the_order_they_came(memory: Memory) -> None:
    await memory.entry("first")
    await memory.entry("not ours", a_verdict(False))
    await memory.entry("second")

    assert [each.entry.title for each in await memory.store.unclustered(10)] == ["first", "second"]
    assert [each.entry.title for each in await memory.store.unclustered(1)] == ["first"]


async def test_a_round_up_that_was_set_aside_is_never_offered_again(memory: Memory) -> None:
    entry_id = await memory.entry("This week in AI", a_verdict(roundup=True))

    await memory.store.set_aside(entry_id)

    assert await memory.store.unclustered(10) == []
    await memory.store.save_page(entry_id, "text", a_verdict())
    assert await memory.store.unclustered(10) == []


async def test_a_page_and_its_verdict_replace_the_teasers(memory: Memory) -> None:
    entry_id = await memory.entry("A clause")

    await memory.store.save_page(entry_id, "The whole text.", a_verdict(score=0.7, platforms=("Udio",)))

    (kept,) = await memory.store.unclustered(10)
    assert (kept.entry.page_text, kept.entry.page_tried) == ("The whole text.", True)
    assert kept.verdict == a_verdict(score=0.7, platforms=("Udio",))


async def test_a_page_that_shows_it_is_not_ours_ends_the_wait(memory: Memory) -> None:
    entry_id = await memory.entry("Looks like it")

    await memory.store.save_page(entry_id, "It is about gardens.", a_verdict(False))

    assert await memory.store.unclustered(10) == []
    assert [each.entry.id for each in await memory.store.entries(limit=5, relevant=False)] == [entry_id]


@pytest.mark.parametrize(
    ("changed", "waits"),
    [
        ({}, True),
        ({"url": None}, False),
        ({"baseline": True}, False),
        ({"page_text": "The whole text."}, False),
    ],
    ids=["with a link", "without a link", "of a first pass", "page read already"],
)
async def test_an_entry_near_the_line_waits_only_while_a_page_can_be_tried(
    memory: Memory, changed: dict[str, Any], waits: bool
) -> None:
    entry_id = await memory.entry("Firm and singers at odds", a_verdict(False, wants_page=True), **changed)

    assert [each.entry.id for each in await memory.store.unclustered(10)] == ([entry_id] if waits else [])

    await memory.store.save_page(entry_id, None, a_verdict(False))
    assert await memory.store.unclustered(10) == []


async def test_a_page_that_could_not_be_read_counts_as_tried(memory: Memory) -> None:
    entry_id = await memory.entry("Behind a wall")

    await memory.store.save_page(entry_id, None, a_verdict())

    (kept,) = await memory.store.unclustered(10)
    assert (kept.entry.page_text, kept.entry.page_tried) == (None, True)


async def test_a_page_that_comes_late_does_not_take_an_entry_out_of_its_story(memory: Memory) -> None:
    entry_id = await memory.entry("A clause")
    await memory.cluster(entry_id, a_story(lead_id=entry_id), an_edition(entry_id=entry_id))

    await memory.store.save_page(entry_id, "text", a_verdict())

    assert await memory.store.unclustered(10) == []


async def test_a_page_of_no_entry_is_an_error(memory: Memory) -> None:
    with pytest.raises(StoreError, match="no entry 99"):
        await memory.store.save_page(99, "text", a_verdict())


async def test_entries_are_listed_newest_first_and_by_kind_and_source(memory: Memory) -> None:
    await memory.entry("ours")
    await memory.entry("not ours", a_verdict(False))
    await memory.entry("elsewhere", source_id="herald")
    listed = memory.store.entries

    assert [each.entry.title for each in await listed(limit=2)] == ["elsewhere", "not ours"]
    assert [each.entry.title for each in await listed(limit=9, relevant=True)] == ["elsewhere", "ours"]
    assert [each.entry.title for each in await listed(limit=9, relevant=False)] == ["not ours"]
    assert [each.entry.title for each in await listed(limit=9, source_id="herald")] == ["elsewhere"]


async def test_a_page_may_date_an_entry_and_make_it_old(memory: Memory) -> None:
    entry_id = await memory.entry("A clause")
    await memory.store.save_page(entry_id, "text", a_verdict(), published_at=NOON, baseline=True)
    (held,) = await memory.store.entries(limit=1)
    assert (held.entry.published_at, held.entry.baseline) == (NOON, True)
