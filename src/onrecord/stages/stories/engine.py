"""Stories of reports that keep coming: what changes with new ones is worked out anew, no more.

Whatever order and batches the reports come in, the stories are the same: nothing hangs on the
numbers that reports have here but which of them is which.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.spread import Spread, chosen, parts
from onrecord.stages.stories.components import (
    Scores,
    cells,
    joined_cells,
    looked_up,
    lots,
    sorted_by,
    stale,
    within,
)
from onrecord.stages.stories.copied import COVERED, Shared
from onrecord.stages.stories.features import NOTHING, Features, features
from onrecord.stages.stories.grouping import ALIKE, REPRINT, Between, group
from onrecord.stages.stories.likeness import (
    LIKELY_COPY,
    REPRINTED,
    Reals,
    days_apart,
    likeness,
    pair_features,
)
from onrecord.stages.stories.neighbours import (
    KEYPAIRS,
    KEYS,
    Codes,
    codes,
    distinct,
    ends,
    neighbours,
    paired,
)
from onrecord.stages.stories.table import Flags, Long, Numbers, Table
from onrecord.stages.stories.telling import Head, Telling, title_of
from onrecord.types import READ_KINDS, Reading, Report, Story

BATCH = 4_096  # reports that are taken in at once
CHUNK = 256  # reports that are read before what is kept of them is sent on
COPY = np.dtype([("one", np.int64), ("other", np.int64), ("share", np.float64)])


class Stories:
    """The reports so far and their stories; a report's number is its place in the order of coming.

    Holds a kilobyte or two for each report and nothing of the readings themselves.
    """

    def __init__(self, spread: Spread = chosen) -> None:
        self._spread = spread
        self._table = Table()
        self._telling = Telling()
        self._ties: Long[np.uint64] = Long(np.uint64)
        self._keys: Long[np.int32] = Long(np.int32, KEYS + KEYPAIRS)
        self._copied: Codes = np.zeros(0, dtype=np.uint64)
        self._shares: npt.NDArray[np.float64] = np.zeros(0)
        self._recopied: npt.NDArray[np.void] = np.zeros(0, dtype=COPY)
        self._redated: list[int] = []
        self._pairs: Codes = np.zeros(0, dtype=np.uint64)
        self._scores: Scores = np.zeros(0, dtype=np.int32)
        self._inner = self._pairs, self._scores
        self._cell: Numbers = np.zeros(0, dtype=np.int64)
        self._home: Numbers = np.zeros(0, dtype=np.int64)
        self._story: Numbers = np.zeros(0, dtype=np.int64)
        self._story_first: Numbers = np.zeros(0, dtype=np.int64)
        self._central: Numbers = np.zeros(0, dtype=np.int64)

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "_spread"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__ |= state | {"_spread": chosen}

    def __len__(self) -> int:
        return len(self._table)

    def add(self, readings: Sequence[Reading], copies: Iterable[Shared] = ()) -> None:
        """Take in reports, each read once and not held, and what pairs of them share.

        Copies name reports by number, these or earlier ones; one of a pair that was given before
        takes its place, and a negative share takes it back. A report may be added once only.
        """
        batch: list[Features] = []
        for part in self._spread(_all_told, parts(readings, CHUNK)):
            for head, found in part:
                self._telling.add(head, found)
                self._ties.extend(np.array([_tie(head.id)], dtype=np.uint64))
                batch.append(found)
            if len(batch) >= BATCH:
                self._table.add(batch)
                batch.clear()
        self._table.add(batch)
        more = np.fromiter(copies, dtype=COPY)
        self._recopied = np.concatenate((self._recopied, more))

    def redate(self, number: int, reading: Reading) -> None:
        """Take in that a report which is there is now known to be of other days, and no more."""
        head, found = _told(reading)
        self._table.redate(number, found)
        self._telling.redate(number, head)
        self._redated.append(number)

    def stories(self) -> Iterator[Story]:
        """Yield the stories in the order of their ids; every readable report is in exactly one."""
        self._regroup()
        yield from self._telling.stories(self._table, self._story, self._central, self._order())

    def renewed(self) -> tuple[Set[str], Iterator[Story]]:
        """Return what to take out and to put in since this was last asked for.

        The ids of stories that are no more or are others now, and those in their place by id.
        """
        self._regroup()
        return self._telling.renewed(self._table, self._story, self._central, self._order())

    def compared(self) -> tuple[Numbers, Numbers, dict[str, Reals]]:
        """Return the pairs of reports that were compared, by number, and their features."""
        self._regroup()
        left, right = ends(distinct(np.concatenate((self._pairs, self._inner[0]))))
        return left, right, pair_features(self._table, self._table.rows(), left, right)

    def _order(self) -> Numbers:
        """Return the reports in order of time, those of one day by their ids' hashes."""
        low, high = self._table.low.all, self._table.high.all
        return np.lexsort((self._ties.all, np.where(low > 0, low, high))).astype(np.int64)

    def _regroup(self) -> None:
        """Bring the groups up to date with what was added since they last were."""
        weighed = len(self._home)
        if weighed == len(self) and not len(self._recopied) and not self._redated:
            return
        self._table.weigh(weighed)
        touched = self._table.touched
        touched[self._redated] = True
        self._redated = []
        self._copy(touched)
        self._rekey(touched, weighed)
        order = self._order()
        near = neighbours(self._keys.all, self._table.days.all, order)
        self._compare(distinct(np.concatenate((near, self._copied))), touched)
        self._group(touched, order)

    def _copy(self, touched: Flags) -> None:
        """Put new copies in their places, and their reports among the touched."""
        given, self._recopied = self._recopied[::-1], self._recopied[:0]
        if not len(given):
            return
        touched[given["one"]] = touched[given["other"]] = True
        # The last that was given of a pair is the first from the end.
        found = np.concatenate((codes(given["one"], given["other"]), self._copied))
        self._copied, first = np.unique(found, return_index=True)
        self._shares = np.concatenate((given["share"], self._shares))[first]
        there = self._shares >= 0
        self._copied, self._shares = self._copied[there], self._shares[there]

    def _rekey(self, touched: Flags, known: int) -> None:
        self._keys.extend(np.full((len(self) - known, KEYS + KEYPAIRS), -1, dtype=np.int32))
        reports = np.flatnonzero(touched)
        self._keys.all[reports] = paired(self._table.heaviest(reports, KEYS))

    def _compare(self, pairs: Codes, touched: Flags) -> None:
        """Make `pairs` those that were compared; only those with a touched report are anew."""
        left, right = ends(pairs)
        scores, known = looked_up(pairs, self._pairs, self._scores)
        fresh = ~known | touched[left] | touched[right]
        scores[fresh] = self._likeness(left[fresh], right[fresh])
        self._pairs, self._scores = pairs, scores

    def _likeness(self, left: Numbers, right: Numbers) -> Scores:
        """Return the likeness of pairs, reprints among them."""
        scores = likeness(self._table, left, right)
        if len(self._copied):
            share, known = looked_up(codes(left, right), self._copied, self._shares)
            most = known & (share >= COVERED)
            words = self._table.words.all
            whole = np.minimum(words[left], words[right]) >= LIKELY_COPY
            scores[most & whole & (days_apart(self._table, left, right) <= REPRINTED)] = REPRINT
        return scores

    def _group(self, touched: Flags, order: Numbers) -> None:
        """Group anew the connected reports among whom anything changed."""
        label, parted = cells(len(self), self._pairs, self._scores)
        rank = np.empty(len(self), dtype=np.int64)
        rank[order] = np.arange(len(self))
        by, starts = sorted_by(label, rank)
        changed, self._cell = stale(self._cell, touched, by, starts)
        sizes = np.diff(starts)
        self._part(by[np.repeat(changed, sizes)])
        two = starts[:-1][changed & (sizes == 2)]
        self._join_two(by[two], by[two + 1])
        inner = self._still(changed[label])
        more = np.flatnonzero(changed & (sizes > 2))
        for lot in lots(more, sizes[more]):
            components = [by[starts[c] : starts[c + 1]] for c in lot.tolist()]
            inner.append(self._join_more(components, touched))
        pairs, scores = (np.concatenate(parts) for parts in zip(*inner, strict=True))
        ranked = np.argsort(pairs, kind="stable")  # the first part is sorted, and merged as it is
        self._inner = pairs[ranked], scores[ranked]
        self._join_cells(parted, rank, touched)

    def _join_cells(self, parted: Flags, rank: Numbers, touched: Flags) -> None:
        """Join groups of parted cells; drop the reasons of stories that are not as they were."""
        between = parted[ends(self._pairs)[0]]
        story = joined_cells(self._home, self._pairs[between], self._scores[between], rank)
        _, label = np.unique(story, return_inverse=True)
        by, starts = sorted_by(label, rank)
        changed, numbered = stale(self._story_first, touched, by, starts)
        self._telling.forget(self._story[np.flatnonzero(changed[label[: len(self._story)]])])
        self._story, self._story_first = story, numbered

    def _still(self, changed: Flags) -> list[tuple[Codes, Scores]]:
        """Return the pairs within cells that are as they were, with their scores."""
        pairs, scores = self._inner
        kept = ~changed[ends(pairs)[0]]
        return [(pairs[kept], scores[kept])]

    def _part(self, here: Numbers) -> None:
        """Make some reports, and all new ones, groups of their own."""
        fresh = np.arange(len(self._home), len(self), dtype=np.int64)
        self._home = np.concatenate((self._home, fresh))
        self._central = np.concatenate((self._central, fresh))
        self._home[here] = self._central[here] = here

    def _join_two(self, first: Numbers, second: Numbers) -> None:
        """Group components of two, all at once."""
        value = self._scores[np.searchsorted(self._pairs, codes(first, second))]
        alike = value >= ALIKE
        self._home[second[alike]] = first[alike]

    def _join_more(self, components: list[Numbers], touched: Flags) -> tuple[Codes, Scores]:
        """Group components of more reports, each in order of time; return the pairs compared."""
        inner = [within(len(members)) for members in components]
        left = np.concatenate([m[i] for m, (i, _) in zip(components, inner, strict=True)])
        right = np.concatenate([m[j] for m, (_, j) in zip(components, inner, strict=True)])
        pairs = codes(left, right)
        scores = self._known_or_new(pairs, left, right, touched)
        starts = np.concatenate(([0], np.cumsum([len(i) for i, _ in inner])))
        least = np.minimum.reduceat(scores, starts[:-1]).tolist()
        for at, (members, (i, j)) in enumerate(zip(components, inner, strict=True)):
            here = scores[starts[at] : starts[at + 1]]
            if least[at] >= ALIKE:
                self._home[members] = members[0]
                size = len(members)
                total = np.bincount(i, here, size) + np.bincount(j, here, size)
                self._central[members[0]] = members[total.argmax()]
            else:
                ones = repeat(1, len(here))
                fours = zip(i.tolist(), j.tolist(), here.tolist(), ones, strict=True)
                self._settle(members, list(fours))
        return pairs, scores

    def _known_or_new(self, pairs: Codes, left: Numbers, right: Numbers, touched: Flags) -> Scores:
        scores, known = looked_up(pairs, self._pairs, self._scores)
        inner, inner_known = looked_up(pairs, *self._inner)
        inner_known &= ~(known | touched[left] | touched[right])
        scores[inner_known] = inner[inner_known]
        new = ~(known | inner_known)
        scores[new] = self._likeness(left[new], right[new])
        return scores

    def _settle(self, members: Numbers, pairs: list[Between]) -> None:
        """Group one component; the central report of a group is the likest to all others."""
        home = group(len(members), pairs)
        likest = [0] * len(members)
        for i, j, value, _ in pairs:
            if home[i] == home[j]:
                likest[i] += value
                likest[j] += value
        central: dict[int, int] = {}
        for i, first in enumerate(home):
            if first not in central or likest[i] > likest[central[first]]:
                central[first] = i
        self._home[members] = members[home]
        for first, i in central.items():
            self._central[members[first]] = members[i]


def _all_told(readings: Sequence[Reading]) -> list[tuple[Head, Features]]:
    return [_told(reading) for reading in readings]


def _told(reading: Reading) -> tuple[Head, Features]:
    """Return what is kept of a report."""
    report = reading.report
    readable = _readable(report)
    found = features(reading) if readable else NOTHING
    days = report.published
    return Head(report.id, title_of(report), days.earliest, days.latest, readable), found


def _tie(report: str) -> int:
    """Return a number by which reports of one day are put in order."""
    return int.from_bytes(hashlib.blake2b(report.encode(), digest_size=8).digest(), "big")


def _readable(report: Report) -> bool:
    return report.problem is None and any(block.kind in READ_KINDS for block in report.blocks)
