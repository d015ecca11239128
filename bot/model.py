"""The nouns, as frozen dataclasses and enums. Imports nothing of ours but errors.

Times are aware UTC and end in `_at`. `None` means one thing, said beside the field.
Life stages show in the name: `RawEntry` (as published), `NewEntry` (ours, not yet stored), `Entry` (stored).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import FailureKind

# ---------------------------------------------------------------- sources


class Evidence(StrEnum):
    """The three kinds of evidence that together make a story of ours."""

    AI = "ai"
    MUSIC = "music"
    POLICY = "policy"


class SourceGroup(StrEnum):
    """What sort of publisher a source is; part of the evidence that its entries bring along."""

    TECH = "tech"
    MUSIC_TRADE = "music-trade"
    MUSIC_CONSUMER = "music-consumer"
    PRODUCTION = "production"
    RIGHTS_LAW = "rights-law"
    RIGHTS_ORG = "rights-org"
    PLATFORM = "platform"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes an entry, as far as judgement needs to know.

    platform  id of the platform whose own voice this is (its blog or newsroom); None for press
    tier      1 primary or specialist, 2 reliable general press, 3 aggregator or rewrite site
    needs     evidence that an entry must prove in its own words, since the outlet does not vouch for it
    """

    name: str
    group: SourceGroup = SourceGroup.GENERAL
    platform: str | None = None
    tier: int = 2
    lang: str = "en"
    needs: frozenset[Evidence] = frozenset(Evidence)


@dataclass(frozen=True, slots=True)
class Source:
    """What we watch, as configured in sources.toml. At least one of `feed` and `site` is set.

    feed           address of the feed; None: watch the page at `site` (terms watch; not polled yet)
    poll_interval  the pace to start from; None: adapt to how often the source publishes
    trouble        what is known to be odd about it, for the operator; empty if nothing
    """

    id: str
    name: str
    feed: str | None
    site: str | None
    group: SourceGroup
    platform: str | None = None
    tier: int = 2
    poll_interval: timedelta | None = None
    lang: str = "en"
    needs: frozenset[Evidence] = frozenset(Evidence)
    trouble: str = ""

    @property
    def outlet(self) -> Outlet:
        return Outlet(self.name, self.group, self.platform, self.tier, self.lang, self.needs)


class Health(StrEnum):
    """How a source is doing; shown to the operator."""

    NEW = "new"  # never polled
    OK = "ok"
    EMPTY = "empty"  # a feed, but without entries
    STALE = "stale"  # answers, but has had nothing new for far longer than its own habit
    FAILING = "failing"  # failed lately, not yet long enough to alarm
    REFUSED = "refused"  # 401/403 for long
    MISSING = "missing"  # 404 for long
    NOT_A_FEED = "not-a-feed"  # for long
    DOWN = "down"  # other failures for long
    GONE = "gone"  # 410: polling has ended


@dataclass(frozen=True, slots=True)
class Validators:
    """What lets the next conditional GET be answered with 304. None: the server gave none."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class SourceState:
    """All that is remembered about polling one source. A fresh value stands for a source never polled.

    address         where the feed is now, after permanent redirects; None: as configured
    body_hash       of the last body that was parsed; None: none yet
    entries_hash    of the last document's entry list
    baselined_at    when the first success marked what was there as seen; None: not yet
    first_failed_at when the present row of failures began; None: the last look succeeded
    alarmed_at      when the operator was told of the present trouble; None: not told
    publish_gap     usual time between two new entries, from what was seen; None: unknown yet
    """

    source_id: str
    validators: Validators = Validators()
    address: str | None = None
    body_hash: str | None = None
    entries_hash: str | None = None
    health: Health = Health.NEW
    failures: int = 0
    last_error: str = ""
    last_failure: FailureKind | None = None
    polled_at: datetime | None = None
    good_at: datetime | None = None
    new_entry_at: datetime | None = None
    baselined_at: datetime | None = None
    first_failed_at: datetime | None = None
    alarmed_at: datetime | None = None
    next_poll_at: datetime | None = None
    publish_gap: timedelta | None = None
    missed_overlap: bool = False


# ---------------------------------------------------------------- readings


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One entry as published: text stripped of markup, links http(s) only, dates aware UTC.

    guid         the publisher's own id; None: none or empty
    link         None: none, or not http(s)
    title        may be empty
    summary      plain text of the summary or content, may be empty
    published_at None: no date that can be read
    outlet       name of the original outlet when the feed aggregates others; None: the source's own
    """

    guid: str | None
    link: str | None
    title: str
    summary: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A parsed feed document. `version` is feedparser's ("rss20", "atom10") or "json11"; never empty.

    entries    in document order, may be empty
    ttl        how long the publisher asks us to wait; None: not said
    entries_hash  of ids, titles and links, equal when nothing that matters changed
    """

    version: str
    title: str
    entries: tuple[RawEntry, ...]
    entries_hash: str
    site: str | None = None
    lang: str | None = None
    ttl: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What every answered look at a source tells, whatever it brought.

    moved_to   new address after permanent redirects only; None: not moved
    fresh_for  from Cache-Control, Expires or ttl; None: not said
    """

    validators: Validators = Validators()
    body_hash: str | None = None
    moved_to: str | None = None
    fresh_for: timedelta | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class FeedRead:
    """A reading that brought a feed document."""

    fetched: Fetched
    feed: Feed


@dataclass(frozen=True, slots=True)
class NothingNew:
    """A reading that brought nothing: 304, the same bytes, or the same entry list."""

    fetched: Fetched


@dataclass(frozen=True, slots=True)
class Failed:
    """A reading that failed; failure is a value and travels the same way."""

    kind: FailureKind
    reason: str
    status: int | None = None
    permanent: bool = False
    retry_after: timedelta | None = None


Reading = FeedRead | NothingNew | Failed


@dataclass(frozen=True, slots=True)
class Page:
    """The main text of an article page. `text` is plain, paragraphs separated by newlines, never empty."""

    url: str
    title: str
    text: str
    published_at: datetime | None = None


# ---------------------------------------------------------------- entries and verdicts


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
    """A stored entry. `id` counts up in arrival order; `story_id` is None while it belongs to no story."""

    id: int = 0
    story_id: str | None = None

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
    topic      None exactly when not relevant
    platforms  names as in platforms.toml, the one acted on first, may be empty
    reasons    strongest first, never empty
    roundup    a column of many stories: joins none and makes none
    """

    relevant: bool
    score: float
    sure: bool
    topic: Topic | None
    platforms: tuple[str, ...]
    reasons: tuple[Reason, ...]
    roundup: bool = False


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


@dataclass(frozen=True, slots=True)
class TopicLabel:
    """Words shown to people for one topic. `tag` is CamelCase without '#'; `colour` is 0xRRGGBB."""

    topic: Topic
    label: str
    description: str
    tag: str
    emoji: str
    colour: int


# ---------------------------------------------------------------- stories


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
    other_side  what the other side says; empty if no source says
    to_do       what an artist can do, or by when, if a source says so
    sources     lead first, one per outlet
    developing  one outlet carries it so far
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


# ---------------------------------------------------------------- subscriptions and deliveries


class SinkKind(StrEnum):
    DISCORD = "discord"
    MASTODON = "mastodon"
    CONSOLE = "console"


@dataclass(frozen=True, slots=True)
class Destination:
    """A channel or account. (sink, address) is unique.

    address      Discord: channel or thread id; Mastodon: account name as configured; console: "terminal"
    name         for people: "#ai-policy" or "@smallprint@example.social"
    server       Discord server id; None elsewhere
    paused_why   why nothing is sent there at present, with the fix; empty: not paused
    """

    id: int
    sink: SinkKind
    address: str
    name: str
    server: str | None
    created_at: datetime
    paused_at: datetime | None = None
    paused_why: str = ""


class Urgency(StrEnum):
    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """Who wants what, and where; not yet stored. Empty `platforms` or `topics` mean any.

    role     Discord role id to mention; None: nobody
    asked_by platform user id of who asked, or "operator"
    """

    sink: SinkKind
    address: str
    destination_name: str
    server: str | None
    platforms: frozenset[str]
    topics: frozenset[Topic]
    urgency: Urgency
    role: str | None
    asked_by: str


@dataclass(frozen=True, slots=True)
class Subscription:
    """A stored subscription; ids count from 1 and are never used again."""

    id: int
    destination: Destination
    platforms: frozenset[str]
    topics: frozenset[Topic]
    urgency: Urgency
    role: str | None
    asked_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """Composed text, not yet any platform's; what a delivery carries and every sink renders.

    story_id, n   the edition told
    mark          what reconciliation looks for in a channel's history; short, unique per edition
    kind, turn    first, update or correction; which turn
    headline, url the link is first and is never shortened
    what, quote, speaker, other_side, to_do   as in Summary, joined; may be empty
    tags          CamelCase without '#', at most four
    """

    story_id: str
    n: int
    mark: str
    kind: EditionKind
    turn: Turn | None
    headline: str
    url: str
    what: str
    quote: str
    speaker: str
    other_side: str
    to_do: str
    sources: tuple[Link, ...]
    topic: Topic
    topic_label: str
    colour: int
    platforms: tuple[str, ...]
    tags: tuple[str, ...]
    lang: str
    happened_at: datetime
    developing: bool = False


class DeliveryState(StrEnum):
    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    ABANDONED = "abandoned"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class PlannedDelivery:
    """One message for one destination, not yet stored. (story_id, n, destination_id) is its identity."""

    destination_id: int
    roles: tuple[str, ...]
    key: str  # at most 25 characters, derived from the identity: Discord nonce, Mastodon Idempotency-Key


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message for one destination.

    due_at     not before this
    tries      claims so far
    remote_id  the platform's id of what was posted; None: not (known to be) posted
    claimed_at when `sending` began; None: never claimed
    """

    id: int
    key: str
    destination: Destination
    message: Message
    roles: tuple[str, ...]
    state: DeliveryState
    created_at: datetime
    due_at: datetime
    tries: int = 0
    claimed_at: datetime | None = None
    done_at: datetime | None = None
    remote_id: str | None = None
    remote_url: str | None = None
    last_error: str = ""


@dataclass(frozen=True, slots=True)
class Shipment:
    """All that a sink needs to send one delivery.

    reply_to      remote id of the story's first message at this destination; None: none there
    attempted_at  when this key was first tried; None: this is the first try
    """

    delivery: Delivery
    reply_to: str | None = None
    attempted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A platform's word that a message is there."""

    remote_id: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Ceilings:
    """Hard limits of one destination, whatever happens: messages an hour and a day."""

    an_hour: int
    a_day: int


# ---------------------------------------------------------------- plans: what a flow decided, to be written in one go


@dataclass(frozen=True, slots=True)
class Collection:
    """What one look at a source came to: written in one transaction.

    entries  new ones with their verdicts, oldest first; may be empty
    """

    state: SourceState
    entries: tuple[tuple[NewEntry, Verdict], ...] = ()


@dataclass(frozen=True, slots=True)
class Clustering:
    """Where one entry went: written in one transaction.

    story     as it is now; new or changed
    editions  new ones, or old ones with a new state
    """

    entry_id: int
    fingerprint: Fingerprint
    story: Story
    placement: Placement
    editions: tuple[Edition, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """An edition told: its state and its deliveries, written in one transaction. `deliveries` may be empty."""

    story_id: str
    n: int
    message: Message
    deliveries: tuple[PlannedDelivery, ...]
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything known about an entry, for "why this?".

    fetched_from  source id
    others        other entries of the same story
    """

    judged: JudgedEntry
    story: StoryView | None
    placement: Placement | None
    deliveries: tuple[Delivery, ...] = field(default=())
