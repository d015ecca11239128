"""Headlines that look like our subject and are not, kind by kind; and their neighbours that are ours."""

import time
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from bot.logic.judging.lookalikes import KINDS, lookalike
from bot.model import Topic
from tests.logic.judging.test_judge import verdict_on

OFF = {
    "weapons-boycott": [
        "Indie trio leaves Wavelake over founder's stake in AI weapons firm",
        "Protest outside streaming office over military drone investment",
    ],
    "user-data-breach": [
        "AI music app hacked, two million user accounts exposed",
        "Personal data of listeners leaked from AI playlist service",
    ],
    "hiring": [
        "AI music firm Songmill appoints former label boss as president",
        "Songmill lays off a third of its staff as AI music cools; job cuts hit research",
    ],
    "ai-act-charting-or-signing": [
        "AI singer Nova Lune tops viral chart for a third week",
        "Label signs AI-generated country band to record deal",
    ],
    "artist-removes-own-music": ["Singer pulls her entire catalogue from Wavelake in pay row"],
    "funding": [
        "AI music start-up Songmill raises $40m at a valuation of $300m",
        "Songmill closes series B round",
    ],
    "podcast": ["Podcast: what AI means for songwriters"],
    "sponsored": ["Sponsored: master your tracks with AI in seconds"],
    "column-name": [
        "Opinion: AI will never write a great chorus",
        "Interview | The producer who lets AI jam along",
    ],
    "roundup": [
        "From AI licences to festival bans: the week's biggest music stories",
        "News round-up: AI label deals, tour dates and a new streaming tier",
    ],
    "place-or-person-crime": ["Rapper's manager arrested after shooting at studio"],
}
OURS = [
    "Songmill appoints monitor after settling AI training lawsuit with labels",
    "Wavelake strips AI singer Nova Lune from its charts under new disclosure rule",
    "Leaked source code shows Songmill trained its AI on users' songs",
    "Man arrested over streaming fraud with AI songs",
    "Songmill raises $40m after licensing deal with major label settles AI suit",
]


@pytest.mark.parametrize(("kind", "title"), [(k, t) for k, titles in OFF.items() for t in titles])
def test_a_look_alike_is_known_by_the_name_of_its_kind_and_is_off_the_line(kind: str, title: str) -> None:
    found = lookalike(title)

    assert found is not None
    assert found.id == kind
    assert not verdict_on(title).relevant


@pytest.mark.parametrize("title", OURS)
def test_what_stands_near_a_look_alike_and_is_ours_is_left_to_the_weights(title: str) -> None:
    assert lookalike(title) is None


def test_every_kind_has_examples_here() -> None:
    assert {kind.id for kind in KINDS} == set(OFF)


def test_no_word_proves_two_things() -> None:
    tables = tomllib.loads(
        (Path(__file__).parents[3] / "bot" / "data" / "lexicon.toml").read_text(encoding="utf-8")
    )["group"]
    kinds = defaultdict(set)
    for group in tables:
        for lang in ("en", "de", "fr", "es"):
            for pattern in group.get(lang, []):
                kinds[lang, pattern].add(group["kind"])

    assert {pattern: sorted(found) for pattern, found in kinds.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    "title",
    [
        "A new band plays Harvest Festival",
        "Deepfake, the techno producer, sues former manager",
        "Estate of guitarist signs deal over name, image and likeness",
        "Runner trained on her old songs wins city marathon, says licence to run",
    ],
)
def test_a_weak_word_of_ai_proves_nothing_without_a_strong_one(title: str) -> None:
    assert not verdict_on(title).relevant


def test_a_headline_of_two_acts_has_two_topics_the_leading_one_first() -> None:
    verdict = verdict_on("Streaming service bans AI songs that copy singers' voices")

    assert set(verdict.topics) == {Topic.LABELLING_OR_BAN, Topic.VOICE_LIKENESS}
    assert verdict.topics[0] is verdict.topic


def test_a_title_as_long_as_a_page_costs_no_more_than_a_long_headline() -> None:
    began = time.perf_counter()

    for words in ("hack ", "ai artist ", "chart ", "users "):
        lookalike(words * 50_000)

    assert time.perf_counter() - began < 0.5
