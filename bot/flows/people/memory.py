"""What people's wishes ask of the memory."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.model import (
    Approval,
    Destination,
    Feedback,
    Message,
    NewSubscription,
    Server,
    SinkKind,
    StoryFeedback,
    Subscription,
    Suggestion,
)


class SubscriptionMemory(Protocol):
    async def subscriptions(
        self, *, server: str | None = None, destination_id: int | None = None, address: str | None = None
    ) -> Sequence[Subscription]:
        """Oldest first; without arguments all. `address` as in Destination."""

    async def add_subscription(self, new: NewSubscription, now: datetime) -> Subscription:
        """Makes the destination if it is new (and takes its pause away). An equal subscription is returned as it is."""

    async def change_subscription(
        self, subscription_id: int, new: NewSubscription, now: datetime
    ) -> Subscription | None:
        """As it is now, perhaps at another destination; `asked_by` and its pause stay. None: there is none such."""

    async def pause_subscription(self, subscription_id: int, at: datetime | None) -> bool:
        """Pause it from `at` on, or resume it (None); False: there is none such."""

    async def remove_subscription(self, subscription_id: int) -> Subscription | None:
        """What was removed; None: there was none. Its undelivered messages are abandoned if nothing else wants them."""

    async def destinations(self, *, sink: SinkKind | None = None) -> Sequence[Destination]: ...

    async def pause_destination(self, destination_id: int, why: str, now: datetime) -> bool:
        """False: it was paused already (so that people are told once)."""

    async def resume_destination(self, destination_id: int) -> bool: ...


class ServerMemory(Protocol):
    """Discord servers as their people set them up, what people suggest, and forgetting both."""

    async def server(self, server_id: str) -> Server:
        """A fresh value for one that is not known."""

    async def servers(self) -> Sequence[Server]:
        """Every one known, those that removed the bot too."""

    async def save_server(self, server: Server) -> None: ...

    async def add_suggestion(
        self, text: str, sink: SinkKind, person: str, server: str | None, now: datetime
    ) -> Suggestion: ...

    async def suggestions(
        self, *, settled: bool | None = None, person: str | None = None
    ) -> Sequence[Suggestion]:
        """Oldest first; only (un)settled ones, only one person's."""

    async def settle_suggestion(self, suggestion_id: int, at: datetime) -> bool:
        """False: there is none such."""

    async def forget_server(self, server_id: str) -> int:
        """Its settings, destinations and all that hangs on them; how many subscriptions went. What its people said
        stays, without where they said it."""

    async def forget_person(self, sink: SinkKind, person: str, addresses: Sequence[str]) -> int:
        """What a person said, and their own destinations (`addresses`); how many subscriptions went. What they did
        for others stays, without who did it."""

    async def forget_destination(self, destination_id: int) -> int:
        """It and all that hangs on it; how many subscriptions went."""


class FeedbackMemory(Protocol):
    """What readers say of stories, and which stories a destination wants to hear no more of."""

    async def add_feedback(self, said: Feedback) -> bool:
        """False: that person said so of that story already."""

    async def remove_feedback(self, story_id: str, sink: SinkKind, person: str) -> bool:
        """False: there was none."""

    async def feedback(self, *, limit: int) -> Sequence[Feedback]:
        """Newest first."""

    async def feedback_by_story(self, *, limit: int) -> Sequence[StoryFeedback]:
        """The stories of which most readers said so first, of equal ones the newest."""

    async def mute(self, destination_id: int, story_id: str, by: str, now: datetime) -> bool:
        """False: it was muted there already."""

    async def unmute(self, destination_id: int, story_id: str) -> bool:
        """False: it was not muted there."""


class ApprovalMemory(Protocol):
    """Stories at servers that decide for themselves what goes out."""

    async def approval(self, server: str, story_id: str, n: int) -> Approval | None:
        """None: that server was never asked about it."""

    async def overdue_approvals(self, now: datetime) -> Sequence[Approval]:
        """What waited as long as its server lets a story wait, oldest first."""

    async def next_release_at(self) -> datetime | None:
        """When the next of those is due; None: none will be."""

    async def composed(self, story_id: str, n: int) -> Message | None:
        """The message with that identity as it reads now; None: there is none."""

    async def decide(self, decided: Approval, card: Message | None, now: datetime) -> bool:
        """Keep the decision, let go what is held there or give it up, and show the card so, in one transaction.

        False: it was decided before, and nothing changes.
        """
