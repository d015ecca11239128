"""All that flows, and those who speak with people, may ask of the memory; `bot.store.SqlStore` answers."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.flows.delivery.memory import DeadlineMemory, DigestMemory, Outbox, RevisionMemory
from bot.flows.news.memory import LabelMemory, SourceMemory, StoryMemory
from bot.flows.operator.memory import SettingMemory, TroubleMemory
from bot.flows.people.memory import ApprovalMemory, FeedbackMemory, ServerMemory, SubscriptionMemory
from bot.flows.terms.memory import RecordMemory, TermsMemory


class Store(
    SourceMemory,
    StoryMemory,
    SubscriptionMemory,
    Outbox,
    DigestMemory,
    DeadlineMemory,
    RevisionMemory,
    LabelMemory,
    RecordMemory,
    ServerMemory,
    TermsMemory,
    TroubleMemory,
    SettingMemory,
    FeedbackMemory,
    ApprovalMemory,
    Protocol,
):
    """All of the memory."""

    async def counts(self) -> Mapping[str, int]:
        """Rows by noun and state ("entries", "stories", "deliveries_due", ...), for health and metrics."""

    async def backup(self, target: Path) -> None:
        """A consistent copy while running. Raises StoreError if `target` exists or cannot be written."""

    async def tidy(self, now: datetime) -> Mapping[str, int]:
        """Drop what is past its retention, checkpoint; what was done."""

    async def close(self) -> None: ...
