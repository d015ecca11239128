"""What readers say of stories is counted by story, on every database."""

from datetime import timedelta

from bot.model import Feedback, SinkKind, StoryFeedback
from bot.store import SqlStore
from tests.builders import NOON
from tests.store.memory import Memory

HOUR = timedelta(hours=1)


async def test_stories_of_most_readers_come_first_of_equal_ones_the_newest(store: SqlStore) -> None:
    memory = Memory(store)
    for story_id in ("s1", "s2", "s3"):
        await memory.story(story_id)
    said = [("s1", "ada", 0), ("s2", "ada", 1), ("s3", "ada", 2), ("s3", "bo", 1), ("s2", "ada", 9)]
    for story_id, person, hours in said:
        await store.add_feedback(Feedback(story_id, SinkKind.DISCORD, person, None, NOON + hours * HOUR))

    assert await store.feedback_by_story(limit=9) == [
        StoryFeedback("s3", 2, NOON + 2 * HOUR),
        StoryFeedback("s2", 1, NOON + HOUR),
        StoryFeedback("s1", 1, NOON),
    ]
    assert [each.story_id for each in await store.feedback_by_story(limit=1)] == ["s3"]


async def test_what_is_taken_back_is_not_counted(store: SqlStore) -> None:
    await Memory(store).story("s1")
    await store.add_feedback(Feedback("s1", SinkKind.DISCORD, "ada", None, NOON))

    assert await store.remove_feedback("s1", SinkKind.DISCORD, "ada")

    assert await store.feedback_by_story(limit=9) == []
