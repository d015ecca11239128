"""Entries about one event, their editions, and what is told of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.entries import JudgedEntry, Reason, Topic


class Turn(StrEnum):
    """A later turn of a story that is news in itself."""

    DENIAL = "denial"
    CLARIFICATION = "clarification"
    CORRECTION = "correction"
    REVERSAL = "reversal"
    RULING = "ruling"
    SETTLEMENT = "settlement"
    NEW_TEXT = "new-text"
    EFFECT_DATE = "effect-date"
    APOLOGY = "apology"
    REFUSAL = "refusal"
    MOTION = "motion"
    HEARING = "hearing"
    APPEAL = "appeal"
    AMENDED = "amended-claim"
    VOTE = "vote"
    TAKEDOWN = "takedown"
    REACTION = "reaction"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What clustering compares: who did what to what, in which words, when.

    keys     index keys for finding candidates ("actor:suno", "pair:udio+umg", "word:regurgit"), most telling first
    actors   entity ids, the one acted on first
    act      the act in one word ("sue", "license", "label", ...), empty if none was recognised
    objects  further marks that tell near twins apart (bill years, months of figures, amounts)
    words    stems with weights, for wording
    """

    keys: tuple[str, ...]
    actors: tuple[str, ...]
    act: str
    objects: tuple[str, ...]
    words: Mapping[str, float]
    topic: Topic | None
    happened_at: datetime
    turn: Turn | None = None
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Story:
    """Entries about one event.

    id        stable, derived from its first entry ("s" and 10 base-32 characters)
    title     cleaned headline of the lead
    lead_id   the entry that is shown first (original before rewrite, primary source before report)
    turned_at when its newest edition was made
    """

    id: str
    title: str
    topic: Topic
    platforms: tuple[str, ...]
    lead_id: int
    opened_at: datetime
    last_entry_at: datetime
    turned_at: datetime
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that an entry might belong to: its fingerprints are those of its entries, newest first, at most 12.

    outlets  outlet names that carried it so far
    turns    turns that it has taken already
    silent   nothing of it was ever posted (it was there on a first pass)
    """

    story: Story
    fingerprints: tuple[Fingerprint, ...]
    outlets: tuple[str, ...]
    turns: tuple[Turn, ...]
    held: bool = False
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """Where clustering puts an entry. `story_id` None: it opens a story of its own.

    turn     the entry is a real later turn: a new edition; None: one more outlet
    score    likeness to the story, 0 to 1
    """

    story_id: str | None
    turn: Turn | None
    score: float
    reasons: tuple[Reason, ...]


class EditionKind(StrEnum):
    FIRST = "first"
    UPDATE = "update"
    CORRECTION = "correction"


class EditionState(StrEnum):
    HELD = "held"  # unsure, from a general outlet: waits for a second outlet
    READY = "ready"  # to be published
    PUBLISHED = "published"  # deliveries made
    SILENT = "silent"  # was there on a first pass: never posted
    EXPIRED = "expired"  # held too long: never posted


@dataclass(frozen=True, slots=True)
class Edition:
    """One telling of a story; (story_id, n) is its key, n counts from 1.

    entry_id   the entry that caused it
    """

    story_id: str
    n: int
    kind: EditionKind
    state: EditionState
    turn: Turn | None
    entry_id: int
    made_at: datetime
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story with everything needed to tell it: entries in arrival order with verdicts, editions by n."""

    story: Story
    entries: tuple[JudgedEntry, ...]
    editions: tuple[Edition, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that stand in a source exactly so. `speaker` empty: the text itself (a clause)."""

    text: str
    speaker: str
    entry_id: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a summary and the entry it can be pointed to in."""

    text: str
    entry_id: int


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a reader gets: at most 350 characters of sentences plus one quotation, all attributed.

    what        what happened, to whom; may be empty (then headline and link stand alone)
    other_side  what the party acted on, or who objects to an answer, says; empty if no source says
    to_do       what an artist can do, and until when, if a source says so
    sources     lead first, one per outlet
    developing  one outlet carries it so far
    reasons     whose words these are, where there was a choice
    open_question  what no source settles: asked in public, or left open by an answer; may be empty
    replaced    a clause's old wording, which the quotation took the place of; may be empty
    facts       further short facts about a clause, each whole; may be empty
    """

    headline: str
    url: str
    what: tuple[Sentence, ...]
    quotation: Quotation | None
    other_side: tuple[Sentence, ...]
    to_do: tuple[Sentence, ...]
    sources: tuple[Link, ...]
    lang: str
    developing: bool = False
    reasons: tuple[Reason, ...] = ()
    open_question: tuple[Sentence, ...] = ()
    replaced: str = ""
    facts: tuple[str, ...] = ()
