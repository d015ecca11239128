"""The scoreboard's figures, by hand on small cases and against the shared scorer on random ones."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.model import Topic, Verdict
from bot.workbench.scoring import Gold, Scored, Streamed, bcubed, score, score_stream
from tests.builders import a_verdict
from tests.shared import shared_path

SUIT, DEAL, BAN = Topic.LAWSUIT, Topic.LICENSING_DEAL, Topic.LABELLING_OR_BAN


def ours(topic: Topic | None = SUIT, **more: Any) -> Gold:
    return Gold(True, topic, **more)


def taken(topic: Topic = SUIT, *platforms: str) -> Verdict:
    return a_verdict(True, topic=topic, platforms=platforms)


LEFT = a_verdict(False)


def test_relevance_counts_what_was_taken_and_what_was_missed() -> None:
    lines = [
        Scored(ours(), taken(), "s1"),
        Scored(ours(), LEFT, None),
        Scored(ours(BAN), LEFT, None),
        Scored(Gold(False, why_not="product"), taken(), "s2"),
        Scored(Gold(False), LEFT, None),
    ]

    board = score(lines)

    assert (board.relevance.precision, board.relevance.recall) == (0.5, 0.3333)
    assert board.relevance.f1 == 0.4
    assert board.relevance.count == 5
    assert board.false_alerts == {"product": 1}
    assert board.missed == {"lawsuit": 1, "labelling-or-ban": 1}


def test_topics_are_a_mean_over_topics_whatever_their_size() -> None:
    lines = [Scored(ours(), taken(SUIT), None) for _ in range(9)]
    lines += [Scored(ours(DEAL), taken(DEAL), None), Scored(ours(DEAL), taken(SUIT), None)]

    board = score(lines)

    assert board.topics == {"lawsuit": 0.9474, "licensing-deal": 0.6667}
    assert board.topic_f1 == pytest.approx((0.9474 + 0.6667) / 2, abs=1e-4)


def test_a_labelled_topic_counts_as_told_when_it_is_the_second_one_named() -> None:
    both = a_verdict(True, topic=SUIT, also_topic=DEAL)
    lines = [Scored(ours(DEAL), both, None), Scored(ours(SUIT), both, None), Scored(ours(BAN), both, None)]

    board = score(lines)

    assert board.topic_f1 == pytest.approx((0.5 + 0 + 0) / 3, abs=1e-4)
    assert board.topic_f1_two == pytest.approx((2 / 3 + 1 + 0) / 3, abs=1e-4)


def test_platforms_are_compared_by_letters_and_digits() -> None:
    lines = [Scored(ours(platforms=("sony-music", "Udio")), taken(SUIT, "Sony Music", "Suno"), None)]

    assert score(lines).platforms.f1 == 0.5


def test_what_nobody_said_counts_neither_way() -> None:
    board = score([Scored(ours(None, platforms=None), taken(SUIT, "Suno"), "s1")])

    assert board.relevance.f1 == 1
    assert (board.topics, board.platforms.count, board.stories.count) == ({}, 0, 0)


def test_stories_are_compared_entry_by_entry() -> None:
    assert bcubed("aabb", "xxyy").f1 == 1
    assert bcubed("aabb", "xxxx").precision == 0.5
    assert bcubed("aabb", "wxyz").recall == 0.5


def test_entries_that_joined_no_story_stand_alone() -> None:
    lines = [Scored(ours(event="e"), taken(), None) for _ in range(2)]

    assert (score(lines).stories.precision, score(lines).stories.recall) == (1, 0.5)


def test_an_event_is_caught_by_one_of_its_lines() -> None:
    lines = [
        Scored(ours(event="two"), taken(), "s1"),
        Scored(ours(event="two"), LEFT, None),
        Scored(ours(event="one"), LEFT, None),
    ]

    board = score(lines)

    assert (board.events, board.shared_events) == (0.5, 1)


def test_no_lines_make_no_figures_and_no_fault() -> None:
    board = score([])

    assert (board.relevance.f1, board.topic_f1, board.stories.f1, board.events) == (0, 0, 0, 0)


def test_a_streams_alerts_are_counted_by_week_of_days_with_lines() -> None:
    days = [f"2025-05-{day:02d}" for day in range(1, 15)]
    lines = [Streamed("tech", day, relevant=False, taken=day == days[3]) for day in days]
    lines += [Streamed("music", days[0], True, True), Streamed("music", days[0], True, False)]

    figures = score_stream(lines)

    assert list(figures) == ["music", "tech"]
    assert figures["tech"].false_alerts_a_week == 0.5
    assert (figures["music"].caught, figures["music"].missed, figures["music"].rates.recall) == (1, 1, 0.5)


# ---------------------------------------------------------------- against the shared scorer

NAMES = ("Suno", "Udio", "UMG", "Sony Music", "sony-music", "Spotify")


def a_case(chance: random.Random) -> tuple[list[Scored], list[dict[str, Any]], list[dict[str, Any]]]:
    """Labels and verdicts drawn at random, for us and for the shared scorer."""
    lines, verdicts, labels = [], [], []
    for _ in range(chance.randrange(1, 120)):
        relevant, mine = chance.random() < 0.5, chance.random() < 0.6
        topic = chance.choice(list(Topic)) if relevant else None
        gold = Gold(
            relevant,
            topic,
            tuple(chance.sample(NAMES, chance.randrange(3))),
            chance.choice([None, *"abcdefg"]),
            chance.random() < 0.2,
            "" if relevant else chance.choice("xyz"),
        )
        verdict = a_verdict(
            mine,
            topic=chance.choice([topic or SUIT, *Topic]) if mine else None,
            platforms=tuple(chance.sample(NAMES, chance.randrange(4))),
        )
        story = chance.choice([None, *"stuvw"]) if mine else None
        lines.append(Scored(gold, verdict, story))
        verdicts.append(
            {
                "relevant": mine,
                "topic": verdict.topic,
                "platforms": list(verdict.platforms),
                "story": story,
            }
        )
        labels.append(
            {
                "relevance": int(relevant),
                "topic": topic,
                "platforms": list(gold.platforms or ()),
                "event_id": gold.event,
                "doubt": gold.doubt,
                "neg_reason": gold.why_not,
            }
        )
    return lines, verdicts, labels


def write(path: Path, rows: list[dict[str, Any]]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def shared_scorer(mode: str, folder: Path, verdicts: list[dict[str, Any]], rows: list[dict[str, Any]]) -> Any:
    scorer = str(shared_path("editorial/score.py"))
    files = write(folder / "verdicts.jsonl", verdicts), write(folder / "rows.jsonl", rows)
    done = subprocess.run(
        [sys.executable, scorer, mode, *files], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("seed", range(12))
def test_labelled_lines_score_as_with_the_shared_scorer(seed: int, tmp_path: Path) -> None:
    lines, verdicts, labels = a_case(random.Random(seed))
    theirs = shared_scorer("labelled", tmp_path, verdicts, labels)

    board, sure = score(lines), score([line for line in lines if not line.gold.doubt])

    def prf(rates: Any) -> dict[str, float]:
        return {"p": rates.precision, "r": rates.recall, "f": rates.f1}

    assert prf(board.relevance) | {"n": len(lines)} == theirs["relevance_all"]
    assert prf(sure.relevance) | {"n": sure.relevance.count} == theirs["relevance_sure"]
    assert sure.false_alerts == theirs["false_alerts_by_reason"]
    assert sure.missed == theirs["missed_by_topic"]
    assert (board.topic_f1, dict(board.topics)) == (theirs["topic_macro_f1"], theirs["topic_f1"])
    assert prf(board.platforms) == theirs["platforms"]
    assert prf(board.stories) | {"n": board.stories.count} == theirs["stories_bcubed"]
    assert (board.events, board.shared_events) == (
        theirs["events_caught"],
        theirs["multi_outlet_events_caught"],
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_stream_scores_as_with_the_shared_scorer(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    rows = [
        {
            "stream": chance.choice(["tech", "music", "wire"]),
            "date": f"2025-05-{chance.randrange(1, 29):02d}",
            "label": int(chance.random() < 0.1),
            "label_basis": "read",
        }
        for _ in range(300)
    ]
    taken = [chance.random() < 0.1 for _ in rows]
    theirs = shared_scorer("stream", tmp_path, [{"relevant": each} for each in taken], rows)

    figures = score_stream(
        Streamed(row["stream"], row["date"], bool(row["label"]), mine)
        for row, mine in zip(rows, taken, strict=True)
    )

    assert {
        name: {
            "p": row.rates.precision,
            "r": row.rates.recall,
            "f": row.rates.f1,
            "items": row.lines,
            "hits": row.caught,
            "false_alerts": row.false_alerts,
            "missed": row.missed,
            "false_alerts_a_week": row.false_alerts_a_week,
        }
        for name, row in figures.items()
    } == theirs
