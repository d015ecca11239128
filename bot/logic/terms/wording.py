"""Sentences made comparable, how alike two are, what changed between them; and stances said in plain words."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from bot.logic.terms.blocks import plain
from bot.model import Direction, StanceKind

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|janvier|février|fevrier|mars"
    "|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre|januar|februar|märz|juni|juli"
    "|oktober|dezember|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
)
_WORDS = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_APOSTROPHES = re.compile("['’‘`´]")
_DATE = re.compile(rf"\b(?:{_MONTHS}) 0\b|\b0 (?:{_MONTHS})\b")
_NUMBERS = re.compile(r"0(?: 0)+")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")


def key(text: str) -> str:
    """What a sentence is known by: words only, digits and dates folded, markup, addresses, punctuation gone.

    Two sentences with one key are the same sentence, however they were marked up, spaced or dated.
    """
    bare = plain(text)
    if "//" in bare or "www." in bare:
        bare = _ADDRESS.sub(" ", bare)
    said = " ".join(_WORDS.findall(_APOSTROPHES.sub("", bare).lower()))
    if not _DIGITS.search(said):
        return said
    return _NUMBERS.sub("0", _DATE.sub("0", _DIGITS.sub("0", said)))


def text_hash(text: str) -> str:
    """SHA-256 of a version's text, hex: what tells wordings apart and is shown as their seal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """0 to 1: shared words of two sentences against all of them, repeated words counted."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def word_diff(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """What changed, for people: ("same" | "gone" | "new", words) in reading order. Joined they give both wordings."""
    before, after = _pieces(old), _pieces(new)
    parts: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(("same", "".join(after[c:d])))
            continue
        if b > a:
            parts.append(("gone", "".join(before[a:b])))
        if d > c:
            parts.append(("new", "".join(after[c:d])))
    return tuple(parts)


def _pieces(text: str) -> Sequence[str]:
    return re.findall(r"\S+|\s+", text)


_SAID = {
    StanceKind.GRANTS_TRAINING: "The platform may use what you give it to train AI",
    StanceKind.THIRD_PARTY_LICENSING: "Other companies may get your work for AI unless an agreement of its own protects it",
    StanceKind.GRANT_REMOVED: "The words that let the platform train AI on your work are gone",
    StanceKind.PROMISES_NO_TRAINING: "The platform says that it will not train AI on your work",
    StanceKind.REQUIRES_OPT_OUT: "Your work may be used for AI unless you act: look for the switch or tag that is named here",
    StanceKind.BANS_AI_UPLOADS: "Music made by AI may not be uploaded",
    StanceKind.FORBIDS_SCRAPING: "Users and robots may not train AI on what is there; that protects the platform, not you",
    StanceKind.RESTRICTS_AI_CONTENT: "Works made with AI may be limited or earn nothing",
    StanceKind.REQUIRES_AI_LABEL: "Works made with AI must be labelled",
    StanceKind.AI_IMPERSONATION: "There are rules for AI copies of a person's voice or likeness",
    StanceKind.AI_FEATURE_TERMS: "There are rules for the platform's own AI tools",
    StanceKind.AI_OPERATIONS: "The platform may use AI for its own work, such as moderation, search or recommendations",
}
_GONE = {
    StanceKind.PROMISES_NO_TRAINING: "The words that promised not to train AI on your work are gone",
}
_NAMES_A_LIMIT = frozenset(
    {
        StanceKind.GRANTS_TRAINING,
        StanceKind.THIRD_PARTY_LICENSING,
        StanceKind.PROMISES_NO_TRAINING,
        StanceKind.BANS_AI_UPLOADS,
        StanceKind.FORBIDS_SCRAPING,
    }
)


def say(kind: StanceKind, condition: str = "", direction: Direction = Direction.ADDED) -> str:
    """One sentence for people: what may happen, never what does, and the limit in the terms' own words."""
    if direction is Direction.REMOVED:
        said = _GONE.get(kind) or (
            _SAID[kind] if kind is StanceKind.GRANT_REMOVED else f"No longer said: {_SAID[kind]}"
        )
        return said + "."
    if condition and kind in _NAMES_A_LIMIT:
        return f"{_SAID[kind]} (“{condition}”)."
    return f"{_SAID[kind]}."
