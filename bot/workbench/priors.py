"""Where weights start from before any label is read, and which signs they may have."""

from collections.abc import Mapping

from bot.logic.judging.rules import Group, GroupKind
from bot.model import Topic
from bot.workbench.fit import FREE, Bounds

_UP: Bounds = (0.0, FREE[1])
_DOWN: Bounds = (FREE[0], 0.0)

TOPIC_BIAS = -2.5

_TITLE_PRIOR = {GroupKind.AI: 0.6, GroupKind.MUSIC: 0.4, GroupKind.POLICY: 0.7, GroupKind.AGAINST: -0.8}
_FAINT_SHARE = 0.4  # words in the text say less than words in the title

# How a service may train on uploads is the bot's founding story, and rare: too few labels to learn it from.
_PRIORS = {
    "title:terms": 1.2,
    "title:retreat": 0.2,
    "title:other-service": -2.0,
    "body:other-service": -0.8,
    "body:terms": 0.6,
    "title-has:all": 1.0,
    "title-lacks:ai": -1.5,
    "title-lacks:music": -1.0,
    "title-lacks:policy": -1.2,
    "title:two-parties": 0.3,
    "outlet:tech": -0.5,
    "outlet:music-trade": 0.3,
    "shape:question": -0.5,
    "shape:quote-first": -0.5,
}
_NAME_PRIORS = {
    "music-ai-firm": 0.8,
    "ai-firm": 0.2,
    "service": 0.4,
    "rights": 0.5,
    "society": 0.8,
    "law": 1.5,
    "other-law": 0.3,
    "ai-act": -0.8,
    "body": 0.2,
}
_PAIR_PRIOR = 0.3
_PAIR_PRIORS = {
    "music-ai-firm+dispute": 1.0,
    "music-ai-firm+control": 0.8,
    "music-ai-firm+deal": 0.5,
    "service+control": 0.5,
    "rights+consent": 0.6,
    "service+consent": 1.0,
    "distributor+consent": 0.8,
    "ai-training+consent": 0.6,
    "service-word+consent": 0.8,
    "artist+person": 0.5,
    "service+retreat": 0.8,
    "distributor+retreat": 0.8,
    "service-word+retreat": 0.6,
    # What a person takes back or apologises for is hardly ever a rule.
    "musician+retreat": 0.0,
    "artist+retreat": 0.0,
    "ai+retreat": 0.0,
}
_STORY_PRIORS = {"dispute": 0.6, "deal": 0.6}
_SIDES_PRIORS = {"dispute": 1.2, "deal": 1.2}


def named_beforehand(groups: Mapping[str, Group]) -> set[str]:
    """Features that mean something even if no example has them: words of a group, and what has a prior of its own."""
    words = {f"{place}:{group}" for place in ("title", "body") for group in groups}
    return words | _PRIORS.keys() | {f"pair:{pair}" for pair in _PAIR_PRIORS}


def relevance_prior(name: str, groups: Mapping[str, Group]) -> float:
    if name in _PRIORS:
        return _PRIORS[name]
    place, _, rest = name.partition(":")
    if place == "made-act":
        return -1.0
    share = 1.0 if place.startswith("title") else _FAINT_SHARE
    if place in ("title", "body") and rest in groups:
        return share * _TITLE_PRIOR.get(groups[rest].kind, 0.0)
    if place in ("title-name", "body-name", "speaker"):
        return share * _NAME_PRIORS.get(rest, 0.0)
    if place == "speaks":
        return 0.8
    if place == "sides":
        return _SIDES_PRIORS.get(rest, 0.4)
    if place == "story":
        return _STORY_PRIORS.get(rest, 0.2)
    return _PAIR_PRIORS.get(rest, _PAIR_PRIOR) if place == "pair" else 0.0


def relevance_bounds(name: str, groups: Mapping[str, Group]) -> Bounds:
    """Evidence never counts against an entry and look-alikes never for it, whatever chance is in the labels."""
    place, _, rest = name.partition(":")
    if place in ("title", "body") and rest in groups:
        return _DOWN if groups[rest].kind in (GroupKind.AGAINST, GroupKind.SHAPE) else _UP
    if place in ("title-name", "body-name"):
        return _DOWN if rest == "ai-act" else FREE if rest in ("artist", "person") else _UP
    # Labelled items of general outlets were chosen since they are ours; in the world next to none is.
    if place in ("title-lacks", "made-act") or name in ("outlet:general", "outlet:tech"):
        return _DOWN
    if name == "title:two-parties":
        return _UP
    return _UP if place in ("pair", "sides", "story", "speaks", "title-has") else FREE


_TOPIC_PRIORS: Mapping[Topic, Mapping[str, float]] = {
    Topic.TERMS_TRAINING: {
        "title:terms": 2.4,
        "title:stance": 1.0,
        "title:retreat": 0.6,
        "pair:service+retreat": 0.5,
        "pair:distributor+retreat": 0.5,
        "body:stance": 0.3,
        "pair:service+consent": 0.5,
        "title-name:service": 0.5,
        "body:terms": 0.3,
        "title:scraping": 1.0,
        "title:bill": -1.0,
        "title:ai-training": 0.6,
        "title:policy-word": 0.4,
        "title:suit": -1.0,
        "title:court": -0.8,
    },
    Topic.OPT_OUT: {
        "body:opt": 0.9,
        "title:keep-off": 2.0,
        "pair:rights+consent": 1.0,
        "title:ai-training": 0.9,
        "title:suit": -0.8,
    },
    Topic.LICENSING_DEAL: {
        "pair:rights+deal": 1.0,
        "sides:deal": 1.0,
        "pair:industry+deal": 0.8,
        "pair:industry-word+deal": 0.8,
        "pair:music-ai-firm+deal": 0.6,
        "pair:society+deal": 0.6,
        "offer:voice": 3.0,
        "title:settle": 2.0,
        "body:settle": 1.2,
        "body:licence": 0.8,
        "title:suit": -0.5,
        "title:two-parties": 0.4,
    },
    Topic.LAWSUIT: {
        "title:suit": 1.8,
        "sides:dispute": 0.6,
        "title:settle": -1.5,
        "title:infringe": 0.5,
        "body:infringe": 0.3,
        "title:voice": -0.8,
        "title:fraud": -1.5,
        "pair:music-ai-firm+dispute": 0.8,
        "pair:ai-firm+dispute": 0.8,
    },
    Topic.LEGISLATION: {
        "title-name:law": 1.5,
        "title:letter": -1.5,
        "title:infringe": -0.4,
        "title:place": 0.5,
        "title:copyright": 0.3,
        "body-name:law": 0.6,
        "title:bill": 2.6,
        "title-name:body": 0.5,
    },
    Topic.LABELLING_OR_BAN: {
        "pair:service+control": 0.8,
        "title-name:service": 0.5,
        "title:fraud": -0.8,
        "title:terms": -1.2,
        "title:bill": -1.0,
        "title:no-pay": -1.5,
        "title:voice": -0.8,
        "title:ai-training": -1.2,
    },
    Topic.VOICE_LIKENESS: {
        "title:clone": 1.0,
        "title:voice": 1.8,
        "title:bill": -1.5,
        "title:suit": -0.6,
        "title:chart": -1.0,
        "title:copy-word": 1.0,
        "offer:voice": -3.0,
        "pair:artist+person": 1.0,
        "title-name:artist": 0.4,
    },
    Topic.ROYALTIES_FRAUD: {
        "title:ai-training": -0.8,
        "title:fraud": 2.5,
        "title:no-pay": 3.2,
        "body:fraud": 1.0,
        "body:no-pay": 1.0,
    },
    Topic.CAMPAIGN: {
        "title:letter": 2.0,
        "title-name:artist": 0.5,
        "pair:musician+plea": 0.8,
        "pair:society+plea": 0.8,
        "pair:industry+plea": 0.4,
    },
    Topic.GUIDANCE: {
        "title:guideline": 1.8,
        "title:authority": 1.2,
        "title-name:body": 0.6,
        "pair:society+norm": 0.8,
        "title:eligible": 0.8,
    },
}


def topic_prior(topic: Topic, groups: Mapping[str, Group]) -> dict[str, float]:
    """Where the weights of a topic start: its own words speak for it."""
    prior: dict[str, float] = {}
    for group in groups.values():
        if group.topic is topic:
            prior[f"title:{group.id}"] = 1.4
            prior[f"body:{group.id}"] = 0.6
    return {**prior, **_TOPIC_PRIORS[topic]}


def topic_bounds(name: str, topic: Topic, groups: Mapping[str, Group]) -> Bounds:
    place, _, rest = name.partition(":")
    own = place in ("title", "body") and rest in groups and groups[rest].topic is topic
    return _UP if own else FREE
