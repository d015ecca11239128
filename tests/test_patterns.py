"""No pattern over strangers' text may take longer than its text is long: what is repeated without end holds no other
repetition without end, unless a mark that belongs to neither side parts each round from the next."""

import importlib
import pkgutil
import re
import re._constants as op  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from typing import Any

import pytest

import bot
from bot.flows.terms.compare import read_lexicon
from bot.logic.terms.read.blocks import blocks
from bot.logic.terms.read.sentences import split
from bot.logic.terms.read.stance import stances

ALPHABET = [chr(code) for code in range(9, 128)] + list("éßñ“”’–。のお")


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern that a module of the bot holds, alone or in a table, and those of the terms lexicon."""
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if module.name.endswith("__main__") or ".migrations." in module.name:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for found in _patterns_in(value):
                if isinstance(found.pattern, str):
                    yield f"{module.name}.{name}", found
    lexicon = read_lexicon()
    for group in sorted(lexicon.groups):
        yield f"terms lexicon, {group}", lexicon.pattern(group)


def _patterns_in(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _patterns_in(each)


def endless_in_endless(pattern: re.Pattern[str]) -> bool:
    """Whether a repetition without end holds another one that its rounds could be split at in more than one way."""
    return any(_is_ambiguous(body) for body in _endless(parser.parse(pattern.pattern, pattern.flags)))


def _endless(sequence: Any) -> Iterator[Any]:
    """The bodies of all repetitions without end."""
    for code, value in sequence:
        if code in (op.MAX_REPEAT, op.MIN_REPEAT):
            if value[1] is op.MAXREPEAT:
                yield value[2]
            yield from _endless(value[2])
        else:
            for inner in _parts(code, value):
                yield from _endless(inner)


def _parts(code: Any, value: Any) -> list[Any]:
    if code is op.SUBPATTERN:
        return [value[3]]
    if code is op.BRANCH:
        return list(value[1])
    if code in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    return [value] if code is op.ATOMIC_GROUP else []


def _is_ambiguous(body: Any) -> bool:
    repeated = {letter for inner in _endless(body) for letter in _letters(inner)}
    if not repeated or not len(body):
        return False
    return bool(_letters([body[0]]) & repeated) and bool(_letters([body[-1]]) & repeated)


def _letters(sequence: Any) -> set[str]:
    """Letters that the sequence may begin with, roughly: those that match its first part alone."""
    found: set[str] = set()
    for code, value in sequence:
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.SUBPATTERN, op.BRANCH, op.ATOMIC_GROUP):
            inner = [value[2]] if code in (op.MAX_REPEAT, op.MIN_REPEAT) else _parts(code, value)
            found |= {letter for part in inner for letter in _letters(part)}
        elif code is op.LITERAL:
            found.add(chr(value))
        elif code in (op.IN, op.NOT_LITERAL, op.ANY):
            found |= {letter for letter in ALPHABET if _fits(code, value, letter)}
    return found


def _fits(code: Any, value: Any, letter: str) -> bool:
    if code is op.ANY:
        return letter != "\n"
    if code is op.NOT_LITERAL:
        return ord(letter) != value
    negated = bool(value) and value[0][0] is op.NEGATE
    return any(_holds(kind, each, letter) for kind, each in value) is not negated


_CATEGORIES = {
    op.CATEGORY_WORD: r"\w",
    op.CATEGORY_NOT_WORD: r"\W",
    op.CATEGORY_DIGIT: r"\d",
    op.CATEGORY_NOT_DIGIT: r"\D",
    op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S",
}


def _holds(kind: Any, each: Any, letter: str) -> bool:
    if kind is op.LITERAL:
        return ord(letter) == each
    if kind is op.RANGE:
        return bool(each[0] <= ord(letter) <= each[1])
    return kind is op.CATEGORY and re.match(_CATEGORIES[each], letter) is not None


def test_no_pattern_repeats_without_end_inside_a_repetition_without_end() -> None:
    assert sorted({name for name, pattern in patterns() if endless_in_endless(pattern)}) == []


@pytest.mark.parametrize(
    ("pattern", "hangs"),
    [
        (r"(?:a+)+b", True),
        (r"(?:\W*\[x\]\W*)+", True),
        (r"(?:\w+\s*)+", True),
        (r"(?: \w+)*", False),
        (r"(?:\w+\.)+", False),
        (r"[a-z]+(?:-[a-z]+)*", False),
    ],
)
def test_the_check_itself_tells_patterns_that_hang(pattern: str, hangs: bool) -> None:
    assert endless_in_endless(re.compile(pattern)) is hangs


@pytest.mark.parametrize(
    "line",
    [
        "- " + "[a](b) " * 40 + "end",
        "restrict" + "-" * 4_000,
        "AI " + "train " * 3_000,
        "not " * 5_000 + "AI",
        "“" * 2_000 + "AI" + "”" * 2_000,
        "(" * 3_000 + "AI",
        "。" * 5_000,
        "お客様の" * 2_000 + "AI",
    ],
    ids=["links", "hyphens", "trains", "nots", "quotes", "brackets", "stops", "kana"],
)
def test_hostile_lines_of_a_terms_page_are_read_to_their_end(line: str) -> None:
    lexicon = read_lexicon()

    assert list(blocks(line)) is not None
    for sentence in split(line):
        assert isinstance(stances(sentence, lexicon), tuple)
