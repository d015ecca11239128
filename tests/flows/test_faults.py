"""A fault at every await of the flows: in the end everything is there exactly once."""

import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import SinkError, StoreError
from bot.flows.delivery.context import DeliveryContext
from bot.flows.delivery.deliver import deliver
from bot.flows.delivery.publish import ExtractiveSummariser, Publisher, publish
from bot.model import DeliveryState, Link, SinkKind, Summary
from bot.store import SqlStore
from tests.builders import a_message
from tests.fakes import FakeClock
from tests.flows.faults import Break, Breakable, Fault, run_until_broken
from tests.flows.outbox import add_destinations, make_ready, tell
from tests.flows.platform import FakeSink
from tests.stores import temporary_store

pytestmark = pytest.mark.long

MOST_CALLS = 200
ENDINGS = pytest.mark.parametrize("how", Break, ids=lambda how: how.name.lower())


@pytest.fixture
async def seeded(tmp_path: Path) -> Path:
    """A database with an outbox: three channels, an update, a delivery that a killed process left behind."""
    folder = tmp_path / "seeded"
    folder.mkdir()
    async with temporary_store(folder) as store:
        channels = await add_destinations(store, 3)
        story = await tell(store, "first", channels)
        await tell(store, "update", channels, story_id=story, n=2)
        (head, *_) = await store.due(FakeClock().now(), [SinkKind.DISCORD], 9)
        await store.claim(head.id, FakeClock().now(), "killed")
    return folder


def copy_of(folder: Path, tmp_path: Path, name: str) -> Path:
    return Path(shutil.copytree(folder, tmp_path / name))


# ---------------------------------------------------------------- deliver


@dataclass
class Run:
    """One database that is broken once and then left to mend itself."""

    store: SqlStore
    clock: FakeClock
    sink: FakeSink

    def office(self, fault: Fault | None = None) -> DeliveryContext:
        store = self.store if fault is None else Breakable(self.store, fault)
        sink = self.sink if fault is None else Breakable(self.sink, fault)
        return DeliveryContext(store, {SinkKind.DISCORD: sink}, self.clock)  # type: ignore[arg-type]

    async def mend(self, office: DeliveryContext) -> None:
        """Run on, with time passing, until nothing is left to do."""
        for _ in range(40):
            self.clock.move(timedelta(minutes=2))
            done = await deliver(office)
            if done.again_at is None:
                return
        raise AssertionError("the outbox never came to rest")


async def broken_delivery(folder: Path, at: int, how: Break) -> bool:
    """Deliver with a fault at call `at`, mend, check; whether the fault was reached."""
    async with temporary_store(folder) as store:
        run = Run(store, FakeClock(), FakeSink())
        run.clock.move(timedelta(minutes=1))
        # One channel's first answer is lost on the way, so that this path is broken too.
        run.sink.cut_off["1003"] = 1
        fault = Fault(at, how, lambda: StoreError("the disk is full"))
        office = run.office(fault)
        await run_until_broken(lambda: deliver(office), fault)
        # The runner restarts the flow in the same process, or the process itself is started again.
        survived = how in (Break.BEFORE, Break.AFTER)
        office.store, office.sinks = store, {SinkKind.DISCORD: run.sink}
        await run.mend(office if survived else run.office())

        told = Counter((post.address, post.headline) for post in run.sink.posts)
        expected = {(address, text) for address in ("1001", "1002", "1003") for text in ("first", "update")}
        assert told == Counter(expected), f"{how.name} at call {at}, {fault.where}: {told}"
        for address in ("1001", "1002", "1003"):
            assert run.sink.received(address) == ["first", "update"], f"order, at call {at}"
        states = {d.state for d in await store.deliveries(limit=99)}
        assert states == {DeliveryState.SENT}, f"{how.name} at call {at}, {fault.where}"
        replies = [post.reply_to for post in run.sink.posts if post.headline == "update"]
        assert None not in replies
        return fault.was_reached


@ENDINGS
async def test_a_fault_at_any_await_of_deliver_loses_and_doubles_nothing(
    seeded: Path, tmp_path: Path, how: Break
) -> None:
    at = 1
    while await broken_delivery(copy_of(seeded, tmp_path, f"run-{at}"), at, how):
        at += 1
        assert at < MOST_CALLS

    # recover, unclear, find, due, sent_times, claim, send, mark_sent ... for six deliveries
    assert at > 25


@ENDINGS
async def test_a_fault_at_any_await_of_a_refusal_keeps_the_message(
    seeded: Path, tmp_path: Path, how: Break
) -> None:
    refusal = SinkError("slow down", retry_after=timedelta(seconds=1))
    reached, at = True, 0
    while reached:
        at += 1
        assert at < MOST_CALLS
        async with temporary_store(copy_of(seeded, tmp_path, f"run-{at}")) as store:
            run = Run(store, FakeClock(), FakeSink())
            run.sink.refuse("1002", refusal, refusal)
            fault = Fault(at, how, lambda: StoreError("the disk is full"))
            office = run.office(fault)
            await run_until_broken(lambda office=office: deliver(office), fault)
            await run.mend(run.office())
            told = {address: run.sink.received(address) for address in ("1001", "1002", "1003")}
            assert set(map(tuple, told.values())) == {("first", "update")}, f"{fault.where}: {told}"
            reached = fault.was_reached


# ---------------------------------------------------------------- publish


def a_publisher(store: object, clock: FakeClock) -> Publisher:
    """Publishes without words: what is told is not the question here."""
    nothing = Summary("", "https://gazette.example/1", (), None, (), (), (Link("Gazette", ""),), "en")
    return Publisher(
        store,  # type: ignore[arg-type]
        clock,
        ExtractiveSummariser(lambda view, edition: nothing),
        lambda view, edition, summary: a_message(
            story_id=view.story.id, n=edition.n, mark=f"{view.story.id}-{edition.n}"
        ),
    )


@ENDINGS
async def test_a_fault_at_any_await_of_publish_makes_each_delivery_once(tmp_path: Path, how: Break) -> None:
    folder = tmp_path / "ready"
    folder.mkdir()
    async with temporary_store(folder) as store:
        await add_destinations(store, 3)
        for headline in ("one story", "another story"):
            await make_ready(store, headline)
    reached, at = True, 0
    while reached:
        at += 1
        async with temporary_store(copy_of(folder, tmp_path, f"run-{at}")) as store:
            clock = FakeClock()
            fault = Fault(at, how, lambda: StoreError("the disk is full"))
            broken = a_publisher(Breakable(store, fault), clock)
            await run_until_broken(lambda broken=broken: publish(broken), fault)
            await publish(a_publisher(store, clock))
            made = Counter(
                (d.message.story_id, d.destination.address) for d in await store.deliveries(limit=99)
            )
            assert len(made) == 6
            assert set(made.values()) == {1}, f"{how.name} at call {at}, {fault.where}"
            assert await store.ready_editions(9) == []
            reached = fault.was_reached
    assert at > 6
