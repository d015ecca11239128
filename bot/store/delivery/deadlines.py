"""Days that stories name, and the reminders of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select

from bot.model import Deadline, Message, PlannedReminder, StoredDeadline
from bot.model.people import Decision
from bot.store.codec import dump, load
from bot.store.columns import UtcTime
from bot.store.database import AnyRow, Noun
from bot.store.delivery.tables import deadlines, deliveries, messages
from bot.store.dialects import insert_unless_known
from bot.store.people.tables import approvals, destinations, mutes

OTHERS = messages.alias("others")
BETWEEN = (
    select(deadlines, messages.c.body)
    .join_from(deadlines, messages, messages.c.story_id == deadlines.c.story_id)
    .where(
        deadlines.c.at > bindparam("after", type_=UtcTime),
        deadlines.c.at <= bindparam("until", type_=UtcTime),
        messages.c.n
        == select(func.min(OTHERS.c.n)).where(OTHERS.c.story_id == deadlines.c.story_id).scalar_subquery(),
    )
    .order_by(deadlines.c.at, deadlines.c.story_id, deadlines.c.what)
)
STORY = "story"
MUTED = select(mutes.c.destination_id).where(mutes.c.story_id == bindparam(STORY))
NOT_APPROVED = (
    select(destinations.c.id)
    .join(approvals, approvals.c.server == destinations.c.server)
    .where(
        approvals.c.story_id == bindparam(STORY),
        approvals.c.n == 1,
        or_(approvals.c.decision.is_(None), approvals.c.decision == Decision.SKIPPED.value),
    )
)


class Deadlines(Noun):
    """Implements bot.ports.DeadlineMemory."""

    async def deadlines_between(self, after: datetime, until: datetime) -> Sequence[StoredDeadline]:
        async with self._database.reading() as connection:
            rows = await connection.execute(BETWEEN, {"after": after, "until": until})
            return [StoredDeadline(row.story_id, _deadline(row), load(Message, row.body)) for row in rows]

    async def deadlines_of(self, story_id: str) -> Sequence[Deadline]:
        query = select(deadlines).where(deadlines.c.story_id == story_id).order_by(deadlines.c.at)
        async with self._database.reading() as connection:
            return [_deadline(row) for row in await connection.execute(query)]

    async def excluded_from(self, story_id: str) -> frozenset[int]:
        async with self._database.reading() as connection:
            muted = (await connection.scalars(MUTED, {STORY: story_id})).all()
            waiting = (await connection.scalars(NOT_APPROVED, {STORY: story_id})).all()
            return frozenset((*muted, *waiting))

    async def reminded(self, reminder_id: str) -> frozenset[int]:
        query = select(deliveries.c.destination_id).where(deliveries.c.story_id == reminder_id)
        async with self._database.reading() as connection:
            return frozenset((await connection.scalars(query)).all())

    async def save_reminder(self, reminder: PlannedReminder, now: datetime) -> int:
        message = reminder.message
        identity = {"story_id": message.story_id, "n": message.n}
        async with self._database.writing() as connection:
            await connection.execute(
                insert_unless_known(self._database.name, messages, "story_id", "n"),
                identity | {"body": dump(message)},
            )
            insert = insert_unless_known(
                self._database.name, deliveries, "story_id", "destination_id", "n"
            ).returning(deliveries.c.id)
            rows = [
                identity
                | {
                    "destination_id": planned.destination_id,
                    "key": planned.key,
                    "roles": list(planned.roles),
                    "state": "due",
                    "created_at": now,
                    "due_at": now,
                }
                for planned in reminder.deliveries
            ]
            return len((await connection.execute(insert, rows)).all()) if rows else 0


def _deadline(row: AnyRow) -> Deadline:
    return Deadline(row.at, row.what, row.quote, row.entry_id)
