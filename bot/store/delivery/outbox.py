"""Deliveries: the queues of every destination, their heads, and what became of each.

Claims are single conditional UPDATEs, so that several processes on one database never both win.
"""

from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import (
    BindParameter,
    Integer,
    Update,
    bindparam,
    case,
    desc,
    exists,
    func,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.model import Delivery, DeliveryState, Message, Receipt, SinkKind
from bot.store.codec import load
from bot.store.columns import RowId, UtcTime, Words
from bot.store.database import AnyRow, AnySelect, Noun
from bot.store.delivery.tables import UNDONE, deliveries, messages
from bot.store.people.subscriptions import DESTINATION, abandon_unwanted, destination_from
from bot.store.people.tables import destinations

DUE, SENDING, UNCLEAR = (state.value for state in UNDONE)
SENT, ABANDONED = DeliveryState.SENT.value, DeliveryState.ABANDONED.value

NOW = bindparam("now", type_=UtcTime)
MOST = bindparam("most", type_=Integer)
SINKS: BindParameter[str] = bindparam("sinks", expanding=True)
# Written into the statement: a bound value would not let SQLite see that the partial index serves.
ANY_UNDONE: BindParameter[str] = bindparam(
    "undone", [DUE, SENDING, UNCLEAR], expanding=True, literal_execute=True
)
IS_UNDONE = deliveries.c.state.in_(ANY_UNDONE)

WHOLE = (
    select(*deliveries.columns, *DESTINATION, messages.c.body)
    .join_from(deliveries, destinations)
    .join(messages, (messages.c.story_id == deliveries.c.story_id) & (messages.c.n == deliveries.c.n))
)
# The oldest undone delivery of every destination, and whether one there may be under way.
HEADS = (
    select(
        deliveries.c.destination_id,
        func.min(deliveries.c.id).label("id"),
        func.max(case((deliveries.c.state == DUE, 0), else_=1)).label("busy"),
    )
    .where(IS_UNDONE)
    .group_by(deliveries.c.destination_id)
    .subquery("heads")
)
DUE_NOW = (
    WHOLE.join(HEADS, HEADS.c.id == deliveries.c.id)
    .where(
        HEADS.c.busy == 0,
        deliveries.c.due_at <= NOW,
        destinations.c.paused_at.is_(null()),
        destinations.c.sink.in_(SINKS),
    )
    .order_by(deliveries.c.due_at, deliveries.c.id)
    .limit(MOST)
)
NEXT_DUE_AT = (
    select(func.min(deliveries.c.due_at))
    .join_from(deliveries, destinations)
    .join(HEADS, HEADS.c.id == deliveries.c.id)
    .where(HEADS.c.busy == 0, destinations.c.paused_at.is_(null()))
)
THIS_REVISION = (
    select(messages.c.revision)
    .where(messages.c.story_id == deliveries.c.story_id, messages.c.n == deliveries.c.n)
    .correlate(deliveries)
    .scalar_subquery()
)
EARLIER = deliveries.alias("earlier")
IS_FIRST = ~exists().where(
    EARLIER.c.destination_id == deliveries.c.destination_id,
    EARLIER.c.id < deliveries.c.id,
    EARLIER.c.state.in_(ANY_UNDONE),
)
IS_OPEN = exists().where(
    destinations.c.id == deliveries.c.destination_id, destinations.c.paused_at.is_(null())
)
ONE = deliveries.c.id == bindparam("delivery", type_=RowId)
CLAIM = (
    update(deliveries)
    .where(ONE, deliveries.c.state == DUE, deliveries.c.due_at <= NOW, IS_FIRST, IS_OPEN)
    .values(state=SENDING, claimed_at=NOW, claimed_by=bindparam("holder"), tries=deliveries.c.tries + 1)
)
BACK_TO_DUE = (
    update(deliveries)
    .where(ONE, deliveries.c.state.in_([SENDING, UNCLEAR, DUE]))
    .values(state=DUE, due_at=bindparam("at", type_=UtcTime), last_error=bindparam("error", type_=Words))
    .returning(deliveries.c.destination_id)
)
UNCLEAR_NOW = (
    WHOLE.where(
        deliveries.c.state == UNCLEAR, destinations.c.paused_at.is_(null()), destinations.c.sink.in_(SINKS)
    )
    .order_by(deliveries.c.id)
    .limit(MOST)
)
RECOVER = (
    update(deliveries)
    .where(
        deliveries.c.state == SENDING,
        deliveries.c.claimed_by != bindparam("holder"),
        deliveries.c.claimed_at < bindparam("before", type_=UtcTime),
    )
    .values(state=UNCLEAR, last_error="the process that was sending it ended")
)
# A while, because the clocks of two machines on one PostgreSQL never agree to the second.
CLOCKS_DIFFER = timedelta(minutes=5)
LATER = bindparam("later", type_=UtcTime)
HASTEN = (
    update(deliveries)
    .where(
        deliveries.c.state == DUE,
        deliveries.c.due_at > LATER,
        or_(
            deliveries.c.due_at > bindparam("latest", type_=UtcTime),
            deliveries.c.created_at > LATER,
            deliveries.c.claimed_at > LATER,
        ),
    )
    .values(due_at=NOW)
)
AT = bindparam("destination", type_=RowId)
SINCE = bindparam("since", type_=UtcTime)
SENT_TIMES = (
    select(deliveries.c.done_at.label("at"))
    .where(deliveries.c.destination_id == AT, deliveries.c.state == SENT, deliveries.c.done_at >= SINCE)
    .union_all(
        select(deliveries.c.claimed_at).where(
            deliveries.c.destination_id == AT,
            IS_UNDONE,
            or_(deliveries.c.state == SENDING, deliveries.c.state == UNCLEAR),
            deliveries.c.claimed_at >= SINCE,
        )
    )
    .order_by("at")
)
FIRST_THERE = (
    select(deliveries.c.remote_id)
    .where(
        deliveries.c.story_id == bindparam("story"),
        deliveries.c.destination_id == AT,
        deliveries.c.state == SENT,
        deliveries.c.remote_id.is_not(null()),
    )
    .order_by(deliveries.c.n)
    .limit(1)
)
POSTED_AS = (
    select(deliveries.c.story_id)
    .join_from(deliveries, destinations)
    .where(deliveries.c.remote_id == bindparam("remote_id"), destinations.c.sink == bindparam("sink"))
    .limit(1)
)
OF_STORIES = WHOLE.where(deliveries.c.story_id.in_(bindparam("ids", expanding=True))).order_by(
    desc(deliveries.c.id)
)


class DeliveryQueues(Noun):
    """Implements bot.ports.Outbox."""

    async def due(self, now: datetime, sinks: Some[SinkKind], limit: int) -> Sequence[Delivery]:
        return await self._read(DUE_NOW, {"now": now, "sinks": _names(sinks), "most": limit})

    async def next_due_at(self) -> datetime | None:
        async with self._database.reading() as connection:
            at: datetime | None = await connection.scalar(NEXT_DUE_AT)
            return at

    async def claim(self, delivery_id: int, now: datetime, holder: str) -> bool:
        return await self._write(CLAIM, {"delivery": delivery_id, "now": now, "holder": holder}) == 1

    async def mark_sent(self, delivery_id: int, receipt: Receipt, now: datetime, revision: int = 1) -> None:
        """Whatever was thought of it before: it is there. Raises StoreError for no such delivery."""
        changed = await self._change(
            delivery_id,
            (DUE, SENDING, UNCLEAR, ABANDONED, SENT),
            state=SENT,
            remote_id=receipt.remote_id,
            remote_url=receipt.url,
            done_at=now,
            last_error="",
            shown_revision=revision,
            # Revised while it was on its way: what was posted is edited then.
            edit_due_at=case((revision < THIS_REVISION, now), else_=null()),
        )
        if not changed:
            raise StoreError(f"There is no delivery {delivery_id} to mark as sent.")

    async def mark_due(self, delivery_id: int, at: datetime, error: str) -> None:
        async with self._database.writing() as connection:
            values = {"delivery": delivery_id, "at": at, "error": error}
            # Whoever unsubscribed while it was being sent must not get it by the next try.
            for destination_id in (await connection.scalars(BACK_TO_DUE, values)).all():
                await abandon_unwanted(connection, destination_id)

    async def mark_unclear(self, delivery_id: int, error: str) -> None:
        await self._change(delivery_id, (SENDING, UNCLEAR), state=UNCLEAR, last_error=error)

    async def mark_abandoned(self, delivery_id: int, error: str, now: datetime) -> None:
        await self._change(
            delivery_id, (DUE, SENDING, UNCLEAR), state=ABANDONED, done_at=now, last_error=error
        )

    async def postpone(self, delivery_id: int, at: datetime, why: str) -> None:
        await self._change(delivery_id, (DUE,), due_at=at, last_error=why)

    async def recover(self, holder: str, stale_before: datetime) -> int:
        return await self._write(RECOVER, {"holder": holder, "before": stale_before})

    async def release_overlong_waits(self, now: datetime, longest_hold: timedelta) -> int:
        times = {"now": now, "later": now + CLOCKS_DIFFER, "latest": now + longest_hold}
        return await self._write(HASTEN, times)

    async def unclear(self, sinks: Some[SinkKind], limit: int) -> Sequence[Delivery]:
        return await self._read(UNCLEAR_NOW, {"sinks": _names(sinks), "most": limit})

    async def sent_times(self, destination_id: int, since: datetime) -> Sequence[datetime]:
        async with self._database.reading() as connection:
            times = await connection.scalars(SENT_TIMES, {"destination": destination_id, "since": since})
            return times.all()

    async def first_remote_id(self, story_id: str, destination_id: int) -> str | None:
        async with self._database.reading() as connection:
            remote_id: str | None = await connection.scalar(
                FIRST_THERE, {"story": story_id, "destination": destination_id}
            )
            return remote_id

    async def story_posted_as(self, sink: SinkKind, remote_id: str) -> str | None:
        async with self._database.reading() as connection:
            values = {"remote_id": remote_id, "sink": sink.value}
            story_id: str | None = await connection.scalar(POSTED_AS, values)
            return story_id

    async def deliveries(
        self, *, limit: int, state: DeliveryState | None = None, story_id: str | None = None
    ) -> Sequence[Delivery]:
        query = WHOLE.order_by(desc(deliveries.c.id)).limit(limit)
        if state is not None:
            query = query.where(deliveries.c.state == state.value)
        if story_id is not None:
            query = query.where(deliveries.c.story_id == story_id)
        return await self._read(query, {})

    async def _read(self, query: AnySelect, values: Mapping[str, object]) -> Sequence[Delivery]:
        async with self._database.reading() as connection:
            return await read_deliveries(connection, query, values)

    async def _change(self, delivery_id: int, states: tuple[str, ...], **values: object) -> bool:
        """Change a delivery if it is in one of these states; whether it was."""
        statement = update(deliveries).where(ONE, deliveries.c.state.in_(states)).values(**values)
        return await self._write(statement, {"delivery": delivery_id}) == 1

    async def _write(self, statement: Update, values: Mapping[str, object]) -> int:
        async with self._database.writing() as connection:
            return (await connection.execute(statement, values)).rowcount


async def read_deliveries(
    connection: AsyncConnection, query: AnySelect, values: Mapping[str, object]
) -> list[Delivery]:
    """Deliveries with destination and message, in the order of the query, which selects `WHOLE`."""
    # Two thousand deliveries tell a handful of editions: each message is read once.
    read: dict[str, Message] = {}
    found = []
    for row in await connection.execute(query, values):
        if row.body not in read:
            read[row.body] = load(Message, row.body)
        message = read[row.body]
        if row.headline is not None:
            message = replace(message, headline=row.headline)
        found.append(_delivery(row, message))
    return found


def _delivery(row: AnyRow, message: Message) -> Delivery:
    return Delivery(
        id=row.id,
        key=row.key,
        destination=destination_from(row),
        message=message,
        roles=tuple(row.roles),
        state=DeliveryState(row.state),
        created_at=row.created_at,
        due_at=row.due_at,
        tries=row.tries,
        claimed_at=row.claimed_at,
        done_at=row.done_at,
        remote_id=row.remote_id,
        remote_url=row.remote_url,
        last_error=row.last_error,
        shown_revision=row.shown_revision,
        edit_due_at=row.edit_due_at,
        edited_at=row.edited_at,
        edit_tries=row.edit_tries,
        release_at=row.release_at,
    )


def _names(sinks: Some[SinkKind]) -> list[str]:
    return sorted(sink.value for sink in sinks)
