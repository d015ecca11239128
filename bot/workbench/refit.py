"""fit: weights learned anew from labelled lines, with what they reach on lines that they never saw."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import RefusedError
from bot.logic.judging.features import examine
from bot.logic.judging.judge import judge
from bot.logic.judging.rules import Rules
from bot.logic.text.words import words
from bot.model import Topic
from bot.workbench.examples import ORIGIN as EXAMPLES_ORIGIN
from bot.workbench.examples import examples
from bot.workbench.fit import folds
from bot.workbench.labelled import LabelledLine
from bot.workbench.scoring import Rates, Scoreboard, Scored, rates, score
from bot.workbench.training import (
    Labelled,
    as_table,
    can_pass,
    fit_relevance,
    fit_topics,
    relevance_rows,
)

OnDone = Callable[[int, int], None]
"""Told how many steps are done of how many."""

FOLDS = 5
# Below this a fold holds a handful of lines and its figure is chance.
FEWEST_LINES = 60
FEWEST_OF_A_KIND = 15
DOUBT_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Refitted:
    """New weights and what to expect of them.

    table     as weights.json holds it, without its origin
    learned   lines, stream entries and examples that weights decide about; the rest lacks evidence whatever the weights
    held_out  figures on sure lines from weights that never saw the line's event
    by_fold   relevance F1 on sure lines of each fold, worst first
    present   figures of the weights in force on the same lines, which they may have been fitted on
    """

    table: dict[str, object]
    lines: int
    learned: int
    held_out: Scoreboard
    by_fold: tuple[float, ...]
    present: Scoreboard


def refit(
    lines: Sequence[LabelledLine],
    rules: Rules,
    stream: Iterable[LabelledLine] = (),
    *,
    afresh: bool = False,
    on_done: OnDone = lambda *_: None,
) -> Refitted:
    """Fit relevance and topics on these lines and our own examples, cross-validated with whole events held out.

    rules   with the weights in force, where fitting starts from: few labels move them a little, many a lot
    stream  entries as they really arrive, learned from beside the lines: without them the weights do not know how
            rare the subject is; those that the lines hold already are passed over
    afresh  start from what the words mean by themselves instead; for thousands of lines
    Raises RefusedError when there are too few labels to learn from.
    """
    rows = _rows(lines, rules, stream)
    says_topics = _says_topics(lines)
    unseen = _never_seen(rows, rules, afresh, says_topics, on_done)
    fitted = _fitted(rows, rules, afresh, says_topics)
    on_done(FOLDS + 1, FOLDS + 1)
    where = _folded(rows)
    held_out = [_scored(line, unseen[where[place]]) for place, line in enumerate(lines)]
    sure = [(place, each) for place, each in enumerate(held_out) if not each.gold.doubt]
    by_fold = [_relevance([each for place, each in sure if where[place] == fold]) for fold in range(FOLDS)]
    return Refitted(
        table=_table(fitted),
        lines=len(lines),
        learned=len(relevance_rows(rows)),
        held_out=score([each for _, each in sure]),
        by_fold=tuple(sorted(each.f1 for each in by_fold)),
        present=score([_scored(lines[place], rules) for place, _ in sure]),
    )


def rules_never_seen(
    lines: Sequence[LabelledLine],
    rules: Rules,
    stream: Iterable[LabelledLine] = (),
    *,
    on_done: OnDone = lambda *_: None,
) -> dict[int, Rules]:
    """Number of a line -> these rules with weights that never saw its event, learned from the words' own meaning.

    rules  with the word lists to judge by. Lists written with the labels in view flatter whatever the weights have not
           seen, so for a figure to be believed they are older than the labels.
    Raises RefusedError when there are too few labels to learn from.
    """
    rows = _rows(lines, rules, stream)
    unseen = _never_seen(rows, rules, True, _says_topics(lines), on_done)
    return {line.number: unseen[home] for line, home in zip(lines, _folded(rows), strict=False)}


def _rows(lines: Sequence[LabelledLine], rules: Rules, stream: Iterable[LabelledLine]) -> list[Labelled]:
    """What is learned from: the lines, in order and first; then what the stream adds; then our own examples."""
    rows = [_row(line, rules) for line in lines]
    _check_enough([row for row in rows if can_pass(row.findings)], len(lines))
    # Without them a refit forgets what few labels show: how services speak of training in their own terms.
    return [*rows, *_arriving(stream, lines, rules), *examples(rules)]


def _says_topics(lines: Sequence[LabelledLine]) -> bool:
    return any(line.gold.relevant and line.gold.topic is not None for line in lines)


def _folded(rows: Sequence[Labelled]) -> list[int]:
    return folds([row.event for row in rows], FOLDS)


def _never_seen(
    rows: Sequence[Labelled], rules: Rules, afresh: bool, says_topics: bool, on_done: OnDone
) -> list[Rules]:
    """For each fold, rules with weights learned from all others."""
    where, known = _folded(rows), []
    for fold in range(FOLDS):
        on_done(fold, FOLDS + 1)
        others = [row for row, home in zip(rows, where, strict=True) if home != fold]
        known.append(_fitted(others, rules, afresh, says_topics))
    on_done(FOLDS, FOLDS + 1)
    return known


def _row(line: LabelledLine, rules: Rules) -> Labelled:
    gold = line.gold
    weight = DOUBT_WEIGHT if gold.doubt else 1.0
    return Labelled(examine(line.entry, rules), gold.relevant, gold.topic, line.group, weight)


def _arriving(stream: Iterable[LabelledLine], lines: Sequence[LabelledLine], rules: Rules) -> list[Labelled]:
    """Stream entries that weights decide about; only these are held, whatever the stream's length."""
    known = {words(line.entry.title) for line in lines}
    fresh = (line for line in stream if words(line.entry.title) not in known)
    # A stream says no topics, and is in no doubt.
    return [row for row in (_row(line, rules) for line in fresh) if can_pass(row.findings)]


def _check_enough(learned: Sequence[Labelled], lines: int) -> None:
    ours = len({row.event for row in learned if row.relevant})
    not_ours = len({row.event for row in learned if not row.relevant})
    if len(learned) >= FEWEST_LINES and min(ours, not_ours) >= FEWEST_OF_A_KIND:
        return
    raise RefusedError(
        f"There are too few labels to learn from: of {lines} labelled lines {len(learned)} have the evidence that weights "
        f"decide about, from {ours} events on our subject and {not_ours} off it. {FEWEST_LINES} lines with "
        f"{FEWEST_OF_A_KIND} events of each kind are needed; label more with: smallprint label"
    )


def _fitted(rows: Sequence[Labelled], rules: Rules, afresh: bool, says_topics: bool) -> Rules:
    """The same rules with weights learned from these rows; topics stay as they are if no line says one."""
    start = None if afresh else rules
    relevance = fit_relevance(
        relevance_rows(rows), rules.groups, start=start.relevance if start is not None else None
    )
    topics = rules.topics
    if says_topics:
        topics = fit_topics(rows, rules.groups, start=start.topics if start is not None else None)
    return replace(rules, relevance=relevance, topics=topics)


def _scored(line: LabelledLine, rules: Rules) -> Scored:
    return Scored(line.gold, judge(line.entry, rules), None)


def _relevance(lines: Sequence[Scored]) -> Rates:
    hits = sum(each.verdict.relevant and each.gold.relevant for each in lines)
    false = sum(each.verdict.relevant and not each.gold.relevant for each in lines)
    missed = sum(each.gold.relevant and not each.verdict.relevant for each in lines)
    return rates(hits, false, missed, len(lines))


def _table(rules: Rules) -> dict[str, object]:
    return {
        "lines": {"relevant": rules.lines.relevant, "sure": rules.lines.sure},
        "relevance": as_table(rules.relevance),
        "topics": {topic.value: as_table(rules.topics[topic]) for topic in Topic},
    }


def with_origin(refitted: Refitted, labels: str, command: str, now: datetime) -> dict[str, object]:
    """The weights file: where the weights come from, what they reached, then the weights."""
    relevance = refitted.held_out.relevance
    origin = {
        "labels": labels,
        "examples": EXAMPLES_ORIGIN,
        "rows": refitted.learned,
        "date": now.date().isoformat(),
        "command": command,
        "reached": {
            "how": f"{FOLDS} folds grouped by event, sure lines",
            "p": relevance.precision,
            "r": relevance.recall,
            "f": relevance.f1,
            "n": relevance.count,
            "topics": refitted.held_out.topic_f1,
            "by_fold": list(refitted.by_fold),
        },
    }
    return {"origin": origin, **refitted.table}
