"""How well terms pages are compared, on the shared pairs and histories, and how fast.

    python -m tests.bench.terms

Prints recall and precision of "an urgent clause came", alerts on the hard pairs, how many found pairs point into a
labelled clause, each label's precision and recall, the alerts of each series, and milliseconds a comparison.
Needs the shared data beside the project, or SMALLPRINT_SHARED. `terms/score.py` there measures the same from outside.
"""

import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.flows.terms.compare import read_lexicon, read_version, replay
from bot.logic.terms.read.lexicon import Lexicon
from bot.logic.terms.watch.compare import compare
from bot.model import URGENT_STANCES, ClauseChange
from tests.shared import find_shared

URGENT = {kind.value for kind in URGENT_STANCES}
# A label counts as given from here on; below, it is a guess for the review queue.
GIVEN = 0.6


@dataclass
class Score:
    right: int = 0
    missed: int = 0
    false: int = 0
    hard: int = 0
    overlaps: list[bool] = field(default_factory=list)
    label_right: Counter[str] = field(default_factory=Counter)
    label_missed: Counter[str] = field(default_factory=Counter)
    label_false: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)


def measure(folder: Path) -> Score:
    lexicon, score = read_lexicon(), Score()
    for pair in json.loads((folder / "pairs.json").read_text(encoding="utf-8")):
        before, after = (
            read_version(folder / "pairs" / pair[f"{name}_file"]) for name in ("before", "after")
        )
        changes = compare(before, after, lexicon)
        score.seconds.append(_seconds(before, after, lexicon))
        _count(pair, changes, score)
    return score


def _seconds(before: str, after: str, lexicon: Lexicon) -> float:
    """Processor time of one comparison, the better of two: other work on the machine must not count."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        compare(before, after, lexicon)
        taken.append(time.process_time() - start)
    return min(taken)


def _count(pair: dict[str, Any], changes: Sequence[ClauseChange], score: Score) -> None:
    urgent = [change for change in changes if change.urgent]
    gold, labels = bool(URGENT & set(pair["labels"])), set(pair["labels"])
    score.right += gold and bool(urgent)
    score.missed += gold and not urgent
    score.false += bool(urgent) and not gold
    score.hard += pair["kind"] == "hard" and bool(urgent)
    given = {change.stance.kind.value for change in changes if change.stance.confidence >= GIVEN}
    score.label_right.update(given & labels)
    score.label_missed.update(labels - given)
    score.label_false.update(given - labels)
    if gold and urgent and pair["clauses"]:
        score.overlaps.append(_overlap(pair["clauses"], urgent))
    if gold != bool(urgent):
        print("missed" if gold else "false ", pair["id"], sorted(labels), sorted(given))


def _overlap(clauses: Sequence[dict[str, Any]], urgent: Sequence[ClauseChange]) -> bool:
    return any(
        change.span[0] < clause["end"] and clause["start"] < change.span[1]
        for change in urgent
        if change.span is not None
        for clause in clauses
    )


def show(score: Score) -> None:
    recall = score.right / max(1, score.right + score.missed)
    precision = score.right / max(1, score.right + score.false)
    overlap = sum(score.overlaps) / max(1, len(score.overlaps))
    print(
        f"urgent: recall {recall:.3f}  precision {precision:.3f}  hard alerts {score.hard}  span overlap {overlap:.3f}"
    )
    for label in sorted({*score.label_right, *score.label_missed, *score.label_false}):
        right, missed, false = score.label_right[label], score.label_missed[label], score.label_false[label]
        print(
            f"  {label:28} precision {right / max(1, right + false):.2f} ({right} of {right + false})"
            f"  recall {right / max(1, right + missed):.2f} ({right} of {right + missed})"
        )
    spent = sorted(second * 1000 for second in score.seconds)
    ninety_five = spent[int(len(spent) * 0.95)]
    print(
        f"a comparison: median {statistics.median(spent):.1f} ms, 95th {ninety_five:.1f} ms, most {spent[-1]:.1f} ms"
    )


def show_series(folder: Path) -> None:
    for series in sorted(path for path in folder.iterdir() if path.is_dir()):
        alerts = list(replay(series))
        print(f"{series.name}: {len(alerts)} alerts of {len(list(series.iterdir()))} versions")
        for alert in alerts:
            told = ", ".join(
                f"{change.stance.kind.value} ({change.direction.value})" for change in alert.changes
            )
            print(f"  {alert.name}: {told}")


def main() -> None:
    folder = find_shared("terms")
    if folder is None:
        sys.exit("The shared data is not here: set SMALLPRINT_SHARED to the folder that holds it.")
    show(measure(folder))
    show_series(folder / "series")


if __name__ == "__main__":
    main()
