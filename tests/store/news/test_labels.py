"""What operators say about entries is kept, changed and taken back."""

from datetime import timedelta

import pytest

from bot.errors import StoreError
from bot.model import Label, Publication, Reason, Topic
from bot.store import SqlStore
from tests.builders import NOON, a_message, a_verdict
from tests.store.memory import Memory


def a_label(entry_id: int, **changes: object) -> Label:
    values: dict[str, object] = {
        "entry_id": entry_id,
        "relevant": True,
        "topic": Topic.LAWSUIT,
        "doubt": False,
        "labelled_by": "ada",
        "labelled_at": NOON,
    }
    return Label(**(values | changes))  # type: ignore[arg-type]


async def test_what_is_nearest_the_line_is_asked_first_and_the_labelled_no_more(
    store: SqlStore, memory: Memory
) -> None:
    ids = {
        score: await memory.entry(f"Scored {score}", a_verdict(score=score)) for score in (0.9, 0.5, 0.1, 0.4)
    }

    await store.save_label(a_label(ids[0.5]))

    asked = await store.undecided(0.42, 2)
    assert [judged.entry.id for judged in asked] == [ids[0.4], ids[0.1]]


async def test_a_later_answer_takes_the_place_of_an_earlier_one(store: SqlStore, memory: Memory) -> None:
    entry_id = await memory.entry("Answered twice")
    await store.save_label(a_label(entry_id))

    await store.save_label(a_label(entry_id, relevant=False, topic=None, doubt=True, labelled_by="bo"))

    (held,) = await store.labelled()
    assert held.label == a_label(entry_id, relevant=False, topic=None, doubt=True, labelled_by="bo")
    assert held.judged.entry.title == "Answered twice"


async def test_labels_come_in_the_order_in_which_they_were_given(store: SqlStore, memory: Memory) -> None:
    first, second = await memory.entry("one"), await memory.entry("two")
    await store.save_label(a_label(second))
    await store.save_label(a_label(first, labelled_at=NOON + timedelta(minutes=1)))

    assert [held.label.entry_id for held in await store.labelled()] == [second, first]


async def test_a_label_can_be_taken_back(store: SqlStore, memory: Memory) -> None:
    entry_id = await memory.entry("Mistaken")
    await store.save_label(a_label(entry_id))

    assert await store.remove_label(entry_id)
    assert not await store.remove_label(entry_id)
    assert [judged.entry.id for judged in await store.undecided(0.5, 5)] == [entry_id]


async def test_a_label_on_no_entry_is_refused(store: SqlStore) -> None:
    with pytest.raises(StoreError):
        await store.save_label(a_label(99))


async def test_what_is_labelled_keeps_its_text_when_old_entries_lose_theirs(
    store: SqlStore, memory: Memory
) -> None:
    kept = await memory.entry("Kept", a_verdict(False), summary="kept words")
    await memory.entry("Dropped", a_verdict(False), summary="dropped words")
    await store.save_label(a_label(kept, relevant=False, topic=None))

    await store.tidy(NOON + timedelta(days=400))

    texts = {judged.entry.title: judged.entry.summary for judged in await store.entries(limit=5)}
    assert texts == {"Kept": "kept words", "Dropped": ""}
    assert await store.undecided(0.5, 5) == [], "nobody can judge an entry without its text"


async def test_how_a_summary_came_about_is_kept_with_the_edition_once(
    store: SqlStore, memory: Memory
) -> None:
    await memory.story("sone")
    why = Reason("summary-model", "The summary is a model's")
    told = Publication("sone", 1, a_message(story_id="sone"), (), NOON, (why,))

    await store.save_publication(told)
    await store.save_publication(told)

    view = await store.story("sone")
    assert view is not None
    assert [reason for reason in view.editions[0].reasons if reason == why] == [why]
