"""What answering works with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.logic.mastodon_commands import Vocabulary
from bot.model.incoming import Incoming, Reply
from bot.ports import Clock, Store


class Say(Protocol):
    """Our own words: a phrase of the catalogue in a language, its places filled in."""

    def __call__(self, lang: str, key: str, /, **places: object) -> str: ...


class Inbox(Protocol):
    """What people write to one of our accounts, and answers to them."""

    account: str

    async def newest(self) -> str | None:
        """The id of the newest message; None: nobody has written yet. Raises SinkError."""

    async def unread(self, after: str | None) -> Sequence[Incoming]:
        """Messages after the one with that id, oldest first, not always all of them at once. Raises SinkError."""

    async def answer(self, incoming: Incoming, reply: Reply) -> str:
        """Answer in the thread, to the sender alone; the answer's id. Raises SinkError, `unclear` as a Sink does."""

    async def answered(self, incoming: Incoming) -> bool:
        """Whether an answer of ours stands there. Raises SinkError when that cannot be told."""

    def room(self, incoming: Incoming) -> int:
        """Characters that an answer may have."""


@dataclass(frozen=True)
class Post:
    """One of our accounts, as far as answering goes.

    lang          of its own words, for those whose language is none of ours
    alerts_a_day  most direct messages to one person; 0: it sends none
    """

    account: str
    lang: str
    alerts_a_day: int


@dataclass(frozen=True)
class MailDesk:
    """Everything that an answer may use.

    platforms  names as verdicts use them
    contact    how to reach whoever runs this copy; empty: not said
    """

    store: Store
    clock: Clock
    vocabulary: Vocabulary
    platforms: Sequence[str]
    say: Say
    contact: str = ""
