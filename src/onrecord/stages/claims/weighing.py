"""Logistic regressions over signs that can be read: their weights, and what they come to."""

import functools
import math
from collections.abc import Mapping

from onrecord.models.weights import weights_json


@functools.cache
def weights(model: str) -> Mapping[str, float]:
    """Return the weights of a model by sign, "" of what every pair has."""
    loaded: dict[str, float] = weights_json(f"{model}.json")
    return loaded


def weighed(found: frozenset[str], known: Mapping[str, float]) -> float:
    """Return how likely it is that what these signs are of holds, 0 to 1."""
    total = known[""] + math.fsum(known.get(sign, 0.0) for sign in found)
    return 1 / (1 + math.exp(-total))


def band(value: float, edges: tuple[float, ...]) -> int:
    """Return how many edges a value is beyond."""
    return sum(value > edge for edge in edges)
