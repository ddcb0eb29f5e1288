"""The reports of a story beside each other: what each took, added, cut and changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.record import Record
from onrecord.types import READ_KINDS, Copy, Difference, Report

CHANGES = ("speaker", "number", "negation", "hedge", "name")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a report has from another: the copy, and what it has otherwise by kind."""

    copy: Copy
    other: Report
    share: float
    changed: tuple[Difference, ...]
    added: tuple[Difference, ...]
    cut: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A report of a story; of `shared` the way cannot be told, `gave` is how many took from it."""

    report: Report
    words: int
    taken: tuple[Taken, ...]
    shared: tuple[Taken, ...]
    gave: int

    @property
    def is_first_hand(self) -> bool:
        """Whether nothing of it is known to come from another report."""
        return not self.taken and not self.shared


def versions(record: Record, reports: Sequence[Report]) -> list[Version]:
    """Return the reports as versions, in the order that they are given in."""
    known = {report.id: report for report in reports}
    copies = [
        c for c in record.naming(Copy, *known) if {c.from_report, c.to_report} <= known.keys()
    ]
    return [_version(report, copies, known) for report in reports]


def _version(report: Report, copies: Sequence[Copy], known: dict[str, Report]) -> Version:
    here = [c for c in copies if report.id in (c.from_report, c.to_report)]
    taken = [c for c in here if c.directed and c.to_report == report.id]
    shared = [c for c in here if not c.directed]
    return Version(
        report,
        _words(report),
        tuple(_taken(c, known[c.from_report], report) for c in taken),
        tuple(
            _taken(c, known[c.to_report if c.from_report == report.id else c.from_report], report)
            for c in shared
        ),
        sum(c.directed and c.from_report == report.id for c in here),
    )


def _taken(copy: Copy, other: Report, report: Report) -> Taken:
    ours = [(p.to if p.to.report == report.id else p.from_) for p in copy.passages]
    size = sum(b.end - b.start for b in report.blocks if b.kind in READ_KINDS)
    by_kind = {
        kind: tuple(d for d in copy.differences if d.kind == kind) for kind in ("added", "cut")
    }
    changed = tuple(d for d in copy.differences if d.kind in CHANGES)
    covered = sum(span.end - span.start for span in ours) if copy.kind == "text" else 0
    share = min(1.0, covered / size) if size else 0.0
    return Taken(copy, other, share, changed, by_kind["added"], by_kind["cut"])


def _words(report: Report) -> int:
    return sum(
        len(report.text[block.start : block.end].split())
        for block in report.blocks
        if block.kind in READ_KINDS
    )
