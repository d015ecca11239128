"""smallprint label, label export."""

import json
from typing import Any

import pytest

from tests.cli.conftest import Room
from tests.cli.feeds import IDLE, NEWS, NEWS_TEXT, FeedSite

BAN = "Bandcamp bans AI-generated music"


@pytest.fixture
def fed(room: Room, site: FeedSite) -> Room:
    """A bot that has collected three entries."""
    room.watch(site.show("/feed", (IDLE, ""), (NEWS, NEWS_TEXT), (BAN, "")))
    assert room.run("once").code == 0
    return room


def exported(room: Room) -> list[dict[str, Any]]:
    return [json.loads(line) for line in room.run("label", "export", "-").out.splitlines()]


def test_entries_are_shown_with_what_is_needed_to_decide_and_answers_are_recorded(fed: Room) -> None:
    said = fed.run("label", "--by", "ada", stdin="y\nn?\n10\n")

    assert said.code == 0, said.err
    assert "1 of 3  " in said.out
    assert "Gazette A, 20" in said.out
    assert NEWS_TEXT[:60] in said.out
    assert "Verdict: on our subject, score 0.9" in said.out
    assert "topic if it is ours: lawsuit" in said.out
    assert "- AI: " in said.out
    assert "3 answers recorded" in said.err
    labels = exported(fed)
    assert [(row["relevance"], row["doubt"], row["labelled_by"]) for row in labels] == [
        (1, False, "ada"),
        (0, True, "ada"),
        (1, False, "ada"),
    ]
    assert labels[2]["topic"] == "guidance"
    assert {row["title"] for row in labels} == {IDLE, NEWS, BAN}


def test_an_answer_can_be_taken_back_and_given_anew(fed: Room) -> None:
    said = fed.run("label", stdin="u\ny\nundo\nn\nq\n")

    assert "There is nothing to take back." in said.out
    (row,) = exported(fed)
    assert row["relevance"] == 0
    assert "1 answer recorded" in said.err


def test_what_is_not_understood_is_answered_with_help_and_asked_again(fed: Room) -> None:
    said = fed.run("label", stdin="perhaps\n\ns\nq\n")

    assert said.out.count("1 of 3  ") == 1
    assert said.out.count("y: our subject") == 2
    assert "3 licensing-deal" in said.out
    assert "2 of 3  " in said.out
    assert exported(fed) == []


def test_the_end_of_the_input_ends_the_session_and_keeps_the_answers(fed: Room) -> None:
    said = fed.run("label", stdin="y\n")

    assert said.code == 0
    assert len(exported(fed)) == 1


def test_a_session_goes_on_where_the_last_one_ended(fed: Room) -> None:
    fed.run("label", "--limit", "1", stdin="y\n")

    again = fed.run("label", stdin="")

    assert "1 of 2  " in again.out


def test_when_everything_is_decided_that_is_said(fed: Room) -> None:
    fed.run("label", stdin="y\ny\ny\n")

    said = fed.run("label", stdin="")

    assert said.code == 0
    assert "There is no undecided entry" in said.err


def test_an_export_is_read_by_eval(fed: Room) -> None:
    fed.run("label", stdin="y\nn\nn\n")
    fed.run("label", "export", "mine.jsonl")

    told = fed.run("eval", "mine.jsonl", "--json")

    assert told.code == 0, told.err
    assert told.json["lines"] == 3


def test_an_export_judges_as_the_entry_did(fed: Room, site: FeedSite) -> None:
    fed.run("label", stdin="y\ny\ny\n")
    fed.run("label", "export", "mine.jsonl")
    judged = [json.loads(line) for line in fed.run("judge", "mine.jsonl").out.splitlines()]

    for row, verdict in zip(exported(fed), judged, strict=True):
        (known,) = fed.run("why", row["url"], "--json").json
        assert verdict["score"] == known["verdict"]["score"]


def test_an_export_is_not_written_over_a_file_by_accident(fed: Room) -> None:
    target = fed.folder / "mine.jsonl"
    target.write_text("mine", encoding="utf-8")

    refused = fed.run("label", "export", "mine.jsonl")
    assert (refused.code, target.read_text(encoding="utf-8")) == (1, "mine")
    assert "--force" in refused.err

    assert fed.run("label", "export", "mine.jsonl", "--force").code == 0
    assert target.read_text(encoding="utf-8") == ""


def test_an_export_into_a_folder_that_is_not_there_is_refused_in_a_sentence(fed: Room) -> None:
    said = fed.run("label", "export", "nowhere/mine.jsonl")

    assert said.code == 1
    assert "cannot be written" in said.err


def test_without_a_database_there_is_nothing_to_label(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/feed", (IDLE, "")))

    said = room.run("label", stdin="y\n")

    assert said.code == 1
    assert "Traceback" not in said.err
