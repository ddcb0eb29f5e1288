"""Measures of clusters against true ones: MUC, B-cubed, CEAF by entity, and their mean, CoNLL F1.

Clusters are given as label by item. Items that only one side has are singletons of their own there,
or missing where a measure says so, as in Pradhan et al. 2014, "Scoring Coreference Partitions of
Predicted Mentions".
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from typing import TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

Item = TypeVar("Item", bound=Hashable)
Labels = Mapping[Item, Hashable]


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean of two shares."""
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def members(labels: Labels[Item]) -> dict[Hashable, set[Item]]:
    """Return the items of each cluster."""
    found: dict[Hashable, set[Item]] = defaultdict(set)
    for item, label in labels.items():
        found[label].add(item)
    return found


def muc(true: Labels[Item], given: Labels[Item]) -> tuple[float, float]:
    """Return precision and recall by links (Vilain et al. 1995); singletons count for nothing."""
    return _links(given, true), _links(true, given)


def _links(clusters: Labels[Item], other: Labels[Item]) -> float:
    right = of = 0
    for cluster in members(clusters).values():
        parts = {other.get(item, (item,)) for item in cluster}
        right += len(cluster) - len(parts)
        of += len(cluster) - 1
    return right / of if of else 0.0


def b_cubed(true: Labels[Item], given: Labels[Item]) -> tuple[float, float]:
    """Return precision and recall by item (Bagga and Baldwin 1998)."""
    together = Counter((true[item], given[item]) for item in true if item in given)
    gold, ours = Counter(true.values()), Counter(given.values())
    precision = sum(n * n / ours[label] for (_, label), n in together.items())
    recall = sum(n * n / gold[label] for (label, _), n in together.items())
    return precision / max(1, len(given)), recall / max(1, len(true))


def ceaf_e(true: Labels[Item], given: Labels[Item]) -> tuple[float, float]:
    """Return precision and recall by the best pairing of clusters (Luo 2005, phi 4)."""
    gold, ours = members(true), members(given)
    rows, columns = {k: i for i, k in enumerate(gold)}, {k: i for i, k in enumerate(ours)}
    alike = np.zeros((len(rows), len(columns)))
    together = Counter((true[item], given[item]) for item in true if item in given)
    for (label, answer), n in together.items():
        size = len(gold[label]) + len(ours[answer])
        alike[rows[label], columns[answer]] = 2 * n / size
    best = float(alike[linear_sum_assignment(-alike)].sum()) if alike.size else 0.0
    return best / max(1, len(ours)), best / max(1, len(gold))


def conll(true: Labels[Item], given: Labels[Item]) -> dict[str, float]:
    """Return F1 of the three measures and their mean, in percent."""
    figures = {
        name: 100 * f1(*measure(true, given))
        for name, measure in (("muc_f1", muc), ("bcubed_f1", b_cubed), ("ceafe_f1", ceaf_e))
    }
    return {"conll_f1": sum(figures.values()) / len(figures), **figures}
