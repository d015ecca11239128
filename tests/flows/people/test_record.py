"""The record is folded from the real memory: history, clause changes, corrections and stories together."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import RefusedError
from bot.flows.people.record import amend, events, keep_history, record_of, records, spelled, withdraw
from bot.logic.record.amend import AmendmentRequest
from bot.model import ChangeState, DocumentState, WatchedLook
from bot.model.record import Position, RecordOrigin, RecordSubject
from tests.builders import NOON
from tests.fakes import FakeClock
from tests.logic.record.test_fold import GRANT
from tests.records import a_record_event
from tests.store.memory import Memory
from tests.stores import temporary_store
from tests.terms import a_stored_change

NOW = NOON + timedelta(days=30)


async def test_a_clause_that_the_watch_saw_is_where_they_stand_with_the_page_and_its_version(
    tmp_path: Path,
) -> None:
    seen = replace(a_stored_change(), state=ChangeState.RECORDED, confirmed_at=NOON)
    waits = replace(a_stored_change("Others may train."), platform="Udio")
    state = DocumentState(seen.document_id, url="https://tonebarn.example/terms", looked_at=NOON)
    async with temporary_store(tmp_path) as store:
        await store.save_look(WatchedLook(state, NOON, changes=(seen, waits)))
        record = await record_of(store, FakeClock(NOW), "tonebarn")
        table = await records(store, FakeClock(NOW), ["Udio", "Tonebarn"])

    training = record.standings[0]
    assert (training.position, training.since) == (Position.ALLOWS, NOON.date())
    assert (training.claim.words, training.url) == (seen.change.quote, "https://tonebarn.example/terms")
    assert (training.document_id, training.version) == (seen.document_id, seen.version)
    assert [each.event.origin for each in record.timeline] == [RecordOrigin.TERMS]
    assert [each.platform for each in table] == ["Tonebarn"]


async def test_stories_stand_on_the_timeline_beside_the_history(tmp_path: Path) -> None:
    async with temporary_store(tmp_path) as store:
        await keep_history(store, FakeClock(NOW), [GRANT])
        await Memory(store).story("sone", title="They are sued")
        record = await record_of(store, FakeClock(NOW), "SoundCloud")

    assert {item.event.origin for item in record.timeline} == {RecordOrigin.SEED, RecordOrigin.NEWS}
    assert record.standings[0].position is Position.ALLOWS


async def test_a_correction_and_a_withdrawal_outlive_the_next_reading_of_the_file(tmp_path: Path) -> None:
    other = a_record_event("seed:other")
    wish = AmendmentRequest(RecordSubject.TRAINING, Position.FORBIDS, "It was misread")
    async with temporary_store(tmp_path) as store:
        clock = FakeClock(NOW)
        await keep_history(store, clock, [GRANT, other])
        made = await amend(store, clock, "SoundCloud", wish, "ada")
        await withdraw(store, clock, "seed:other", "It never happened", "ada")
        assert await keep_history(store, clock, [GRANT, other]) == 0
        record = await record_of(store, clock, "SoundCloud")
        listed = await events(store, platform="soundcloud")

    assert (record.standings[0].position, record.standings[0].amended) == (Position.FORBIDS, made)
    assert {item.event.key: item.withdrawn for item in listed} == {"seed:grant": False, "seed:other": True}


async def test_two_withdrawals_at_once_do_not_both_claim_to_have_done_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with temporary_store(tmp_path) as store:
        await keep_history(store, FakeClock(NOW), [GRANT])
        held = await store.record_revisions()
        await withdraw(store, FakeClock(NOW), "seed:grant", "A hoax", "ada")

        async def as_before() -> object:
            return held

        monkeypatch.setattr(store, "record_revisions", as_before)
        with pytest.raises(RefusedError, match="Somebody else changed seed:grant just now"):
            await withdraw(store, FakeClock(NOW), "seed:grant", "A hoax", "bo")


def test_a_platform_is_found_however_it_is_typed() -> None:
    assert spelled(["SoundCloud", "Udio"], " soundCLOUD ") == "SoundCloud"
    assert spelled(["SoundCloud"], "Udio") is None
