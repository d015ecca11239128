"""What one look at a source comes to: its new entries, judged, and all that is remembered about the source."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zlib import crc32

from bot.logic.polling.schedule import (
    answering_health,
    failing_health,
    gap_of_dates,
    is_trouble,
    learned_gap,
    next_poll,
    next_try,
    pace,
)
from bot.logic.text.words import canonical_url, entry_key, entry_title
from bot.model import (
    Collection,
    Entry,
    Failed,
    Feed,
    FeedRead,
    Fetched,
    Health,
    NewEntry,
    NothingNew,
    Page,
    RawEntry,
    Reading,
    Reason,
    Source,
    SourceKind,
    SourceState,
    Validators,
    Verdict,
)

# 5 % of the entries of two measured feeds appear more than 43 to 58 hours after their own date.
LATE = timedelta(hours=72)

# No publisher has so many at once: six measured over years bring 2 to 9 new entries a look, and the longest feed known,
# a podcast's whole archive, holds 730. Finding stories for so many takes about a minute.
MOST_NEWS = 1_000

_SKIPPED_IN_FLOOD = Verdict(
    relevant=False,
    score=0.0,
    sure=False,
    topic=None,
    platforms=(),
    reasons=(
        Reason("flood", f"more than {MOST_NEWS:,} new entries came at once; this was none of the newest"),
    ),
)

JudgeNew = Callable[[NewEntry], Verdict]


def as_configured(source: Source, state: SourceState) -> SourceState:
    """The state to look with: as remembered, unless the operator has given the source another feed since.

    Another address is a first look again, also after the old one was gone for good: nothing there is news, and no
    validator, back-off or remembered redirect of the old one counts. The address that it had moved to is no other.
    """
    if state.feed in (None, source.address):
        return replace(state, feed=source.address)
    if source.address == state.address:
        return replace(state, feed=source.address, address=None)
    return SourceState(state.source_id, feed=source.address)


def dated_by_page(entry: Entry, page: Page | None) -> Entry:
    """The entry with its page's date where the feed gave none: old by that, it is kept and never posted."""
    if page is None or page.published_at is None or entry.published_at is not None:
        return entry
    is_old = page.published_at < entry.seen_at - LATE
    return replace(entry, published_at=page.published_at, baseline=entry.baseline or is_old)


def asked_afresh(state: SourceState, now: datetime) -> SourceState:
    """The state to ask with: once a day without validators, since some servers answer 304 for ever.

    The first look of a day that begins at another second for each source, so that not all are asked whole at once.
    """
    if state.polled_at is None:
        return state
    shift = timedelta(seconds=crc32(state.source_id.encode()) % 86_400)
    if (state.polled_at + shift).date() == (now + shift).date():
        return state
    return replace(state, validators=Validators())


def keys_in(feed: Feed) -> tuple[str, ...]:
    """The keys of a document's entries in its own order, each once."""
    return tuple(_by_key(feed))


def plan_collection(
    source: Source,
    state: SourceState,
    reading: Reading,
    known: frozenset[str],
    now: datetime,
    judge: JudgeNew,
) -> Collection:
    """What to remember after one look at a source.

    known  which keys of the document the source has shown before
    judge  asked for new entries only
    The first success marks everything that is there as `baseline`: kept and judged, never posted.
    """
    match reading:
        case Failed():
            return Collection(_after_failure(source, state, reading, now))
        case NothingNew():
            return Collection(_after_nothing_new(source, state, reading.fetched, now))
        case FeedRead():
            return _after_feed(source, state, reading, known, now, judge)


# ---------------------------------------------------------------- the three kinds of reading


def _after_failure(source: Source, state: SourceState, failed: Failed, now: datetime) -> SourceState:
    failures = state.failures + 1
    # Not later than now: a clock that ran ahead once must not put the alarm off.
    first_failed_at = min(state.first_failed_at or now, now)
    health = failing_health(failed.kind, failures, now - first_failed_at)
    own_pace = pace(source.poll_interval, state.publish_gap)
    # Validators, hashes and the address stay: a block page must not make us download everything again.
    return replace(
        state,
        health=health,
        failures=failures,
        last_error=failed.reason,
        last_failure=failed.kind,
        polled_at=now,
        first_failed_at=first_failed_at,
        alarmed_at=_alarmed_at(state, health, now),
        next_poll_at=next_try(now, own_pace, failed.kind, failures, failed.retry_after),
    )


def _after_nothing_new(source: Source, state: SourceState, fetched: Fetched, now: datetime) -> SourceState:
    # A 304 may leave its validators out; the ones that brought it still hold.
    validators = Validators(
        fetched.validators.etag or state.validators.etag,
        fetched.validators.last_modified or state.validators.last_modified,
    )
    answered = replace(state, validators=validators, body_hash=fetched.body_hash or state.body_hash)
    was_empty = state.new_entry_at is None and state.baselined_at is not None
    return _answered(
        source, answered, fetched, now, empty=was_empty or state.health is Health.EMPTY, missed_overlap=False
    )


def _after_feed(
    source: Source,
    state: SourceState,
    reading: FeedRead,
    known: frozenset[str],
    now: datetime,
    judge: JudgeNew,
) -> Collection:
    feed, fetched = reading.feed, reading.fetched
    by_key = _by_key(feed)
    is_first = state.baselined_at is None
    # An empty document before cannot overlap with anything, so it proves no loss.
    lost = bool(by_key) and not is_first and state.new_entry_at is not None and known.isdisjoint(by_key)
    entries = _new_entries(source, state, by_key, known, now, unproven=lost or state.new_entry_at is None)
    answered = replace(
        state,
        validators=fetched.validators,
        body_hash=fetched.body_hash,
        entries_hash=feed.entries_hash,
        baselined_at=state.baselined_at or now,
        new_entry_at=_new_entry_at(state, entries, now),
        publish_gap=_publish_gap(state, entries, now),
    )
    after = _answered(source, answered, fetched, now, empty=not by_key, missed_overlap=lost)
    return Collection(after, _judged(entries, judge, is_first=is_first))


def _answered(
    source: Source,
    state: SourceState,
    fetched: Fetched,
    now: datetime,
    *,
    empty: bool,
    missed_overlap: bool,
) -> SourceState:
    """What every good answer changes."""
    health = answering_health(
        empty=empty, new_entry_at=state.new_entry_at, publish_gap=state.publish_gap, now=now
    )
    own_pace = pace(source.poll_interval, state.publish_gap)
    return replace(
        state,
        address=_address(source, state, fetched),
        health=health,
        failures=0,
        last_error="",
        last_failure=None,
        polled_at=now,
        good_at=now,
        first_failed_at=None,
        alarmed_at=_alarmed_at(state, health, now),
        next_poll_at=next_poll(now, own_pace, fresh_for=fetched.fresh_for, missed_overlap=missed_overlap),
        missed_overlap=missed_overlap,
    )


def _address(source: Source, state: SourceState, fetched: Fetched) -> str | None:
    """Where the feed is from now on; None: as configured, because it answers there again."""
    return fetched.moved_to or (None if fetched.asked == source.address else state.address)


def _alarmed_at(state: SourceState, health: Health, now: datetime) -> datetime | None:
    """When the operator was told: once for one row of trouble, forgotten when it ends."""
    if is_trouble(health):
        return state.alarmed_at or now
    # Still failing after an alarm (one kind of failure after another) is the same trouble.
    return state.alarmed_at if health is Health.FAILING else None


# ---------------------------------------------------------------- entries


def _by_key(feed: Feed) -> dict[str, RawEntry]:
    """A document's entries by key, in its own order; an entry given twice (broken nesting does that) counts once."""
    links: dict[str, set[str]] = defaultdict(set)
    for raw in feed.entries:
        if raw.guid:
            links[raw.guid.strip()].add(raw.link or "")
    repeated = frozenset(guid for guid, different in links.items() if len(different) > 1)
    plain = [(entry_key(raw, repeated), raw) for raw in feed.entries]
    titles: dict[str, set[str]] = defaultdict(set)
    for key, raw in plain:
        titles[key].add(entry_title(raw))
    found: dict[str, RawEntry] = {}
    for key, raw in plain:
        # A link that many entries share (all of them to one news page, or to its #parts) is no key by itself.
        shared = len(titles[key]) > 1 and not raw.guid
        found.setdefault(entry_key(raw, repeated, by_title=shared), raw)
    return found


def _new_entries(
    source: Source,
    state: SourceState,
    by_key: dict[str, RawEntry],
    known: frozenset[str],
    now: datetime,
    *,
    unproven: bool,
) -> tuple[NewEntry, ...]:
    """Entries not known yet, oldest first. Undated ones keep the document's order, which is newest first."""
    is_first = state.baselined_at is None
    fresh = [
        _new_entry(source, key, raw, now, baseline=is_first or _is_old(source, raw, state, unproven=unproven))
        for key, raw in reversed(by_key.items())
        if key not in known
    ]
    return tuple(sorted(fresh, key=lambda entry: _happened_at(entry, now)))


def _judged(
    entries: tuple[NewEntry, ...], judge: JudgeNew, *, is_first: bool
) -> tuple[tuple[NewEntry, Verdict], ...]:
    """The entries with their verdicts. Of more than `MOST_NEWS` in a later look only the newest are judged.

    The rest of a flood (an archive put back, a publisher broken into) is seen and never told: without text, or
    such a feed would fill the disk, and not relevant, or finding stories for it would keep real news waiting.
    """
    drowned = 0 if is_first else max(0, len(entries) - MOST_NEWS)
    seen = tuple(
        (replace(entry, baseline=True, summary="", categories=()), _SKIPPED_IN_FLOOD)
        for entry in entries[:drowned]
    )
    return seen + tuple((entry, judge(entry)) for entry in entries[drowned:])


def _is_old(source: Source, raw: RawEntry, state: SourceState, *, unproven: bool) -> bool:
    """Whether a new key stands on old news: a redesign gave everything new ids, or the first look was empty.

    unproven  the document shares no id with what we know
    What is dated well before our last good look was out by then. (That a single old entry is published again is
    noticed when its story is made.) A page that lists news and shares no link with what we know was rebuilt: most of
    its links have no date that could tell, so all of them count as old.
    """
    if unproven and source.kind is SourceKind.PAGE:
        return True
    if not unproven or raw.published_at is None or state.good_at is None:
        return False
    return raw.published_at < state.good_at - LATE


def _new_entry(source: Source, key: str, raw: RawEntry, now: datetime, *, baseline: bool) -> NewEntry:
    outlet = source.outlet
    if raw.outlet:
        # An aggregator shows another outlet's work: it keeps the aggregator's standing under the outlet's name.
        outlet = replace(outlet, name=raw.outlet)
    return NewEntry(
        source_id=source.id,
        key=key,
        title=raw.title,
        url=canonical_url(raw.link) if raw.link else None,
        summary=raw.summary,
        outlet=outlet,
        published_at=raw.published_at,
        seen_at=now,
        baseline=baseline,
        categories=raw.categories,
        lang=source.lang,
    )


def _happened_at(entry: NewEntry, now: datetime) -> datetime:
    return entry.published_at if entry.published_at is not None and entry.published_at <= now else now


def _new_entry_at(state: SourceState, entries: tuple[NewEntry, ...], now: datetime) -> datetime | None:
    """When the source last had something new. At the first success its own dates tell how long it has been silent."""
    if not entries:
        return state.new_entry_at
    if state.baselined_at is None:
        return max(_happened_at(entry, now) for entry in entries)
    return now


def _publish_gap(state: SourceState, entries: tuple[NewEntry, ...], now: datetime) -> timedelta | None:
    if state.baselined_at is None:
        dates = (entry.published_at for entry in entries)
        return gap_of_dates(tuple(date for date in dates if date is not None and date <= now))
    since = state.new_entry_at or state.baselined_at
    return learned_gap(state.publish_gap, len(entries), now - since)
