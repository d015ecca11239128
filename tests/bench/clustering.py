"""How well entries fold into stories on the shared labelled items, and what one entry costs among 100,000 stories.

    python -m tests.bench.clustering             figures
    python -m tests.bench.clustering --explain   and every wrong merge and split, to read

Needs the shared data beside the project, or SMALLPRINT_SHARED.
"""

import random
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.logic.judging.judge import judge
from bot.logic.judging.rules import Rules
from bot.logic.stories.cluster import Placed, StoryIndex
from bot.model import Entry, Outlet, Reason, Topic, Verdict
from tests.bench import judging
from tests.shared import find_shared

Line = dict[str, Any]
STORIES = 100_000
TIMED = 2_000


def stored(line: Line, known: Rules, number: int) -> Entry:
    new = judging.entry(line, known)
    return Entry(**{name: getattr(new, name) for name in new.__slots__}, id=number)


def gold_verdict(line: Line) -> Verdict:
    """What a perfect judge would say."""
    return Verdict(
        True, 0.99, True, Topic(line["topic"]), tuple(line["platforms"]), (Reason("gold", "labelled"),)
    )


def place_all(lines: Sequence[Line], known: Rules, *, gold: bool) -> list[Placed]:
    """In date order, as they would arrive."""
    index = StoryIndex()
    placed = []
    for number, line in enumerate(lines, 1):
        entry = stored(line, known, number)
        placed.append(index.place(entry, gold_verdict(line) if gold else judge(entry, known), known))
    return placed


def bcubed(gold: Mapping[str, str], mine: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 averaged over entries; the shared scorer's definition."""
    real, ours = defaultdict(set), defaultdict(set)
    for name in gold:
        real[gold[name]].add(name)
        ours[mine[name]].add(name)
    precision = sum(len(ours[mine[n]] & real[gold[n]]) / len(ours[mine[n]]) for n in gold) / max(1, len(gold))
    recall = sum(len(ours[mine[n]] & real[gold[n]]) / len(real[gold[n]]) for n in gold) / max(1, len(gold))
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def score(name: str, lines: Sequence[Line], placed: Sequence[Placed]) -> None:
    """One figure line: entries that are relevant by label and were taken."""
    for sort, keep in (("all", lambda _: True), ("sure", lambda line: not line["doubt"])):
        pairs = [
            (line, p)
            for line, p in zip(lines, placed, strict=True)
            if line["event_id"] and p.story_id and keep(line)
        ]
        pairs = [(line, p) for line, p in pairs if line["relevance"] == 1]
        gold = {line["id"]: line["event_id"] for line, _ in pairs}
        mine = {line["id"]: p.story_id or "" for line, p in pairs}
        precision, recall, f1 = bcubed(gold, mine)
        print(
            f"{name}, {sort}: B-cubed P {precision:.3f} R {recall:.3f} F1 {f1:.3f}; "
            f"{len(pairs)} entries, {len(set(mine.values()))} stories for {len(set(gold.values()))} events"
        )


def explain(lines: Sequence[Line], placed: Sequence[Placed]) -> None:
    """Every story of several events, and every event of several stories."""
    by_story, by_event = defaultdict(list), defaultdict(list)
    for line, p in zip(lines, placed, strict=True):
        if p.story_id:
            by_story[p.story_id].append((line, p))
            by_event[line["event_id"] or line["id"]].append((line, p))
    merges = [
        held for held in by_story.values() if len({line["event_id"] or line["id"] for line, _ in held}) > 1
    ]
    splits = [held for held in by_event.values() if len({p.story_id for _, p in held}) > 1]
    for title, groups in (("wrong merge", merges), ("split", splits)):
        for held in groups:
            print(f"\n{title}:")
            for line, p in held:
                turn = p.placement.turn if p.placement else None
                print(
                    f"  {p.story_id} {line['date']} {line['event_id']} | {line['outlet']} | {line['title'][:100]} | {turn}"
                )


def cost(known: Rules) -> None:
    """Time an entry among many stories; names and words drawn so that keys are shared as in life."""
    chance = random.Random(7)
    names = [e.name for e in known.entities.values() if e.reported]
    vocabulary = [
        f"{a}{b}{c}" for a in ("ban", "tor", "mel", "qui", "sar") for b in "aeiou" for c in _SYLLABLES
    ]
    index, start = StoryIndex(), datetime(2024, 1, 1, tzinfo=UTC)
    spent = 0.0
    for number in range(STORIES + TIMED):
        who = chance.sample(names, 2)
        title = f"{who[0]} {chance.choice(_DOES)} {who[1]} over AI {' '.join(chance.sample(vocabulary, 5))}"
        at = start + timedelta(minutes=10 * number)
        entry = Entry(
            source_id="bench",
            key=str(number),
            title=title,
            url=None,
            summary=f"{title}. {' '.join(chance.sample(vocabulary, 20))}.",
            outlet=Outlet("Bench"),
            published_at=at,
            seen_at=at,
            id=number + 1,
        )
        verdict = gold_verdict({"topic": chance.choice(list(Topic)), "platforms": who})
        began = time.process_time()
        index.place(entry, verdict, known)
        if number >= STORIES:
            spent += time.process_time() - began
    print(f"{len(index)} stories: {spent / TIMED * 1000:.2f} ms of CPU an entry (bar 5)")


_DOES = ("sues", "licenses", "bans", "labels", "settles with", "partners with", "accuses", "answers")
_SYLLABLES = tuple(f"{x}{y}" for x in "bdfgklmnprst" for y in ("an", "el", "ix", "or", "um"))


def main() -> None:
    path = find_shared("editorial/dev.jsonl")
    if path is None:
        sys.exit(
            "needs the shared data (editorial/dev.jsonl): set SMALLPRINT_SHARED to the folder that holds it"
        )
    known = judging.rules()
    everything = sorted(judging.read(path), key=lambda line: line["date"])
    relevant = [line for line in everything if line["relevance"] == 1]
    by_label = place_all(relevant, known, gold=True)
    by_judge = place_all(everything, known, gold=False)
    score("labelled verdicts", relevant, by_label)
    score("own verdicts", everything, by_judge)
    if "--explain" in sys.argv:
        explain(relevant, by_label)
        print("\n==== own verdicts")
        explain(everything, by_judge)
    cost(known)


if __name__ == "__main__":
    main()
