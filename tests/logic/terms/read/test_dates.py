"""What pages say about their own age."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logic.terms.read.dates import effective_on, updated_on, without_relative_dates

SEVENTH = date(2025, 5, 7)


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("Last updated: May 7, 2025", "en"),
        ("Last Updated on Wednesday, May 7th, 2025.", "en"),
        ("**_Last updated: May 7, 2025_**", "en"),
        ("Last modified 7 May 2025", "en"),
        ("Modified: 7 May 2025", "en"),
        ("Date of last revision: 7th of May, 2025", "en"),
        ("Updated 2025-05-07", "en"),
        ("Last updated\n\nMay 7, 2025", "en"),
        ("Version of 07.05.2025", "en"),
        ("Stand: 7. Mai 2025", "de"),
        ("Zuletzt aktualisiert am 07.05.2025", "de"),
        ("Letzte Änderung: 7.5.2025", "de"),
        ("Dernière mise à jour : 7 mai 2025", "fr"),
        ("Mis à jour le 07/05/2025", "fr"),
        ("Última actualización: 7 de mayo de 2025", "es"),
        ("Actualizado el 07/05/2025", "es"),
        ("Última atualização: 7 de maio de 2025", "pt"),
        ("Atualizado em 07/05/2025", "pt"),
        ("最終更新日：2025年5月7日", "ja"),
        ("改定日 2025/05/07", "ja"),
    ],
)
def test_the_day_of_the_last_update_is_read_as_pages_write_it(line: str, lang: str) -> None:
    assert updated_on(f"Tonebarn\n\n{line}\n\nWelcome to Tonebarn.", lang) == SEVENTH


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("Effective Date: May 7, 2025", "en"),
        ("These terms take effect on 7 May 2025.", "en"),
        ("Effective as of May 7, 2025", "en"),
        ("Diese Bedingungen sind gültig ab dem 7. Mai 2025.", "de"),
        ("Date d’entrée en vigueur : 7 mai 2025", "fr"),
        ("Fecha de entrada en vigor: 7 de mayo de 2025", "es"),
        ("Data de vigência: 7 de maio de 2025", "pt"),
        ("施行日：2025年5月7日", "ja"),
    ],
)
def test_the_day_of_effect_is_read_as_pages_write_it(line: str, lang: str) -> None:
    assert effective_on(line, lang) == SEVENTH


def test_first_of_the_month_is_a_day_in_french() -> None:
    assert updated_on("Dernière mise à jour : 1er juin 2025", "fr") == date(2025, 6, 1)


@pytest.mark.parametrize(
    "line",
    [
        "Last updated 03/04/2025",  # March or April: nobody can tell in English
        "Updated May 2025",
        "Last updated: 31 February 2025",
        "Updated yesterday",
        "We updated our offices. The festival is on May 7, 2025.",
        "Founded on May 7, 2025",
        "Last updated: 99999-99-99",
        "",
    ],
)
def test_what_is_no_sure_day_is_none(line: str) -> None:
    assert updated_on(line) is None


def test_english_numbers_are_read_where_only_one_order_makes_a_day() -> None:
    assert updated_on("Last updated 05/17/2025") == date(2025, 5, 17)
    assert updated_on("Last updated 17/05/2025") == date(2025, 5, 17)
    assert updated_on("Last updated 05/05/2025") == date(2025, 5, 5)


def test_a_date_deep_inside_the_text_is_not_the_pages_own() -> None:
    middle = "word " * 4_000

    assert updated_on(f"{middle}Last updated May 7, 2025. {middle}") is None
    assert updated_on(f"{middle}Last updated May 7, 2025.") == SEVENTH


@pytest.mark.parametrize(
    "line",
    [
        "Updated yesterday",
        "Last updated 3 days ago",
        "* Updated over 2 weeks ago",
        "2 hours ago",
        "Aktualisiert vor 3 Tagen",
        "Mis à jour il y a 2 jours",
        "3日前",
        "Today",
    ],
)
def test_lines_that_only_say_how_long_ago_are_left_out(line: str) -> None:
    assert without_relative_dates(f"One.\n{line}\nTwo.") == "One.\nTwo."


def test_a_relative_date_behind_other_words_goes_alone() -> None:
    assert without_relative_dates("By Ada · Updated 3 days ago") == "By Ada"


@pytest.mark.parametrize(
    "line",
    [
        "You have 30 days to object.",
        "Last updated: May 7, 2025",
        "If you told us less than 30 days ago, you may withdraw.",
    ],
)
def test_sentences_of_the_terms_stay(line: str) -> None:
    assert without_relative_dates(line) == line


@given(st.text(max_size=400), st.sampled_from(["en", "de", "fr", "es", "pt", "ja", "xx"]))
def test_no_text_trips_the_reading_of_dates(text: str, lang: str) -> None:
    found = updated_on(f"Last updated {text}", lang)

    assert found is None or 1900 <= found.year < 2100
    assert len(without_relative_dates(text)) <= len(text)
