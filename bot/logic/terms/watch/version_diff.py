"""Two versions of a document side by side, for people: what is the same is counted, what changed is shown by word."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from bot.logic.terms.read.wording import word_diff

AROUND = 1
MOST_PARTS = 600
MOST_WORDS_CHARS = 6_000
"""Longer units are shown whole, gone and new: comparing them word by word would keep the page waiting."""


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the comparison, or a count of lines that are the same.

    words    ("same" | "gone" | "new", text) in reading order; empty when `skipped` counts
    """

    words: tuple[tuple[str, str], ...] = ()
    skipped: int = 0


def units(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def version_diff(before: str, after: str) -> list[Part]:
    """What changed, with one unchanged line on each side; at most MOST_PARTS parts. Empty: nothing did."""
    old, new = units(before), units(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    parts: list[Part] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            parts += _same(new[c:d], at_start=c == 0, at_end=d == len(new))
        else:
            parts += [_changed(was, now) for was, now in zip_longest(old[a:b], new[c:d], fillvalue="")]
        if len(parts) > MOST_PARTS:
            break
    return parts[:MOST_PARTS] if any(_tells(part) for part in parts) else []


def _tells(part: Part) -> bool:
    return any(kind != "same" for kind, _ in part.words)


def _same(lines: Sequence[str], *, at_start: bool, at_end: bool) -> list[Part]:
    head = [] if at_start else list(lines[:AROUND])
    rest = lines[len(head) :]
    tail = [] if at_end else list(rest[-AROUND:]) if rest else []
    skipped = len(rest) - len(tail)
    middle = [Part(skipped=skipped)] if skipped else []
    return [*map(_plain, head), *middle, *map(_plain, tail)]


def _plain(line: str) -> Part:
    return Part((("same", line),))


def _changed(was: str, now: str) -> Part:
    if was and now and len(was) + len(now) <= MOST_WORDS_CHARS:
        return Part(word_diff(was, now))
    words = (("gone", was), ("new", now))
    return Part(tuple(each for each in words if each[1]))
