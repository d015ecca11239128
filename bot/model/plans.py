"""What a flow decided, to be written in one go."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.model.deliveries import Deadline, Delivery, Message, PlannedDelivery, PlannedItem
from bot.model.entries import JudgedEntry, NewEntry, Reason, Verdict
from bot.model.sources import SourceState
from bot.model.stories import Edition, Fingerprint, Placement, Story, StoryView


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
    """An edition told: its state and its deliveries, written in one transaction. `deliveries` may be empty.

    reasons  how its summary came about, kept with the edition's own; usually empty
    items    for digests that gather until later
    deadlines  that the story names
    """

    story_id: str
    n: int
    message: Message
    deliveries: tuple[PlannedDelivery, ...]
    published_at: datetime
    reasons: tuple[Reason, ...] = ()
    items: tuple[PlannedItem, ...] = ()
    deadlines: tuple[Deadline, ...] = ()


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
