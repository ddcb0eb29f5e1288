"""How like two reports are: the cosine of their weighted words, less for the time between them."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from onrecord.stages.stories.features import Features, features
from onrecord.types import Copy, Report

NAME = 2.0  # weight of a name against another word; 1 and 3 do a little worse on incidents
# A corpus is thought to be drawn from a few more reports, half of which have any given word: so a
# word that all reports of a small corpus have tells next to nothing, and is not quite lost either.
# More of them make one story of the reports of one conflict.
UNSEEN = 4
UNSEEN_SHARE = 0.5
KEYS = 20  # heaviest words of a report by which it is looked for
NEIGHBOURS = 8  # reports before and with such a word, in order of time, that are compared
FADE = 0.05  # likeness lost by each e-fold of the time between two reports
FADE_DAYS = 7.0  # days of that time which hardly count
COPIED = {"text": 0.1, "quotation": 0.05, "citation": 0.05}  # likeness gained by a copy
SAMPLE = 8  # reports that stand for a large group
BATCH = 50_000  # pairs whose cosine is worked out at once
REASONS = 5  # words that are given as the reason for a story

Pair = tuple[int, int]


@dataclass(slots=True)
class Likeness:
    """The reports as vectors, and the likeness of the pairs that were worth comparing.

    `days[i]` is the first day on which report i may have been published as a number, 0 if unknown.
    """

    vectors: csr_matrix
    words: tuple[str, ...]
    days: tuple[int, ...]
    ends: tuple[int, ...]
    gains: dict[Pair, float]
    pairs: dict[Pair, float]
    never: int = 10**9
    _rows: dict[int, dict[int, float]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.days)

    def of(self, i: int, j: int) -> float:
        """Return the likeness of two reports, never below 0."""
        pair = (i, j) if i < j else (j, i)
        if pair not in self.pairs:
            self.pairs[pair] = self.adjusted(pair, self._cosine(pair))
        return max(0.0, self.pairs[pair])

    def adjusted(self, pair: Pair, cosine: float) -> float:
        """Return a cosine with what copies add and time takes."""
        fade = FADE * math.log1p(self._gap(pair) / FADE_DAYS)
        return round(cosine + self.gains.get(pair, 0.0) - fade, 6)

    def _gap(self, pair: Pair) -> int:
        """Return the days that lie at least between two reports; 0 where that cannot be told."""
        i, j = pair
        if not (self.days[i] and self.days[j] and self.ends[i] and self.ends[j]):
            return 0
        return max(0, self.days[j] - self.ends[i], self.days[i] - self.ends[j])

    def _cosine(self, pair: Pair) -> float:
        one, other = self._row(pair[0]), self._row(pair[1])
        if len(other) < len(one):
            one, other = other, one
        return sum(weight * other[word] for word, weight in one.items() if word in other)

    def _row(self, i: int) -> dict[int, float]:
        if i not in self._rows:
            start, end = self.vectors.indptr[i], self.vectors.indptr[i + 1]
            self._rows[i] = dict(
                zip(
                    self.vectors.indices[start:end].tolist(),
                    self.vectors.data[start:end].tolist(),
                    strict=True,
                )
            )
        return self._rows[i]

    def sample(self, members: Sequence[int]) -> Sequence[int]:
        """Return all of few members; of many, some that are spread evenly over their time."""
        if len(members) <= SAMPLE:
            return members
        ordered = sorted(members, key=lambda i: (self.days[i], i))
        return [ordered[k * (len(ordered) - 1) // (SAMPLE - 1)] for k in range(SAMPLE)]

    def shared_words(self, members: Sequence[int]) -> list[str]:
        """Return the heaviest words that at least two reports of a group share."""
        total: dict[int, float] = defaultdict(float)
        holders: Counter[int] = Counter()
        for i in self.sample(members):
            for word, weight in self._row(i).items():
                total[word] += weight
                holders[word] += 1
        shared = [word for word in total if holders[word] > 1]
        shared.sort(key=lambda word: (-round(total[word], 6), self.words[word]))
        return [self.words[word] for word in shared[:REASONS]]


def likeness(reports: Sequence[Report], copies: Iterable[Copy]) -> Likeness:
    """Return the likeness of the reports; pairs that share no telling word are left out."""
    found = [features(report) for report in reports]
    words, vectors = weigh(found)
    days = tuple(
        _number(report.published.earliest or report.published.latest) for report in reports
    )
    ends = tuple(
        _number(report.published.latest or report.published.earliest) for report in reports
    )
    gains = _gains(reports, copies)
    alike = Likeness(vectors, words, days, ends, gains, {})
    pairs = sorted(_neighbours(vectors, days) | set(gains))
    for start in range(0, len(pairs), BATCH):
        batch = pairs[start : start + BATCH]
        for pair, cosine in zip(batch, _cosines(vectors, batch), strict=True):
            alike.pairs[pair] = alike.adjusted(pair, cosine)
    return alike


def _number(day: date | None) -> int:
    return day.toordinal() if day else 0


def weigh(found: Sequence[Features]) -> tuple[tuple[str, ...], csr_matrix]:
    """Return the words in order, and a row of unit length for each report."""
    holders: Counter[str] = Counter()
    for one in found:
        holders.update(one.counts.keys())
    words = tuple(sorted(holders))
    columns = {word: i for i, word in enumerate(words)}
    total = len(found) + UNSEEN
    rare = {word: math.log(total / (n + UNSEEN * UNSEEN_SHARE)) for word, n in holders.items()}
    data: list[float] = []
    indices: list[int] = []
    starts = [0]
    for one in found:
        row = {
            columns[word]: (1 + math.log(count)) * rare[word] * (NAME if word in one.names else 1)
            for word, count in one.counts.items()
        }
        kept = sorted(row.items())
        length = math.sqrt(sum(weight * weight for _, weight in kept)) or 1.0
        indices += [column for column, _ in kept]
        data += [weight / length for _, weight in kept]
        starts.append(len(data))
    shape = (len(found), len(words))
    return words, csr_matrix((np.array(data), np.array(indices, dtype=np.int64), starts), shape)


def _gains(reports: Sequence[Report], copies: Iterable[Copy]) -> dict[Pair, float]:
    """Return what copies add to the likeness of pairs of reports."""
    numbers = {report.id: i for i, report in enumerate(reports)}
    gains: dict[Pair, float] = defaultdict(float)
    for copy in copies:
        if copy.from_report in numbers and copy.to_report in numbers:
            low, high = sorted((numbers[copy.from_report], numbers[copy.to_report]))
            gains[low, high] = max(gains[low, high], COPIED[copy.kind])
    return dict(gains)


def _neighbours(vectors: csr_matrix, days: Sequence[int]) -> set[Pair]:
    """Return the pairs that have one of their heaviest words in common and are near in time.

    Each word is looked up with a fixed number of neighbours, so the pairs grow with the reports.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for i in sorted(range(vectors.shape[0]), key=lambda i: (days[i], i)):
        start, end = vectors.indptr[i], vectors.indptr[i + 1]
        columns, weights = vectors.indices[start:end], vectors.data[start:end]
        for column in columns[np.lexsort((columns, -weights.round(9)))[:KEYS]].tolist():
            holders[column].append(i)
    pairs: set[Pair] = set()
    for members in holders.values():
        for place, i in enumerate(members):
            for j in members[max(0, place - NEIGHBOURS) : place]:
                pairs.add((i, j) if i < j else (j, i))
    return pairs


def _cosines(vectors: csr_matrix, pairs: Sequence[Pair]) -> list[float]:
    at: npt.NDArray[np.int64] = np.array(pairs, dtype=np.int64)
    products = vectors[at[:, 0]].multiply(vectors[at[:, 1]])
    return [float(value) for value in np.asarray(products.sum(axis=1)).ravel()]
