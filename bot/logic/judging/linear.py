"""Features weighed and added up: a bias, a weight for each name, and the chance that the total comes to."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Linear:
    """bias + sum of weight times value; `probability` squeezes it into 0..1."""

    bias: float
    weights: Mapping[str, float] = field(default_factory=dict)

    def total(self, features: Mapping[str, float]) -> float:
        known = self.weights
        return self.bias + math.fsum(known[name] * value for name, value in features.items() if name in known)

    def probability(self, features: Mapping[str, float]) -> float:
        return squash(self.total(features))


def squash(total: float) -> float:
    """The logistic function, safe for any size."""
    if total >= 0:
        return 1.0 / (1.0 + math.exp(-min(total, 700.0)))
    grown = math.exp(max(total, -700.0))
    return grown / (1.0 + grown)
