"""eval: labelled lines are judged and clustered, and compared with their labels."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.model import Reason, Verdict
from bot.workbench.intervals import Interval, intervals
from bot.workbench.judge_lines import JudgeEntry, Place
from bot.workbench.labelled import LabelledLine
from bot.workbench.scoring import (
    Scoreboard,
    Scored,
    Streamed,
    StreamFigures,
    score,
    score_stream,
)

OnDone = Callable[[int], None]
"""Told how many lines are done."""

_REASONS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Mistake:
    """One line that was decided otherwise than labelled.

    kind  "false alert", "missed", "wrong topic", "merged" or "split"
    said  what the label says and what we said, for people
    cost  how far off it was, 0 to 1; the worst come first
    """

    kind: str
    line: int
    title: str
    outlet: str
    said: str
    reasons: tuple[str, ...]
    cost: float
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures with and without lines that an editor doubted, and every mistake, the worst of each kind first.

    within  figure -> its interval on sure lines
    """

    lines: int
    doubted: int
    everything: Scoreboard
    sure: Scoreboard
    within: Mapping[str, Interval]
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class StreamEvaluation:
    """Figures by stream; mistakes are false alerts and missed lines."""

    streams: dict[str, StreamFigures]
    mistakes: tuple[Mistake, ...]


def evaluate(
    lines: Sequence[LabelledLine], judge: JudgeEntry, place: Place, on_done: OnDone = lambda _: None
) -> Evaluation:
    """Judge every line, cluster in order of date (the order of lines where dates are equal), and score.

    place  called for relevant entries, in that order
    """
    scored: dict[int, Scored] = {}
    in_order = sorted(lines, key=lambda line: line.entry.happened_at)
    for done, line in enumerate(in_order, start=1):
        verdict = judge(line.entry)
        story = place(line.entry, verdict).story_id if verdict.relevant else None
        scored[line.number] = Scored(line.gold, verdict, story)
        on_done(done)
    pairs = [(line, scored[line.number]) for line in lines]
    sure = [each for line, each in pairs if not line.gold.doubt]
    return Evaluation(
        lines=len(pairs),
        doubted=sum(line.gold.doubt for line in lines),
        everything=score([each for _, each in pairs]),
        sure=score(sure),
        within=intervals(sure),
        mistakes=_mistakes(pairs),
    )


def evaluate_stream(
    lines: Iterable[LabelledLine], judge: JudgeEntry, on_done: OnDone = lambda _: None
) -> StreamEvaluation:
    """Judge a stream of any length; only its mistakes are held."""
    mistakes: list[Mistake] = []

    def streamed() -> Iterable[Streamed]:
        for done, line in enumerate(lines, start=1):
            verdict = judge(line.entry)
            if verdict.relevant != line.gold.relevant:
                mistakes.append(_relevance(line, verdict))
            day = line.entry.happened_at.date().isoformat()
            yield Streamed(line.stream, day, line.gold.relevant, verdict.relevant)
            on_done(done)

    figures = score_stream(streamed())
    return StreamEvaluation(figures, tuple(sorted(mistakes, key=_worst_first)))


# ---------------------------------------------------------------- mistakes

Pair = tuple[LabelledLine, Scored]


def _mistakes(pairs: Sequence[Pair]) -> tuple[Mistake, ...]:
    found = [
        _relevance(line, each.verdict) for line, each in pairs if each.verdict.relevant != line.gold.relevant
    ]
    hits = [(line, each) for line, each in pairs if each.verdict.relevant and line.gold.relevant]
    found += [_topic(*pair) for pair in hits if pair[0].gold.topic not in (None, pair[1].verdict.topic)]
    found += _groups(hits)
    return tuple(sorted(found, key=_worst_first))


_KINDS = ("false alert", "missed", "wrong topic", "merged", "split")


def _worst_first(mistake: Mistake) -> tuple[int, bool, float, int]:
    return _KINDS.index(mistake.kind), mistake.doubt, -mistake.cost, mistake.line


def _mistake(kind: str, line: LabelledLine, said: str, reasons: Sequence[Reason], cost: float) -> Mistake:
    shown = tuple(reason.text for reason in reasons[:_REASONS_SHOWN])
    entry = line.entry
    return Mistake(
        kind, line.number, entry.title, entry.outlet.name, said, shown, round(cost, 4), line.gold.doubt
    )


def _relevance(line: LabelledLine, verdict: Verdict) -> Mistake:
    if verdict.relevant:
        said = f"labelled not our subject{_because(line)}, scored {verdict.score:.2f}"
        return _mistake("false alert", line, said, verdict.reasons, verdict.score)
    said = f"labelled {line.gold.topic or 'our subject'}, scored {verdict.score:.2f}"
    return _mistake("missed", line, said, verdict.reasons, 1 - verdict.score)


def _because(line: LabelledLine) -> str:
    return f" ({line.gold.why_not})" if line.gold.why_not else ""


def _topic(line: LabelledLine, each: Scored) -> Mistake:
    said = f"labelled {line.gold.topic}, told as {each.verdict.topic}"
    topic = [reason for reason in each.verdict.reasons if reason.code == "topic"]
    return _mistake("wrong topic", line, said, topic or each.verdict.reasons, each.verdict.score)


def _groups(hits: Sequence[Pair]) -> list[Mistake]:
    """Stories that hold several events, and events that lie in several stories; told at the line that came last."""
    known = [(line, each) for line, each in hits if line.gold.event]
    stories: dict[str, list[LabelledLine]] = defaultdict(list)
    events: dict[str, dict[str | None, LabelledLine]] = defaultdict(dict)
    for line, each in known:
        assert line.gold.event is not None
        if each.story is not None:
            stories[each.story].append(line)
        events[line.gold.event].setdefault(each.story, line)
    found = []
    for story, held in stories.items():
        names = list(dict.fromkeys(line.gold.event or "" for line in held))
        if len(names) > 1:
            said = f"one story, {story}, holds {len(names)} events: {', '.join(names[:4])}"
            found.append(_mistake("merged", held[-1], said, (), len(names) / (1 + len(names))))
    for event, homes in events.items():
        if len(homes) > 1:
            said = f"event {event} lies in {len(homes)} stories"
            found.append(_mistake("split", list(homes.values())[-1], said, (), len(homes) / (1 + len(homes))))
    return found
