"""What a flow decided, to be written in one go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.deliveries import (
    Deadline,
    Delivery,
    Destination,
    DigestKind,
    Message,
    PlannedDelivery,
    PlannedItem,
)
from bot.model.entries import JudgedEntry, NewEntry, Reason, Verdict
from bot.model.sources import SourceState
from bot.model.stories import Edition, Fingerprint, Link, Placement, Story, StoryView


@dataclass(frozen=True, slots=True)
class Collection:
    """What one look at a source came to: written in one transaction.

    entries  new ones with their verdicts, oldest first; may be empty
    """

    state: SourceState
    entries: tuple[tuple[NewEntry, Verdict], ...] = ()


@dataclass(frozen=True, slots=True)
class AddedOutlet:
    """One more outlet that carries a story, and when that was seen."""

    link: Link
    at: datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """A message as it is from now on, and as it was; `message.revision` is one more."""

    message: Message
    former: Message


@dataclass(frozen=True, slots=True)
class Clustering:
    """Where one entry went: written in one transaction.

    story     as it is now; new or changed
    editions  new ones, or old ones with a new state
    outlet    to be added to what was told of the story; None: nothing is to be added
    """

    entry_id: int
    fingerprint: Fingerprint
    story: Story
    placement: Placement
    editions: tuple[Edition, ...] = ()
    outlet: AddedOutlet | None = None


@dataclass(frozen=True, slots=True)
class PlannedCard:
    """A question to one server's people whether a story goes out: the card, and its way to them."""

    server: str
    message: Message
    delivery: PlannedDelivery


@dataclass(frozen=True, slots=True)
class Publication:
    """An edition told: its state and its deliveries, written in one transaction. `deliveries` may be empty.

    reasons  how its summary came about, kept with the edition's own; usually empty
    items    for digests that gather until later
    deadlines  that the story names
    cards    for the servers that approve before they post
    """

    story_id: str
    n: int
    message: Message
    deliveries: tuple[PlannedDelivery, ...]
    published_at: datetime
    reasons: tuple[Reason, ...] = ()
    items: tuple[PlannedItem, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    cards: tuple[PlannedCard, ...] = ()


@dataclass(frozen=True, slots=True)
class RoutingFacts:
    """What the memory knows that routing one story asks for.

    muted    destinations that want to hear no more of it
    holding  servers that approve before they post -> hours after which a story goes out by itself; None: never
    loads    Mastodon destinations -> posts of the last day, those that wait included
    """

    muted: frozenset[int]
    holding: Mapping[str, int | None]
    loads: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class GatheredItem:
    """An edition that is due to be told together with others, with the message that tells it.

    score  of its story
    """

    destination: Destination
    kind: DigestKind
    due_at: datetime
    score: float
    message: Message


@dataclass(frozen=True, slots=True)
class DigestPlan:
    """One digest to be written: its message, its delivery, and the items that it uses up.

    message  None: nothing is told; a single story goes out as the message that it has already
    drop     (story_id, n) of items that are used up and not told
    """

    destination_id: int
    told: tuple[tuple[str, int], ...]
    drop: tuple[tuple[str, int], ...] = ()
    message: Message | None = None
    delivery: PlannedDelivery | None = None


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """A reminder and those who get it."""

    message: Message
    deliveries: tuple[PlannedDelivery, ...]


@dataclass(frozen=True, slots=True)
class StoredDeadline:
    """A day that a story names, and the story's first message as it stands."""

    story_id: str
    deadline: Deadline
    message: Message


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
