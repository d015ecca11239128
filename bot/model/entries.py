"""Entries, the verdicts on them, and the names that verdicts use."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.sources import Evidence, Outlet


@dataclass(frozen=True, slots=True)
class NewEntry:
    """One entry of ours, before it is stored. Identity is (source_id, key).

    key        guid, else link, else hash of (title, date); guid+link when a document repeats the guid
    url        canonical address for reading and comparing; None: the entry has none
    baseline   it was already there at the source's first success: kept, never posted
    page_text  main text of the article page; None: not fetched or not readable
    """

    source_id: str
    key: str
    title: str
    url: str | None
    summary: str
    outlet: Outlet
    published_at: datetime | None
    seen_at: datetime
    baseline: bool = False
    categories: tuple[str, ...] = ()
    lang: str = "en"
    page_text: str | None = None


@dataclass(frozen=True, slots=True)
class Entry(NewEntry):
    """A stored entry.

    id         counts up in arrival order
    story_id   None while it belongs to no story
    page_tried the article page was asked for already, whatever came of it: no need to ask again
    """

    id: int = 0
    story_id: str | None = None
    page_tried: bool = False

    @property
    def happened_at(self) -> datetime:
        """When it was published, or seen if the publisher gave no date or one in the future."""
        if self.published_at is None or self.published_at > self.seen_at:
            return self.seen_at
        return self.published_at


class Topic(StrEnum):
    """The ten topics of the editorial line; words for people are in topics.toml."""

    TERMS_TRAINING = "terms-training"
    OPT_OUT = "opt-out"
    LICENSING_DEAL = "licensing-deal"
    LAWSUIT = "lawsuit"
    LEGISLATION = "legislation"
    LABELLING_OR_BAN = "labelling-or-ban"
    VOICE_LIKENESS = "voice-likeness"
    ROYALTIES_FRAUD = "royalties-fraud"
    CAMPAIGN = "campaign"
    GUIDANCE = "guidance"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a decision came out so. `text` is for a person; `weight` is what it added to the score (0: a note)."""

    code: str
    text: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an entry is our subject, and what it is about.

    score      0 to 1; `relevant` is score at or above the line
    sure       score at or above the higher line: may be published on one general outlet's word
    topic      the act reported; None exactly when not relevant
    also_topic a second act of equal weight ("pulled from services over a cloned voice"); None: there is one
    platforms  names as in platforms.toml, the one acted on first, may be empty
    reasons    strongest first, never empty
    roundup    a column of many stories: joins none and makes none
    wants_page  not relevant by its teaser, but near enough that its page is read first; said once and not kept
    """

    relevant: bool
    score: float
    sure: bool
    topic: Topic | None
    platforms: tuple[str, ...]
    reasons: tuple[Reason, ...]
    roundup: bool = False
    also_topic: Topic | None = None
    wants_page: bool = False

    @property
    def topics(self) -> tuple[Topic, ...]:
        """One or two, the leading one first; empty when not relevant."""
        return tuple(topic for topic in (self.topic, self.also_topic) if topic is not None)


@dataclass(frozen=True, slots=True)
class JudgedEntry:
    """An entry with the verdict on it."""

    entry: Entry
    verdict: Verdict


class EntityKind(StrEnum):
    SERVICE = "service"
    DISTRIBUTOR = "distributor"
    AI_FIRM = "ai-firm"
    LABEL = "label"
    PUBLISHER = "publisher"
    SOCIETY = "society"
    TRADE_BODY = "trade-body"
    UNION = "union"
    CAMPAIGN = "campaign"
    TOOL = "tool"
    PERSON = "person"
    ARTIST = "artist"
    LAW = "law"
    AI_ACT = "ai-act"
    BODY = "body"  # a court, office, ministry or parliament


@dataclass(frozen=True, slots=True)
class Entity:
    """One row of platforms.toml: a platform, company, society, person or law that our stories are about.

    id         short lower-case id ("sony-music"); `name` is what verdicts and people see
    aliases    other spellings, matched as whole words; a leading "=" asks for exact case
    ambiguous  the name also means something else: counts only beside one of `company` (words, lower case)
    not_in     phrases that look like it and are not ("studio" for Udio needs none: words are whole)
    part_of    id of the entity to report instead (Content ID -> youtube); None: itself
    evidence   what a mention of it proves by itself
    home       site of the platform; None: none known
    reported   whether verdicts may name it as a platform (people and laws are not)
    opt_out_url  where an artist says no to AI there; None: no such place is known
    ai_contact   whom to write to about AI there, an address; None: not known
    ai_help      the platform's own page on AI and artists; None: not known
    """

    id: str
    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    ambiguous: bool = False
    company: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    part_of: str | None = None
    evidence: frozenset[Evidence] = frozenset()
    home: str | None = None
    reported: bool = True
    note: str = ""
    opt_out_url: str | None = None
    ai_contact: str | None = None
    ai_help: str | None = None


@dataclass(frozen=True, slots=True)
class TopicLabel:
    """Words shown to people for one topic. `tag` is CamelCase without '#'; `colour` is 0xRRGGBB."""

    topic: Topic
    label: str
    description: str
    tag: str
    emoji: str
    colour: int
