"""What people read from us, in six languages: Fluent catalogues, a folder a language, a file a part of the program.

A key stands in every language with the same variables (tests/words checks it); keys are unique over all files.
What publishers and platforms said is quoted as they said it and is never translated.
Source: Project Fluent, syntax 1.0, https://projectfluent.org.
"""

from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files

from fluent.runtime import FluentBundle, FluentResource

from bot.ports import Say

LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "pt-BR": "Português (Brasil)",
    "ja": "日本語",
}
"""Folder name -> what its speakers call it. English first: it has every key."""


def spoken(lang: str | None) -> str:
    """The language of ours nearest to a locale: "de-AT" -> "de", "pt-PT" -> "pt-BR", "es-419" -> "es", else "en"."""
    wanted = (lang or "en").replace("_", "-").casefold()
    exact = {each.casefold(): each for each in LANGUAGES}
    short = {each.split("-")[0].casefold(): each for each in LANGUAGES}
    return exact.get(wanted) or short.get(wanted.split("-")[0]) or "en"


def words(lang: str | None) -> Say:
    """Phrases in that language: `words("de")("sources-heading", count=2)`."""
    return partial(say, lang or "en")


def say(lang: str, key: str, /, **places: object) -> str:
    """One phrase in the language nearest to `lang`. Raises KeyError for a key that does not exist."""
    bundle = _bundle(spoken(lang))
    message = bundle.get_message(key) if bundle.has_message(key) else None
    if message is None or message.value is None:
        raise KeyError(key)
    text, errors = bundle.format_pattern(message.value, places)
    if errors:
        raise errors[0]
    return str(text)


@cache
def _bundle(lang: str) -> FluentBundle:
    # Without marks for the direction of what is filled in: they count as characters, and all six run one way.
    bundle = FluentBundle([lang], use_isolating=False)
    for file in sorted(files("bot").joinpath("words", lang).iterdir(), key=lambda each: each.name):
        if file.name.endswith(".ftl"):
            bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle
