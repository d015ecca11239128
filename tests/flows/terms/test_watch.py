"""Terms pages are watched: what counts, what alerts, what waits, what dies, and what the operator hears."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.model import ChangeState, Direction, Place, Refusal, StanceKind
from bot.store import SqlStore
from tests.fakes import FakeClock
from tests.flows.pages import Room, WrittenPages, page
from tests.terms import a_document

HOUR = timedelta(hours=1)
EIGHT = timedelta(hours=8)
GRANT = "You agree that we may use the recordings that you upload to train artificial intelligence models."
PROMISE = "Tonebarn will not use the recordings that you upload to train artificial intelligence models."
HOUSE = "You must not scrape the service to train artificial intelligence models on what you find here."
UNSURE = "Artificial intelligence is of growing importance for what we do together with our community."


@pytest.fixture
def room(store: SqlStore, clock: FakeClock) -> Room:
    return Room(store, clock, WrittenPages(), [a_document()])


async def states(room: Room) -> dict[str, ChangeState]:
    return {c.change.quote: c.state for c in await room.store.changes(limit=99) if not c.is_baseline}


async def test_the_first_good_look_is_kept_and_read_into_the_record_but_never_told(room: Room) -> None:
    done = await room.look(page(GRANT))

    assert (done.looks[0].first, done.entries) == (True, 0)
    (change,) = await room.store.changes(limit=9)
    assert (change.kind, change.state, change.is_baseline) == (
        StanceKind.GRANTS_TRAINING,
        ChangeState.RECORDED,
        True,
    )
    assert change.plain.startswith("Tonebarn may")
    (version,) = await room.store.versions("tonebarn-terms", limit=9)
    assert (version.is_baseline, version.settled_at) == (True, room.clock.now())
    assert await room.entries() == []


async def test_a_new_sure_clause_is_told_at_once_and_confirmed_an_hour_later_without_a_second_telling(
    room: Room,
) -> None:
    await room.look(page())
    first = await room.look(page(GRANT), after=EIGHT)

    assert await room.entries() == [
        "Tonebarn may use what you give it to train AI: new words in its Terms of Use"
    ]
    (change,) = await room.store.changes(limit=9)
    assert (change.state, change.confirmed_at) == (ChangeState.ALERTED, None)
    assert first.again_at == room.clock.now() + HOUR

    await room.look(after=HOUR)

    (change,) = await room.store.changes(limit=9)
    assert (change.state, change.confirmed_at) == (ChangeState.ALERTED, room.clock.now())
    assert len(await room.entries()) == 1
    (state,) = (await room.store.document_states(["tonebarn-terms"])).values()
    assert (state.version, state.latest) == (2, 2)


async def test_a_clause_that_was_gone_at_the_second_look_is_withdrawn_and_the_operator_told(
    room: Room,
) -> None:
    await room.look(page())
    await room.look(page(GRANT), after=EIGHT)
    done = await room.look(page(), after=HOUR)

    assert await states(room) == {GRANT: ChangeState.WITHDRAWN}
    assert "may be gone" in done.looks[0].remarks[0]

    await room.look(page(GRANT), after=EIGHT)
    await room.look(after=HOUR)
    assert await states(room) == {GRANT: ChangeState.ALERTED}
    assert len(await room.entries()) == 1, "people were told of it already"


async def test_a_page_that_flaps_tells_nothing_twice(room: Room) -> None:
    await room.look(page(PROMISE))
    for _ in range(6):
        await room.look(page(), after=EIGHT)
        await room.look(page(PROMISE), after=HOUR)

    assert await room.entries() == []
    assert len(await room.store.versions("tonebarn-terms", limit=99)) == 2
    assert set((await states(room)).values()) == {ChangeState.DROPPED}


async def test_a_promise_that_is_gone_twice_is_told(room: Room) -> None:
    await room.look(page(PROMISE))
    await room.look(page(), after=EIGHT)
    assert await room.entries() == []
    await room.look(after=HOUR)

    assert await room.entries() == [
        "The words in which Tonebarn promised not to train AI on your work are gone: changed words in its Terms of Use"
    ]


async def test_a_promise_in_the_place_of_a_grant_is_one_alert(room: Room) -> None:
    await room.look(page(GRANT))
    await room.look(page(PROMISE), after=EIGHT)
    await room.look(after=HOUR)
    await room.look(after=EIGHT)

    assert await room.entries() == [
        "Tonebarn says that it will not train AI on your work: changed words in its Terms of Use"
    ]
    changes = [c for c in await room.store.changes(limit=9) if not c.is_baseline]
    assert {c.direction for c in changes} == {Direction.REPLACED, Direction.REMOVED}
    assert len({c.entry_key for c in changes}) == 1


async def test_what_is_not_urgent_waits_for_a_second_look_and_goes_to_the_record(room: Room) -> None:
    await room.look(page())
    await room.look(page(HOUSE), after=EIGHT)
    assert await states(room) == {HOUSE: ChangeState.SEEN_ONCE}
    before = room.clock.now()
    await room.look(after=HOUR)

    assert await states(room) == {HOUSE: ChangeState.RECORDED}
    assert [c.change.quote for c in await room.store.changes_since(before)] == [HOUSE]
    assert await room.entries() == []


async def test_what_no_reading_is_sure_of_waits_for_the_operator(room: Room) -> None:
    await room.look(page())
    await room.look(page(UNSURE), after=EIGHT)

    assert await states(room) == {UNSURE: ChangeState.REVIEW}
    assert await room.entries() == []


async def test_a_clause_outside_the_text_waits_for_the_operator(room: Room) -> None:
    await room.look(page())
    room.pages.outside["tonebarn-terms"] = f"\n\n{GRANT}"
    await room.look(after=EIGHT)

    (change,) = await room.store.changes(limit=9)
    assert (change.state, change.place) == (ChangeState.REVIEW, Place.OUTSIDE)
    assert await room.entries() == []


async def test_a_refused_page_is_the_documents_health_and_nothing_else(room: Room) -> None:
    await room.look(page(PROMISE))
    await room.look("Just a few words.", after=EIGHT)
    (state,) = (await room.store.document_states(["tonebarn-terms"])).values()

    assert state.refusal in (Refusal.SHRUNK, Refusal.NO_VOCABULARY, Refusal.CHALLENGE)
    assert (state.failures, state.version) == (1, 1)
    assert await states(room) == {}

    await room.look(page(PROMISE), after=EIGHT)
    (state,) = (await room.store.document_states(["tonebarn-terms"])).values()
    assert (state.refusal, state.failures, state.first_refused_at) == (None, 0, None)


async def test_another_extractor_reads_old_bytes_anew_and_alerts_nobody(room: Room) -> None:
    await room.look(page(GRANT, PROMISE))
    room.pages.extractor = "selector/2"
    await room.look(after=EIGHT)
    await room.look(after=EIGHT)

    assert await states(room) == {}
    assert await room.entries() == []
    text = await room.store.version_text("tonebarn-terms", 1)
    assert text is not None
    assert text.extractor == "selector/2"


async def test_one_event_on_many_pages_is_one_alert(store: SqlStore, clock: FakeClock) -> None:
    documents = [
        a_document(),
        a_document("tonebarn-help", title="Help"),
        a_document("tonebarn-us", title="US Terms"),
    ]
    room = Room(store, clock, WrittenPages(), documents)
    for document in documents:
        room.pages.texts[document.id] = page()
    await room.look()
    for document in documents:
        room.pages.texts[document.id] = page(GRANT)
    await room.look(after=EIGHT)

    assert len(await room.entries()) == 1
    told = await store.changes(limit=9, states=[ChangeState.ALERTED])
    assert len(told) == 3
    assert len({change.entry_key for change in told}) == 1


async def test_another_clause_a_month_later_is_another_alert(room: Room) -> None:
    await room.look(page())
    await room.look(page(GRANT), after=EIGHT)
    await room.look(after=HOUR)
    wider = (
        "We may license the songs that you upload to third parties so that they can train AI models on them."
    )
    await room.look(page(GRANT, wider), after=timedelta(days=30))

    assert len(await room.entries()) == 2


async def test_a_page_dated_later_than_its_text_is_remembered_so(room: Room) -> None:
    room.pages.updated_on = date(2025, 4, 1)
    await room.look(page())
    room.pages.updated_on = date(2025, 5, 9)
    room.pages.outside["tonebarn-terms"] = "\n\nLast updated: 9 May 2025"
    await room.look(after=EIGHT)

    (state,) = (await room.store.document_states(["tonebarn-terms"])).values()
    assert (state.page_says_on, state.text_says_on) == (date(2025, 5, 9), date(2025, 4, 1))


async def test_a_corrected_address_is_asked_at_once_and_forgets_nothing(room: Room) -> None:
    await room.look(page(GRANT))
    room.documents = [replace(room.documents[0], url="https://tonebarn.example/legal/terms")]
    done = await room.look(page(GRANT))

    assert len(done.looks) == 1
    assert done.looks[0].first is False
    assert await room.entries() == []
