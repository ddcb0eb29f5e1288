"""What is kept of each report so that others find it: fingerprints, names, outlet, day, labels."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.stages.copies.candidates import LABELS, Labels, Numbers, Traits, labels_of
from onrecord.stages.copies.citations import Want, wants_of, weak_printed
from onrecord.stages.copies.outlets import source_key
from onrecord.stages.copies.postings import Index
from onrecord.stages.copies.words import Flags, Hashes, Words
from onrecord.types import Reading, Report

NEVER = 1 << 22  # the day, in the order of the reports, of one whose day is not known
RANK_BITS = 40  # of a rank that tell reports of one day apart

NO_KEYS: Hashes = np.empty(0, dtype=np.uint64)
NO_NUMBERS: Numbers = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Row:
    """What is kept of one report; `names` are its weak keys, `wants` lack its number."""

    id: str
    keys: Hashes
    spoken: Flags
    names: Hashes
    labels: Labels
    day: int
    outlet: str
    rank: int
    wants: tuple[Want, ...]


def row_of(words: Words, reading: Reading) -> Row:
    """Return what is kept of a report."""
    return Row(
        id=words.report.id,
        keys=words.keys,
        spoken=words.spoken,
        names=weak_printed(words),
        labels=labels_of(words.shingles, words.report.id),
        day=_day(words.report),
        outlet=source_key(words.report),
        rank=rank(words.report),
        wants=tuple(wants_of(reading)),
    )


class Shelf:
    """The indexes of the reports that were put in so far, by their numbers."""

    def __init__(self) -> None:
        self.fingerprints, self.printed, self.wanted = Index(), Index(), Index()
        self.wants: list[tuple[int, Want]] = []
        self.ids: list[str] = []
        self.traits = Traits(
            np.empty((0, LABELS), dtype=np.uint64), NO_NUMBERS, NO_NUMBERS, NO_NUMBERS
        )
        self._outlets: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def put(self, rows: Sequence[Row]) -> None:
        """Put in the next reports."""
        first = len(self)
        self.ids += [row.id for row in rows]
        self.fingerprints.add([(r.keys, n, r.spoken) for n, r in enumerate(rows, first)])
        self.printed.add([(r.names, n, _unmarked(r.names)) for n, r in enumerate(rows, first)])
        wants = [(number, want) for number, row in enumerate(rows, first) for want in row.wants]
        self.wanted.add(
            [
                (want.keys, place, _unmarked(want.keys))
                for place, (_, want) in enumerate(wants, len(self.wants))
            ]
        )
        self.wants += wants
        self.traits = _extended(self.traits, rows, [self._outlet(row.outlet) for row in rows])

    def _outlet(self, outlet: str) -> int:
        return self._outlets.setdefault(outlet, len(self._outlets)) if outlet else -1


def _unmarked(keys: Hashes) -> Flags:
    return np.zeros(len(keys), dtype=np.bool_)


def _extended(traits: Traits, rows: Sequence[Row], outlets: Sequence[int]) -> Traits:
    labels = np.array([row.labels for row in rows], dtype=np.uint64).reshape(-1, LABELS)
    return Traits(
        np.concatenate((traits.labels, labels)),
        np.concatenate((traits.days, np.array([row.day for row in rows], dtype=np.int64))),
        np.concatenate((traits.outlets, np.array(outlets, dtype=np.int64))),
        np.concatenate((traits.ranks, np.array([row.rank for row in rows], dtype=np.int64))),
    )


def _day(report: Report) -> int:
    """Return the first day on which a report may have been published, 0 if that is not known."""
    day = report.published.earliest
    return day.toordinal() if day else 0


def rank(report: Report) -> int:
    """Return the place of a report in the order of its day and id, those without a day last."""
    digest = hashlib.blake2b(report.id.encode(), digest_size=RANK_BITS // 8).digest()
    return ((_day(report) or NEVER) << RANK_BITS) | int.from_bytes(digest, "big")
