"""What the flows from sources to stories ask of the memory."""

from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.model import (
    Candidate,
    Clustering,
    Collection,
    Explanation,
    JudgedEntry,
    Label,
    LabelledEntry,
    Message,
    Publication,
    SourceState,
    StoryView,
    Topic,
    Verdict,
)


class SourceMemory(Protocol):
    async def source_states(self, source_ids: Some[str]) -> Mapping[str, SourceState]:
        """One for every id asked for; a fresh state for a source never polled."""

    async def known_keys(self, source_id: str, keys: Some[str]) -> frozenset[str]:
        """Which of these entry keys the source has shown before."""

    async def save_collection(self, collection: Collection) -> int:
        """Entries, verdicts and the state that vouches for them, in one transaction; how many entries were new.

        An entry whose (source_id, key) is known is left as it is, so that a repeat does no harm.
        """

    async def save_states(self, states: Sequence[SourceState]) -> None:
        """States of quiet looks, in one transaction."""


class StoryMemory(Protocol):
    async def unclustered(self, limit: int) -> Sequence[JudgedEntry]:
        """Entries without a story, in arrival order: relevant and not set aside, or near it with a page not yet tried."""

    async def save_page(
        self,
        entry_id: int,
        page_text: str | None,
        verdict: Verdict,
        *,
        published_at: datetime | None = None,
        baseline: bool = False,
    ) -> None:
        """The article text (None: tried, not readable), the verdict that it led to, and the date that the page gave.

        published_at  None: the date stays
        baseline      the page says that it is old: never posted; False: that stays
        """

    async def candidates(self, keys: Sequence[str], since: datetime, limit: int) -> Sequence[Candidate]:
        """Stories with an entry after `since` that share index keys, most shared first. Reads an index, never all stories."""

    async def save_clustering(self, clustering: Clustering) -> None:
        """In one transaction. Raises StoreError if the entry already has a story."""

    async def set_aside(self, entry_id: int) -> None:
        """A relevant entry that joins no story (a round-up): never offered by `unclustered` again."""

    async def ready_editions(self, limit: int) -> Sequence[tuple[str, int]]:
        """(story_id, n) of editions to publish, oldest first."""

    async def expire_held(self, before: datetime, now: datetime) -> int:
        """Give up editions held since before `before`; how many."""

    async def story(self, story_id: str) -> StoryView | None:
        """None: no such story."""

    async def stories(
        self,
        *,
        limit: int,
        platform: str | None = None,
        topic: Topic | None = None,
        before: datetime | None = None,
    ) -> Sequence[StoryView]:
        """Newest turn first."""

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
        """Stories that hold every word of `text`, each as a word's beginning, without case and accents; newest turn
        first. Signs mean nothing. An empty text: every story."""

    async def story_ids(self, limit: int) -> Sequence[tuple[str, datetime]]:
        """Ids of the newest stories and when each last turned, newest first."""

    async def messages_of(self, story_id: str) -> Mapping[int, Message]:
        """What was composed of a story's editions, by n, as corrected; editions not told yet are left out."""

    async def newest_messages(self, story_ids: Sequence[str]) -> Mapping[str, Message]:
        """The newest telling of each of these stories, as corrected; stories not told are left out."""

    async def save_publication(self, publication: Publication) -> int:
        """Mark the edition published and insert its deliveries, in one transaction; how many deliveries were new.

        Known (story_id, n, destination_id) are left as they are.
        """

    async def explain(self, url: str) -> Sequence[Explanation]:
        """Everything known about the entries with this address (compared in canonical form); may be empty."""

    async def entries(
        self, *, limit: int, relevant: bool | None = None, source_id: str | None = None
    ) -> Sequence[JudgedEntry]:
        """Newest first."""


class LabelMemory(Protocol):
    async def undecided(self, line: float, limit: int) -> Sequence[JudgedEntry]:
        """Entries without a label that still have their text, those whose score is nearest `line` first."""

    async def labelled(self) -> Sequence[LabelledEntry]:
        """Every labelled entry, in the order in which they were labelled."""

    async def save_label(self, label: Label) -> None:
        """Takes the place of an earlier label on the same entry. Raises StoreError for an unknown entry."""

    async def remove_label(self, entry_id: int) -> bool:
        """False: there was none."""
