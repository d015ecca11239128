"""The outside world as the flows see it. Adapters raise typed errors (bot.errors); values come back as bot.model nouns."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.model import (
    Destination,
    Document,
    DocumentReading,
    Edition,
    Entry,
    Extracted,
    Incoming,
    LastLook,
    Message,
    Page,
    Reading,
    Receipt,
    Reply,
    Shipment,
    SinkKind,
    Source,
    SourceState,
    StoryView,
    Summary,
    Verdict,
)


class Clock(Protocol):
    """Time, so that tests and replays can move it."""

    def now(self) -> datetime:
        """Aware UTC."""

    async def sleep(self, wait: timedelta) -> None:
        """Return once `wait` has passed on this clock; at once if it is not positive."""


class Reader(Protocol):
    """The way in."""

    async def read(self, source: Source, state: SourceState) -> Reading:
        """One look at a source's feed. Never raises for what the source does: a failure is a `Failed`."""

    async def page(self, url: str) -> Page:
        """The main text behind an address, robots.txt permitting. Raises FetchError."""

    async def close(self) -> None:
        """End connections and child processes."""


class DocumentReader(Protocol):
    """The way in for watched documents."""

    async def document(self, document: Document, last: LastLook) -> DocumentReading:
        """One conditional, polite look. Never raises for what the page does: a failure is a `DocumentFailed`."""

    async def extract(self, document: Document, body: bytes, content_type: str, url: str) -> Extracted:
        """Text of bytes that were fetched earlier, by the present extractor. Raises FetchError when there is none."""


class Summariser(Protocol):
    """Tells a story in the words of its sources (bot.logic.summaries.summarise) or of a stored clause change."""

    async def summarise(self, view: StoryView, edition: Edition) -> Summary:
        """Raises nothing: an implementation falls back to the extractive summary."""


class Sink(Protocol):
    """Reaches destinations of one kind. One message at a time per destination is the caller's duty."""

    kind: SinkKind

    def is_ready(self) -> bool:
        """Whether a send could be tried now (connected, not parked)."""

    async def send(self, shipment: Shipment) -> Receipt:
        """Post it. Raises SinkError; `unclear` when it may be there all the same."""

    async def find(self, shipment: Shipment) -> Receipt | None:
        """Look whether an earlier, unclear attempt arrived; None: certainly not there.

        Raises SinkError when that cannot be told (`unclear` stays), or when the place cannot be read.
        """

    async def edit(self, shipment: Shipment) -> Receipt | None:
        """Make what was posted (`remote_id` of the delivery) say what the message says now. Doing it twice does no harm.

        The receipt, where a platform gives one.
        Raises SinkError: `permanent` when the post is gone or can never be edited; whatever is unclear is tried again.
        """

    async def close(self) -> None: ...


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


# ---------------------------------------------------------------- small functions that travel as values

Judge = Callable[[Entry], Verdict]
Compose = Callable[[StoryView, Edition, Summary], Message]
OnPaused = Callable[[Destination, str], Awaitable[None]]


class Say(Protocol):
    """Phrases of bot.words in one language."""

    def __call__(self, key: str, /, **places: object) -> str:
        """Raises KeyError for a key that does not exist."""
