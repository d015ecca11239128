"""The words by which sentences are read, as patterns."""

import re
from collections.abc import Mapping, Sequence

from bot.errors import ConfigError

_FIX = "Restore the file that came with Smallprint"
_ANY_ENDING = re.compile(r"\\\*")


class Lexicon:
    """Groups of words, each one pattern over folded text.

    languages  language -> group -> words, as bot/data/terms has them
    Raises ConfigError for a group that is not a list of words, or that one language has and another lacks. Patterns are
    made when first asked for: most pages need a few of them only.
    """

    def __init__(self, languages: Mapping[str, Mapping[str, object]]) -> None:
        self.languages = frozenset(languages)
        groups = _groups(languages)
        self.groups = frozenset(groups)
        self._sources = {name: _source(words) for name, words in groups.items()}
        self._hints = _hints(groups)
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


def _groups(languages: Mapping[str, Mapping[str, object]]) -> dict[str, list[str]]:
    """The words of each group in all languages."""
    names = {name for groups in languages.values() for name in groups}
    found: dict[str, list[str]] = {name: [] for name in sorted(names)}
    for lang, groups in languages.items():
        for name in found:
            listed = groups.get(name)
            if not isinstance(listed, list) or not all(isinstance(word, str) and word for word in listed):
                raise ConfigError(f"terms/{lang}.toml, {name}", "it is not a list of words", _FIX)
            found[name].extend(listed)
    return found


def _hints(groups: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The longest part of each word: what cannot be missing where the whole word stands. None holds another."""
    parts = {_hint(word) for name in _HINTING for word in groups.get(name, ())}
    return tuple(part for part in sorted(parts) if not any(other in part for other in parts - {part}))


def _hint(word: str) -> str:
    if _UNSPACED.search(word):
        return word
    longest = max(re.split(r"[\W_]+", word), key=len)
    # "gen ai": its parts alone stand in half of all words.
    return longest if len(longest) >= 4 else re.sub(r"[*#-]+", " ", word).strip()


def _source(words: Sequence[str]) -> str:
    # Longer first: an alternation takes the first that fits.
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    spaced = "|".join(_word(word) for word in ordered if not _UNSPACED.search(word))
    unspaced = "|".join(re.escape(word) for word in ordered if _UNSPACED.search(word))
    pattern = rf"(?<![^\W_])(?:{spaced})(?![^\W_])" if spaced else r"(?!)"
    return f"{pattern}|{unspaced}" if unspaced else pattern


# Kana and kanji: words that nothing parts from their neighbours.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def _word(word: str) -> str:
    # An apostrophe at the end joins the next word in French: "n'utilise".
    tail = r"\w*" if word.endswith("'") else ""
    escaped = _ANY_ENDING.sub(r"\\w*", re.escape(word))
    return escaped.replace(r"\#", r"[\w']+").replace(r"\ ", r"[\s-]+").replace(r"\-", "[- ]") + tail
