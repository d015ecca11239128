"""Which of the ten topics an entry is about: the act reported, not the background."""

from collections.abc import Mapping

from bot.logic.judging.features import Findings
from bot.logic.judging.rules import GroupKind, Rules
from bot.model import Reason, Topic

HARDLY_LESS = 1.5
"""How far behind a second topic may be, in the units of the weights."""


def choose_topic(findings: Findings, rules: Rules) -> Topic:
    """The topic with the highest total; of equals the one that stands first in the enum."""
    features = topic_features(findings)
    return max(Topic, key=lambda topic: rules.topics[topic].total(features))


def second_topic(findings: Findings, first: Topic, rules: Rules) -> Topic | None:
    """A topic whose act the title reports beside the leading one, if hardly less weighs for it; None: no such."""
    features = topic_features(findings)
    named = {
        hit.group.topic
        for hit in findings.wording.hits.values()
        if hit.in_title and not hit.aside and hit.group.topic not in (None, first)
    }
    totals = {topic: rules.topics[topic].total(features) for topic in Topic}
    best = max((topic for topic in Topic if topic in named), key=lambda topic: totals[topic], default=None)
    return best if best is not None and totals[first] - totals[best] <= HARDLY_LESS else None


def topic_features(findings: Findings) -> Mapping[str, float]:
    """The features that say something about the act. What the title only gives as background counts as an aside."""
    features = {}
    for name, value in findings.features.items():
        place, _, rest = name.partition(":")
        hit = findings.wording.hits.get(rest) if place in ("title", "body") else None
        if place in _ABOUT_THE_ACT or (
            hit is not None and (hit.group.kind in _KINDS or hit.group.id in _OFFERS)
        ):
            features[f"aside:{rest}" if hit is not None and hit.aside else name] = value
    if _is_offer_of_voices(findings):
        features["offer:voice"] = 1.0
    return features


def _is_offer_of_voices(findings: Findings) -> bool:
    """A tool with voices of singers who agreed shows a licence at work; one that finds or removes clones does not."""
    wording = findings.wording
    offered = any(map(wording.in_title, _OFFERS)) or "opt" in wording.hits or "licence" in wording.hits
    voices = wording.in_title("clone")
    maker = any(name in findings.features for name in _MAKERS)
    return offered and voices and maker and not any(map(wording.in_title, _AGAINST_CLONES))


_MAKERS = ("title-name:service", "title-name:music-ai-firm", "title-name:ai-firm")
_AGAINST_CLONES = ("suit", "court", "infringe", "detect", "ban-act", "label-act", "terms", "eligible", "bill")


_ABOUT_THE_ACT = frozenset({"title-name", "body-name", "pair", "sides"})
_KINDS = frozenset({GroupKind.AI, GroupKind.POLICY, GroupKind.SHAPE})
# A new tool of a service is a look-alike, but where there is a rule at stake it tells an offer from a quarrel.
_OFFERS = frozenset({"launch", "model"})


def explain_topic(findings: Findings, topic: Topic, rules: Rules) -> Reason:
    """A note on which words settled the topic."""
    weights = rules.topics[topic].weights
    words = {
        hit.text: weights.get(f"{'title' if hit.in_title else 'body'}:{name}", 0.0)
        for name, hit in findings.wording.hits.items()
        if not hit.aside
    }
    telling = sorted(
        (word for word, weight in words.items() if weight > 0), key=lambda word: (-words[word], word)
    )
    because = " and ".join(f'"{word}"' for word in telling[:2])
    return Reason("topic", f"Topic {topic.value}: {because or 'by who is named in it'}")
