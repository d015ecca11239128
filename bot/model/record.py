"""The record: where a platform stands on AI and music, since when, in whose words, and what was said before."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.model.entries import Topic
from bot.model.stories import Turn


class RecordSubject(StrEnum):
    """What artists ask of a platform; the order is that of the page."""

    TRAINING = "training"  # may it train models on what artists upload
    LICENSING_ON = "licensing-on"  # may others get it for their models
    OPTING_OUT = "opting-out"  # can an artist say no
    AI_UPLOADS = "ai-uploads"  # music made with AI: taken, limited, refused
    LABELS = "labels"  # must AI music be declared, is it marked
    VOICE_LIKENESS = "voice-likeness"  # copies of somebody's voice or face
    ROYALTIES = "royalties"  # is AI music paid, is fraud with it cut off


class Position(StrEnum):
    """Where a platform stands on a subject, in one word."""

    ALLOWS = "allows"
    OPT_OUT = "allows-unless-you-opt-out"
    CONSENT = "only-with-consent"
    FORBIDS = "forbids"
    LIMITS = "limits"  # taken, but kept out of pay, charts or recommendations
    REQUIRES = "requires"  # must be done (declaring AI use)
    MARKS = "marks"  # the platform does it itself (a tag by its own detector)
    OFFERS = "offers"  # can be done, nobody must (a switch, a tag, a takedown form)
    SILENT = "silent"  # its texts were read and say nothing on it
    UNKNOWN = "unknown"  # nothing is known: nobody looked, or nothing was found


class RecordOrigin(StrEnum):
    SEED = "seed"  # history.toml
    TERMS = "terms"  # the watch saw a text change
    BASELINE = "baseline"  # the watch's first reading of a text: how long it has said so is not known
    NEWS = "news"  # a story that was told


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Claim:
    """What an event shows of one platform's position on one subject.

    platform  name as in platforms.toml; empty: the event's first
    words     the exact words of a text; empty: it is told without them
    limits    what it does not reach or leaves unsaid, in our words; empty: nothing known
    since     when it takes effect; None: on the day of the event
    """

    subject: RecordSubject
    position: Position
    platform: str = ""
    words: str = ""
    limits: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class RecordEvent:
    """One dated thing that happened, in one sentence of our own.

    key            stable, says where it comes from ("seed:soundcloud-2024-terms", "terms:soundcloud-terms:12:1")
    happened_on    the day; the first of the month when `precision` is month
    platforms      names as in platforms.toml, the one that acts or is acted on first; never empty
    topic          None: one of a clause that fits no topic of the editorial line
    url            where it can be read up
    claims         what it shows of positions; may be empty
    said           what the company said about it, in our words; empty if it said nothing
    other_side     what those say who see it otherwise; may be empty
    open_question  what it leaves open; may be empty
    answers        keys of events whose open question it settles
    document_id, version  which version of which watched document says so; None: none
    story_id       the story that tells of it; None: none
    """

    key: str
    origin: RecordOrigin
    happened_on: date
    platforms: tuple[str, ...]
    topic: Topic | None
    sentence: str
    url: str
    precision: Precision = Precision.DAY
    claims: tuple[Claim, ...] = ()
    said: str = ""
    other_side: str = ""
    open_question: str = ""
    answers: tuple[str, ...] = ()
    document_id: str | None = None
    version: int | None = None
    story_id: str | None = None


@dataclass(frozen=True, slots=True)
class RecordRevision:
    """One wording of an event; (event.key, n) is its key, n counts from 1. The highest n is what the record says.

    reason     why it was changed; empty for the first
    withdrawn  the event is taken back: shown struck out, counts for nothing
    """

    event: RecordEvent
    n: int
    written_at: datetime
    written_by: str
    reason: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Amendment:
    """An operator's correction of where a platform stands on a subject. Ids count from 1, in the order of writing.

    since     from when on the platform stands there; None: as the claim that is corrected
    corrects  keys of the events whose claims were wrong; empty: the record had none
    before    what the record said until then; None: nothing
    claim     what it says now
    url       where it can be read up; empty: as the event that is corrected
    """

    platform: str
    claim: Claim
    reason: str
    by: str
    at: datetime
    before: Claim | None = None
    corrects: tuple[str, ...] = ()
    since: date | None = None
    url: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class ToldEdition:
    """One telling of a story, as far as the record uses it. Texts as in Message; they may be empty."""

    n: int
    turn: Turn | None
    told_at: datetime
    headline: str
    url: str
    what: str
    quote: str
    speaker: str
    other_side: str
    open_question: str


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story about a platform with the editions that were composed, oldest first; may be none.

    url  address of its lead; None: the lead has none
    """

    story_id: str
    title: str
    url: str | None
    topic: Topic
    platforms: tuple[str, ...]
    opened_at: datetime
    editions: tuple[ToldEdition, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierStanding:
    """Where a platform stood before, or what the record wrongly said.

    until   when it ended; None: it was corrected, not ended
    reason  why it was corrected; empty: it simply ended
    """

    claim: Claim
    since: date | None
    precision: Precision
    until: date | None
    url: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a platform stands on one subject today.

    since     None: since when is not known (position unknown, or first seen by the watch on `seen_on`)
    seen_on   when the watch first read it; None: not from its first reading
    url       where it can be read up; empty: position unknown
    origin    None: unknown, or an operator's word
    event_keys  what it rests on, the event that is shown first; empty: position unknown
    amended   the correction in force; None: never corrected
    earlier   what the record wrongly said, then where the platform stood before, each newest first
    """

    subject: RecordSubject
    claim: Claim
    since: date | None = None
    precision: Precision = Precision.DAY
    seen_on: date | None = None
    origin: RecordOrigin | None = None
    event_keys: tuple[str, ...] = ()
    url: str = ""
    document_id: str | None = None
    version: int | None = None
    amended: Amendment | None = None
    earlier: tuple[EarlierStanding, ...] = ()

    @property
    def position(self) -> Position:
        return self.claim.position


@dataclass(frozen=True, slots=True)
class CompanyStatement:
    """What a company said, and what others answer. `speaker` may be empty; `other_side` too."""

    said_on: date
    precision: Precision
    text: str
    speaker: str
    other_side: str
    url: str
    event_key: str
    story_id: str | None = None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    asked_on: date
    precision: Precision
    text: str
    url: str
    event_key: str
    story_id: str | None = None


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One event on a platform's timeline.

    withdrawn  taken back: shown struck out
    reason     why it was last changed; empty: it never was
    earlier    its former wordings, newest first
    """

    event: RecordEvent
    withdrawn: bool = False
    reason: str = ""
    earlier: tuple[RecordRevision, ...] = ()


@dataclass(frozen=True, slots=True)
class PlatformRecord:
    """Where one platform stands.

    standings  one per subject, in the order of RecordSubject
    said, questions, timeline, amendments  newest first; may be empty
    """

    platform: str
    standings: tuple[Standing, ...]
    said: tuple[CompanyStatement, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    timeline: tuple[TimelineItem, ...] = ()
    amendments: tuple[Amendment, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing at all is known of it."""
        return (
            not self.timeline
            and not self.amendments
            and all(standing.position is Position.UNKNOWN for standing in self.standings)
        )
