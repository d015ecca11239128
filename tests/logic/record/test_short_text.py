"""A platform's record in chat: short, in the reader's language, strangers' words harmless."""

from dataclasses import replace
from datetime import date

import pytest

from bot.logic.record.fold import RecordFacts, platform_record
from bot.logic.record.short_text import record_plain
from bot.logic.text.inert import for_discord
from bot.model.record import Position, Precision, RecordOrigin, RecordSubject
from bot.words import LANGUAGES, words
from tests.logic.record.test_fold import GRANT, PROMISE, TODAY, WISH, amended, claim, event, folded
from tests.logic.record.test_lines import rich
from tests.records import a_revision

EN = words("en")


def test_it_says_where_they_stand_what_they_said_what_is_open_and_what_was_last() -> None:
    text = record_plain(rich(), 2000, EN)

    lines = text.splitlines()
    assert lines[0] == "Where SoundCloud stands on AI"
    assert lines[1] == "• Training on your music: limited (since 2025-05-27)"
    assert "Corrected: The clause was misread" in text
    assert "2024-03-01: Never.\n↔ Maybe." in text
    assert "? Older songs?" in text
    assert "2025-05-27: The terms gain a clause on training. https://soundcloud.example/terms" in text
    assert "Silence" not in text, "what was taken back is not told"
    assert "unknown" not in text


def test_words_and_limits_come_under_their_subject() -> None:
    both = event("seed:a", date(2024, 2, 7), claim(Position.ALLOWS, words="may train", limits="Not labels."))

    assert "  “may train”\n  Not labels." in record_plain(folded(both), 2000, EN)


def test_a_month_stays_a_month_and_a_first_reading_claims_no_date() -> None:
    month = replace(GRANT, precision=Precision.MONTH, happened_on=date(2024, 2, 1))
    read = event(
        "terms:a",
        date(2031, 5, 1),
        claim(Position.FORBIDS, RecordSubject.LABELS),
        origin=RecordOrigin.BASELINE,
    )

    text = record_plain(folded(month, read), 2000, EN)

    assert "(since 2024-02)" in text
    assert "\n2024-02: The terms gain" in text
    assert "(first seen 2031-05-01, since when is not known)" in text


@pytest.mark.parametrize("limit", [1, 20, 60, 120, 300, 500])
def test_it_never_exceeds_its_room_and_drops_whole_lines_from_the_end(limit: int) -> None:
    whole, short = record_plain(rich(), 5000, EN), record_plain(rich(), limit, EN)

    assert len(short) <= limit
    assert limit < 40 or whole.startswith(short)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_can_tell_every_part(lang: str) -> None:
    text = record_plain(rich(), 5000, words(lang))

    assert "SoundCloud" in text.splitlines()[0]
    assert "Never." in text, "what was said stays in the words in which it was said"
    assert lang == "en" or text != record_plain(rich(), 5000, EN)


def test_what_was_only_read_once_is_told_without_events_and_a_correction_without_a_date() -> None:
    read = event("terms:a", date(2031, 5, 1), claim(Position.FORBIDS), origin=RecordOrigin.BASELINE)
    record = platform_record("SoundCloud", RecordFacts(clauses=[read]), TODAY)
    undated = replace(record, standings=(replace(record.standings[0], seen_on=None),))

    assert len(record_plain(record, 2000, EN).splitlines()) == 2
    assert record_plain(undated, 2000, EN).endswith("• Training on your music: forbidden")


def test_a_platform_without_a_record_is_told_so() -> None:
    assert record_plain(folded(), 400, EN).startswith("I have nothing on record for SoundCloud yet.")


def test_strangers_words_are_harmless() -> None:
    hostile = replace(
        PROMISE,
        sentence="**@everyone** [click](https://evil.example)",
        said="<@1> hello",
        url="javascript:alert(1)",
        claims=(claim(Position.ALLOWS, words="`code` @here"),),
    )

    text = record_plain(folded(hostile), 2000, EN, for_discord)

    assert "@everyone" not in text
    assert "@here" not in text
    assert "<@1>" not in text
    assert "\\[click\\](evil.example)" in text, "no link that hides where it leads"
    assert "javascript:" not in text


def test_a_record_of_corrections_alone_is_a_record() -> None:
    record = amended(
        wish=WISH, before=RecordFacts([a_revision(GRANT), a_revision(GRANT, 2, withdrawn=True, reason="x")])
    )

    assert "forbidden" in record_plain(record, 2000, EN)
    assert platform_record("Udio", RecordFacts(), TODAY).is_empty
