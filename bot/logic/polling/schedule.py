"""When to ask a source again, and what its answers say about its health. Exact: the runner adds the jitter."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from bot.errors import FailureKind
from bot.model import Health, Source, SourceState

DEFAULT_PACE = timedelta(minutes=30)
"""For a source whose habit is unknown."""
SHORTEST_PACE = timedelta(minutes=20)
"""Adapted paces go no lower: a small publisher must not notice us (a bot was banned for 96 requests a day)."""
LONGEST_PACE = timedelta(hours=6)
SHORTEST_WAIT = timedelta(minutes=5)
"""Not even the operator or a missed overlap asks faster than this."""
LONGEST_WAIT = timedelta(days=1)
"""Back-off ends here."""
LONGEST_FRESHNESS = timedelta(hours=1)
"""Caches that say "fresh for a week" are believed for an hour: busy feeds lose entries after that."""
LONGEST_RETRY_AFTER = timedelta(days=7)
"""A Retry-After beyond this is a mistake or an insult."""

# 9 of 21 runs of block pages that one publisher served were single answers, and a third of the failures of one fast
# sweep over 431 feeds were false. So: no alarm before both. Source: feed measurements of the founding research.
ALARM_FAILURES = 5
ALARM_AFTER = timedelta(hours=6)

STALE_GAPS = 10
SHORTEST_STALE = timedelta(days=21)
LONGEST_STALE = timedelta(days=180)
STALE_WHEN_UNKNOWN = timedelta(days=90)

# Trouble of the line passes soon; a refusal or a missing page does not, and asking on annoys.
_FIRST_WAIT: Mapping[FailureKind, timedelta] = {
    FailureKind.TIMEOUT: timedelta(minutes=15),
    FailureKind.UNREACHABLE: timedelta(minutes=15),
    FailureKind.SERVER: timedelta(minutes=15),
    FailureKind.NOT_A_FEED: timedelta(minutes=30),
    FailureKind.PARSE: timedelta(minutes=30),
    FailureKind.OTHER: timedelta(minutes=30),
    FailureKind.NOT_FOUND: timedelta(hours=1),
    FailureKind.REFUSED: timedelta(hours=1),
    FailureKind.RATE_LIMITED: timedelta(hours=1),
    FailureKind.REDIRECT: timedelta(hours=1),
    FailureKind.TOO_LARGE: timedelta(hours=2),
    FailureKind.PRIVATE: timedelta(hours=6),
}

_LASTING_TROUBLE: Mapping[FailureKind, Health] = {
    FailureKind.REFUSED: Health.REFUSED,
    FailureKind.NOT_FOUND: Health.MISSING,
    FailureKind.NOT_A_FEED: Health.NOT_A_FEED,
}

_TROUBLES = frozenset(
    {Health.REFUSED, Health.MISSING, Health.NOT_A_FEED, Health.DOWN, Health.GONE, Health.STALE}
)


def is_due(source: Source, state: SourceState, now: datetime) -> bool:
    """Whether to look at a source now: it has an address, has not gone for good, and its time has come."""
    if not source.address or state.health is Health.GONE:
        return False
    if state.next_poll_at is None or state.next_poll_at <= now:
        return True
    # A look from "later": the clock ran ahead then, and the time that it set may be years away.
    return state.polled_at is not None and state.polled_at > now + SHORTEST_WAIT


def host_by_host(sources: Sequence[Source]) -> tuple[Source, ...]:
    """The sources in their order, but a host's second one after the first of every other host, and so on.

    A host is asked one thing at a time: thirty feeds of one that does not answer would else take every place in
    the queue, and keep everybody waiting for ten minutes.
    """
    seen: Counter[str | None] = Counter()
    ranked = []
    for source in sources:
        host = urlsplit(source.address).hostname
        ranked.append((seen[host], source))
        seen[host] += 1
    return tuple(source for _, source in sorted(ranked, key=lambda each: each[0]))


def pace(configured: timedelta | None, publish_gap: timedelta | None) -> timedelta:
    """How long to wait between two good looks.

    configured   the operator's own pace; None: adapt
    publish_gap  usual time between two new entries; None: unknown yet
    Half the gap, so that an entry is seen soon after it appears; within 20 minutes and six hours.
    """
    if configured is not None:
        return max(configured, SHORTEST_WAIT)
    if publish_gap is None:
        return DEFAULT_PACE
    return min(max(publish_gap / 2, SHORTEST_PACE), LONGEST_PACE)


def next_poll(
    now: datetime,
    own_pace: timedelta,
    *,
    fresh_for: timedelta | None = None,
    missed_overlap: bool = False,
) -> datetime:
    """When to ask again after a good answer.

    own_pace        from `pace`
    fresh_for       what Cache-Control, Expires or ttl ask for; a floor, believed for an hour at most
    missed_overlap  entries were lost between the last two looks: half the wait
    """
    wait = own_pace / 2 if missed_overlap else own_pace
    floor = min(fresh_for, LONGEST_FRESHNESS) if fresh_for is not None else SHORTEST_WAIT
    return now + max(wait, floor, SHORTEST_WAIT)


def next_try(
    now: datetime,
    own_pace: timedelta,
    kind: FailureKind,
    failures: int,
    retry_after: timedelta | None = None,
) -> datetime | None:
    """When to ask again after a failure; None: never (410 Gone).

    failures     fetches failed in a row, this one included; 1 or more
    retry_after  what the server asked for: obeyed, up to a week
    The first wait depends on the kind, then it doubles up to a day. Raises ValueError for `failures` under 1.
    """
    if failures < 1:
        raise ValueError(f"failures counts from 1, got {failures}")
    if kind is FailureKind.GONE:
        return None
    # Capped before the power: a feed dead for months must not overflow timedelta.
    wait: timedelta = max(_FIRST_WAIT[kind], own_pace) * 2 ** min(failures - 1, 12)
    wait = min(wait, LONGEST_WAIT)
    if retry_after is not None:
        wait = max(wait, min(retry_after, LONGEST_RETRY_AFTER))
    return now + wait


def failing_health(kind: FailureKind, failures: int, failing_for: timedelta) -> Health:
    """How a source that failed is doing: `failing` until it has lasted long enough to mean something."""
    if kind is FailureKind.GONE:
        return Health.GONE
    if failures < ALARM_FAILURES or failing_for < ALARM_AFTER:
        return Health.FAILING
    return _LASTING_TROUBLE.get(kind, Health.DOWN)


def answering_health(
    *, empty: bool, new_entry_at: datetime | None, publish_gap: timedelta | None, now: datetime
) -> Health:
    """How a source that answered is doing.

    empty         its last document held no entry
    new_entry_at  when it last had something new; None: never
    """
    if new_entry_at is not None and now - new_entry_at > stale_after(publish_gap):
        return Health.STALE
    return Health.EMPTY if empty else Health.OK


def stale_after(publish_gap: timedelta | None) -> timedelta:
    """For how long a source may be silent before it is called stale: ten times its own habit, within limits."""
    if publish_gap is None:
        return STALE_WHEN_UNKNOWN
    return min(max(publish_gap * STALE_GAPS, SHORTEST_STALE), LONGEST_STALE)


def is_trouble(health: Health) -> bool:
    """Whether the operator should hear of it."""
    return health in _TROUBLES


def learned_gap(known: timedelta | None, new: int, since_last: timedelta) -> timedelta | None:
    """The usual time between two new entries, after `new` of them came in `since_last`.

    known  what was believed before; None: nothing
    The newest look counts for a third, so that one busy day does not undo a habit.
    """
    if new < 1 or since_last <= timedelta(0):
        return known
    observed = since_last / new
    return observed if known is None else known + (observed - known) / 3


def gap_of_dates(dates: tuple[datetime, ...]) -> timedelta | None:
    """The usual time between entries by the dates in one document; None: fewer than two different dates.

    The median, so that one evergreen entry at the end of a feed does not make a busy publisher look quiet.
    """
    ordered = sorted(dates)
    gaps = sorted(later - earlier for earlier, later in pairwise(ordered))
    if not gaps or gaps[-1] == timedelta(0):
        return None
    middle = gaps[len(gaps) // 2]
    # Several entries published at one stroke: the mean says more than a median of nothing.
    return middle if middle > timedelta(0) else (ordered[-1] - ordered[0]) / len(gaps)
