"""Stories as they are told: with their entries and editions, by id, by filter, or by an entry's address."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, desc, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.logic.text.words import canonical_url
from bot.model import (
    Delivery,
    Edition,
    EditionKind,
    EditionState,
    Explanation,
    JudgedEntry,
    Placement,
    StoryView,
    Topic,
    Turn,
)
from bot.store.database import AnyRow, Noun
from bot.store.delivery.outbox import OF_STORIES, read_deliveries
from bot.store.news.clusters import STORIES, folded, story_from
from bot.store.news.entries import JUDGED, judged, reasons
from bot.store.news.tables import editions, entries, placements, stories, story_platforms

# One address in so many sources is a publisher's mistake; the rest would say nothing new.
MOST_EXPLAINED = 50
FEW = 2_000
"""What is in no more stories than this is asked first: its stories are then sorted, not all there are."""

THEIR_ENTRIES = JUDGED.where(entries.c.story_id.in_(bindparam("ids", expanding=True))).order_by(entries.c.id)
THEIR_EDITIONS = (
    select(editions).where(editions.c.story_id.in_(bindparam("ids", expanding=True))).order_by(editions.c.n)
)
AT_ADDRESS = (
    JUDGED.where(entries.c.url.in_(bindparam("spellings", expanding=True)))
    .order_by(desc(entries.c.id))
    .limit(MOST_EXPLAINED)
)
PLACED = select(placements).where(placements.c.entry_id.in_(bindparam("ids", expanding=True)))


class Stories(Noun):
    """The part of bot.ports.StoryMemory that people's questions use."""

    async def story(self, story_id: str) -> StoryView | None:
        async with self._database.reading() as connection:
            rows = (await connection.execute(STORIES, {"ids": [story_id]})).all()
            views = await views_of(connection, rows)
            return views[0] if views else None

    async def stories(
        self,
        *,
        limit: int,
        platform: str | None = None,
        topic: Topic | None = None,
        before: datetime | None = None,
    ) -> Sequence[StoryView]:
        query = select(stories).order_by(desc(stories.c.turned_at), desc(stories.c.id)).limit(limit)
        if topic is not None:
            query = query.where(stories.c.topic == topic.value)
        if before is not None:
            query = query.where(stories.c.turned_at < before)
        async with self._database.reading() as connection:
            if platform is not None:
                query = query.where(await about_platform(connection, platform))
            return await views_of(connection, (await connection.execute(query)).all())

    async def explain(self, url: str) -> Sequence[Explanation]:
        """Newest entry first, at most 50."""
        async with self._database.reading() as connection:
            found = [
                judged(row) for row in await connection.execute(AT_ADDRESS, {"spellings": _spellings(url)})
            ]
            if not found:
                return []
            placed = await connection.execute(PLACED, {"ids": [each.entry.id for each in found]})
            where = {row.entry_id: _placement(row) for row in placed}
            ids = sorted({each.entry.story_id for each in found if each.entry.story_id is not None})
            views, sent = await _told(connection, ids)
        return [
            Explanation(
                judged=each,
                story=views.get(each.entry.story_id or ""),
                placement=where.get(each.entry.id),
                deliveries=tuple(sent[each.entry.story_id or ""]),
            )
            for each in found
        ]


async def found_by(
    connection: AsyncConnection, ids: ColumnElement[str], condition: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Whether a story is in another table's rows of this kind: through their list while it is short, else row by row.

    SQLite's planner cannot tell a rare word or platform from a common one; for a common one, going through the newest
    stories until enough are found is far quicker than sorting all that have it.
    """
    few = select(ids).where(condition).limit(FEW + 1).subquery()
    if (await connection.execute(select(func.count()).select_from(few))).scalar_one() <= FEW:
        return stories.c.id.in_(select(ids).where(condition))
    return exists().where(ids == stories.c.id, condition)


async def about_platform(connection: AsyncConnection, platform: str) -> ColumnElement[bool]:
    """Whether a story names this platform, in any spelling of its case."""
    named = story_platforms.c.platform == folded(platform)
    return await found_by(connection, story_platforms.c.story_id, named)


async def _told(
    connection: AsyncConnection, ids: Sequence[str]
) -> tuple[dict[str, StoryView], defaultdict[str, list[Delivery]]]:
    """Views and deliveries of these stories, by story id."""
    sent: defaultdict[str, list[Delivery]] = defaultdict(list)
    if not ids:
        return {}, sent
    views = await views_of(connection, (await connection.execute(STORIES, {"ids": ids})).all())
    for delivery in await read_deliveries(connection, OF_STORIES, {"ids": ids}):
        sent[delivery.message.story_id].append(delivery)
    return {view.story.id: view for view in views}, sent


async def views_of(connection: AsyncConnection, rows: Sequence[AnyRow]) -> list[StoryView]:
    """The views of these stories in the order of `rows`; three queries however many there are."""
    ids = [row.id for row in rows]
    if not ids:
        return []
    held: defaultdict[str, list[JudgedEntry]] = defaultdict(list)
    for row in await connection.execute(THEIR_ENTRIES, {"ids": ids}):
        held[row.story_id].append(judged(row))
    told = _editions(await connection.execute(THEIR_EDITIONS, {"ids": ids}))
    return [StoryView(story_from(row), tuple(held[row.id]), tuple(told[row.id])) for row in rows]


def _spellings(url: str) -> list[str]:
    """Ways in which people write the address that a feed gave: http or https, with or without the last slash."""
    whole = canonical_url(url)
    scheme, separator, rest = whole.partition("://")
    if scheme not in ("http", "https"):
        return [whole]
    bare = rest.rstrip("/")
    return [f"{each}{separator}{tail}" for each in ("https", "http") for tail in (bare, f"{bare}/")]


def _editions(rows: Iterable[AnyRow]) -> defaultdict[str, list[Edition]]:
    told: defaultdict[str, list[Edition]] = defaultdict(list)
    for row in rows:
        told[row.story_id].append(
            Edition(
                story_id=row.story_id,
                n=row.n,
                kind=EditionKind(row.kind),
                state=EditionState(row.state),
                turn=Turn(row.turn) if row.turn else None,
                entry_id=row.entry_id,
                made_at=row.made_at,
                reasons=reasons(row.reasons),
            )
        )
    return told


def _placement(row: AnyRow) -> Placement:
    return Placement(row.joined, Turn(row.turn) if row.turn else None, row.score, reasons(row.reasons))
