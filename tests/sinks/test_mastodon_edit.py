"""Editing what was posted: everything is sent again, and nothing is shown to more people than before."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from mastodon_mock.testing import MockServer

from bot.errors import SinkError, SinkScope
from bot.model import Message, Shipment
from bot.sinks.mastodon import MastodonSink, open_mastodon
from tests.builders import a_destination, a_message
from tests.limits import check_status
from tests.sinks.hostile_mastodon import TOKEN, HostileMastodon, hostile_mastodon
from tests.sinks.mastodon_rig import a_shipment
from tests.sinks.mock_mastodon import reset, statuses


@pytest.fixture
def server() -> Iterator[HostileMastodon]:
    with hostile_mastodon() as host:
        yield host


@pytest.fixture
def mock(mastodon_mock_session: MockServer) -> MockServer:
    return reset(mastodon_mock_session)


def a_sink(url: str, token: str = TOKEN, visibility: str = "public", warning: str = "") -> MastodonSink:
    return open_mastodon(url, token, user_agent="t", visibility=visibility, content_warning=warning)


def revised(shipment: Shipment, remote_id: str, message: Message) -> Shipment:
    return replace(shipment, delivery=replace(shipment.delivery, remote_id=remote_id, message=message))


RIGHT = a_message("Platform changes its terms in June, not in May")


async def test_an_edit_changes_the_words_and_keeps_the_warning_the_thread_and_the_address(
    mock: MockServer,
) -> None:
    sink = a_sink(mock.base_url, "alice_token", visibility="unlisted", warning="AI and music")
    first = await sink.send(a_shipment())

    edited = await sink.edit(revised(a_shipment(), first.remote_id, RIGHT))

    [status] = statuses(mock)
    text = mock.client("alice").status_source(status["id"])["text"]
    check_status(text)
    assert "in June, not in May" in text
    assert (status["spoiler_text"], status["visibility"]) == ("AI and music", "unlisted")
    assert edited == first
    assert len(mock.client("alice").status_history(status["id"])) == 2


async def test_everything_is_sent_again_because_some_servers_clear_what_is_not(
    server: HostileMastodon,
) -> None:
    server.edits = "clears"
    sink = a_sink(server.url, warning="AI and music")
    first = await sink.send(a_shipment())
    server.posted[0].form["media"] = "m1,m2"

    await sink.edit(revised(a_shipment(), first.remote_id, RIGHT))

    [status] = server.posted
    assert (status.form["spoiler_text"], status.form["media"]) == ("AI and music", "m1,m2")


@pytest.mark.parametrize(
    ("version", "allowed"), [("4.3.1", True), ("4.2.8+glitch", True), ("takahe/0.11.0", False), ("", False),
                             ("2.7.2 (compatible; Pleroma 2.5.0)", False), ("0.17.3", False)],
)  # fmt: skip
async def test_what_only_some_may_read_is_edited_only_where_that_is_known_to_be_safe(
    server: HostileMastodon, version: str, allowed: bool
) -> None:
    server.version = version
    sink = a_sink(server.url, visibility="private")
    first = await sink.send(a_shipment())
    shipment = revised(a_shipment(), first.remote_id, RIGHT)

    if allowed:
        await sink.edit(shipment)
    else:
        with pytest.raises(SinkError, match="not edited") as caught:
            await sink.edit(shipment)
        assert (caught.value.permanent, caught.value.scope) == (True, SinkScope.DELIVERY)

    assert len(server.paths("PUT")) == int(allowed)


async def test_an_alert_keeps_naming_its_reader_when_it_is_edited(server: HostileMastodon) -> None:
    server.version = "4.3.1"
    sink = a_sink(server.url)
    person = a_destination(
        sink=a_shipment().delivery.destination.sink, address="bot/42", name="@ana@far.example"
    )
    shipment = a_shipment()
    shipment = replace(shipment, delivery=replace(shipment.delivery, destination=person))
    first = await sink.send(shipment)

    await sink.edit(revised(shipment, first.remote_id, RIGHT))

    [status] = server.posted
    assert status.text.startswith("@ana@far.example https://")
    assert status.form["visibility"] == "direct"


@pytest.mark.parametrize(
    ("edits", "said"), [("404", "does not let posts be edited"), ("422", "refuses this post")]
)
async def test_a_server_without_edits_is_told_apart_from_one_in_trouble(
    server: HostileMastodon, edits: str, said: str
) -> None:
    sink = a_sink(server.url)
    first = await sink.send(a_shipment())
    server.edits = edits

    with pytest.raises(SinkError, match=said) as caught:
        await sink.edit(revised(a_shipment(), first.remote_id, RIGHT))

    assert caught.value.permanent
    assert not caught.value.unclear


@pytest.mark.parametrize("edits", ["500", "503"])
async def test_an_unclear_edit_is_tried_again_and_never_looked_for(
    server: HostileMastodon, edits: str
) -> None:
    sink = a_sink(server.url)
    first = await sink.send(a_shipment())
    server.edits = edits

    with pytest.raises(SinkError) as caught:
        await sink.edit(revised(a_shipment(), first.remote_id, RIGHT))

    assert (caught.value.permanent, caught.value.unclear) == (False, False)
    assert TOKEN not in str(caught.value)


async def test_a_post_that_was_deleted_there_is_not_edited(server: HostileMastodon) -> None:
    sink = a_sink(server.url)

    with pytest.raises(SinkError, match="was deleted") as caught:
        await sink.edit(revised(a_shipment(), "999", RIGHT))

    assert caught.value.permanent


async def test_a_text_that_became_too_long_is_shortened_once(server: HostileMastodon) -> None:
    sink = a_sink(server.url)
    first = await sink.send(a_shipment())
    server.max_chars = 420

    await sink.edit(
        revised(a_shipment(), first.remote_id, a_message(what="A sentence of what happened. " * 30))
    )

    assert len(server.texts()[0]) <= 420
    assert len(server.paths("PUT")) == 2
