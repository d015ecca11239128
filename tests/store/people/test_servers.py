"""Servers as their people set them up, suggestions, and forgetting."""

from dataclasses import replace

from bot.model import Server, SinkKind
from tests.builders import NOON, a_new_subscription
from tests.store.memory import Memory

LABEL = Server(
    "500", "Label", joined_at=NOON, lang="de", zone="Europe/Berlin", manager_role="77", approval_hours=4
)


async def test_a_server_comes_back_as_it_was_set_up_and_can_be_changed(memory: Memory) -> None:
    assert await memory.store.server("500") == Server("500")
    await memory.store.save_server(LABEL)
    assert await memory.store.server("500") == LABEL

    changed = replace(LABEL, removed_at=NOON, zone=None)
    await memory.store.save_server(changed)

    assert await memory.store.servers() == [changed]


async def test_a_suggestion_waits_until_it_is_settled(memory: Memory) -> None:
    made = await memory.store.add_suggestion("https://gazette.example", SinkKind.DISCORD, "42", "500", NOON)
    assert await memory.store.suggestions(settled=False) == [made]
    assert await memory.store.suggestions(person="43") == []

    assert await memory.store.settle_suggestion(made.id, NOON)

    assert await memory.store.suggestions(settled=False) == []
    assert not await memory.store.settle_suggestion(made.id + 1, NOON)


async def test_a_forgotten_server_leaves_nothing_and_others_keep_theirs(memory: Memory) -> None:
    await memory.store.save_server(LABEL)
    await memory.store.add_subscription(a_new_subscription("1001"), NOON)
    await memory.store.add_subscription(a_new_subscription("9999", server="600"), NOON)
    await memory.store.add_suggestion("https://gazette.example", SinkKind.DISCORD, "42", "500", NOON)

    assert await memory.store.forget_server("500") == 1

    assert await memory.store.servers() == []
    assert [each.address for each in await memory.store.destinations()] == ["9999"]
    (kept,) = await memory.store.suggestions()
    assert kept.server is None


async def test_a_forgotten_person_is_not_named_any_more(memory: Memory) -> None:
    await memory.store.add_subscription(a_new_subscription("1001", asked_by="42"), NOON)
    await memory.store.add_subscription(a_new_subscription("@42", server=None, asked_by="42"), NOON)
    await memory.store.add_suggestion("https://gazette.example", SinkKind.DISCORD, "42", None, NOON)

    assert await memory.store.forget_person(SinkKind.DISCORD, "42", ["@42"]) == 1

    (kept,) = await memory.store.subscriptions()
    assert (kept.destination.address, kept.asked_by) == ("1001", "somebody")
    assert await memory.store.suggestions() == []


async def test_what_waits_for_a_forgotten_destination_goes_with_it(memory: Memory) -> None:
    subscription = await memory.store.add_subscription(a_new_subscription("1001"), NOON)
    await memory.store.pause_destination(subscription.destination.id, "gone", NOON)

    assert await memory.store.forget_destination(subscription.destination.id) == 1
    assert await memory.store.subscriptions(address="1001") == []
