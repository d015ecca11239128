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
        self._hints = _hints(tables)  # after the tables were found sound
        self._made: dict[str, re.Pattern[str]] = {}
        self._hinted: dict[str, bool] = {}

    def pattern(self, name: str) -> re.Pattern[str]:
        """Raises KeyError for a group that the file does not have."""
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = re.compile(self._sources[name])
        return made

    def hints_at_ai(self, text: str) -> bool:
        """Whether the text may speak of AI. Never no by mistake; cheap, for most sentences of most pages."""
        # Each sentence is asked about in both versions, and again as the one before its neighbour.
        known = self._hinted.get(text)
        if known is None:
            if len(self._hinted) >= _MOST_HINTED:
                self._hinted.clear()
            known = self._hinted[text] = self._hints_at_ai(text)
        return known

    def _hints_at_ai(self, text: str) -> bool:
        if any(capitals in text for capitals in _CAPITALS):
            return True
        # Looking for plain pieces is many times faster than a pattern of as many choices.
        low = text.lower().replace("-", " ").replace("\n", " ")
        # No any(): its generator would take longer than the looking.
        for hint in self._hints:  # noqa: SIM110
            if hint in low:
                return True
        return False


_MOST_HINTED = 20_000
_HINTING = ("ai", "synthetic", "made", "train", "model")
_CAPITALS = ("AI", "KI", "IA", "A.I", "LLM")


def _hints(tables: Mapping[str, object]) -> tuple[str, ...]:
    """The longest part of each word: what cannot be missing where the whole word stands. None holds another."""
    parts: set[str] = set()
    for name in _HINTING:
        table = tables.get(name)
        for listed in table.values() if isinstance(table, dict) else ():
            parts.update(_hint(word) for word in listed)
    return tuple(part for part in sorted(parts) if not any(other in part for other in parts - {part}))


def _hint(word: str) -> str:
    longest = max(re.split(r"[\W_]+", word), key=len)
    # "gen ai": its parts alone stand in half of all words.
    return longest if len(longest) >= 4 else re.sub(r"[*#-]+", " ", word).strip()


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
