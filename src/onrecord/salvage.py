"""What is whole of a damaged record, taken into a new one.

Reports are read one by one; what was read of a report is taken over only if all of it can be read
and its evidence is proved. What the reports hold together is made anew from those that were saved.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import EvidenceError, RunError
from onrecord.run import Progress, join
from onrecord.store import Store
from onrecord.types import Candidate, Decision, Report

AT_ONCE = 500  # reports that are asked for by number at once, one by one where one cannot be read


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How many reports were saved, and the ids or numbers of those that were not."""

    saved: int
    lost: tuple[str, ...]
    decisions: int


def salvage(record: Path, into: Path, *, progress: Progress) -> Salvaged:
    """Take what is whole of a record into a new file, and return what was saved and what was not.

    Raises `RunError` when nothing of the file can be read, or when there is a file already where
    the new one would be.
    """
    if into.exists():
        raise RunError("there is a file already", file=str(into), remedy="Give another with -o")
    with closing(Store(record)) as old, closing(Store(into, create=True)) as new:
        saved, lost = 0, list[str]()
        for key in _reports(old):
            if _saved(old, new, key):
                saved += 1
            else:
                lost.append(key)
            progress("saving reports", saved + len(lost), None)
        decisions = _decisions(old, new)
        join(new, progress=progress)
    return Salvaged(saved, tuple(lost), decisions)


def _reports(store: Store) -> Iterator[str]:
    """Yield the ids of the reports; the number of one whose id cannot be read."""
    last = store.last_number(Report)
    for first in range(1, last + 1, AT_ONCE):
        try:
            yield from store.numbered(Report, first, first + AT_ONCE)
        except RunError:
            for number in range(first, min(first + AT_ONCE, last + 1)):
                try:
                    yield from store.numbered(Report, number, number + 1)
                except RunError:
                    yield f"report number {number}"


def _saved(old: Store, new: Store, key: str) -> bool:
    """Take one report over, and tell whether it was whole."""
    try:
        report = old.get(Report, key)
        if report is None:
            return False
        new.add(old.reading(report), lambda noun: old.made_by(noun, report.id))
    except (RunError, EvidenceError, ValueError):
        return False
    return True


def _decisions(old: Store, new: Store) -> int:
    """Take over what reviewers said and what registers know, as far as it can be read."""
    count = 0
    try:
        for decision in old.rows(Decision):
            new.decide(decision)
            count += 1
        by_source: dict[str, list[Candidate]] = {}
        for candidate in old.rows(Candidate):
            by_source.setdefault(candidate.source, []).append(candidate)
        for source, found in by_source.items():
            new.know(source, found)
    except (RunError, ValueError):
        return count
    return count
