"""When a story is told: opens or extends it, and makes the editions that people read."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.logic.cluster import story_id
from bot.logic.text import clean_title
from bot.model import (
    Candidate,
    Clustering,
    Edition,
    EditionKind,
    EditionState,
    Entry,
    Fingerprint,
    JudgedEntry,
    Outlet,
    Placement,
    Reason,
    SourceGroup,
    Story,
    StoryView,
    Topic,
    Turn,
)

# An entry that arrives later than this after its own date is an old one published again.
LATE = timedelta(days=7)
# A story that was there on a first pass is still news for this long, if somebody new carries it.
STILL_NEWS = timedelta(hours=24)
# Not two updates for turns of one name closer together than this.
_BETWEEN_EQUAL_TURNS = timedelta(days=7)

# One report from here may be a passing mention; elsewhere music is their trade.
_WAITING_GROUPS = frozenset({SourceGroup.GENERAL, SourceGroup.TECH})
_REWRITE_TIER = 3


def plan_clustering(
    entry: JudgedEntry,
    print: Fingerprint,  # noqa: A002  (the word for it here; callers name it so)
    placement: Placement,
    candidate: Candidate | None,
    view: StoryView | None,
    now: datetime,
) -> Clustering:
    """What to write for one placed entry: the story as it is then, and new editions or old ones with a new state.

    candidate  the story that the entry joins; None: it opens one (`placement.story_id` is None)
    view       that story with its entries and editions; None: it opens one
    now        aware UTC
    Raises ValueError for a verdict without a topic: such an entry has no place in a story.
    """
    if entry.verdict.topic is None:
        raise ValueError(f"entry {entry.entry.id} has no topic, so it can open or join no story")
    if placement.story_id is None or view is None:
        story = _opened(entry, entry.verdict.topic, now)
        editions: tuple[Edition, ...] = (_first_edition(story, entry, now),)
    else:
        editions = _later_editions(entry, placement, view, now)
        story = _extended(entry, view, now, turned=bool(editions))
    return Clustering(entry.entry.id, print, story, placement, editions)


# ---------------------------------------------------------------- the story


def _opened(judged: JudgedEntry, topic: Topic, now: datetime) -> Story:
    entry = judged.entry
    return Story(
        id=story_id(entry),
        title=clean_title(entry.title, entry.outlet.name),
        topic=topic,
        platforms=judged.verdict.platforms,
        lead_id=entry.id,
        opened_at=entry.happened_at,
        last_entry_at=entry.happened_at,
        turned_at=now,
        score=judged.verdict.score,
    )


def _extended(judged: JudgedEntry, view: StoryView, now: datetime, *, turned: bool) -> Story:
    story = view.story
    lead = min((*view.entries, judged), key=lead_rank)
    return replace(
        story,
        title=clean_title(lead.entry.title, lead.entry.outlet.name),
        # A story's parties are those of its first report; a passing name in the tenth one is not a party.
        platforms=story.platforms or judged.verdict.platforms,
        lead_id=lead.entry.id,
        last_entry_at=max(story.last_entry_at, judged.entry.happened_at),
        turned_at=now if turned else story.turned_at,
        score=max(story.score, judged.verdict.score),
    )


def lead_rank(judged: JudgedEntry) -> tuple[int, int, datetime, int]:
    """Smaller leads: original before rewrite, primary source before report, earlier before later."""
    entry = judged.entry
    return _outlet_rank(entry.outlet), entry.outlet.tier, entry.happened_at, entry.id


def _outlet_rank(outlet: Outlet) -> int:
    if outlet.tier >= _REWRITE_TIER:
        return 2
    return 0 if outlet.platform or outlet.group in (SourceGroup.PLATFORM, SourceGroup.RIGHTS_ORG) else 1


# ---------------------------------------------------------------- editions


def _first_edition(story: Story, judged: JudgedEntry, now: datetime) -> Edition:
    state, reason = _first_state(judged, now)
    return Edition(story.id, 1, EditionKind.FIRST, state, None, judged.entry.id, now, (reason,))


def _first_state(judged: JudgedEntry, now: datetime) -> tuple[EditionState, Reason]:
    entry = judged.entry
    if entry.baseline:
        return EditionState.SILENT, Reason("baseline", "was there when the source was first read")
    if _is_late(entry, now):
        return EditionState.SILENT, Reason(
            "late", f"dated {entry.happened_at:%d %B %Y}: old news published again"
        )
    if judged.verdict.sure:
        return EditionState.READY, Reason("sure", "the verdict is sure")
    if not _must_wait(entry.outlet):
        return EditionState.READY, Reason(
            "trade", f"{entry.outlet.name} writes about this trade or in its own cause"
        )
    return EditionState.HELD, Reason(
        "waits", f"unsure, and {entry.outlet.name} is a general outlet: waits for a second one"
    )


def _later_editions(
    judged: JudgedEntry, placement: Placement, view: StoryView, now: datetime
) -> tuple[Edition, ...]:
    entry = judged.entry
    if entry.baseline or _is_late(entry, now) or not view.editions:
        return ()
    first = view.editions[0]
    if first.state is EditionState.HELD:
        return _released(first, judged, view)
    if first.state is EditionState.SILENT and _is_still_news(view, now):
        reason = Reason(
            "still-news", f"{entry.outlet.name} carries it on the day it happened; nobody was told yet"
        )
        return (
            replace(
                first,
                state=EditionState.READY,
                entry_id=entry.id,
                made_at=now,
                reasons=(*first.reasons, reason),
            ),
        )
    if placement.turn is None or _was_told_lately(placement.turn, view, now):
        return ()
    return (_next_edition(placement.turn, judged, view, now),)


def _released(first: Edition, judged: JudgedEntry, view: StoryView) -> tuple[Edition, ...]:
    """A held first edition is told once a second outlet, or a surer report, joins; never beside an update."""
    outlets = {held.entry.outlet.name for held in view.entries}
    outlet = judged.entry.outlet
    if outlet.name in outlets and not judged.verdict.sure:
        return ()
    reason = Reason("second-outlet", f"{outlet.name} carries it too")
    return (replace(first, state=EditionState.READY, reasons=(*first.reasons, reason)),)


def _next_edition(turn: Turn, judged: JudgedEntry, view: StoryView, now: datetime) -> Edition:
    kind = EditionKind.CORRECTION if turn is Turn.CORRECTION else EditionKind.UPDATE
    reason = Reason("turn", f"a later turn of the story: {turn}")
    n = view.editions[-1].n + 1
    return Edition(view.story.id, n, kind, EditionState.READY, turn, judged.entry.id, now, (reason,))


def _is_late(entry: Entry, now: datetime) -> bool:
    return now - entry.happened_at > LATE


def _is_still_news(view: StoryView, now: datetime) -> bool:
    return now - view.story.opened_at < STILL_NEWS


def _was_told_lately(turn: Turn, view: StoryView, now: datetime) -> bool:
    return any(e.turn is turn and now - e.made_at < _BETWEEN_EQUAL_TURNS for e in view.editions)


def _must_wait(outlet: Outlet) -> bool:
    if outlet.platform is not None:
        return False
    return outlet.group in _WAITING_GROUPS or outlet.tier >= _REWRITE_TIER
