"""The words by which sentences are read, as patterns."""

import re
from collections.abc import Mapping

from bot.errors import ConfigError

_FIX = "Restore the file that came with Smallprint"
_ANY_ENDING = re.compile(r"\\\*")


class Lexicon:
    """Groups of words, each one pattern over folded text.

    tables  terms_lexicon.toml as read: group -> language -> words
    Raises ConfigError for a table that is no list of words. Patterns are made when first asked for: most pages
    need a few of them only.
    """

    def __init__(self, tables: Mapping[str, object]) -> None:
        self._sources = {name: _source(name, table) for name, table in tables.items()}
        self._made: dict[str, re.Pattern[str]] = {}

    def pattern(self, name: str) -> re.Pattern[str]:
        """Raises KeyError for a group that the file does not have."""
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = re.compile(self._sources[name])
        return made


def _source(name: str, table: object) -> str:
    where = f"terms_lexicon.toml, {name}"
    if not isinstance(table, dict):
        raise ConfigError(where, "it is not a table", _FIX)
    words: list[str] = []
    for listed in table.values():
        if not isinstance(listed, list) or not all(isinstance(word, str) and word for word in listed):
            raise ConfigError(where, "it is not a list of words per language", _FIX)
        words.extend(listed)
    # Longer first: an alternation takes the first that fits.
    choices = "|".join(_word(word) for word in sorted(set(words), key=len, reverse=True))
    return rf"(?<![^\W_])(?:{choices})(?![^\W_])"


def _word(word: str) -> str:
    # An apostrophe at the end joins the next word in French: "n'utilise".
    tail = r"\w+" if word.endswith("'") else ""
    escaped = _ANY_ENDING.sub(r"\\w*", re.escape(word))
    return escaped.replace(r"\#", r"[\w'-]+").replace(r"\ ", r"[\s-]+").replace(r"\-", "[- ]") + tail
