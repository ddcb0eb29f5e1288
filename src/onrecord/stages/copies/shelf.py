"""What is kept of each report so that others find it: fingerprints, names, outlet, day, labels."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.stages.copies.candidates import Numbers, Traits
from onrecord.stages.copies.citations import Wants, wants_of, weak_printed
from onrecord.stages.copies.fingerprints import (
    LABELS,
    NO_KEYS,
    Fingerprints,
    Owners,
    fingerprints,
)
from onrecord.stages.copies.outlets import source_key
from onrecord.stages.copies.postings import Index
from onrecord.stages.copies.words import Hashes, Words
from onrecord.types import Reading, Report

NEVER = 1 << 22  # the day, in the order of the reports, of one whose day is not known
RANK_BITS = 40  # of a rank that tell reports of one day apart

NO_NUMBERS: Numbers = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Rows:
    """What is kept of some reports; owners are places among them, `names` are weak keys."""

    ids: list[str]
    found: Fingerprints
    names: Hashes
    name_owners: Owners
    days: list[int]
    outlets: list[str]
    ranks: list[int]
    wants: Wants

    def __len__(self) -> int:
        return len(self.ids)


def rows_of(texts: Sequence[Words], readings: Sequence[Reading]) -> Rows:
    """Return what is kept of some reports."""
    names = [weak_printed(text) for text in texts]
    reports = [text.report for text in texts]
    return Rows(
        ids=[report.id for report in reports],
        found=fingerprints(texts),
        names=np.concatenate([NO_KEYS, *names]),
        name_owners=_numbered([len(part) for part in names]),
        days=[_day(report) for report in reports],
        outlets=[source_key(report) for report in reports],
        ranks=[rank(report) for report in reports],
        wants=wants_of(readings),
    )


class Shelf:
    """The indexes of the reports that were put in so far, by their numbers."""

    def __init__(self) -> None:
        self.fingerprints, self.printed, self.wanted = Index(), Index(), Index()
        self.wants = wants_of(())
        self.ids: list[str] = []
        self.traits = Traits(
            np.empty((0, LABELS), dtype=np.uint64), NO_NUMBERS, NO_NUMBERS, NO_NUMBERS
        )
        self._outlets: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def put(self, chunks: Sequence[Rows]) -> None:
        """Put in the next reports."""
        if not chunks:
            return
        firsts = np.cumsum([len(self), *(len(rows) for rows in chunks)])[:-1].tolist()
        placed = list(zip(firsts, chunks, strict=True))
        self.fingerprints.add(
            np.concatenate([rows.found.keys for rows in chunks]),
            np.concatenate([rows.found.owners + np.int32(first) for first, rows in placed]),
            np.concatenate([rows.found.spoken for rows in chunks]),
        )
        names = np.concatenate([rows.names for rows in chunks])
        owners = np.concatenate([rows.name_owners + np.int32(first) for first, rows in placed])
        self.printed.add(names, owners)
        self._want([rows.wants for rows in chunks], firsts)
        self.traits = self._extended(chunks)
        self.ids += [key for rows in chunks for key in rows.ids]

    def _want(self, wants: Sequence[Wants], firsts: Sequence[int]) -> None:
        known = len(self.wants)
        self.wants = self.wants.joined(wants, firsts)
        keys, places = self.wants.keys_of(np.arange(known, len(self.wants)))
        self.wanted.add(keys, (places + known).astype(np.int32))

    def _extended(self, chunks: Sequence[Rows]) -> Traits:
        known = self.traits
        outlets = [self._outlet(outlet) for rows in chunks for outlet in rows.outlets]
        return Traits(
            np.concatenate([known.labels, *(rows.found.labels for rows in chunks)]),
            np.concatenate([known.days, *(_numbers(rows.days) for rows in chunks)]),
            np.concatenate([known.outlets, _numbers(outlets)]),
            np.concatenate([known.ranks, *(_numbers(rows.ranks) for rows in chunks)]),
        )

    def _outlet(self, outlet: str) -> int:
        return self._outlets.setdefault(outlet, len(self._outlets)) if outlet else -1


def _numbers(values: Sequence[int]) -> Numbers:
    return np.array(values, dtype=np.int64)


def _numbered(counts: Sequence[int]) -> Owners:
    """Return each place as often as it counts."""
    return np.repeat(np.arange(len(counts), dtype=np.int32), np.array(counts, dtype=np.int64))


def _day(report: Report) -> int:
    """Return the first day on which a report may have been published, 0 if that is not known."""
    day = report.published.earliest
    return day.toordinal() if day else 0


def rank(report: Report) -> int:
    """Return the place of a report in the order of its day and id, those without a day last."""
    digest = hashlib.blake2b(report.id.encode(), digest_size=RANK_BITS // 8).digest()
    return ((_day(report) or NEVER) << RANK_BITS) | int.from_bytes(digest, "big")
