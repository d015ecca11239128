"""Operators label entries one by one; what they said can be taken back and exported."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model import Topic
from bot.store import SqlStore
from bot.workbench.label import LabelAnswer, Labelling, Step, exported, open_labelling, parse_answer
from tests.builders import a_verdict
from tests.fakes import FakeClock
from tests.store.memory import Memory
from tests.stores import temporary_store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    async with temporary_store(tmp_path) as store:
        memory = Memory(store)
        await memory.entry("Far off", a_verdict(False, score=0.01))
        await memory.entry("Near below", a_verdict(False, score=0.41))
        await memory.entry(
            "Near above",
            a_verdict(score=0.44, topic=Topic.OPT_OUT),
            summary="Teaser.",
            page_text="The whole text.",
            categories=("ai",),
        )
        yield store


async def begin(store: SqlStore, limit: int = 50) -> Labelling:
    return await open_labelling(store, FakeClock(), lambda _: Topic.LAWSUIT, "ada", line=0.42, limit=limit)


def title(session: Labelling) -> str | None:
    return session.present.entry.title if session.present else None


TYPED = {
    "y": LabelAnswer(True),
    " YES ": LabelAnswer(True),
    "y?": LabelAnswer(True, None, True),
    "n": LabelAnswer(False),
    "n ?": LabelAnswer(False, None, True),
    "3": LabelAnswer(True, Topic.LICENSING_DEAL),
    "10?": LabelAnswer(True, Topic.GUIDANCE, True),
    "opt-out": LabelAnswer(True, Topic.OPT_OUT),
    "licens": LabelAnswer(True, Topic.LICENSING_DEAL),
    "s": Step.SKIP,
    "undo": Step.UNDO,
    "q": Step.QUIT,
    "": None,
    "?": None,
    "0": None,
    "11": None,
    "la": None,
    "l": None,
    "³": None,
    "perhaps": None,
}


@pytest.mark.parametrize("typed", TYPED)
def test_answers_are_understood_as_typed(typed: str) -> None:
    assert parse_answer(typed) == TYPED[typed]


async def test_the_nearest_to_the_line_is_asked_first_and_all_in_turn(store: SqlStore) -> None:
    session = await begin(store)

    asked = []
    while session.present is not None:
        asked.append(title(session))
        session.skip()

    assert asked == ["Near below", "Near above", "Far off"]


async def test_an_answer_is_recorded_with_who_and_when(store: SqlStore) -> None:
    session = await begin(store)

    await session.answer(LabelAnswer(False, doubt=True))

    (held,) = await store.labelled()
    assert (held.judged.entry.title, held.label.relevant, held.label.topic) == ("Near below", False, None)
    assert (held.label.doubt, held.label.labelled_by) == (True, "ada")
    assert held.label.labelled_at == FakeClock().now()


async def test_yes_takes_the_verdicts_topic_or_the_one_it_would_have(store: SqlStore) -> None:
    session = await begin(store)

    assert (await session.answer(LabelAnswer(True))).topic is Topic.LAWSUIT
    assert (await session.answer(LabelAnswer(True))).topic is Topic.OPT_OUT
    assert (await session.answer(LabelAnswer(True, Topic.CAMPAIGN))).topic is Topic.CAMPAIGN


async def test_undo_goes_back_over_answers_and_skips(store: SqlStore) -> None:
    session = await begin(store)
    await session.answer(LabelAnswer(True))
    session.skip()

    assert await session.undo()
    assert title(session) == "Near above"
    assert len(await store.labelled()) == 1
    assert await session.undo()
    assert title(session) == "Near below"
    assert await store.labelled() == []
    assert not await session.undo()


async def test_who_was_answered_is_not_asked_again_who_was_skipped_is(store: SqlStore) -> None:
    session = await begin(store)
    await session.answer(LabelAnswer(True))
    session.skip()

    again = await begin(store, limit=1)

    assert title(again) == "Near above"


async def test_an_export_holds_what_judging_reads_and_no_guess_of_ours(store: SqlStore) -> None:
    session = await begin(store)
    session.skip()
    await session.answer(LabelAnswer(True, doubt=True))

    (line,) = exported(await store.labelled())

    assert line["title"] == "Near above"
    assert line["text"] == "Teaser.\nThe whole text."
    assert (line["relevance"], line["topic"], line["doubt"]) == (1, "opt-out", True)
    assert (line["platforms"], line["event_id"], line["categories"]) == (None, None, ["ai"])
    assert line["labelled_by"] == "ada"
