"""smallprint subscribe, unsubscribe, subscriptions; stories, deliveries."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.store import open_store
from tests.cli.conftest import Room
from tests.cli.feeds import IDLE, NEWS, NEWS_TEXT, FeedSite


@pytest.fixture
def watched(room: Room, site: FeedSite) -> Room:
    """A room where one story was posted to the terminal."""
    room.watch(site.show("/feed", (IDLE, "")))
    room.run("once")
    site.show("/feed", (NEWS, NEWS_TEXT), (IDLE, ""))
    assert NEWS in room.run("once", "--all").out
    return room


def test_a_channel_is_subscribed_listed_and_unsubscribed(room: Room) -> None:
    made = room.run(
        "subscribe", "--discord", "1001", "--platform", "soundcloud", "--topic", "lawsuit", "--role", "77"
    )
    (row,) = room.run("subscriptions", "--json").json
    listed = room.run("subscriptions").out
    removed = room.run("unsubscribe", str(row["id"]))

    assert made.code == 0, made.err
    assert made.out == "Subscription 1: SoundCloud; lawsuit to channel 1001.\n"
    assert (row["sink"], row["address"], row["platforms"], row["topics"], row["role"]) == (
        "discord", "1001", ["SoundCloud"], ["lawsuit"], "77",
    )  # fmt: skip
    assert "SoundCloud; lawsuit" in listed
    assert removed.out.startswith("Removed subscription 1")
    assert room.run("subscriptions", "--json").json == []


def test_the_mastodon_account_and_the_terminal_can_be_subscribed(room: Room) -> None:
    room.set("MASTODON_URL", "https://social.example")

    assert "to social.example." in room.run("subscribe", "--mastodon").out
    assert "to the terminal." in room.run("subscribe", "--console", "--topic", "opt-out").out


def test_the_terminal_stays_unsubscribed_at_the_next_start_until_it_is_subscribed_again(
    watched: Room, site: FeedSite
) -> None:
    (row,) = watched.run("subscriptions", "--json").json
    watched.run("unsubscribe", str(row["id"]))

    without = watched.run("once", "--all")
    left = watched.run("subscriptions", "--json").json
    watched.run("subscribe", "--console")
    again = watched.run("once", "--all")

    assert left == []
    assert "Nobody has subscribed" in without.err
    assert "--console" in without.err
    assert "Nobody has subscribed" not in again.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--mastodon"], "Set SMALLPRINT_MASTODON_URL"),
        (["--console", "--platform", "Soundclod"], "Did you mean SoundCloud"),
    ],
)
def test_what_cannot_be_subscribed_is_refused_with_what_to_do(
    room: Room, arguments: list[str], said: str
) -> None:
    refused = room.run("subscribe", *arguments)

    assert refused.code == 1
    assert said in refused.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Say where to"),
        (["--console", "--mastodon"], "Say where to"),
        (["--discord", "1001", "--console"], "Say where to"),
        (["--discord", "#ai-policy"], "is not a channel id"),
        (["--discord", "9" * 30], "is not a channel id"),
        (["--discord", "1001", "--role", "@here"], "number of a Discord role"),
        (["--console", "--role", "77"], "number of a Discord role"),
    ],
)
def test_a_destination_that_is_missing_double_or_no_id_is_wrong_usage(
    room: Room, arguments: list[str], said: str
) -> None:
    wrong = room.run("subscribe", *arguments)

    assert wrong.code == 2
    assert said in " ".join(wrong.err.replace("│", " ").split())
    assert not (room.folder / "data").exists()


def test_an_unknown_topic_is_wrong_usage(room: Room) -> None:
    wrong = room.run("subscribe", "--console", "--topic", "gossip")

    assert wrong.code == 2
    assert "lawsuit" in wrong.err


def test_unsubscribing_what_is_not_there_is_refused(room: Room) -> None:
    room.run("subscribe", "--console")

    refused = room.run("unsubscribe", "99")

    assert refused.code == 1
    assert "no subscription 99" in refused.err


def test_without_a_database_lists_say_what_to_do(room: Room) -> None:
    for command in ("stories", "deliveries", "subscriptions"):
        said = room.run(command)
        assert said.code == 1
        assert "There is no database at data/smallprint.db yet" in said.err


def test_stories_and_deliveries_show_what_happened(watched: Room) -> None:
    (story,) = watched.run("stories", "--json").json
    (delivery,) = watched.run("deliveries", "--json").json

    assert story["title"] == NEWS
    assert [edition["state"] for edition in story["editions"]] == ["published"]
    assert (delivery["state"], delivery["story"], delivery["headline"]) == ("sent", story["id"], NEWS)
    assert NEWS in watched.run("stories").out
    assert "sent\tconsole\tthe terminal" in watched.run("deliveries").out
    assert watched.run("stories", "--topic", "opt-out", "--json").json == []
    assert watched.run("stories", "--platform", "Suno", "--json").json != []
    assert watched.run("deliveries", "--state", "unclear").err == "No delivery in that state.\n"


@pytest.mark.parametrize(("verb", "state"), [("retry", "due"), ("abandon", "abandoned")])
def test_an_unclear_delivery_is_settled_as_the_operator_says(
    room: Room, site: FeedSite, verb: str, state: str
) -> None:
    room.watch(site.show("/feed", (IDLE, "")))
    room.run("once")
    # Without a token nothing goes there, so the delivery is still waiting.
    room.run("subscribe", "--discord", "1001")
    site.show("/feed", (NEWS, NEWS_TEXT), (IDLE, ""))
    room.run("once", "--all")
    (delivery,) = room.run("deliveries", "--state", "due", "--json").json
    asyncio.run(_make_unclear(delivery["id"]))

    settled = room.run("deliveries", verb, str(delivery["id"]))

    assert settled.code == 0, settled.err
    (after,) = [each for each in room.run("deliveries", "--json").json if each["id"] == delivery["id"]]
    assert after["state"] == state


async def _make_unclear(delivery_id: int) -> None:
    """As a process that died while sending leaves it."""
    store = await open_store("sqlite:///data/smallprint.db")
    assert await store.claim(delivery_id, datetime.now(UTC), "a process that died")
    await store.mark_unclear(delivery_id, "no answer")
    await store.close()


def test_a_delivery_that_was_sent_is_not_sent_again(watched: Room) -> None:
    refused = watched.run("deliveries", "retry", "1")

    assert refused.code == 1
    assert "Delivery 1 is sent; only those that are unclear or due" in refused.err
    assert "There is no delivery 99" in watched.run("deliveries", "abandon", "99").err


def test_a_subscription_is_timed_filtered_paused_and_resumed(room: Room) -> None:
    made = room.run(
        "subscribe", "--discord", "1001", "--include", "training", "--exclude", "podcast", "--urgency", "weekly",
        "--time", "7:30", "--day", "5", "--zone", "Europe/Berlin", "--reminders", "--language", "de",
    )  # fmt: skip
    assert made.code == 0, made.err
    (row,) = room.run("subscriptions", "--json").json
    assert (row["include"], row["exclude"], row["urgency"]) == (["training"], ["podcast"], "weekly")
    assert (row["minute"], row["weekday"], row["zone"], row["reminders"]) == (450, 4, "Europe/Berlin", True)

    assert "smallprint resume 1" in room.run("pause", "1").out
    assert room.run("subscriptions", "--json").json[0]["paused_at"] is not None
    room.run("resume", "1")
    assert room.run("subscriptions", "--json").json[0]["paused_at"] is None
    assert room.run("pause", "99").code == 1
    assert "Europe/Berlin" in room.run("subscribe", "--discord", "1001", "--zone", "Atlantis").err
