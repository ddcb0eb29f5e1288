"""Lines of copies: the passages that are one text in several reports, and which report is first."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.stages.copies.candidates import connected
from onrecord.types import Copy, Evidence, Passage, Statement

OVERLAP = 0.5  # share of the shorter of two stretches, from which on both are the same words
ALIKE = 0.8  # share of the longer of two stretches, from which on one stands for both


Unit = tuple[Copy, Passage]


@dataclass(frozen=True, slots=True)
class Line:
    """Passages that hang together through copies.

    `root` is the one report that all directed copies of the line lead back to; `spans` are sorted.
    """

    reports: tuple[str, ...]
    spans: tuple[Evidence, ...]
    text: bool
    root: str | None


def lines(copies: Sequence[Copy]) -> list[Line]:
    """Return the lines that copies of text and quotations make, in the order of their reports.

    Passages belong to one line when they are the same words in a report that both have; what the
    same reports share, with the same report first, is one line.
    """
    units = [
        (copy, passage) for copy in copies if copy.kind != "citation" for passage in copy.passages
    ]
    sides: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, (_, passage) in enumerate(units):
        for span in (passage.from_, passage.to):
            sides[span.report].append((span.start, span.end, number))
    links = {link for found in sides.values() for link in _same_words(sorted(found))}
    members: dict[int, list[Unit]] = defaultdict(list)
    pairs = np.array(sorted(links), dtype=np.int64).reshape(-1, 2)
    for number, key in enumerate(connected(len(units), pairs[:, 0], pairs[:, 1]).tolist()):
        members[key].append(units[number])
    alike: dict[tuple[tuple[str, ...], str | None], list[Unit]] = defaultdict(list)
    for group in members.values():
        reports = _reports(group)
        alike[reports, _root(reports, [copy for copy, _ in group])] += group
    made = [_line(reports, root, group) for (reports, root), group in alike.items()]
    return sorted(made, key=lambda line: (line.reports, line.spans))


def _reports(units: Sequence[Unit]) -> tuple[str, ...]:
    return tuple(
        sorted({span.report for _, passage in units for span in (passage.from_, passage.to)})
    )


def _same_words(spans: Sequence[tuple[int, int, int]]) -> Iterable[tuple[int, int]]:
    """Yield the numbers of units with overlapping passages.

    Spans are start, end and unit of the passages in one report, sorted.
    """
    open_: list[tuple[int, int, int]] = []
    for start, end, number in spans:
        open_ = [span for span in open_ if span[1] > start]
        # An open one starts no later, so what both have begins where this one does.
        common = [(min(last, end) - start, last - first, n) for first, last, n in open_]
        fits = [n for both, size, n in common if both >= OVERLAP * max(1, min(size, end - start))]
        if fits:
            yield fits[0], number
        # One stretch of many like it is enough, or a text with many copies costs their square.
        if not any(both >= ALIKE * max(size, end - start) for both, size, _ in common):
            open_.append((start, end, number))


def _line(reports: tuple[str, ...], root: str | None, units: Sequence[Unit]) -> Line:
    return Line(
        reports=reports,
        spans=tuple(sorted({span for _, p in units for span in (p.from_, p.to)})),
        text=any(copy.kind == "text" for copy, _ in units),
        root=root,
    )


def _root(reports: Sequence[str], copies: Sequence[Copy]) -> str | None:
    """Return the one report from which directed copies lead to all others, else None."""
    below: dict[str, set[str]] = defaultdict(set)
    for copy in copies:
        if copy.directed:
            below[copy.from_report].add(copy.to_report)
    taken = set().union(*below.values()) if below else set()
    tops = [report for report in reports if report not in taken]
    if len(tops) != 1:
        return None
    seen, waiting = {tops[0]}, [tops[0]]
    while waiting:
        fresh = below[waiting.pop()] - seen
        seen |= fresh
        waiting += sorted(fresh)
    return tops[0] if len(seen) == len(reports) else None


class Shelf:
    """The spans of one report in all lines, for finding the line that a statement stands in."""

    def __init__(self, spans: Iterable[tuple[Evidence, int]]) -> None:
        self._spans = sorted((span.start, span.end, line) for span, line in spans)
        self._starts = [start for start, _, _ in self._spans]
        self._longest = max((end - start for start, end, _ in self._spans), default=0)

    def line_of(self, statement: Statement) -> int | None:
        """Return the line that has at least half of a statement's content, else None."""
        covered: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for content in statement.content:
            low = bisect_left(self._starts, content.start - self._longest)
            high = bisect_left(self._starts, content.end)
            for start, end, line in self._spans[low:high]:
                if end > content.start:
                    piece = max(start, content.start), min(end, content.end)
                    covered[line].append(piece)
        total = sum(content.end - content.start for content in statement.content)
        shares = [(_length(pieces), -line) for line, pieces in covered.items()]
        best, line = max(shares, default=(0, 0))
        return -line if total and best >= OVERLAP * total else None


def _length(pieces: list[tuple[int, int]]) -> int:
    """Return how many characters the pieces cover together."""
    total, done = 0, 0
    for start, end in sorted(pieces):
        total += max(0, end - max(start, done))
        done = max(done, end)
    return total
