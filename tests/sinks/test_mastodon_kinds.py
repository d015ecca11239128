"""Digests, and posts with our words in another language: posted, and found again when the answer was lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.errors import SinkError
from bot.model import Message, MessageKind, Turn
from bot.sinks.mastodon import open_mastodon
from tests.builders import a_message
from tests.limits import check_digest
from tests.logic.messages.test_mastodon_kinds import a_digest
from tests.sinks.hostile_mastodon import TOKEN, HostileMastodon, hostile_mastodon
from tests.sinks.mastodon_rig import a_shipment


@pytest.fixture
def server() -> Iterator[HostileMastodon]:
    with hostile_mastodon() as host:
        yield host


AN_UPDATE = a_message("It denies all of it", kind=MessageKind.UPDATE, turn=Turn.DENIAL, developing=True)


@pytest.mark.parametrize(
    "message", [a_digest(3), a_digest(12), AN_UPDATE], ids=["digest", "long digest", "update"]
)
@pytest.mark.parametrize("lang", ["en", "de", "ja"])
async def test_what_was_stored_under_a_lost_answer_is_found(
    server: HostileMastodon, message: Message, lang: str
) -> None:
    server.moods, server.honours_keys = ["gateway-timeout-stored"], False
    sink = open_mastodon(server.url, TOKEN, user_agent="t", lang=lang)
    shipment = a_shipment(message, attempted_at=datetime.now(UTC))

    with pytest.raises(SinkError):
        await sink.send(shipment)

    found = await sink.find(shipment)
    assert found is not None
    assert found.remote_id == server.posted[0].id


async def test_two_digests_with_one_story_in_common_are_told_apart(server: HostileMastodon) -> None:
    sink = open_mastodon(server.url, TOKEN, user_agent="t")
    yesterday, today = a_digest(2, "Two stories on 8 May"), a_digest(3, "Three stories on 9 May")

    await sink.send(a_shipment(yesterday, key="one"))

    assert await sink.find(a_shipment(today, key="two", attempted_at=datetime.now(UTC))) is None
    check_digest(server.texts()[0])


async def test_an_alert_has_our_words_in_its_reader_s_language(server: HostileMastodon) -> None:
    sink = open_mastodon(server.url, TOKEN, user_agent="t", lang="en")
    shipment = a_shipment(AN_UPDATE)
    person = replace(shipment.delivery.destination, address="bot/42", name="@ana", lang="fr")
    shipment = replace(shipment, delivery=replace(shipment.delivery, destination=person))

    await sink.send(shipment)

    assert "Suite (démenti): It denies all of it" in server.texts()[0]
    assert "En cours : une seule source" in server.texts()[0]
