"""What the operator hears of: troubles, notices, and the figures of a week."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Destination, Message, NewSubscription, PlannedDelivery, Trouble
from bot.model.deliveries import DeliveryState
from bot.store.codec import dump
from bot.store.database import AnyRow, Noun
from bot.store.delivery.tables import deliveries, messages
from bot.store.dialects import insert_or_update, insert_unless_known
from bot.store.news.tables import editions, stories
from bot.store.operator.tables import troubles
from bot.store.people.subscriptions import DESTINATION, destination_from, open_destination
from bot.store.people.tables import approvals, destinations, feedback, suggestions


class Troubles(Noun):
    """Implements bot.ports.TroubleMemory."""

    async def troubles(self) -> Sequence[Trouble]:
        async with self._database.reading() as connection:
            query = select(troubles).order_by(troubles.c.began_at, troubles.c.key)
            return [_trouble(row) for row in await connection.execute(query)]

    async def save_troubles(
        self, changed: Sequence[Trouble], message: Message | None, planned: Sequence[PlannedDelivery]
    ) -> None:
        async with self._database.writing() as connection:
            if changed:
                rows = [
                    {
                        "key": each.key,
                        "text": each.text,
                        "began_at": each.began_at,
                        "told_at": each.told_at,
                        "cleared_at": each.cleared_at,
                    }
                    for each in changed
                ]
                await connection.execute(insert_or_update(self._database.name, troubles, "key"), rows)
            if message is not None:
                await save_message(connection, self._database.name, message, planned)

    async def ensure_destination(self, new: NewSubscription, now: datetime) -> Destination:
        async with self._database.writing() as connection:
            destination_id = await open_destination(connection, self._database.name, new, now)
            query = select(*DESTINATION).where(destinations.c.id == destination_id)
            return destination_from((await connection.execute(query)).one())

    async def week_counts(self, since: datetime) -> dict[str, int]:
        counted = {
            "stories": select(func.count()).select_from(stories).where(stories.c.opened_at >= since),
            "posts": select(func.count())
            .select_from(deliveries)
            .where(
                deliveries.c.state == DeliveryState.SENT.value,
                deliveries.c.done_at >= since,
                deliveries.c.story_id.not_like("n%"),
            ),
            "expired": select(func.count())
            .select_from(editions)
            .where(editions.c.state == "expired", editions.c.settled_at >= since),
            "skipped": select(func.count())
            .select_from(approvals)
            .where(approvals.c.decision == "skipped", approvals.c.decided_at >= since),
            "feedback": select(func.count()).select_from(feedback).where(feedback.c.said_at >= since),
            "suggestions": select(func.count())
            .select_from(suggestions)
            .where(suggestions.c.said_at >= since),
        }
        async with self._database.reading() as connection:
            return {name: (await connection.execute(query)).scalar_one() for name, query in counted.items()}


async def save_message(
    connection: AsyncConnection, backend: str, message: Message, planned: Sequence[PlannedDelivery]
) -> None:
    """A message that is not a story's edition, with its deliveries; known ones are left as they are."""
    identity = {"story_id": message.story_id, "n": message.n}
    insert = insert_unless_known(backend, messages, "story_id", "n")
    await connection.execute(insert, identity | {"body": dump(message), "revision": message.revision})
    if not planned:
        return
    rows = [
        identity
        | {
            "destination_id": each.destination_id,
            "key": each.key,
            "roles": list(each.roles),
            "state": DeliveryState.DUE.value,
            "created_at": message.happened_at,
            "due_at": message.happened_at,
        }
        for each in planned
    ]
    await connection.execute(
        insert_unless_known(backend, deliveries, "story_id", "destination_id", "n"), rows
    )


def _trouble(row: AnyRow) -> Trouble:
    return Trouble(row.key, row.text, row.began_at, row.told_at, row.cleared_at)
