"""Who wants what, and where: subscriptions and the destinations that they name."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import RefusedError
from bot.model import (
    DeliveryState,
    Destination,
    NewSubscription,
    SinkKind,
    Subscription,
    Threading,
    Timing,
    Topic,
    Urgency,
)
from bot.store.columns import RowId
from bot.store.database import AnyRow, Noun
from bot.store.delivery.tables import deliveries
from bot.store.dialects import insert_or_update, insert_unless_known
from bot.store.people.tables import destinations, subscriptions

# A destination beside other columns, under names of its own.
DESTINATION = tuple(column.label(f"destination_{column.name}_") for column in destinations.columns)
WHOLE = select(*subscriptions.columns, *DESTINATION).join_from(subscriptions, destinations)
ONE = WHOLE.where(subscriptions.c.id == bindparam("subscription", type_=RowId))
UNWANTED = "nobody is subscribed at this destination any more"


class Subscriptions(Noun):
    """Implements bot.ports.SubscriptionMemory."""

    async def subscriptions(
        self, *, server: str | None = None, destination_id: int | None = None, address: str | None = None
    ) -> Sequence[Subscription]:
        query = WHOLE.order_by(subscriptions.c.id)
        if server is not None:
            query = query.where(destinations.c.server == server)
        if destination_id is not None:
            query = query.where(subscriptions.c.destination_id == destination_id)
        if address is not None:
            query = query.where(destinations.c.address == address)
        async with self._database.reading() as connection:
            return [_subscription(row) for row in await connection.execute(query)]

    async def add_subscription(self, new: NewSubscription, now: datetime) -> Subscription:
        async with self._database.writing() as connection:
            destination_id = await open_destination(connection, self._database.name, new, now)
            wish = {"destination_id": destination_id} | _wish(new)
            insert = insert_unless_known(self._database.name, subscriptions, *wish)
            rest = {"asked_by": new.asked_by, "created_at": now, "reminders": new.reminders}
            await connection.execute(insert, wish | rest | _timing(new.timing))
            same = (subscriptions.c[name] == value for name, value in wish.items())
            return _subscription((await connection.execute(WHOLE.where(*same))).one())

    async def change_subscription(
        self, subscription_id: int, new: NewSubscription, now: datetime
    ) -> Subscription | None:
        """Raises RefusedError when it would become the same as another one there."""
        async with self._database.writing() as connection:
            row = (await connection.execute(ONE, {"subscription": subscription_id})).one_or_none()
            if row is None:
                return None
            destination_id = await open_destination(connection, self._database.name, new, now)
            wish = {"destination_id": destination_id} | _wish(new)
            same = (subscriptions.c[name] == value for name, value in wish.items())
            twin = select(subscriptions.c.id).where(*same, subscriptions.c.id != subscription_id)
            if await connection.scalar(twin) is not None:
                raise RefusedError(
                    "There is a subscription just like that already. Delete one of the two instead."
                )
            values = wish | {"reminders": new.reminders} | _timing(new.timing)
            await connection.execute(
                update(subscriptions).where(subscriptions.c.id == subscription_id).values(**values)
            )
            if row.destination_id != destination_id:
                await abandon_unwanted(connection, row.destination_id)
            changed = (await connection.execute(ONE, {"subscription": subscription_id})).one()
            return _subscription(changed)

    async def pause_subscription(self, subscription_id: int, at: datetime | None) -> bool:
        statement = update(subscriptions).where(subscriptions.c.id == subscription_id).values(paused_at=at)
        async with self._database.writing() as connection:
            return (await connection.execute(statement)).rowcount == 1

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


async def open_destination(
    connection: AsyncConnection, backend: str, new: NewSubscription, now: datetime
) -> int:
    """The destination's id; made, or renamed and taken out of its pause."""
    # What was not asked for stays as it is.
    keep = {"id", "created_at"}
    keep |= {name for name in ("lang", "threading") if getattr(new, name) is None}
    write = insert_or_update(backend, destinations, "sink", "address", keep=frozenset(keep)).returning(
        destinations.c.id
    )
    values = {
        "lang": new.lang or "en",
        "threading": (new.threading or Threading.REPLY).value,
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


async def abandon_unwanted(connection: AsyncConnection, destination_id: int) -> None:
    """Give up what waits for a destination if it has no subscription left.

    Unclear ones too: looked for and not found, they would be posted to people who have left. What is being sent at
    this moment is left to its sender. Notices go to who runs the bot, cards to who approves, and they
    need not be subscribed to anything.
    """
    wanted = exists().where(subscriptions.c.destination_id == destination_id)
    await connection.execute(
        update(deliveries)
        .where(
            deliveries.c.destination_id == destination_id,
            deliveries.c.state.in_([DeliveryState.DUE.value, DeliveryState.UNCLEAR.value]),
            deliveries.c.story_id.not_like("n%"),
            deliveries.c.story_id.not_like("card-%"),
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
        lang=row.destination_lang_,
        threading=Threading(row.destination_threading_),
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
        include=row.include,
        exclude=row.exclude,
        story_id=row.story_id or None,
        reminders=row.reminders,
        timing=Timing(row.zone, row.minute, row.weekday, (row.quiet[0], row.quiet[1]) if row.quiet else None),
        paused_at=row.paused_at,
    )


def _wish(new: NewSubscription) -> dict[str, object]:
    """What makes two subscriptions of one destination the same."""
    return {
        "platforms": new.platforms,
        "topics": new.topics,
        "urgency": new.urgency.value,
        "role": new.role or "",
        "include": new.include,
        "exclude": new.exclude,
        "story_id": new.story_id or "",
    }


def _timing(timing: Timing) -> dict[str, object]:
    quiet = list(timing.quiet) if timing.quiet else None
    return {"zone": timing.zone, "minute": timing.minute, "weekday": timing.weekday, "quiet": quiet}
