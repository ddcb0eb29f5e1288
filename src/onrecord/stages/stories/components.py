"""Reports that alike pairs connect, and whether they are as they were, in long arrays."""

import functools
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from onrecord.stages.stories.grouping import ALIKE, group
from onrecord.stages.stories.neighbours import Codes, codes, ends
from onrecord.stages.stories.table import Flags, Numbers

WHOLE = 64  # reports up to which all pairs of a cell are compared before they are grouped
NEXT = 32  # of more, the reports before it with which each is compared
LEVELS = (1_000, 2_000, 3_000, 4_000, 5_000, 6_000)  # likeness that connects where there are more
LOT = 1_000_000  # pairs of connected reports that are compared at once

Scores = npt.NDArray[np.int32]


def cells(count: int, pairs: Codes, scores: Scores) -> tuple[Numbers, Flags]:
    """Return for each report the number of its cell, and whether more is connected with that.

    A cell are the reports that alike pairs connect. Where that are more than can be compared
    whole, only ever more alike pairs count, as far as there are such: in a large record, chains of
    half-alike reports run far.
    """
    alike = scores >= ALIKE
    left, right = ends(pairs[alike])
    scores = scores[alike]
    label = _labels(count, left, right)
    parted = (np.bincount(label, minlength=1) > WHOLE)[label]
    for level in LEVELS:
        large = np.bincount(label, minlength=1) > WHOLE
        kept = (scores >= level) | ~large[label[left]]
        if kept.all():
            break
        left, right, scores = left[kept], right[kept], scores[kept]
        label = _labels(count, left, right)
    return label, parted


def joined_cells(home: Numbers, pairs: Codes, scores: Scores, rank: Numbers) -> Numbers:
    """Return the groups when those of parted cells that are alike on average are joined.

    `home[i]` is the first report of the group of i; `pairs` are those that were compared of reports
    in parted cells.
    """
    left, right = (home[side] for side in ends(pairs))
    apart = left != right
    between = codes(left[apart], right[apart])
    ranked = np.argsort(between, kind="stable")
    between, scores = between[ranked], scores[apart][ranked]
    first = np.flatnonzero(np.diff(between, prepend=np.uint64(0)) != 0)
    if not len(first):
        return home
    total = np.add.reduceat(scores, first, dtype=np.int64)
    number = np.diff(np.append(first, len(between)))
    one, other = ends(between[first])
    alike = total >= ALIKE * number
    label = _labels(len(home), one[alike], other[alike])
    inside = (label[one] == label[other]) & (np.bincount(label) > 1)[label[one]]
    within = one[inside], other[inside], total[inside], number[inside]
    return _regrouped(home, label, within, rank)


def _regrouped(
    home: Numbers, label: Numbers, within: tuple[Numbers, ...], rank: Numbers
) -> Numbers:
    """Return the groups after those that pairs of groups connect were grouped in their turn."""
    one, other, total, number = within
    by = np.argsort(label[one], kind="stable")
    edges = np.flatnonzero(np.diff(label[one[by]], prepend=-1, append=-1))
    into = np.arange(len(home), dtype=np.int64)
    for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        here = by[start:end]
        groups = np.unique(np.concatenate((one[here], other[here])))
        groups = groups[np.argsort(rank[groups])]
        place = {number: at for at, number in enumerate(groups.tolist())}
        found = []
        for i, j, value, count in zip(
            one[here].tolist(),
            other[here].tolist(),
            total[here].tolist(),
            number[here].tolist(),
            strict=True,
        ):
            low, high = sorted((place[i], place[j]))
            found.append((low, high, value, count))
        into[groups] = groups[group(len(groups), found)]
    return into[home]


def sorted_by(label: Numbers, rank: Numbers) -> tuple[Numbers, Numbers]:
    """Return the reports of each label together, in order of time, and where each label starts."""
    return np.lexsort((rank, label)), np.concatenate(([0], np.cumsum(np.bincount(label))))


def stale(old: Numbers, touched: Flags, by: Numbers, starts: Numbers) -> tuple[Flags, Numbers]:
    """Return which labels hold other or touched reports, and the first number of each's label.

    `old` is the second of these for the reports that there were.
    """
    begin, sizes = starts[:-1], np.diff(starts)
    if not len(by):
        return np.zeros(0, dtype=np.bool_), old
    known = np.append(old, np.full(len(by) - len(old), -1, dtype=np.int64))
    least = np.minimum.reduceat(known[by], begin)
    same = (least == np.maximum.reduceat(known[by], begin)) & (least >= 0)
    same &= np.bincount(old, minlength=len(by))[np.maximum(least, 0)] == sizes
    numbered = np.empty(len(by), dtype=np.int64)
    numbered[by] = np.repeat(np.minimum.reduceat(by, begin), sizes)
    return ~same | np.logical_or.reduceat(touched[by], begin), numbered


def _labels(count: int, left: Numbers, right: Numbers) -> Numbers:
    edges = csr_matrix((np.ones(len(left), dtype=np.bool_), (left, right)), (count, count))
    label: Numbers = connected_components(edges, directed=False)[1].astype(np.int64)
    return label


def looked_up(
    pairs: Codes, among: Codes, values: npt.NDArray[Any]
) -> tuple[npt.NDArray[Any], Flags]:
    """Return the values of pairs among some that are sorted, else 0, and which are there."""
    if not len(among):
        return np.zeros(len(pairs), dtype=values.dtype), np.zeros(len(pairs), dtype=np.bool_)
    place = np.minimum(np.searchsorted(among, pairs), len(among) - 1)
    known = among[place] == pairs
    return np.where(known, values[place], 0).astype(values.dtype), known


@functools.lru_cache(maxsize=WHOLE)
def within(size: int) -> tuple[Numbers, Numbers]:
    """Return the pairs of a cell to compare, the lower first: all, or each with the next."""
    if size <= WHOLE:
        left, right = np.triu_indices(size, 1)
        return left.astype(np.int64), right.astype(np.int64)
    steps = [np.arange(size - step, dtype=np.int64) for step in range(1, NEXT + 1)]
    left = np.concatenate(steps)
    return left, left + np.repeat(np.arange(1, NEXT + 1), [len(step) for step in steps])


def lots(chosen: Numbers, sizes: Numbers) -> Iterator[Numbers]:
    """Yield cells in lots of not too many pairs."""
    pairs = np.where(sizes <= WHOLE, sizes * (sizes - 1) // 2, sizes * NEXT)
    lot = np.cumsum(pairs) // LOT
    for number in np.unique(lot):
        yield chosen[lot == number]
