"""Logistic regressions over signs that can be read: their weights, and what they come to."""

import functools
import json
import math
from collections.abc import Mapping
from importlib.resources import files


@functools.cache
def weights(model: str) -> Mapping[str, float]:
    """Return the weights of a model by sign, "" of what every pair has."""
    text = files("onrecord.models").joinpath(f"{model}.json").read_text(encoding="utf-8")
    loaded: dict[str, float] = json.loads(text)
    return loaded


def weighed(found: frozenset[str], known: Mapping[str, float]) -> float:
    """Return how likely it is that what these signs are of holds, 0 to 1."""
    total = known[""] + math.fsum(known.get(sign, 0.0) for sign in found)
    return 1 / (1 + math.exp(-total))


def band(value: float, edges: tuple[float, ...]) -> int:
    """Return how many edges a value is beyond."""
    return sum(value > edge for edge in edges)
