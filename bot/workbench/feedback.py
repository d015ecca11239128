"""feedback: what readers called off the subject and what they would like watched, as the operator works with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.errors import RefusedError
from bot.flows.news.memory import LabelMemory
from bot.flows.people.memory import FeedbackMemory, ServerMemory
from bot.model import Label, LabelledEntry, StoryFeedback, StoryView, Suggestion
from bot.ports import Clock
from bot.workbench.label import Labelling, SuggestTopic

READERS = "readers"
"""Who labelled an entry of which only readers said something."""
MOST = 10_000


class DoubtMemory(FeedbackMemory, LabelMemory, Protocol):
    """What is needed of the store besides one story."""

    async def story(self, story_id: str) -> StoryView | None: ...


@dataclass(frozen=True, slots=True)
class DoubtedStory:
    """A story that readers called off the subject.

    labels  what the operator said of its entries, by entry id; theirs counts, not the readers'
    """

    said: StoryFeedback
    view: StoryView
    labels: dict[int, Label]

    @property
    def headline(self) -> str:
        """As the report that opened it has it."""
        return self.view.entries[0].entry.title or "(no title)"

    @property
    def decided(self) -> str:
        """The operator's word on it: "ours", "not ours", "both" when entries differ; empty: none yet."""
        found = {label.relevant for label in self.labels.values()}
        return "both" if len(found) == 2 else "ours" if True in found else "not ours" if found else ""


async def doubted_stories(store: DoubtMemory, *, limit: int = MOST) -> Sequence[DoubtedStory]:
    """Those of which most readers said so first. Raises StoreError."""
    said = await store.feedback_by_story(limit=limit)
    given = {held.label.entry_id: held.label for held in await store.labelled()} if said else {}
    found = []
    for each in said:
        view = await store.story(each.story_id)
        if view is not None and view.entries:
            ids = (judged.entry.id for judged in view.entries)
            found.append(DoubtedStory(each, view, {one: given[one] for one in ids if one in given}))
    return found


def as_labels(stories: Sequence[DoubtedStory], *, sure: int | None = None) -> list[LabelledEntry]:
    """Labelled entries for `bot.workbench.label.exported`: not our subject, by word of readers.

    sure  from so many readers on it is not in doubt; None: always, since a reader may only dislike the news
    Entries that the operator labelled are left out: `label export` has them, and its word counts.
    """
    return [
        LabelledEntry(judged, _label(judged.entry.id, story.said, sure))
        for story in stories
        for judged in story.view.entries
        if judged.entry.id not in story.labels
    ]


def _label(entry_id: int, said: StoryFeedback, sure: int | None) -> Label:
    doubt = sure is None or said.readers < sure
    return Label(entry_id, False, None, doubt, f"{READERS} ({said.readers})", said.said_at)


async def open_doubted(
    store: DoubtMemory, clock: Clock, suggest: SuggestTopic, asked_by: str, *, limit: int
) -> Labelling:
    """A labelling session over the `limit` entries that readers doubt most and nobody labelled. Raises StoreError."""
    held = as_labels(await doubted_stories(store))
    return Labelling(store, clock, suggest, asked_by, [each.judged for each in held[:limit]])


async def settle(store: ServerMemory, clock: Clock, suggestion_id: int) -> Suggestion:
    """The suggestion, looked at. Raises RefusedError for one that is not there."""
    held = {each.id: each for each in await store.suggestions()}
    if suggestion_id not in held:
        raise RefusedError(
            f"There is no suggestion {suggestion_id}. Their numbers: smallprint suggestions list --all"
        )
    if held[suggestion_id].settled_at is None:
        await store.settle_suggestion(suggestion_id, clock.now())
    return held[suggestion_id]
