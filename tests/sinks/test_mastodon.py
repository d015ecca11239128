"""Real Mastodon.py against mastodon_mock over HTTP: the ordinary life of a post."""

import asyncio
from datetime import UTC, datetime

import pytest
from mastodon_mock.testing import MockServer

from bot.errors import SinkError, SinkScope
from bot.model import Delivery, DeliveryState, Message, MessageKind, Receipt, Shipment, SinkKind, Turn
from bot.sinks.mastodon import MastodonSink, open_mastodon
from tests.builders import NOON, a_destination, a_message
from tests.limits import check_status
from tests.sinks.mock_mastodon import control, reset, statuses

TOKEN = "alice_token"  # of the mock's own seed


@pytest.fixture
def mock(mastodon_mock_session: MockServer) -> MockServer:
    """One server for all tests."""
    return reset(mastodon_mock_session)


@pytest.fixture
def sink(mock: MockServer) -> MastodonSink:
    return a_sink(mock)


def a_sink(mock: MockServer, token: str = TOKEN, timeout_seconds: float = 20.0) -> MastodonSink:
    return open_mastodon(mock.base_url, token, user_agent="Smallprint/test", timeout_seconds=timeout_seconds)


def a_shipment(message: Message | None = None, key: str = "key-1", reply_to: str | None = None) -> Shipment:
    destination = a_destination(sink=SinkKind.MASTODON, address="alice", name="@alice", server=None)
    delivery = Delivery(
        1, key, destination, message or a_message(), (), DeliveryState.SENDING, created_at=NOON, due_at=NOON
    )
    return Shipment(delivery, reply_to, attempted_at=datetime.now(UTC))


def fault(
    mock: MockServer, effect: dict[str, object], path: str = "/api/v1/statuses", method: str = "POST"
) -> None:
    """The next such request fails so."""
    rule = {"match": {"methods": [method], "path": path}, "effect": effect, "count": 1}
    control(mock, "faults", rule)


async def test_a_story_is_posted_once_with_its_link_first_and_its_tags_last(
    mock: MockServer, sink: MastodonSink
) -> None:
    receipt = await sink.send(a_shipment())

    [status] = statuses(mock)
    source = mock.client("alice").status_source(status["id"])["text"]
    check_status(source)
    assert source.startswith("https://gazette.example/clause\n\nPlatform adds")
    assert source.endswith("\n\n#MusicAI #SoundCloud")
    assert receipt.remote_id == str(status["id"])
    assert (status["language"], status["visibility"], status["spoiler_text"]) == ("en", "public", "")


async def test_an_update_stands_in_the_thread_of_the_first_post(mock: MockServer, sink: MastodonSink) -> None:
    first = await sink.send(a_shipment())
    update = a_message("It denies", n=2, kind=MessageKind.UPDATE, turn=Turn.DENIAL)

    await sink.send(a_shipment(update, "key-2", first.remote_id))

    assert [str(status["in_reply_to_id"] or "") for status in statuses(mock)] == ["", first.remote_id]


async def test_four_sends_of_one_delivery_at_once_make_one_post(mock: MockServer, sink: MastodonSink) -> None:
    receipts = await asyncio.gather(*(sink.send(a_shipment()) for _ in range(4)))

    assert len(set(receipts)) == 1
    assert len(statuses(mock)) == 1


async def test_a_posted_message_is_found_by_a_new_process(mock: MockServer, sink: MastodonSink) -> None:
    receipt = await sink.send(a_shipment())

    assert await a_sink(mock).find(a_shipment()) == receipt
    assert (
        await a_sink(mock).find(a_shipment(a_message("Another story", url="https://gazette.example/b")))
        is None
    )


async def test_feed_text_mentions_nobody(mock: MockServer, sink: MastodonSink) -> None:
    await sink.send(a_shipment(a_message("@bob and @carol@elsewhere.social sue #2024", what="Ask @bob")))

    [status] = statuses(mock)
    assert not status["mentions"]
    assert not mock.client("bob").notifications(types=["mention"])
    assert {tag["name"].lower() for tag in status["tags"]} == {"musicai", "soundcloud"}


@pytest.mark.parametrize(
    "effect", [{"type": "malformed"}, {"type": "status", "status": 502}, {"type": "status", "status": 503}]
)
async def test_a_broken_answer_is_unclear_and_the_search_settles_it(
    mock: MockServer, sink: MastodonSink, effect: dict[str, object]
) -> None:
    fault(mock, effect)

    with pytest.raises(SinkError) as caught:
        await sink.send(a_shipment())

    assert caught.value.unclear
    assert await sink.find(a_shipment()) is None
    assert isinstance(await sink.send(a_shipment()), Receipt)
    assert len(statuses(mock)) == 1


async def test_a_rate_limit_is_clean_and_says_how_long(mock: MockServer, sink: MastodonSink) -> None:
    fault(mock, {"type": "ratelimit"})

    with pytest.raises(SinkError) as caught:
        await sink.send(a_shipment())

    assert not caught.value.unclear
    assert caught.value.retry_after is not None
    assert 0 < caught.value.retry_after.total_seconds() <= 300
    assert not sink.is_ready()


async def test_a_wrong_token_stops_the_sink(mock: MockServer) -> None:
    with pytest.raises(SinkError) as caught:
        await a_sink(mock, token="fake-token").send(a_shipment())

    assert (caught.value.permanent, caught.value.scope) == (True, SinkScope.SINK)
    assert "fake-token" not in str(caught.value)


async def test_a_server_that_counts_links_in_full_gets_a_shorter_text(
    mock: MockServer, sink: MastodonSink
) -> None:
    long = "A sentence of what happened in the case. " * 30

    receipt = await sink.send(a_shipment(a_message(what=long, url="https://gazette.example/" + "x" * 150)))

    [status] = statuses(mock)
    assert str(status["id"]) == receipt.remote_id
    assert len(mock.client("alice").status_source(status["id"])["text"]) <= 500


async def test_closing_twice_does_no_harm(mock: MockServer, sink: MastodonSink) -> None:
    await sink.send(a_shipment())

    await sink.close()
    await sink.close()

    assert len(statuses(mock)) == 1
