"""How likely two reports tell of one happening: log odds from a few readable features of a pair.

The weights were fitted by logistic regression (`training/stories/train.py`). All that is summed is
whole numbers or goes in one order, so that a pair's likeness is the same in any batch.
"""

import math

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from onrecord.stages.stories.features import WORDS
from onrecord.stages.stories.table import Numbers, Table, log

Reals = npt.NDArray[np.float64]

# What each feature of a pair adds to the log odds that the two tell of one happening.
WEIGHTS: dict[str, float] = {
    "one": -3.92,
    "alike": 7.14,
    "alike squared": -8.0,
    "alike and short": 2.86,
    "alike and undated": 3.54,
    "apart": 0.42,
    "told": -0.65,
    "near": 4.13,
    "short": -2.34,
    "long": 0.88,
    "person": 1.83,
    "undated": 0.83,
}
TWO = math.log(2)  # taken from the logarithm of two days more, so that no days apart count nothing
STEPS = 1_000  # steps of log odds in 1
SURE = 6 * STEPS  # no pair is surer either way, so that one pair does not outweigh the others
BATCH = 4_000  # pairs compared at once: few enough to stay near the processor
LIKELY_COPY = 40  # words from which on a report most of which another holds is a reprint of it
REPRINTED = 14  # days that may lie between two reprints


def likeness(table: Table, left: Numbers, right: Numbers) -> npt.NDArray[np.int32]:
    """Return the log odds of pairs of reports in steps of 1 / STEPS, at most SURE either way."""
    found = np.zeros(len(left), dtype=np.int32)
    rows = table.rows()
    for start in range(0, len(left), BATCH):
        part = slice(start, start + BATCH)
        values = pair_features(table, rows, left[part], right[part])
        total = np.zeros(len(values["one"]))
        for name, weight in WEIGHTS.items():
            total += weight * values[name]
        found[part] = np.rint(np.clip(total * STEPS, -SURE, SURE)).astype(np.int32)
    return found


def pair_features(
    table: Table, rows: csr_matrix, left: Numbers, right: Numbers
) -> dict[str, Reals]:
    """Return the features of pairs by name.

    `alike` is the root of the cosine of the two rows; `apart` the logarithm of days between
    their publication, `told` of the days between those that they tell of, `near` one over
    one more than these; `short` and `long` the logarithm of their words;
    `person` how rare the rarest person is whom both name in full; `undated` whether a day of
    publication is missing.
    """
    product, person = _shared(table, rows, left, right)
    lengths = table.lengths.all[left].astype(np.float64) * table.lengths.all[right]
    cosine = product / np.sqrt(np.maximum(lengths, 1))
    alike = np.sqrt(cosine)
    dated = (table.days.all[left, 0] > 0) & (table.days.all[right, 0] > 0)
    gap = days_apart(table, left, right)
    told = np.where(dated, np.minimum(gap, _told(table, left, right)), gap)
    words = table.words.all[left] + 1, table.words.all[right] + 1
    short, long = log(np.minimum(*words)), log(np.maximum(*words))
    undated = (~dated).astype(np.float64)
    return {
        "one": np.ones(len(left)),
        "alike": alike,
        "alike squared": cosine,
        "alike and short": alike * short,
        "alike and undated": alike * undated,
        "apart": log(gap + 2) - TWO,
        "told": log(told + 2) - TWO,
        "near": dated / (1.0 + told),
        "short": short,
        "long": long,
        "person": person,
        "undated": undated,
    }


def _shared(table: Table, rows: csr_matrix, left: Numbers, right: Numbers) -> tuple[Numbers, Reals]:
    """Return the products of rows, and how rare the rarest person of both is, 0 to 1."""
    shared = rows[left].multiply(rows[right])
    worded = np.where(shared.indices < WORDS, shared.data, 0).astype(np.int64)
    run = np.concatenate(([0], np.cumsum(worded)))
    product = run[shared.indptr[1:]] - run[shared.indptr[:-1]]
    places = np.flatnonzero(shared.indices >= WORDS)
    pair = np.searchsorted(shared.indptr, places, side="right") - 1
    rarest = np.zeros(len(left), dtype=np.int32)
    np.maximum.at(rarest, pair, table.rare[shared.indices[places]].astype(np.int32))
    return product, rarest / max(1, table.rarest)


def days_apart(table: Table, left: Numbers, right: Numbers) -> Numbers:
    """Return the days that lie at least between two publications; 0 where that cannot be told."""
    low, high = table.low.all.astype(np.int64), table.high.all.astype(np.int64)
    after = np.where((low[right] > 0) & (high[left] > 0), low[right] - high[left], 0)
    before = np.where((low[left] > 0) & (high[right] > 0), low[left] - high[right], 0)
    return np.maximum(0, np.maximum(after, before))


def _told(table: Table, left: Numbers, right: Numbers) -> Numbers:
    """Return the days between the two nearest that two reports tell of."""
    one, other = table.days.all[left].astype(np.int64), table.days.all[right].astype(np.int64)
    least = np.full(len(left), 1 << 15, dtype=np.int64)
    for i in range(one.shape[1]):
        for j in range(other.shape[1]):
            both = (one[:, i] > 0) & (other[:, j] > 0)
            np.minimum(least, np.abs(one[:, i] - other[:, j]), out=least, where=both)
    return least
