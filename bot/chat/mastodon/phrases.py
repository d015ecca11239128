"""The phrases of bot/words that answers on Mastodon are made of."""

from functools import cache
from importlib.resources import files

from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("en", "de", "fr", "es", "pt-BR", "ja")
_FILE = "mastodon.ftl"


def say(lang: str, key: str, /, **places: object) -> str:
    """A phrase in a language, English where we do not speak it. Raises KeyError for a key that does not exist."""
    bundle = _bundle(lang if lang in LANGUAGES else "en")
    message = bundle.get_message(key)
    if message.value is None:
        raise KeyError(key)
    text, errors = bundle.format_pattern(message.value, places)
    if errors:
        raise errors[0]
    return str(text)


@cache
def _bundle(lang: str) -> FluentBundle:
    # Without marks for the direction of what is filled in: they count as characters, and all six run one way.
    bundle = FluentBundle([lang], use_isolating=False)
    text = files("bot").joinpath("words", lang, _FILE).read_text(encoding="utf-8")
    bundle.add_resource(FluentResource(text))
    return bundle
