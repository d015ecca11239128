"""smallprint once: one pass down the whole street, with real feeds over loopback."""

from datetime import UTC, datetime, timedelta

import pytest
from mastodon_mock.testing import MockServer

from bot.store import hold_lock
from tests.cli.conftest import Room
from tests.cli.feeds import IDLE, NEWS, NEWS_TEXT, FeedSite

MORNING = datetime(2025, 5, 9, 8, 0, tzinfo=UTC)


def at(hours: float) -> str:
    return (MORNING + timedelta(hours=hours)).isoformat()


def test_a_first_pass_posts_nothing_and_a_later_entry_is_posted_once(room: Room, site: FeedSite) -> None:
    old = (
        "GEMA sues OpenAI over lyrics of German songs",
        "The society went to court over AI training on lyrics.",
    )
    room.watch(site.show("/feed", old, (IDLE, ""), now=MORNING))

    first = room.run("once", "--now", at(0))
    site.show("/feed", (NEWS, NEWS_TEXT), old, (IDLE, ""), now=MORNING + timedelta(hours=3))
    second = room.run("once", "--now", at(4))
    third = room.run("once", "--now", at(8))

    assert (first.code, second.code, third.code) == (0, 0, 0), first.err + second.err
    assert first.out == ""
    assert NEWS in second.out
    assert "GEMA" not in second.out
    assert (
        "2 new entries, 1 on our subject (first look at 1 source: 2 entries kept, not posted); 1 new story, 0 to tell"
        in first.err
    )
    assert "1 new entry, 1 on our subject; 1 new story, 1 to tell" in second.err
    assert third.out == ""
    assert "1 message sent" in second.err


def test_a_source_never_polled_is_polled_at_once_and_others_when_due(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/a", (IDLE, "")))
    room.run("once", "--now", at(0))
    room.watch(site.base + "/a", site.show("/b", (IDLE, "")))

    soon = room.run("once", "--now", at(0.01), "--json")

    assert soon.json["polled"] == 1


def test_all_polls_what_is_not_due(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/a", (IDLE, "")), site.show("/b", (IDLE, "")))
    room.run("once", "--now", at(0))

    assert room.run("once", "--now", at(0.01), "--json").json["polled"] == 0
    assert room.run("once", "--now", at(0.02), "--json", "--all").json["polled"] == 2


def test_json_holds_the_posts_and_nothing_else_is_on_stdout(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/feed", (IDLE, ""), now=MORNING))
    room.run("once", "--now", at(0))
    site.show("/feed", (NEWS, NEWS_TEXT), (IDLE, ""), now=MORNING + timedelta(hours=1))

    told = room.run("once", "--now", at(2), "--json").json

    assert (told["entries"], told["relevant"], told["sent"]) == (1, 1, 1)
    assert len(told["posts"]) == 1
    assert NEWS in told["posts"][0]


def test_an_old_entry_that_turns_up_late_is_told_apart_from_a_first_look(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/a", (IDLE, ""), now=MORNING))
    room.run("once", "--now", at(0))
    room.watch(
        site.show("/a", (NEWS, NEWS_TEXT), now=MORNING - timedelta(days=30)), site.show("/b", (IDLE, ""))
    )

    said = room.run("once", "--all", "--now", at(4))

    assert (
        "2 new entries, 1 on our subject (first look at 1 source: 1 entry kept, not posted; "
        "1 entry not fresh enough: kept, not posted)" in said.err
    )
    assert said.out == ""


def test_json_tells_what_was_only_kept(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/feed", (NEWS, NEWS_TEXT), (IDLE, ""), now=MORNING))

    told = room.run("once", "--now", at(0), "--json").json

    assert (told["entries"], told["relevant"], told["sent"]) == (2, 0, 0)
    assert (told["first_looks"], told["kept"], told["kept_relevant"]) == (1, 2, 1)


def test_one_source_that_fails_is_named_and_the_others_are_read(room: Room, site: FeedSite) -> None:
    room.watch(site.base + "/nothing-here", site.show("/feed", (IDLE, "")))

    said = room.run("once")

    assert said.code == 0
    assert "a: " in said.err
    assert "404" in said.err
    assert "Looked at 2 sources, 1 could not be read: 1 new entry" in said.err


def test_a_private_address_is_refused_unless_allowed(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/feed", (IDLE, "")))
    room.set("ALLOW_PRIVATE", "")

    said = room.run("once")

    assert "SMALLPRINT_ALLOW_PRIVATE" in said.err
    assert "0 new entries" in said.err


@pytest.mark.parametrize("time", ["yesterday", "2025-13-01", ""])
def test_a_time_that_cannot_be_read_is_wrong_usage(room: Room, time: str) -> None:
    room.watch("https://gazette.example/feed")

    said = room.run("once", "--now", time or " ")

    assert said.code == 2
    assert "2025-05-09T12:00Z" in said.err


async def test_a_database_that_is_in_use_is_refused(room: Room) -> None:
    room.watch("https://gazette.example/feed")

    async with hold_lock("sqlite:///data/smallprint.db"):
        import asyncio

        said = await asyncio.to_thread(room.run, "once")

    assert said.code == 1
    assert "already runs on data/smallprint.db" in said.err


def test_the_terminal_is_left_alone_once_an_account_is_set_up(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/feed", (IDLE, "")))
    room.run("once", "--now", at(0))
    assert [each["sink"] for each in room.run("subscriptions", "--json").json] == ["console"]

    # Nothing is due to be posted, so this server is never asked.
    room.set("MASTODON_URL", "http://127.0.0.1:9")
    room.set("MASTODON_TOKEN", "fake-token-fake-token")
    room.run("once", "--now", at(1))

    assert [each["sink"] for each in room.run("subscriptions", "--json").json] == ["mastodon"]


def test_a_story_reaches_the_mastodon_account_once(
    room: Room, site: FeedSite, mastodon_mock_session: MockServer
) -> None:
    room.watch(site.show("/feed", (IDLE, "")))
    room.set("MASTODON_URL", mastodon_mock_session.base_url)
    room.set("MASTODON_TOKEN", "alice_token")
    before = _statuses(mastodon_mock_session)

    room.run("once")
    site.show("/feed", (NEWS, NEWS_TEXT), (IDLE, ""))
    second = room.run("once", "--all")
    room.run("once", "--all")

    posted = _statuses(mastodon_mock_session)[len(before) :]
    assert second.code == 0, second.err
    assert len(posted) == 1
    assert "Suno" in posted[0]
    assert second.out == ""


def _statuses(server: MockServer) -> list[str]:
    """What the account has posted, oldest first."""
    client = server.client("alice")
    return [str(each["content"]) for each in reversed(client.account_statuses(client.me()))]
