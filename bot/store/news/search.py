"""Full-text search over stories: by the words of their headlines and of what their outlets wrote."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, desc, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import StoryView, Topic
from bot.store.database import Noun
from bot.store.news.stories import about_platform, found_by, views_of
from bot.store.news.tables import stories, story_words
from bot.store.news.words import search_words


class Search(Noun):
    """The part of bot.ports.StoryMemory that finds stories by words."""

    async def story_ids(self, limit: int) -> Sequence[tuple[str, datetime]]:
        query = select(stories.c.id, stories.c.turned_at).order_by(desc(stories.c.turned_at)).limit(limit)
        async with self._database.reading() as connection:
            return [(row.id, row.turned_at) for row in await connection.execute(query)]

    async def search_stories(
        self,
        text: str,
        *,
        limit: int,
        offset: int = 0,
        platform: str | None = None,
        topic: Topic | None = None,
        since: datetime | None = None,
    ) -> Sequence[StoryView]:
        asked = search_words(text)
        if not asked and text.strip():
            return []
        query = select(stories).order_by(desc(stories.c.turned_at), desc(stories.c.id))
        query = query.limit(limit).offset(offset)
        if topic is not None:
            query = query.where(stories.c.topic == topic.value)
        if since is not None:
            query = query.where(stories.c.turned_at >= since)
        async with self._database.reading() as connection:
            if platform is not None:
                query = query.where(await about_platform(connection, platform))
            for word in asked:
                query = query.where(await _holds(connection, word))
            return await views_of(connection, (await connection.execute(query)).all())


async def _holds(connection: AsyncConnection, word: str) -> ColumnElement[bool]:
    """Whether a story has a word that begins so."""
    # The character after the last: a range that the index serves on both databases, without LIKE's signs.
    begins = and_(story_words.c.word >= word, story_words.c.word < word + "\U0010ffff")
    return await found_by(connection, story_words.c.story_id, begins)
