"""What readers say of stories, and which stories a destination wants to hear no more of."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, desc, func, select

from bot.model import Feedback, SinkKind, StoryFeedback
from bot.store.database import Noun
from bot.store.dialects import insert_unless_known
from bot.store.people.tables import feedback, mutes


class FeedbackNotes(Noun):
    """Implements bot.ports.FeedbackMemory."""

    async def add_feedback(self, said: Feedback) -> bool:
        insert = insert_unless_known(self._database.name, feedback, "story_id", "sink", "person")
        values = {
            "story_id": said.story_id,
            "sink": said.sink.value,
            "person": said.person,
            "server": said.server,
            "said_at": said.said_at,
        }
        async with self._database.writing() as connection:
            return len((await connection.execute(insert.returning(feedback.c.person), values)).all()) == 1

    async def remove_feedback(self, story_id: str, sink: SinkKind, person: str) -> bool:
        statement = delete(feedback).where(
            feedback.c.story_id == story_id, feedback.c.sink == sink.value, feedback.c.person == person
        )
        async with self._database.writing() as connection:
            return (await connection.execute(statement)).rowcount == 1

    async def feedback(self, *, limit: int) -> Sequence[Feedback]:
        query = select(feedback).order_by(desc(feedback.c.said_at), feedback.c.story_id).limit(limit)
        async with self._database.reading() as connection:
            rows = await connection.execute(query)
            return [Feedback(**{**row._mapping, "sink": SinkKind(row.sink)}) for row in rows]

    async def feedback_by_story(self, *, limit: int) -> Sequence[StoryFeedback]:
        readers, last = func.count().label("readers"), func.max(feedback.c.said_at).label("said_at")
        query = select(feedback.c.story_id, readers, last).group_by(feedback.c.story_id)
        query = query.order_by(desc("readers"), desc("said_at"), feedback.c.story_id).limit(limit)
        async with self._database.reading() as connection:
            return [StoryFeedback(**row._mapping) for row in await connection.execute(query)]

    async def mute(self, destination_id: int, story_id: str, by: str, now: datetime) -> bool:
        insert = insert_unless_known(self._database.name, mutes, "destination_id", "story_id")
        values = {"destination_id": destination_id, "story_id": story_id, "muted_by": by, "muted_at": now}
        async with self._database.writing() as connection:
            return len((await connection.execute(insert.returning(mutes.c.story_id), values)).all()) == 1

    async def unmute(self, destination_id: int, story_id: str) -> bool:
        statement = delete(mutes).where(
            mutes.c.destination_id == destination_id, mutes.c.story_id == story_id
        )
        async with self._database.writing() as connection:
            return (await connection.execute(statement)).rowcount == 1
