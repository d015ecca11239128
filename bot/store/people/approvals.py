"""What became of stories at servers that decide for themselves what goes out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Update, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Approval, Decision, DeliveryState, Message
from bot.store.codec import dump, load
from bot.store.database import AnyRow, Noun
from bot.store.delivery.tables import deliveries, messages
from bot.store.people.tables import approvals, destinations, servers

HELD = DeliveryState.HELD.value
SKIPPED = "skipped by who approves for this server"
# Few rows: what waits, at servers that let a story go by itself.
PATIENT = (
    select(*approvals.columns, servers.c.approval_hours)
    .join_from(approvals, servers, servers.c.id == approvals.c.server)
    .where(approvals.c.decision.is_(null()), servers.c.approval_hours.is_not(null()))
    .order_by(approvals.c.asked_at)
)


class Approvals(Noun):
    """Implements bot.ports.ApprovalMemory."""

    async def approval(self, server: str, story_id: str, n: int) -> Approval | None:
        query = select(approvals).where(*_key(server, story_id, n))
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
            return _approval(row) if row is not None else None

    async def overdue_approvals(self, now: datetime) -> Sequence[Approval]:
        async with self._database.reading() as connection:
            rows = (await connection.execute(PATIENT)).all()
        return [_approval(row) for row in rows if row.asked_at + timedelta(hours=row.approval_hours) <= now]

    async def next_release_at(self) -> datetime | None:
        async with self._database.reading() as connection:
            rows = (await connection.execute(PATIENT)).all()
        return min((row.asked_at + timedelta(hours=row.approval_hours) for row in rows), default=None)

    async def composed(self, story_id: str, n: int) -> Message | None:
        query = select(messages.c.body).where(messages.c.story_id == story_id, messages.c.n == n)
        async with self._database.reading() as connection:
            body: str | None = await connection.scalar(query)
            return load(Message, body) if body is not None else None

    async def decide(self, decided: Approval, card: Message | None, now: datetime) -> bool:
        assert decided.decision is not None
        values = {
            "decision": decided.decision.value,
            "decided_by": decided.decided_by,
            "decided_at": now,
            "headline": decided.headline,
        }
        waits = (*_key(decided.server, decided.story_id, decided.n), approvals.c.decision.is_(null()))
        async with self._database.writing() as connection:
            # Whoever changes this row decides; two people who press at once are told apart here.
            if (await connection.execute(update(approvals).where(*waits).values(**values))).rowcount != 1:
                return False
            await connection.execute(_let_go(decided, now))
            if card is not None:
                await _show(connection, card, now)
            return True


def _let_go(decided: Approval, now: datetime) -> Update:
    """What was held at that server goes out, or is given up."""
    there = select(destinations.c.id).where(destinations.c.server == decided.server)
    held = (
        update(deliveries)
        .where(deliveries.c.story_id == decided.story_id, deliveries.c.n == decided.n)
        .where(deliveries.c.state == HELD, deliveries.c.destination_id.in_(there))
    )
    if decided.decision is Decision.SKIPPED:
        state = DeliveryState.ABANDONED.value
        return held.values(state=state, done_at=now, last_error=SKIPPED, release_at=None)
    headline = {"headline": decided.headline} if decided.headline else {}
    return held.values(state=DeliveryState.DUE.value, due_at=now, release_at=None, **headline)


async def _show(connection: AsyncConnection, card: Message, now: datetime) -> None:
    """The card says what was decided: by an edit where it is posted already."""
    identity = {"story_id": card.story_id, "n": card.n}
    same = (messages.c[name] == value for name, value in identity.items())
    await connection.execute(update(messages).where(*same).values(body=dump(card), revision=card.revision))
    posted = (deliveries.c[name] == value for name, value in identity.items())
    await connection.execute(
        update(deliveries)
        .where(*posted, deliveries.c.state == DeliveryState.SENT.value)
        .values(edit_due_at=now, edit_tries=0)
    )


def _key(server: str, story_id: str, n: int) -> tuple[ColumnElement[bool], ...]:
    return approvals.c.server == server, approvals.c.story_id == story_id, approvals.c.n == n


def _approval(row: AnyRow) -> Approval:
    return Approval(
        server=row.server,
        story_id=row.story_id,
        n=row.n,
        asked_at=row.asked_at,
        decision=Decision(row.decision) if row.decision else None,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        headline=row.headline,
    )
