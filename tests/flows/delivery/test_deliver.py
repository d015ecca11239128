"""Delivery: once, in order, whatever the platforms say."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.errors import SinkError, SinkScope
from bot.flows.delivery.context import DeliveryContext
from bot.flows.delivery.deliver import LOOK_AGAIN, Delivered, deliver
from bot.model import Ceilings, Delivery, DeliveryState, Destination, Shipment, SinkKind
from bot.store import SqlStore
from tests.fakes import FakeClock
from tests.flows.outbox import add_destinations, tell
from tests.flows.platform import FakeSink

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
GONE = SinkError(
    "I can't post in #channel-1001.",
    permanent=True,
    scope=SinkScope.DESTINATION,
    fix="Give me Send Messages there, then run /subscription test.",
)
BUSY = SinkError("busy")


class Rig:
    """A post office over a real store and one fake platform; `told` is what admins were told."""

    def __init__(self, store: SqlStore, clock: FakeClock, **office: object) -> None:
        self.store, self.clock, self.sink = store, clock, FakeSink()
        self.told: list[tuple[str, str]] = []
        self.options = office
        self.office = self.new_office()

    def new_office(self) -> DeliveryContext:
        """As after a restart: nothing is remembered but the store."""
        values = {"sinks": {self.sink.kind: self.sink}, "on_paused": self._tell} | self.options
        return DeliveryContext(self.store, clock=self.clock, **values)  # type: ignore[arg-type]

    async def _tell(self, destination: Destination, why: str) -> None:
        self.told.append((destination.name, why))

    async def deliver(self) -> Delivered:
        return await deliver(self.office)

    async def crash_while_sending(self, *, posted: bool) -> Delivery:
        """Leaves the head of the queue as a killed process would: claimed, and perhaps posted."""
        (head,) = await self.store.due(self.clock.now(), [SinkKind.DISCORD], 1)
        assert await self.store.claim(head.id, self.clock.now(), "a process that was killed")
        if posted:
            await self.sink.send(Shipment(head))
        return head

    async def states(self) -> list[DeliveryState]:
        return [d.state for d in reversed(await self.store.deliveries(limit=1000))]


@pytest.fixture
def rig(store: SqlStore, clock: FakeClock) -> Rig:
    return Rig(store, clock)


# ---------------------------------------------------------------- the usual


async def test_everything_due_is_sent_once_and_in_order(rig: Rig) -> None:
    both = await add_destinations(rig.store, 2)
    for headline in ("first", "second", "third"):
        await tell(rig.store, headline, both)

    done = await rig.deliver()
    again = await rig.deliver()

    assert rig.sink.received("1001") == rig.sink.received("1002") == ["first", "second", "third"]
    assert (done.sent, again.sent, again.again_at) == (6, 0, None)


async def test_an_update_answers_the_first_message_there(rig: Rig) -> None:
    (here,) = await add_destinations(rig.store)
    story = await tell(rig.store, "clause found", [here])
    await tell(rig.store, "another story", [here])
    await tell(rig.store, "company denies", [here], story_id=story, n=2)

    await rig.deliver()

    assert [(p.headline, p.reply_to) for p in rig.sink.posts] == [
        ("clause found", None),
        ("another story", None),
        ("company denies", "1"),
    ]


async def test_deliveries_for_a_sink_that_is_not_set_up_or_not_connected_wait(rig: Rig) -> None:
    await tell(rig.store, "story", await add_destinations(rig.store, sink=SinkKind.MASTODON))
    await tell(rig.store, "story", await add_destinations(rig.store))
    rig.sink.ready = False

    waiting = await rig.deliver()
    rig.sink.ready = True
    await rig.deliver()

    assert waiting.again_at == rig.clock.now() + LOOK_AGAIN
    assert await rig.states() == [DeliveryState.DUE, DeliveryState.SENT]


# ---------------------------------------------------------------- ceilings


async def test_forty_stories_at_once_are_capped_and_the_rest_queue_and_none_is_lost(
    store: SqlStore, clock: FakeClock
) -> None:
    rig = Rig(store, clock, ceilings={SinkKind.DISCORD: Ceilings(an_hour=5, a_day=20)})
    (here,) = await add_destinations(store)
    headlines = [f"story {n}" for n in range(40)]
    for headline in headlines:
        await tell(store, headline, [here])

    first = await rig.deliver()
    assert (first.sent, first.postponed) == (5, 1)
    assert first.again_at == clock.now() + HOUR

    sent_an_hour = [5]
    for _ in range(47):
        clock.move(HOUR)
        sent_an_hour.append((await deliver(rig.new_office())).sent)

    assert rig.sink.received("1001") == headlines
    assert max(sent_an_hour) == 5
    assert sum(sent_an_hour[:24]) == 20


# ---------------------------------------------------------------- refusals


async def test_a_refused_channel_is_paused_and_told_once_while_the_others_receive(rig: Rig) -> None:
    closed, fine = await add_destinations(rig.store, 2)
    rig.sink.refuse("1001", GONE, GONE, GONE)
    await tell(rig.store, "first", [closed, fine])
    await tell(rig.store, "second", [closed, fine])

    done = await rig.deliver()
    rig.clock.move(DAY)
    await rig.deliver()

    assert rig.sink.received("1002") == ["first", "second"]
    assert done.paused == 1
    assert rig.told == [("#channel-1001", str(GONE))]
    assert rig.sink.sends == 3


async def test_what_waited_for_a_paused_channel_arrives_once_it_is_mended(rig: Rig) -> None:
    (closed,) = await add_destinations(rig.store)
    rig.sink.refuse("1001", GONE)
    await tell(rig.store, "first", [closed])
    await rig.deliver()
    await tell(rig.store, "second", [closed])
    assert (await rig.deliver()).sent == 0

    await rig.store.resume_destination(closed.id)
    await rig.deliver()

    assert rig.sink.received("1001") == ["first", "second"]


async def test_an_admin_who_cannot_be_told_keeps_nothing_from_being_put_back(
    store: SqlStore, clock: FakeClock
) -> None:
    async def unreachable(destination: Destination, why: str) -> None:
        raise RuntimeError("no such admin")

    rig = Rig(store, clock, on_paused=unreachable)
    await tell(store, "story", await add_destinations(store))
    rig.sink.refuse("1001", GONE)

    await rig.deliver()

    assert await rig.states() == [DeliveryState.DUE]


async def test_a_message_that_can_never_be_taken_is_given_up_and_the_next_goes_out(rig: Rig) -> None:
    (here,) = await add_destinations(rig.store)
    await tell(rig.store, "too odd", [here])
    await tell(rig.store, "next", [here])
    rig.sink.refuse("1001", SinkError("the platform refuses this text", permanent=True))

    done = await rig.deliver()

    assert done.abandoned == 1
    assert rig.sink.received("1001") == ["next"]
    (given_up,) = await rig.store.deliveries(limit=9, state=DeliveryState.ABANDONED)
    assert given_up.last_error == "the platform refuses this text"


async def test_a_failure_is_tried_again_ever_later_and_holds_back_what_follows(rig: Rig) -> None:
    (here,) = await add_destinations(rig.store)
    await tell(rig.store, "first", [here])
    await tell(rig.store, "second", [here])
    rig.sink.refuse("1001", BUSY, BUSY, BUSY)

    waits = []
    for _ in range(3):
        done = await rig.deliver()
        assert done.again_at is not None
        waits.append((done.again_at - rig.clock.now()).total_seconds())
        rig.clock.move(done.again_at - rig.clock.now())
    await rig.deliver()

    assert waits == [30, 60, 120]
    assert rig.sink.received("1001") == ["first", "second"]


async def test_retry_after_is_obeyed(rig: Rig) -> None:
    await tell(rig.store, "story", await add_destinations(rig.store))
    rig.sink.refuse("1001", SinkError("slow down", retry_after=timedelta(hours=2)))

    assert (await rig.deliver()).again_at == rig.clock.now() + 2 * HOUR


async def test_a_sink_in_trouble_is_left_alone_and_asked_once_not_fifty_times(rig: Rig) -> None:
    everyone = await add_destinations(rig.store, 60)
    await tell(rig.store, "story", everyone)
    down = SinkError("banned at the edge", scope=SinkScope.SINK, retry_after=10 * MINUTE)
    for each in everyone:
        rig.sink.refuse(each.address, down)
    rig.office.lanes = 1

    parked = await rig.deliver()
    assert rig.sink.sends == 1
    assert parked.again_at == rig.clock.now() + LOOK_AGAIN
    assert (await rig.deliver()).sent == 0
    assert rig.sink.sends == 1

    rig.sink.refusals.clear()
    rig.clock.move(10 * MINUTE)
    await rig.deliver()
    assert len(rig.sink.posts) == 60


async def test_failures_of_one_moment_count_as_one_failure_of_the_sink(rig: Rig) -> None:
    everyone = await add_destinations(rig.store, 20)
    await tell(rig.store, "story", everyone)
    held = asyncio.Event()

    async def until_all_are_under_way(shipment: Shipment) -> None:
        if rig.sink.under_way.total() == 20:
            held.set()
        await held.wait()

    rig.sink.before = until_all_are_under_way
    for each in everyone:
        rig.sink.refuse(each.address, SinkError("down", scope=SinkScope.SINK))

    await rig.deliver()

    assert rig.office.sink_failures(SinkKind.DISCORD) == 1
    rig.clock.move(timedelta(seconds=60))
    await rig.deliver()
    assert len(rig.sink.posts) == 20
    assert rig.office.sink_failures(SinkKind.DISCORD) == 0


async def test_trouble_on_discord_leaves_mastodon_alone(store: SqlStore, clock: FakeClock) -> None:
    mastodon = FakeSink(SinkKind.MASTODON)
    rig = Rig(store, clock)
    rig.office.sinks = {SinkKind.DISCORD: rig.sink, SinkKind.MASTODON: mastodon}
    rig.sink.refuse("1001", SinkError("down", scope=SinkScope.SINK))
    there = [*await add_destinations(store), *await add_destinations(store, sink=SinkKind.MASTODON, first=1)]
    await tell(store, "story", there)

    await rig.deliver()

    assert mastodon.received("1") == ["story"]
    assert rig.sink.posts == []


async def test_a_message_that_trips_over_a_bug_does_not_stop_the_others(rig: Rig) -> None:
    here, there = await add_destinations(rig.store, 2)
    await tell(rig.store, "story", [here, there])

    async def trip(shipment: Shipment) -> None:
        if shipment.delivery.destination.address == "1001":
            raise KeyError("a bug")

    rig.sink.before = trip
    await rig.deliver()

    assert rig.sink.received("1002") == ["story"]
    assert await rig.states() == [DeliveryState.UNCLEAR, DeliveryState.SENT]


# ---------------------------------------------------------------- slow destinations


async def test_a_stuck_destination_delays_no_other_not_even_for_later_stories(rig: Rig) -> None:
    stuck, fine = await add_destinations(rig.store, 2)
    rig.office.refill_seconds = 0.01
    release = asyncio.Event()

    async def hang(shipment: Shipment) -> None:
        if shipment.delivery.destination.address == "1001":
            await release.wait()

    rig.sink.before = hang
    await tell(rig.store, "first", [stuck, fine])
    await tell(rig.store, "second", [stuck, fine])
    running = asyncio.create_task(rig.deliver())
    await rig.sink.until_posts(2)
    await tell(rig.store, "third, told meanwhile", [stuck, fine])
    await rig.sink.until_posts(3)

    assert rig.sink.received("1001") == []
    release.set()
    await running
    assert rig.sink.received("1001") == ["first", "second", "third, told meanwhile"]


async def test_many_destinations_are_served_at_once_but_not_more_than_there_are_lanes(rig: Rig) -> None:
    rig.office.lanes = 7
    await tell(rig.store, "story", await add_destinations(rig.store, 30))
    all_lanes = asyncio.Event()

    async def until_all_lanes_are_taken(shipment: Shipment) -> None:
        if rig.sink.under_way.total() == 7:
            all_lanes.set()
        await all_lanes.wait()

    rig.sink.before = until_all_lanes_are_taken
    await rig.deliver()

    assert len(rig.sink.posts) == 30
    assert rig.sink.most_at_once == 7


async def test_a_sink_that_never_answers_is_given_up_as_unclear(rig: Rig) -> None:
    rig.office.send_seconds = 0.01
    await tell(rig.store, "story", await add_destinations(rig.store))

    async def hang(shipment: Shipment) -> None:
        await asyncio.Event().wait()

    rig.sink.before = hang
    await rig.deliver()

    assert await rig.states() == [DeliveryState.UNCLEAR]


# ---------------------------------------------------------------- after a crash


@pytest.mark.parametrize("posted", [True, False], ids=["after the post", "before the post"])
async def test_a_process_killed_while_sending_costs_neither_a_loss_nor_a_double(
    rig: Rig, *, posted: bool
) -> None:
    (here,) = await add_destinations(rig.store)
    await tell(rig.store, "first", [here])
    await tell(rig.store, "second", [here])
    await rig.crash_while_sending(posted=posted)

    too_early = await rig.deliver()
    assert too_early.again_at == rig.clock.now() + rig.office.settle
    assert rig.sink.looks == 0

    rig.clock.move(rig.office.settle)
    done = await rig.deliver()

    assert rig.sink.received("1001") == ["first", "second"]
    assert done.found == (1 if posted else 0)


async def test_a_lost_answer_is_looked_for_and_found(rig: Rig) -> None:
    (here,) = await add_destinations(rig.store)
    rig.sink.cut_off["1001"] = 1
    await tell(rig.store, "first", [here])
    await tell(rig.store, "second", [here])

    cut = await rig.deliver()
    assert (cut.sent, cut.unclear) == (0, 1)
    rig.clock.move(rig.office.settle)
    await rig.deliver()

    assert rig.sink.received("1001") == ["first", "second"]


async def test_what_cannot_be_looked_for_stays_unclear_and_is_looked_for_ever_later(rig: Rig) -> None:
    (here,) = await add_destinations(rig.store)
    await tell(rig.store, "story", [here])
    await rig.crash_while_sending(posted=True)
    rig.sink.blind["1001"] = SinkError("Its history cannot be read.", unclear=True)
    rig.clock.move(MINUTE)

    waits = []
    for _ in range(4):
        done = await rig.deliver()
        assert done.again_at is not None
        waits.append((done.again_at - rig.clock.now()).total_seconds())
        rig.clock.move(done.again_at - rig.clock.now())

    assert waits == [30, 60, 120, 240]
    (shown,) = await rig.store.deliveries(limit=9, state=DeliveryState.UNCLEAR)
    assert shown.last_error == "Its history cannot be read."

    rig.sink.blind.clear()
    await rig.deliver()
    assert rig.sink.received("1001") == ["story"]
    assert await rig.states() == [DeliveryState.SENT]


async def test_an_update_that_the_search_itself_posts_answers_the_first_message_too(rig: Rig) -> None:
    (here,) = await add_destinations(rig.store)
    story = await tell(rig.store, "clause found", [here])
    await rig.deliver()
    await tell(rig.store, "company denies", [here], story_id=story, n=2)
    await rig.crash_while_sending(posted=False)
    rig.sink.resends = True
    rig.clock.move(MINUTE)

    await rig.deliver()

    assert [(p.headline, p.reply_to) for p in rig.sink.posts] == [
        ("clause found", None),
        ("company denies", "1"),
    ]
    assert await rig.states() == [DeliveryState.SENT, DeliveryState.SENT]


async def test_what_is_unclear_where_nobody_is_subscribed_any_more_wakes_nobody(rig: Rig) -> None:
    (here,) = await add_destinations(rig.store)
    await tell(rig.store, "story", [here])
    await rig.crash_while_sending(posted=False)
    rig.sink.blind["1001"] = SinkError("Its history cannot be read.", unclear=True)
    rig.clock.move(MINUTE)
    waiting = await rig.deliver()
    (subscription,) = await rig.store.subscriptions()
    await rig.store.remove_subscription(subscription.id)
    rig.clock.move(HOUR)

    done = await rig.deliver()

    assert waiting.again_at is not None
    assert done.again_at is None
    assert rig.sink.looks == 1


async def test_a_channel_deleted_while_a_delivery_is_unclear_is_paused(rig: Rig) -> None:
    (here,) = await add_destinations(rig.store)
    await tell(rig.store, "story", [here])
    await rig.crash_while_sending(posted=False)
    rig.sink.blind["1001"] = GONE
    rig.clock.move(MINUTE)

    await rig.deliver()
    await rig.deliver()

    assert rig.told == [("#channel-1001", str(GONE))]
    assert rig.sink.looks == 1


async def test_a_delivery_of_a_live_process_elsewhere_is_left_to_it(
    store: SqlStore, clock: FakeClock
) -> None:
    rig = Rig(store, clock, other_holders=15 * MINUTE)
    await tell(store, "story", await add_destinations(store))
    await rig.crash_while_sending(posted=False)
    clock.move(MINUTE)

    await rig.deliver()
    assert await rig.states() == [DeliveryState.SENDING]

    clock.move(15 * MINUTE)
    await rig.deliver()
    assert await rig.states() == [DeliveryState.SENT]


async def test_a_delivery_that_another_process_claims_first_is_left_to_it(rig: Rig) -> None:
    here, there = await add_destinations(rig.store, 2)
    await tell(rig.store, "story", [here, there])
    claim = rig.store.claim

    async def too_late(delivery_id: int, now: datetime, holder: str) -> bool:
        if delivery_id == 1:
            assert await claim(delivery_id, now, "another process")
        return await claim(delivery_id, now, holder)

    rig.store.claim = too_late  # type: ignore[method-assign]
    await rig.deliver()

    assert await rig.states() == [DeliveryState.SENDING, DeliveryState.SENT]
    assert rig.sink.received("1001") == []


async def test_a_clock_set_back_between_two_runs_does_not_hold_up_what_is_unclear(rig: Rig) -> None:
    await tell(rig.store, "story", await add_destinations(rig.store))
    rig.clock.move(6 * HOUR)
    await rig.crash_while_sending(posted=True)
    rig.clock.move(-5 * HOUR)

    await rig.deliver()
    rig.clock.move(rig.office.settle)
    await rig.deliver()

    assert await rig.states() == [DeliveryState.SENT]


async def test_what_was_told_while_the_clock_ran_a_month_ahead_is_sent_once_it_is_right_again(
    rig: Rig,
) -> None:
    rig.clock.move(30 * DAY)
    await tell(rig.store, "story", await add_destinations(rig.store), at=rig.clock.now())
    rig.clock.move(-30 * DAY)

    await rig.deliver()

    assert await rig.states() == [DeliveryState.SENT]


async def test_a_message_put_off_while_the_clock_ran_ahead_goes_out_once_it_is_right_again(rig: Rig) -> None:
    await tell(rig.store, "story", await add_destinations(rig.store))
    rig.clock.move(30 * DAY)
    rig.sink.refuse("1001", SinkError("The platform has trouble."))
    await rig.deliver()
    rig.clock.move(-30 * DAY)

    await rig.deliver()

    assert await rig.states() == [DeliveryState.SENT]


async def test_a_sink_left_alone_by_a_clock_that_ran_ahead_is_asked_again_once_it_is_right(rig: Rig) -> None:
    await tell(rig.store, "story", await add_destinations(rig.store))
    rig.clock.move(20 * HOUR)
    rig.sink.refuse("1001", SinkError("Out of order.", scope=SinkScope.SINK))
    await rig.deliver()
    rig.clock.move(-20 * HOUR)

    await rig.deliver()

    assert await rig.states() == [DeliveryState.SENT]


async def test_stopping_in_the_middle_finishes_the_messages_under_way_and_leaves_the_rest(rig: Rig) -> None:
    everyone = await add_destinations(rig.store, 5)
    rig.office.lanes = 2
    for headline in ("first", "second"):
        await tell(rig.store, headline, everyone)
    begun, release = asyncio.Event(), asyncio.Event()

    async def hold(shipment: Shipment) -> None:
        begun.set()
        await release.wait()

    rig.sink.before = hold
    running = asyncio.create_task(rig.deliver())
    await begun.wait()
    running.cancel()
    await asyncio.sleep(0)
    release.set()
    with pytest.raises(asyncio.CancelledError):
        await running

    states = await rig.states()
    assert set(states) == {DeliveryState.SENT, DeliveryState.DUE}
    assert states.count(DeliveryState.SENT) == len(rig.sink.posts) <= 2
    rig.sink.before = None
    await deliver(rig.new_office())
    assert all(rig.sink.received(each.address) == ["first", "second"] for each in everyone)
