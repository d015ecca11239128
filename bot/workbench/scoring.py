"""How well verdicts agree with an editor's labels: relevance, topics, platforms, stories, alerts a week.

The definitions are those of the usual measures: precision, recall and F1 from counts; macro F1 as the mean over
topics; B-cubed for stories (Bagga and Baldwin, 1998): for each entry the share of its story that is really of its
event, and of its event that is in its story, averaged over entries. Figures are rounded to four places.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.model import Topic, Verdict


@dataclass(frozen=True, slots=True)
class Gold:
    """What an editor says of one line.

    topic      None: not relevant, or nobody said
    platforms  None: nobody said, so that the line does not count for platforms
    event      entries of one event share it; None: nobody said
    doubt      the editor could have decided the other way
    why_not    why it is off the line, in a word; may be empty
    """

    relevant: bool
    topic: Topic | None = None
    platforms: tuple[str, ...] | None = None
    event: str | None = None
    doubt: bool = False
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """One line with its label and what judging and clustering made of it. `story` None: it joined none."""

    gold: Gold
    verdict: Verdict
    story: str | None


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and their harmonic mean; `count` is over how many they were taken."""

    precision: float
    recall: float
    f1: float
    count: int


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """Every figure about one set of labelled lines.

    topics        F1 of each topic that occurs; `topic_f1` is their mean, `topic_f1_two` the mean when the topic an
                  editor gave counts as told if it is either of the two that a verdict names
    stories       B-cubed over relevant lines with an event that were taken
    events        share of events of which at least one line was taken; `shared_events` of those with several lines
    false_alerts  why editors left them -> how many; `missed` topic -> how many
    """

    relevance: Rates
    topic_f1: float
    topic_f1_two: float
    topics: Mapping[str, float]
    platforms: Rates
    stories: Rates
    events: float
    shared_events: float
    false_alerts: Mapping[str, int]
    missed: Mapping[str, int]


def score(lines: Sequence[Scored]) -> Scoreboard:
    """The figures of these lines. What nobody labelled (a topic, platforms, an event) counts neither way."""
    taken = [line for line in lines if line.verdict.relevant]
    hits = [line for line in taken if line.gold.relevant]
    missed = [line for line in lines if line.gold.relevant and not line.verdict.relevant]
    false = [line for line in taken if not line.gold.relevant]
    known = [line for line in hits if line.gold.topic is not None]
    topics = _topics([(line.verdict.topic, line.gold.topic) for line in known])
    either = _topics([(told_topic(line), line.gold.topic) for line in known])
    events, shared = _events(lines)
    return Scoreboard(
        relevance=rates(len(hits), len(false), len(missed), len(lines)),
        topic_f1=_mean(topics),
        topic_f1_two=_mean(either),
        topics=topics,
        platforms=_platforms(hits),
        stories=_stories(hits),
        events=events,
        shared_events=shared,
        false_alerts=dict(Counter(line.gold.why_not or "no reason given" for line in false).most_common()),
        missed=dict(Counter(str(line.gold.topic or "no topic given") for line in missed).most_common()),
    )


def rates(hits: int, false: int, missed: int, count: int) -> Rates:
    """From counts; 0 where there is nothing to divide by."""
    precision = hits / (hits + false) if hits + false else 0.0
    recall = hits / (hits + missed) if hits + missed else 0.0
    return _rates(precision, recall, count)


def _rates(precision: float, recall: float, count: int) -> Rates:
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return Rates(round(precision, 4), round(recall, 4), round(f1, 4), count)


def told_topic(line: Scored) -> Topic | None:
    """The labelled topic if the verdict names it first or second, else the one that it names first."""
    return line.gold.topic if line.gold.topic in line.verdict.topics else line.verdict.topic


def _mean(figures: Mapping[str, float]) -> float:
    return round(sum(figures.values()) / max(1, len(figures)), 4)


def _topics(pairs: Sequence[tuple[Topic | None, Topic | None]]) -> dict[str, float]:
    """F1 of each topic that labels name. pairs: ours and theirs, of lines that have a labelled topic."""
    found = {}
    for topic in sorted({theirs for _, theirs in pairs if theirs is not None}):
        right = sum(mine is topic and theirs is topic for mine, theirs in pairs)
        false = sum(mine is topic and theirs is not topic for mine, theirs in pairs)
        missed = sum(mine is not topic and theirs is topic for mine, theirs in pairs)
        found[topic.value] = rates(right, false, missed, len(pairs)).f1
    return found


def platform_key(name: str) -> str:
    """Names are compared by letters and digits only: "Sony Music" is "sony-music"."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _platforms(hits: Sequence[Scored]) -> Rates:
    right = false = missed = count = 0
    for line in hits:
        if line.gold.platforms is None:
            continue
        mine = {platform_key(name) for name in line.verdict.platforms}
        theirs = {platform_key(name) for name in line.gold.platforms}
        right, false, missed = (
            right + len(mine & theirs),
            false + len(mine - theirs),
            missed + len(theirs - mine),
        )
        count += 1
    return rates(right, false, missed, count)


def _stories(hits: Sequence[Scored]) -> Rates:
    known = [line for line in hits if line.gold.event]
    # What joined no story stands alone, also beside others that joined none.
    mine: list[Hashable] = [
        line.story if line.story is not None else place for place, line in enumerate(known)
    ]
    return bcubed([line.gold.event for line in known], mine)


def bcubed(theirs: Sequence[Hashable], mine: Sequence[Hashable]) -> Rates:
    """B-cubed of two groupings of the same things, given as the group of each."""
    real, ours = _members(theirs), _members(mine)
    shares = [
        (len(ours[m] & real[t]) / len(ours[m]), len(ours[m] & real[t]) / len(real[t]))
        for t, m in zip(theirs, mine, strict=True)
    ]
    count = max(1, len(shares))
    precision, recall = sum(share for share, _ in shares) / count, sum(share for _, share in shares) / count
    return _rates(precision, recall, len(shares))


def _members(groups: Iterable[Hashable]) -> dict[Hashable, set[int]]:
    held: dict[Hashable, set[int]] = defaultdict(set)
    for place, group in enumerate(groups):
        held[group].add(place)
    return held


def _events(lines: Sequence[Scored]) -> tuple[float, float]:
    by_event: dict[str, list[bool]] = defaultdict(list)
    for line in lines:
        if line.gold.relevant and line.gold.event:
            by_event[line.gold.event].append(line.verdict.relevant)
    shared = [taken for taken in by_event.values() if len(taken) > 1]
    return _share(by_event.values()), _share(shared)


def _share(events: Iterable[Sequence[bool]]) -> float:
    caught = [any(taken) for taken in events]
    return round(sum(caught) / max(1, len(caught)), 4)


# ---------------------------------------------------------------- a stream at real base rates


@dataclass(frozen=True, slots=True)
class Streamed:
    """One line of a stream: which one, its day ("2025-05-09"), what an editor says of it and what we say."""

    stream: str
    day: str
    relevant: bool
    taken: bool


@dataclass(frozen=True, slots=True)
class StreamFigures:
    """One stream: lines, caught, missed and false alerts, over how many days that have lines."""

    lines: int
    caught: int
    missed: int
    false_alerts: int
    days: int

    @property
    def rates(self) -> Rates:
        return rates(self.caught, self.false_alerts, self.missed, self.lines)

    @property
    def false_alerts_a_week(self) -> float:
        return round(self.false_alerts / max(self.days / 7, 1e-9), 2)


def score_stream(lines: Iterable[Streamed]) -> dict[str, StreamFigures]:
    """Figures by name of stream, in order of name."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    days: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        row = counted[line.stream]
        row["lines"] += 1
        row["caught"] += line.taken and line.relevant
        row["false_alerts"] += line.taken and not line.relevant
        row["missed"] += line.relevant and not line.taken
        days[line.stream].add(line.day)
    return {
        name: StreamFigures(row["lines"], row["caught"], row["missed"], row["false_alerts"], len(days[name]))
        for name, row in sorted(counted.items())
    }
