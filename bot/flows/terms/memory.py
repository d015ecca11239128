"""What the watch and the record ask of the memory."""

from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.model import (
    ChangeState,
    DocumentState,
    KnownSentence,
    StoredChange,
    Version,
    VersionText,
    WatchedLook,
)
from bot.model.record import Amendment, RecordOrigin, RecordRevision, ToldStory


class TermsMemory(Protocol):
    async def document_states(self, document_ids: Some[str]) -> Mapping[str, DocumentState]:
        """One for every id asked for; a fresh state for a document never looked at."""

    async def save_document_states(self, states: Sequence[DocumentState]) -> None:
        """States of looks that brought nothing to keep, in one transaction."""

    async def save_look(self, look: WatchedLook) -> None:
        """A look with all that it brought, in one transaction. A version, sentence, change or entry that is known
        already is not stored twice, so that a repeat does no harm."""

    async def save_extraction(self, text: VersionText, known: Sequence[KnownSentence], at: datetime) -> None:
        """What another extractor made of a version's bytes, and its sentences: known from now on."""

    async def versions(
        self, document_id: str, *, limit: int, settled: bool | None = None
    ) -> Sequence[Version]:
        """Newest first. `settled`: only those that were (True) or never were (False) in force."""

    async def version(self, document_id: str, n: int) -> Version | None: ...

    async def version_text(self, document_id: str, n: int) -> VersionText | None: ...

    async def version_body(self, document_id: str, n: int) -> bytes | None:
        """The bytes as they came; None: no such version."""

    async def version_of_text(self, document_id: str, text_hash: str) -> int | None:
        """The version that has this text, by whichever extractor; None: never seen."""

    async def sentences(
        self, document_id: str, *, of_ai: bool = False, there: bool = False
    ) -> Sequence[KnownSentence]:
        """In the order in which they were first seen. `of_ai`: only those; `there`: only what the version in force
        (or the page around it) holds."""

    async def change(self, change_id: int) -> StoredChange | None: ...

    async def changes(
        self,
        *,
        limit: int,
        platform: str | None = None,
        document_id: str | None = None,
        states: Some[ChangeState] | None = None,
        entry_keys: Some[str] | None = None,
        seen_since: datetime | None = None,
    ) -> Sequence[StoredChange]:
        """Newest first. `platform` is compared without case."""

    async def changes_since(self, at: datetime) -> Sequence[StoredChange]:
        """What the weekly digest tells: confirmed since then, recorded and not alerted, no baseline; oldest first."""

    async def save_change(self, change: StoredChange) -> None:
        """A known change with a new state (review). Raises StoreError for an unknown id."""

    async def stories_of_clauses(self, entry_keys: Some[str]) -> Mapping[str, str]:
        """Entry key -> id of the story that tells it; without those not yet in a story."""


class RecordMemory(Protocol):
    """Where platforms stand. Append only: what was said before stays."""

    async def record_revisions(
        self, *, platform: str | None = None, origin: RecordOrigin | None = None
    ) -> Sequence[RecordRevision]:
        """Every wording of every event, in the order of writing; of a platform: of events that ever named it."""

    async def save_revisions(self, revisions: Sequence[RecordRevision]) -> int:
        """In one transaction; how many were new. A known (event.key, n) is left as it is."""

    async def amendments(self, platform: str | None = None) -> Sequence[Amendment]:
        """In the order of writing; without a platform all."""

    async def save_amendment(self, amendment: Amendment) -> Amendment:
        """Stored, with its id."""

    async def told_stories(self, platform: str, limit: int) -> Sequence[ToldStory]:
        """Stories that name the platform and are sure enough to be told, newest first; the newest `limit` are looked at."""
