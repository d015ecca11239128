"""Candidates by their keys, and where entries went."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import StoreError
from bot.model import EditionState, Placement, Reason, Turn
from tests.builders import NOON, a_fingerprint, a_story, an_edition, an_outlet
from tests.store.memory import Memory

DAY = timedelta(days=1)


def keyed(*keys: str, **changes: object) -> object:
    return a_fingerprint(keys=keys, **changes)


async def found(memory: Memory, *keys: str, since: object = NOON - DAY, limit: int = 10) -> list[str]:
    return [each.story.id for each in await memory.store.candidates(keys, since, limit)]


async def test_the_story_that_shares_most_keys_comes_first(memory: Memory) -> None:
    await memory.story("one", fingerprint=keyed("a", "b"))
    await memory.story("two", fingerprint=keyed("a", "b", "c"))
    await memory.story("none", fingerprint=keyed("z"))

    assert await found(memory, "a", "b", "c", "q") == ["two", "one"]
    assert await found(memory, "a", "b", "c", limit=1) == ["two"]
    assert await found(memory, "nothing") == []
    assert await found(memory) == []


async def test_of_equals_the_newer_story_comes_first(memory: Memory) -> None:
    await memory.story("newer", at=NOON, fingerprint=keyed("a"))
    await memory.story("older", at=NOON - DAY / 2, fingerprint=keyed("a"))

    assert await found(memory, "a") == ["newer", "older"]


async def test_a_story_without_a_recent_entry_is_no_candidate(memory: Memory) -> None:
    await memory.story("old", at=NOON - 2 * DAY, fingerprint=keyed("a"))

    assert await found(memory, "a") == []


async def test_a_new_entry_makes_all_keys_of_an_old_story_recent(memory: Memory) -> None:
    story = await memory.story("old", at=NOON - 2 * DAY, fingerprint=keyed("a", "b"))
    entry_id = await memory.entry("The company answers")

    await memory.cluster(entry_id, replace(story, last_entry_at=NOON), fingerprint=keyed("b", "c"))

    assert await found(memory, "a") == ["old"]
    assert await found(memory, "c") == ["old"]


async def test_a_candidate_tells_what_clustering_compares(memory: Memory) -> None:
    first = keyed("a", words={"first": 0.5}, turn=None)
    second = keyed("a", words={"second": 0.25}, turn=Turn.DENIAL)
    story = await memory.story("one", fingerprint=first, outlet=an_outlet("Gazette"))
    entry_id = await memory.entry("It denies", outlet=an_outlet("Herald"), source_id="herald")
    changed = replace(story, title="Better headline", last_entry_at=NOON + DAY)
    update = an_edition("one", 2, entry_id=entry_id, turn=Turn.DENIAL)
    await memory.cluster(entry_id, changed, update, fingerprint=second)

    (candidate,) = await memory.store.candidates(["a"], NOON, 5)

    assert candidate.story == changed
    assert candidate.fingerprints == (second, first)
    assert candidate.outlets == ("Gazette", "Herald")
    assert candidate.turns == (Turn.DENIAL,)
    assert (candidate.held, candidate.silent) == (False, False)


async def test_only_the_twelve_newest_fingerprints_of_a_story_come_along(memory: Memory) -> None:
    story = await memory.story("one", fingerprint=keyed("a", objects=("0",)))
    await memory.story("other", fingerprint=keyed("a"))
    for i in range(1, 15):
        entry_id = await memory.entry(f"repeat {i}")
        await memory.cluster(entry_id, story, fingerprint=keyed("a", objects=(str(i),)))

    candidates = {each.story.id: each for each in await memory.store.candidates(["a"], NOON - DAY, 5)}

    assert [each.objects[0] for each in candidates["one"].fingerprints] == [str(i) for i in range(14, 2, -1)]
    assert len(candidates["other"].fingerprints) == 1


async def test_held_and_silent_stories_say_so(memory: Memory) -> None:
    await memory.story("held", state=EditionState.HELD, fingerprint=keyed("a"))
    await memory.story("silent", state=EditionState.SILENT, fingerprint=keyed("a"))

    states = {
        each.story.id: (each.held, each.silent)
        for each in await memory.store.candidates(["a"], NOON - DAY, 5)
    }

    assert states == {"held": (True, False), "silent": (False, True)}


async def test_candidates_cost_the_same_number_of_queries_however_many_there_are(memory: Memory) -> None:
    for i in range(12):
        await memory.story(f"story-{i}", fingerprint=keyed("a"))
    from sqlalchemy import event

    asked: list[str] = []
    engine = memory.store._database.reader.sync_engine
    event.listen(engine, "before_cursor_execute", lambda c, cur, sql, *rest: asked.append(sql))

    assert len(await found(memory, "a", limit=20)) == 12

    assert len([sql for sql in asked if sql.lstrip().upper().startswith("SELECT")]) == 5


async def test_an_entry_joins_one_story_only(memory: Memory) -> None:
    await memory.story("one")
    (entry,) = await memory.store.entries(limit=1)
    late = a_story("two", lead_id=entry.entry.id)

    with pytest.raises(StoreError, match="belongs to a story already"):
        await memory.cluster(entry.entry.id, late, an_edition("two", entry_id=entry.entry.id))

    assert await memory.store.story("two") is None


async def test_an_entry_that_is_not_there_joins_nothing(memory: Memory) -> None:
    with pytest.raises(StoreError, match="Entry 99"):
        await memory.cluster(99, a_story(lead_id=99), an_edition(entry_id=99))

    assert (await memory.store.counts())["stories"] == 0


async def test_a_second_look_never_takes_back_that_an_edition_was_published(memory: Memory) -> None:
    story = await memory.story("one")
    await memory.publish("one", await memory.destination())
    entry_id = await memory.entry("repeat")

    await memory.cluster(entry_id, story, an_edition("one", entry_id=1, state=EditionState.READY))

    assert await memory.store.ready_editions(5) == []


async def test_a_held_edition_becomes_ready_with_a_second_outlet(memory: Memory) -> None:
    story = await memory.story("one", state=EditionState.HELD)
    entry_id = await memory.entry("The second outlet")

    why = (Reason("second", "a second outlet carries it"),)
    ready = an_edition("one", entry_id=story.lead_id, state=EditionState.READY, reasons=why)
    await memory.cluster(entry_id, story, ready, placement=Placement("one", None, 0.8, ()))

    assert await memory.store.ready_editions(5) == [("one", 1)]
    view = await memory.store.story("one")
    assert view is not None
    assert view.editions[0].reasons == why
