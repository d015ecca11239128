"""The record: wordings of dated events, operators' corrections, and the stories told of a platform. Append only."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Integer, bindparam, desc, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.model import (
    EditionState,
    Message,
    Story,
)
from bot.model.record import (
    Amendment,
    RecordEvent,
    RecordOrigin,
    RecordRevision,
    ToldEdition,
    ToldStory,
)
from bot.store.codec import dump, load
from bot.store.database import AnyRow, Noun
from bot.store.delivery.tables import messages
from bot.store.dialects import insert_unless_known
from bot.store.news.clusters import folded, story_from
from bot.store.news.tables import editions, entries, stories, story_platforms
from bot.store.terms.tables import record_amendments, record_events, record_platforms

# What is not sure enough to be told is not sure enough to be on the record.
UNSURE = (EditionState.HELD.value, EditionState.EXPIRED.value)

REVISIONS = select(record_events).order_by(record_events.c.id)
OF_PLATFORM = (
    select(record_events)
    .join(record_platforms, record_platforms.c.key == record_events.c.key)
    .where(record_platforms.c.platform == bindparam("platform"))
    .order_by(record_events.c.id)
)
OF_ORIGIN = REVISIONS.where(record_events.c.origin == bindparam("origin"))
AMENDMENTS = select(record_amendments).order_by(record_amendments.c.id)
AMENDMENTS_OF = AMENDMENTS.where(record_amendments.c.platform == bindparam("platform"))

# A platform that half of all stories name is found among the newest of all; reading each story of it to find the
# newest took 140 ms with 33,000 of them. One that few name has few to read. Between the two lies no common case.
LOOKED_THROUGH = 2_000
_NEWEST = (
    select(stories.c.id, stories.c.turned_at)
    .order_by(desc(stories.c.turned_at), desc(stories.c.id))
    .limit(LOOKED_THROUGH)
    .subquery("newest")
)
AMONG_NEWEST = (
    select(_NEWEST.c.id)
    # Not a join: SQLite would begin with all stories of the platform.
    .where(
        exists().where(
            story_platforms.c.platform == bindparam("platform"), story_platforms.c.story_id == _NEWEST.c.id
        )
    )
    .order_by(desc(_NEWEST.c.turned_at), desc(_NEWEST.c.id))
    .limit(bindparam("most", type_=Integer))
)
THESE = (
    select(stories, entries.c.url.label("lead_url"))
    .outerjoin(entries, entries.c.id == stories.c.lead_id)
    .where(stories.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(desc(stories.c.turned_at), desc(stories.c.id))
)
NEWEST_OF = (
    select(stories, entries.c.url.label("lead_url"))
    .join(story_platforms, story_platforms.c.story_id == stories.c.id)
    .outerjoin(entries, entries.c.id == stories.c.lead_id)
    .where(story_platforms.c.platform == bindparam("platform"))
    .order_by(desc(stories.c.turned_at), desc(stories.c.id))
    .limit(bindparam("most", type_=Integer))
)
THEIR_TELLINGS = (
    select(editions.c.story_id, editions.c.n, editions.c.state, messages.c.body)
    .outerjoin(messages, (messages.c.story_id == editions.c.story_id) & (messages.c.n == editions.c.n))
    .where(editions.c.story_id.in_(bindparam("ids", expanding=True)))
    .order_by(editions.c.story_id, editions.c.n)
)


class Record(Noun):
    """Implements bot.ports.RecordMemory."""

    async def record_revisions(
        self, *, platform: str | None = None, origin: RecordOrigin | None = None
    ) -> Sequence[RecordRevision]:
        async with self._database.reading() as connection:
            if platform is not None:
                rows = await connection.execute(OF_PLATFORM, {"platform": folded(platform)})
            elif origin is not None:
                rows = await connection.execute(OF_ORIGIN, {"origin": origin.value})
            else:
                rows = await connection.execute(REVISIONS)
            return [_revision(row) for row in rows if origin is None or row.origin == origin.value]

    async def save_revisions(self, revisions: Sequence[RecordRevision]) -> int:
        if not revisions:
            return 0
        name = self._database.name
        add = insert_unless_known(name, record_events, "key", "n").returning(record_events.c.id)
        async with self._database.writing() as connection:
            # One by one, so that ids count in the order given on every database.
            added = [(await connection.execute(add, _values(each))).first() for each in revisions]
            await connection.execute(
                insert_unless_known(name, record_platforms, "platform", "key"), _named(revisions)
            )
        return sum(row is not None for row in added)

    async def amendments(self, platform: str | None = None) -> Sequence[Amendment]:
        async with self._database.reading() as connection:
            if platform is None:
                rows = await connection.execute(AMENDMENTS)
            else:
                rows = await connection.execute(AMENDMENTS_OF, {"platform": folded(platform)})
            return [_amendment(row) for row in rows]

    async def save_amendment(self, amendment: Amendment) -> Amendment:
        values = {
            "platform": folded(amendment.platform),
            "subject": amendment.claim.subject.value,
            "body": dump(amendment),
            "amended_at": amendment.at,
        }
        async with self._database.writing() as connection:
            add = insert(record_amendments).returning(record_amendments.c.id)
            row = (await connection.execute(add, values)).one()
        return replace(amendment, id=row.id)

    async def told_stories(self, platform: str, limit: int) -> Sequence[ToldStory]:
        async with self._database.reading() as connection:
            asked = {"platform": folded(platform), "most": limit}
            ids = [row.id for row in await connection.execute(AMONG_NEWEST, asked)]
            if len(ids) == limit:
                rows = (await connection.execute(THESE, {"ids": ids})).all()
            else:
                rows = (await connection.execute(NEWEST_OF, asked)).all()
            found = [(story_from(row), row.lead_url) for row in rows]
            told = await _tellings(connection, [story.id for story, _ in found])
        return [_told(story, url, told[story.id]) for story, url in found if story.id in told]


async def _tellings(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, list[AnyRow]]:
    """Editions that are sure enough, by story."""
    found: defaultdict[str, list[AnyRow]] = defaultdict(list)
    if ids:
        for row in await connection.execute(THEIR_TELLINGS, {"ids": ids}):
            if row.state not in UNSURE:
                found[row.story_id].append(row)
    return dict(found)


def _told(story: Story, url: str | None, rows: Iterable[AnyRow]) -> ToldStory:
    return ToldStory(
        story_id=story.id,
        title=story.title,
        url=url,
        topic=story.topic,
        platforms=story.platforms,
        opened_at=story.opened_at,
        editions=tuple(_edition(load(Message, row.body)) for row in rows if row.body is not None),
    )


def _edition(message: Message) -> ToldEdition:
    return ToldEdition(
        n=message.n,
        turn=message.turn,
        told_at=message.happened_at,
        headline=message.headline,
        url=message.url,
        what=message.what,
        quote=message.quote,
        speaker=message.speaker,
        other_side=message.other_side,
        open_question=message.open_question,
    )


def _named(revisions: Iterable[RecordRevision]) -> list[dict[str, str]]:
    pairs = {
        (folded(platform), revision.event.key)
        for revision in revisions
        for platform in (*revision.event.platforms, *(claim.platform for claim in revision.event.claims))
        if platform
    }
    return [{"platform": platform, "key": key} for platform, key in sorted(pairs)]


def _values(revision: RecordRevision) -> dict[str, object]:
    event = revision.event
    if not event.platforms:
        raise StoreError(f"The event {event.key} names no platform, so no record could show it. Name one.")
    return {
        "key": event.key,
        "n": revision.n,
        "origin": event.origin.value,
        "happened_on": event.happened_on,
        "body": dump(event),
        "written_at": revision.written_at,
        "written_by": revision.written_by,
        "reason": revision.reason,
        "withdrawn": revision.withdrawn,
    }


def _revision(row: AnyRow) -> RecordRevision:
    return RecordRevision(
        event=load(RecordEvent, row.body),
        n=row.n,
        written_at=row.written_at,
        written_by=row.written_by,
        reason=row.reason,
        withdrawn=row.withdrawn,
    )


def _amendment(row: AnyRow) -> Amendment:
    return replace(load(Amendment, row.body), id=row.id)
