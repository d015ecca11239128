"""Publishing's deadlines, tidying, backups and health."""

from datetime import timedelta
from pathlib import Path

from bot.errors import SinkError, SinkScope
from bot.flows.delivery.context import DeliveryContext
from bot.flows.delivery.deliver import deliver
from bot.flows.delivery.publish import HELD_FOR, publish
from bot.flows.operator.health import WELL_WITHIN, vitals
from bot.flows.operator.tidy import tidy
from bot.model import Clustering, Collection, EditionState, Health, SinkKind, SourceState
from bot.store import SqlStore
from tests.builders import NOON, a_fingerprint, a_new_entry, a_source, a_story, a_verdict, an_edition
from tests.fakes import FakeClock
from tests.flows.outbox import NEW_STORY, add_destinations, make_ready, tell
from tests.flows.platform import FakeSink
from tests.flows.test_faults import a_publisher
from tests.stores import temporary_store

DAY = timedelta(days=1)


async def test_an_unsure_story_waits_three_days_for_a_second_outlet(
    store: SqlStore, clock: FakeClock
) -> None:
    entry = a_new_entry()
    await store.save_collection(Collection(SourceState("gazette"), ((entry, a_verdict()),)))
    held = an_edition(state=EditionState.HELD, entry_id=1, made_at=NOON)
    await store.save_clustering(Clustering(1, a_fingerprint(), a_story(), NEW_STORY, (held,)))
    await add_destinations(store)

    clock.move(HELD_FOR)
    waiting = await publish(a_publisher(store, clock))
    clock.move(timedelta(seconds=1))
    given_up = await publish(a_publisher(store, clock))

    assert (waiting.expired, given_up.expired) == (0, 1)
    assert (waiting.editions, given_up.editions) == (0, 0)


async def test_a_story_is_told_in_batches_and_everybody_gets_it_once(
    store: SqlStore, clock: FakeClock
) -> None:
    await add_destinations(store, 3)
    for n in range(5):
        await make_ready(store, f"story {n}")

    counts = [(await publish(a_publisher(store, clock), limit=2)).editions for _ in range(4)]

    assert counts == [2, 2, 1, 0]
    assert len(await store.deliveries(limit=99)) == 15


async def test_a_backup_is_made_once_a_day_and_the_oldest_go(
    store: SqlStore, clock: FakeClock, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    await tell(store, "kept", await add_destinations(store))

    for _ in range(4):
        made = await tidy(store, clock, backups=folder, keep=2)
        again = await tidy(store, clock, backups=folder, keep=2)
        assert made.backup is not None
        assert again.backup is None
        clock.move(DAY)

    assert sorted(path.name for path in folder.iterdir()) == [
        "smallprint-20250511.db",
        "smallprint-20250512.db",
    ]
    (folder / "smallprint-20250512.db").rename(folder / "smallprint.db")
    async with temporary_store(folder) as restored:
        assert [d.message.headline for d in await restored.deliveries(limit=9)] == ["kept"]


async def test_a_paused_channel_is_told_once_and_again_after_it_was_well(
    store: SqlStore, clock: FakeClock
) -> None:
    sink = FakeSink()
    refusal = SinkError("I can't post there.", permanent=True, scope=SinkScope.DESTINATION, fix="Let me.")
    (here,) = await add_destinations(store)
    await tell(store, "story", [here])
    sink.refuse("1001", refusal, refusal)
    office = DeliveryContext(store, {SinkKind.DISCORD: sink}, clock)
    told: set[str] = set()

    await deliver(office)
    alerts = [(await tidy(store, clock, told=told)).alerts for _ in range(2)]
    await store.resume_destination(here.id)
    alerts.append((await tidy(store, clock, told=told)).alerts)
    await deliver(office)
    alerts.append((await tidy(store, clock, told=told)).alerts)

    sentence = ("#channel-1001 (discord) is paused: I can't post there. Let me.",)
    assert alerts == [sentence, (), (), sentence]


async def test_health_is_about_the_last_good_poll_not_about_being_up(
    store: SqlStore, clock: FakeClock
) -> None:
    sources = [a_source("one"), a_source("two"), a_source("page", feed=None)]
    started_at = clock.now()
    fresh = await vitals(store, clock, sources, started_at)
    assert (fresh.last_good_poll, fresh.is_well) == (None, True)

    await store.save_states(
        [
            SourceState("one", good_at=NOON, health=Health.OK),
            SourceState("two", health=Health.GONE),
        ]
    )
    clock.move(WELL_WITHIN)
    well = await vitals(store, clock, sources, started_at)
    clock.move(timedelta(minutes=1))
    ill = await vitals(store, clock, sources, started_at)
    restarted = await vitals(store, clock, sources, clock.now())

    assert (well.is_well, ill.is_well, restarted.is_well) == (True, False, True)
    assert ill.last_good_poll == WELL_WITHIN + timedelta(minutes=1)
    assert ill.troubled == ("two",)
    assert dict(ill.sources) == {Health.OK: 1, Health.GONE: 1, Health.NEW: 1}


async def test_nothing_to_poll_is_no_illness(store: SqlStore, clock: FakeClock) -> None:
    assert (await vitals(store, clock, [], clock.now() - 30 * DAY)).is_well
