"""The record as text and JSON: words beside every colour, dates as exact as they are known, nothing former hidden."""

from dataclasses import replace
from datetime import date

import pytest

from bot.logic.record.fold import RecordFacts, platform_record
from bot.logic.record.lines import record_lines
from bot.logic.record.words import LABELS, Tone, day, glance, since, source
from bot.logic.site.record_json import glance_json, record_json
from bot.model.record import (
    Claim,
    PlatformRecord,
    Position,
    Precision,
    RecordOrigin,
    RecordSubject,
    Standing,
)
from tests.logic.record.test_fold import GRANT, PROMISE, TODAY, TRAINING, WISH, amended, event, folded
from tests.records import a_revision, an_amendment


def rich() -> PlatformRecord:
    """A record with something in each of its parts."""
    asks = event(
        "seed:asks", date(2024, 3, 1), open_question="Older songs?", said="Never.", other_side="Maybe."
    )
    unsaid = event("seed:unsaid", date(2024, 4, 1), said="Silence.", url="")
    known = RecordFacts(
        [
            a_revision(GRANT),
            a_revision(replace(GRANT, sentence="Better said."), 2, reason="It was unclear"),
            a_revision(PROMISE),
            a_revision(asks),
            a_revision(unsaid),
            a_revision(unsaid, 2, reason="Not so", withdrawn=True),
        ]
    )
    return amended(wish=replace(WISH, position=Position.LIMITS), before=known)


def test_the_lines_say_position_date_words_answers_questions_and_everything_former() -> None:
    text = "\n".join(record_lines(rich()))

    assert "Training on uploads: limited, since 27 May 2025" in text
    assert (
        "the record said before: only with consent from 27 May 2025 (corrected: The clause was misread)"
        in text
    )
    assert "before: allowed from 7 February 2024 until 27 May 2025: “may be used to train”" in text
    assert "SoundCloud: Never.\n    The other side: Maybe." in text
    assert "1 March 2024  Older songs?" in text
    assert "[taken back: Not so]" in text
    assert "said before: The terms gain a clause on training." in text
    assert "corrected by ada" in text
    assert text.count("Music made with AI: not known") == 1


def test_a_record_of_nothing_is_seven_unknown_subjects() -> None:
    lines = list(record_lines(folded()))

    assert [line.strip() for line in lines[2:]] == [f"{label}: not known" for label in LABELS.values()]


def test_words_and_limits_stand_under_the_position_and_an_event_without_a_source_alone() -> None:
    told = event("seed:a", date(2024, 1, 1), replace(GRANT.claims[0], limits="Not labels."), url="")

    lines = list(record_lines(folded(told)))

    assert lines[3:6] == ["    “may be used to train”", "    Not labels.", "    (from the history)"]
    assert lines[-1] == "  1 January 2024  The terms gain a clause on training."


def test_a_former_wording_that_only_changed_its_source_is_not_told_twice() -> None:
    known = RecordFacts(
        [a_revision(GRANT), a_revision(replace(GRANT, url="https://better.example"), 2, reason="x")]
    )

    assert "said before" not in "\n".join(record_lines(platform_record("SoundCloud", known, TODAY)))


def test_an_answer_without_a_speaker_and_another_side_is_one_line() -> None:
    said = event("seed:said", date(2024, 1, 1), said="Never.")
    record = folded(said)

    (statement,) = record.said
    lines = list(record_lines(replace(record, said=(replace(statement, speaker=""),))))

    assert "  1 January 2024  Never." in lines


def test_the_json_has_every_part_and_only_plain_values() -> None:
    import json

    plain = record_json(rich())

    assert json.loads(json.dumps(plain)) == plain
    assert set(plain) == {
        "platform", "standings", "company_statements", "open_questions", "timeline", "amendments",
    }  # fmt: skip
    training = plain["standings"][0]
    assert (training["position"], training["word"], training["tone"]) == ("limits", "limited", "mixed")
    assert training["amended"]["before"]["position"] == "only-with-consent"
    assert [each["corrected_because"] for each in training["earlier"]] == ["The clause was misread", ""]
    assert plain["timeline"][-1]["earlier"][0]["sentence"] == "The terms gain a clause on training."
    assert plain["company_statements"][0]["other_side"] == "Maybe."
    assert plain["open_questions"][0]["text"] == "Older songs?"


def test_the_json_of_what_is_not_known_is_null() -> None:
    standing = record_json(platform_record("Udio", RecordFacts(amendments=[an_amendment("Udio")]), TODAY))

    assert standing["standings"][1]["since"] is None
    assert standing["standings"][1]["origin"] is None
    assert standing["amendments"][0]["before"] is None
    assert standing["timeline"] == []


def test_one_row_of_the_table_has_a_word_and_a_tone_for_each_subject() -> None:
    row = glance_json(folded(GRANT, PROMISE))

    assert set(row["standings"]) == {subject.value for subject in RecordSubject}
    assert row["standings"]["training"] == {
        "position": "only-with-consent",
        "word": "only with consent",
        "tone": "protects",
        "since": "2025-05-27",
    }
    assert (row["events"], row["open_questions"]) == (2, 0)


def test_every_position_on_every_subject_has_a_word_and_different_ones_differ() -> None:
    for subject in RecordSubject:
        words = [glance(subject, position).word for position in Position]
        assert len(set(words)) == len(words), subject


@pytest.mark.parametrize(
    ("subject", "position", "tone"),
    [
        (TRAINING, Position.ALLOWS, Tone.EXPOSES),
        (TRAINING, Position.FORBIDS, Tone.PROTECTS),
        (RecordSubject.LICENSING_ON, Position.FORBIDS, Tone.MIXED),
        (RecordSubject.OPTING_OUT, Position.FORBIDS, Tone.EXPOSES),
        (RecordSubject.LABELS, Position.UNKNOWN, Tone.OPEN),
    ],
)
def test_the_tone_is_what_the_position_means_to_an_artist(
    subject: RecordSubject, position: Position, tone: Tone
) -> None:
    assert glance(subject, position).tone is tone


def test_a_date_is_told_as_exactly_as_it_is_known() -> None:
    assert day(date(2024, 2, 7), Precision.DAY) == "7 February 2024"
    assert day(date(2024, 12, 1), Precision.MONTH) == "December 2024"


@pytest.mark.parametrize("origin", [*RecordOrigin, None])
def test_where_a_standing_comes_from_and_since_when_are_told_only_as_far_as_known(
    origin: RecordOrigin | None,
) -> None:
    standing = Standing(TRAINING, Claim(TRAINING, Position.ALLOWS), origin=origin, seen_on=date(2031, 5, 1))

    assert since(standing) == "seen 1 May 2031, since when is not known"
    assert since(replace(standing, seen_on=None)) == ""
    assert bool(source(standing)) is (origin is not None)
    assert "corrected by ada" in source(replace(standing, amended=an_amendment()))
