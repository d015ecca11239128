"""Who gets an edition: one delivery a destination, however it was asked for."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.logic.route import delivery_key, route
from bot.model import Destination, Subscription, Topic, Urgency
from tests.builders import NOON, a_destination, a_story, an_edition


def a_subscription(
    subscription_id: int = 1,
    destination: Destination | None = None,
    platforms: frozenset[str] = frozenset(),
    topics: frozenset[Topic] = frozenset(),
    urgency: Urgency = Urgency.NOW,
    role: str | None = None,
) -> Subscription:
    return Subscription(
        subscription_id, destination or a_destination(), platforms, topics, urgency, role, "42", NOON
    )


def reached(*subscriptions: Subscription, platforms: tuple[str, ...] = ("SoundCloud",)) -> list[int]:
    story = a_story(platforms=platforms)
    return [planned.destination_id for planned in route(subscriptions, story, an_edition())]


def test_a_subscription_that_names_nothing_wants_everything() -> None:
    assert reached(a_subscription()) == [1]
    assert reached(a_subscription(), platforms=()) == [1]


@pytest.mark.parametrize("asked", ["SoundCloud", "soundcloud", "Sound Cloud", "SOUND-CLOUD"])
def test_a_platform_is_matched_however_it_is_written(asked: str) -> None:
    assert reached(a_subscription(platforms=frozenset({asked}))) == [1]


def test_other_platforms_and_topics_are_left_out() -> None:
    assert reached(a_subscription(platforms=frozenset({"Deezer"}))) == []
    assert reached(a_subscription(platforms=frozenset({"SoundCloud"})), platforms=()) == []
    assert reached(a_subscription(topics=frozenset({Topic.LAWSUIT}))) == []


def test_platform_and_topic_must_both_fit() -> None:
    soundcloud, terms = frozenset({"SoundCloud"}), frozenset({Topic.TERMS_TRAINING})

    assert reached(a_subscription(platforms=soundcloud, topics=terms)) == [1]
    assert reached(a_subscription(platforms=frozenset({"Deezer"}), topics=terms)) == []
    assert reached(a_subscription(platforms=soundcloud, topics=frozenset({Topic.LAWSUIT}))) == []


def test_names_of_signs_alone_do_not_match_each_other() -> None:
    assert reached(a_subscription(platforms=frozenset({"!!!"})), platforms=("???",)) == []
    assert reached(a_subscription(platforms=frozenset({"!!!"})), platforms=("!!!",)) == [1]


@pytest.mark.parametrize("urgency", [Urgency.DAILY, Urgency.WEEKLY])
def test_digests_are_not_routed_at_once(urgency: Urgency) -> None:
    assert reached(a_subscription(urgency=urgency)) == []


def test_two_subscriptions_of_one_channel_make_one_delivery_with_both_roles() -> None:
    both = [
        a_subscription(1, role="20"),
        a_subscription(2, role="10", topics=frozenset({Topic.TERMS_TRAINING})),
        a_subscription(3, role="10"),
        a_subscription(4, role="30", topics=frozenset({Topic.LAWSUIT})),
    ]

    [planned] = route(both, a_story(), an_edition())

    assert planned.roles == ("10", "20")


def test_destinations_come_in_the_order_of_their_ids_paused_ones_too() -> None:
    later = a_destination(7, address="7", paused_at=NOON, paused_why="no access")

    assert reached(a_subscription(1, later), a_subscription(2, a_destination(3, address="3"))) == [3, 7]


def test_no_subscriptions_make_no_deliveries() -> None:
    assert route((), a_story(), an_edition()) == ()


def test_the_key_of_a_delivery_never_changes() -> None:
    # Written down: a release that changed it would post again what an older one left unclear.
    assert delivery_key("sabcdefghij", 1, 1) == "lg6t4keqigz4xuiydgxi"


@settings(deadline=None)
@given(st.tuples(st.text(max_size=12), st.integers(1, 99), st.integers(1, 10**9)), st.data())
def test_keys_fit_a_nonce_and_differ(identity: tuple[str, int, int], data: st.DataObject) -> None:
    other = data.draw(st.tuples(st.text(max_size=12), st.integers(1, 99), st.integers(1, 10**9)))

    key = delivery_key(*identity)

    assert re.fullmatch(r"[a-z0-9-]{1,25}", key)
    assert (key == delivery_key(*other)) is (identity == other)
