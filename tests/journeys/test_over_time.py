"""Bytes in, messages out, over days: digests, quiet hours, reminders, further outlets, corrections on both platforms."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from mastodon_mock.testing import MockServer

from bot.app.building import App
from bot.app.one_pass import run_once
from bot.flows.delivery.amend import amend
from bot.flows.delivery.context import DeliveryContext
from bot.flows.delivery.correct import correct, take_back
from bot.flows.delivery.deliver import deliver
from bot.logic.messages.corrections import Correction
from bot.model import SinkKind, Timing, Urgency
from bot.sinks.mastodon import open_mastodon
from tests.builders import NOON, a_new_subscription
from tests.cli.feeds import FeedSite, feed_site
from tests.fake_discord.rig import discord_rig
from tests.flows.outbox import tell
from tests.sinks.mock_mastodon import reset, statuses
from tests.test_app import a_config, an_app

pytestmark = pytest.mark.long

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
IDLE = ("A quiet day in the studio", "")
CLAUSE = "SoundCloud adds AI-training clause to its terms of use"
CLAUSE_TEXT = "SoundCloud changed its terms so that uploads may be used to train AI. The new terms take effect on 1 July 2025."
SUIT = "Universal Music sues Suno over training its AI on recordings without a licence"
SUIT_TEXT = (
    "Universal Music filed a lawsuit against Suno, which it says trained AI music models on its recordings."
)


@dataclass
class Street:
    """The whole app, a feed of one outlet and of another, and what the terminal printed."""

    app: App
    site: FeedSite
    posts: list[str]

    async def news(self, feed: str, *entries: tuple[str, str]) -> None:
        self.site.show(feed, *entries, IDLE, now=self.app.clock.now())
        await run_once(self.app, everything=True)

    async def until(self, at: datetime, step: timedelta = HOUR / 2) -> None:
        """A pass every `step` up to then, that one included."""
        while self.app.clock.now() < at:
            await self.app.clock.sleep(min(step, at - self.app.clock.now()))
            await run_once(self.app)

    async def want(self, **changes: object) -> None:
        """Change what the terminal is subscribed to."""
        [held] = await self.app.store.subscriptions()
        there = {"sink": SinkKind.CONSOLE, "destination_name": held.destination.name, "server": None}
        wish = a_new_subscription(held.destination.address, **(there | changes))
        assert await self.app.store.change_subscription(held.id, wish, NOON) is not None


@pytest.fixture
def site() -> Iterator[FeedSite]:
    with feed_site() as served:
        yield served


@asynccontextmanager
async def a_street(folder: Path, site: FeedSite) -> AsyncIterator[Street]:
    """After its first look, at noon."""
    config = a_config(
        *(site.show(feed, IDLE, now=NOON, title=feed[1:].title()) for feed in ("/gazette", "/courier"))
    )
    async with an_app(folder, config) as (app, posts):
        street = Street(app, site, posts)
        await run_once(app, everything=True)
        yield street


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def test_two_stories_of_a_day_come_in_one_digest_at_nine_in_berlin(
    tmp_path: Path, site: FeedSite
) -> None:
    async with a_street(tmp_path, site) as street:
        await street.want(urgency=Urgency.DAILY, timing=Timing("Europe/Berlin", minute=9 * 60))
        await street.news("/gazette", (CLAUSE, CLAUSE_TEXT))
        await street.news("/courier", (SUIT, SUIT_TEXT))
        await street.until(at("2025-05-10 06:45"), step=DAY)
        assert street.posts == []

        await street.until(at("2025-05-10 07:00"))
        await street.until(at("2025-05-12 12:00"), step=DAY / 4)

    [page] = street.posts
    words = " ".join(page.split())
    assert CLAUSE[:40] in words
    assert SUIT[:40] in words


async def test_what_comes_while_people_sleep_waits_and_is_told_in_one_message(
    tmp_path: Path, site: FeedSite
) -> None:
    async with a_street(tmp_path, site) as street:
        await street.want(timing=Timing("UTC", quiet=(11 * 60, 14 * 60)))
        await street.news("/gazette", (CLAUSE, CLAUSE_TEXT))
        await street.news("/courier", (SUIT, SUIT_TEXT))
        await street.until(at("2025-05-09 13:45"))
        assert street.posts == []

        await street.until(at("2025-05-09 15:00"))

    [page] = street.posts
    assert CLAUSE[:40] in " ".join(page.split())
    assert SUIT[:40] in " ".join(page.split())


async def test_a_deadline_is_recalled_a_week_and_a_day_before(tmp_path: Path, site: FeedSite) -> None:
    async with a_street(tmp_path, site) as street:
        await street.want(reminders=True)
        await street.news("/gazette", (CLAUSE, CLAUSE_TEXT))
        assert len(street.posts) == 1
        await street.until(at("2025-06-24 12:00"), step=9 * DAY)
        await street.until(at("2025-06-25 12:00"), step=DAY / 4)
        assert len(street.posts) == 2
        await street.until(at("2025-07-01 12:00"), step=DAY / 2)

    _, week, day = street.posts
    assert "2025-07-01" in week
    assert "2025-07-01" in day


async def test_another_outlet_is_added_to_the_first_post_and_makes_no_new_one(
    tmp_path: Path, site: FeedSite
) -> None:
    async with a_street(tmp_path, site) as street:
        await street.news("/gazette", (CLAUSE, CLAUSE_TEXT))
        await street.app.clock.sleep(HOUR)
        await street.news("/courier", (CLAUSE, CLAUSE_TEXT))

    first, edited = street.posts
    assert "S1" not in first
    assert edited.startswith("The post “")
    assert edited.endswith("now names S0, S1.\n\n")


async def test_a_correction_reaches_every_post_on_discord_and_on_mastodon(
    tmp_path: Path, mastodon_mock_session: MockServer
) -> None:
    mock = reset(mastodon_mock_session)
    async with discord_rig(tmp_path) as rig:
        store = rig.store
        account = open_mastodon(mock.base_url, "alice_token", user_agent="Smallprint/test")
        sinks = {SinkKind.DISCORD: rig.sink, SinkKind.MASTODON: account}
        office = DeliveryContext(store, sinks, rig.clock)
        channel = await store.add_subscription(a_new_subscription("1001"), NOON)
        wish = a_new_subscription("alice", sink=SinkKind.MASTODON, server=None)
        both = [channel.destination, (await store.add_subscription(wish, NOON)).destination]
        story_id = await tell(store, "Platform sells all songs", both)
        await deliver(office)
        [before] = statuses(mock)

        correction = Correction(story_id, "It licenses some songs.", headline="Platform licenses some songs")
        assert (await correct(store, rig.clock, correction)).posts == 2
        assert (await amend(office)).edited == 2

        [card] = [message["embeds"][0] for message in rig.discord.messages(1001)]
        [status] = statuses(mock)
        assert "Platform licenses some songs" in card["title"]
        assert "It licenses some songs." in str(card)
        assert status["id"] == before["id"]
        assert "Platform licenses some songs" in status["content"]
        assert "It licenses some songs." in status["content"]
        assert status["language"] == before["language"]

        await take_back(store, rig.clock, story_id, "It did sell them.")
        assert (await amend(office)).edited == 2
        assert "sells all songs" in statuses(mock)[0]["content"]
        await account.close()
