"""The queues: what is due, who may claim it, and what becomes of it."""

from datetime import timedelta

import pytest

from bot.errors import StoreError
from bot.model import DeliveryState, PlannedDelivery, Publication, Receipt, SinkKind
from tests.builders import NOON, a_message, an_edition
from tests.store.memory import ALL_SINKS, HOUR, Memory

SECOND = timedelta(seconds=1)


async def test_a_publication_makes_one_delivery_per_destination_and_a_repeat_makes_none(
    memory: Memory,
) -> None:
    there = [await memory.destination(address) for address in ("1001", "1002")]

    assert await memory.publish("one", *there) == 2
    assert await memory.publish("one", *there) == 0

    assert await memory.states() == {"one@1001": "due", "one@1002": "due"}
    assert await memory.store.ready_editions(5) == []


async def test_a_repeat_adds_only_the_destinations_that_are_new(memory: Memory) -> None:
    first = await memory.destination("1001")
    await memory.publish("one", first)

    assert await memory.publish("one", first, await memory.destination("1002")) == 1


async def test_the_first_telling_of_an_edition_stays(memory: Memory) -> None:
    there = await memory.destination()
    await memory.publish("one", there)
    other = a_message("Told otherwise", story_id="one", n=1)

    await memory.store.save_publication(Publication("one", 1, other, (), NOON))

    assert (await memory.head()).message.headline == "Headline of one"


async def test_a_publication_without_destinations_is_published_all_the_same(memory: Memory) -> None:
    assert await memory.publish("one") == 0

    assert await memory.store.ready_editions(5) == []


async def test_an_edition_that_is_not_there_cannot_be_published(memory: Memory) -> None:
    there = await memory.destination()
    publication = Publication("nowhere", 1, a_message(), (PlannedDelivery(there.id, (), "k"),), NOON)

    with pytest.raises(StoreError, match="no edition 1 of story nowhere"):
        await memory.store.save_publication(publication)

    assert await memory.states() == {}


async def test_a_key_that_stands_for_two_deliveries_is_an_error_and_never_a_lost_one(memory: Memory) -> None:
    there = [await memory.destination(address) for address in ("1001", "1002")]
    await memory.story("one")
    planned = tuple(PlannedDelivery(each.id, (), "same") for each in there)

    with pytest.raises(StoreError):
        await memory.store.save_publication(Publication("one", 1, a_message(story_id="one"), planned, NOON))

    assert await memory.states() == {}
    assert await memory.store.ready_editions(5) == [("one", 1)]


async def test_a_delivery_carries_its_message_destination_and_roles(memory: Memory) -> None:
    there = await memory.destination()
    await memory.story("one")
    message = a_message(story_id="one")
    planned = PlannedDelivery(there.id, ("7", "8"), "key-1")
    await memory.store.save_publication(Publication("one", 1, message, (planned,), NOON))

    head = await memory.head()

    assert (head.message, head.destination, head.roles, head.key) == (message, there, ("7", "8"), "key-1")
    assert (head.state, head.created_at, head.due_at, head.tries) == (DeliveryState.DUE, NOON, NOON, 0)
    assert (head.claimed_at, head.done_at, head.remote_id, head.remote_url) == (None, None, None, None)


async def test_each_destination_offers_its_oldest_delivery_only(memory: Memory) -> None:
    there = [await memory.destination(address) for address in ("1001", "1002")]
    await memory.publish("first", *there)
    await memory.publish("second", *there)

    assert await memory.due() == ["first@1001", "first@1002"]
    assert await memory.due(limit=1) == ["first@1001"]


async def test_longest_due_comes_first_whatever_its_number(memory: Memory) -> None:
    late, early = [await memory.destination(address) for address in ("1001", "1002")]
    await memory.publish("late", late, at=NOON)
    await memory.publish("early", early, at=NOON - HOUR)

    assert await memory.due() == ["early@1002", "late@1001"]


async def test_a_head_that_is_not_due_yet_holds_back_what_stands_behind_it(memory: Memory) -> None:
    there = await memory.destination()
    await memory.publish("first", there)
    await memory.publish("second", there)
    head = await memory.head()

    await memory.store.postpone(head.id, NOON + HOUR, "one an hour")

    assert await memory.due(NOON + HOUR - SECOND) == []
    assert await memory.due(NOON + HOUR) == ["first@1001"]
    assert await memory.store.next_due_at() == NOON + HOUR


async def test_nothing_overtakes_what_is_under_way_or_unclear(memory: Memory) -> None:
    there = await memory.destination()
    await memory.publish("first", there)
    await memory.publish("second", there)
    head = await memory.head()
    await memory.store.claim(head.id, NOON, "me")

    assert await memory.due() == []
    await memory.store.mark_unclear(head.id, "no answer")
    assert await memory.due() == []
    assert await memory.store.next_due_at() is None

    await memory.store.mark_sent(head.id, Receipt("9"), NOON)
    assert await memory.due() == ["second@1001"]


async def test_an_abandoned_delivery_is_stepped_over(memory: Memory) -> None:
    there = await memory.destination()
    await memory.publish("first", there)
    await memory.publish("second", there)

    await memory.store.mark_abandoned((await memory.head()).id, "too long", NOON)

    assert await memory.due() == ["second@1001"]
    (given_up,) = await memory.store.deliveries(limit=5, state=DeliveryState.ABANDONED)
    assert (given_up.last_error, given_up.done_at) == ("too long", NOON)


async def test_a_paused_destination_offers_nothing_and_the_others_go_on(memory: Memory) -> None:
    stuck, fine = [await memory.destination(address) for address in ("1001", "1002")]
    await memory.publish("one", stuck, fine)

    await memory.store.pause_destination(stuck.id, "no access", NOON)

    assert await memory.due() == ["one@1002"]
    await memory.store.resume_destination(stuck.id)
    assert await memory.due() == ["one@1001", "one@1002"]


async def test_only_the_sinks_asked_for_are_offered(memory: Memory) -> None:
    there = [
        await memory.destination("1001"),
        await memory.destination("me@example.social", sink=SinkKind.MASTODON, server=None),
    ]
    await memory.publish("one", *there)

    due = await memory.store.due(NOON, [SinkKind.MASTODON], 5)

    assert [each.destination for each in due] == [there[1]]
    assert await memory.store.due(NOON, [], 5) == []


async def test_a_claim_is_won_once(memory: Memory) -> None:
    await memory.publish("one", await memory.destination())
    head = await memory.head()

    assert await memory.store.claim(head.id, NOON, "me")
    assert not await memory.store.claim(head.id, NOON, "you")
    assert not await memory.store.claim(head.id, NOON, "me")

    (claimed,) = await memory.store.deliveries(limit=1)
    assert (claimed.state, claimed.claimed_at, claimed.tries) == (DeliveryState.SENDING, NOON, 1)


async def test_what_is_not_due_not_first_or_paused_cannot_be_claimed(memory: Memory) -> None:
    there = await memory.destination()
    await memory.publish("first", there)
    await memory.publish("second", there)
    second, first = await memory.store.deliveries(limit=2)

    assert not await memory.store.claim(second.id, NOON, "me")
    assert not await memory.store.claim(first.id, NOON - SECOND, "me")
    await memory.store.pause_destination(there.id, "no access", NOON)
    assert not await memory.store.claim(first.id, NOON, "me")
    assert not await memory.store.claim(99, NOON, "me")

    await memory.store.resume_destination(there.id)
    assert await memory.store.claim(first.id, NOON, "me")


async def test_a_sent_delivery_keeps_its_receipt(memory: Memory) -> None:
    await memory.publish("one", await memory.destination())
    head = await memory.head()
    await memory.store.claim(head.id, NOON, "me")

    await memory.store.mark_sent(head.id, Receipt("9", "https://chat.example/9"), NOON + SECOND)

    (sent,) = await memory.store.deliveries(limit=1)
    assert (sent.state, sent.remote_id, sent.remote_url) == (
        DeliveryState.SENT,
        "9",
        "https://chat.example/9",
    )
    assert (sent.done_at, sent.last_error) == (NOON + SECOND, "")
    assert await memory.due() == []
    assert await memory.store.next_due_at() is None


async def test_a_delivery_that_is_not_there_cannot_be_sent(memory: Memory) -> None:
    with pytest.raises(StoreError, match="no delivery 99"):
        await memory.store.mark_sent(99, Receipt("9"), NOON)


async def test_a_failed_delivery_is_due_again_later_with_its_history(memory: Memory) -> None:
    await memory.publish("one", await memory.destination())
    head = await memory.head()
    await memory.store.claim(head.id, NOON, "me")

    await memory.store.mark_due(head.id, NOON + HOUR, "busy")

    assert await memory.due(NOON) == []
    again = await memory.head(NOON + HOUR)
    assert (again.tries, again.claimed_at, again.last_error) == (1, NOON, "busy")
    assert await memory.store.claim(again.id, NOON + HOUR, "me")
    assert (await memory.store.deliveries(limit=1))[0].tries == 2


@pytest.mark.parametrize("late", ["due", "unclear", "abandoned", "postpone"])
async def test_late_news_never_takes_back_that_a_message_was_sent(memory: Memory, late: str) -> None:
    await memory.publish("one", await memory.destination())
    sent = (await memory.head()).id
    await memory.store.claim(sent, NOON, "me")
    await memory.store.mark_sent(sent, Receipt("9"), NOON)

    if late == "due":
        await memory.store.mark_due(sent, NOON, "late")
    elif late == "unclear":
        await memory.store.mark_unclear(sent, "late")
    elif late == "abandoned":
        await memory.store.mark_abandoned(sent, "late", NOON)
    else:
        await memory.store.postpone(sent, NOON, "late")

    assert await memory.states() == {"one@1001": "sent"}


async def test_a_message_that_arrived_after_all_counts_as_sent(memory: Memory) -> None:
    await memory.publish("one", await memory.destination())
    head = await memory.head()
    await memory.store.mark_abandoned(head.id, "gave up", NOON)

    await memory.store.mark_sent(head.id, Receipt("9"), NOON)

    assert await memory.states() == {"one@1001": "sent"}


async def test_what_a_dead_process_was_sending_becomes_unclear(memory: Memory) -> None:
    for number, (holder, at) in enumerate([("dead", NOON - HOUR), ("dead", NOON), ("me", NOON - HOUR)]):
        there = await memory.destination(str(number))
        await memory.publish(f"story-{number}", there, at=NOON - HOUR)
        head = (await memory.store.due(NOON, ALL_SINKS, 1))[0]
        assert await memory.store.claim(head.id, at, holder)

    assert await memory.store.recover("me", NOON - SECOND) == 1
    assert await memory.store.recover("me", NOON - SECOND) == 0

    assert await memory.states() == {"story-0@0": "unclear", "story-1@1": "sending", "story-2@2": "sending"}


async def test_unclear_deliveries_come_oldest_first_without_paused_destinations(memory: Memory) -> None:
    there = [await memory.destination(address) for address in ("1001", "1002", "1003")]
    await memory.publish("one", *there)
    for head in await memory.store.due(NOON, ALL_SINKS, 9):
        await memory.store.claim(head.id, NOON, "me")
        await memory.store.mark_unclear(head.id, "no answer")
    await memory.store.pause_destination(there[1].id, "no access", NOON)

    async def unclear(*sinks: SinkKind, limit: int = 9) -> list[str]:
        return [each.destination.address for each in await memory.store.unclear(sinks, limit)]

    assert await unclear(SinkKind.DISCORD) == ["1001", "1003"]
    assert await unclear(SinkKind.DISCORD, limit=1) == ["1001"]
    assert await unclear(SinkKind.MASTODON) == []


async def test_an_unclear_delivery_that_did_not_arrive_is_due_again(memory: Memory) -> None:
    await memory.publish("one", await memory.destination())
    head = await memory.head()
    await memory.store.claim(head.id, NOON, "me")
    await memory.store.mark_unclear(head.id, "no answer")

    await memory.store.mark_due(head.id, NOON, "did not arrive")

    assert await memory.due() == ["one@1001"]


async def test_ceilings_count_what_was_sent_and_what_may_have_been(memory: Memory) -> None:
    there = await memory.destination()
    for number in range(3):
        await memory.publish(f"story-{number}", there, at=NOON - HOUR)
    for number in range(2):
        head = await memory.head()
        await memory.store.claim(head.id, NOON + number * SECOND, "me")
        await memory.store.mark_sent(head.id, Receipt(str(number)), NOON + number * SECOND)
    await memory.store.claim((await memory.head(NOON)).id, NOON + HOUR, "me")

    assert await memory.store.sent_times(there.id, NOON) == [NOON, NOON + SECOND, NOON + HOUR]
    assert await memory.store.sent_times(there.id, NOON + SECOND) == [NOON + SECOND, NOON + HOUR]
    assert await memory.store.sent_times(99, NOON) == []


async def test_a_later_turn_finds_the_storys_first_message_at_that_destination(memory: Memory) -> None:
    here, there = [await memory.destination(address) for address in ("1001", "1002")]
    story = await memory.story("one")
    await memory.publish("one", here, there)
    assert await memory.store.first_remote_id("one", here.id) is None
    head = await memory.head()
    await memory.store.claim(head.id, NOON, "me")
    await memory.store.mark_sent(head.id, Receipt("first"), NOON)
    entry_id = await memory.entry("It denies")
    await memory.cluster(entry_id, story, an_edition("one", 2, entry_id=entry_id))
    await memory.publish("one", here, n=2)
    head = next(each for each in await memory.store.due(NOON, ALL_SINKS, 9) if each.message.n == 2)
    await memory.store.claim(head.id, NOON, "me")
    await memory.store.mark_sent(head.id, Receipt("second"), NOON)

    assert await memory.store.first_remote_id("one", here.id) == "first"
    assert await memory.store.first_remote_id("one", there.id) is None


async def test_deliveries_are_listed_newest_first_by_state_and_story(memory: Memory) -> None:
    there = await memory.destination()
    await memory.publish("one", there)
    await memory.publish("two", there)

    async def listed(**filters: object) -> list[str]:
        found = await memory.store.deliveries(**({"limit": 9} | filters))  # type: ignore[arg-type]
        return [each.message.story_id for each in found]

    assert await listed() == ["two", "one"]
    assert await listed(limit=1) == ["two"]
    assert await listed(story_id="one") == ["one"]
    assert await listed(state=DeliveryState.SENT) == []


async def test_only_what_a_clock_that_ran_ahead_put_off_is_hastened(memory: Memory) -> None:
    month, day = timedelta(days=30), timedelta(days=1)
    told_ahead, put_off_ahead, waits = [await memory.destination(address) for address in "123"]
    await memory.publish("ahead", told_ahead, at=NOON + month)
    await memory.publish("put-off", put_off_ahead)
    await memory.publish("waits", waits)
    for head, until in zip(await memory.store.due(NOON, ALL_SINKS, 9), (month, 5 * HOUR), strict=True):
        await memory.store.postpone(head.id, NOON + until, "a ceiling")

    assert await memory.store.release_overlong_waits(NOON, day) == 2
    assert await memory.store.release_overlong_waits(NOON, day) == 0

    assert sorted(await memory.due()) == ["ahead@1", "put-off@2"]
