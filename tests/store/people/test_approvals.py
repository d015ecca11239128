"""Decisions about held stories, what readers say, and mutes, on every database."""

import asyncio
from datetime import timedelta

import pytest

from bot.logic.messages.approval import card_id, card_of, decided_card
from bot.model import (
    Approval,
    Decision,
    DeliveryState,
    Feedback,
    PlannedDelivery,
    Publication,
    Server,
    SinkKind,
)
from bot.model.plans import PlannedCard
from bot.words import words
from tests.builders import NOON, a_message, a_new_subscription
from tests.store.memory import Memory

STORY = "sabcdefghij"
HOUR = timedelta(hours=1)


async def held(memory: Memory, *servers: str, hours: int | None = None) -> None:
    """The story waits at each of these servers, its card delivered."""
    store = memory.store
    await memory.story(STORY)
    message = a_message(story_id=STORY)
    deliveries, cards = [], []
    for n, server in enumerate(servers):
        await store.save_server(Server(server, approval_channel=f"9{n}", approval_hours=hours))
        wanted = await store.add_subscription(a_new_subscription(f"100{n}", server=server), NOON)
        places = await store.approval_places([server], NOON)
        deliveries.append(PlannedDelivery(wanted.destination.id, (), f"held-{n}", is_held=True))
        planned = PlannedDelivery(places[server], (), f"card-{n}")
        cards.append(PlannedCard(server, card_of(message, server), planned))
    await store.save_publication(Publication(STORY, 1, message, tuple(deliveries), NOON, cards=tuple(cards)))


def a_decision(server: str = "500", decision: Decision = Decision.APPROVED, **changes: str) -> Approval:
    return Approval(server, STORY, 1, NOON, decision, "42", NOON + HOUR, **changes)


async def states(memory: Memory) -> dict[str | None, DeliveryState]:
    found = await memory.store.deliveries(limit=9, story_id=STORY)
    return {each.destination.server: each.state for each in found}


async def test_a_decision_holds_for_its_server_alone(memory: Memory) -> None:
    await held(memory, "500", "600")

    assert await memory.store.decide(a_decision(), None, NOON + HOUR)

    assert await states(memory) == {"500": DeliveryState.DUE, "600": DeliveryState.HELD}
    assert await memory.store.approval("500", STORY, 1) == a_decision()
    waiting = await memory.store.approval("600", STORY, 1)
    assert waiting is not None
    assert waiting.decision is None


async def test_of_many_who_press_at_once_one_decides(memory: Memory) -> None:
    await held(memory, "500")
    wishes = [a_decision(decision=each) for each in (Decision.APPROVED, Decision.SKIPPED) * 5]

    won = await asyncio.gather(*(memory.store.decide(wish, None, NOON + HOUR) for wish in wishes))

    assert sum(won) == 1
    kept = await memory.store.approval("500", STORY, 1)
    assert kept is not None
    expected = DeliveryState.DUE if kept.decision is Decision.APPROVED else DeliveryState.ABANDONED
    assert await states(memory) == {"500": expected}


async def test_a_posted_card_is_to_be_edited_and_a_waiting_one_just_reads_otherwise(memory: Memory) -> None:
    await held(memory, "500")
    card = await memory.store.composed(card_id("500", STORY), 1)
    assert card is not None
    await memory.store.decide(a_decision(), decided_card(card, a_decision(), "Ada", words("en")), NOON + HOUR)

    [delivery] = await memory.store.deliveries(limit=9, story_id=card_id("500", STORY))
    assert delivery.message.decision == "Approved by Ada"
    assert delivery.message.revision == 2
    assert delivery.edit_due_at is None  # not posted yet: it is posted as decided


@pytest.mark.parametrize(("hours", "due"), [(None, 0), (1, 1), (24, 0)])
async def test_only_what_waited_as_long_as_its_server_allows_is_overdue(
    memory: Memory, hours: int | None, due: int
) -> None:
    await held(memory, "500", hours=hours)

    assert len(await memory.store.overdue_approvals(NOON + HOUR)) == due
    expected = None if hours is None else NOON + hours * HOUR
    assert await memory.store.next_release_at() == expected


async def test_a_decided_story_is_not_overdue(memory: Memory) -> None:
    await held(memory, "500", hours=1)
    await memory.store.decide(a_decision(decision=Decision.SKIPPED), None, NOON)

    assert await memory.store.overdue_approvals(NOON + 9 * HOUR) == []
    assert await memory.store.next_release_at() is None


async def test_not_relevant_is_kept_once_a_person_and_platform(memory: Memory) -> None:
    await memory.story(STORY)
    said = Feedback(STORY, SinkKind.DISCORD, "42", "500", NOON)
    elsewhere = Feedback(STORY, SinkKind.MASTODON, "42", None, NOON + HOUR)

    assert await memory.store.add_feedback(said)
    assert not await memory.store.add_feedback(said)
    assert await memory.store.add_feedback(elsewhere)
    assert await memory.store.feedback(limit=9) == [elsewhere, said]

    assert await memory.store.remove_feedback(STORY, SinkKind.DISCORD, "42")
    assert not await memory.store.remove_feedback(STORY, SinkKind.DISCORD, "42")
    assert await memory.store.feedback(limit=9) == [elsewhere]


async def test_a_mute_holds_where_it_was_set_until_it_is_taken_back(memory: Memory) -> None:
    wanted = await memory.store.add_subscription(a_new_subscription(), NOON)
    place = wanted.destination.id

    assert await memory.store.mute(place, STORY, "42", NOON)
    assert not await memory.store.mute(place, STORY, "43", NOON)
    assert (await memory.store.routing_facts(STORY, NOON)).muted == {place}
    assert (await memory.store.routing_facts("sother", NOON)).muted == frozenset()

    assert await memory.store.unmute(place, STORY)
    assert not await memory.store.unmute(place, STORY)
