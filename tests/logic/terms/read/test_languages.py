"""Which language a page is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logic.terms.read.languages import language_of
from tests.logic.terms.pages import IN


@pytest.mark.parametrize("expected", IN)
@pytest.mark.parametrize("written", IN)
def test_every_language_is_told_from_every_other(written: str, expected: str) -> None:
    assert language_of(IN[written], expected) == written


def test_italian_and_dutch_are_not_taken_for_their_neighbours() -> None:
    italian = "Il servizio è offerto da noi e le condizioni sono valide per tutti gli utenti che lo usano in Italia. "
    dutch = "De dienst wordt aangeboden door ons en de voorwaarden zijn van toepassing op alle gebruikers in het land. "

    assert language_of(italian * 8, "es") == "it"
    assert language_of(dutch * 8, "de") == "nl"


@pytest.mark.parametrize("expected", ["en", "ja", "sv"])
def test_little_text_is_believed(expected: str) -> None:
    assert language_of("Die Nutzung ist verboten.", expected) == expected
    assert language_of("", expected) == expected


def test_a_language_that_is_not_known_here_is_believed() -> None:
    assert language_of(IN["en"], "ko") == "ko"


def test_another_script_is_another_language() -> None:
    assert language_of("Это соглашение между вами и нами о службе. " * 20, "en") == "other"
    assert language_of("이 약관은 귀하와 회사 간의 계약입니다. " * 20, "fr") == "other"


def test_a_list_of_languages_at_the_top_changes_nothing() -> None:
    menu = "Deutsch Français Español Português 日本語 한국어 Русский "

    assert language_of(menu + IN["en"], "en") == "en"


def test_a_page_in_two_languages_counts_as_the_expected_one() -> None:
    both = IN["en"] + IN["fr"]

    assert (language_of(both, "en"), language_of(both, "fr")) == ("en", "fr")


@given(st.text(max_size=2_000), st.sampled_from([*IN, "sv", "xx"]))
def test_no_text_trips_it(text: str, expected: str) -> None:
    assert language_of(text, expected) in {*IN, "it", "nl", "other", expected}
