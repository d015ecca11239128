"""smallprint eval, fit."""

import gzip
import json
import subprocess
import sys

import pytest

from tests.cli.conftest import Room
from tests.cli.feeds import IDLE, NEWS, NEWS_TEXT
from tests.cli.labels import a_line, as_lines, many_lines
from tests.shared import PROJECT, shared_path

LABELLED = [
    a_line(NEWS, 1, "lawsuit", platforms=["Suno", "UMG"], event_id="suit", text=NEWS_TEXT),
    a_line(f"{NEWS}, report", 1, "lawsuit", event_id="suit", text=NEWS_TEXT),
    a_line(IDLE, 0, neg_reason="idle"),
    a_line("Garden gnomes return to fashion this summer", 1, "opt-out", doubt=True),
    a_line(
        "Sony Music sues Udio over AI training on recordings",
        0,
        neg_reason="test",
        text="A copyright lawsuit.",
    ),
]


def test_the_scoreboard_and_the_worst_mistakes_are_printed(room: Room) -> None:
    said = room.run("eval", "-", stdin=as_lines(LABELLED))

    assert said.code == 0, said.err
    rows = dict(line.split("\t", 1) for line in said.out.splitlines() if "\t" in line)
    assert said.out.startswith("5 labelled lines, 1 of them in doubt")
    assert rows["relevance: precision"] == "0.667\t0.667\t0.000 to 1.000"
    assert rows["relevance: recall"] == "0.667\t1.000\t0.000 to 1.000"
    assert rows["lawsuit"] == "1.000\t1.000\t0"
    assert rows["stories, B-cubed: F1"] == "1.000\t1.000\t"
    assert "False alerts, sure lines: test 1" in said.out
    assert "- false alert, line 5: Sony Music sues Udio" in said.out
    assert "labelled not our subject (test), scored" in said.out
    assert "- missed, in doubt, line 4: Garden gnomes" in said.out
    assert "    Against: nothing about AI in it" in said.out


def test_the_same_as_json(room: Room) -> None:
    told = room.run("eval", "-", "--json", stdin=as_lines(LABELLED)).json

    assert (told["lines"], told["doubted"]) == (5, 1)
    assert told["sure"]["relevance"] == {"precision": 0.6667, "recall": 1.0, "f1": 0.8, "count": 4}
    assert told["all"]["platforms"]["f1"] == 1
    assert [mistake["kind"] for mistake in told["mistakes"]] == ["false alert", "missed"]
    assert all(mistake["reasons"] for mistake in told["mistakes"])


def test_worst_limits_the_mistakes_of_each_kind(room: Room) -> None:
    assert "mistakes" not in room.run("eval", "-", "--worst", "0", stdin=as_lines(LABELLED)).out


def test_one_event_in_two_stories_and_two_events_in_one_are_told(room: Room) -> None:
    gnomes = a_line("Bandcamp bans AI-generated music from its site", 1, "labelling-or-ban", event_id="suit")
    rewrite = LABELLED[1] | {"event_id": "another"}

    said = room.run("eval", "-", stdin=as_lines([LABELLED[0], rewrite, gnomes]))

    assert "holds 2 events: suit, another" in said.out
    assert "event suit lies in 2 stories" in said.out


def test_a_stream_is_scored_beside_the_labels(room: Room) -> None:
    row = {"outlet": "Digital Music News", "stream": "music", "label": 0, "text": ""}
    stream = [row | {"title": IDLE, "date": f"2025-05-{day:02d}"} for day in range(1, 15)]
    stream += [
        row | {"title": NEWS, "text": NEWS_TEXT, "date": "2025-05-03", "label": 1},
        row | {"title": "Sony Music sues Udio over AI training on recordings", "date": "2025-05-04"},
    ]
    (room.folder / "stream.jsonl.gz").write_bytes(gzip.compress(as_lines(stream).encode()))

    arguments = ("eval", "-", "--stream", "stream.jsonl.gz")
    said = room.run(*arguments, stdin=as_lines(LABELLED))
    told = room.run(*arguments, "--json", stdin=as_lines(LABELLED)).json

    assert "music\t16\t1\t0\t1\t0.50" in said.out
    assert "caught in all: 1 of 1 (1.000)" in said.out
    assert "Worst mistakes in the stream" in said.out
    assert told["stream"]["music"]["false_alerts_a_week"] == 0.5


BAD = {
    "no JSON": ("{not json", "It is not JSON"),
    "no relevance": ('{"title": "x"}', '"relevance" must be 1 (our subject) or 0; it is missing'),
    "a word": (json.dumps(a_line("x", 1) | {"relevance": "yes"}), "it is 'yes'"),
    "another number": (json.dumps(a_line("x", 2)), "it is 2"),
    "topic": (json.dumps(a_line("x", 1, "gossip")), "it is 'gossip'"),
    "platforms": (json.dumps(a_line("x", 1, platforms="Suno")), '"platforms" must be a list of texts'),
    "doubt": (json.dumps(a_line("x", 1, doubt="no")), '"doubt" must be true or false'),
    "event": (json.dumps(a_line("x", 1, event_id=3)), '"event_id" must be text or null'),
    "date": (json.dumps(a_line("x", 1, date="soon")), '"date" must look like'),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["eval", "fit"])
def test_a_bad_line_is_named_with_what_to_write(room: Room, command: str, name: str) -> None:
    bad, why = BAD[name]
    (room.folder / "mine.jsonl").write_text(f"{as_lines(LABELLED)}{bad}\n", encoding="utf-8")

    said = room.run(command, "mine.jsonl")

    assert (said.code, said.out) == (1, "")
    assert "smallprint: mine.jsonl: 1 of 6 lines cannot be read" in said.err
    assert "line 6: " in said.err
    assert why in said.err


def test_all_bad_lines_are_told_at_once_the_first_few_in_full(room: Room) -> None:
    said = room.run("eval", "-", stdin="{}\n" * 7)

    assert "standard input: 7 of 7 lines cannot be read" in said.err
    assert "line 5: " in said.err
    assert "line 6: " not in said.err
    assert "and 2 more" in said.err


@pytest.mark.parametrize("stdin", ["", "\n\n"])
def test_nothing_labelled_is_said_with_what_to_do(room: Room, stdin: str) -> None:
    said = room.run("eval", "-", stdin=stdin)

    assert said.code == 1
    assert "Make some with: smallprint label" in said.err


def test_a_stream_without_dates_is_refused(room: Room) -> None:
    (room.folder / "stream.jsonl").write_text('{"title": "x", "label": 0}\n', encoding="utf-8")

    said = room.run("eval", "-", "--stream", "stream.jsonl", stdin=as_lines(LABELLED))

    assert said.code == 1
    assert "stream.jsonl: 1 of 1 lines cannot be read" in said.err
    assert "alerts are counted by week" in said.err


def test_a_file_that_is_no_gzip_is_refused_in_a_sentence(room: Room) -> None:
    (room.folder / "lines.jsonl.gz").write_bytes(b"plain")

    said = room.run("eval", "lines.jsonl.gz")

    assert said.code == 1
    assert "is not a whole gzip file" in said.err


def test_eval_agrees_with_the_shared_scorer_on_the_shared_labels(room: Room) -> None:
    labels, scorer = shared_path("editorial/dev.jsonl"), shared_path("editorial/score.py")
    verdicts = room.folder / "verdicts.jsonl"
    verdicts.write_text(room.run("judge", str(labels)).out, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(scorer), "labelled", str(verdicts), str(labels)],
        capture_output=True,
        text=True,
        check=True,
    )
    theirs = json.loads(done.stdout.splitlines()[-1])

    told = room.run("eval", str(labels), "--json").json

    assert told["all"]["relevance"]["f1"] == theirs["relevance_all"]["f"]
    assert told["sure"]["relevance"]["f1"] == theirs["relevance_sure"]["f"]
    assert told["all"]["topics"] == theirs["topic_f1"]
    assert told["all"]["platforms"]["f1"] == theirs["platforms"]["f"]
    assert told["all"]["stories"]["f1"] == theirs["stories_bcubed"]["f"]
    assert told["all"]["shared_events"] == theirs["multi_outlet_events_caught"]


LISTS = """
[[group]]
id = "ai-word"
kind = "ai"
en = ["ai"]
[[group]]
id = "suit"
kind = "policy"
topic = "lawsuit"
en = ["sues"]
[[group]]
id = "licence"
kind = "policy"
topic = "licensing-deal"
en = ["licens*", "licence*", "copyright"]
"""


def test_lists_of_another_day_are_judged_with_weights_that_never_saw_the_event(room: Room) -> None:
    lines = [line | {"event_id": f"e{n}"} for n, line in enumerate(many_lines())]
    (room.folder / "mine.jsonl").write_text(as_lines(lines), encoding="utf-8")
    (room.folder / "old.toml").write_text(LISTS, encoding="utf-8")
    shipped = str(PROJECT / "bot/data/lexicon.toml")

    new = room.run("eval", "mine.jsonl", "--json", "--lists-from", shipped).json["sure"]
    old = room.run("eval", "mine.jsonl", "--json", "--lists-from", "old.toml").json["sure"]

    assert new["relevance"]["recall"] > old["relevance"]["recall"], (
        "most of the acts are not in the old lists"
    )
    assert old["relevance"]["count"] == 160


@pytest.mark.parametrize("name", ["missing.toml", "mine.jsonl"])
def test_lists_that_cannot_be_used_are_named(room: Room, name: str) -> None:
    (room.folder / "mine.jsonl").write_text(as_lines(many_lines()), encoding="utf-8")

    said = room.run("eval", "mine.jsonl", "--lists-from", name)

    assert said.code == 1
    assert name in said.err
    assert "Name a lexicon.toml" in said.err


# ---------------------------------------------------------------- fit


def test_too_few_labels_are_refused_with_how_many_are_needed(room: Room) -> None:
    said = room.run("fit", "-", stdin=as_lines(LABELLED))

    assert said.code == 1
    assert "too few labels to learn from: of 5 labelled lines" in said.err
    assert "60 lines with 15 events of each kind are needed" in said.err
    assert "smallprint label" in said.err
    assert not (room.folder / "weights.json").exists()


@pytest.mark.parametrize("start", [(), ("--afresh",)], ids=["from the weights in force", "afresh"])
def test_weights_are_fitted_reported_written_and_used(room: Room, start: tuple[str, ...]) -> None:
    (room.folder / "mine.jsonl").write_text(as_lines(many_lines()), encoding="utf-8")

    said = room.run("fit", "mine.jsonl", "--out", "own.json", *start)

    assert said.code == 0, said.err
    assert "160 labelled lines; learned from " in said.out
    assert "relevance F1 by fold, worst first: " in said.out
    assert "set SMALLPRINT_WEIGHTS=own.json" in said.err
    table = json.loads((room.folder / "own.json").read_text(encoding="utf-8"))
    assert table["origin"]["labels"] == "mine.jsonl"
    assert len(table["origin"]["reached"]["by_fold"]) == 5
    assert table["origin"]["examples"].startswith("bot/data/examples.toml: headlines invented")
    before = room.run("eval", "mine.jsonl", "--json").json["all"]["relevance"]["f1"]
    room.set("WEIGHTS", "own.json")
    after = room.run("eval", "mine.jsonl", "--json").json["all"]["relevance"]["f1"]
    assert after >= before
    assert after > 0.95, "two kinds of headline that differ in their words can be told apart"


def test_a_stream_is_learned_from_too_but_never_what_the_lines_hold_already(room: Room) -> None:
    row = {"outlet": "Digital Music News", "stream": "music", "label": 0, "text": "", "date": "2025-05-10"}
    new = [
        row | {"title": f"Suno launches AI music app {n} for songwriters with new licence plans"}
        for n in range(30)
    ]
    old = [row | {"title": line["title"]} for line in many_lines()]
    mine = as_lines(many_lines())
    counts = []
    for rows in ([], new, [*new, *old]):
        (room.folder / "stream.jsonl").write_text(as_lines([*rows, row | {"title": IDLE}]), encoding="utf-8")
        said = room.run("fit", "-", "--stream", "stream.jsonl", "--out", "own.json", "--force", stdin=mine)
        assert said.code == 0, said.err
        counts.append(json.loads((room.folder / "own.json").read_text(encoding="utf-8"))["origin"]["rows"])

    assert counts == [counts[0], counts[0] + 30, counts[0] + 30]


def test_a_fit_on_labels_without_a_word_on_terms_still_knows_how_services_speak_of_training(
    room: Room,
) -> None:
    mine = as_lines([line for line in many_lines() if line["topic"] != "terms-training"])

    said = room.run("fit", "-", "--out", "own.json", "--afresh", stdin=mine)

    assert said.code == 0, said.err
    assert "144 labelled lines; learned from " in said.out
    origin = json.loads((room.folder / "own.json").read_text(encoding="utf-8"))["origin"]
    assert origin["rows"] > 144, "the examples are learned from beside the lines"
    assert origin["reached"]["n"] == 144, "they are never scored"
    room.set("WEIGHTS", "own.json")
    title = "Udio changes its terms: songs may now train AI models"
    verdict = room.run("judge", "-", stdin=as_lines([a_line(title, 1)])).json
    assert (verdict["relevant"], verdict["topic"]) == (True, "terms-training")


def test_the_same_lines_give_the_same_weights(room: Room) -> None:
    for name in ("one.json", "two.json"):
        assert room.run("fit", "-", "--out", name, stdin=as_lines(many_lines())).code == 0

    one, two = (json.loads((room.folder / name).read_text()) for name in ("one.json", "two.json"))
    assert one["relevance"] == two["relevance"]
    assert one["topics"] == two["topics"]


def test_a_file_is_not_written_over_by_accident(room: Room) -> None:
    (room.folder / "own.json").write_text("mine", encoding="utf-8")

    said = room.run("fit", "-", "--out", "own.json", stdin=as_lines(many_lines()))

    assert said.code == 1
    assert "own.json is there already" in said.err
    assert (room.folder / "own.json").read_text(encoding="utf-8") == "mine"


BAD_WEIGHTS = {
    "missing": (None, "cannot be read"),
    "no JSON": ("weights", "is not a file of weights"),
    "a list": ("[]", "is not a file of weights"),
    "empty": ("{}", "own.json, relevance: it is missing"),
}


@pytest.mark.parametrize("name", BAD_WEIGHTS)
def test_weights_that_cannot_be_used_are_named(room: Room, name: str) -> None:
    text, why = BAD_WEIGHTS[name]
    if text is not None:
        (room.folder / "own.json").write_text(text, encoding="utf-8")
    room.set("WEIGHTS", "own.json")

    said = room.run("eval", "-", stdin=as_lines(LABELLED))

    assert said.code == 1
    assert why in said.err
    assert "SMALLPRINT_WEIGHTS" in said.err
