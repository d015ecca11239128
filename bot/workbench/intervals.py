"""How far a figure can be trusted: what it comes to when other events had happened to be labelled.

The bootstrap, over whole events: reports of one event stand or fall together, so drawing single lines would make the
figures look surer than they are (Efron, 1979; for clustered data Davison and Hinkley, 1997, section 3.8).
"""

import random
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from bot.workbench.scoring import Scored, platform_key, told_topic

DRAWS = 1000
_SHARE_OUTSIDE = 0.05


@dataclass(frozen=True, slots=True)
class Interval:
    """95 of 100 draws lie between these."""

    low: float
    high: float


Counts = Mapping[Hashable, int]


def intervals(lines: Sequence[Scored], draws: int = DRAWS, seed: int = 1) -> dict[str, Interval]:
    """By figure. The same lines give the same intervals; none without lines.

    A line without an event is an event of its own.
    """
    events = [tuple(counts.items()) for counts in _by_event(lines)]
    chance = random.Random(seed)
    drawn = [_figures(_drawn(events, chance)) for _ in range(draws)] if events else []
    return {name: _middle([figures[name] for figures in drawn]) for name in (drawn[0] if drawn else ())}


def _by_event(lines: Sequence[Scored]) -> list[Counter[Hashable]]:
    held: dict[Hashable, Counter[Hashable]] = {}
    for place, line in enumerate(lines):
        counts = held.setdefault(line.gold.event or place, Counter())
        counts.update(_counts(line))
        if line.gold.relevant and line.gold.event:
            counts["events"] = 1
            counts["events caught"] |= int(line.verdict.relevant)
    return list(held.values())


def _counts(line: Scored) -> Counter[Hashable]:
    counts: Counter[Hashable] = Counter()
    gold, verdict = line.gold, line.verdict
    counts["mine"] += verdict.relevant
    counts["theirs"] += gold.relevant
    if not (verdict.relevant and gold.relevant):
        return counts
    counts["right"] += 1
    if gold.topic is not None:
        for kind, mine in (("topic", verdict.topic), ("either", told_topic(line))):
            counts.update([(kind, "theirs", gold.topic), (kind, "mine", mine)])
            counts[kind, "right", gold.topic] += mine is gold.topic
    if gold.platforms is not None:
        named, meant = set(map(platform_key, verdict.platforms)), set(map(platform_key, gold.platforms))
        counts["platforms", "mine"] += len(named)
        counts["platforms", "theirs"] += len(meant)
        counts["platforms", "right"] += len(named & meant)
    return counts


def _drawn(events: Sequence[Sequence[tuple[Hashable, int]]], chance: random.Random) -> Counts:
    """As many events as there are, each as often as chance has it."""
    total: Counter[Hashable] = Counter()
    for counts in chance.choices(events, k=len(events)):
        for name, count in counts:
            total[name] += count
    return total


def _figures(counts: Counts) -> dict[str, float]:
    def share(part: Hashable, whole: Hashable) -> float:
        return counts[part] / counts[whole] if counts[whole] else 0.0

    def macro(kind: str) -> float:
        topics = [name[2] for name in counts if isinstance(name, tuple) and name[:2] == (kind, "theirs")]
        each = [_f1(*(counts[kind, side, topic] for side in ("right", "mine", "theirs"))) for topic in topics]
        return sum(each) / max(1, len(each))

    return {
        "relevance: precision": share("right", "mine"),
        "relevance: recall": share("right", "theirs"),
        "relevance: F1": _f1(counts["right"], counts["mine"], counts["theirs"]),
        "topics: macro F1": macro("topic"),
        "topics: macro F1, either of two": macro("either"),
        "platforms: F1": _f1(*(counts["platforms", side] for side in ("right", "mine", "theirs"))),
        "events caught": share("events caught", "events"),
    }


def _f1(right: int, mine: int, theirs: int) -> float:
    return 2 * right / (mine + theirs) if mine + theirs else 0.0


def _middle(values: Sequence[float]) -> Interval:
    ranked, outside = sorted(values), int(len(values) * _SHARE_OUTSIDE / 2)
    return Interval(round(ranked[outside], 4), round(ranked[-1 - outside], 4))
