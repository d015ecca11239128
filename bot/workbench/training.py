"""Turns labelled entries into the weights of weights.json."""

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from bot.logic.judging.features import Findings
from bot.logic.judging.linear import Linear
from bot.logic.judging.rules import Group
from bot.logic.judging.topic import topic_features
from bot.model import Evidence, Topic
from bot.workbench.fit import Example, fit
from bot.workbench.priors import (
    TOPIC_BIAS,
    named_beforehand,
    relevance_bounds,
    relevance_prior,
    topic_bounds,
    topic_prior,
)

# Chosen by grouped cross-validation on the development set; the curve is flat around them.
RELEVANCE_STRENGTH = 4.0
TOPIC_STRENGTH = 16.0
MOST_FOR_A_RARE_TOPIC = 3.0


@dataclass(frozen=True, slots=True)
class Labelled:
    """What was found in an entry, and what an editor said about it.

    event   entries of one event share it
    weight  how much this label counts; doubtful ones count less
    """

    findings: Findings
    relevant: bool
    topic: Topic | None
    event: Hashable
    weight: float = 1.0


def can_pass(findings: Findings) -> bool:
    """Whether the weights decide about it at all; the rest is off the line for want of evidence."""
    wording = findings.wording
    return len(wording.evidence) == len(Evidence) and not wording.roundup and wording.lookalike is None


def relevance_rows(labelled: Sequence[Labelled]) -> list[Example]:
    """One row for every entry that the weights decide about, in the order given."""
    return [
        Example(one.findings.features, one.relevant, one.weight, one.event)
        for one in labelled
        if can_pass(one.findings)
    ]


def fit_relevance(
    rows: Sequence[Example], groups: Mapping[str, Group], *, start: Linear | None = None
) -> Linear:
    """Weights for whether an entry is our subject.

    start  weights to stay near; None: what the words mean by themselves
    """
    names = {name for row in rows for name in row.features} | named_beforehand(groups)
    prior = {name: value for name in sorted(names) if (value := relevance_prior(name, groups))}
    return fit(
        rows,
        prior=prior if start is None else start.weights,
        prior_bias=-2.0 if start is None else start.bias,
        bounds=lambda name: relevance_bounds(name, groups),
        strength=RELEVANCE_STRENGTH,
    )


def fit_topics(
    labelled: Sequence[Labelled], groups: Mapping[str, Group], *, start: Mapping[Topic, Linear] | None = None
) -> dict[Topic, Linear]:
    """Weights for each topic against the others, from relevant entries only; `start` as in `fit_relevance`."""
    known = [one for one in labelled if one.relevant and one.topic is not None]
    near = start or {}
    return {topic: _fit_topic(topic, known, groups, near.get(topic)) for topic in Topic}


def _fit_topic(
    topic: Topic, known: Sequence[Labelled], groups: Mapping[str, Group], start: Linear | None
) -> Linear:
    # Rare topics count more than their few examples, or the most frequent one would swallow them.
    most = max(Counter(one.topic for one in known).values())
    share = min(MOST_FOR_A_RARE_TOPIC, math.sqrt(most / max(1, sum(one.topic is topic for one in known))))
    rows = [
        Example(
            topic_features(one.findings),
            one.topic is topic,
            one.weight * (share if one.topic is topic else 1.0),
            one.event,
        )
        for one in known
    ]
    prior = topic_prior(topic, groups) if start is None else start.weights
    if not any(row.label for row in rows):
        # Nothing to learn from: its words alone must carry it against topics that were fitted.
        return start or Linear(TOPIC_BIAS + 0.5, prior)
    if all(row.label for row in rows):
        # Nothing to tell it from: one topic's labels alone say nothing about its words.
        return start or Linear(TOPIC_BIAS, prior)
    return fit(
        rows,
        prior=prior,
        prior_bias=TOPIC_BIAS if start is None else start.bias,
        bounds=lambda name: topic_bounds(name, topic, groups),
        strength=TOPIC_STRENGTH,
    )


def as_table(model: Linear) -> dict[str, object]:
    """A model as weights.json holds it: weights that still count, in order of name."""
    weights = {name: round(value, 3) for name, value in sorted(model.weights.items()) if abs(value) >= 0.02}
    return {"bias": round(model.bias, 3), "weights": weights}
