"""Which pairs of reports are worth comparing: those next to each other in the time of a word.

Each report stands under its heaviest words and under pairs of them, at the days that it tells of;
there it is compared with a fixed number of reports before it. So the pairs grow with the reports
and no faster.
"""

from itertools import combinations

import numpy as np
import numpy.typing as npt

from onrecord.stages.stories.features import WORDS
from onrecord.stages.stories.table import Numbers

Codes = npt.NDArray[np.uint64]

# Chosen so that fewer pairs lose nothing on the Gun Violence Archive; a made corpus of 40,000
# reports over few words gains by pairs of words.
KEYS = 8  # heaviest words of a report under which it stands
PAIRED = 5  # of them, under every two of which together it stands too
KEYPAIRS = PAIRED * (PAIRED - 1) // 2
MIX = 0x9E3779B1  # an odd number by which the first of two words is spread
KEYED = 3  # days at which it stands there
NEIGHBOURS = 2  # places before it under a word, in order of time, whose reports it is compared with
LOW = np.uint64(32)


def codes(left: Numbers, right: Numbers) -> Codes:
    """Return one number for each pair, whichever way round it is given."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    return (low.astype(np.uint64) << LOW) | high.astype(np.uint64)


def ends(pairs: Codes) -> tuple[Numbers, Numbers]:
    """Return the two reports of each pair, the lower number first."""
    return (pairs >> LOW).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)


def distinct(numbers: Codes) -> Codes:
    """Return the sorted numbers without repeats; far sooner than `np.unique` does."""
    ordered = np.sort(numbers)
    fresh = np.ones(len(ordered), dtype=np.bool_)
    fresh[1:] = ordered[1:] != ordered[:-1]
    kept: Codes = ordered[fresh]
    return kept


def neighbours(keys: npt.NDArray[np.int32], days: npt.NDArray[np.int32], order: Numbers) -> Codes:
    """Return the sorted pairs of reports that stand near each other under a word.

    `keys[i]` are what `paired` gives for report i, -1 for none; `days[i]` the days that it tells
    of, 0 for none; `order` the reports in an order that settles who is first of one day.
    """
    places = _places(keys, days[:, :KEYED], order)
    word = places >> np.uint64(40)
    report = order[(places & np.uint64((1 << 24) - 1)).astype(np.int64)]
    found = []
    for step in range(1, NEIGHBOURS + 1):
        near = (word[step:] == word[:-step]) & (report[step:] != report[:-step])
        found.append(codes(report[step:][near], report[:-step][near]))
    return distinct(np.concatenate(found))


def paired(words: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Return KEYS words of each report, heaviest first, and KEYPAIRS keys for two of them."""
    found = list(words.T)
    for i, j in combinations(range(PAIRED), 2):
        low, high = np.minimum(words[:, i], words[:, j]), np.maximum(words[:, i], words[:, j])
        mixed = (low.astype(np.int64) * MIX + high) % WORDS
        found.append(np.where(low < 0, -1, mixed).astype(np.int32))
    return np.stack(found, axis=1)


def _places(keys: npt.NDArray[np.int32], days: npt.NDArray[np.int32], order: Numbers) -> Codes:
    """Return the sorted places, each of 24 bits of word, 16 of day and 24 of rank in the order."""
    rank = np.empty(len(order), dtype=np.uint64)
    rank[order] = np.arange(len(order), dtype=np.uint64)
    known = days[days > 0]
    # Sixteen bits reach back from the last day; what is told of older days is all one day.
    first = max(0, int(known.max()) - 0xFFFF) if len(known) else 0
    found = []
    for column in range(days.shape[1]):
        # A report without a day stands before all others.
        here = np.flatnonzero((days[:, column] > 0) | (column == 0))
        since = days[here, column].astype(np.int64) - first
        day = np.where(days[here, column] > 0, np.clip(since, 1, 0xFFFF), 0).astype(np.uint64)
        low = (day << np.uint64(24)) | rank[here]
        for key in range(keys.shape[1]):
            word = keys[here, key]
            fit = word >= 0
            found.append((word[fit].astype(np.uint64) << np.uint64(40)) | low[fit])
    return distinct(np.concatenate(found))
