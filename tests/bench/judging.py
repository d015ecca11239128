"""How well `judge` does on the shared labelled items and the stream, and how fast.

    python -m tests.bench.judging            score the shipped weights, then cross-validate
    python -m tests.bench.judging --fit      fit new weights on the labelled items and write bot/data/weights.json

Needs the shared data beside the project, or SMALLPRINT_SHARED.
"""

import gzip
import json
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.logic.judging.features import examine
from bot.logic.judging.judge import judge
from bot.logic.judging.platforms import choose_platforms
from bot.logic.judging.rules import Rules, build_rules
from bot.logic.judging.topic import choose_topic, second_topic
from bot.model import (
    Entity,
    EntityKind,
    Evidence,
    NewEntry,
    Reason,
    Topic,
    Verdict,
)
from bot.workbench.examples import ORIGIN as EXAMPLES_ORIGIN
from bot.workbench.examples import examples
from bot.workbench.fit import cross_validate, folds
from bot.workbench.training import Labelled, as_table, can_pass, fit_relevance, fit_topics, relevance_rows
from tests.shared import PROJECT, find_shared

WEIGHTS = PROJECT / "bot/data/weights.json"
DOUBT_WEIGHT = 0.5

# Chosen on the cross-validated curve: recall is bought up to where tech feeds begin to bother.
RELEVANT_LINE = 0.45
SURE_LINE = 0.65


def entities() -> list[Entity]:
    """platforms.toml as it stands in config/."""
    tables = tomllib.loads((PROJECT / "config/platforms.toml").read_text())["platform"]
    return [
        Entity(
            **(
                table
                | {"kind": EntityKind(table["kind"])}
                | {name: tuple(table.get(name, ())) for name in ("aliases", "company", "not_in")}
                | {"evidence": frozenset(map(Evidence, table.get("evidence", ())))}
            )
        )
        for table in tables
    ]


def rules(weights: dict[str, Any] | None = None) -> Rules:
    lexicon = tomllib.loads((PROJECT / "bot/data/lexicon.toml").read_text())
    return build_rules(entities(), lexicon, weights or json.loads(WEIGHTS.read_text()))


def entry(line: dict[str, Any], known: Rules) -> NewEntry:
    """One shared line as an entry, the way `smallprint judge` makes it."""
    day = datetime.fromisoformat(line["date"][:10]).replace(tzinfo=UTC)
    return NewEntry(
        source_id="bench",
        key=line["url"] or line["title"],
        title=line["title"],
        url=line["url"],
        summary=line.get("text") or line.get("summary") or "",
        outlet=known.outlet_for(line["outlet"], line["url"]),
        published_at=day,
        seen_at=day,
    )


def read(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _key(title: str) -> str:
    return "".join(letter for letter in title.casefold() if letter.isalnum())


def labelled(dev: Sequence[dict[str, Any]], stream: Sequence[dict[str, Any]], known: Rules) -> list[Labelled]:
    """Every labelled item once, then the rest of the stream as it really arrives."""
    rows = []
    for line in dev:
        found = examine(entry(line, known), known)
        topic = Topic(line["topic"]) if line["topic"] else None
        weight = DOUBT_WEIGHT if line["doubt"] else 1.0
        rows.append(
            Labelled(found, bool(line["relevance"]), topic, line["event_id"] or _key(line["title"]), weight)
        )
    seen = {_key(line["title"]) for line in dev}
    for line in stream:
        if _key(line["title"]) not in seen:
            found = examine(entry(line, known), known)
            if can_pass(found):
                rows.append(Labelled(found, bool(line["label"]), None, _key(line["title"])))
    return [*rows, *examples(known)]


def score(mode: str, verdicts: Sequence[Verdict], lines_path: Path) -> tuple[dict[str, Any], str]:
    """The shared scorer's figures, and what it printed."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as out:
        for verdict in verdicts:
            shown = {
                "relevant": verdict.relevant,
                "topic": verdict.topic,
                "topics": verdict.topics,
                "platforms": verdict.platforms,
                "story": None,
            }
            out.write(json.dumps(shown) + "\n")
    scorer = find_shared("editorial/score.py")
    assert scorer is not None
    command = [sys.executable, str(scorer), mode, out.name, str(lines_path)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    Path(out.name).unlink()
    return json.loads(printed.splitlines()[-1]), printed


def show_labelled(name: str, figures: dict[str, Any]) -> None:
    sure, everything = figures["relevance_sure"], figures["relevance_all"]
    print(
        f"{name}: sure P {sure['p']:.3f} R {sure['r']:.3f} F1 {sure['f']:.3f} · all F1 {everything['f']:.3f} "
        f"(P {everything['p']:.3f} R {everything['r']:.3f}) · topics {figures['topic_macro_f1']:.3f} "
        f"(either of two {figures['topic_macro_f1_two']:.3f}, {figures['topics_each']} each) · "
        f"platforms {figures['platforms']['f']:.3f} (P {figures['platforms']['p']:.3f} R {figures['platforms']['r']:.3f})"
    )


def show_stream(name: str, figures: dict[str, Any]) -> None:
    for stream, row in figures.items():
        print(
            f"{name} {stream}: {row['hits']} caught, {row['missed']} missed, {row['false_alerts']} false, "
            f"{row['false_alerts_a_week']} a week"
        )
    music, tech = figures["music-rss"], [row for key, row in figures.items() if key != "music-rss"]
    hits, missed = sum(r["hits"] for r in figures.values()), sum(r["missed"] for r in figures.values())
    print(
        f"{name}: false a week, music {music['false_alerts_a_week']}, tech together "
        f"{sum(row['false_alerts_a_week'] for row in tech):.2f}; caught {hits / (hits + missed):.3f}"
    )


# ---------------------------------------------------------------- cross-validation


def out_of_fold(
    rows: Sequence[Labelled], known: Rules, count: int = 5
) -> tuple[list[float], list[tuple[Topic, Topic | None]]]:
    """Score and topic for every row from weights that never saw its event."""
    chances = [0.0] * len(rows)
    passing = [index for index, row in enumerate(rows) if can_pass(row.findings)]
    decided = cross_validate(relevance_rows(rows), lambda part: fit_relevance(part, known.groups), count)
    for index, chance in zip(passing, decided, strict=True):
        chances[index] = chance
    where = folds([row.event for row in rows], count)
    topics: list[tuple[Topic, Topic | None]] = [(Topic.LAWSUIT, None)] * len(rows)
    for fold in range(count):
        models = fit_topics(
            [row for row, home in zip(rows, where, strict=True) if home != fold], known.groups
        )
        held = Rules(**{**vars(known), "topics": models})
        for index, home in enumerate(where):
            if home == fold and rows[index].topic is not None:
                first = choose_topic(rows[index].findings, held)
                topics[index] = first, second_topic(rows[index].findings, first, held)
    return chances, topics


def as_verdicts(
    lines: Sequence[dict[str, Any]],
    rows: Sequence[Labelled],
    chances: Sequence[float],
    topics: Sequence[tuple[Topic, Topic | None]],
    known: Rules,
) -> list[Verdict]:
    """Verdicts as `judge` would give them with these scores and topics."""
    verdicts = []
    for line, row, chance, (topic, also) in zip(lines, rows, chances, topics, strict=True):
        relevant = chance >= known.lines.relevant
        platforms = choose_platforms(entry(line, known), row.findings, topic, known)
        reasons = (Reason("bench", "cross-validated"),)
        verdicts.append(
            Verdict(
                relevant,
                chance,
                chance >= known.lines.sure,
                topic if relevant else None,
                platforms,
                reasons,
                also_topic=also if relevant else None,
            )
        )
    return verdicts


def spread(
    lines: Sequence[dict[str, Any]], rows: Sequence[Labelled], chances: Sequence[float], line: float
) -> str:
    """F1 on sure items in each fold, worst first."""
    where = folds([row.event for row in rows], 5)
    values = []
    for fold in range(5):
        kept = [
            (c >= line, r.relevant)
            for i, (c, r) in enumerate(zip(chances, rows, strict=True))
            if where[i] == fold and i < len(lines) and not lines[i]["doubt"]
        ]
        hits = sum(mine and theirs for mine, theirs in kept)
        wrong = sum(mine != theirs for mine, theirs in kept)
        values.append(2 * hits / max(1, 2 * hits + wrong))
    return " ".join(f"{value:.3f}" for value in sorted(values))


# ---------------------------------------------------------------- what is run


def measure() -> None:
    """Print the figures of the shipped weights, then those of weights that never saw what they judge."""
    dev_path, stream_path = _shared()
    known, dev, stream = rules(), read(dev_path), read(stream_path)
    entries = [entry(line, known) for line in stream]
    began = time.process_time()
    stream_verdicts = [judge(one, known) for one in entries]
    seconds = time.process_time() - began
    figures, _ = score("labelled", [judge(entry(line, known), known) for line in dev], dev_path)
    show_labelled("shipped", figures)
    stream_figures, printed = score("stream", stream_verdicts, stream_path)
    show_stream("shipped", stream_figures)
    print("\n".join(line for line in printed.splitlines() if line.startswith("unread alert")))
    print(f"speed: {len(entries) / seconds:,.0f} entries a second on one core")
    cross_validated(known, dev, stream)


def cross_validated(
    known: Rules, dev: Sequence[dict[str, Any]], stream: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Print and return the figures from five folds, grouped by event, weights fitted anew for each."""
    dev_path, stream_path = _shared()
    rows = labelled(dev, stream, known)
    chances, topics = out_of_fold(rows, known)
    held = as_verdicts(dev, rows[: len(dev)], chances[: len(dev)], topics[: len(dev)], known)
    figures, _ = score("labelled", held, dev_path)
    show_labelled("cross-validated", figures)
    folded = spread(dev, rows, chances, known.lines.relevant)
    print(f"cross-validated F1 by fold, sure: {folded}")
    shown = (
        "topic_f1",
        "false_alerts_by_reason",
        "missed_by_topic",
        "events_caught",
        "multi_outlet_events_caught",
    )
    print(json.dumps({key: figures[key] for key in shown}))
    by_key = {_key(line["title"]): verdict for line, verdict in zip(dev, held, strict=True)}
    by_event = {row.event: chance for row, chance in zip(rows[len(dev) :], chances[len(dev) :], strict=True)}
    for line in stream:
        chance = by_event.get(_key(line["title"]), 0.0)
        left = Verdict(chance >= known.lines.relevant, chance, False, None, (), ())
        by_key.setdefault(_key(line["title"]), left)
    stream_figures, _ = score("stream", [by_key[_key(line["title"])] for line in stream], stream_path)
    show_stream("cross-validated", stream_figures)
    return {**figures["relevance_sure"], "topics": figures["topic_macro_f1"], "by_fold": folded}


def refit() -> None:
    """Fit on every labelled item and write weights.json with where it came from and what it reached."""
    dev_path, stream_path = _shared()
    blank: dict[str, object] = {"bias": 0.0, "weights": {}}
    lines = {"relevant": RELEVANT_LINE, "sure": SURE_LINE}
    known = rules({"relevance": blank, "topics": {topic.value: blank for topic in Topic}, "lines": lines})
    dev, stream = read(dev_path), read(stream_path)
    rows = labelled(dev, stream, known)
    reached = cross_validated(known, dev, stream)
    relevance, topics = fit_relevance(relevance_rows(rows), known.groups), fit_topics(rows, known.groups)
    origin = {
        "labels": "editorial/dev.jsonl and stream-dev.jsonl.gz of the shared data, which are not part of the project",
        "examples": EXAMPLES_ORIGIN,
        "rows": len(relevance_rows(rows)),
        "date": datetime.now(tz=UTC).date().isoformat(),
        "command": "python -m tests.bench.judging --fit",
        "reached": {"how": "five folds grouped by event, sure items", **reached},
    }
    table = {
        "origin": origin,
        "lines": lines,
        "relevance": as_table(relevance),
        "topics": {topic.value: as_table(model) for topic, model in topics.items()},
    }
    WEIGHTS.write_text(json.dumps(table, indent=1) + "\n")


def _shared() -> tuple[Path, Path]:
    dev, stream = find_shared("editorial/dev.jsonl"), find_shared("editorial/stream-dev.jsonl.gz")
    if dev is None or stream is None:
        sys.exit("The shared data is not here: set SMALLPRINT_SHARED to the folder that holds it.")
    return dev, stream


if __name__ == "__main__":
    if "--fit" in sys.argv:
        refit()
    measure()
