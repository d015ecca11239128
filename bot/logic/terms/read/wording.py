"""Sentences made comparable, how alike two are, what changed between them; and stances said in plain words."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from bot.logic.terms.read.blocks import plain
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


def likeness_of_keys(one: str, other: str) -> float:
    """0 to 1, of two sentences by their keys."""
    return likeness(Counter(one.split()), Counter(other.split()))


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


# {who} opens a sentence, {whom} stands inside one.
_SAID = {
    StanceKind.GRANTS_TRAINING: "{who} may use what you give it to train AI",
    StanceKind.THIRD_PARTY_LICENSING: "Other companies may get your work from {whom} for AI unless its own agreement protects it",
    StanceKind.GRANT_REMOVED: "The words that let {whom} train AI on your work are gone",
    StanceKind.PROMISES_NO_TRAINING: "{who} says that it will not train AI on your work",
    StanceKind.REQUIRES_OPT_OUT: "Your work on {whom} may be used for AI unless you act: look for the switch or tag named here",
    StanceKind.BANS_AI_UPLOADS: "Music made by AI may not be uploaded to {whom}",
    StanceKind.FORBIDS_SCRAPING: "Users and robots may not train AI on what is there; that protects {whom}, not you",
    StanceKind.RESTRICTS_AI_CONTENT: "Works made with AI may be limited on {whom} or earn nothing",
    StanceKind.REQUIRES_AI_LABEL: "Works made with AI must be labelled on {whom}",
    StanceKind.AI_IMPERSONATION: "{who} has rules for AI copies of a person's voice or likeness",
    StanceKind.AI_FEATURE_TERMS: "{who} has rules for its own AI tools",
    StanceKind.AI_OPERATIONS: "{who} may use AI for its own work, such as moderation, search or recommendations",
}
_GONE = {
    StanceKind.PROMISES_NO_TRAINING: "The words in which {whom} promised not to train AI on your work are gone",
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


def say(
    kind: StanceKind, condition: str = "", direction: Direction = Direction.ADDED, platform: str = ""
) -> str:
    """One sentence for people: what may happen, never what does, and the limit in the terms' own words.

    platform  its name; empty: "the platform"
    """
    who, whom = platform or "The platform", platform or "the platform"
    said = _SAID[kind].format(who=who, whom=whom)
    if direction is Direction.REMOVED:
        gone = _GONE.get(kind)
        if gone is not None:
            return gone.format(who=who, whom=whom) + "."
        return (said if kind is StanceKind.GRANT_REMOVED else f"No longer said: {said}") + "."
    if condition and kind in _NAMES_A_LIMIT:
        return f"{said} (“{condition}”)."
    return f"{said}."
