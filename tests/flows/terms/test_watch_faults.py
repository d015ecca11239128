"""A fault at every await of the terms watch: in the end people are told once, and everything is there once."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.flows.terms.compare import read_lexicon
from bot.flows.terms.watch import Watch, watch_terms
from bot.model import ChangeState
from bot.store import SqlStore
from tests.fakes import FakeClock
from tests.flows.faults import Break, Breakable, Fault, run_until_broken
from tests.flows.pages import Room, WrittenPages, page
from tests.stores import temporary_store
from tests.terms import a_document

pytestmark = pytest.mark.long

GRANT = "You agree that we may use the recordings that you upload to train artificial intelligence models."
PROMISE = "Tonebarn will not use the recordings that you upload to train artificial intelligence models."
MOST_CALLS = 60


def broken(room: Room, fault: Fault) -> Watch:
    store, pages = Breakable(room.store, fault), Breakable(room.pages, fault)
    return Watch(room.documents, {"Tonebarn": "tonebarn"}, pages, store, room.clock, read_lexicon())  # type: ignore[arg-type]


HOUR = timedelta(hours=1)
STAGES = (
    (page(GRANT), timedelta(0)),
    (page(PROMISE), 8 * HOUR),
    (page(PROMISE), HOUR),
    (page(PROMISE), 8 * HOUR),
)


def a_room(store: SqlStore, stage: int) -> Room:
    """As it is when a stage begins; the same on every call."""
    room = Room(store, FakeClock(), WrittenPages(), [a_document(), a_document("tonebarn-us")])
    for text, wait in STAGES[: stage + 1]:
        room.clock.move(wait)
        room.pages.texts = {each.id: text for each in room.documents}
    return room


async def broken_at(store: SqlStore, stage: int, at: int, how: Break) -> bool:
    """The stage with a fault at call `at`, then life goes on; whether it was reached. Checks the end."""
    room = a_room(store, stage)
    fault = Fault(at, how, lambda: StoreError("the disk is full"))
    watch = broken(room, fault)
    await run_until_broken(lambda: watch_terms(watch), fault)
    for text, wait in ((None, timedelta(0)), (None, 2 * HOUR), *STAGES[stage + 1 :], (None, 2 * HOUR)):
        room.clock.move(wait)
        if text is not None:
            room.pages.texts = {each.id: text for each in room.documents}
        await watch_terms(room.watch)

    told = f"{how.name} at call {at} of stage {stage}, {fault.where}"
    assert len(await room.entries()) == 1, told
    for each in room.documents:
        assert len(await store.versions(each.id, limit=9)) == 2, told
        changes = [c for c in await store.changes(document_id=each.id, limit=99) if not c.is_baseline]
        assert {c.state for c in changes} == {ChangeState.ALERTED}, told
        assert all(c.confirmed_at is not None for c in changes), told
        assert len(changes) == 2, told
        (state,) = (await store.document_states([each.id])).values()
        assert (state.version, state.refusal) == (2, None), told
    return fault.was_reached


@pytest.mark.parametrize("stage", [0, 1, 2], ids=["first look", "new clause", "second look"])
@pytest.mark.parametrize("how", Break, ids=lambda how: how.name.lower())
async def test_a_fault_at_any_await_of_a_look_costs_a_repeat_and_never_a_second_alert(
    tmp_path: Path, stage: int, how: Break
) -> None:
    seeded = tmp_path / "seeded"
    seeded.mkdir()
    async with temporary_store(seeded) as store:
        for before in range(stage):
            await watch_terms(a_room(store, before).watch)
    at, reached = 0, True
    while reached:
        at += 1
        assert at < MOST_CALLS
        folder = Path(shutil.copytree(seeded, tmp_path / f"run-{at}"))
        async with temporary_store(folder) as store:
            reached = await broken_at(store, stage, at, how)

    # states, then reading, remembering and writing for two documents
    assert at > 10
