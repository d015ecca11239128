"""What delivery, digests, reminders and corrections ask of the memory."""

from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.model import (
    Deadline,
    Delivery,
    DeliveryState,
    DigestPlan,
    GatheredItem,
    Message,
    PlannedReminder,
    Receipt,
    Revision,
    RoutingFacts,
    SinkKind,
    StoredDeadline,
)


class Outbox(Protocol):
    async def due(self, now: datetime, sinks: Some[SinkKind], limit: int) -> Sequence[Delivery]:
        """The head of each destination's queue (oldest undone delivery) if it is due, the destination is not
        paused, and nothing there is `sending` or `unclear`; longest due first, at most one per destination."""

    async def next_due_at(self) -> datetime | None:
        """When the earliest head of a queue falls due; None: nothing waits."""

    async def claim(self, delivery_id: int, now: datetime, holder: str) -> bool:
        """due → sending by one UPDATE; False: somebody else was first, or it is not due any more."""

    async def mark_sent(self, delivery_id: int, receipt: Receipt, now: datetime, revision: int = 1) -> None:
        """`revision` of the message is what stands there; if there is a newer one, it is to be edited now."""

    async def mark_due(self, delivery_id: int, at: datetime, error: str) -> None:
        """Back to due: it is certain that nothing was posted. Abandoned if nobody is subscribed there any more."""

    async def mark_unclear(self, delivery_id: int, error: str) -> None: ...

    async def mark_abandoned(self, delivery_id: int, error: str, now: datetime) -> None: ...

    async def postpone(self, delivery_id: int, at: datetime, why: str) -> None:
        """A due delivery that waits for a ceiling."""

    async def recover(self, holder: str, stale_before: datetime) -> int:
        """Every `sending` row of other holders claimed before `stale_before` becomes unclear; how many."""

    async def release_overlong_waits(self, now: datetime, longest_hold: timedelta) -> int:
        """What was put off while the clock ran ahead, or for longer than `longest_hold`, is due now; how many."""

    async def unclear(self, sinks: Some[SinkKind], limit: int) -> Sequence[Delivery]:
        """Oldest first, destinations that are paused left out."""

    async def sent_times(self, destination_id: int, since: datetime) -> Sequence[datetime]:
        """When messages were sent there, oldest first; `unclear` and `sending` count by their claim."""

    async def first_remote_id(self, story_id: str, destination_id: int) -> str | None:
        """Where the story's first message stands at this destination; None: none was sent there."""

    async def story_posted_as(self, sink: SinkKind, remote_id: str) -> str | None:
        """The id of the story that the post with that id tells; None: it is none of ours."""

    async def deliveries(
        self, *, limit: int, state: DeliveryState | None = None, story_id: str | None = None
    ) -> Sequence[Delivery]:
        """Newest first."""


class DigestMemory(Protocol):
    """What waits to be told together, and what routing asks for."""

    async def routing_facts(self, story_id: str, since: datetime) -> RoutingFacts:
        """For one story; loads are counted from `since`."""

    async def approval_places(self, servers: Some[str], now: datetime) -> Mapping[str, int]:
        """Destination ids of the channels in which these servers approve; made where they are new."""

    async def due_items(self, now: datetime) -> Sequence[GatheredItem]:
        """What is due at destinations that are not paused, by destination. What waits for approval is left out, and so
        is everything of a destination at which nobody is subscribed (any more, or at present)."""

    async def next_digest_at(self, now: datetime) -> datetime | None:
        """When something falls due after `now`; None: nothing is gathered for later."""

    async def save_digest(self, plan: DigestPlan, now: datetime) -> bool:
        """Use up its items and insert message and delivery, in one transaction. False: somebody else used one up."""

    async def digested_since(self, destination_id: int, at: datetime) -> bool:
        """Whether a digest was written for this destination at that time or later."""

    async def drop_unwanted_items(self) -> int:
        """Items of muted or skipped stories and of destinations without a subscription; how many."""


class DeadlineMemory(Protocol):
    """Days that stories name."""

    async def deadlines_between(self, after: datetime, until: datetime) -> Sequence[StoredDeadline]:
        """Of stories that were told, nearest first."""

    async def deadlines_of(self, story_id: str) -> Sequence[Deadline]:
        """Nearest first, past ones too."""

    async def excluded_from(self, story_id: str) -> frozenset[int]:
        """Destinations that are not to hear of this story: muted there, skipped, or still waiting for approval."""

    async def reminded(self, reminder_id: str) -> frozenset[int]:
        """Destinations for which this reminder was written."""

    async def save_reminder(self, reminder: PlannedReminder, now: datetime) -> int:
        """Message and deliveries in one transaction; how many deliveries were new. What is known stays as it is."""


class RevisionMemory(Protocol):
    """What is amended after it was told."""

    async def messages_about(self, story_id: str) -> Sequence[Message]:
        """The story's own messages, its cards and reminders, and the digests that hold it; may be empty."""

    async def revise(
        self, made: Sequence[Revision], now: datetime, titles: Mapping[str, str] | None = None
    ) -> int:
        """Put messages in the place of their former ones, which are kept, and mark what is posted of them to be edited;
        in one transaction. How many posts. `titles`: of stories, by id. Raises StoreError if one was revised meanwhile."""

    async def former_messages(self, story_id: str, n: int) -> Sequence[Message]:
        """What a message said before its corrections, oldest first."""

    async def corrected_at(self, story_ids: Some[str]) -> Mapping[str, datetime]:
        """When what was told of a story was last corrected; without those that never were."""

    async def to_edit(self, now: datetime, sinks: Some[SinkKind], limit: int) -> Sequence[Delivery]:
        """Posts that do not say what their message says, oldest first; paused destinations are left out."""

    async def next_edit_at(self, sinks: Some[SinkKind]) -> datetime | None:
        """When the next edit falls due; None: none does."""

    async def mark_edited(self, delivery_id: int, revision: int, now: datetime) -> None:
        """That revision stands there now."""

    async def put_off_edit(self, delivery_id: int, at: datetime, error: str) -> None: ...

    async def give_up_edit(self, delivery_id: int, error: str) -> None:
        """It stays as it is."""
