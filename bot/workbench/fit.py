"""Fits weights for named features: logistic regression, kept close to a prior, with signs that make sense.

Pure Python and deterministic: the same rows give the same weights on every machine. A few hundred features and a
few thousand rows take seconds.
"""

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import ConfigError
from bot.logic.judging.linear import Linear, squash

FREE = (-math.inf, math.inf)
Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Example:
    """One example.

    features  name -> value; what is absent is 0
    label     whether it belongs to the class
    weight    how much it counts, above 0
    group     rows of one event share it, so that cross-validation never learns an event from its echo
    """

    features: Mapping[str, float]
    label: bool
    weight: float = 1.0
    group: Hashable = None


def fit(
    rows: Sequence[Example],
    *,
    prior: Mapping[str, float] | None = None,
    prior_bias: float = 0.0,
    bounds: Callable[[str], Bounds] = lambda _: FREE,
    strength: float = 1.0,
    sweeps: int = 60,
) -> Linear:
    """The weights that explain the rows best while staying near the prior.

    prior     where each weight is pulled to; 0 for a feature it does not name
    bounds    lowest and highest weight allowed for a feature: evidence must not count against, look-alikes not for
    strength  how hard the pull is; 1 is a unit normal prior
    Raises ConfigError without rows of both labels.
    """
    if not any(row.label for row in rows) or all(row.label for row in rows):
        raise ConfigError(
            "labelled file", "it has no examples of both kinds", "Label some of each, then fit again"
        )
    start = dict(prior or {})
    columns = _columns(rows)
    weights = {name: _clamp(start.get(name, 0.0), bounds(name)) for name in sorted(columns)}
    state = _Descent(rows, prior_bias)
    for name, column in columns.items():
        state.shift(column, weights[name])
    reach = dict.fromkeys([*weights, ""], 1.0)
    everywhere = [(index, 1.0) for index in range(len(rows))]
    for _ in range(sweeps):
        largest = _step_bias(state, everywhere, prior_bias, reach)
        for name in weights:
            low, high = bounds(name)
            slope, bend = state.slopes(columns[name])
            slope += strength * (weights[name] - start.get(name, 0.0))
            step = _limited(-slope / (bend + strength), reach, name)
            moved = _clamp(weights[name] + step, (low, high)) - weights[name]
            if moved:
                weights[name] += moved
                state.shift(columns[name], moved)
            largest = max(largest, abs(moved))
        if largest < 1e-4:
            break
    # A feature that the prior names but no row has keeps its prior.
    return Linear(state.bias, {**{k: v for k, v in start.items() if k not in weights}, **weights})


def _step_bias(
    state: "_Descent", everywhere: Sequence[tuple[int, float]], prior_bias: float, reach: dict[str, float]
) -> float:
    slope, bend = state.slopes(everywhere)
    # Hardly pulled: the bias has to follow the base rate.
    slope += 0.01 * (state.bias - prior_bias)
    step = _limited(-slope / (bend + 0.01), reach, "")
    state.bias += step
    state.shift(everywhere, step)
    return abs(step)


class _Descent:
    """Totals of every row, kept in step while weights move one at a time."""

    def __init__(self, rows: Sequence[Example], bias: float) -> None:
        self.bias = bias
        self._labels = [1.0 if row.label else 0.0 for row in rows]
        self._counts = [row.weight for row in rows]
        self._totals = [bias] * len(rows)

    def slopes(self, column: Sequence[tuple[int, float]]) -> tuple[float, float]:
        """First and second derivative of the loss along one column."""
        slope = bend = 0.0
        for index, value in column:
            chance = squash(self._totals[index])
            slope += self._counts[index] * (chance - self._labels[index]) * value
            bend += self._counts[index] * chance * (1.0 - chance) * value * value
        return slope, bend

    def shift(self, column: Sequence[tuple[int, float]], by: float) -> None:
        if by:
            for index, value in column:
                self._totals[index] += by * value


def _columns(rows: Sequence[Example]) -> dict[str, list[tuple[int, float]]]:
    columns: dict[str, list[tuple[int, float]]] = {}
    for index, row in enumerate(rows):
        for name, value in row.features.items():
            if value:
                columns.setdefault(name, []).append((index, value))
    return columns


def _limited(step: float, reach: dict[str, float], name: str) -> float:
    """The step within its trust region, which widens after large steps and narrows after small ones."""
    taken = max(-reach[name], min(reach[name], step))
    reach[name] = max(2.0 * abs(taken), reach[name] / 2.0)
    return taken


def _clamp(value: float, bounds: Bounds) -> float:
    return max(bounds[0], min(bounds[1], value))


def folds(groups: Iterable[Hashable], count: int = 5) -> list[int]:
    """Which fold each row is in: whole groups together, folds of nearly equal size, always the same way."""
    listed = list(groups)
    sizes: dict[Hashable, int] = {}
    for group in listed:
        sizes[group] = sizes.get(group, 0) + 1
    filled = [0] * count
    home: dict[Hashable, int] = {}
    # Largest first, each into the emptiest fold; equal sizes by name, so that order of rows does not matter.
    for group in sorted(sizes, key=lambda name: (-sizes[name], str(name))):
        fold = filled.index(min(filled))
        home[group] = fold
        filled[fold] += sizes[group]
    return [home[group] for group in listed]


def cross_validate(
    rows: Sequence[Example], train: Callable[[Sequence[Example]], Linear], count: int = 5
) -> list[float]:
    """A probability for every row from a model that never saw its group."""
    where = folds([row.group for row in rows], count)
    chances = [0.0] * len(rows)
    for fold in range(count):
        model = train([row for row, home in zip(rows, where, strict=True) if home != fold])
        for index, home in enumerate(where):
            if home == fold:
                chances[index] = model.probability(rows[index].features)
    return chances
