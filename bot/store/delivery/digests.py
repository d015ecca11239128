"""What waits to be told together, and the facts that routing asks for."""

from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, exists, func, null, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import (
    DeliveryState,
    DigestKind,
    DigestPlan,
    GatheredItem,
    Message,
    PlannedDelivery,
    RoutingFacts,
    SinkKind,
    Threading,
)
from bot.model.people import Decision
from bot.store.codec import dump, load
from bot.store.columns import UtcTime
from bot.store.database import Noun
from bot.store.delivery.tables import UNDONE, deliveries, digest_items, messages
from bot.store.dialects import insert_unless_known
from bot.store.news.tables import stories
from bot.store.people.subscriptions import DESTINATION, destination_from
from bot.store.people.tables import approvals, destinations, mutes, servers, subscriptions

NOW = bindparam("now", type_=UtcTime)
HOLDING = select(servers.c.id, servers.c.approval_hours).where(servers.c.approval_channel.is_not(null()))
MUTED = select(mutes.c.destination_id).where(mutes.c.story_id == bindparam("story"))
LOADS = (
    select(deliveries.c.destination_id, func.count())
    .join_from(deliveries, destinations)
    .where(
        destinations.c.sink == SinkKind.MASTODON.value,
        or_(
            and_(
                deliveries.c.state == DeliveryState.SENT.value,
                deliveries.c.done_at >= bindparam("since", type_=UtcTime),
            ),
            deliveries.c.state.in_([str(state) for state in UNDONE]),
        ),
    )
    .group_by(deliveries.c.destination_id)
)
IS_WANTED = exists().where(
    subscriptions.c.destination_id == digest_items.c.destination_id, subscriptions.c.paused_at.is_(null())
)
IS_MUTED = exists().where(
    mutes.c.destination_id == digest_items.c.destination_id, mutes.c.story_id == digest_items.c.story_id
)
ASKED = and_(
    approvals.c.server == destinations.c.server,
    approvals.c.story_id == digest_items.c.story_id,
    approvals.c.n == digest_items.c.n,
)
IS_SKIPPED = exists(
    select(approvals.c.server)
    .join(destinations, destinations.c.server == approvals.c.server)
    .where(
        destinations.c.id == digest_items.c.destination_id,
        approvals.c.story_id == digest_items.c.story_id,
        approvals.c.n == digest_items.c.n,
        approvals.c.decision == Decision.SKIPPED.value,
    )
)
DUE = (
    select(
        *DESTINATION,
        digest_items.c.kind,
        digest_items.c.due_at,
        stories.c.score,
        messages.c.body,
        approvals.c.headline,
    )
    .join_from(digest_items, destinations)
    .join(messages, (messages.c.story_id == digest_items.c.story_id) & (messages.c.n == digest_items.c.n))
    .join(stories, stories.c.id == digest_items.c.story_id)
    .outerjoin(approvals, ASKED)
    .where(
        digest_items.c.due_at <= NOW,
        destinations.c.paused_at.is_(null()),
        IS_WANTED,
        ~IS_MUTED,
        or_(
            approvals.c.server.is_(null()),
            approvals.c.decision.in_([Decision.APPROVED.value, Decision.RELEASED.value]),
        ),
    )
    .order_by(digest_items.c.destination_id, digest_items.c.due_at, digest_items.c.story_id, digest_items.c.n)
)
NEXT_AT = select(func.min(digest_items.c.due_at)).where(digest_items.c.due_at > NOW)


class Digests(Noun):
    """Implements bot.ports.DigestMemory."""

    async def routing_facts(self, story_id: str, since: datetime) -> RoutingFacts:
        async with self._database.reading() as connection:
            muted = frozenset((await connection.scalars(MUTED, {"story": story_id})).all())
            holding = {row.id: row.approval_hours for row in await connection.execute(HOLDING)}
            loads = {row[0]: row[1] for row in await connection.execute(LOADS, {"since": since})}
            return RoutingFacts(muted, holding, loads)

    async def approval_places(self, server_ids: Some[str], now: datetime) -> Mapping[str, int]:
        query = select(servers.c.id, servers.c.approval_channel, servers.c.lang).where(
            servers.c.id.in_(list(server_ids)), servers.c.approval_channel.is_not(null())
        )
        places: dict[str, int] = {}
        async with self._database.writing() as connection:
            for row in (await connection.execute(query)).all():
                values = {
                    "sink": SinkKind.DISCORD.value,
                    "address": row.approval_channel,
                    "name": "the approval channel",
                    "server": row.id,
                    "created_at": now,
                    "paused_why": "",
                    "lang": row.lang or "en",
                    "threading": Threading.REPLY.value,
                }
                insert = insert_unless_known(self._database.name, destinations, "sink", "address")
                await connection.execute(insert, values)
                same = (destinations.c[name] == values[name] for name in ("sink", "address"))
                places[row.id] = (
                    await connection.execute(select(destinations.c.id).where(*same))
                ).scalar_one()
        return places

    async def due_items(self, now: datetime) -> Sequence[GatheredItem]:
        # Many destinations gather the same few stories: each message is read once.
        read: dict[str, Message] = {}
        found = []
        async with self._database.reading() as connection:
            for row in await connection.execute(DUE, {"now": now}):
                if row.body not in read:
                    read[row.body] = load(Message, row.body)
                message = read[row.body]
                if row.headline is not None:
                    message = replace(message, headline=row.headline)
                found.append(
                    GatheredItem(destination_from(row), DigestKind(row.kind), row.due_at, row.score, message)
                )
        return found

    async def next_digest_at(self, now: datetime) -> datetime | None:
        async with self._database.reading() as connection:
            at: datetime | None = await connection.scalar(NEXT_AT, {"now": now})
            return at

    async def save_digest(self, plan: DigestPlan, now: datetime) -> bool:
        try:
            async with self._database.writing() as connection:
                await _use_up_all(connection, plan)
                if plan.delivery is not None:
                    await self._insert(connection, plan, plan.delivery, now)
        except _TakenError:
            # Another process was quicker. What it left is told by the next look.
            return False
        return True

    async def _insert(
        self, connection: AsyncConnection, plan: DigestPlan, planned: PlannedDelivery, now: datetime
    ) -> None:
        if plan.message is not None:
            identity = {"story_id": plan.message.story_id, "n": plan.message.n}
            body = {"body": dump(plan.message), "revision": plan.message.revision}
            known = insert_unless_known(self._database.name, messages, "story_id", "n")
            await connection.execute(known, identity | body)
        else:
            ((story_id, n),) = plan.told
            identity = {"story_id": story_id, "n": n}
        headline = None
        if plan.message is None:
            changed = (
                select(approvals.c.headline)
                .join(destinations, destinations.c.server == approvals.c.server)
                .where(
                    destinations.c.id == plan.destination_id,
                    approvals.c.story_id == identity["story_id"],
                    approvals.c.n == identity["n"],
                )
            )
            headline = await connection.scalar(changed)
        insert = insert_unless_known(self._database.name, deliveries, "story_id", "destination_id", "n")
        await connection.execute(
            insert,
            identity
            | {
                "destination_id": planned.destination_id,
                "key": planned.key,
                "roles": list(planned.roles),
                "state": DeliveryState.DUE.value,
                "created_at": now,
                "due_at": now,
                "headline": headline,
            },
        )

    async def digested_since(self, destination_id: int, at: datetime) -> bool:
        query = select(
            exists().where(
                deliveries.c.destination_id == destination_id,
                deliveries.c.story_id.like("digest-%"),
                deliveries.c.created_at >= at,
            )
        )
        async with self._database.reading() as connection:
            return bool(await connection.scalar(query))

    async def drop_unwanted_items(self) -> int:
        async with self._database.writing() as connection:
            return (
                await connection.execute(delete(digest_items).where(or_(~IS_WANTED, IS_MUTED, IS_SKIPPED)))
            ).rowcount


class _TakenError(Exception):
    """Somebody else told one of the items; undoes the transaction."""


async def _use_up_all(connection: AsyncConnection, plan: DigestPlan) -> None:
    if await _use_up(connection, plan.destination_id, plan.told) != len(plan.told):
        raise _TakenError
    await _use_up(connection, plan.destination_id, plan.drop)


async def _use_up(connection: AsyncConnection, destination_id: int, which: Sequence[tuple[str, int]]) -> int:
    """How many of these items were there."""
    if not which:
        return 0
    gone = await connection.execute(
        delete(digest_items).where(
            digest_items.c.destination_id == destination_id,
            tuple_(digest_items.c.story_id, digest_items.c.n).in_(list(which)),
        )
    )
    return gone.rowcount
