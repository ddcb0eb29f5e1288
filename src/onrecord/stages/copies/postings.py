"""Which reports have which fingerprint: an index that grows by what is added to it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.stages.copies.words import Flags, Hashes

Owners = npt.NDArray[np.int32]

PART = 4_000_000  # postings that are worked on at once
LARGEST = 8_000_000  # postings of a segment from which on it is merged with no other


@dataclass(frozen=True, slots=True)
class Postings:
    """Report `owners[i]` has fingerprint `keys[i]`, marked or not; sorted by fingerprint."""

    keys: Hashes
    owners: Owners
    marks: Flags

    def __len__(self) -> int:
        return len(self.keys)

    def where(self, chosen: Flags) -> "Postings":
        """Return the chosen postings."""
        return Postings(self.keys[chosen], self.owners[chosen], self.marks[chosen])

    def starts(self) -> npt.NDArray[np.int64]:
        """Return where each distinct fingerprint begins, and the end of all."""
        if not len(self):
            return np.zeros(1, dtype=np.int64)
        fresh = np.flatnonzero(self.keys[1:] != self.keys[:-1]) + 1
        return np.concatenate(([0], fresh, [len(self)]))


NONE = Postings(
    np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int32), np.empty(0, dtype=np.bool_)
)


def postings(keys: Hashes, owners: Owners, marks: Flags | None = None) -> Postings:
    """Return postings that are given in any order, unmarked unless they are told to be."""
    order = np.argsort(keys)
    marks = np.zeros(len(keys), dtype=np.bool_) if marks is None else marks[order]
    return Postings(keys[order], owners[order], marks)


def merged(parts: list[Postings]) -> Postings:
    """Return all postings of several, sorted by fingerprint."""
    if len(parts) == 1:
        return parts[0]
    keys = np.concatenate([part.keys for part in parts])
    owners = np.concatenate([part.owners for part in parts])
    marks = np.concatenate([part.marks for part in parts])
    return postings(keys, owners, marks)


class Index:
    """Sorted segments of postings, merged as a log-structured merge tree merges them."""

    def __init__(self) -> None:
        self._segments: list[Postings] = []

    def __len__(self) -> int:
        return sum(len(segment) for segment in self._segments)

    def add(self, keys: Hashes, owners: Owners, marks: Flags | None = None) -> None:
        """Add fingerprints, marked or not, of reports by their numbers, each pair once."""
        if not len(keys):
            return
        self._segments.append(postings(keys, owners, marks))
        while len(self._segments) > 1:
            last, before = self._segments[-1], self._segments[-2]
            if len(before) > 2 * len(last) or len(before) + len(last) > LARGEST:
                break
            self._segments[-2:] = [merged([before, last])]

    def holders(self, keys: Hashes) -> Postings:
        """Return all postings of some fingerprints, which are given sorted and once each."""
        found = [part for segment in self._segments if len(part := _within(segment, keys))]
        return merged(found) if found else NONE

    def counts(self, keys: Hashes) -> npt.NDArray[np.int64]:
        """Return how many reports have each of some fingerprints."""
        total = np.zeros(len(keys), dtype=np.int64)
        for segment in self._segments:
            total += np.searchsorted(segment.keys, keys, side="right")
            total -= np.searchsorted(segment.keys, keys, side="left")
        return total

    def parts(self) -> Iterator[Postings]:
        """Yield all postings in parts, none of which breaks off within a fingerprint."""
        count = max(1, len(self) // PART)
        edges = np.array([(k << 64) // count for k in range(1, count)], dtype=np.uint64)
        cuts = [
            np.concatenate(([0], np.searchsorted(segment.keys, edges), [len(segment)]))
            for segment in self._segments
        ]
        for k in range(count if self._segments else 0):
            yield merged(
                [
                    _slice(segment, int(cut[k]), int(cut[k + 1]))
                    for segment, cut in zip(self._segments, cuts, strict=True)
                ]
            )


def _slice(segment: Postings, start: int, end: int) -> Postings:
    return Postings(segment.keys[start:end], segment.owners[start:end], segment.marks[start:end])


def _within(segment: Postings, keys: Hashes) -> Postings:
    """Return the postings of a segment that are of the given fingerprints."""
    low = np.searchsorted(segment.keys, keys, side="left")
    high = np.searchsorted(segment.keys, keys, side="right")
    counts = high - low
    first = np.cumsum(counts) - counts
    at = np.arange(int(counts.sum())) + np.repeat(low - first, counts)
    return Postings(segment.keys[at], segment.owners[at], segment.marks[at])
