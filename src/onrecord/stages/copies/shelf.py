"""What is kept of each report so that others find it: fingerprints, names, outlet, day, labels."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from onrecord.stages.copies.candidates import LABELS, Labels, Numbers, Traits, labels_of
from onrecord.stages.copies.citations import Want, wants_of, weak_printed
from onrecord.stages.copies.outlets import source_key
from onrecord.stages.copies.postings import Index
from onrecord.stages.copies.words import Hashes, Words
from onrecord.types import Reading, Report

BATCH = 20_000  # reports that are taken in at once
NEVER = 1 << 22  # the day, in the order of the reports, of one whose day is not known
RANK_BITS = 40  # of a rank that tell reports of one day apart

NO_KEYS: Hashes = np.empty(0, dtype=np.uint64)
NO_NUMBERS: Numbers = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Fresh:
    """The distinct fingerprints and weak keys of the reports just taken in, sorted."""

    keys: Hashes
    names: Hashes


class Shelf:
    """The indexes of the reports that were taken in so far, by their numbers."""

    def __init__(self) -> None:
        self.fingerprints, self.printed, self.wanted = Index(), Index(), Index()
        self.wants: list[Want] = []
        self.ids: list[str] = []
        self.traits = Traits(
            np.empty((0, LABELS), dtype=np.uint64), NO_NUMBERS, NO_NUMBERS, NO_NUMBERS
        )
        self._outlets: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.traits.days)

    def take(
        self, count: int, words: Callable[[int], Words], reading: Callable[[int], Reading]
    ) -> Fresh:
        """Take in the next `count` reports."""
        first, last = len(self), len(self) + count
        found = [
            self._batch(range(start, min(start + BATCH, last)), words, reading)
            for start in range(first, last, BATCH)
        ]
        return Fresh(
            np.unique(np.concatenate([NO_KEYS, *(fresh.keys for fresh in found)])),
            np.unique(np.concatenate([NO_KEYS, *(fresh.names for fresh in found)])),
        )

    def _batch(
        self, numbers: range, words: Callable[[int], Words], reading: Callable[[int], Reading]
    ) -> Fresh:
        keys, names, wanted = [], [], []
        labels: list[Labels] = []
        rows: list[tuple[int, int, int]] = []
        for number in numbers:
            text = words(number)
            keys.append((text.keys, number, text.spoken))
            named = weak_printed(text)
            names.append((named, number, np.zeros(len(named), dtype=np.bool_)))
            self.ids.append(text.report.id)
            labels.append(labels_of(text.shingles, number))
            rows.append((_day(text.report), self._outlet(text.report), rank(text.report)))
            for want in wants_of(number, reading(number)):
                marks = np.zeros(len(want.keys), dtype=np.bool_)
                wanted.append((want.keys, len(self.wants), marks))
                self.wants.append(want)
        self.fingerprints.add(keys)
        self.printed.add(names)
        self.wanted.add(wanted)
        self.traits = _extended(self.traits, labels, rows)
        return Fresh(_distinct([key for key, _, _ in keys]), _distinct([n for n, _, _ in names]))

    def _outlet(self, report: Report) -> int:
        outlet = source_key(report)
        return self._outlets.setdefault(outlet, len(self._outlets)) if outlet else -1


def _distinct(parts: list[Hashes]) -> Hashes:
    return np.unique(np.concatenate(parts)) if parts else NO_KEYS


def _extended(traits: Traits, labels: list[Labels], rows: list[tuple[int, int, int]]) -> Traits:
    days, outlets, ranks = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return Traits(
        np.concatenate((traits.labels, np.array(labels, dtype=np.uint64).reshape(-1, LABELS))),
        np.concatenate((traits.days, days)),
        np.concatenate((traits.outlets, outlets)),
        np.concatenate((traits.ranks, ranks)),
    )


def _day(report: Report) -> int:
    """Return the first day on which a report may have been published, 0 if that is not known."""
    day = report.published.earliest
    return day.toordinal() if day else 0


def rank(report: Report) -> int:
    """Return the place of a report in the order of its day and id, those without a day last."""
    digest = hashlib.blake2b(report.id.encode(), digest_size=RANK_BITS // 8).digest()
    return ((_day(report) or NEVER) << RANK_BITS) | int.from_bytes(digest, "big")
