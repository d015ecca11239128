"""Who wants what, and where."""

from dataclasses import replace
from datetime import timedelta

from bot.model import Receipt, SinkKind, Topic, Urgency
from tests.builders import NOON, a_new_subscription
from tests.store.memory import ALL_SINKS, Memory

LATER = NOON + timedelta(hours=1)
EVERYTHING = a_new_subscription(
    "2002",
    destination_name="@smallprint@example.social",
    sink=SinkKind.MASTODON,
    server=None,
    platforms=frozenset({"Udio", "Suno"}),
    topics=frozenset({Topic.LAWSUIT, Topic.CAMPAIGN}),
    urgency=Urgency.WEEKLY,
    role="77",
    asked_by="operator",
)


async def test_a_subscription_comes_back_as_it_was_asked_for(memory: Memory) -> None:
    kept = await memory.store.add_subscription(EVERYTHING, NOON)

    for name in ("platforms", "topics", "urgency", "role", "asked_by"):
        assert getattr(kept, name) == getattr(EVERYTHING, name), name
    there = kept.destination
    assert (there.sink, there.address, there.name) == (
        SinkKind.MASTODON,
        "2002",
        "@smallprint@example.social",
    )
    assert (there.server, there.created_at, kept.created_at) == (None, NOON, NOON)
    assert await memory.store.subscriptions() == [kept]


async def test_an_equal_subscription_is_the_one_that_is_there(memory: Memory) -> None:
    for new in (EVERYTHING, a_new_subscription()):
        kept = await memory.store.add_subscription(new, NOON)

        again = await memory.store.add_subscription(replace(new, asked_by="somebody else"), LATER)

        assert again == kept
    assert len(await memory.store.subscriptions()) == 2


async def test_every_part_of_a_wish_makes_it_another_subscription(memory: Memory) -> None:
    first = await memory.subscribe()
    others = [
        await memory.subscribe(platforms=frozenset({"Udio"})),
        await memory.subscribe(topics=frozenset({Topic.LAWSUIT})),
        await memory.subscribe(urgency=Urgency.DAILY),
        await memory.subscribe(role="5"),
    ]

    assert len({each.id for each in [first, *others]}) == 5
    assert {each.destination.id for each in others} == {first.destination.id}


async def test_subscribing_takes_the_pause_away_and_learns_the_new_name(memory: Memory) -> None:
    there = await memory.destination("1001")
    await memory.store.pause_destination(there.id, "I cannot post there", NOON)

    kept = await memory.subscribe("1001", destination_name="#renamed", topics=frozenset({Topic.LAWSUIT}))

    assert kept.destination == replace(there, name="#renamed")
    assert await memory.store.destinations() == [kept.destination]


async def test_subscriptions_are_listed_oldest_first_by_server_and_destination(memory: Memory) -> None:
    here = await memory.subscribe("1001", server="500")
    there = await memory.subscribe("1002", server="600")
    also = await memory.subscribe("1001", server="500", role="5")

    assert await memory.store.subscriptions() == [here, there, also]
    assert await memory.store.subscriptions(server="600") == [there]
    assert await memory.store.subscriptions(destination_id=here.destination.id) == [here, also]
    assert await memory.store.subscriptions(server="700") == []


async def test_the_number_of_a_removed_subscription_is_never_used_again(memory: Memory) -> None:
    first = await memory.subscribe("1001")

    assert await memory.store.remove_subscription(first.id) == first

    assert await memory.store.remove_subscription(first.id) is None
    assert (await memory.subscribe("1001")).id > first.id


async def test_leaving_abandons_what_was_on_its_way(memory: Memory) -> None:
    kept = await memory.subscribe("1001")
    await memory.subscribe("1002")
    everywhere = await memory.store.destinations()
    for story_id in ("told", "unclear", "waiting"):
        await memory.publish(story_id, *everywhere)
    head = (await memory.store.due(NOON, ALL_SINKS, 1))[0]
    await memory.store.claim(head.id, NOON, "me")
    await memory.store.mark_sent(head.id, Receipt("1"), NOON)
    head = next(
        each for each in await memory.store.due(NOON, ALL_SINKS, 9) if each.destination == kept.destination
    )
    await memory.store.claim(head.id, NOON, "me")
    await memory.store.mark_unclear(head.id, "no answer")

    await memory.store.remove_subscription(kept.id)

    assert await memory.states() == {
        "told@1001": "sent",
        "unclear@1001": "abandoned",
        "waiting@1001": "abandoned",
        "told@1002": "due",
        "unclear@1002": "due",
        "waiting@1002": "due",
    }


async def test_who_leaves_while_a_message_is_being_sent_does_not_get_it_by_the_next_try(
    memory: Memory,
) -> None:
    kept = await memory.subscribe("1001")
    await memory.publish("one", kept.destination)
    head = await memory.head()
    await memory.store.claim(head.id, NOON, "me")
    await memory.store.remove_subscription(kept.id)
    assert await memory.states() == {"one@1001": "sending"}

    await memory.store.mark_due(head.id, NOON, "busy")

    assert await memory.states() == {"one@1001": "abandoned"}


async def test_what_somebody_else_there_wants_stays_on_its_way(memory: Memory) -> None:
    first = await memory.subscribe("1001")
    await memory.subscribe("1001", topics=frozenset({Topic.LAWSUIT}))
    await memory.publish("one", first.destination)

    await memory.store.remove_subscription(first.id)

    assert await memory.states() == {"one@1001": "due"}


async def test_a_destination_is_paused_once_and_resumed_once(memory: Memory) -> None:
    there = await memory.destination()

    assert await memory.store.pause_destination(there.id, "no access", NOON)
    assert not await memory.store.pause_destination(there.id, "again", LATER)

    (paused,) = await memory.store.destinations()
    assert (paused.paused_at, paused.paused_why) == (NOON, "no access")
    assert await memory.store.resume_destination(there.id)
    assert not await memory.store.resume_destination(there.id)
    assert await memory.store.destinations() == [there]


async def test_destinations_are_listed_by_sink(memory: Memory) -> None:
    discord = await memory.destination("1001")
    mastodon = (await memory.store.add_subscription(EVERYTHING, NOON)).destination

    assert await memory.store.destinations() == [discord, mastodon]
    assert await memory.store.destinations(sink=SinkKind.MASTODON) == [mastodon]
    assert await memory.store.destinations(sink=SinkKind.CONSOLE) == []
