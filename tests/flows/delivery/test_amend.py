"""What was told and proved wrong, or gained an outlet, is edited where it stands, and never posted anew."""

import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import RefusedError, SinkError, SinkScope, StoreError
from bot.flows.delivery.amend import amend
from bot.flows.delivery.context import DeliveryContext
from bot.flows.delivery.correct import correct, take_back
from bot.flows.delivery.deliver import deliver
from bot.logic.messages.corrections import Correction
from bot.model import (
    AddedOutlet,
    Clustering,
    DeliveryState,
    Link,
    Placement,
    Reason,
    Revision,
    SinkKind,
)
from bot.store import SqlStore
from tests.builders import NOON, a_fingerprint, a_story
from tests.fakes import FakeClock
from tests.flows.faults import Break, Breakable, Fault, run_until_broken
from tests.flows.outbox import _add_entry, add_destinations, tell
from tests.flows.platform import FakeSink
from tests.stores import temporary_store

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Desk:
    """One channel or more, the flows that reach them, a clock."""

    def __init__(self, store: SqlStore, clock: FakeClock, sink: FakeSink | None = None) -> None:
        self.store, self.clock, self.sink = store, clock, sink or FakeSink()
        self.paused: list[str] = []
        self.office = DeliveryContext(store, {SinkKind.DISCORD: self.sink}, clock, on_paused=self._on_paused)

    async def _on_paused(self, destination: object, why: str) -> None:
        self.paused.append(why)

    async def tell(self, *headlines: str, channels: int = 1) -> list[str]:
        to = await add_destinations(self.store, channels)
        return [await tell(self.store, headline, to) for headline in headlines]

    async def correct(self, story_id: str, headline: str | None = "right") -> int:
        done = await correct(self.store, self.clock, Correction(story_id, "It was wrong.", headline=headline))
        return done.posts

    async def join(self, story_id: str, outlet: str) -> None:
        """One more entry of the story, from this outlet, as clustering writes it."""
        known = await self.store.entries(limit=1)
        number = known[0].entry.id + 1
        await _add_entry(self.store, f"Also told {number}", number)
        added = AddedOutlet(Link(outlet, f"https://{outlet}.example/"), self.clock.now())
        placement = Placement(story_id, None, 0.9, (Reason("same", "made for a test"),))
        story = a_story(story_id, lead_id=number)
        await self.store.save_clustering(Clustering(number, a_fingerprint(), story, placement, outlet=added))

    def headlines(self, address: str = "1001") -> list[str]:
        return self.sink.received(address)


@pytest.fixture
def desk(store: SqlStore, clock: FakeClock) -> Desk:
    return Desk(store, clock)


async def test_a_correction_edits_every_post_and_says_so(desk: Desk) -> None:
    [story_id] = await desk.tell("wrong", channels=2)
    await deliver(desk.office)

    assert await desk.correct(story_id) == 2
    done = await amend(desk.office)

    assert (done.edited, done.again_at) == (2, None)
    assert [(post.headline, post.correction) for post in desk.sink.posts] == [("right", "It was wrong.")] * 2
    assert (await amend(desk.office)).edited == 0
    assert len(desk.sink.edits) == 2
    view = await desk.store.story(story_id)
    assert view is not None
    assert view.story.title == "right"


async def test_what_was_not_sent_yet_goes_out_corrected_and_is_not_edited(desk: Desk) -> None:
    [story_id] = await desk.tell("wrong")

    assert await desk.correct(story_id) == 0
    await deliver(desk.office)

    assert (await amend(desk.office)).edited == 0
    assert desk.headlines() == ["right"]


async def test_a_second_correction_and_its_undoing_are_edits_too(desk: Desk) -> None:
    [story_id] = await desk.tell("wrong")
    await deliver(desk.office)
    for headline in ("right", "righter"):
        await desk.correct(story_id, headline)
        await amend(desk.office)
    assert desk.headlines() == ["righter"]

    await take_back(desk.store, desk.clock, story_id, "The second was wrong.")
    await amend(desk.office)

    assert [(p.headline, p.correction) for p in desk.sink.posts] == [("right", "The second was wrong.")]
    [delivery] = await desk.store.deliveries(limit=9)
    assert (delivery.shown_revision, delivery.message.revision) == (4, 4)


async def test_a_post_found_after_a_lost_answer_is_edited_when_it_was_corrected_meanwhile(desk: Desk) -> None:
    [story_id] = await desk.tell("wrong")
    desk.sink.cut_off["1001"] = 1
    await deliver(desk.office)
    await desk.correct(story_id)

    desk.clock.move(MINUTE)
    found = await deliver(desk.office)
    assert (found.found, desk.headlines()) == (1, ["wrong"])
    await amend(desk.office)

    assert desk.headlines() == ["right"]


async def test_a_second_try_of_an_unclear_one_is_edited_in_case_the_platform_kept_the_first_words(
    desk: Desk,
) -> None:
    [story_id] = await desk.tell("wrong")
    [delivery] = await desk.store.deliveries(limit=1)
    await desk.store.claim(delivery.id, NOON, "killed")
    await desk.correct(story_id)
    desk.clock.move(HOUR)

    await deliver(desk.office)
    await amend(desk.office)

    assert len(desk.sink.edits) == 1
    assert desk.sink.shipments[-1].delivery.key == delivery.key
    assert desk.headlines() == ["right"]


async def test_the_search_for_a_lost_post_knows_what_it_said_before(desk: Desk) -> None:
    [story_id] = await desk.tell("wrong")
    desk.sink.cut_off["1001"] = 1
    await deliver(desk.office)
    await desk.correct(story_id)

    assert [each.headline for each in await desk.store.former_messages(story_id, 1)] == ["wrong"]


# ---------------------------------------------------------------- further outlets


async def test_further_outlets_are_added_by_an_edit_at_most_once_an_hour(desk: Desk) -> None:
    [story_id] = await desk.tell("news")
    await deliver(desk.office)

    await desk.join(story_id, "courier")
    assert (await amend(desk.office)).edited == 1
    await desk.join(story_id, "herald")
    await desk.join(story_id, "tribune")
    waits = await amend(desk.office)
    assert (waits.edited, waits.again_at) == (0, NOON + HOUR)
    desk.clock.move(HOUR)
    assert (await amend(desk.office)).edited == 1

    names = [source.name for source in desk.sink.edits[-1].delivery.message.sources]
    assert names == ["Gazette", "courier", "herald", "tribune"]
    assert len(desk.sink.posts) == 1


async def test_an_outlet_that_is_named_already_changes_nothing(desk: Desk) -> None:
    [story_id] = await desk.tell("news")
    await deliver(desk.office)

    await desk.join(story_id, "Gazette")

    assert (await amend(desk.office)).edited == 0


async def test_a_correction_does_not_wait_for_the_hour(desk: Desk) -> None:
    [story_id] = await desk.tell("wrong")
    await deliver(desk.office)
    await desk.join(story_id, "courier")
    await amend(desk.office)
    await desk.join(story_id, "herald")

    await desk.correct(story_id)

    assert (await amend(desk.office)).edited == 1
    assert desk.headlines() == ["right"]


# ---------------------------------------------------------------- refusals


async def test_a_post_that_is_gone_is_let_be_and_the_next_one_is_edited(desk: Desk) -> None:
    first, second = await desk.tell("wrong", "wrong too")
    await deliver(desk.office)
    desk.sink.edit_refusals["1001"].append(SinkError("deleted", permanent=True))
    await desk.correct(first)
    await desk.correct(second)

    done = await amend(desk.office)

    assert (done.edited, done.given_up, done.again_at) == (1, 1, None)
    assert desk.headlines() == ["wrong", "right"]


async def test_a_passing_refusal_is_tried_again_later_and_keeps_the_order(desk: Desk) -> None:
    first, second = await desk.tell("wrong", "wrong too")
    await deliver(desk.office)
    desk.sink.edit_refusals["1001"].append(SinkError("slow down", retry_after=MINUTE))
    await desk.correct(first)
    await desk.correct(second)

    done = await amend(desk.office)
    assert (done.edited, done.put_off) == (0, 1)
    for _ in range(3):
        desk.clock.move(MINUTE)
        await amend(desk.office)

    assert desk.headlines() == ["right", "right"]


async def test_a_channel_that_shut_us_out_is_paused_told_once_and_edited_when_it_is_mended(
    desk: Desk,
) -> None:
    [story_id] = await desk.tell("wrong")
    await deliver(desk.office)
    shut = SinkError("I can't see #channel.", permanent=True, scope=SinkScope.DESTINATION)
    desk.sink.edit_refusals["1001"].append(shut)
    await desk.correct(story_id)

    await amend(desk.office)
    await amend(desk.office)
    assert desk.paused == ["I can't see #channel."]
    [delivery] = await desk.store.deliveries(limit=1)
    await desk.store.resume_destination(delivery.destination.id)
    await amend(desk.office)

    assert desk.headlines() == ["right"]


async def test_a_story_that_nobody_was_told_or_a_wish_without_words_is_refused(desk: Desk) -> None:
    [story_id] = await desk.tell("told")
    for correction in (
        Correction("snothing", "Wrong."),
        Correction(story_id, " "),
        Correction(story_id, "Wrong.", n=2),
        Correction(story_id, "Wrong.", headline=" "),
        Correction(story_id, "Wrong.", what="x" * 2001),
    ):
        with pytest.raises(RefusedError):
            await correct(desk.store, desk.clock, correction)
    with pytest.raises(RefusedError, match="nothing to take back"):
        await take_back(desk.store, desk.clock, story_id, "Why not.")


async def test_of_two_corrections_at_once_the_second_is_refused_and_nothing_is_half_written(
    desk: Desk,
) -> None:
    [story_id] = await desk.tell("wrong")
    [former] = await desk.store.messages_about(story_id)
    await desk.correct(story_id)

    with pytest.raises(StoreError, match="changed a moment ago"):
        await desk.store.revise([Revision(former, former)], NOON, {story_id: "other"})

    view = await desk.store.story(story_id)
    assert view is not None
    assert view.story.title == "right"


# ---------------------------------------------------------------- faults


@pytest.mark.parametrize("how", Break, ids=lambda how: how.name.lower())
async def test_a_fault_at_any_await_leaves_every_post_corrected_and_none_doubled(
    tmp_path: Path, how: Break
) -> None:
    folder = tmp_path / "seeded"
    folder.mkdir()
    sink = FakeSink()
    async with temporary_store(folder) as store:
        desk = Desk(store, FakeClock(), sink)
        [story_id] = await desk.tell("wrong", channels=3)
        await deliver(desk.office)
        await desk.correct(story_id)
    at = 1
    while await broken_amendment(Path(shutil.copytree(folder, tmp_path / f"run-{at}")), sink, at, how):
        at += 1
    assert at > 7


async def broken_amendment(folder: Path, seeded: FakeSink, at: int, how: Break) -> bool:
    """Amend with a fault at call `at`, then on until nothing waits; whether the fault was reached."""
    async with temporary_store(folder) as store:
        desk = Desk(store, FakeClock(), FakeSink(posts=list(seeded.posts)))
        fault = Fault(at, how, lambda: StoreError("the disk is full"))
        desk.office.store = Breakable(store, fault)  # type: ignore[assignment]
        desk.office.sinks = {SinkKind.DISCORD: Breakable(desk.sink, fault)}  # type: ignore[dict-item]
        await run_until_broken(lambda: amend(desk.office), fault)
        mended = Desk(store, desk.clock, desk.sink)
        for _ in range(5):
            desk.clock.move(2 * MINUTE)
            if (await amend(mended.office)).again_at is None:
                break
        told = Counter((post.address, post.headline) for post in desk.sink.posts)
        assert told == Counter({(address, "right"): 1 for address in ("1001", "1002", "1003")}), fault.where
        shown = {(each.shown_revision, each.state) for each in await store.deliveries(limit=9)}
        assert shown == {(2, DeliveryState.SENT)}, fault.where
        return fault.was_reached
