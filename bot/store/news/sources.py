"""What is remembered of polling each source, and what its feeds brought."""

from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import FailureKind
from bot.model import Collection, Health, NewEntry, SourceState, Validators, Verdict
from bot.store.columns import storable
from bot.store.database import AnyRow, Database, Noun, chunked
from bot.store.dialects import insert_or_update, insert_unless_known
from bot.store.news.entries import entry_values, verdict_values
from bot.store.news.tables import entries, sources, verdicts

STATES = select(sources).where(sources.c.id.in_(bindparam("ids", expanding=True)))
KNOWN = select(entries.c.key).where(
    entries.c.source_id == bindparam("source"), entries.c.key.in_(bindparam("keys", expanding=True))
)
# What is the same by name in the noun and in the table.
SAME = tuple(
    name
    for name in sources.columns.keys()  # noqa: SIM118 - a column collection iterates over columns
    if name not in {"id", "etag", "last_modified", "health", "last_failure"}
)


class Sources(Noun):
    """Implements bot.ports.SourceMemory."""

    async def source_states(self, source_ids: Some[str]) -> Mapping[str, SourceState]:
        states = {source_id: SourceState(source_id) for source_id in source_ids}
        async with self._database.reading() as connection:
            for ids in chunked(states):
                for row in await connection.execute(STATES, {"ids": ids}):
                    states[row.id] = _state(row)
        return states

    async def known_keys(self, source_id: str, keys: Some[str]) -> frozenset[str]:
        # Asked for as published, kept as storable: the answer is in the words of the question.
        asked: dict[str, list[str]] = {}
        for key in keys:
            asked.setdefault(storable(key), []).append(key)
        known: set[str] = set()
        async with self._database.reading() as connection:
            for part in chunked(asked):
                for key in await connection.scalars(KNOWN, {"source": source_id, "keys": part}):
                    known.update(asked[key])
        return frozenset(known)

    async def save_collection(self, collection: Collection) -> int:
        async with self._database.writing() as connection:
            await self._write_states(connection, [collection.state])
            if not collection.entries:
                return 0
            return await write_entries(self._database, connection, collection.entries)

    async def save_states(self, states: Sequence[SourceState]) -> None:
        if states:
            async with self._database.writing() as connection:
                await self._write_states(connection, states)

    async def _write_states(self, connection: AsyncConnection, states: Sequence[SourceState]) -> None:
        # In one order, so that two processes on PostgreSQL cannot wait for each other in a circle.
        rows = sorted((source_values(state) for state in states), key=lambda row: str(row["id"]))
        await connection.execute(insert_or_update(self._database.name, sources, "id"), rows)


async def write_entries(
    database: Database, connection: AsyncConnection, new: Sequence[tuple[NewEntry, Verdict]]
) -> int:
    """Insert entries with their verdicts, those known already left as they are; how many were new."""
    insert = insert_unless_known(database.name, entries, "source_id", "key")
    # The first of two entries with one key is the one that counts, here as in the database.
    first = {storable(entry.key): (entry, verdict) for entry, verdict in reversed(new)}
    rows = [
        entry_values(entry, first[storable(entry.key)][1])
        for entry, _ in new
        if first[storable(entry.key)][0] is entry
    ]
    added = await connection.execute(insert.returning(entries.c.id, entries.c.key), rows)
    fresh = [verdict_values(row.id, first[row.key][1]) for row in added]
    if fresh:
        await connection.execute(verdicts.insert(), fresh)
    return len(fresh)


def source_values(state: SourceState) -> dict[str, Any]:
    return {
        "id": state.source_id,
        "etag": state.validators.etag,
        "last_modified": state.validators.last_modified,
        "health": state.health.value,
        "last_failure": state.last_failure and state.last_failure.value,
        **{name: getattr(state, name) for name in SAME},
    }


def _state(row: AnyRow) -> SourceState:
    return SourceState(
        source_id=row.id,
        validators=Validators(row.etag, row.last_modified),
        health=Health(row.health),
        last_failure=FailureKind(row.last_failure) if row.last_failure else None,
        **{name: getattr(row, name) for name in SAME},
    )
