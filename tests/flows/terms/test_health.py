"""What the operator hears of the terms watch."""

from datetime import date, timedelta

import pytest

from bot.flows.operator.health import vitals
from bot.flows.terms.health import document_troubles
from bot.store import SqlStore
from tests.fakes import FakeClock
from tests.flows.pages import Room, WrittenPages, page
from tests.terms import a_document

HOUR = timedelta(hours=1)
GRANT = "You agree that we may use the recordings that you upload to train artificial intelligence models."
UNSURE = "Artificial intelligence is of growing importance for what we do together with our community."


@pytest.fixture
def room(store: SqlStore, clock: FakeClock) -> Room:
    return Room(store, clock, WrittenPages(), [a_document()])


async def told(room: Room) -> dict[str, str]:
    return dict(await document_troubles(room.documents, room.store, room.clock))


async def test_a_page_that_is_read_well_is_no_trouble(room: Room) -> None:
    assert await told(room) == {}
    await room.look(page())
    await room.look(after=8 * HOUR)
    assert await told(room) == {}


async def test_a_page_that_cannot_be_read_is_told_of_after_48_hours_and_counted_at_once(room: Room) -> None:
    await room.look(page())
    room.pages.breaks("tonebarn-terms")
    await room.look(after=8 * HOUR)
    assert await told(room) == {}
    found = await vitals(room.store, room.clock, [], room.clock.now(), room.documents)
    assert (found.documents, found.stale_documents) == ({"unreachable": 1}, ())

    await room.look(after=48 * HOUR)

    (trouble,) = (await told(room)).values()
    assert trouble.startswith("Tonebarn Terms of Use (tonebarn-terms): it has not been readable for 2 days")
    assert "503" in trouble
    found = await vitals(room.store, room.clock, [], room.clock.now(), room.documents)
    assert found.stale_documents == ("tonebarn-terms",)


async def test_a_page_newer_than_our_text_is_told_of(room: Room) -> None:
    room.pages.updated_on = date(2025, 4, 1)
    await room.look(page())
    room.clock.move(timedelta(days=40))
    room.pages.updated_on = date(2025, 6, 15)
    room.pages.outside["tonebarn-terms"] = "\n\nLast updated: 15 June 2025"
    await room.look()

    (trouble,) = (await told(room)).values()
    assert "2025-06-15" in trouble
    assert "check its selector" in trouble


async def test_a_withdrawn_clause_and_a_waiting_sentence_are_told_of(room: Room) -> None:
    await room.look(page())
    await room.look(page(GRANT), after=8 * HOUR)
    await room.look(page(UNSURE), after=HOUR)

    troubles = await told(room)

    assert any(key.startswith("withdrawn:") and "second look" in troubles[key] for key in troubles)
    assert "smallprint review" in troubles["review"]
    room.clock.move(timedelta(days=8))
    assert not any(key.startswith("withdrawn:") for key in await told(room))
