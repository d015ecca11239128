"""Words that mean companies without naming them: "the majors", or "music publishers" in a suit against one AI firm."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import ConfigError
from bot.logic.text.names import Phrases, Word
from bot.model import Entity, Topic

_WHERE = "lexicon.toml, collective"


@dataclass(frozen=True, slots=True)
class Collective:
    """Who is meant.

    stands_for  ids of platforms.toml
    beside      ids of which one must be named too for the words to mean that; empty: they always do
    topics      the words mean that in stories of these topics; empty: in all
    """

    stands_for: tuple[str, ...]
    beside: frozenset[str]
    topics: frozenset[Topic]

    def holds(self, topic: Topic | None, named: Collection[str]) -> bool:
        return (not self.topics or topic in self.topics) and (
            not self.beside or not self.beside.isdisjoint(named)
        )


class Collectives:
    """All of them in one automaton."""

    def __init__(self, patterns: Sequence[tuple[str, Collective]]) -> None:
        self._phrases = Phrases(patterns)

    def ids(self, words: Sequence[Word], topic: Topic | None, named: Collection[str]) -> tuple[str, ...]:
        """Whom the words mean, in the order they stand; may repeat. `named`: ids of those named in so many words."""
        found = (collective for collective, _, _ in self._phrases.find(words))
        return tuple(name for one in found if one.holds(topic, named) for name in one.stands_for)


def read_collectives(tables: object, entities: Sequence[Entity]) -> Collectives:
    """From the [[collective]] tables of lexicon.toml. Raises ConfigError that names the key."""
    known = {entity.id for entity in entities}
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigError(_WHERE, "it is not a list of tables", "Begin each with [[collective]]")
    patterns: list[tuple[str, Collective]] = []
    for table in tables:
        # An operator may have taken one of the companies out of platforms.toml: then the others are meant.
        ids = tuple(name for name in _texts(table, "stands_for") if name in known)
        collective = Collective(ids, frozenset(_texts(table, "beside")), _topics(table))
        patterns.extend((words, collective) for words in _texts(table, "words"))
    return Collectives(patterns)


def _topics(table: Mapping[str, object]) -> frozenset[Topic]:
    names = _texts(table, "topics")
    unknown = sorted(set(names) - set(Topic))
    if unknown:
        raise ConfigError(f"{_WHERE}, topics", f"there is no topic {unknown[0]!r}", f"Use {', '.join(Topic)}")
    return frozenset(map(Topic, names))


def _texts(table: Mapping[str, object], key: str) -> list[str]:
    values = table.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ConfigError(f"{_WHERE}, {key}", "it is not a list of texts", 'Write it as ["one", "two words"]')
    return values
