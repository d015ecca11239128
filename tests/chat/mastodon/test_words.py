"""The phrases that answers on Mastodon are made of: complete in six languages, and short enough."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message

from bot.logic.mail.commands import build_vocabulary, read_ask
from bot.logic.mail.words import VERBS, Verb
from bot.model import Topic, Urgency
from bot.model.record import Position, RecordSubject
from bot.words import LANGUAGES, say

WORDS = Path(__file__).parents[3] / "bot" / "words"
PLACES = {
    "count": 12,
    "what": "SoundCloud, Suno · lawsuits · daily", "most": 10, "name": "x" * 40, "names": "SoundCloud, Suno, Udio",
    "title": "t" * 110, "topic": "terms and training", "platforms": "SoundCloud, Suno", "outlets": "Gazette, Herald",
    "platform": "Amazon Music", "contact": "https://operator.example/about-this-bot",
}  # fmt: skip


def messages(lang: str) -> Mapping[str, str]:
    """Key -> the places that it fills in, as one text."""
    text = (WORDS / lang / "mastodon.ftl").read_text(encoding="utf-8")
    parsed = FluentParser().parse(text)
    found = {}
    for entry in parsed.body:
        assert isinstance(entry, Message) or type(entry).__name__.endswith("Comment"), f"{lang}: {entry}"
        if isinstance(entry, Message):
            found[entry.id.name] = " ".join(sorted(re.findall(r"\$(\w+)", text_of(text, entry))))
    return found


def text_of(text: str, entry: Message) -> str:
    assert entry.span is not None
    return text[entry.span.start : entry.span.end]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_language_lacks_a_phrase_or_a_place_in_it(lang: str) -> None:
    assert messages(lang) == messages("en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_phrase_is_whole_and_fits_beside_a_long_name(lang: str) -> None:
    for key in messages(lang):
        said = say(lang, key, **PLACES)
        assert "{" not in said, key
        assert 0 < len(said) <= 450, f"{lang} {key}: {len(said)}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_topic_subject_position_and_pace_has_its_words(lang: str) -> None:
    keys = [f"mastodon-topic-{each.value}" for each in Topic]
    keys += [f"record-subject-{each.value}" for each in RecordSubject]
    keys += [f"record-position-{each.value}" for each in Position]
    keys += [f"mastodon-{each.value}" for each in Urgency if each is not Urgency.NOW]

    assert [key for key in keys if not say(lang, key)] == []


def test_a_language_that_we_do_not_speak_is_answered_in_english() -> None:
    assert say("sv", "mastodon-list") == say("en", "mastodon-list")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_help_tells_people_to_write_is_understood(lang: str) -> None:
    vocabulary = build_vocabulary(())
    lines = say(lang, "mastodon-help").splitlines()[1:]
    typed = [part for line in lines for part in line.split(" – ")[0].split(" · ")]

    verbs = [read_ask(each, vocabulary, written_in=lang, own=lang).verb for each in typed]

    assert verbs == [
        Verb.SUBSCRIBE, Verb.SUBSCRIPTIONS, Verb.UNSUBSCRIBE, Verb.STOP, Verb.LATEST, Verb.POLICY, Verb.WHY
    ]  # fmt: skip
    assert set(VERBS) - set(verbs) == {Verb.HELP}
