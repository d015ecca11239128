"""What became of clause changes: alerted, recorded, waiting for a second look or for an operator."""

import hashlib
from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, desc, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.logic.terms.read.wording import key
from bot.model import CLAUSE_SOURCE, ChangeState, ClauseChange, Place, StoredChange
from bot.store.codec import decode, encode
from bot.store.columns import UtcTime, storable
from bot.store.database import AnyRow, Database, Noun, chunked
from bot.store.dialects import insert_unless_known
from bot.store.news.clusters import folded
from bot.store.news.tables import entries
from bot.store.terms.tables import clause_changes

IDENTITY = ("document_id", "place", "kind", "direction", "quote_hash")
FOR_DIGESTS = (
    select(clause_changes)
    .where(
        clause_changes.c.state == ChangeState.RECORDED.value,
        clause_changes.c.confirmed_at > bindparam("since", type_=UtcTime),
        clause_changes.c.before.is_not(None),
        clause_changes.c.entry_key.is_(None),
    )
    .order_by(clause_changes.c.confirmed_at, clause_changes.c.id)
)
TOLD_IN = select(entries.c.key, entries.c.story_id).where(
    entries.c.source_id == CLAUSE_SOURCE,
    entries.c.key.in_(bindparam("keys", expanding=True)),
    entries.c.story_id.is_not(None),
)
# By these a state moves on; what was seen stays as it was seen.
MOVING = (
    "state",
    "first_seen_at",  # of the present row of looks: what was dropped may come back
    "confirmed_at",
    "ended_at",
    "entry_key",
    "effective_on",
    "why",
    "decided_by",
    "decided_at",
    "plain",
    "urgent",
)


class ClauseChanges(Noun):
    """The part of bot.ports.TermsMemory that is about clause changes."""

    async def change(self, change_id: int) -> StoredChange | None:
        async with self._database.reading() as connection:
            query = select(clause_changes).where(clause_changes.c.id == change_id)
            row = (await connection.execute(query)).one_or_none()
            return None if row is None else _change(row)

    async def changes(
        self,
        *,
        limit: int,
        platform: str | None = None,
        document_id: str | None = None,
        states: Some[ChangeState] | None = None,
        entry_keys: Some[str] | None = None,
        seen_since: datetime | None = None,
    ) -> Sequence[StoredChange]:
        query = select(clause_changes).order_by(desc(clause_changes.c.id)).limit(limit)
        if platform is not None:
            query = query.where(clause_changes.c.platform_key == storable(folded(platform)))
        if document_id is not None:
            query = query.where(clause_changes.c.document_id == document_id)
        if states is not None:
            query = query.where(clause_changes.c.state.in_([state.value for state in states]))
        if entry_keys is not None:
            query = query.where(clause_changes.c.entry_key.in_([storable(key) for key in entry_keys]))
        if seen_since is not None:
            query = query.where(clause_changes.c.first_seen_at >= seen_since)
        async with self._database.reading() as connection:
            return [_change(row) for row in await connection.execute(query)]

    async def changes_since(self, at: datetime) -> Sequence[StoredChange]:
        async with self._database.reading() as connection:
            return [_change(row) for row in await connection.execute(FOR_DIGESTS, {"since": at})]

    async def save_change(self, change: StoredChange) -> None:
        async with self._database.writing() as connection:
            if await _move(connection, change, reread=True) != 1:
                raise StoreError(f"There is no clause change {change.id}. See: smallprint review")

    async def stories_of_clauses(self, entry_keys: Some[str]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        async with self._database.reading() as connection:
            for keys in chunked(sorted({storable(key) for key in entry_keys})):
                for row in await connection.execute(TOLD_IN, {"keys": keys}):
                    found[row.key] = row.story_id
        return found


async def write_changes(
    database: Database, connection: AsyncConnection, changes: Sequence[StoredChange]
) -> None:
    """New ones (id 0) unless the same clause of the document is there, known ones with their new state."""
    fresh = [_values(change) for change in changes if change.id == 0]
    if fresh:
        await connection.execute(insert_unless_known(database.name, clause_changes, *IDENTITY), fresh)
    for change in changes:
        if change.id != 0:
            await _move(connection, change)


async def _move(connection: AsyncConnection, change: StoredChange, *, reread: bool = False) -> int:
    values = {name: value for name, value in _values(change).items() if name in MOVING}
    if reread:  # an operator's reading takes the place of ours
        values |= {name: _values(change)[name] for name in ("kind", "body")}
    moved = await connection.execute(
        update(clause_changes).where(clause_changes.c.id == change.id).values(**values)
    )
    return moved.rowcount


def _values(stored: StoredChange) -> dict[str, Any]:
    change = stored.change
    return {
        "document_id": stored.document_id,
        "platform": stored.platform,
        "platform_key": folded(stored.platform),
        "version": stored.version,
        "before": stored.before,
        "place": stored.place.value,
        "kind": change.stance.kind.value,
        "direction": change.direction.value,
        "quote": change.quote,
        "quote_hash": hashlib.sha256(key(change.quote).encode("utf-8", "surrogatepass")).hexdigest(),
        "body": encode(change),
        "plain": stored.plain,
        "urgent": change.urgent,
        "state": stored.state.value,
        "first_seen_at": stored.first_seen_at,
        "confirmed_at": stored.confirmed_at,
        "ended_at": stored.ended_at,
        "entry_key": stored.entry_key,
        "effective_on": stored.effective_on,
        "why": stored.why,
        "decided_by": stored.decided_by,
        "decided_at": stored.decided_at,
    }


def _change(row: AnyRow) -> StoredChange:
    return StoredChange(
        id=row.id,
        document_id=row.document_id,
        platform=row.platform,
        version=row.version,
        before=row.before,
        change=decode(ClauseChange, row.body),
        place=Place(row.place),
        plain=row.plain,
        state=ChangeState(row.state),
        first_seen_at=row.first_seen_at,
        confirmed_at=row.confirmed_at,
        ended_at=row.ended_at,
        entry_key=row.entry_key,
        effective_on=row.effective_on,
        why=row.why,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
