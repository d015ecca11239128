"""What is amended after it was told: newer revisions of messages, and which posts are to be brought up to them."""

from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import (
    Integer,
    and_,
    bindparam,
    case,
    false,
    func,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.model import AddedOutlet, Delivery, DeliveryState, Message, Revision, SinkKind
from bot.store.codec import dump, load
from bot.store.columns import RowId, UtcTime, Words
from bot.store.database import Noun
from bot.store.delivery.outbox import THIS_REVISION, WHOLE, read_deliveries
from bot.store.delivery.tables import deliveries, messages, revisions
from bot.store.news.tables import stories
from bot.store.people.tables import destinations

BETWEEN_OUTLETS = timedelta(hours=1)
"""A post is edited for further outlets no more often than this."""
MOST_OUTLETS = 30
"""Named in one post; nobody reads further, and a rewrite site a minute must not edit a post for days."""

NOW = bindparam("now", type_=UtcTime)
ONE = deliveries.c.id == bindparam("delivery", type_=RowId)
IS_SENT = deliveries.c.state == DeliveryState.SENT.value
# What was posted in a place that cannot be named can never be edited.
IS_THERE = and_(IS_SENT, deliveries.c.remote_id.is_not(null()))
TO_EDIT = (
    WHOLE.where(
        deliveries.c.edit_due_at.is_not(null()),
        deliveries.c.edit_due_at <= NOW,
        IS_THERE,
        destinations.c.paused_at.is_(null()),
        destinations.c.sink.in_(bindparam("sinks", expanding=True)),
    )
    .order_by(deliveries.c.id)
    .limit(bindparam("most", type_=Integer))
)
NEXT_EDIT_AT = (
    select(func.min(deliveries.c.edit_due_at))
    .join_from(deliveries, destinations)
    .where(
        deliveries.c.edit_due_at.is_not(null()),
        IS_THERE,
        destinations.c.paused_at.is_(null()),
        destinations.c.sink.in_(bindparam("sinks", expanding=True)),
    )
)
REVISION = bindparam("revision", type_=Integer)
EDITED = (
    update(deliveries)
    .where(ONE)
    .values(
        shown_revision=REVISION,
        edited_at=NOW,
        edit_tries=0,
        # Revised again while the edit was under way: that one is still to be shown.
        edit_due_at=case((THIS_REVISION > REVISION, deliveries.c.edit_due_at), else_=null()),
    )
)
PUT_OFF = (
    update(deliveries)
    .where(ONE)
    .values(
        edit_due_at=bindparam("at", type_=UtcTime),
        edit_tries=deliveries.c.edit_tries + 1,
        last_error=bindparam("error", type_=Words),
    )
)
GIVE_UP = update(deliveries).where(ONE).values(edit_due_at=None, last_error=bindparam("error", type_=Words))


class Revisions(Noun):
    """Implements bot.ports.RevisionMemory."""

    async def messages_about(self, story_id: str) -> Sequence[Message]:
        of_story = messages.c.story_id == story_id
        # Few corrections are ever made: reading all digests for one is no matter.
        around = or_(
            and_(messages.c.story_id.like("digest-%"), messages.c.body.contains(story_id, autoescape=True)),
            messages.c.story_id.like(f"reminder-{story_id}-%"),
            messages.c.story_id.like(f"card-%-{story_id}"),
        )
        query = (
            select(messages.c.body).where(or_(of_story, around)).order_by(messages.c.story_id, messages.c.n)
        )
        async with self._database.reading() as connection:
            return [load(Message, body) for body in (await connection.scalars(query)).all()]

    async def revise(
        self, made: Sequence[Revision], now: datetime, titles: Mapping[str, str] | None = None
    ) -> int:
        """Raises StoreError when one of the messages is not any more what the revision was made from."""
        marked = 0
        async with self._database.writing() as connection:
            for revision in made:
                await _replace_body(connection, revision.message, revision.former.revision)
                await connection.execute(
                    revisions.insert(),
                    {
                        "story_id": revision.former.story_id,
                        "n": revision.former.n,
                        "revision": revision.former.revision,
                        "body": dump(revision.former),
                        "revised_at": now,
                    },
                )
                marked += await _mark(connection, revision, now)
            for story_id, title in (titles or {}).items():
                await connection.execute(update(stories).where(stories.c.id == story_id).values(title=title))
        return marked

    async def former_messages(self, story_id: str, n: int) -> Sequence[Message]:
        query = (
            select(revisions.c.body)
            .where(revisions.c.story_id == story_id, revisions.c.n == n)
            .order_by(revisions.c.revision)
        )
        async with self._database.reading() as connection:
            return [load(Message, body) for body in (await connection.scalars(query)).all()]

    async def corrected_at(self, story_ids: Some[str]) -> Mapping[str, datetime]:
        query = (
            select(revisions.c.story_id, func.max(revisions.c.revised_at).label("at"))
            .where(revisions.c.story_id.in_(list(story_ids)))
            .group_by(revisions.c.story_id)
        )
        async with self._database.reading() as connection:
            return {row.story_id: row.at for row in await connection.execute(query)}

    async def to_edit(self, now: datetime, sinks: Some[SinkKind], limit: int) -> Sequence[Delivery]:
        values = {"now": now, "sinks": sorted(sink.value for sink in sinks), "most": limit}
        async with self._database.reading() as connection:
            return await read_deliveries(connection, TO_EDIT, values)

    async def next_edit_at(self, sinks: Some[SinkKind]) -> datetime | None:
        values = {"sinks": sorted(sink.value for sink in sinks)}
        async with self._database.reading() as connection:
            at: datetime | None = await connection.scalar(NEXT_EDIT_AT, values)
            return at

    async def mark_edited(self, delivery_id: int, revision: int, now: datetime) -> None:
        async with self._database.writing() as connection:
            await connection.execute(EDITED, {"delivery": delivery_id, "revision": revision, "now": now})

    async def put_off_edit(self, delivery_id: int, at: datetime, error: str) -> None:
        async with self._database.writing() as connection:
            await connection.execute(PUT_OFF, {"delivery": delivery_id, "at": at, "error": error})

    async def give_up_edit(self, delivery_id: int, error: str) -> None:
        async with self._database.writing() as connection:
            await connection.execute(GIVE_UP, {"delivery": delivery_id, "error": error})


async def add_outlet(connection: AsyncConnection, story_id: str, added: AddedOutlet) -> None:
    """Name one more outlet in the story's first message; what is posted is edited, at most once an hour.

    Nothing to do before the story is told: then its message names every outlet that it has.
    """
    query = select(messages.c.n, messages.c.body).where(messages.c.story_id == story_id)
    row = (await connection.execute(query.order_by(messages.c.n).limit(1))).one_or_none()
    if row is None:
        return
    message = load(Message, row.body)
    known = {source.name for source in message.sources}
    if added.link.name in known or len(known) >= MOST_OUTLETS:
        return
    sources = (*message.sources, added.link)
    newer = replace(message, sources=sources, developing=False, revision=message.revision + 1)
    await _replace_body(connection, newer, message.revision)
    earliest = deliveries.c.edited_at > added.at - BETWEEN_OUTLETS
    theirs = (IS_THERE, deliveries.c.story_id == story_id, deliveries.c.n == row.n)
    # What is to be edited already says the rest by that edit.
    waiting = (*theirs, deliveries.c.edit_due_at.is_(null()))
    for condition, at in (
        (func.coalesce(earliest, false()), added.at + BETWEEN_OUTLETS),
        (~func.coalesce(earliest, false()), added.at),
    ):
        await connection.execute(
            update(deliveries).where(*waiting, condition).values(edit_due_at=at, edit_tries=0)
        )


async def _replace_body(connection: AsyncConnection, message: Message, former: int) -> None:
    changed = await connection.execute(
        update(messages)
        .where(
            messages.c.story_id == message.story_id, messages.c.n == message.n, messages.c.revision == former
        )
        .values(body=dump(message), revision=message.revision)
    )
    if changed.rowcount != 1:
        raise StoreError(
            f"What is told of {message.story_id}-{message.n} was changed a moment ago. Nothing was written; try again."
        )


async def _mark(connection: AsyncConnection, revision: Revision, now: datetime) -> int:
    """Every post of the message is to be edited now; how many there are."""
    message = revision.message
    theirs = (deliveries.c.story_id == message.story_id, deliveries.c.n == message.n)
    if message.headline != revision.former.headline:
        # An approver's wording was of the wrong headline.
        await connection.execute(update(deliveries).where(*theirs).values(headline=None))
    marked = await connection.execute(
        update(deliveries).where(*theirs, IS_THERE).values(edit_due_at=now, edit_tries=0)
    )
    return marked.rowcount
