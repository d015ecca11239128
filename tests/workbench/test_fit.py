"""Fitting finds what separates the rows, stays near its prior, keeps its signs, and never peeks at an event."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConfigError
from bot.logic.judging.linear import Linear, squash
from bot.workbench.fit import Example, cross_validate, fit, folds


def rows_of(pattern: str, **features: float) -> list[Example]:
    """One row per sign: "+" belongs, "-" does not; each in a group of its own."""
    return [Example(features, sign == "+", group=f"{sorted(features)}{n}") for n, sign in enumerate(pattern)]


def test_a_feature_that_goes_with_the_label_gets_a_weight_for_it() -> None:
    model = fit([*rows_of("++++-", suit=1.0), *rows_of("----+", launch=1.0)])

    assert model.weights["suit"] > 0.3 > -0.3 > model.weights["launch"]
    assert model.probability({"suit": 1.0}) > 0.5 > model.probability({"launch": 1.0})


def test_the_bias_follows_the_base_rate() -> None:
    model = fit(rows_of("+---------"))

    assert model.probability({}) == pytest.approx(0.1, abs=0.01)


def test_few_rows_hardly_move_a_weight_from_its_prior() -> None:
    model = fit([*rows_of("+-", suit=1.0), *rows_of("+-")], prior={"suit": 1.5, "unseen": 0.7}, strength=50)

    assert model.weights["suit"] == pytest.approx(1.5, abs=0.1)
    assert model.weights["unseen"] == 0.7


def test_a_bounded_weight_never_changes_sign() -> None:
    model = fit([*rows_of("----", court=1.0), *rows_of("++++")], bounds=lambda _: (0.0, math.inf))

    assert model.weights["court"] == 0.0


def test_heavier_rows_count_more() -> None:
    light = [Example({"x": 1.0}, True), Example({"x": 1.0}, False), Example({}, False), Example({}, True)]
    heavy = [Example({"x": 1.0}, True, weight=5.0), *light[1:]]

    assert fit(heavy).weights["x"] > fit(light).weights["x"]


def test_rows_of_one_kind_cannot_be_fitted() -> None:
    with pytest.raises(ConfigError, match="Label some of each"):
        fit(rows_of("+++", suit=1.0))


def test_fitting_twice_gives_the_same_weights_whatever_the_order_of_features() -> None:
    one = [Example({"a": 1.0, "b": 2.0}, True), Example({"b": 1.0}, False), Example({"a": 1.0}, True)]
    other = [Example(dict(reversed(row.features.items())), row.label) for row in one]

    assert fit(one) == fit(other)


def test_folds_keep_groups_together_and_are_of_nearly_equal_size() -> None:
    groups = ["a"] * 7 + ["b"] * 5 + [f"lone{n}" for n in range(13)]

    where = folds(groups, 5)

    assert len({fold for fold, group in zip(where, groups, strict=True) if group == "a"}) == 1
    assert sorted(where.count(fold) for fold in range(5)) == [4, 4, 5, 5, 7]
    assert where == folds(groups, 5)


def test_cross_validation_never_trains_on_the_event_that_it_judges() -> None:
    rows = [Example({group: 1.0}, label, group=group) for group in "abcdef" for label in (True, False)]
    trained: list[set[object]] = []

    def train(part: object) -> Linear:
        assert isinstance(part, list)
        trained.append({row.group for row in part})
        return Linear(0.0, {row.group: 1.0 for row in part})

    chances = cross_validate(rows, train, 3)

    # A weight for its own event would have lifted the chance above one half.
    assert chances == [0.5] * len(rows)
    assert all(len(groups) == 4 for groups in trained)


@given(st.floats(allow_nan=False))
def test_squash_stays_between_none_and_certain(total: float) -> None:
    assert 0.0 <= squash(total) <= 1.0
