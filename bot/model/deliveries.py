"""Who wants what and where, and the messages on their way."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.entries import Topic
from bot.model.stories import Link, Turn


class SinkKind(StrEnum):
    DISCORD = "discord"
    MASTODON = "mastodon"
    CONSOLE = "console"
    WEBHOOK = "webhook"  # the operator's, for notices only


class Threading(StrEnum):
    """What becomes of a story's updates at a destination."""

    REPLY = "reply"  # they answer the first post
    THREAD = "thread"  # the first post gets a thread of its own, and they go there


PERSON = "@"
"""What a Discord address begins with that is a person's direct messages ("@42"), not a channel."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A channel, account or person. (sink, address) is unique.

    address      Discord: channel or thread id, or "@" and a user id for direct messages; Mastodon: account name as
                 configured, or "account/id" for direct messages to the account with that id; console: "terminal"
    name         for people: "#ai-policy" or "@smallprint@example.social"
    server       Discord server id; None elsewhere and for direct messages
    paused_why   why nothing is sent there at present, with the fix; empty: not paused
    lang         in which our own words around a story are written there: a folder of bot/words
    threading    Discord only
    """

    id: int
    sink: SinkKind
    address: str
    name: str
    server: str | None
    created_at: datetime
    paused_at: datetime | None = None
    paused_why: str = ""
    lang: str = "en"
    threading: Threading = Threading.REPLY

    @property
    def is_person(self) -> bool:
        """Direct messages to one person, who asked for them."""
        if self.sink is SinkKind.DISCORD:
            return self.address.startswith(PERSON)
        return self.sink is SinkKind.MASTODON and "/" in self.address


class Urgency(StrEnum):
    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Timing:
    """When a subscription is told, by the clock on its people's wall.

    zone      IANA name of a time zone
    minute    of the day at which digests come, 0 to 1439
    weekday   of the weekly digest, 0 is Monday
    quiet     minutes of the day, from and until, in which nothing is posted; may span midnight; None: no quiet hours
    """

    zone: str = "UTC"
    minute: int = 9 * 60
    weekday: int = 0
    quiet: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """Who wants what, and where; not yet stored. Empty `platforms` or `topics` mean any.

    role       Discord role id to mention; None: nobody
    asked_by   platform user id of who asked, or "operator"
    include    words or phrases of which a story must hold one, any case; empty: no matter
    exclude    words or phrases of which it may hold none
    story_id   only the updates of this story ("follow"); None: any story
    reminders  whether deadlines that a story names are recalled 7 days and 1 day before
    lang, threading  of the destination, as in Destination; None: as it is, or the default for a new one
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
    include: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()
    story_id: str | None = None
    reminders: bool = False
    timing: Timing = field(default_factory=Timing)
    lang: str | None = None
    threading: Threading | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """A stored subscription; ids count from 1 and are never used again. Fields as in NewSubscription.

    paused_at  by its people, until they resume it; None: it is on. Unlike a destination's pause nothing waits meanwhile.
    """

    id: int
    destination: Destination
    platforms: frozenset[str]
    topics: frozenset[Topic]
    urgency: Urgency
    role: str | None
    asked_by: str
    created_at: datetime
    include: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()
    story_id: str | None = None
    reminders: bool = False
    timing: Timing = field(default_factory=Timing)
    paused_at: datetime | None = None


class MessageKind(StrEnum):
    """What a message is, for the sinks that lay it out."""

    FIRST = "first"  # of a story
    UPDATE = "update"
    CORRECTION = "correction"
    DIGEST = "digest"  # of several stories, in `items`
    REMINDER = "reminder"  # of a deadline that a story named
    NOTICE = "notice"  # from the bot itself, to who runs it or to a server's managers
    APPROVAL = "approval"  # a story's card for those who decide whether it goes out


@dataclass(frozen=True, slots=True)
class DigestItem:
    """One story within a digest, heaviest first there. Fields as in Message; `n` is the edition told."""

    story_id: str
    n: int
    headline: str
    url: str
    what: str
    topic: Topic
    topic_label: str
    platforms: tuple[str, ...]
    sources: tuple[Link, ...]
    happened_at: datetime
    kind: MessageKind = MessageKind.FIRST
    turn: Turn | None = None
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which somebody must act or from which something holds, as a source says it.

    at        aware UTC; the start of that day where the source names no hour
    what      one of "effect", "opt-out", "consultation", "other"
    quote     the words that say so
    entry_id  the entry that they stand in
    """

    at: datetime
    what: str
    quote: str
    entry_id: int


@dataclass(frozen=True, slots=True)
class Message:
    """Composed text, not yet any platform's; what a delivery carries and every sink renders.

    story_id, n   the edition told; a digest, reminder, notice or card has an id of its own here, n counts from 1
    mark          what reconciliation looks for in a channel's history; short, unique per edition
    kind, turn    what it is; which turn of the story
    revision      counts from 1; more after an edit (a further outlet, a correction): what is posted is brought up to it
    items         of a digest, heaviest first; else empty
    deadline      the nearest that the story names; None: none
    correction    what was wrong and is put right by this revision, one sentence; empty: nothing was
    replaced      a clause's old wording, which `quote` took the place of; may be empty
    facts         further short facts about a clause, each whole ("Seen on 7 February 2024"), may be empty
    page_url      the story's page on our own site; empty: there is no site
    decision      of an approval card: what was decided and by whom, in words; empty: it waits
    headline, url the link is first and is never shortened
    what, quote, speaker, other_side, to_do, open_question   as in Summary, joined; may be empty
    tags          CamelCase without '#', at most four
    """

    story_id: str
    n: int
    mark: str
    kind: MessageKind
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
    open_question: str = ""
    revision: int = 1
    items: tuple[DigestItem, ...] = ()
    deadline: Deadline | None = None
    correction: str = ""
    replaced: str = ""
    facts: tuple[str, ...] = ()
    page_url: str = ""
    decision: str = ""


class DeliveryState(StrEnum):
    HELD = "held"  # waits for somebody's approval; does not hold up what comes after it
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
    is_held: bool = False  # for approval
    release_at: datetime | None = None  # when a held one goes out by itself; None: never


class DigestKind(StrEnum):
    """Why an edition waits to be told together with others."""

    DAILY = "daily"
    WEEKLY = "weekly"
    QUIET = "quiet"  # came in quiet hours
    EVENING = "evening"  # was over an account's ceiling for the day


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """An edition for a destination's next digest. (destination_id, story_id, n) is its identity."""

    destination_id: int
    kind: DigestKind
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message for one destination.

    due_at     not before this
    message    with the headline that an approver gave it, if one did
    shown_revision  of the message, as far as it is known to be posted; 0: not posted, or not known
    edit_due_at     when what is posted is to be brought up to the message; None: it is as it should be
    edited_at       when that was last done; None: never
    edit_tries      edits that failed in a row
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
    shown_revision: int = 0
    edit_due_at: datetime | None = None
    edited_at: datetime | None = None
    edit_tries: int = 0
    release_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shipment:
    """All that a sink needs to send one delivery.

    reply_to      remote id of the story's first message at this destination; None: none there
    attempted_at  when this key was first tried; None: this is the first try
    former        what the message said before, oldest first: an earlier attempt may have posted that
    """

    delivery: Delivery
    reply_to: str | None = None
    attempted_at: datetime | None = None
    former: tuple[Message, ...] = ()


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
