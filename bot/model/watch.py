"""What is remembered of watching terms pages: documents, their versions and sentences, and what became of a change."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.model.documents import LastLook, Refusal
from bot.model.entries import NewEntry, Verdict
from bot.model.terms import ClauseChange, Direction, Stance, StanceKind, TermsSentence

CLAUSE_SOURCE = "terms:watch"
"""The source of entries that the watch itself makes. No source in sources.toml can have a colon in its id."""


@dataclass(frozen=True, slots=True)
class DocumentState:
    """All that is remembered about looking at one document. A fresh value stands for one never looked at.

    url              the configured address that this belongs to; None: never looked at
    last             what the next conditional look needs
    looked_at        the last look, whatever came of it
    good_at          the last look that was evidence, changed or not
    refusal          why the last look was no evidence; None: it was
    refused_why      the same for the operator, with what to do
    first_refused_at when the present row of refusals began; None: the last look was evidence
    failures         looks in a row that were no evidence
    next_look_at     None: now
    version          the version that is in force for us: what later looks are compared with; None: no baseline yet
    latest           the version seen last, in force or not; None: none yet
    page_says_on     the newest "last updated" that the page itself showed in any look; None: none yet
    text_says_on     the same of the version in force, when it was taken; None: it shows none
    """

    document_id: str
    url: str | None = None
    last: LastLook = field(default_factory=LastLook)
    looked_at: datetime | None = None
    good_at: datetime | None = None
    refusal: Refusal | None = None
    refused_why: str = ""
    first_refused_at: datetime | None = None
    failures: int = 0
    next_look_at: datetime | None = None
    version: int | None = None
    latest: int | None = None
    page_says_on: date | None = None
    text_says_on: date | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a document that was seen, without its text. (document_id, n) is its key, n counts from 1.

    url              where the bytes came from, after redirects
    body_hash, text_hash  SHA-256, hex; two versions of one document never share a text
    body_bytes       length of the bytes as they came
    extractor        which way the text was found, with its version
    first_seen_at, last_seen_at  looks that showed it
    times_seen       looks that showed it
    settled_at       when it was taken as the version in force; None: it never was (seen once, or flapping)
    is_baseline      the first that was seen: nobody knows how long it had said so
    updated_on, effective_on  what the page itself says
    """

    document_id: str
    n: int
    url: str
    content_type: str
    etag: str | None
    last_modified: str | None
    body_hash: str
    body_bytes: int
    text_hash: str
    chars: int
    extractor: str
    first_seen_at: datetime
    last_seen_at: datetime
    times_seen: int = 1
    settled_at: datetime | None = None
    is_baseline: bool = False
    updated_on: date | None = None
    effective_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to be stored with everything that it is made of.

    body        the bytes as they came, decompressed
    whole_text  the whole page's text, menus and all
    """

    version: Version
    body: bytes
    text: str
    whole_text: str


@dataclass(frozen=True, slots=True)
class VersionText:
    """The text of a version, by the newest extractor that read its bytes; line ends and markup as extracted."""

    document_id: str
    n: int
    extractor: str
    text: str
    whole_text: str


class Place(StrEnum):
    """Where on the page a sentence stands."""

    TEXT = "text"  # in the text that is compared
    OUTSIDE = "outside"  # elsewhere on the page: nothing alerts from there, an operator looks


@dataclass(frozen=True, slots=True)
class KnownSentence:
    """One sentence that a document was seen to hold, once for every wording.

    before      the sentence before it, which it may lean on; "" if there was none
    key         what it is known by: words only (logic.terms.wording.key)
    is_ai       it speaks of AI
    stances     what it says, surest first; empty when not about AI
    version     the first version that held it
    gone_at     when a version in force lacked it; None: it is there
    settled     a version in force held it: it can never be new again
    has_gone    it was gone at some time, though it may be back
    """

    document_id: str
    sentence: TermsSentence
    key: str
    before: str
    is_ai: bool
    place: Place
    version: int
    first_seen_at: datetime
    stances: tuple[Stance, ...] = ()
    gone_at: datetime | None = None
    settled: bool = True
    has_gone: bool = False


class ChangeState(StrEnum):
    """What became of a clause change."""

    SEEN_ONCE = "seen-once"  # waits for a second look; nobody was told
    ALERTED = "alerted"  # people are told; confirmed_at says whether a second look showed it
    RECORDED = "recorded"  # confirmed: in the record and the weekly digest
    REVIEW = "review"  # no sure reading: an operator decides
    DISMISSED = "dismissed"  # an operator found nothing in it
    DROPPED = "dropped"  # gone at the second look, nobody was told
    WITHDRAWN = "withdrawn"  # gone at the second look, and people had been told; the operator hears of it


@dataclass(frozen=True, slots=True)
class StoredChange:
    """A clause change of one document and what became of it.

    id            counts up in the order in which changes were first seen
    platform      name as in platforms.toml
    version       the version that brought it
    before        the version in force then; None: it was there in the baseline
    plain         one sentence for people, with the platform's name
    first_seen_at the look that showed it first
    confirmed_at  a second look an hour later showed it too; None: seen once
    ended_at      when it was dropped or withdrawn; None: it was not
    entry_key     key of the entry by which people are told (source CLAUSE_SOURCE); changes of one event share it;
                  None: nobody is told
    effective_on  in force from then on, by the page's own word; None: it does not say
    why           why it is in this state, for the operator: the rule, or what was said at review
    decided_by    who reviewed it; empty: nobody did
    """

    id: int
    document_id: str
    platform: str
    version: int
    before: int | None
    change: ClauseChange
    place: Place
    plain: str
    state: ChangeState
    first_seen_at: datetime
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None
    entry_key: str | None = None
    effective_on: date | None = None
    why: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None

    @property
    def kind(self) -> StanceKind:
        return self.change.stance.kind

    @property
    def direction(self) -> Direction:
        return self.change.direction

    @property
    def is_baseline(self) -> bool:
        """It stood there when the document was first read: in the record, but no news."""
        return self.before is None

    @property
    def holds(self) -> bool:
        """Part of the record: it is or was said there, as far as was seen."""
        return self.state in (ChangeState.ALERTED, ChangeState.RECORDED)


@dataclass(frozen=True, slots=True)
class WatchedLook:
    """What one look at a document came to: written in one transaction.

    new_version  None: nothing new
    seen         version seen again, its last_seen_at and times_seen move; None: none
    settled      version that is in force from now on; None: no other one
    sentences    new ones, or known ones that became settled
    present      sentences of the version that is in force from now on: others are gone; None: no other version
    changes      new ones (id 0) and known ones with a new state
    entry        by which people are told, with its verdict; None: nobody is told anything new
    """

    state: DocumentState
    at: datetime
    new_version: NewVersion | None = None
    seen: int | None = None
    settled: int | None = None
    sentences: tuple[KnownSentence, ...] = ()
    present: frozenset[tuple[str, str]] | None = None
    changes: tuple[StoredChange, ...] = ()
    entry: tuple[NewEntry, Verdict] | None = None
