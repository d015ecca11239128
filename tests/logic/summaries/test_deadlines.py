"""Days that a story names: what must be done by them, in whose words."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.logic.summaries.deadlines import MOST, find_deadlines, nearest
from bot.model import Deadline, Sentence, Summary
from tests.builders import NOON, a_judged_entry, a_view


def found(text: str, lang: str = "en", **changes: object) -> tuple[Deadline, ...]:
    values = {"summary": text, "lang": lang} | changes
    return find_deadlines(a_view(a_judged_entry("Headline", **values)), NOON)


def days(text: str, lang: str = "en") -> list[tuple[str, str]]:
    return [(f"{each.at:%Y-%m-%d}", each.what) for each in found(text, lang)]


@pytest.mark.parametrize(
    ("text", "lang", "day", "what"),
    [
        ("The new terms take effect on 1 July 2025.", "en", "2025-07-01", "effect"),
        ("They come into force on July 1, 2025, the site says.", "en", "2025-07-01", "effect"),
        ("The policy is effective June 3rd.", "en", "2025-06-03", "effect"),
        ("Artists can opt out until 30 June.", "en", "2025-06-30", "opt-out"),
        ("Anyone who wants to object must do so by 2025-06-30.", "en", "2025-06-30", "opt-out"),
        ("The consultation closes on 25 February 2026.", "en", "2026-02-25", "consultation"),
        ("Comments are due by 12 January.", "en", "2026-01-12", "consultation"),
        ("The deadline is 15 May.", "en", "2025-05-15", "other"),
        ("Die neuen Bedingungen treten am 1. Juli 2025 in Kraft.", "de", "2025-07-01", "effect"),
        ("Musiker können bis zum 30. Juni 2025 widersprechen.", "de", "2025-06-30", "opt-out"),
        ("Die Konsultation endet am 3.6.2025.", "de", "2025-06-03", "consultation"),
        ("Les conditions entrent en vigueur le 1er juillet 2025.", "fr", "2025-07-01", "effect"),
        ("Les artistes peuvent s'opposer jusqu'au 30 juin 2025.", "fr", "2025-06-30", "opt-out"),
        ("La consultation se termine le 4 août 2025.", "fr", "2025-08-04", "consultation"),
        ("Las condiciones entran en vigor el 1 de julio de 2025.", "es", "2025-07-01", "effect"),
        ("Se puede excluirse hasta el 30 de junio de 2025.", "es", "2025-06-30", "opt-out"),
        ("Os termos entram em vigor em 1 de julho de 2025.", "pt-BR", "2025-07-01", "effect"),
        ("A consulta vai até 30 de junho de 2025.", "pt", "2025-06-30", "consultation"),
        ("新しい規約は2025年7月1日に施行される。", "ja", "2025-07-01", "effect"),
        ("6月30日までオプトアウトできる。", "ja", "2025-06-30", "opt-out"),
        ("意見募集は2025年6月30日まで。", "ja", "2025-06-30", "consultation"),
    ],
)
def test_a_day_is_read_in_six_languages(text: str, lang: str, day: str, what: str) -> None:
    assert days(text, lang) == [(day, what)]


@pytest.mark.parametrize(
    "text",
    [
        "The terms took effect on 1 February 2024.",
        "The hearing is set for 3 June 2025.",
        "The album was released by Alto on 3 June 2025.",
        "On 3 June 2025 the label spoke with us.",
        "Artists can opt out until the end of the month.",
        "The service closes deals by the dozen; 1,200 by now.",
        "The terms take effect on 31 February 2026.",
        "It will take effect on 1 July 2099.",
        "The trial, with submissions due by 3 June 2025, goes on.",
        "",
    ],
)
def test_what_has_passed_or_concerns_nobody_is_no_deadline(text: str) -> None:
    assert days(text) == []


def test_the_words_are_quoted_whole_with_the_entry_that_they_stand_in() -> None:
    text = "It went on. “The <b>terms</b> take effect on 1 July 2025.” More followed."

    [deadline] = found(text, id=7)

    assert deadline.quote == "“The terms take effect on 1 July 2025.”"
    assert (deadline.entry_id, deadline.at) == (7, datetime(2025, 7, 1, tzinfo=UTC))


def test_an_endless_sentence_is_quoted_around_its_date() -> None:
    [deadline] = found("word " * 300 + "the terms take effect on 1 July 2025 " + "word " * 300)

    assert "take effect on 1 July 2025" in deadline.quote
    assert len(deadline.quote) <= 402
    assert deadline.quote.startswith("…")


def test_two_outlets_that_name_the_same_day_make_one_deadline() -> None:
    entries = [
        a_judged_entry(title, id=n, summary="The terms take effect on 1 July 2025.")
        for n, title in enumerate(("One", "Two"), start=1)
    ]

    assert len(find_deadlines(a_view(*entries), NOON)) == 1


def test_the_nearest_come_first_and_there_are_not_many() -> None:
    text = " ".join(f"Terms {n} take effect on {n} July 2025." for n in range(9, 0, -1))

    deadlines = found(text)

    assert [each.at.day for each in deadlines] == list(range(1, MOST + 1))
    assert nearest(deadlines) == deadlines[0]
    assert nearest(()) is None


def test_a_clauses_day_in_force_comes_from_what_is_told_of_it() -> None:
    view = a_view(a_judged_entry("Clause"))
    told = Sentence("You have until 1 July 2025 to object, opt out or leave.", 1)
    summary = Summary("", "", (), None, (), (told,), (), "en")

    [deadline] = find_deadlines(view, NOON, summary)

    assert (deadline.what, deadline.at) == ("opt-out", datetime(2025, 7, 1, tzinfo=UTC))


def test_a_day_without_a_year_counts_from_when_it_was_said() -> None:
    old = NOON - timedelta(days=200)

    assert found("Artists can opt out until 1 December.", published_at=old) == ()
    [deadline] = found("Artists can opt out until 1 December.")
    assert deadline.at == datetime(2025, 12, 1, tzinfo=UTC)
