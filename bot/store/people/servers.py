"""Discord servers as their people set them up, what people suggest, and forgetting both."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Server, SinkKind, Suggestion
from bot.store.database import AnyRow, Noun
from bot.store.delivery.tables import deliveries, digest_items
from bot.store.dialects import insert_or_update
from bot.store.people.tables import (
    approvals,
    destinations,
    feedback,
    mutes,
    servers,
    subscriptions,
    suggestions,
)

# What stands in the place of somebody's id where only that there was somebody matters.
SOMEBODY = "somebody"


class Servers(Noun):
    """Implements bot.ports.ServerMemory."""

    async def server(self, server_id: str) -> Server:
        async with self._database.reading() as connection:
            query = select(servers).where(servers.c.id == server_id)
            row = (await connection.execute(query)).one_or_none()
            return Server(**row._mapping) if row is not None else Server(server_id)

    async def servers(self) -> Sequence[Server]:
        async with self._database.reading() as connection:
            rows = await connection.execute(select(servers).order_by(servers.c.id))
            return [Server(**row._mapping) for row in rows]

    async def save_server(self, server: Server) -> None:
        async with self._database.writing() as connection:
            await connection.execute(insert_or_update(self._database.name, servers, "id"), asdict(server))

    async def add_suggestion(
        self, text: str, sink: SinkKind, person: str, server: str | None, now: datetime
    ) -> Suggestion:
        values = {"text": text, "sink": sink.value, "person": person, "server": server, "said_at": now}
        async with self._database.writing() as connection:
            insert = suggestions.insert().values(**values).returning(*suggestions.columns)
            return _suggestion((await connection.execute(insert)).one())

    async def suggestions(
        self, *, settled: bool | None = None, person: str | None = None
    ) -> Sequence[Suggestion]:
        query = select(suggestions).order_by(suggestions.c.id)
        if settled is not None:
            at = suggestions.c.settled_at
            query = query.where(at.is_not(None) if settled else at.is_(None))
        if person is not None:
            query = query.where(suggestions.c.person == person)
        async with self._database.reading() as connection:
            return [_suggestion(row) for row in await connection.execute(query)]

    async def settle_suggestion(self, suggestion_id: int, at: datetime) -> bool:
        statement = update(suggestions).where(suggestions.c.id == suggestion_id).values(settled_at=at)
        async with self._database.writing() as connection:
            return (await connection.execute(statement)).rowcount == 1

    async def forget_server(self, server_id: str) -> int:
        async with self._database.writing() as connection:
            gone = await _forget_destinations(connection, destinations.c.server == server_id)
            await connection.execute(delete(approvals).where(approvals.c.server == server_id))
            await connection.execute(delete(servers).where(servers.c.id == server_id))
            for table in (feedback, suggestions):
                await connection.execute(update(table).where(table.c.server == server_id).values(server=None))
            return gone

    async def forget_person(self, sink: SinkKind, person: str, addresses: Sequence[str]) -> int:
        async with self._database.writing() as connection:
            theirs = (destinations.c.sink == sink.value) & destinations.c.address.in_(addresses)
            gone = await _forget_destinations(connection, theirs)
            for table in (feedback, suggestions):
                await connection.execute(
                    delete(table).where(table.c.sink == sink.value, table.c.person == person)
                )
            for column in (subscriptions.c.asked_by, mutes.c.muted_by, approvals.c.decided_by):
                await connection.execute(
                    update(column.table).where(column == person).values({column.name: SOMEBODY})
                )
            return gone

    async def forget_destination(self, destination_id: int) -> int:
        async with self._database.writing() as connection:
            return await _forget_destinations(connection, destinations.c.id == destination_id)


async def _forget_destinations(connection: AsyncConnection, which: ColumnElement[bool]) -> int:
    """Destinations with everything that hangs on them; how many subscriptions went."""
    ids: Select[int] = select(destinations.c.id).where(which)
    for table in (deliveries, digest_items, mutes):
        await connection.execute(delete(table).where(table.c.destination_id.in_(ids)))
    gone = await connection.execute(delete(subscriptions).where(subscriptions.c.destination_id.in_(ids)))
    await connection.execute(delete(destinations).where(which))
    return gone.rowcount


def _suggestion(row: AnyRow) -> Suggestion:
    return Suggestion(**{**row._mapping, "sink": SinkKind(row.sink)})
