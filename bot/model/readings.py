"""What one look at a source brings."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.errors import FailureKind
from bot.model.sources import Validators


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One entry as published: text stripped of markup, links http(s) only, dates aware UTC.

    guid         the publisher's own id; None: none or empty
    link         None: none, or not http(s)
    title        may be empty
    summary      plain text of the summary or content, may be empty
    published_at None: no date that can be read
    outlet       name of the original outlet when the feed aggregates others; None: the source's own
    """

    guid: str | None
    link: str | None
    title: str
    summary: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A parsed feed document. `version` is feedparser's ("rss20", "atom10") or "json11"; never empty.

    entries    in document order, may be empty
    ttl        how long the publisher asks us to wait; None: not said
    entries_hash  of ids, titles and links, equal when nothing that matters changed
    """

    version: str
    title: str
    entries: tuple[RawEntry, ...]
    entries_hash: str
    site: str | None = None
    lang: str | None = None
    ttl: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What every answered look at a source tells, whatever it brought.

    moved_to   new address after permanent redirects only; None: not moved
    fresh_for  from Cache-Control, Expires or ttl; None: not said
    asked      the address that was asked first; None: not noted
    """

    validators: Validators = field(default_factory=Validators)
    body_hash: str | None = None
    moved_to: str | None = None
    fresh_for: timedelta | None = None
    seconds: float = 0.0
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class FeedRead:
    """A reading that brought a feed document."""

    fetched: Fetched
    feed: Feed


@dataclass(frozen=True, slots=True)
class NothingNew:
    """A reading that brought nothing: 304, the same bytes, or the same entry list."""

    fetched: Fetched


@dataclass(frozen=True, slots=True)
class Failed:
    """A reading that failed; failure is a value and travels the same way."""

    kind: FailureKind
    reason: str
    status: int | None = None
    permanent: bool = False
    retry_after: timedelta | None = None


Reading = FeedRead | NothingNew | Failed


@dataclass(frozen=True, slots=True)
class Page:
    """The main text of an article page. `text` is plain, paragraphs separated by newlines, never empty."""

    url: str
    title: str
    text: str
    published_at: datetime | None = None
