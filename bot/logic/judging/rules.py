"""What judgement knows, built once from platforms.toml, lexicon.toml and weights.json."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeGuard
from urllib.parse import urlsplit

from bot.errors import ConfigError
from bot.logic.judging.linear import Linear
from bot.logic.text.collectives import Collectives, read_collectives
from bot.logic.text.names import Matcher, Phrases, fold, words_of
from bot.model import Entity, Evidence, Outlet, SourceGroup, Topic

LANGUAGES = ("en", "de", "fr", "es")


class GroupKind(StrEnum):
    """What a group of words speaks for."""

    AI = "ai"
    MUSIC = "music"
    POLICY = "policy"
    AGAINST = "against"
    SHAPE = "shape"


@dataclass(frozen=True, slots=True)
class Group:
    """Words that say one thing. `says` is what a look-alike reads like; empty for evidence."""

    id: str
    kind: GroupKind
    topic: Topic | None = None
    says: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Scores from which an entry is relevant, and sure."""

    relevant: float
    sure: float


@dataclass(frozen=True)
class Rules:
    """Everything that `judge` needs besides the entry.

    phrases   word lists of all languages in one automaton: (group, language)
    collectives  words that mean companies without naming them
    small_words  language -> words that tell a text is in it
    outlets   folded outlet name or host -> what sort of publisher
    """

    matcher: Matcher
    entities: Mapping[str, Entity]
    groups: Mapping[str, Group]
    phrases: Phrases[tuple[Group, str]]
    relevance: Linear
    topics: Mapping[Topic, Linear]
    lines: Lines
    collectives: Collectives
    small_words: Mapping[str, frozenset[str]]
    outlets: Mapping[str, SourceGroup]

    def outlet_for(self, name: str, url: str | None) -> Outlet:
        """What is known about an outlet by the host of an address, else by its name; else a general one.

        The host first: an aggregator gives its own name, and a link to who wrote it.
        """
        keys = [*_host_keys(url), _outlet_key(name)]
        group = next((self.outlets[key] for key in keys if key in self.outlets), SourceGroup.GENERAL)
        return Outlet(name, group, tier=_tier(group, name), needs=needs_of(group))


def needs_of(group: SourceGroup) -> frozenset[Evidence]:
    """What the words of such an outlet's entries must prove, since the outlet does not vouch for it."""
    if group in _MUSICAL:
        return frozenset({Evidence.AI, Evidence.POLICY})
    return frozenset(Evidence)


_MUSICAL = frozenset(
    {
        SourceGroup.MUSIC_TRADE,
        SourceGroup.MUSIC_CONSUMER,
        SourceGroup.PRODUCTION,
        SourceGroup.RIGHTS_ORG,
    }
)


def build_rules(
    entities: Sequence[Entity], lexicon: Mapping[str, object], weights: Mapping[str, object]
) -> Rules:
    """Check the word lists and weights and make them fast.

    lexicon   lexicon.toml as read
    weights   weights.json as read
    Raises ConfigError that names the file and key.
    """
    groups, patterns = _groups(lexicon)
    return Rules(
        matcher=Matcher(entities),
        entities={entity.id: entity for entity in entities},
        groups={group.id: group for group in groups},
        phrases=Phrases(patterns),
        relevance=_linear(weights.get("relevance"), "relevance"),
        topics=_topics(weights.get("topics")),
        lines=_lines(weights.get("lines")),
        collectives=read_collectives(lexicon.get("collective", []), entities),
        small_words=_small_words(lexicon.get("small_words", {})),
        outlets=_outlets(lexicon.get("outlets", {})),
    )


def _groups(lexicon: Mapping[str, object]) -> tuple[list[Group], list[tuple[str, tuple[Group, str]]]]:
    tables = lexicon.get("group")
    if not isinstance(tables, list) or not tables:
        raise ConfigError(
            "lexicon.toml", "it has no [[group]] tables", "Restore the file that came with Smallprint"
        )
    groups: list[Group] = []
    patterns: list[tuple[str, tuple[Group, str]]] = []
    for number, table in enumerate(tables, 1):
        if not isinstance(table, dict):
            raise ConfigError(f"lexicon.toml, group {number}", "it is not a table", "Begin it with [[group]]")
        group = _group(table, number)
        groups.append(group)
        for language in LANGUAGES:
            where = f"lexicon.toml, {group.id}, {language}"
            patterns.extend(
                (pattern, (group, language)) for pattern in _texts(table.get(language, []), where)
            )
    return groups, patterns


def _group(table: Mapping[str, object], number: int) -> Group:
    where = f"lexicon.toml, group {number}"
    name, kind, topic = table.get("id"), table.get("kind"), table.get("topic")
    if not isinstance(name, str) or not name:
        raise ConfigError(where, "it has no id", 'Add id = "a-short-name"')
    try:
        return Group(
            name,
            GroupKind(str(kind)),
            Topic(str(topic)) if topic is not None else None,
            str(table.get("says", "")),
        )
    except ValueError as error:
        fix = f"Use a kind of {', '.join(GroupKind)} and a topic of {', '.join(Topic)}"
        raise ConfigError(f"lexicon.toml, {name}", str(error), fix) from error


def _texts(values: object, where: str) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ConfigError(where, "it is not a list of texts", 'Write it as ["one", "two words"]')
    return values


def _linear(table: object, where: str) -> Linear:
    place = f"weights.json, {where}"
    fix = "Fit the weights anew, or restore the file that came with Smallprint"
    if not isinstance(table, Mapping):
        raise ConfigError(place, "it is missing", fix)
    bias, weights = table.get("bias"), table.get("weights")
    if not _is_number(bias) or not isinstance(weights, Mapping):
        raise ConfigError(place, "it needs a number `bias` and a table `weights`", fix)
    if not all(isinstance(name, str) and _is_number(value) for name, value in weights.items()):
        raise ConfigError(place, "every weight must be a number", fix)
    return Linear(float(bias), {name: float(value) for name, value in weights.items()})


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _topics(table: object) -> dict[Topic, Linear]:
    if not isinstance(table, Mapping):
        raise ConfigError(
            "weights.json, topics", "it is missing", "Restore the file that came with Smallprint"
        )
    return {topic: _linear(table.get(topic.value), f"topics, {topic.value}") for topic in Topic}


def _lines(table: object) -> Lines:
    fix = "Write 0 < relevant <= sure < 1"
    if not isinstance(table, Mapping):
        raise ConfigError("weights.json, lines", "it is missing", fix)
    relevant, sure = table.get("relevant"), table.get("sure")
    if not _is_number(relevant) or not _is_number(sure) or not 0 < relevant <= sure < 1:
        raise ConfigError("weights.json, lines", "the two lines are not in order", fix)
    return Lines(float(relevant), float(sure))


def _small_words(table: object) -> dict[str, frozenset[str]]:
    if not isinstance(table, Mapping):
        raise ConfigError("lexicon.toml, small_words", "it is not a table", "Begin it with [small_words]")
    return {
        str(language): frozenset(_texts(words, f"lexicon.toml, small_words, {language}"))
        for language, words in table.items()
    }


def _outlets(table: object) -> dict[str, SourceGroup]:
    if not isinstance(table, Mapping):
        raise ConfigError("lexicon.toml, outlets", "it is not a table", "Begin it with [outlets]")
    known: dict[str, SourceGroup] = {}
    for name, outlets in table.items():
        try:
            group = SourceGroup(name)
        except ValueError as error:
            fix = f"Use one of {', '.join(SourceGroup)}"
            raise ConfigError("lexicon.toml, outlets", f"there is no group {name!r}", fix) from error
        for outlet in _texts(outlets, f"lexicon.toml, outlets, {name}"):
            known[_outlet_key(outlet)] = group
    return known


def _outlet_key(name: str) -> str:
    # "Daily Note (via Example)": the bracket is a remark, not part of the name.
    return " ".join(fold(word.raw) for word in words_of(name.partition("(")[0]))


def _host_keys(url: str | None) -> list[str]:
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return []  # an address that cannot be read says nothing about the outlet
    labels = host.split(".")
    return [_outlet_key(".".join(labels[start:])) for start in range(len(labels) - 1)]


def _tier(group: SourceGroup, name: str) -> int:
    if group in (
        SourceGroup.MUSIC_TRADE,
        SourceGroup.RIGHTS_ORG,
        SourceGroup.RIGHTS_LAW,
        SourceGroup.PLATFORM,
    ):
        return 1
    return 3 if group is SourceGroup.GENERAL and not name else 2
