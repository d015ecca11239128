"""Names are found as whole words, mean what they mean there, and cost the same for any text."""

import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConfigError
from bot.logic.text.names import Matcher, Phrases, fold, words_of
from bot.model import Entity, EntityKind, Evidence
from tests.bench.judging import entities

MUSIC = frozenset({Evidence.MUSIC})
BOTH = frozenset({Evidence.AI, Evidence.MUSIC})


def an_entity(name: str = "Fonora", **changes: object) -> Entity:
    values: dict[str, object] = {"id": fold(name).replace(" ", "-"), "name": name, "kind": EntityKind.SERVICE}
    return Entity(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def shipped() -> Matcher:
    return Matcher(entities())


def names(matcher: Matcher, text: str) -> list[str]:
    return [mention.entity.name for mention in matcher.find(text)]


def test_a_name_inside_a_longer_word_is_not_a_mention(shipped: Matcher) -> None:
    assert names(shipped, "The studio opens a new Studio for sunomi players") == []
    assert names(shipped, "Udio opens a new studio") == ["Udio"]


def test_case_and_accents_do_not_matter_and_positions_are_those_of_the_text() -> None:
    matcher = Matcher([an_entity("Müsli Récords")])
    text = "The label MUSLI RECORDS says no; Müsli Récords’ lawyer says yes."

    found = matcher.find(text)

    assert [mention.text for mention in found] == ["MUSLI RECORDS", "Müsli Récords"]
    assert all(text[mention.start : mention.end] == mention.text for mention in found)


def test_an_alias_with_an_equals_sign_asks_for_exact_case() -> None:
    matcher = Matcher([an_entity("Awalon", aliases=("=AWA",))])

    assert names(matcher, "AWA signs") == ["Awalon"]
    assert names(matcher, "awa signs, Awa signs") == []


def test_the_longest_name_wins() -> None:
    matcher = Matcher([an_entity("Sunny Music"), an_entity("Sunny"), an_entity("Music Group")])

    assert names(matcher, "Sunny Music Group reports") == ["Sunny Music"]


def test_a_possessive_still_names_the_company(shipped: Matcher) -> None:
    assert names(shipped, "Suno’s lawyers and Deezer's lawyers") == ["Suno", "Deezer"]


def test_dotted_capitals_are_one_word() -> None:
    assert [word.folded for word in words_of("A.I. in the U.S. of A.")] == [
        "ai",
        "in",
        "the",
        "us",
        "of",
        "a",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Guard Klay Thompson scores 30 in the final", []),
        ("Klay signs licence with three labels for its AI music platform", ["Klay"]),
        ("The court heard from Klay about the weather", []),
        ("A merlin was seen over the moor at dawn", []),
        ("Merlin and Spotify agree on remixes", ["Merlin", "Spotify"]),
        ("How to fix a boomy bass in a small room", []),
        ("Boomy tracks return to Spotify", ["Boomy", "Spotify"]),
        ("A robot sings in the square", []),
        ("Memory researcher Endel Tulving remembered", []),
        ("Universal and Endel make AI soundscapes", ["UMG", "Endel"]),
        ("Universal Pictures plans a sequel", []),
        ("A tidal wave hits the coast", []),
        ("Tidal stops paying royalties for such tracks", ["Tidal"]),
        ("A PRS guitar for the songwriters' club", []),
        ("Her BMI was normal, the doctor said", []),
        ("ASCAP and BMI answer the songwriters", ["ASCAP", "BMI"]),
        ("We believe in songs", []),
        ("TuneCore and Believe block the tracks", ["TuneCore", "Believe"]),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_an_ambiguous_name_counts_only_with_company(shipped: Matcher, text: str, expected: list[str]) -> None:
    assert names(shipped, text) == expected


def test_an_artist_nearby_is_no_company_for_a_company() -> None:
    hook = an_entity("Hook", ambiguous=True, evidence=BOTH)
    artist = an_entity("Ann Tenna", kind=EntityKind.ARTIST, evidence=MUSIC)

    assert names(Matcher([hook, artist]), "Ann Tenna writes a hook") == ["Ann Tenna"]


def test_company_further_away_does_not_count() -> None:
    matcher = Matcher([an_entity("Hook", ambiguous=True, company=("remix",))])

    assert names(matcher, "Hook has a remix tool") == ["Hook"]
    assert names(matcher, "Hook " + "and so on " * 20 + "remix") == []


def test_a_part_stands_for_the_whole_and_keeps_what_it_proves() -> None:
    whole = an_entity("Fonora", evidence=MUSIC)
    part = an_entity("Fonora Dreams", part_of="fonora", evidence=frozenset({Evidence.AI}))

    (mention,) = Matcher([whole, part]).find("Try Fonora Dreams now")

    assert (mention.entity.id, mention.text) == ("fonora", "Fonora Dreams")
    assert mention.entity.evidence == BOTH


def test_the_head_of_a_company_stands_for_it(shipped: Matcher) -> None:
    assert names(shipped, "Mikey Shulman writes to users") == ["Suno"]


@pytest.mark.parametrize("part_of", ["nowhere", "fonora"])
def test_a_part_of_nothing_or_of_itself_is_refused(part_of: str) -> None:
    with pytest.raises(ConfigError, match=r"platforms\.toml, fonora, part_of"):
        Matcher([an_entity("Fonora", part_of=part_of)])


def test_a_name_without_a_word_is_refused() -> None:
    with pytest.raises(ConfigError, match="no first word"):
        Phrases([("--", 1)])


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("licens*", "they licensed it", True),
        ("licens*", "a licence", False),
        ("# per cent", "44 per cent of uploads", True),
        ("# per cent", "many per cent of uploads", False),
        ("names _ as", "names Musical as partner", True),
        ("names _ as", "names as", False),
        ("=AI deal*", "AI deals", True),
        ("=AI deal*", "ai deals", False),
        ("=A.I.", "A.I. is here", True),
    ],
)
def test_patterns_stand_for_word_endings_numbers_any_word_and_exact_case(
    pattern: str, text: str, found: bool
) -> None:
    assert bool(list(Phrases([(pattern, 1)]).find(words_of(text)))) is found


@given(st.text(max_size=300))
def test_any_text_gives_ordered_mentions_that_stand_in_it(text: str) -> None:
    mentions = _SHIPPED.find(text)

    assert all(text[m.start : m.end] == m.text and m.text for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


_SHIPPED = Matcher(entities())


def _steps(text: str) -> int:
    """Lines that the matcher runs for a text: a cost that no busy machine can change."""
    count = 0

    def trace(*_: object) -> object:
        nonlocal count
        count += 1
        return trace

    words = words_of(text)
    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        _SHIPPED.find_in(text, words)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("text", ["Klay ", "Universal Music Publishing ", "the word of the day "])
def test_the_cost_grows_with_the_text_and_no_faster(text: str) -> None:
    short, long = _steps(text * 100), _steps(text * 800)

    assert long < 8 * short * 1.1
