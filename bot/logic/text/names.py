"""Finds names and phrases in text: whole words, accents and case folded, one pass over the text.

`Phrases` is the automaton: a word-level trie over patterns. `Matcher` uses one for the names of platforms.toml and
settles what a name means there (longest wins, ambiguous names need company, parts stand for the whole).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Generic, TypeVar

from bot.errors import ConfigError
from bot.model import Entity, EntityKind, Evidence

V = TypeVar("V")

# Dotted capitals are one word ("A.I." is AI, "U.S." is US); otherwise runs of letters and digits.
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+")

# How far company may stand from an ambiguous name, in words. A long headline fits into it.
COMPANY_WORDS = 14

# A name vouches for an ambiguous neighbour only if it is itself in our field: "Drake and Klay" is basketball.
_NO_COMPANY = frozenset({EntityKind.PERSON, EntityKind.ARTIST, EntityKind.AI_ACT, EntityKind.BODY})


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as written, folded for comparing, and where it stands."""

    raw: str
    folded: str
    start: int
    end: int


# Large enough for the words of a language that come again and again; 64 Ki of them cost 6 MB and saved no time.
@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """The word without case, accents and dots: "Björn" and "bjorn", "A.I." and "ai" are the same."""
    plain = word.casefold().replace(".", "")
    if plain.isascii():
        return plain
    parts = unicodedata.normalize("NFKD", plain)
    return "".join(part for part in parts if not unicodedata.combining(part))


def words_of(text: str) -> list[Word]:
    """All words in the order they stand."""
    return [
        Word(raw := found.group(), fold(raw), found.start(), found.end()) for found in _WORD.finditer(text)
    ]


@dataclass(slots=True)
class _Node(Generic[V]):
    exact: dict[str, "_Node[V]"] = field(default_factory=dict)
    stems: dict[str, "_Node[V]"] = field(default_factory=dict)
    stem_lengths: tuple[int, ...] = ()
    number: "_Node[V] | None" = None
    anything: "_Node[V] | None" = None
    ends: list[tuple[V, tuple[str, ...] | None]] = field(default_factory=list)


class Phrases(Generic[V]):
    """A word-level trie over patterns, each standing for a value.

    A pattern is words: "licens*" any word that begins so, "#" a number, "_" any one word (not first);
    "=AI" in front asks for exact case of the whole pattern. Cost of a search: length of the text times the longest pattern.
    """

    def __init__(self, patterns: Iterable[tuple[str, V]]) -> None:
        self._root: _Node[V] = _Node()
        for pattern, value in patterns:
            self._add(pattern, value)

    def _add(self, pattern: str, value: V) -> None:
        exact_case = pattern.startswith("=")
        steps = _steps(pattern.removeprefix("="))
        node = self._root
        for step in steps:
            node = _child(node, step)
        written = tuple(step.replace(".", "") for step in steps) if exact_case else None
        node.ends.append((value, written))

    def at(self, words: Sequence[Word], index: int) -> Iterator[tuple[V, int]]:
        """Every pattern that begins at this word, with how many words it takes."""
        open_nodes = [self._root]
        position = index
        while open_nodes and position < len(words):
            word = words[position].folded
            following: list[_Node[V]] = []
            for node in open_nodes:
                following.extend(_next(node, word))
            position += 1
            for node in following:
                for value, written in node.ends:
                    if written is None or _same_case(words, index, position, written):
                        yield value, position - index
            open_nodes = following

    def find(self, words: Sequence[Word]) -> Iterator[tuple[V, int, int]]:
        """Every pattern anywhere, overlapping ones too: value, first word, word after the last."""
        for index in range(len(words)):
            for value, length in self.at(words, index):
                yield value, index, index + length


def _steps(pattern: str) -> list[str]:
    steps = [step for step in re.findall(r"(?:[A-Z]\.){2,}|[^\W_]+\*?|#|_", pattern) if step]
    if not steps or steps[0] == "_":
        raise ConfigError("word list", f"the pattern {pattern!r} has no first word", "Begin it with a word")
    return steps


def _child(node: _Node[V], step: str) -> _Node[V]:
    if step == "#":
        node.number = node.number or _Node()
        return node.number
    if step == "_":
        node.anything = node.anything or _Node()
        return node.anything
    if step.endswith("*"):
        stem = fold(step[:-1])
        node.stem_lengths = tuple(sorted({*node.stem_lengths, len(stem)}))
        return node.stems.setdefault(stem, _Node())
    return node.exact.setdefault(fold(step), _Node())


def _next(node: _Node[V], word: str) -> Iterator[_Node[V]]:
    exact = node.exact.get(word)
    if exact is not None:
        yield exact
    for length in node.stem_lengths:
        if length > len(word):
            break
        stem = node.stems.get(word[:length])
        if stem is not None:
            yield stem
    if node.number is not None and word[:1].isdigit():
        yield node.number
    if node.anything is not None:
        yield node.anything


def _same_case(words: Sequence[Word], start: int, end: int, written: tuple[str, ...]) -> bool:
    found = (word.raw.replace(".", "") for word in words[start:end])
    return all(
        step in ("#", "_") or raw.startswith(step.rstrip("*"))
        for raw, step in zip(found, written, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text. `entity` is the one to report (the whole, where a part was named)."""

    entity: Entity
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Found:
    entity: Entity | None  # None: a phrase that only looks like a name
    first: int
    after: int


class Matcher:
    """Finds the entities of platforms.toml. Built once, used for every entry."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        by_id = {entity.id: entity for entity in entities}
        self._whole = {entity.id: _whole(entity, by_id) for entity in entities}
        self._company = {entity.id: frozenset(map(fold, entity.company)) for entity in entities}
        patterns: list[tuple[str, Entity | None]] = []
        for entity in entities:
            patterns.extend((alias, entity) for alias in (entity.name, *entity.aliases))
            patterns.extend((phrase, None) for phrase in entity.not_in)
        self._phrases: Phrases[Entity | None] = Phrases(patterns)

    def find(self, text: str) -> tuple[Mention, ...]:
        """Mentions in the order they stand; positions count characters of `text`."""
        return self.find_in(text, words_of(text))

    def find_in(self, text: str, words: Sequence[Word]) -> tuple[Mention, ...]:
        """The same for a text whose words are known already."""
        found = list(self._longest(words))
        certain = [hit.entity is not None and self._is_certain(hit.entity, hit, words) for hit in found]
        mentions = []
        for index, hit in enumerate(found):
            if hit.entity is None or not (certain[index] or _is_vouched_for(index, found, certain)):
                continue
            start, end = words[hit.first].start, words[hit.after - 1].end
            mentions.append(Mention(self._whole[hit.entity.id], start, end, text[start:end]))
        return tuple(mentions)

    def _longest(self, words: Sequence[Word]) -> Iterator[_Found]:
        index = 0
        while index < len(words):
            best: _Found | None = None
            for entity, length in self._phrases.at(words, index):
                # A phrase that only looks like a name beats a name of the same length.
                if best is None or index + length > best.after or entity is None:
                    best = _Found(entity, index, index + length)
            if best is not None:
                yield best
            index = best.after if best is not None else index + 1

    def _is_certain(self, entity: Entity, hit: _Found, words: Sequence[Word]) -> bool:
        """Whether the name is unambiguous or stands beside one of its own words."""
        if not entity.ambiguous:
            return True
        company = self._company[entity.id]
        before = words[max(0, hit.first - COMPANY_WORDS) : hit.first]
        return any(
            word.folded in company for word in (*before, *words[hit.after : hit.after + COMPANY_WORDS])
        )


def _is_vouched_for(index: int, found: Sequence[_Found], certain: Sequence[bool]) -> bool:
    """Whether a certain name of our field stands near an ambiguous one."""
    hit = found[index]
    # Names stand at least a word apart, so only that many neighbours can be near.
    low, high = max(0, index - COMPANY_WORDS), index + 1 + COMPANY_WORDS
    for other, is_certain in zip(found[low:high], certain[low:high], strict=True):
        near = hit.first - COMPANY_WORDS <= other.first < hit.after + COMPANY_WORDS
        if is_certain and near and other is not hit and _vouches(other.entity, hit.entity):
            return True
    return False


def _vouches(other: Entity | None, entity: Entity | None) -> bool:
    return (
        other is not None
        and entity is not None
        and other.kind not in _NO_COMPANY
        and Evidence.MUSIC in other.evidence
        and other.id != entity.id
    )


def _whole(entity: Entity, by_id: Mapping[str, Entity]) -> Entity:
    """The entity to report for this one, keeping what the part proves by itself."""
    seen = {entity.id}
    whole = entity
    while whole.part_of is not None:
        parent = by_id.get(whole.part_of)
        if parent is None or parent.id in seen:
            raise ConfigError(
                f"platforms.toml, {entity.id}, part_of",
                f"{whole.part_of!r} is not an entity that it can be part of",
                "Name the id of another entity",
            )
        seen.add(parent.id)
        whole = replace(parent, evidence=parent.evidence | whole.evidence)
    return whole
