"""Statements that put forward one thing in other words: by their meanings, words and actors."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from onrecord.components import components
from onrecord.models.decoding import Floats
from onrecord.stages.claims.utterances import Utterance

ALIKE = 0.75  # cosine of two meanings from which on two statements say one thing
GROUPED = 0.475  # the same on the average, where all statements answer one question
COMMON = 60  # statements that may have a word before it brings nobody together
MOST_DAYS = 400  # days between two sayings of one thing
CLASHING = frozenset({"says negative", "act deny"})  # signs that two of one kind both have or lack


def one_thing(found: Sequence[Utterance]) -> list[tuple[str, ...]]:
    """Return sets of statements of different reports that put forward one thing.

    Two do when their meanings are alike, they speak of an actor in common and share a telling word,
    and both or neither denies.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        for word in one.stems:
            holders[word].append(number)
    met: set[tuple[int, int]] = set()
    for some in holders.values():
        if len(some) <= COMMON:
            met.update((a, b) for i, a in enumerate(some) for b in some[i + 1 :])
    pairs = [
        (found[a].statement.id, found[b].statement.id)
        for a, b in sorted(met)
        if _are_one(found[a], found[b])
    ]
    return [tuple(group) for group in components(pairs)]


def _are_one(one: Utterance, other: Utterance) -> bool:
    if one.statement.report == other.statement.report or not one.about & other.about:
        return False
    if one.signs & CLASHING != other.signs & CLASHING:
        return False
    return float(one.meaning @ other.meaning) >= ALIKE


def grouped(vectors: Floats, least: float = GROUPED) -> list[int]:
    """Return the group of each of some meanings, by average linkage of their cosines.

    `vectors` has a row of length 1 for each.
    """
    if len(vectors) < 2:
        return [0] * len(vectors)
    apart = np.maximum(0.0, 1.0 - vectors @ vectors.T)
    upper = apart[np.triu_indices(len(vectors), 1)]
    found: list[int] = fcluster(linkage(upper, "average"), 1.0 - least, "distance").tolist()
    return found
