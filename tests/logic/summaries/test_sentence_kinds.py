"""Answers, what they leave open, and what can be done: in four languages."""

import pytest

from bot.logic.summaries.lines import tidy
from bot.logic.summaries.quotations import quotations
from bot.logic.summaries.sentence_kinds import (
    is_answer,
    is_asked,
    is_dated,
    is_left_open,
    is_objection,
    is_promise,
    is_scope,
    is_to_do,
)
from bot.model import Topic
from tests.logic.stories_cast import news


@pytest.mark.parametrize(
    "text",
    [
        "Das Unternehmen teilte am Freitag mit, es trainiere keine Modelle.",
        "Songmill weist die Vorwürfe zurück.",
        "Songmill bestreitet, Lieder verwendet zu haben.",
        "La plateforme a déclaré vendredi qu’elle n’entraînait aucun modèle.",
        "Songmill conteste les accusations.",
        "Songmill n’a pas souhaité commenter.",
        "La empresa declaró el viernes que no entrena modelos.",
        "Songmill niega haber usado canciones.",
        "Tonebarn had not answered questions when this was published.",
    ],
)
def test_an_answer_is_recognised(text: str) -> None:
    assert is_answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "Der Künstler teilte das Lied am Freitag.",
        "L’artiste a publié son album.",
        "La cantante publicó su disco.",
        "Tonebarn added a clause to its terms.",
    ],
)
def test_what_answers_nothing_is_no_answer(text: str) -> None:
    assert not is_answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "The terms as they stand do not rule out training generative models.",
        "Ada Holm said that the answer leaves the question open.",
        "Other kinds of training are not mentioned in the letter.",
        "Critics said other kinds of training stay unmentioned.",
        "Die Bedingungen schließen das Training von Modellen nicht aus.",
        "Les conditions n’excluent pas l’entraînement de modèles.",
        "Las condiciones no descartan el entrenamiento de modelos.",
    ],
)
def test_what_stays_open_is_recognised(text: str) -> None:
    assert is_left_open(text)
    assert not is_left_open("Tonebarn has answered the musicians.")


@pytest.mark.parametrize(
    "text",
    [
        "The company points to a “no AI” tag that artists can set on their uploads.",
        "Consent will be given by opt-in.",
        "The terms do not mention a way to opt out, and there is no way to opt out.",
        "Musiker können der Nutzung bis zum 3. Mai widersprechen.",
        "Les artistes peuvent refuser dans les réglages.",
        "Los artistas pueden oponerse en los ajustes.",
    ],
)
def test_what_can_be_done_and_until_when_is_recognised(text: str) -> None:
    assert is_to_do(text)


@pytest.mark.parametrize(
    "text",
    [
        "The new terms take effect on 1 July.",
        "Das Gesetz tritt am 1. Juli in Kraft.",
        "La loi entrera en vigueur le 1er juillet.",
        "La ley entra en vigor el 1 de julio.",
    ],
)
def test_from_when_a_rule_holds_is_news_and_nothing_to_do(text: str) -> None:
    assert is_dated(text)
    assert not is_to_do(text)


@pytest.mark.parametrize(
    "text",
    [
        "Artists can make songs with the new tool.",
        "The changed terms will be published in the coming weeks.",
        "Musiker sind verärgert.",
        "Les artistes sont en colère.",
        "Los artistas están enfadados.",
    ],
)
def test_what_asks_nothing_of_an_artist_is_nothing_to_do(text: str) -> None:
    assert not is_to_do(text)


def test_questions_scope_and_promises_are_told_from_other_sentences() -> None:
    assert is_asked("Ada Holm asked whether generative models are included.")
    assert not is_asked("Ada Holm asked for money.")
    assert not is_asked("Asked whether it trains on songs, Tonebarn said no.")
    assert is_objection("Critics said on Friday that the letter comes late.")
    assert not is_left_open("Critics said on Friday that the letter comes late.")
    assert not is_left_open("The rules do not apply to sound recordings.")
    assert is_scope("Music under separate agreements is not covered.")
    assert not is_scope("Music is loud.")
    assert is_promise("Tonebarn will not use uploads to train models without explicit consent.")
    assert not is_promise("Tonebarn used uploads.")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("„Wir werden ohne Einwilligung keine Lieder trainieren“, sagte Oda Berg.", "Oda Berg"),
        ("Songmill-Chefin Oda Berg erklärte: „Wir trainieren nie mit fremden Liedern.“", "Songmill-Chefin Oda Berg"),
        ("« Aucune chanson ne servira à entraîner nos modèles », a déclaré Oda Berg.", "Oda Berg"),
        ("Selon Oda Berg, « aucune chanson ne servira à entraîner un modèle ».", "Oda Berg"),
        ("«Ninguna canción servirá para entrenar nuestros modelos», declaró Ángela Berg.", "Ángela Berg"),
        ("Según Oda Berg, «ninguna canción servirá para entrenar un modelo».", "Oda Berg"),
    ],
)  # fmt: skip
def test_speakers_are_found_in_german_french_and_spanish(text: str, speaker: str) -> None:
    assert [said.speaker for said in quotations(news("T", text=text), Topic.TERMS_TRAINING)] == [speaker]


def test_a_german_sentence_with_its_quotation_marks_can_be_told() -> None:
    text = "Songmill habe „nie mit fremden Liedern trainiert“, teilte die Firma am Freitag mit."
    assert tidy(text) == text
    assert tidy("Songmill habe „nie mit fremden Liedern trainiert, teilte die Firma am Freitag mit.") == ""


def test_a_pronoun_is_no_speaker_in_any_language() -> None:
    for text in (
        "„Wir werden ohne Einwilligung keine Lieder trainieren“, sagte Er.",
        "« Aucune chanson ne servira à entraîner nos modèles », a déclaré Elle.",
    ):
        assert quotations(news("T", text=text), Topic.TERMS_TRAINING) == ()
