"""Who runs the bot hears of trouble once, before the readers do, and every week how it went."""

import shutil
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import FailureKind, SinkError, SinkScope, StoreError
from bot.flows.delivery.context import DeliveryContext
from bot.flows.delivery.deliver import deliver
from bot.flows.delivery.publish import publish
from bot.flows.operator.operators import OperatorPlace, OperatorWatch, open_troubles, watch_over
from bot.flows.people.approve import release
from bot.model import DeliveryState, Health, Message, Server, SinkKind, Source, SourceState
from bot.store import SqlStore
from tests.builders import NOON, a_new_subscription, a_source
from tests.fakes import FakeClock
from tests.flows.faults import Break, Breakable, Fault, run_until_broken
from tests.flows.outbox import a_publisher, make_ready
from tests.flows.platform import FakeSink
from tests.stores import temporary_store

EAR = OperatorPlace(SinkKind.DISCORD, "777777", "the operator's channel")


@dataclass
class Rig:
    store: SqlStore
    clock: FakeClock = field(default_factory=FakeClock)
    sink: FakeSink = field(default_factory=FakeSink)
    flows: dict[str, str] = field(default_factory=dict)
    at_once: list[Message] = field(default_factory=list)
    source: Source = field(default_factory=a_source)

    def __post_init__(self) -> None:
        self.office = DeliveryContext(self.store, {SinkKind.DISCORD: self.sink}, self.clock)
        self.watchman = OperatorWatch(
            self.store,
            self.clock,
            self.office,
            sources=lambda: [self.source],
            ears=(EAR,),
            flow_troubles=lambda: self.flows,
            tell_at_once=self.tell,
        )

    async def tell(self, message: Message) -> None:
        self.at_once.append(message)

    async def source_is(self, health: Health) -> None:
        ill = health is Health.DOWN
        state = SourceState(
            "gazette",
            health=health,
            failures=9 if ill else 0,
            last_error="no answer" if ill else "",
            last_failure=FailureKind.UNREACHABLE if ill else None,
            alarmed_at=self.clock.now() if ill else None,
        )
        await self.store.save_states([state])

    async def look(self) -> list[str]:
        """Watch once, deliver, and what the operator has read so far."""
        await watch_over(self.watchman)
        await deliver(self.office)
        return [post.headline for post in self.sink.posts if post.address == EAR.address]


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    async with temporary_store(tmp_path) as store:
        yield Rig(store)


async def test_a_source_that_goes_down_is_told_once_and_its_return_once(rig: Rig) -> None:
    await rig.source_is(Health.DOWN)
    assert await rig.look() == ["Smallprint: 1 new trouble"]
    rig.clock.move(timedelta(minutes=5))
    assert await rig.look() == ["Smallprint: 1 new trouble"]

    await rig.source_is(Health.OK)
    rig.clock.move(timedelta(minutes=5))

    assert await rig.look() == ["Smallprint: 1 new trouble", "Smallprint is well again"]
    assert await open_troubles(rig.store) == []


async def test_a_newsroom_without_a_feed_that_goes_down_is_told_like_any_source(rig: Rig) -> None:
    rig.source = a_source(feed=None, site="https://barn.example/news")
    await rig.source_is(Health.DOWN)

    assert await rig.look() == ["Smallprint: 1 new trouble"]


async def test_a_paused_channel_and_a_crashing_flow_come_in_one_message(rig: Rig) -> None:
    subscription = await rig.store.add_subscription(a_new_subscription(), rig.clock.now())
    await rig.store.pause_destination(subscription.destination.id, "I may not post there.", rig.clock.now())
    rig.flows["collect"] = "restarted 9 times"

    assert await rig.look() == ["Smallprint: 2 new troubles"]
    told = "\n".join(each.text for each in await open_troubles(rig.store))
    assert "I may not post there." in told
    assert "collect keeps crashing: restarted 9 times" in told


async def test_a_platform_that_refuses_again_and_again_is_named(rig: Rig) -> None:
    for _ in range(3):
        rig.office.park(SinkKind.DISCORD, timedelta(minutes=1))
        rig.clock.move(timedelta(minutes=2))

    await watch_over(rig.watchman)

    assert [
        "Discord has refused 3 times in a row" in each.text for each in await open_troubles(rig.store)
    ] == [True]


async def test_a_notice_that_could_not_be_sent_waits_although_nobody_is_subscribed_there(rig: Rig) -> None:
    rig.sink.refuse(EAR.address, SinkError("Discord is away.", scope=SinkScope.DELIVERY))
    await rig.source_is(Health.DOWN)
    assert await rig.look() == []

    rig.clock.move(timedelta(hours=1))

    assert await rig.look() == ["Smallprint: 1 new trouble"]
    assert await rig.store.deliveries(limit=5, state=DeliveryState.ABANDONED) == []


async def test_the_week_is_told_once_and_not_on_the_first_day(rig: Rig) -> None:
    assert await rig.look() == []
    rig.clock.move(timedelta(days=7))
    assert await rig.look() == ["Smallprint: the week"]
    rig.clock.move(timedelta(days=1))

    assert await rig.look() == ["Smallprint: the week"]


async def test_a_memory_that_fails_is_told_past_it_once(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails() -> object:
        raise StoreError("Another program keeps the database locked. Close it, then try again.")

    monkeypatch.setattr(rig.store, "troubles", fails)
    for _ in range(3):
        with pytest.raises(StoreError):
            await watch_over(rig.watchman)

    assert [message.what for message in rig.at_once] == [
        "• Another program keeps the database locked. Close it, then try again."
    ]


async def test_the_log_tells_where_nobody_listens(rig: Rig) -> None:
    await rig.source_is(Health.DOWN)

    assert await watch_over(_deaf(rig.watchman)) == 1
    assert len(await open_troubles(rig.store)) == 1
    assert await rig.store.deliveries(limit=5) == []


def _deaf(watchman: OperatorWatch) -> OperatorWatch:
    return replace(watchman, ears=())


async def test_a_held_story_that_should_have_gone_out_an_hour_ago_is_a_trouble_until_it_does(
    rig: Rig,
) -> None:
    await rig.store.save_server(Server("500", approval_channel="2001", approval_hours=6))
    await rig.store.add_subscription(a_new_subscription(), rig.clock.now())
    await make_ready(rig.store, "A clause")
    await publish(a_publisher(rig.store, rig.clock))

    rig.clock.move(timedelta(hours=6, minutes=30))
    assert await watch_over(rig.watchman) == 0
    rig.clock.move(timedelta(minutes=30))
    assert await watch_over(rig.watchman) == 1
    [told] = await open_troubles(rig.store)
    assert told.text.startswith("1 story held for approval at the Discord server 500")

    assert await release(rig.store, rig.clock) == 1
    assert await watch_over(rig.watchman) == 1
    assert await open_troubles(rig.store) == []


async def test_troubles_that_only_the_app_sees_are_told_with_the_others(rig: Rig) -> None:
    async def more() -> dict[str, str]:
        return {"document:a": "A page is stale.", "account:one": "The Mastodon account one cannot post."}

    await rig.source_is(Health.DOWN)
    rig.watchman = replace(rig.watchman, more=more)

    assert await rig.look() == ["Smallprint: 3 new troubles"]


# ---------------------------------------------------------------- faults


async def _seeded(folder: Path) -> Path:
    """A memory whose last look was a week ago, with a trouble that ended since and one that began."""
    folder.mkdir()
    async with temporary_store(folder) as store:
        rig = Rig(store, FakeClock(NOON - timedelta(days=7)))
        rig.flows["collect"] = "restarted 9 times"
        assert await rig.look() == ["Smallprint: 1 new trouble"]
        await rig.source_is(Health.DOWN)
    return folder


@pytest.mark.parametrize("how", Break, ids=lambda how: how.name.lower())
async def test_a_fault_at_any_await_tells_each_trouble_and_the_week_exactly_once(
    tmp_path: Path, how: Break
) -> None:
    seeded = await _seeded(tmp_path / "seeded")
    reached, at = True, 0
    while reached:
        at += 1
        async with temporary_store(Path(shutil.copytree(seeded, tmp_path / f"run-{at}"))) as store:
            rig = Rig(store)
            fault = Fault(at, how, lambda: StoreError("the disk is full"))
            whole, rig.watchman.store = rig.watchman.store, Breakable(store, fault)
            await run_until_broken(lambda rig=rig: watch_over(rig.watchman), fault)
            rig.watchman.store = whole
            # The next look comes minutes later, as the runner would start it.
            rig.clock.move(timedelta(minutes=5))
            await rig.look()

            told = Counter(post.headline for post in rig.sink.posts)
            expected = {"Smallprint: 1 new trouble": 1, "Smallprint: the week": 1}
            assert told == expected, f"{how.name} at call {at}, {fault.where}: {told}"
            assert [trouble.key for trouble in await open_troubles(store)] == ["source:gazette"]
            reached = fault.was_reached
    assert at > 8
