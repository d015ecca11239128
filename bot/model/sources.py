"""What we watch, and what is remembered about watching it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import FailureKind


class Evidence(StrEnum):
    """The three kinds of evidence that together make a story of ours."""

    AI = "ai"
    MUSIC = "music"
    POLICY = "policy"


class SourceGroup(StrEnum):
    """What sort of publisher a source is; part of the evidence that its entries bring along."""

    TECH = "tech"
    MUSIC_TRADE = "music-trade"
    MUSIC_CONSUMER = "music-consumer"
    PRODUCTION = "production"
    RIGHTS_LAW = "rights-law"
    RIGHTS_ORG = "rights-org"
    PLATFORM = "platform"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes an entry, as far as judgement needs to know.

    platform  id of the platform whose own voice this is (its blog or newsroom); None for press
    tier      1 primary or specialist, 2 reliable general press, 3 aggregator or rewrite site
    needs     evidence that an entry must prove in its own words, since the outlet does not vouch for it
    """

    name: str
    group: SourceGroup = SourceGroup.GENERAL
    platform: str | None = None
    tier: int = 2
    lang: str = "en"
    needs: frozenset[Evidence] = frozenset(Evidence)


class SourceKind(StrEnum):
    """What a look at a source reads; how each is fetched and read is one table in bot.sources.reader."""

    FEED = "feed"
    PAGE = "page"  # a page that lists news, for newsrooms without a feed


@dataclass(frozen=True, slots=True)
class Source:
    """What we watch, as configured in sources.toml. At least one of `feed` and `site` is set.

    feed           address of the feed; None: the page at `site` lists the news, its new links become entries
    links          without a feed: regular expression of addresses that are articles; None: told by their shape
    poll_interval  the pace to start from; None: adapt to how often the source publishes
    trouble        what is known to be odd about it, for the operator; empty if nothing
    """

    id: str
    name: str
    feed: str | None
    site: str | None
    group: SourceGroup
    platform: str | None = None
    tier: int = 2
    poll_interval: timedelta | None = None
    lang: str = "en"
    needs: frozenset[Evidence] = frozenset(Evidence)
    trouble: str = ""
    links: str | None = None

    @property
    def kind(self) -> SourceKind:
        return SourceKind.FEED if self.feed is not None else SourceKind.PAGE

    @property
    def address(self) -> str:
        """What is polled: the feed, or the page that stands for one; empty: neither is set, nothing is."""
        return self.feed or self.site or ""

    @property
    def outlet(self) -> Outlet:
        return Outlet(self.name, self.group, self.platform, self.tier, self.lang, self.needs)


class Health(StrEnum):
    """How a source is doing; shown to the operator."""

    NEW = "new"  # never polled
    OK = "ok"
    EMPTY = "empty"  # a feed, but without entries
    STALE = "stale"  # answers, but has had nothing new for far longer than its own habit
    FAILING = "failing"  # failed lately, not yet long enough to alarm
    REFUSED = "refused"  # 401/403 for long
    MISSING = "missing"  # 404 for long
    NOT_A_FEED = "not-a-feed"  # for long
    DOWN = "down"  # other failures for long
    GONE = "gone"  # 410: polling has ended


@dataclass(frozen=True, slots=True)
class Validators:
    """What lets the next conditional GET be answered with 304. None: the server gave none."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class SourceState:
    """All that is remembered about polling one source. A fresh value stands for a source never polled.

    address         where the feed is now, after permanent redirects; None: as configured
    body_hash       of the last body that was parsed; None: none yet
    entries_hash    of the last document's entry list
    baselined_at    when the first success marked what was there as seen; None: not yet
    first_failed_at when the present row of failures began; None: the last look succeeded
    alarmed_at      when the operator was told of the present trouble; None: not told
    publish_gap     usual time between two new entries, from what was seen; None: unknown yet
    feed            the configured address (of a feed or page) that all this belongs to; None: never polled, or not noted then
    """

    source_id: str
    validators: Validators = Validators()
    address: str | None = None
    body_hash: str | None = None
    entries_hash: str | None = None
    health: Health = Health.NEW
    failures: int = 0
    last_error: str = ""
    last_failure: FailureKind | None = None
    polled_at: datetime | None = None
    good_at: datetime | None = None
    new_entry_at: datetime | None = None
    baselined_at: datetime | None = None
    first_failed_at: datetime | None = None
    alarmed_at: datetime | None = None
    next_poll_at: datetime | None = None
    publish_gap: timedelta | None = None
    missed_overlap: bool = False
    feed: str | None = None
