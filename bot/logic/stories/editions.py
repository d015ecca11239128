"""When a story is told: opens or extends it, and makes the editions that people read."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.logic.stories.cluster import story_id
from bot.logic.stories.fingerprint import entry_turn
from bot.logic.stories.lead import REWRITE_TIER, brings_its_own, lead_first
from bot.logic.stories.turns import same_kind
from bot.logic.text.words import clean_title
from bot.model import (
    CLAUSE_SOURCE,
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
_TOLD = frozenset({EditionState.READY, EditionState.PUBLISHED})
_WAITING_GROUPS = frozenset({SourceGroup.GENERAL, SourceGroup.TECH})


def plan_clustering(
    entry: JudgedEntry,
    fingerprint: Fingerprint,
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
    return Clustering(entry.entry.id, fingerprint, story, placement, editions)


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
    lead = lead_first((*view.entries, judged))[0]
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
    if entry.source_id == CLAUSE_SOURCE:
        return _clause_edition(judged, view, now)
    first, turn = view.editions[0], placement.turn
    if turn is Turn.CORRECTION and not any(edition.state in _TOLD for edition in view.editions):
        return ()  # nobody was told what it takes back
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
    if turn is None or _was_told_lately(turn, view, now):
        return _better_caused(judged, view)
    return (_next_edition(turn, judged, view, now),)


def _clause_edition(judged: JudgedEntry, view: StoryView, now: datetime) -> tuple[Edition, ...]:
    """The exact words are news to every story: they open it where nobody was told yet, else they are an update."""
    first, entry = view.editions[0], judged.entry
    reason = Reason("clause", f"the watch read the words themselves in {entry.outlet.name}")
    if len(view.editions) == 1 and first.state is not EditionState.PUBLISHED:
        opened = replace(first, state=EditionState.READY, entry_id=entry.id, made_at=now)
        return (replace(opened, reasons=(*first.reasons, reason)),)
    n = view.editions[-1].n + 1
    return (
        Edition(
            view.story.id, n, EditionKind.UPDATE, EditionState.READY, Turn.NEW_TEXT, entry.id, now, (reason,)
        ),
    )


def _better_caused(judged: JudgedEntry, view: StoryView) -> tuple[Edition, ...]:
    """The newest edition, caused by this entry, if that is not told yet and this is nearer to the source of it."""
    newest, entry = view.editions[-1], judged.entry
    cause = next((held for held in view.entries if held.entry.id == newest.entry_id), None)
    if newest.state is not EditionState.READY or cause is None or not _tells_of(entry, newest):
        return ()
    if lead_first((*view.entries, judged)).index(judged) > lead_first((*view.entries, judged)).index(cause):
        return ()
    reason = Reason("better-source", f"{entry.outlet.name} is nearer to the source of it")
    return (replace(newest, entry_id=entry.id, reasons=(*newest.reasons, reason)),)


def _tells_of(entry: Entry, edition: Edition) -> bool:
    turn = entry_turn(entry)
    if edition.turn is None or turn is None:
        return edition.turn is turn
    return same_kind(turn, edition.turn)


def _released(first: Edition, judged: JudgedEntry, view: StoryView) -> tuple[Edition, ...]:
    """A held first edition is told once a second voice, or a surer report, joins; never beside an update."""
    outlets = {held.entry.outlet.name for held in view.entries}
    name = judged.entry.outlet.name
    if judged.verdict.sure:
        reason = Reason("sure", f"{name} carries it in words that leave no doubt")
    elif name not in outlets and brings_its_own(judged.entry, view.entries):
        reason = Reason("second-outlet", f"{name} carries it too")
    else:
        return ()
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
    return outlet.group in _WAITING_GROUPS or outlet.tier >= REWRITE_TIER
