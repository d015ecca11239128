"""Which story an entry belongs to: by who, what, in which words and when. In arrival order, without peeking ahead."""

import base64
import hashlib
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.logic.stories.fingerprint import Names, fingerprint
from bot.logic.stories.likeness import StoryLikeness, compare, is_answer, probability
from bot.logic.stories.turns import same_kind
from bot.logic.text.words import clean_title
from bot.model import Candidate, Entry, Fingerprint, NewEntry, Placement, Reason, Story, Topic, Turn, Verdict

# How far back candidates are looked for, and how many are compared: what a caller asks its index for.
CANDIDATE_WINDOW = timedelta(days=120)
CANDIDATE_LIMIT = 24

_JOIN = 0.5
# Two editions for turns of one kind must be further apart than this: until then it is the same turn, retold.
_SAME_TURN = timedelta(days=21)
_ONE_DECISION = timedelta(days=2)
# After this a later act opens a story of its own: readers have forgotten the first.
_ANSWERED_WITHIN = timedelta(days=60)
# Outlets word one decision as a deal, a settlement or a ruling; this soon after the first report it is that decision.
_DECISIONS = frozenset(Turn) - {
    Turn.DENIAL,
    Turn.CLARIFICATION,
    Turn.CORRECTION,
    Turn.REVERSAL,
    Turn.APOLOGY,
}


def cluster(
    fingerprint: Fingerprint,
    entry: Entry,
    candidates: Sequence[Candidate],
    now: datetime,
) -> Placement:
    """The story among the candidates that this entry belongs to, or none of them.

    candidates  stories that share index keys; order does not matter
    now         aware UTC; an entry dated in the future counts as of now
    """
    happened_at = min(fingerprint.happened_at, now)
    best: tuple[float, str, Candidate, StoryLikeness] | None = None
    for candidate in candidates:
        score, likeness = _score(fingerprint, candidate, happened_at)
        rank = (score, candidate.story.id, candidate, likeness)
        if best is None or rank[:2] > best[:2]:
            best = rank
    if best is None:
        return Placement(
            None, None, 0.0, (Reason("new-story", "no earlier story shares its names or words"),)
        )
    score, _, candidate, likeness = best
    if score < _JOIN and (answered := _answered(fingerprint, candidates, happened_at)) is not None:
        score, _, candidate, likeness = answered
    elif score < _JOIN:
        nearest = f"nearest is “{candidate.story.title}”, likeness {score:.2f}, below {_JOIN}"
        return Placement(None, None, round(score, 3), (Reason("new-story", nearest, round(score, 3)),))
    turn, why = _turn(fingerprint, candidate, happened_at)
    reasons = (Reason("same-story", _say(likeness, candidate), round(score, 3)), why)
    return Placement(candidate.story.id, turn, round(score, 3), reasons)


def _answered(
    mine: Fingerprint, candidates: Sequence[Candidate], happened_at: datetime
) -> tuple[float, str, Candidate, StoryLikeness] | None:
    """The story that a later act belongs to though no word does: the same parties, the same case, bill or matter."""
    found = []
    for candidate in candidates:
        likeness = max(
            (compare(mine, other, happened_at) for other in candidate.fingerprints), key=probability
        )
        if happened_at - candidate.story.last_entry_at <= _ANSWERED_WITHIN and is_answer(
            mine, candidate, likeness
        ):
            found.append((max(_JOIN, probability(likeness)), candidate.story.id, candidate, likeness))
    return max(found, key=lambda each: (each[0], each[2].story.last_entry_at, each[1]), default=None)


def _score(mine: Fingerprint, candidate: Candidate, happened_at: datetime) -> tuple[float, StoryLikeness]:
    """The candidate's best fingerprint counts: a story is told in several ways, one of them is enough.

    But where the first of them names somebody else on a side of the act, it is another event.
    """
    compared = [compare(mine, other, happened_at) for other in candidate.fingerprints]
    opening = compared[-1]
    best = opening if opening.others else max(compared, key=probability)
    return probability(best), best


def _say(likeness: StoryLikeness, candidate: Candidate) -> str:
    parts = [f"words {likeness.words:.2f}", f"names {likeness.actors:.2f}"]
    if likeness.act == 1:
        parts.append("the same act")
    return f"tells of “{candidate.story.title}”: {', '.join(parts)}"


def _turn(mine: Fingerprint, candidate: Candidate, happened_at: datetime) -> tuple[Turn | None, Reason]:
    """Whether what the entry announces is news to the story."""
    turn = mine.turn
    if turn is None:
        return None, Reason("more-sources", "tells what the story tells already")
    if _is_told(turn, candidate, happened_at):
        return None, Reason("turn-known", f"the {turn} was told already")
    if turn in _DECISIONS and happened_at - candidate.story.opened_at < _ONE_DECISION:
        return None, Reason("turn-soon", f"the {turn} is what opened the story, in other words")
    return turn, Reason("turn", f"a later turn: {turn}")


def _is_told(turn: Turn, candidate: Candidate, happened_at: datetime) -> bool:
    prints = candidate.fingerprints
    for other in prints:
        if (
            other.turn is not None
            and same_kind(other.turn, turn)
            and abs(happened_at - other.happened_at) < _SAME_TURN
        ):
            return True
    # Only the newest fingerprints are here: in a story with many entries the turn may be behind them.
    is_behind = bool(prints) and abs(happened_at - prints[-1].happened_at) < _SAME_TURN
    return is_behind and any(same_kind(taken, turn) for taken in candidate.turns)


# ---------------------------------------------------------------- stories in memory

_MOST_FINGERPRINTS = 12
# A key that many stories share ("act:suno+sue") points at the newest of them only: cost stays flat as stories grow.
_MOST_STORIES_A_KEY = 60


def story_id(entry: NewEntry) -> str:
    """The id of a story that this entry opens: "s" and ten base-32 characters, the same on every machine."""
    digest = hashlib.sha256(f"{entry.source_id}\n{entry.key}".encode("utf-8", "surrogatepass")).digest()
    return "s" + base64.b32encode(digest).decode()[:10].lower()


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an entry went. `story_id` None: it belongs to no story (not relevant, or a round-up)."""

    story_id: str | None
    placement: Placement | None


@dataclass(slots=True)
class _Held:
    story: Story
    prints: deque[Fingerprint] = field(default_factory=lambda: deque(maxlen=_MOST_FINGERPRINTS))
    outlets: dict[str, None] = field(default_factory=dict)
    turns: tuple[Turn, ...] = ()

    def candidate(self) -> Candidate:
        return Candidate(self.story, tuple(self.prints), tuple(self.outlets), self.turns)


class StoryIndex:
    """Places entries one after the other. Memory a story and time an entry stay flat as stories grow."""

    def __init__(self) -> None:
        self._stories: dict[str, _Held] = {}
        self._by_key: dict[str, deque[str]] = {}

    def __len__(self) -> int:
        return len(self._stories)

    def place(self, entry: Entry, verdict: Verdict, rules: Names) -> Placed:
        """Put an entry into its story, or open one for it. Entries come in arrival order."""
        if not verdict.relevant or verdict.roundup or verdict.topic is None:
            return Placed(None, None)
        found = fingerprint(entry, verdict, rules)
        placement = cluster(found, entry, self.candidates(found.keys, entry.happened_at), entry.seen_at)
        held = (
            self._stories[placement.story_id]
            if placement.story_id
            else self._open(entry, verdict, verdict.topic)
        )
        self._add(held, entry, found, placement.turn)
        return Placed(held.story.id, placement)

    def candidates(self, keys: tuple[str, ...], happened_at: datetime) -> tuple[Candidate, ...]:
        """Stories within the window that share keys, most shared first."""
        shared: Counter[str] = Counter()
        for key in keys:
            shared.update(self._by_key.get(key, ()))
        since = happened_at - CANDIDATE_WINDOW
        recent = [s for s in shared if self._stories[s].story.last_entry_at >= since]
        recent.sort(key=lambda s: (shared[s], self._stories[s].story.last_entry_at, s), reverse=True)
        return tuple(self._stories[s].candidate() for s in recent[:CANDIDATE_LIMIT])

    def _open(self, entry: Entry, verdict: Verdict, topic: Topic) -> _Held:
        at = entry.happened_at
        story = Story(
            id=story_id(entry),
            title=clean_title(entry.title, entry.outlet.name),
            topic=topic,
            platforms=verdict.platforms,
            lead_id=entry.id,
            opened_at=at,
            last_entry_at=at,
            turned_at=at,
            score=verdict.score,
        )
        return self._stories.setdefault(story.id, _Held(story))

    def _add(self, held: _Held, entry: Entry, found: Fingerprint, turn: Turn | None) -> None:
        held.prints.appendleft(found)
        if len(held.outlets) < _MOST_FINGERPRINTS:
            held.outlets.setdefault(entry.outlet.name)
        if turn is not None:
            held.turns = (*held.turns, turn)
        if entry.happened_at > held.story.last_entry_at:
            held.story = replace(held.story, last_entry_at=entry.happened_at)
        for key in found.keys:
            stories = self._by_key.setdefault(key, deque(maxlen=_MOST_STORIES_A_KEY))
            if held.story.id in stories:
                stories.remove(held.story.id)  # to the end again: what is told now must not be pushed out
            stories.append(held.story.id)
