"""Weights come from labelled entries, start from what words mean, and end in a table that rules accept."""

import pytest

from bot.errors import ConfigError
from bot.logic.judging.features import examine
from bot.model import Topic
from bot.workbench.priors import topic_prior
from bot.workbench.training import (
    Labelled,
    as_table,
    can_pass,
    fit_relevance,
    fit_topics,
    relevance_rows,
)
from tests.bench.judging import rules
from tests.builders import a_new_entry

RULES = rules()


def a_label(title: str, topic: Topic | None = None, outlet: str = "Billboard") -> Labelled:
    entry = a_new_entry(title, outlet=RULES.outlet_for(outlet, None))
    return Labelled(examine(entry, RULES), topic is not None, topic, event=title)


OURS = [
    a_label("Publishers sue Udio over AI songs", Topic.LAWSUIT),
    a_label("Court hears suit of songwriters against AI music firm", Topic.LAWSUIT),
    a_label("Deezer labels AI tracks", Topic.LABELLING_OR_BAN),
    a_label("Festival bans AI music", Topic.LABELLING_OR_BAN),
]
OTHERS = [
    a_label("Suno launches beta app for AI songs with new licensing tab"),
    a_label("AI music startup in deal talks to raise funding, investors say"),
    a_label("Singer talks AI, copyright and her new album in interview"),
]


def test_entries_without_evidence_and_round_ups_teach_nothing() -> None:
    silent = a_label("A song about the rain")
    column = a_label("Weekly round-up: labels sue Suno over AI", Topic.LAWSUIT)

    assert not can_pass(silent.findings)
    assert not can_pass(column.findings)
    assert len(relevance_rows([silent, column, *OURS])) == len(OURS)


def test_fitted_weights_tell_ours_from_the_others_with_sensible_signs() -> None:
    model = fit_relevance(relevance_rows(OURS + OTHERS), RULES.groups)

    lowest = min(model.probability(one.findings.features) for one in OURS)
    assert lowest > max(model.probability(one.findings.features) for one in OTHERS if can_pass(one.findings))
    assert model.weights["title:suit"] > 0 >= model.weights["title:launch"]


def test_evidence_never_counts_against_an_entry_however_the_labels_fall() -> None:
    upside_down = [
        Labelled(one.findings, not one.relevant, Topic.CAMPAIGN if one.topic is None else None, one.event)
        for one in OURS + OTHERS
    ]

    model = fit_relevance(relevance_rows(upside_down), RULES.groups)

    assert model.weights["title:suit"] >= 0 >= model.weights["title:launch"]


def test_labels_of_one_kind_are_refused() -> None:
    with pytest.raises(ConfigError, match="Label some of each"):
        fit_relevance(relevance_rows(OURS), RULES.groups)


def test_a_topic_without_examples_keeps_its_prior_and_can_still_win() -> None:
    models = fit_topics(OURS, RULES.groups)
    terms = a_label("Service changes terms of use for AI training").findings

    assert models[Topic.GUIDANCE].weights == topic_prior(Topic.GUIDANCE, RULES.groups)
    assert max(Topic, key=lambda topic: models[topic].total(terms.features)) is Topic.TERMS_TRAINING


def test_a_fitted_table_is_what_rules_are_built_from() -> None:
    relevance = fit_relevance(relevance_rows(OURS + OTHERS), RULES.groups)
    topics = fit_topics(OURS, RULES.groups)
    table = {
        "lines": {"relevant": 0.5, "sure": 0.9},
        "relevance": as_table(relevance),
        "topics": {topic.value: as_table(model) for topic, model in topics.items()},
    }

    built = rules(table)

    assert built.relevance.bias == pytest.approx(relevance.bias, abs=0.001)
    assert all(abs(weight) >= 0.02 for weight in built.relevance.weights.values())
