"""An account that reached its day's ceiling tells the rest in one evening post: real Mastodon.py against mastodon_mock."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from mastodon_mock.testing import MockServer

from bot.flows.delivery.context import DeliveryContext
from bot.flows.delivery.deliver import deliver
from bot.flows.delivery.digest import digest
from bot.flows.delivery.publish import publish
from bot.model import Ceilings, DeliveryState, SinkKind
from bot.sinks.mastodon import MastodonAccounts, MastodonSink, open_mastodon
from bot.store import SqlStore
from tests.builders import a_new_subscription
from tests.fakes import FakeClock
from tests.flows.outbox import a_publisher, make_ready
from tests.limits import check_digest, check_status
from tests.sinks.mock_mastodon import reset, statuses
from tests.stores import temporary_store

HOUR = timedelta(hours=1)
TITLES = [f"Clause number {n} on training" for n in range(1, 10)]
ONE_AN_HOUR_FIVE_A_DAY = Ceilings(an_hour=1, a_day=5)


@pytest.fixture
def mock(mastodon_mock_session: MockServer) -> MockServer:
    return reset(mastodon_mock_session)


def opened(mock: MockServer) -> MastodonSink:
    return open_mastodon(mock.base_url, "alice_token", user_agent="Smallprint/test", timeout_seconds=20.0)


def an_office(mock: MockServer, store: SqlStore, clock: FakeClock) -> DeliveryContext:
    """As a new process would make it."""
    sinks = {SinkKind.MASTODON: MastodonAccounts({"alice": opened(mock)}, clock.now)}
    return DeliveryContext(store, sinks, clock, ceilings={SinkKind.MASTODON: ONE_AN_HOUR_FIVE_A_DAY})


async def hours(mock: MockServer, store: SqlStore, clock: FakeClock, count: int) -> list[str]:
    """Let them pass, with a restart of the bot in every one of them; what the account has posted by then, as written."""
    for _ in range(count):
        office = an_office(mock, store, clock)
        await publish(a_publisher(store, clock, ONE_AN_HOUR_FIVE_A_DAY))
        await digest(store, clock)
        await deliver(office)
        await office.sinks[SinkKind.MASTODON].close()
        clock.move(HOUR)
    client = mock.client("alice")
    return [client.status_source(each["id"])["text"] for each in statuses(mock)]


async def test_nine_stories_of_one_morning_are_four_posts_and_one_in_the_evening_with_the_rest(
    mock: MockServer, tmp_path: Path
) -> None:
    # The mock dates what it stores by the real clock, and the sink looks for its own posts by their time.
    today = datetime.now(UTC).replace(hour=8, minute=0, second=0, microsecond=0)
    clock = FakeClock(today)
    async with temporary_store(tmp_path) as store:
        wish = a_new_subscription(
            "alice", sink=SinkKind.MASTODON, destination_name="@alice", server=None, role=None
        )
        await store.add_subscription(wish, clock.now())
        for title in TITLES:
            await make_ready(store, title, at=clock.now())

        by_six = await hours(mock, store, clock, 11)
        assert len(by_six) == 4
        by_midnight = await hours(mock, store, clock, 6)
        next_day = await hours(mock, store, clock, 14)

        assert by_midnight == next_day, "nothing is told again the day after"
        *single, evening = by_midnight
        assert [text.count("Clause number") for text in single] == [1, 1, 1, 1]
        for text in single:
            check_status(text)
        check_digest(evening)
        told = [title for title in TITLES if sum(title in text for text in by_midnight) == 1]
        assert told == TITLES, evening
        [status] = [each for each in statuses(mock) if TITLES[-1] in each["content"]]
        assert (status["in_reply_to_id"], status["visibility"], status["mentions"]) == (None, "public", [])
        assert {each.state for each in await store.deliveries(limit=99)} == {DeliveryState.SENT}
