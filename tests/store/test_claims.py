"""Several stores on one database, as several processes would use it: nobody wins twice, nobody is told "locked"."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.model import Collection, PlannedDelivery, Publication, Receipt, SourceState
from bot.store import SqlStore
from tests.builders import NOON, a_message, a_new_entry, a_new_subscription, a_verdict
from tests.store.memory import ALL_SINKS, HOUR, Memory
from tests.stores import opened


@pytest.fixture
async def other(url: str, store: SqlStore) -> AsyncIterator[SqlStore]:
    """A second store on the same database."""
    async with opened(url) as second:
        yield second


async def test_of_two_that_claim_at_once_one_wins(memory: Memory, other: SqlStore) -> None:
    there = [await memory.destination(str(number)) for number in range(40)]
    await memory.publish("one", *there)
    due = await memory.store.due(NOON, ALL_SINKS, 100)

    won = await asyncio.gather(
        *(
            store.claim(each.id, NOON, name)
            for each in due
            for store, name in ((memory.store, "a"), (other, "b"))
        )
    )

    assert sum(won) == len(due) == 40
    assert all(first != second for first, second in zip(won[::2], won[1::2], strict=True))


async def test_two_that_empty_the_outbox_send_everything_once_and_in_order(
    memory: Memory, other: SqlStore
) -> None:
    there = [await memory.destination(str(number)) for number in range(8)]
    for number in range(5):
        await memory.publish(f"story-{number}", *there)
    sent: list[tuple[str, str]] = []

    async def drain(store: SqlStore, holder: str) -> None:
        while waiting := await store.due(NOON, ALL_SINKS, 3):
            for each in waiting:
                if await store.claim(each.id, NOON, holder):
                    sent.append((each.destination.address, each.message.story_id))
                    await store.mark_sent(each.id, Receipt(str(each.id)), NOON)

    await asyncio.gather(drain(memory.store, "a"), drain(other, "b"), drain(memory.store, "c"))

    # One of them may find nothing due because the others hold the heads, and leave early; never all of them.
    await drain(other, "b")
    assert len(sent) == len(set(sent)) == 40
    for each in there:
        in_order = [story for address, story in sent if address == each.address]
        assert in_order == [f"story-{number}" for number in range(5)]


async def test_two_that_publish_the_same_edition_make_its_deliveries_once(
    memory: Memory, other: SqlStore
) -> None:
    there = [await memory.destination(str(number)) for number in range(30)]
    await memory.story("one")
    planned = tuple(PlannedDelivery(each.id, (), f"one-{each.id}") for each in there)
    publication = Publication("one", 1, a_message(story_id="one"), planned, NOON)

    made = await asyncio.gather(*(each.save_publication(publication) for each in (memory.store, other) * 3))

    assert sum(made) == 30
    assert len(await memory.states()) == 30


async def test_two_that_collect_the_same_document_keep_each_entry_once(
    memory: Memory, other: SqlStore
) -> None:
    pairs = tuple((a_new_entry(f"entry {number}"), a_verdict()) for number in range(50))
    collection = Collection(SourceState("gazette"), pairs)

    new = await asyncio.gather(*(each.save_collection(collection) for each in (memory.store, other) * 3))

    assert sum(new) == 50
    assert len(await memory.store.unclustered(100)) == 50


async def test_two_that_subscribe_alike_at_once_get_the_same_subscription(
    memory: Memory, other: SqlStore
) -> None:
    kept = await asyncio.gather(
        *(each.add_subscription(a_new_subscription(), NOON) for each in (memory.store, other) * 4)
    )

    assert len({each.id for each in kept}) == 1


async def test_many_flows_at_once_are_never_told_that_the_database_is_locked(memory: Memory) -> None:
    await memory.publish("one", await memory.destination())

    async def busy(number: int) -> None:
        pair = (a_new_entry(f"entry {number}", source_id=f"source-{number}"), a_verdict(False))
        await memory.store.save_collection(Collection(SourceState(f"source-{number}"), (pair,)))
        await memory.store.set_setting(f"name-{number}", "value")
        await memory.store.due(NOON, ALL_SINKS, 5)
        assert await memory.store.setting(f"name-{number}") == "value"

    await asyncio.gather(*(busy(number) for number in range(60)))

    assert (await memory.store.counts())["entries"] == 61


async def test_a_cancelled_write_leaves_nothing_behind_and_the_next_one_goes_on(memory: Memory) -> None:
    pairs = tuple((a_new_entry(f"entry {number}"), a_verdict()) for number in range(2_000))
    collection = Collection(SourceState("gazette"), pairs)
    for turns in range(1, 25):
        task = asyncio.create_task(memory.store.save_collection(collection))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        kept = (await memory.store.counts())["entries"]
        assert kept in (0, 2_000)

    await asyncio.wait_for(memory.store.save_collection(collection), timeout=60)

    assert (await memory.store.counts())["entries"] == 2_000


async def test_a_dead_senders_claim_is_found_by_the_other(memory: Memory, other: SqlStore) -> None:
    await memory.publish("one", await memory.destination(), at=NOON - HOUR)
    await memory.store.claim((await memory.head()).id, NOON - HOUR, "dead")

    assert await other.recover("alive", NOON) == 1

    (unclear,) = await other.unclear(ALL_SINKS, 5)
    assert unclear.claimed_at == NOON - HOUR
