"""How much two fingerprints tell of one event."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.logic.stories.acts import act_likeness
from bot.logic.stories.parties import BY, ON
from bot.logic.stories.turns import ANSWERS, PROCEDURAL
from bot.model import Candidate, Fingerprint, Topic, Turn

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StoryLikeness:
    """How two fingerprints compare, each 0 to 1 (`days`: between them).

    actors    shared actors, weighed by how few there are
    apart     both have actors that the other lacks
    twins     both headlines name a party on the same side that the other does not know: another deal, another suit
    answers   it announces a denial, a correction or a reversal about the same actors: that needs something before it
    clash     no actor in common, or another bill or another year's
    others    somebody else on one side of the same act: never one event, however alike the words
    """

    words: float
    actors: float
    apart: float
    twins: float
    act: float
    topic: float
    answers: float
    objects: float
    clash: float
    others: float
    days: float


# Fitted by hand on a labelled set, then rounded; tests/bench/clustering.py measures them.
_WEIGHTS = {
    "words": 6.0,
    "actors": 2.6,
    "apart": -1.6,
    "twins": -3.5,
    "act": 1.2,
    "topic": 0.9,
    "answers": 0.7,
    "objects": 1.2,
    "clash": -3.0,
    "others": -9.0,
    "days": -1.1,
}
_ANSWERS = frozenset({Turn.DENIAL, Turn.CLARIFICATION, Turn.CORRECTION, Turn.REVERSAL})
_BIAS = -3.0


def compare(one: Fingerprint, other: Fingerprint, happened_at: datetime) -> StoryLikeness:
    """How a new fingerprint compares with one of a story."""
    mine, theirs = frozenset(one.actors), frozenset(other.actors)
    shared = mine & theirs
    known = bool(mine) and bool(theirs)
    ours, others = _marks(one), _marks(other)
    laws, other_laws = _laws(ours), _laws(others)
    return StoryLikeness(
        words=_cosine(one, other),
        actors=len(shared) / math.sqrt(len(mine) * len(theirs)) if known else 0.25,
        apart=float(known and bool(mine - theirs) and bool(theirs - mine)),
        twins=float(_are_twins(one, other)),
        act=act_likeness(one.act, other.act),
        answers=float(bool(shared) and one.turn in _ANSWERS),
        topic=float(one.topic is other.topic),
        objects=1.0 if laws & other_laws else min(1.0, len(ours & others) / 2),
        clash=float(bool(laws and other_laws and not laws & other_laws) or (known and not shared)),
        others=float(_has_another_side(one, other)),
        days=math.log1p(abs((happened_at - other.happened_at) / _DAY)),
    )


def _are_twins(one: Fingerprint, other: Fingerprint) -> bool:
    mine, theirs = _strangers(one, other), _strangers(other, one)
    return bool(mine & theirs)


def _has_another_side(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether both headlines tell of one act and name somebody else as its doer, or as whom it is done to."""
    if one.act != other.act or not one.act:
        return False
    return any(_are_strange(_on_side(one, side), _on_side(other, side), one, other) for side in (BY, ON))


def _on_side(print_: Fingerprint, side: str) -> frozenset[str]:
    prefix = f"side:{side}:"
    return frozenset(mark.removeprefix(prefix) for mark in print_.objects if mark.startswith(prefix))


def _are_strange(mine: frozenset[str], theirs: frozenset[str], one: Fingerprint, other: Fingerprint) -> bool:
    if not mine or not theirs:
        return False
    mine, theirs = mine - frozenset(other.actors), theirs - frozenset(one.actors)
    parts = {part for name in theirs for part in name.split("-")}
    return bool(mine and theirs) and not any(part in parts for name in mine for part in name.split("-"))


def _strangers(one: Fingerprint, other: Fingerprint) -> frozenset[str]:
    """Sides on which the first headline names a party that the other entry does not know."""
    named = [mark.split(":", 2) for mark in one.objects if mark.startswith("party:")]
    return frozenset(side for _, side, who in named if who not in other.actors)


def _marks(print_: Fingerprint) -> frozenset[str]:
    return frozenset(o for o in print_.objects if not o.startswith(("party:", "side:")))


def _laws(objects: frozenset[str]) -> frozenset[str]:
    return frozenset(o for o in objects if o.startswith("law:"))


def _cosine(one: Fingerprint, other: Fingerprint) -> float:
    few, many = sorted((one.words, other.words), key=len)
    return sum(weight * many[word] for word, weight in few.items() if word in many)


def probability(likeness: StoryLikeness) -> float:
    """0 to 1: that both tell of one event."""
    weighed = _BIAS + sum(weight * getattr(likeness, name) for name, weight in _WEIGHTS.items())
    return 1 / (1 + math.exp(-weighed))


def is_answer(mine: Fingerprint, candidate: Candidate, likeness: StoryLikeness) -> bool:
    """Whether a later act is about the very matter of a story: its case, its bill, or what its one party did.

    Words need not match: "court sets hearing" and "labels sue" share none.
    """
    if mine.turn is None or likeness.twins or likeness.clash or likeness.others:
        return False
    theirs = frozenset(actor for print_ in candidate.fingerprints for actor in print_.actors)
    shared = frozenset(mine.actors) & theirs
    if mine.turn in PROCEDURAL:
        return candidate.story.topic is Topic.LAWSUIT and (len(shared) >= 2 or likeness.objects == 1.0)
    if mine.turn in (Turn.VOTE, Turn.EFFECT_DATE):
        return likeness.objects == 1.0
    return (
        mine.turn in ANSWERS
        and bool(shared)
        and mine.topic is candidate.story.topic
        and likeness.days < _LATELY
    )


_LATELY = math.log1p(21)
