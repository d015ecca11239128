"""Who gets an edition: one delivery a destination, however it was asked for."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.logic.routing.filter import subject_of
from bot.logic.routing.route import Circumstances, Routed, delivery_key, route
from bot.model import (
    Destination,
    DigestKind,
    SinkKind,
    StoryView,
    Subscription,
    Timing,
    Topic,
    Urgency,
)
from tests.builders import NOON, a_destination, a_judged_entry, a_story

BERLIN = ZoneInfo("Europe/Berlin")


def a_subscription(
    subscription_id: int = 1,
    destination: Destination | None = None,
    platforms: frozenset[str] = frozenset(),
    topics: frozenset[Topic] = frozenset(),
    urgency: Urgency = Urgency.NOW,
    role: str | None = None,
    **changes: object,
) -> Subscription:
    return Subscription(
        subscription_id,
        destination or a_destination(),
        platforms,
        topics,
        urgency,
        role,
        "42",
        NOON,
        **changes,  # type: ignore[arg-type]
    )


def routed(
    *subscriptions: Subscription,
    platforms: tuple[str, ...] = ("SoundCloud",),
    n: int = 1,
    title: str = "Platform adds AI-training clause to its terms",
    **circumstances: object,
) -> Routed:
    view = StoryView(a_story(platforms=platforms, title=title), (a_judged_entry(title),), ())
    facts = Circumstances(NOON, zones={"Europe/Berlin": BERLIN}, **circumstances)  # type: ignore[arg-type]
    return route(subscriptions, subject_of(view, n), facts)


def reached(*subscriptions: Subscription, platforms: tuple[str, ...] = ("SoundCloud",)) -> list[int]:
    return [planned.destination_id for planned in routed(*subscriptions, platforms=platforms).deliveries]


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


# NOON is a Friday, two in the afternoon in Berlin.
def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def gathered(*subscriptions: Subscription, **changes: object) -> list[tuple[int, DigestKind, datetime]]:
    found = routed(*subscriptions, **changes)  # type: ignore[arg-type]
    return [(item.destination_id, item.kind, item.due_at) for item in found.items]


@pytest.mark.parametrize(
    ("urgency", "due_at"), [(Urgency.DAILY, "2025-05-10 07:00"), (Urgency.WEEKLY, "2025-05-12 07:00")]
)
def test_digests_wait_for_their_time_by_the_subscriptions_own_clock(urgency: Urgency, due_at: str) -> None:
    wish = a_subscription(urgency=urgency, timing=Timing("Europe/Berlin"))

    assert reached(wish) == []
    assert gathered(wish) == [(1, DigestKind(urgency.value), utc(due_at))]


def test_a_zone_that_is_not_known_counts_as_utc() -> None:
    wish = a_subscription(urgency=Urgency.DAILY, timing=Timing("Mars/Olympus"))

    assert gathered(wish) == [(1, DigestKind.DAILY, utc("2025-05-10 09:00"))]


def test_now_wins_over_digests_of_the_same_channel() -> None:
    both = (a_subscription(1, urgency=Urgency.DAILY), a_subscription(2))

    assert reached(*both) == [1]
    assert gathered(*both) == []


def test_one_item_a_channel_however_many_digests_want_it_and_the_next_one_takes_it() -> None:
    wishes = (a_subscription(1, urgency=Urgency.WEEKLY), a_subscription(2, urgency=Urgency.DAILY))

    assert gathered(*wishes) == [(1, DigestKind.DAILY, utc("2025-05-10 09:00"))]


def test_all_daily_subscriptions_of_a_channel_go_by_the_clock_of_the_oldest() -> None:
    oldest = a_subscription(
        1, urgency=Urgency.DAILY, topics=frozenset({Topic.LAWSUIT}), timing=Timing(minute=8 * 60)
    )
    other = a_subscription(2, urgency=Urgency.DAILY, timing=Timing(minute=20 * 60))

    assert gathered(oldest, other) == [(1, DigestKind.DAILY, utc("2025-05-10 08:00"))]


def test_in_quiet_hours_a_story_waits_for_their_end_unless_another_subscription_is_awake() -> None:
    asleep = a_subscription(1, timing=Timing("Europe/Berlin", quiet=(13 * 60, 15 * 60)))

    assert gathered(asleep) == [(1, DigestKind.QUIET, utc("2025-05-09 13:00"))]
    assert reached(asleep, a_subscription(2)) == [1]
    assert gathered(asleep, a_subscription(2)) == []


def test_an_account_that_is_full_for_the_day_tells_the_rest_in_the_evening() -> None:
    account = a_destination(sink=SinkKind.MASTODON, address="bot", server=None)
    wish = a_subscription(1, account, timing=Timing("Europe/Berlin"))

    assert reached(wish) == [1]
    assert gathered(wish, full=frozenset({1})) == [(1, DigestKind.EVENING, utc("2025-05-09 17:00"))]
    assert routed(wish, full=frozenset({1})).deliveries == ()


def test_what_is_muted_or_paused_is_not_routed() -> None:
    assert routed(a_subscription(), muted=frozenset({1})) == Routed()
    assert routed(a_subscription(paused_at=NOON)) == Routed()
    assert reached(a_subscription(1, paused_at=NOON), a_subscription(2)) == [1]


def test_a_server_that_approves_holds_its_channels_and_nobody_elses() -> None:
    elsewhere = a_destination(2, address="2", server="600")

    found = routed(a_subscription(1), a_subscription(2, elsewhere), holding={"500": 6})

    held, free = found.deliveries
    assert (held.is_held, held.release_at) == (True, NOON + timedelta(hours=6))
    assert (free.is_held, free.release_at) == (False, None)
    assert found.asks == ("500",)


def test_without_a_time_set_a_held_story_never_goes_out_by_itself() -> None:
    [held] = routed(a_subscription(), holding={"500": None}).deliveries

    assert (held.is_held, held.release_at) == (True, None)


def test_people_are_asked_about_what_waits_for_a_digest_too() -> None:
    assert routed(a_subscription(urgency=Urgency.DAILY), holding={"500": None}).asks == ("500",)
    assert routed(a_subscription(topics=frozenset({Topic.LAWSUIT})), holding={"500": None}).asks == ()


def test_who_follows_a_story_gets_its_updates_and_no_other_story() -> None:
    person = a_destination(5, address="@42", server=None)
    follows = a_subscription(1, person, story_id="sabcdefghij")

    assert [p.destination_id for p in routed(follows, n=2).deliveries] == [5]
    assert routed(follows, n=1) == Routed()
    assert routed(a_subscription(1, person, story_id="sother"), n=2) == Routed()


def test_two_subscriptions_of_one_channel_make_one_delivery_with_both_roles() -> None:
    both = [
        a_subscription(1, role="20"),
        a_subscription(2, role="10", topics=frozenset({Topic.TERMS_TRAINING})),
        a_subscription(3, role="10"),
        a_subscription(4, role="30", topics=frozenset({Topic.LAWSUIT})),
    ]

    [planned] = routed(*both).deliveries

    assert planned.roles == ("10", "20")


def test_destinations_come_in_the_order_of_their_ids_paused_ones_too() -> None:
    later = a_destination(7, address="7", paused_at=NOON, paused_why="no access")

    assert reached(a_subscription(1, later), a_subscription(2, a_destination(3, address="3"))) == [3, 7]


def test_no_subscriptions_make_no_deliveries() -> None:
    assert routed() == Routed()


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
