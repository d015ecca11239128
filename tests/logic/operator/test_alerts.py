"""What the operator is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.logic.operator.alerts import delivery_alerts, source_alert, troubled
from bot.model import Delivery, DeliveryState, Health, SourceState
from tests.builders import NOON, a_destination, a_message, a_source

WELL = SourceState("gazette", health=Health.OK)
DAY = timedelta(days=1)


def a_delivery(**changes: object) -> Delivery:
    values: dict[str, object] = {
        "id": 1,
        "key": "key-1",
        "destination": a_destination(),
        "message": a_message("Label sues model maker"),
        "roles": (),
        "state": DeliveryState.DUE,
        "created_at": NOON - 2 * DAY,
        "due_at": NOON,
        "tries": 30,
        "last_error": "no answer",
    }
    return Delivery(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("health", "words"),
    [
        (Health.REFUSED, "refuses us"),
        (Health.MISSING, "smallprint sources test https://gazette.example/"),
        (Health.NOT_A_FEED, "not a feed"),
        (Health.DOWN, "cannot be read"),
        (Health.GONE, "(410)"),
        (Health.STALE, "nothing new"),
    ],
)
def test_every_trouble_is_told_with_what_to_do(health: Health, words: str) -> None:
    alert = source_alert(a_source(), WELL, replace(WELL, health=health, alarmed_at=NOON, last_error="why"))

    assert alert.startswith("Gazette (gazette) ")
    assert words in alert
    assert ": why. " in alert


def test_a_trouble_is_told_once_and_so_is_its_end() -> None:
    blocked = replace(WELL, health=Health.REFUSED, alarmed_at=NOON)

    assert source_alert(a_source(), blocked, blocked) == ""
    assert source_alert(a_source(), blocked, WELL) == "Gazette (gazette) is back."
    assert source_alert(a_source(), WELL, WELL) == ""


def test_a_feed_that_moved_is_told_with_the_line_to_change() -> None:
    moved = replace(WELL, address="https://new.example/feed")

    assert "https://new.example/feed for good. We follow it; set `feed`" in source_alert(
        a_source(), WELL, moved
    )
    assert source_alert(a_source(), moved, moved) == ""


def test_a_password_in_an_address_is_not_told() -> None:
    moved = replace(WELL, address="https://me:fake-password@new.example/feed")

    assert "to https://new.example/feed for" in source_alert(a_source(), WELL, moved)


def test_only_lasting_trouble_is_listed() -> None:
    sources = [a_source("gone"), a_source("flaky"), a_source("fine")]
    states = {
        "gone": SourceState("gone", health=Health.GONE),
        "flaky": SourceState("flaky", health=Health.FAILING),
        "fine": SourceState("fine", health=Health.OK),
    }

    assert [source.id for source in troubled(sources, states)] == ["gone"]


def test_a_delivery_that_is_tried_in_vain_for_a_day_is_told() -> None:
    young = a_delivery(id=2, created_at=NOON - DAY / 2, destination=a_destination(2))
    waiting_its_turn = a_delivery(id=3, tries=0, destination=a_destination(3))

    alerts = delivery_alerts([a_delivery(), young, waiting_its_turn], [], [], NOON)

    assert alerts == (
        "#ai-policy has not taken “Label sues model maker” in 30 tries since 07 May 12:00 UTC: no answer",
    )


def test_what_cannot_be_told_for_a_day_is_told() -> None:
    unclear = a_delivery(
        state=DeliveryState.UNCLEAR, claimed_at=NOON - 2 * DAY, last_error="No history there."
    )
    fresh = replace(unclear, id=2, claimed_at=NOON, destination=a_destination(2))

    (alert,) = delivery_alerts([], [unclear, fresh], [], NOON)

    assert alert.startswith(
        "It cannot be told whether “Label sues model maker” arrived in #ai-policy: No history there."
    )


def test_a_paused_destination_is_told_once_with_the_fix() -> None:
    paused = a_destination(paused_at=NOON, paused_why="I can't post there. Give me Send Messages.")

    alerts = delivery_alerts([a_delivery(destination=paused)], [], [paused, a_destination(2)], NOON)

    assert alerts == ("#ai-policy (discord) is paused: I can't post there. Give me Send Messages.",)
