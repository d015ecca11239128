"""Editions: which are ready to be told, which were, which waited too long."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.model import DeliveryState, EditionState, Message, PlannedDelivery, Publication
from bot.store.codec import dump, encode, load
from bot.store.columns import UtcTime
from bot.store.database import Noun, chunked
from bot.store.delivery.tables import deadlines, deliveries, digest_items, messages
from bot.store.dialects import insert_unless_known
from bot.store.news.tables import editions
from bot.store.people.tables import approvals

READY = (
    select(editions.c.story_id, editions.c.n)
    .where(editions.c.state == EditionState.READY.value)
    .order_by(editions.c.made_at, editions.c.story_id, editions.c.n)
    .limit(bindparam("most", type_=Integer))
)
EXPIRE = (
    update(editions)
    .where(
        editions.c.state == EditionState.HELD.value, editions.c.made_at < bindparam("before", type_=UtcTime)
    )
    .values(state=EditionState.EXPIRED.value, settled_at=bindparam("now", type_=UtcTime))
)
REASONS = select(editions.c.reasons).where(
    editions.c.story_id == bindparam("story"), editions.c.n == bindparam("number")
)
# PostgreSQL sends a few thousand rows at a time; more than this is not quicker.
ROWS_AT_ONCE = 1_000


class Editions(Noun):
    """The part of bot.ports.StoryMemory that publishing uses."""

    async def ready_editions(self, limit: int) -> Sequence[tuple[str, int]]:
        async with self._database.reading() as connection:
            return [(row.story_id, row.n) for row in await connection.execute(READY, {"most": limit})]

    async def expire_held(self, before: datetime, now: datetime) -> int:
        async with self._database.writing() as connection:
            return (await connection.execute(EXPIRE, {"before": before, "now": now})).rowcount

    async def messages_of(self, story_id: str) -> Mapping[int, Message]:
        query = select(messages.c.n, messages.c.body).where(messages.c.story_id == story_id)
        async with self._database.reading() as connection:
            return {row.n: load(Message, row.body) for row in await connection.execute(query)}

    async def newest_messages(self, story_ids: Sequence[str]) -> Mapping[str, Message]:
        query = (
            select(messages.c.story_id, messages.c.body)
            .where(messages.c.story_id.in_(list(story_ids)))
            .order_by(messages.c.story_id, messages.c.n)
        )
        async with self._database.reading() as connection:
            newest = {row.story_id: row.body for row in await connection.execute(query)}
        return {story_id: load(Message, body) for story_id, body in newest.items()}

    async def save_publication(self, publication: Publication) -> int:
        async with self._database.writing() as connection:
            await _mark_published(connection, publication)
            identity = {"story_id": publication.story_id, "n": publication.n}
            # The first telling stays: some of its deliveries may be out already.
            await connection.execute(
                insert_unless_known(self._database.name, messages, "story_id", "n"),
                identity | {"body": dump(publication.message)},
            )
            insert = insert_unless_known(
                self._database.name, deliveries, "story_id", "destination_id", "n"
            ).returning(deliveries.c.id)
            added = 0
            planned = _delivery_values(publication, publication.deliveries)
            for rows in chunked(planned, ROWS_AT_ONCE):
                added += len((await connection.execute(insert, rows)).all())
            await _ask(self._database.name, connection, publication)
            await _gather(self._database.name, connection, publication)
            return added


async def _ask(backend: str, connection: AsyncConnection, publication: Publication) -> None:
    """Cards for those who approve. They do not count as deliveries of the story."""
    asked = {"story_id": publication.story_id, "n": publication.n, "asked_at": publication.published_at}
    for card in publication.cards:
        await connection.execute(
            insert_unless_known(backend, approvals, "server", "story_id", "n"),
            asked | {"server": card.server},
        )
        identity = {"story_id": card.message.story_id, "n": card.message.n}
        await connection.execute(
            insert_unless_known(backend, messages, "story_id", "n"), identity | {"body": dump(card.message)}
        )
        values = _delivery_values(publication, (card.delivery,))[0] | identity
        await connection.execute(
            insert_unless_known(backend, deliveries, "story_id", "destination_id", "n"), values
        )


async def _gather(backend: str, connection: AsyncConnection, publication: Publication) -> None:
    """What waits for digests, and the days that the story names."""
    identity = {"story_id": publication.story_id, "n": publication.n}
    items = [
        identity
        | {
            "destination_id": item.destination_id,
            "kind": item.kind.value,
            "due_at": item.due_at,
            "gathered_at": publication.published_at,
        }
        for item in publication.items
    ]
    for rows in chunked(items, ROWS_AT_ONCE):
        insert = insert_unless_known(backend, digest_items, "destination_id", "story_id", "n")
        await connection.execute(insert, rows)
    if publication.deadlines:
        await connection.execute(
            insert_unless_known(backend, deadlines, "story_id", "at", "what"),
            [{"story_id": publication.story_id} | asdict(each) for each in publication.deadlines],
        )


async def _mark_published(connection: AsyncConnection, publication: Publication) -> None:
    identity = {"story": publication.story_id, "number": publication.n}
    known = (await connection.execute(REASONS, identity)).one_or_none()
    if known is None:
        raise StoreError(f"There is no edition {publication.n} of story {publication.story_id} to publish.")
    # The same telling twice says why once.
    fresh = [reason for reason in encode(publication.reasons) if reason not in known.reasons]
    await connection.execute(
        update(editions)
        .where(editions.c.story_id == publication.story_id, editions.c.n == publication.n)
        .values(
            state=EditionState.PUBLISHED.value,
            settled_at=publication.published_at,
            reasons=[*known.reasons, *fresh],
        )
    )


def _delivery_values(
    publication: Publication, planned_deliveries: Sequence[PlannedDelivery]
) -> list[dict[str, Any]]:
    return [
        {
            "story_id": publication.story_id,
            "n": publication.n,
            "destination_id": planned.destination_id,
            "key": planned.key,
            "roles": list(planned.roles),
            "state": (DeliveryState.HELD if planned.is_held else DeliveryState.DUE).value,
            "release_at": planned.release_at,
            "created_at": publication.published_at,
            "due_at": publication.published_at,
        }
        for planned in planned_deliveries
    ]
