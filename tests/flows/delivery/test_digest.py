"""Digests: gathered while people sleep or wait, told once, heaviest first, never empty."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.errors import StoreError
from bot.flows.delivery.context import DeliveryContext
from bot.flows.delivery.deliver import deliver
from bot.flows.delivery.digest import digest
from bot.flows.delivery.publish import publish
from bot.model import (
    Ceilings,
    ChangeState,
    Delivery,
    DeliveryState,
    Destination,
    DocumentState,
    MessageKind,
    NewVersion,
    Server,
    SinkKind,
    Timing,
    Urgency,
    WatchedLook,
)
from bot.store import SqlStore
from bot.store.people.tables import approvals, mutes
from tests.builders import NOON, a_new_subscription
from tests.fakes import FakeClock
from tests.flows.faults import Break, Breakable, Fault, run_until_broken
from tests.flows.outbox import a_publisher, make_ready
from tests.flows.platform import FakeSink
from tests.stores import temporary_store
from tests.terms import a_stored_change, a_version

HOUR = timedelta(hours=1)
FEW = Ceilings(an_hour=1, a_day=5)


async def tell(
    store: SqlStore, clock: FakeClock, *titles: str, ceilings: Ceilings | None = None
) -> list[str]:
    """Publish a story for each title; their ids."""
    ids = [await make_ready(store, title) for title in titles]
    await publish(a_publisher(store, clock, ceilings))
    return ids


async def subscribe(store: SqlStore, address: str = "1001", **changes: object) -> Destination:
    return (await store.add_subscription(a_new_subscription(address, **changes), NOON)).destination


async def waiting(store: SqlStore) -> list[Delivery]:
    return list(await store.deliveries(limit=99, state=DeliveryState.DUE))


async def test_a_daily_digest_tells_all_of_the_day_in_one_message_at_its_time(
    store: SqlStore, clock: FakeClock
) -> None:
    await subscribe(store, urgency=Urgency.DAILY, timing=Timing("Europe/Berlin", minute=9 * 60))
    await subscribe(store, urgency=Urgency.DAILY, platforms=frozenset({"SoundCloud"}))
    await tell(store, clock, "One", "Two", "Three")

    early = await digest(store, clock)
    assert (early.messages, await waiting(store)) == (0, [])
    assert early.again_at == NOON + 19 * HOUR
    clock.move(19 * HOUR)
    done = await digest(store, clock)

    assert (done.messages, done.again_at) == (1, None)
    [delivery] = await waiting(store)
    assert delivery.message.kind is MessageKind.DIGEST
    assert sorted(item.headline for item in delivery.message.items) == ["One", "Three", "Two"]
    assert (await digest(store, clock)).messages == 0


async def test_a_day_without_news_brings_no_message(store: SqlStore, clock: FakeClock) -> None:
    await subscribe(store, urgency=Urgency.DAILY)
    clock.move(48 * HOUR)

    assert (await digest(store, clock)).messages == 0
    assert await store.deliveries(limit=9) == []


async def test_a_single_story_is_told_as_itself_with_the_role_after_quiet_hours(
    store: SqlStore, clock: FakeClock
) -> None:
    await subscribe(store, role="77", timing=Timing(quiet=(11 * 60, 13 * 60)))
    [story_id] = await tell(store, clock, "One")
    assert await waiting(store) == []

    clock.move(HOUR)
    await digest(store, clock)

    [delivery] = await waiting(store)
    assert (delivery.message.story_id, delivery.message.kind) == (story_id, MessageKind.FIRST)
    assert delivery.roles == ("77",)


async def test_what_was_muted_or_left_meanwhile_is_dropped(store: SqlStore, clock: FakeClock) -> None:
    channel = await subscribe(store, urgency=Urgency.DAILY)
    other = await store.add_subscription(a_new_subscription("1002", urgency=Urgency.DAILY), NOON)
    paused = await store.add_subscription(a_new_subscription("1003", urgency=Urgency.DAILY), NOON)
    first, _ = await tell(store, clock, "One", "Two")
    muted = {"destination_id": channel.id, "story_id": first, "muted_by": "42", "muted_at": NOON}
    async with store._database.writing() as connection:
        await connection.execute(insert(mutes), muted)
    await store.remove_subscription(other.id)
    await store.pause_subscription(paused.id, NOON)

    clock.move(24 * HOUR)
    await digest(store, clock)

    [delivery] = await waiting(store)
    assert delivery.destination.id == channel.id
    assert delivery.message.headline == "Two"


async def test_the_sixth_story_of_an_accounts_day_waits_for_the_evening_post(
    store: SqlStore, clock: FakeClock
) -> None:
    account = await subscribe(store, "bot", sink=SinkKind.MASTODON, server=None)
    await tell(store, clock, *"ABCDEFG", ceilings=FEW)

    assert sorted(each.message.headline for each in await waiting(store)) == ["A", "B", "C", "D"]
    sink = FakeSink(SinkKind.MASTODON)
    office = DeliveryContext(store, {SinkKind.MASTODON: sink}, clock, ceilings={SinkKind.MASTODON: FEW})
    for _ in range(24):
        await digest(store, clock)
        await deliver(office)
        clock.move(HOUR)

    assert len(sink.posts) == 5
    [evening] = [each for each in await store.deliveries(limit=99) if each.message.items]
    assert [item.headline for item in evening.message.items] == ["E", "F", "G"]
    assert evening.done_at == NOON + 7 * HOUR
    assert evening.destination.id == account.id


# ---------------------------------------------------------------- approval


async def test_a_held_story_asks_its_server_once_and_waits(store: SqlStore, clock: FakeClock) -> None:
    await store.save_server(Server("500", approval_channel="2001", approval_hours=6))
    await subscribe(store)
    await subscribe(store, "1002", urgency=Urgency.DAILY)
    [story_id] = await tell(store, clock, "One")

    [held] = await store.deliveries(limit=9, state=DeliveryState.HELD)
    assert held.release_at == NOON + 6 * HOUR
    [card] = await waiting(store)
    assert card.message.kind is MessageKind.APPROVAL
    assert (card.destination.address, card.destination.server) == ("2001", "500")
    clock.move(24 * HOUR)
    await digest(store, clock)
    assert [each.id for each in await waiting(store)] == [card.id]

    async with store._database.writing() as connection:
        await connection.execute(
            approvals.update().values(decision="approved", headline="Better", decided_at=NOON)
        )
    await digest(store, clock)

    [told] = [each for each in await waiting(store) if each.id != card.id]
    assert (told.message.story_id, told.message.headline) == (story_id, "Better")


async def test_what_was_skipped_comes_in_no_digest(store: SqlStore, clock: FakeClock) -> None:
    await store.save_server(Server("500", approval_channel="2001"))
    await subscribe(store, "1002", urgency=Urgency.DAILY)
    await tell(store, clock, "One")
    async with store._database.writing() as connection:
        await connection.execute(approvals.update().values(decision="skipped", decided_at=NOON))

    clock.move(24 * HOUR)

    assert (await digest(store, clock)).dropped == 1
    assert (await store.next_digest_at(NOON)) is None


async def test_a_card_that_could_not_be_sent_is_tried_again_although_nobody_subscribed_there(
    store: SqlStore, clock: FakeClock
) -> None:
    await store.save_server(Server("500", approval_channel="2001"))
    await subscribe(store)
    await tell(store, clock, "One")
    [card] = await waiting(store)
    await store.claim(card.id, NOON, "me")

    await store.mark_due(card.id, NOON, "slow down")

    assert [each.id for each in await waiting(store)] == [card.id]


# ---------------------------------------------------------------- faults


@pytest.mark.parametrize("how", Break, ids=lambda how: how.name.lower())
async def test_a_fault_at_any_await_tells_each_item_exactly_once(tmp_path: Path, how: Break) -> None:
    folder = tmp_path / "seeded"
    folder.mkdir()
    async with temporary_store(folder) as store:
        await subscribe(store, urgency=Urgency.DAILY)
        await subscribe(store, "1002", urgency=Urgency.DAILY)
        await tell(store, FakeClock(), "One", "Two")
    at = 1
    while await broken_digest(Path(shutil.copytree(folder, tmp_path / f"run-{at}")), at, how):
        at += 1
    assert at > 5


async def broken_digest(folder: Path, at: int, how: Break) -> bool:
    """Write digests with a fault at call `at`, then once more; whether the fault was reached."""
    async with temporary_store(folder) as store:
        clock, fault = FakeClock(NOON + 24 * HOUR), Fault(at, how, lambda: StoreError("the disk is full"))
        await run_until_broken(lambda: digest(Breakable(store, fault), clock), fault)  # type: ignore[arg-type]
        await digest(store, clock)
        told = await waiting(store)
        assert sorted(each.destination.address for each in told) == ["1001", "1002"]
        assert all(len(each.message.items) == 2 for each in told)
        return fault.was_reached


# ---------------------------------------------------------------- clause changes


async def change_terms(store: SqlStore) -> None:
    """A change that was recorded and not alerted, confirmed at noon."""
    version = a_version(2, settled_at=NOON)
    state = DocumentState("tonebarn-terms", looked_at=NOON, good_at=NOON, version=2, latest=2)
    change = a_stored_change(state=ChangeState.RECORDED, confirmed_at=NOON)
    new = NewVersion(version, b"text", "text", "text")
    await store.save_look(WatchedLook(state, NOON, new_version=new, settled=2, changes=(change,)))


def monday(hour: int = 9) -> FakeClock:
    return FakeClock(NOON + timedelta(days=2, hours=12 + hour))


async def test_a_weekly_digest_ends_with_what_changed_in_the_terms(store: SqlStore, clock: FakeClock) -> None:
    await subscribe(store, urgency=Urgency.WEEKLY)
    await tell(store, clock, "One")
    await change_terms(store)

    for _ in range(2):
        await digest(store, monday(), site_url="https://bot.example")

    [delivery] = await waiting(store)
    story, clause = delivery.message.items
    assert story.headline == "One"
    assert clause.url == "https://bot.example/documents/tonebarn-terms/2"


async def test_a_week_with_clause_changes_alone_has_a_digest_once(store: SqlStore) -> None:
    await subscribe(store, urgency=Urgency.WEEKLY)
    await subscribe(store, "1002", urgency=Urgency.WEEKLY, platforms=frozenset({"Deezer"}))
    await subscribe(store, "1003", urgency=Urgency.DAILY)
    await change_terms(store)

    assert (await digest(store, monday(8))).messages == 0
    assert (await digest(store, monday(9))).messages == 1
    assert (await digest(store, monday(10))).messages == 0
    assert (await digest(store, monday(9 + 7 * 24))).messages == 0

    [delivery] = await waiting(store)
    assert delivery.destination.address == "1001"
    assert [item.platforms for item in delivery.message.items] == [("Tonebarn",)]


async def test_a_server_that_approves_gets_no_clause_changes_past_its_people(store: SqlStore) -> None:
    await store.save_server(Server("500", approval_channel="2001"))
    await subscribe(store, urgency=Urgency.WEEKLY)
    await change_terms(store)

    assert (await digest(store, monday())).messages == 0
