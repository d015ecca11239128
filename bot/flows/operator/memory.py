"""What the operator's flows ask of the memory."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.model import Destination, Message, NewSubscription, PlannedDelivery, Trouble


class TroubleMemory(Protocol):
    async def troubles(self) -> Sequence[Trouble]:
        """Every remembered trouble, oldest first, ended ones too."""

    async def save_troubles(
        self, changed: Sequence[Trouble], message: Message | None, planned: Sequence[PlannedDelivery]
    ) -> None:
        """Troubles, the notice of them and its deliveries, in one transaction."""

    async def ensure_destination(self, new: NewSubscription, now: datetime) -> Destination:
        """The destination that `new` names, without a subscription there; out of its pause."""

    async def week_counts(self, since: datetime) -> Mapping[str, int]:
        """What happened since: "stories", "posts", "expired" and "skipped" editions, "feedback", "suggestions"."""


class SettingMemory(Protocol):
    async def setting(self, name: str) -> str | None:
        """A remembered value such as the hash of the synced command set; None: never set."""

    async def set_setting(self, name: str, value: str) -> None: ...
