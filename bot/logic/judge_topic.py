"""Which of the ten topics an entry is about: the act reported, not the background."""

from collections.abc import Mapping

from bot.logic.judge_features import Findings
from bot.logic.rules import Rules
from bot.model import Topic


def choose_topic(findings: Findings, rules: Rules) -> Topic:
    """The topic with the highest total; of equals the one that stands first in the enum."""
    features = topic_features(findings)
    return max(Topic, key=lambda topic: rules.topics[topic].total(features))


def topic_features(findings: Findings) -> Mapping[str, float]:
    """The features that say something about the act. What the title only gives as background counts as an aside."""
    asides = {f"title:{name}" for name, hit in findings.hits.items() if hit.aside}
    return {
        name.replace("title:", "aside:") if name in asides else name: value
        for name, value in findings.features.items()
        if not name.startswith(("outlet:", "shape:", "has:", "title-has:", "title-lacks:"))
    }
