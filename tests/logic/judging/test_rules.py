"""The word lists and weights are checked before anything is judged by them."""

import copy
import tomllib
from typing import Any

import pytest

from bot.errors import ConfigError
from bot.logic.judging.rules import Rules, build_rules
from bot.model import Entity, EntityKind, Evidence, SourceGroup, Topic
from tests.bench.judging import entities, rules
from tests.shared import PROJECT

EMPTY = {"bias": 0.0, "weights": {}}


def a_lexicon() -> dict[str, Any]:
    return {
        "group": [{"id": "suit", "kind": "policy", "topic": "lawsuit", "en": ["sue*"]}],
        "outlets": {"music-trade": ["The Daily Note", "dailynote.example"], "tech": ["Gadget Wire"]},
        "small_words": {"en": ["the"], "de": ["der", "und"]},
        "collective": [{"words": ["the big two"], "stands_for": ["one", "two", "gone"]}],
    }


def some_weights() -> dict[str, Any]:
    return {
        "relevance": {"bias": -1, "weights": {"title:suit": 2}},
        "topics": {topic.value: EMPTY for topic in Topic},
        "lines": {"relevant": 0.5, "sure": 0.8},
    }


def build(lexicon: dict[str, Any], weights: dict[str, Any]) -> Rules:
    companies = [Entity(name, name.title(), EntityKind.LABEL) for name in ("one", "two")]
    return build_rules(companies, lexicon, weights)


def test_a_small_set_of_rules_is_built() -> None:
    built = build(a_lexicon(), some_weights())

    assert set(built.entities) == {"one", "two"}
    assert built.groups["suit"].topic is Topic.LAWSUIT
    assert built.matcher.find("One sues Two")[0].entity.name == "One"
    assert (built.lines.relevant, built.lines.sure) == (0.5, 0.8)


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("group",), [], "lexicon.toml"),
        (("group",), "suit", "lexicon.toml"),
        (("group", 0), "suit", "lexicon.toml, group 1"),
        (("group", 0, "id"), "", "lexicon.toml, group 1"),
        (("group", 0, "kind"), "mood", "lexicon.toml, suit"),
        (("group", 0, "topic"), "gossip", "lexicon.toml, suit"),
        (("group", 0, "en"), "sue*", "lexicon.toml, suit, en"),
        (("group", 0, "de"), [1], "lexicon.toml, suit, de"),
        (("group", 0, "en"), ["--"], "word list"),
        (("outlets",), [], "lexicon.toml, outlets"),
        (("outlets", "gossip"), ["X"], "lexicon.toml, outlets"),
        (("outlets", "tech"), "X", "lexicon.toml, outlets, tech"),
        (("small_words",), [], "lexicon.toml, small_words"),
        (("small_words", "de"), "der", "lexicon.toml, small_words, de"),
        (("collective",), {}, "lexicon.toml, collective"),
        (("collective", 0), "majors", "lexicon.toml, collective"),
        (("collective", 0, "words"), "majors", "lexicon.toml, collective, words"),
        (("collective", 0, "topics"), ["gossip"], "lexicon.toml, collective, topics"),
    ],
)
def test_a_malformed_word_list_is_refused_by_name(path: tuple[Any, ...], value: object, where: str) -> None:
    lexicon = a_lexicon()
    _put(lexicon, path, value)

    with pytest.raises(ConfigError) as refused:
        build(lexicon, some_weights())

    assert refused.value.where == where
    assert refused.value.fix


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("relevance",), None, "weights.json, relevance"),
        (("relevance", "bias"), "low", "weights.json, relevance"),
        (("relevance", "bias"), True, "weights.json, relevance"),
        (("relevance", "weights"), [], "weights.json, relevance"),
        (("relevance", "weights", "title:suit"), "much", "weights.json, relevance"),
        (("topics",), None, "weights.json, topics"),
        (("topics", "campaign"), None, "weights.json, topics, campaign"),
        (("lines",), None, "weights.json, lines"),
        (("lines", "sure"), 0.3, "weights.json, lines"),
        (("lines", "relevant"), 0, "weights.json, lines"),
        (("lines", "sure"), None, "weights.json, lines"),
    ],
)
def test_malformed_weights_are_refused_by_name(path: tuple[Any, ...], value: object, where: str) -> None:
    weights = copy.deepcopy(some_weights())
    _put(weights, path, value)

    with pytest.raises(ConfigError) as refused:
        build(a_lexicon(), weights)

    assert refused.value.where == where


def _put(tree: Any, path: tuple[Any, ...], value: object) -> None:
    for step in path[:-1]:
        tree = tree[step]
    tree[path[-1]] = value


@pytest.mark.parametrize(
    ("name", "url", "group"),
    [
        ("The Daily Note", None, SourceGroup.MUSIC_TRADE),
        ("the daily note", "not an address", SourceGroup.MUSIC_TRADE),
        ("Somebody", "https://www.dailynote.example/2025/x", SourceGroup.MUSIC_TRADE),
        ("Somebody", "https://news.dailynote.example/x", SourceGroup.MUSIC_TRADE),
        ("Somebody", "https://dailynote.example.evil/x", SourceGroup.GENERAL),
        ("Gadget Wire", "https://dailynote.example/x", SourceGroup.MUSIC_TRADE),
        ("Gadget Wire", "https://elsewhere.example/x", SourceGroup.TECH),
        ("", "https://[broken", SourceGroup.GENERAL),
        ("", None, SourceGroup.GENERAL),
    ],
)
def test_an_outlet_is_known_by_the_host_of_its_link_then_by_its_name(
    name: str, url: str | None, group: SourceGroup
) -> None:
    assert build(a_lexicon(), some_weights()).outlet_for(name, url).group is group


def test_music_outlets_vouch_for_music_and_others_for_nothing() -> None:
    built = build(a_lexicon(), some_weights())

    assert built.outlet_for("The Daily Note", None).needs == {Evidence.AI, Evidence.POLICY}
    assert built.outlet_for("Gadget Wire", None).needs == set(Evidence)
    assert built.outlet_for("Unheard Of", None).needs == set(Evidence)


# ---------------------------------------------------------------- the files that ship


def test_the_shipped_table_names_at_least_150_entities_each_once() -> None:
    table = entities()

    assert len(table) >= 150
    assert len({entity.id for entity in table}) == len(table)
    names = [entity.name for entity in table if entity.reported and entity.part_of is None]
    assert len(set(names)) == len(names)


def test_the_canonical_names_are_there() -> None:
    reported = {entity.name for entity in entities() if entity.reported and entity.part_of is None}
    wanted = "UMG,Sony Music,WMG,Apple Music,YouTube,Spotify,Suno,Udio,Klay,GEMA,PRS for Music,SAG-AFTRA"

    assert set(wanted.split(",")) <= reported


def test_people_laws_courts_and_ai_acts_are_never_reported() -> None:
    silent = {EntityKind.PERSON, EntityKind.ARTIST, EntityKind.LAW, EntityKind.AI_ACT, EntityKind.BODY}

    assert not [entity.id for entity in entities() if entity.kind in silent and entity.reported]


def test_ambiguous_names_say_what_counts_as_company() -> None:
    assert not [entity.id for entity in entities() if entity.ambiguous and not entity.company]
    assert not [entity.id for entity in entities() if any(word != word.casefold() for word in entity.company)]


def test_the_shipped_weights_speak_only_of_features_that_can_occur() -> None:
    known = rules()
    groups = {
        name.partition(":")[2] for name in known.relevance.weights if name.startswith(("title:", "body:"))
    }

    assert groups - {"two-parties"} <= set(known.groups)
    assert len(known.relevance.weights) < 400


def test_every_topic_has_words_for_people() -> None:
    tables = tomllib.loads((PROJECT / "config/topics.toml").read_text())["topic"]

    assert [table["id"] for table in tables] == [topic.value for topic in Topic]
    for table in tables:
        assert table["label"]
        assert table["description"].endswith(".")
        assert table["tag"].isalnum()
        assert len(bytes.fromhex(table["colour"].removeprefix("#"))) == 3
        assert table["emoji"]
