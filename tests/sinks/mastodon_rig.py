"""Shipments for Mastodon, and sinks for the server that misbehaves."""

from datetime import UTC, datetime

import pytest

from bot.errors import SinkError
from bot.model import Delivery, DeliveryState, Message, Shipment, SinkKind
from bot.sinks.mastodon import MastodonSink, open_mastodon
from tests.builders import NOON, a_destination, a_message
from tests.fakes import FakeClock
from tests.sinks.hostile_mastodon import TOKEN, HostileMastodon

LONG = " ".join(f"Sentence number {n} tells a little more of what happened." for n in range(1, 30))


def a_sink(
    server: HostileMastodon, clock: FakeClock | None = None, timeout_seconds: float = 20.0
) -> MastodonSink:
    return open_mastodon(
        server.url,
        TOKEN,
        user_agent="Smallprint/test (+https://bot.example)",
        timeout_seconds=timeout_seconds,
        now=clock.now if clock else lambda: datetime.now(UTC),
    )


def a_shipment(
    message: Message | None = None,
    key: str = "key-of-the-first",
    reply_to: str | None = None,
    attempted_at: datetime | None = None,
) -> Shipment:
    destination = a_destination(sink=SinkKind.MASTODON, address="bot", name="@bot@s.example", server=None)
    delivery = Delivery(
        id=1,
        key=key,
        destination=destination,
        message=message or a_message(),
        roles=(),
        state=DeliveryState.SENDING,
        created_at=NOON,
        due_at=NOON,
    )
    return Shipment(delivery, reply_to, attempted_at)


async def failure(sink: MastodonSink, shipment: Shipment) -> SinkError:
    with pytest.raises(SinkError) as caught:
        await sink.send(shipment)
    return caught.value
