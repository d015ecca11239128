"""The questions asked all day are answered from an index; a table that grows for years is never read through."""

from pathlib import Path

import pytest
from sqlalchemy import Executable

from bot.store.delivery import outbox
from bot.store.news import clusters, editions, entries, sources, stories
from bot.store.operator import upkeep
from bot.store.terms import record
from tests.builders import NOON
from tests.stores import temporary_store

QUESTIONS: dict[str, tuple[Executable, dict[str, object]]] = {
    "known keys": (sources.KNOWN, {"source": "gazette", "keys": ["a", "b"]}),
    "source states": (sources.STATES, {"ids": ["gazette"]}),
    "unclustered": (entries.WAITING, {"most": 10}),
    "candidates": (clusters.NEAREST, {"keys": ["a", "b"], "since": NOON, "most": 10}),
    "fingerprints": (clusters.NEWEST_FINGERPRINTS, {"ids": ["one"]}),
    "outlets": (clusters.OUTLETS, {"ids": ["one"]}),
    "ready editions": (editions.READY, {"most": 10}),
    "entries of a story": (stories.THEIR_ENTRIES, {"ids": ["one"]}),
    "an address": (stories.AT_ADDRESS, {"spellings": ["https://gazette.example/"]}),
    "what is due": (outbox.DUE_NOW, {"now": NOON, "sinks": ["discord"], "most": 10}),
    "next due": (outbox.NEXT_DUE_AT, {}),
    "claim": (outbox.CLAIM, {"delivery": 1, "now": NOON, "holder": "me"}),
    "unclear": (outbox.UNCLEAR_NOW, {"sinks": ["discord"], "most": 10}),
    "recover": (outbox.RECOVER, {"holder": "me", "before": NOON}),
    "sent times": (outbox.SENT_TIMES, {"destination": 1, "since": NOON}),
    "first there": (outbox.FIRST_THERE, {"story": "one", "destination": 1}),
    "the record of a platform": (record.OF_PLATFORM, {"platform": "soundcloud"}),
    "corrections of a platform": (record.AMENDMENTS_OF, {"platform": "soundcloud"}),
    "newest stories of a platform": (record.AMONG_NEWEST, {"platform": "soundcloud", "most": 10}),
    "these stories": (record.THESE, {"ids": ["one"]}),
    "stories of a platform": (record.NEWEST_OF, {"platform": "soundcloud", "most": 10}),
    "their tellings": (record.THEIR_TELLINGS, {"ids": ["one"]}),
    "old text": (upkeep.OLD_AND_IRRELEVANT, {"before": NOON, "most": 10}),
}


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_question_is_answered_from_an_index(tmp_path: Path, question: str) -> None:
    statement, values = QUESTIONS[question]

    steps = await plan(tmp_path, statement, values)

    # SCAN ... USING INDEX walks a small partial index; a SCAN alone reads every row there is.
    for step in steps:
        assert not (step.startswith("SCAN") and "INDEX" not in step and not step.startswith(INNER)), steps


async def test_a_claim_looks_at_the_queue_and_not_at_what_was_sent_there_before(tmp_path: Path) -> None:
    statement, values = QUESTIONS["claim"]

    steps = await plan(tmp_path, statement, values)

    assert any("earlier USING INDEX ix_deliveries_undone" in step for step in steps), steps


INNER = ("SCAN heads", "SCAN newest", "SCAN anon_1", "SCAN (subquery", "SCAN CONSTANT")


async def plan(folder: Path, statement: Executable, values: dict[str, object]) -> list[str]:
    """SQLite's own account of how it would answer."""
    asked: list[tuple[str, object]] = []
    async with temporary_store(folder) as store:
        from sqlalchemy import event

        event.listen(
            store._database.writer.sync_engine,
            "before_cursor_execute",
            lambda connection, cursor, sql, bound, *rest: asked.append((sql, bound)),
        )
        async with store._database.writing() as connection:
            await connection.execute(statement, values)
            sql, bound = asked[-1]
            rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", bound)
            return [row[3] for row in rows]
