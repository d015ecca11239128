"""Reminders: a week and a day before, by people's own clock, once, and no pile after a downtime."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.errors import StoreError
from bot.flows.delivery.correct import correct
from bot.flows.delivery.publish import publish
from bot.flows.delivery.remind import remind
from bot.logic.messages.corrections import Correction
from bot.model import Collection, Delivery, Destination, MessageKind, SourceState, Timing, Topic
from bot.store import SqlStore
from bot.store.people.tables import mutes
from tests.builders import NOON, a_new_entry, a_new_subscription, a_verdict, an_edition
from tests.fakes import FakeClock
from tests.flows.delivery.test_digest import a_publisher
from tests.flows.faults import Break, Breakable, Fault, run_until_broken
from tests.flows.outbox import _cluster
from tests.stores import temporary_store

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
JULY = datetime(2025, 7, 1, tzinfo=UTC)


async def a_dated_story(store: SqlStore, clock: FakeClock) -> str:
    entry = a_new_entry("Terms change", key="k", summary="The new terms take effect on 1 July 2025.")
    state = SourceState("gazette", baselined_at=NOON - DAY)
    await store.save_collection(Collection(state, ((entry, a_verdict()),)))
    await _cluster(store, "sdated", 1, an_edition("sdated", 1, entry_id=1, made_at=NOON))
    await publish(a_publisher(store, clock))
    return "sdated"


async def subscribe(store: SqlStore, address: str = "1001", **changes: object) -> Destination:
    wish = a_new_subscription(address, **({"reminders": True} | changes))
    return (await store.add_subscription(wish, NOON)).destination


async def reminders(store: SqlStore) -> list[Delivery]:
    found = await store.deliveries(limit=99)
    return [each for each in found if each.message.kind is MessageKind.REMINDER]


async def test_the_day_stands_in_the_post_and_is_recalled_twice(store: SqlStore, clock: FakeClock) -> None:
    await subscribe(store)
    await subscribe(store, "1002", reminders=False)
    story_id = await a_dated_story(store, clock)
    [deadline] = await store.deadlines_of(story_id)
    assert (deadline.at, deadline.what) == (JULY, "effect")
    assert (await store.deliveries(limit=1))[0].message.deadline == deadline

    told: list[datetime] = []
    while clock.now() < JULY + DAY:
        told += [clock.now()] * (await remind(store, clock)).deliveries
        clock.move(HOUR)

    assert told == [JULY - 7 * DAY + 9 * HOUR, JULY - DAY + 9 * HOUR]
    week, day = sorted(await reminders(store), key=lambda each: each.id)
    assert {week.destination.address, day.destination.address} == {"1001"}
    assert week.message.deadline == deadline
    assert week.message.story_id != day.message.story_id


async def test_after_a_downtime_only_the_later_reminder_comes(store: SqlStore, clock: FakeClock) -> None:
    await subscribe(store)
    await a_dated_story(store, clock)

    clock.move(JULY - NOON - 10 * HOUR)
    await remind(store, clock)
    await remind(store, clock)

    [only] = await reminders(store)
    assert only.message.story_id.endswith("-1")


async def test_once_the_day_has_come_nothing_is_recalled(store: SqlStore, clock: FakeClock) -> None:
    await subscribe(store)
    await a_dated_story(store, clock)

    clock.move(JULY - NOON)

    assert (await remind(store, clock)).deliveries == 0


async def test_a_reminder_waits_for_the_end_of_quiet_hours(store: SqlStore, clock: FakeClock) -> None:
    await subscribe(store, timing=Timing(minute=6 * 60, quiet=(22 * 60, 8 * 60)))
    await a_dated_story(store, clock)

    clock.move(JULY - NOON - 7 * DAY + 7 * HOUR)
    assert (await remind(store, clock)).deliveries == 0
    clock.move(HOUR)
    assert (await remind(store, clock)).deliveries == 1


async def test_who_did_not_want_the_story_or_muted_it_is_not_reminded(
    store: SqlStore, clock: FakeClock
) -> None:
    await subscribe(store, "1001", topics=frozenset({Topic.LAWSUIT}))
    muted = await subscribe(store, "1002")
    follower = await subscribe(store, "@42", server=None, story_id="sdated")
    await a_dated_story(store, clock)
    row = {"destination_id": muted.id, "story_id": "sdated", "muted_by": "42", "muted_at": NOON}
    async with store._database.writing() as connection:
        await connection.execute(insert(mutes), row)

    clock.move(JULY - NOON - 12 * HOUR)
    await remind(store, clock)

    assert [each.destination.id for each in await reminders(store)] == [follower.id]


async def test_a_corrected_story_is_recalled_in_its_right_words(store: SqlStore, clock: FakeClock) -> None:
    await subscribe(store)
    await a_dated_story(store, clock)
    clock.move(JULY - NOON - 6 * DAY)
    await remind(store, clock)

    await correct(store, clock, Correction("sdated", "It was wrong.", headline="The right one"))
    clock.move(5 * DAY + 12 * HOUR)
    await remind(store, clock)

    assert [each.message.headline for each in await reminders(store)] == ["The right one"] * 2


@pytest.mark.parametrize("how", Break, ids=lambda how: how.name.lower())
async def test_a_fault_at_any_await_reminds_each_channel_once(tmp_path: Path, how: Break) -> None:
    folder = tmp_path / "seeded"
    folder.mkdir()
    async with temporary_store(folder) as store:
        for address in ("1001", "1002"):
            await subscribe(store, address)
        await a_dated_story(store, FakeClock())
    at = 1
    while await broken_reminder(Path(shutil.copytree(folder, tmp_path / f"run-{at}")), at, how):
        at += 1
    assert at > 5


async def broken_reminder(folder: Path, at: int, how: Break) -> bool:
    """Remind with a fault at call `at`, then once more; whether the fault was reached."""
    async with temporary_store(folder) as store:
        clock, fault = FakeClock(JULY - 12 * HOUR), Fault(at, how, lambda: StoreError("the disk is full"))
        await run_until_broken(lambda: remind(Breakable(store, fault), clock), fault)  # type: ignore[arg-type]
        await remind(store, clock)
        assert sorted(each.destination.address for each in await reminders(store)) == ["1001", "1002"]
        return fault.was_reached
