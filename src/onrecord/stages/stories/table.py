"""The reports as rows of whole numbers in a few long arrays, a kilobyte a report."""

import math
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from onrecord.stages.stories.features import COLUMNS, DAYS, WORDS, Features

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Kind = TypeVar("Kind", bound=np.generic)

EXACT = 64  # reports up to which rareness is worked out from the very numbers
FEW = 4  # reports with a word up to which their very number counts
BAND = 4  # from there on numbers of reports are told apart by powers of this
MANY = 1_024  # and from there on by powers of its square: what many have tells little
RARENESS = 16  # steps of rareness in 1
# A corpus is thought to be drawn from a few more reports, half of which have any given word: so a
# word that all reports of a small corpus have tells next to nothing, and is not quite lost either.
UNSEEN = 4
UNSEEN_SHARE = 0.5
ROWS = 20_000  # rows weighed at once


EDGES = np.array(
    [n for n in (BAND**k for k in range(1, 30)) if n <= MANY]
    + [MANY * BAND ** (2 * k) for k in range(1, 12)]
)
MIDDLES = np.sqrt(np.concatenate(([1], EDGES[:-1])) * EDGES.astype(np.float64))


class Long(Generic[Kind]):
    """An array that grows at its end."""

    def __init__(self, kind: type[Kind], width: int = 0) -> None:
        self._held = np.zeros((1024, width) if width else 1024, dtype=kind)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def __getstate__(self) -> dict[str, Any]:
        return {"_held": self.all.copy(), "_size": self._size}

    @property
    def all(self) -> npt.NDArray[Kind]:
        """What it holds, as a view."""
        return self._held[: self._size]

    def extend(self, more: npt.NDArray[Kind]) -> None:
        """Put more at the end."""
        size = self._size + len(more)
        if size > len(self._held):
            held = np.zeros((size + size // 4, *self._held.shape[1:]), dtype=self._held.dtype)
            held[: self._size] = self.all
            self._held = held
        self._held[self._size : size] = more
        self._size = size


def _banded(count: Numbers) -> npt.NDArray[np.float64]:
    """Return the middle of the band of each number, a few by themselves."""
    band = np.searchsorted(EDGES, count, side="right")
    middle = MIDDLES[np.minimum(band, len(MIDDLES) - 1)]
    return np.where(count < FEW, count, middle)


def rareness(count: Numbers, of: int) -> npt.NDArray[np.int32]:
    """Return how rare words are that `count` of so many reports have, in steps of 1 / RARENESS.

    Of more than a few reports it changes only where a number crosses into the next band.
    """
    if of <= EXACT:
        held, total = count.astype(np.float64), float(of)
    else:
        held, total = _banded(count), float(_banded(np.array([of]))[0])
    rare = np.log((total + UNSEEN) / (held + UNSEEN * UNSEEN_SHARE))
    steps: npt.NDArray[np.int32] = np.rint(RARENESS * np.maximum(0, rare)).astype(np.int32)
    return steps


class Table:
    """The reports by number, in the order of coming, and how heavily each of their words counts.

    `low` and `high` bound the day of publication, `days` are those told of, 0: unknown; `words`
    is the length; `lengths` the squared length of a row of weights; `rare` how rare each column is
    and `rarest` how rare one is that a single report has.
    """

    def __init__(self) -> None:
        self.low, self.high = Long(np.int32), Long(np.int32)
        self.days = Long(np.int32, DAYS)
        self.words = Long(np.int32)
        self.lengths = Long(np.int64)
        self.touched: Flags = np.zeros(0, dtype=np.bool_)
        self._starts: Long[np.int64] = Long(np.int64)
        self._starts.extend(np.zeros(1, dtype=np.int64))
        self._columns, self._times, self._weights = Long(np.int32), Long(np.uint8), Long(np.int32)
        self._holders = np.zeros(COLUMNS, dtype=np.int32)
        self.rare = np.zeros(COLUMNS, dtype=np.uint8)
        self.rarest = 0

    def __getstate__(self) -> dict[str, Any]:
        """Return what it holds, of the columns only those that a report has."""
        held = np.flatnonzero(self._holders)
        none = int(self.rare[int(np.argmin(self._holders))])  # how rare is what no report has
        return self.__dict__ | {
            "_holders": (held, self._holders[held]),
            "rare": (none, self.rare[held]),
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        (held, counts), (none, rare) = state["_holders"], state["rare"]
        self.__dict__ |= state
        self._holders = np.zeros(COLUMNS, dtype=np.int32)
        self._holders[held] = counts
        self.rare = np.full(COLUMNS, none, dtype=np.uint8)
        self.rare[held] = rare

    def __len__(self) -> int:
        return len(self.low)

    def add(self, found: Sequence[Features]) -> None:
        """Put reports at the end; their weights come with `weigh`."""
        if not found:
            return
        columns = np.concatenate([one.columns for one in found])
        sizes = np.array([len(one.columns) for one in found], dtype=np.int64)
        self._starts.extend(len(self._columns) + np.cumsum(sizes))
        self._columns.extend(columns)
        self._times.extend(np.concatenate([one.times for one in found]))
        self._weights.extend(np.zeros(len(columns), dtype=np.int32))
        np.add.at(self._holders, columns, 1)
        self.low.extend(np.array([one.low for one in found], dtype=np.int32))
        self.high.extend(np.array([one.high for one in found], dtype=np.int32))
        self.words.extend(np.array([one.words for one in found], dtype=np.int32))
        self.days.extend(np.stack([_days(one) for one in found]))
        self.lengths.extend(np.zeros(len(found), dtype=np.int64))

    def redate(self, number: int, found: Features) -> None:
        """Put other days in place for a report that is there."""
        self.low.all[number], self.high.all[number] = found.low, found.high
        self.days.all[number] = _days(found)

    def weigh(self, weighed: int) -> None:
        """Weigh the reports from number `weighed` on and those of whose words one changed.

        Which these are is then in `touched`. Where the rarest word is as rare as it was, words
        change only with their own number of reports.
        """
        rare, rarest = self._rareness(), int(rareness(np.ones(1, dtype=np.int64), len(self))[0])
        changed = rare != self.rare if rarest == self.rarest else np.ones(COLUMNS, dtype=np.bool_)
        self.rare, self.rarest = rare, rarest
        self.touched = np.ones(len(self), dtype=np.bool_)
        for begin in range(0, weighed, ROWS):
            end = min(begin + ROWS, weighed)
            columns, place, starts = self._part(begin, end)
            hit = _sums(changed[columns], starts) > 0
            self.touched[begin:end] = hit
            fresh = np.flatnonzero(np.repeat(hit, np.diff(starts))) + place.start
            self._weigh(fresh, np.flatnonzero(hit) + begin)
        for begin in range(weighed, len(self), ROWS):
            end = min(begin + ROWS, len(self))
            self._weigh(self._part(begin, end)[1], np.arange(begin, end))

    def _part(self, begin: int, end: int) -> tuple[npt.NDArray[np.int32], slice, Numbers]:
        """Return the columns of some rows, where these lie, and where each row starts in them."""
        starts = self._starts.all[begin : end + 1]
        place = slice(int(starts[0]), int(starts[-1]))
        return self._columns.all[place], place, starts - starts[0]

    def _weigh(self, place: slice | Numbers, rows: Numbers) -> None:
        """Work out the weights of some rows, which stand at these places, and their lengths."""
        columns = self._columns.all[place]
        weights = self._times.all[place].astype(np.int32) * self.rare[columns]
        self._weights.all[place] = weights
        square = np.where(columns < WORDS, weights, 0).astype(np.int64) ** 2
        sizes = self._starts.all[rows + 1] - self._starts.all[rows]
        self.lengths.all[rows] = _sums(square, np.concatenate(([0], np.cumsum(sizes))))

    def _rareness(self) -> npt.NDArray[np.uint8]:
        """Return the rareness of every column, by way of the numbers of holders that occur."""
        kinds = np.arange(self._holders.max(initial=0) + 1, dtype=np.int64)
        return rareness(kinds, len(self)).astype(np.uint8)[self._holders]

    def rows(self) -> csr_matrix:
        """Return the weights as a matrix that shares the table's memory."""
        shape = (len(self), COLUMNS)
        parts = (self._weights.all, self._columns.all, self._starts.all.astype(np.int32))
        matrix = csr_matrix(parts, shape=shape, copy=False)
        matrix.has_canonical_format = True
        return matrix

    def row(self, i: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """Return the columns and weights of the words of a report."""
        start, end = self._starts.all[i], self._starts.all[i + 1]
        columns = self._columns.all[start:end]
        words = columns < WORDS
        return columns[words], self._weights.all[start:end][words]

    def heaviest(self, reports: Numbers, most: int) -> npt.NDArray[np.int32]:
        """Return the heaviest words of reports that others have too, -1 where there are fewer."""
        found = np.full((len(reports), most), -1, dtype=np.int32)
        for begin in range(0, len(reports), ROWS):
            some = reports[begin : begin + ROWS]
            found[begin : begin + ROWS] = self._heaviest(some, most)
        return found

    def _heaviest(self, reports: Numbers, most: int) -> npt.NDArray[np.int32]:
        starts = self._starts.all[reports]
        sizes = self._starts.all[reports + 1] - starts
        owner = np.repeat(np.arange(len(reports)), sizes)
        place = np.repeat(starts - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
        place += np.arange(len(place))
        columns, weights = self._columns.all[place], self._weights.all[place]
        fit = (columns < WORDS) & (self._holders[columns] > 1) & (weights > 0)
        owner, columns, weights = owner[fit], columns[fit], weights[fit]
        key = (owner.astype(np.uint64) << np.uint64(40)) | (
            (np.uint64(0xFFFF) - weights.astype(np.uint64)) << np.uint64(24)
        )
        key = np.sort(key | columns.astype(np.uint64))
        owner = (key >> np.uint64(40)).astype(np.int64)
        nth = np.arange(len(owner)) - np.searchsorted(owner, owner)
        first = nth < most
        found = np.full((len(reports), most), -1, dtype=np.int32)
        found[owner[first], nth[first]] = (key[first] & np.uint64(WORDS - 1)).astype(np.int32)
        return found


def _days(found: Features) -> npt.NDArray[np.int32]:
    """Return the days a report keeps, 0 where there are fewer."""
    days = np.zeros(DAYS, dtype=np.int32)
    days[: len(found.days)] = found.days
    return days


def _sums(values: npt.NDArray[Any], starts: Numbers) -> Numbers:
    """Return the sum of each stretch from one start to the next."""
    run = np.concatenate(([0], np.cumsum(values, dtype=np.int64)))
    return np.diff(run[starts])


LOGS = np.array([math.log(max(1, n)) for n in range(1 << 16)])


def log(count: npt.NDArray[np.signedinteger]) -> npt.NDArray[np.float64]:
    """Return logarithms of whole numbers from a table, so that they are the same in any batch."""
    found: npt.NDArray[np.float64] = LOGS[np.clip(count, 0, len(LOGS) - 1)]
    return found
