"""What the terms watch remembers comes back as it was written, and repeats change nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import StoreError
from bot.model import ChangeState, DocumentState, LastLook, Refusal, Validators, VersionText
from bot.store import SqlStore
from tests.builders import NOON
from tests.terms import a_clause_entry, a_look, a_stored_change, a_version, known, known_as

HOUR = timedelta(hours=1)


async def test_a_document_never_looked_at_has_a_fresh_state(store: SqlStore) -> None:
    assert await store.document_states(["tonebarn-terms"]) == {
        "tonebarn-terms": DocumentState("tonebarn-terms")
    }


async def test_a_state_comes_back_as_it_was_written(store: SqlStore) -> None:
    state = DocumentState(
        "tonebarn-terms",
        url="https://tonebarn.example/terms",
        last=LastLook(Validators('"e1"', "Mon"), "https://tonebarn.example/legal", "ab12", 4_000),
        looked_at=NOON,
        good_at=NOON - HOUR,
        refusal=Refusal.SHRUNK,
        refused_why="The page shrank.",
        first_refused_at=NOON,
        failures=2,
        next_look_at=NOON + HOUR,
        version=3,
        latest=4,
        page_says_on=date(2025, 5, 8),
        text_says_on=date(2025, 4, 1),
    )

    await store.save_document_states([state])

    assert (await store.document_states([state.document_id]))[state.document_id] == state


async def test_a_look_is_kept_with_bytes_text_sentences_and_changes(store: SqlStore) -> None:
    look = a_look(changes=(a_stored_change(),), entry=a_clause_entry())

    await store.save_look(look)

    assert look.new_version is not None
    document_id = look.state.document_id
    (version,) = await store.versions(document_id, limit=9)
    assert version == look.new_version.version
    assert await store.version_body(document_id, 1) == look.new_version.body
    text = await store.version_text(document_id, 1)
    assert text == VersionText(
        document_id, 1, version.extractor, look.new_version.text, look.new_version.whole_text
    )
    assert await store.version_of_text(document_id, version.text_hash) == 1
    assert [each.key for each in await store.sentences(document_id)] == [each.key for each in look.sentences]
    (change,) = await store.changes(limit=9)
    assert replace(change, id=0) == look.changes[0]
    (waiting,) = await store.unclustered(9)
    assert waiting.entry.key == "clause"


async def test_the_same_look_written_twice_is_kept_once(store: SqlStore) -> None:
    look = a_look(seen=1, changes=(a_stored_change(),), entry=a_clause_entry())

    await store.save_look(look)
    await store.save_look(look)

    assert [version.times_seen for version in await store.versions("tonebarn-terms", limit=9)] == [1]
    assert len(await store.sentences("tonebarn-terms")) == len(look.sentences)
    assert len(await store.changes(limit=9)) == 1
    assert len(await store.unclustered(9)) == 1


async def test_a_version_seen_again_keeps_its_first_day_and_gains_a_last_one(store: SqlStore) -> None:
    await store.save_look(a_look())
    await store.save_look(a_look(new_version=None, seen=1, settled=1, at=NOON + HOUR, sentences=()))

    (version,) = await store.versions("tonebarn-terms", limit=9, settled=True)
    assert (version.first_seen_at, version.last_seen_at, version.times_seen) == (NOON, NOON + HOUR, 2)
    assert version.settled_at == NOON + HOUR
    assert await store.versions("tonebarn-terms", limit=9, settled=False) == []


async def test_a_sentence_that_went_is_remembered_and_may_come_back(store: SqlStore) -> None:
    stays, goes = known("We host your songs."), known("We train AI on your songs.", is_ai=True)
    await store.save_look(a_look(sentences=(stays, goes)))

    await store.save_look(a_look(new_version=None, at=NOON + HOUR, sentences=(), present=known_as(stays)))
    (gone,) = await store.sentences("tonebarn-terms", of_ai=True)
    assert (gone.gone_at, gone.has_gone) == (NOON + HOUR, True)
    assert await store.sentences("tonebarn-terms", of_ai=True, there=True) == []

    await store.save_look(
        a_look(new_version=None, at=NOON + 2 * HOUR, sentences=(), present=known_as(stays, goes))
    )
    (back,) = await store.sentences("tonebarn-terms", of_ai=True, there=True)
    assert (back.gone_at, back.has_gone) == (None, True)


async def test_what_was_settled_once_stays_settled(store: SqlStore) -> None:
    once = known("We train AI on your songs.", is_ai=True, settled=False)
    await store.save_look(a_look(sentences=(once,)))
    await store.save_look(a_look(sentences=(replace(once, settled=True),)))
    await store.save_look(a_look(sentences=(once,)))

    assert [each.settled for each in await store.sentences("tonebarn-terms")] == [True]


async def test_changes_are_found_by_platform_state_and_entry(store: SqlStore) -> None:
    told = a_stored_change("We may train AI on it.", state=ChangeState.ALERTED, entry_key="clause")
    kept = a_stored_change("Label AI music.", state=ChangeState.RECORDED, confirmed_at=NOON + HOUR)
    await store.save_look(a_look(changes=(told, kept)))

    assert [c.change.quote for c in await store.changes(limit=9, platform="TONEBARN")] == [
        "Label AI music.",
        "We may train AI on it.",
    ]
    assert [c.state for c in await store.changes(limit=9, states=[ChangeState.ALERTED])] == [
        ChangeState.ALERTED
    ]
    assert len(await store.changes(limit=9, entry_keys=["clause"])) == 1
    assert await store.changes(limit=9, seen_since=NOON + HOUR) == []


async def test_the_digest_gets_what_was_recorded_since_and_neither_alerts_nor_baselines(
    store: SqlStore,
) -> None:
    changes = (
        a_stored_change("One.", state=ChangeState.RECORDED, confirmed_at=NOON + HOUR),
        a_stored_change("Two.", state=ChangeState.RECORDED, confirmed_at=NOON - HOUR),
        a_stored_change("Three.", state=ChangeState.ALERTED, confirmed_at=NOON + HOUR, entry_key="clause"),
        a_stored_change("Four.", state=ChangeState.RECORDED, confirmed_at=NOON + HOUR, before=None),
    )
    await store.save_look(a_look(changes=changes))

    assert [change.change.quote for change in await store.changes_since(NOON)] == ["One."]


async def test_an_operator_moves_a_change_on(store: SqlStore) -> None:
    await store.save_look(a_look(changes=(a_stored_change(state=ChangeState.REVIEW),)))
    (change,) = await store.changes(limit=1)

    decided = replace(
        change, state=ChangeState.DISMISSED, why="a menu", decided_by="operator", decided_at=NOON
    )
    await store.save_change(decided)

    assert await store.change(change.id) == decided
    with pytest.raises(StoreError, match="no clause change 99"):
        await store.save_change(replace(decided, id=99))


async def test_another_extractors_text_takes_the_place_of_the_older_one(store: SqlStore) -> None:
    await store.save_look(a_look())
    anew = VersionText("tonebarn-terms", 1, "selector/2", "Anew.", "Anew. Menu.")

    await store.save_extraction(anew, [known("Anew.")], NOON + HOUR)

    assert await store.version_text("tonebarn-terms", 1) == anew
    assert (await store.version("tonebarn-terms", 1)) == a_version()


async def test_a_clause_leads_to_the_story_that_tells_it(store: SqlStore) -> None:
    await store.save_look(a_look(entry=a_clause_entry()))

    assert await store.stories_of_clauses(["clause", "unknown"]) == {}
