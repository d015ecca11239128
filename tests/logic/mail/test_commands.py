"""What people write to the bot, and what it understands."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logic.mail.commands import Ask, build_vocabulary, read_ask
from bot.logic.mail.words import VERBS, Verb
from bot.model import Topic, Urgency
from bot.settings.platforms import load_platforms

PLATFORMS, _ = load_platforms(Path(__file__).parents[3] / "config" / "platforms.toml")
VOCABULARY = build_vocabulary(PLATFORMS)


def ask(text: str, written_in: str | None = None) -> Ask:
    return read_ask(text, VOCABULARY, written_in=written_in)


@pytest.mark.parametrize(
    ("text", "verb", "platforms", "topics", "lang"),
    [
        ("subscribe soundcloud lawsuits", Verb.SUBSCRIBE, {"SoundCloud"}, {Topic.LAWSUIT}, "en"),
        ("@bot@s.example Subscribe to SoundCloud, please!", Verb.SUBSCRIBE, {"SoundCloud"}, set(), "en"),
        ("please subscibe me to soundclod lawsuts", Verb.SUBSCRIBE, {"SoundCloud"}, {Topic.LAWSUIT}, "en"),
        ("subscribe to everything about deals and voice clones", Verb.SUBSCRIBE, set(),
         {Topic.LICENSING_DEAL, Topic.VOICE_LIKENESS}, "en"),
        ("subscribe #Suno", Verb.SUBSCRIBE, {"Suno"}, set(), "en"),
        ("unsubscribe soundcloud", Verb.UNSUBSCRIBE, {"SoundCloud"}, set(), "en"),
        ("usubscribe suno", Verb.UNSUBSCRIBE, {"Suno"}, set(), "en"),
        ("stop suno", Verb.UNSUBSCRIBE, {"Suno"}, set(), "en"),
        ("STOP!!!", Verb.STOP, set(), set(), "en"),
        ("my subscriptions", Verb.SUBSCRIPTIONS, set(), set(), "en"),
        ("latest udio", Verb.LATEST, {"Udio"}, set(), "en"),
        ("What's new?", Verb.LATEST, set(), set(), "en"),
        ("why", Verb.WHY, set(), set(), "en"),
        ("policy soundcloud", Verb.POLICY, {"SoundCloud"}, set(), "en"),
        ("what are the terms of bandcamp?", Verb.POLICY, {"Bandcamp"}, set(), "en"),
        ("help", Verb.HELP, set(), set(), "en"),
        ("Hallo, Klagen gegen Suno abonnieren bitte", Verb.SUBSCRIBE, {"Suno"}, {Topic.LAWSUIT}, "de"),
        ("AGB von SoundCloud abonnieren", Verb.SUBSCRIBE, {"SoundCloud"}, {Topic.TERMS_TRAINING}, "de"),
        ("Hilfe", Verb.HELP, set(), set(), "de"),
        ("Warum?", Verb.WHY, set(), set(), "de"),
        ("kündigen", Verb.UNSUBSCRIBE, set(), set(), "de"),
        ("m'abonner à SoundCloud procès", Verb.SUBSCRIBE, {"SoundCloud"}, {Topic.LAWSUIT}, "fr"),
        ("mes abonnements", Verb.SUBSCRIPTIONS, set(), set(), "fr"),
        ("Dernières actualités", Verb.LATEST, set(), set(), "fr"),
        ("désabonnez-moi de Suno", Verb.UNSUBSCRIBE, {"Suno"}, set(), "fr"),
        ("suscríbeme a las demandas de SoundCloud", Verb.SUBSCRIBE, {"SoundCloud"}, {Topic.LAWSUIT}, "es"),
        ("darme de baja", Verb.UNSUBSCRIBE, set(), set(), "es"),
        ("¿Por qué?", Verb.WHY, set(), set(), "es"),
        ("ayuda", Verb.HELP, set(), set(), "es"),
        ("Quero assinar processos do SoundCloud", Verb.SUBSCRIBE, {"SoundCloud"}, {Topic.LAWSUIT}, "pt-BR"),
        ("minhas inscrições", Verb.SUBSCRIPTIONS, set(), set(), "pt-BR"),
        ("ajuda", Verb.HELP, set(), set(), "pt-BR"),
        ("SoundCloudの訴訟を購読", Verb.SUBSCRIBE, {"SoundCloud"}, {Topic.LAWSUIT}, "ja"),
        ("購読解除", Verb.UNSUBSCRIBE, set(), set(), "ja"),
        ("購読をやめて", Verb.UNSUBSCRIBE, set(), set(), "ja"),
        ("ヘルプ", Verb.HELP, set(), set(), "ja"),
        ("停止", Verb.STOP, set(), set(), "ja"),
        ("Sunoの規約", Verb.POLICY, {"Suno"}, set(), "ja"),
    ],
)  # fmt: skip
def test_what_people_mean_is_understood(
    text: str, verb: Verb, platforms: set[str], topics: set[Topic], lang: str
) -> None:
    found = ask(text)

    assert (found.verb, set(found.platforms), set(found.topics), found.lang) == (
        verb,
        platforms,
        topics,
        lang,
    )
    assert found.unknown == ()


@pytest.mark.parametrize(
    "text", ["", "...", "🎵", "The weather is fine", "Thank you very much!", "@bot", "https://example.org/a"]
)
def test_what_is_no_command_is_none(text: str) -> None:
    assert ask(text).verb is None


def test_a_name_that_we_do_not_know_is_kept_apart() -> None:
    found = ask("subscribe tonebarn lawsuits")

    assert (found.verb, found.unknown) == (Verb.SUBSCRIBE, ("tonebarn",))


def test_a_word_of_several_languages_follows_the_sender_s() -> None:
    assert ask("política suno", "pt").lang == "pt-BR"
    assert ask("política suno", "es").lang == "es"
    assert ask("stop", "fr").lang == "fr"
    assert read_ask("lista", VOCABULARY, own="pt-BR").lang == "pt-BR"
    assert ask("gibberish", "ja").lang == "ja"
    assert ask("gibberish", "sv").lang is None


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("subscribe suno", Urgency.NOW),
        ("subscribe suno daily", Urgency.DAILY),
        ("Suno wöchentlich abonnieren", Urgency.WEEKLY),
        ("毎日 Suno 購読", Urgency.DAILY),
    ],
)
def test_how_often_is_heard(text: str, urgency: Urgency) -> None:
    assert ask(text).urgency is urgency


def test_numbers_and_addresses_are_found() -> None:
    assert ask("unsubscribe 2").number == 2
    assert ask("why https://gazette.example/a?b=c.").url == "https://gazette.example/a?b=c"
    assert ask("unsubscribe 99999999999999999999").number is None


def test_who_only_talks_about_us_is_told_apart_from_who_talks_to_us() -> None:
    assert ask("@bot subscribe suno").is_first
    assert ask("@bot please subscribe").is_first
    assert not ask("Everyone should read the latest of @bot").is_first


@pytest.mark.parametrize("lang", ["en", "de", "fr", "es", "pt-BR", "ja"])
def test_every_verb_has_words_in_every_language_and_each_is_understood_alone(lang: str) -> None:
    for verb in Verb:
        for text in VERBS[verb][lang].split("|"):
            found = read_ask(text, VOCABULARY, written_in=lang, own=lang)
            assert found.verb is not None, text
            assert found.lang == lang, text


@given(st.text(max_size=300))
def test_no_text_trips_it(text: str) -> None:
    found = ask(text)

    assert found.verb is None or isinstance(found.verb, Verb)
    assert found.platforms <= {entity.name for entity in PLATFORMS}
