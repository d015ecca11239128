"""Who wants what and where, and the messages on their way."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.entries import Topic
from bot.model.stories import EditionKind, Link, Turn


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
    what, quote, speaker, other_side, to_do, open_question   as in Summary, joined; may be empty
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
    open_question: str = ""


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
