"""Who wants what, and where: subscriptions and the destinations that they name."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import DeliveryState, Destination, NewSubscription, SinkKind, Subscription, Topic, Urgency
from bot.store.columns import RowId
from bot.store.database import AnyRow, Noun
from bot.store.dialects import insert_or_update, insert_unless_known
from bot.store.tables import deliveries, destinations, subscriptions

# A destination beside other columns, under names of its own.
DESTINATION = tuple(column.label(f"destination_{column.name}_") for column in destinations.columns)
WHOLE = select(*subscriptions.columns, *DESTINATION).join_from(subscriptions, destinations)
ONE = WHOLE.where(subscriptions.c.id == bindparam("subscription", type_=RowId))
UNWANTED = "nobody is subscribed at this destination any more"


class Subscriptions(Noun):
    """Implements bot.ports.SubscriptionMemory."""

    async def subscriptions(
        self, *, server: str | None = None, destination_id: int | None = None
    ) -> Sequence[Subscription]:
        query = WHOLE.order_by(subscriptions.c.id)
        if server is not None:
            query = query.where(destinations.c.server == server)
        if destination_id is not None:
            query = query.where(subscriptions.c.destination_id == destination_id)
        async with self._database.reading() as connection:
            return [_subscription(row) for row in await connection.execute(query)]

    async def add_subscription(self, new: NewSubscription, now: datetime) -> Subscription:
        async with self._database.writing() as connection:
            destination_id = await self._open_destination(connection, new, now)
            values = {
                "destination_id": destination_id,
                "platforms": new.platforms,
                "topics": new.topics,
                "urgency": new.urgency.value,
                "role": new.role or "",
            }
            wish = tuple(values)
            insert = insert_unless_known(self._database.name, subscriptions, *wish)
            await connection.execute(insert, values | {"asked_by": new.asked_by, "created_at": now})
            same = (subscriptions.c[name] == value for name, value in values.items())
            return _subscription((await connection.execute(WHOLE.where(*same))).one())

    async def _open_destination(
        self, connection: AsyncConnection, new: NewSubscription, now: datetime
    ) -> int:
        """The destination's id; made, or renamed and taken out of its pause."""
        write = insert_or_update(
            self._database.name, destinations, "sink", "address", keep=frozenset({"id", "created_at"})
        ).returning(destinations.c.id)
        values = {
            "sink": new.sink.value,
            "address": new.address,
            "name": new.destination_name,
            "server": new.server,
            "created_at": now,
            "paused_at": None,
            "paused_why": "",
        }
        destination_id: int = (await connection.execute(write, values)).scalar_one()
        return destination_id

    async def remove_subscription(self, subscription_id: int) -> Subscription | None:
        async with self._database.writing() as connection:
            row = (await connection.execute(ONE, {"subscription": subscription_id})).one_or_none()
            if row is None:
                return None
            await connection.execute(delete(subscriptions).where(subscriptions.c.id == subscription_id))
            await abandon_unwanted(connection, row.destination_id)
            return _subscription(row)

    async def destinations(self, *, sink: SinkKind | None = None) -> Sequence[Destination]:
        """Oldest first."""
        query = select(*DESTINATION).order_by(destinations.c.id)
        if sink is not None:
            query = query.where(destinations.c.sink == sink.value)
        async with self._database.reading() as connection:
            return [destination_from(row) for row in await connection.execute(query)]

    async def pause_destination(self, destination_id: int, why: str, now: datetime) -> bool:
        return await self._set_pause(destination_id, is_paused=False, paused_at=now, paused_why=why)

    async def resume_destination(self, destination_id: int) -> bool:
        """False: it was not paused."""
        return await self._set_pause(destination_id, is_paused=True, paused_at=None, paused_why="")

    async def _set_pause(self, destination_id: int, *, is_paused: bool, **values: object) -> bool:
        """Change the pause of a destination that is, or is not, paused; whether there was one such."""
        present = (
            destinations.c.paused_at.is_not(null()) if is_paused else destinations.c.paused_at.is_(null())
        )
        statement = update(destinations).where(destinations.c.id == destination_id, present).values(**values)
        async with self._database.writing() as connection:
            return (await connection.execute(statement)).rowcount == 1


async def abandon_unwanted(connection: AsyncConnection, destination_id: int) -> None:
    """Give up what waits for a destination if it has no subscription left.

    Unclear ones too: looked for and not found, they would be posted to people who have left. What is being sent at
    this moment is left to its sender.
    """
    wanted = exists().where(subscriptions.c.destination_id == destination_id)
    await connection.execute(
        update(deliveries)
        .where(
            deliveries.c.destination_id == destination_id,
            deliveries.c.state.in_([DeliveryState.DUE.value, DeliveryState.UNCLEAR.value]),
            ~wanted,
        )
        .values(state=DeliveryState.ABANDONED.value, last_error=UNWANTED)
    )


def destination_from(row: AnyRow) -> Destination:
    """The noun from a row that holds `DESTINATION`."""
    return Destination(
        id=row.destination_id_,
        sink=SinkKind(row.destination_sink_),
        address=row.destination_address_,
        name=row.destination_name_,
        server=row.destination_server_,
        created_at=row.destination_created_at_,
        paused_at=row.destination_paused_at_,
        paused_why=row.destination_paused_why_,
    )


def _subscription(row: AnyRow) -> Subscription:
    return Subscription(
        id=row.id,
        destination=destination_from(row),
        platforms=row.platforms,
        topics=frozenset(Topic(topic) for topic in row.topics),
        urgency=Urgency(row.urgency),
        role=row.role or None,
        asked_by=row.asked_by,
        created_at=row.created_at,
    )
