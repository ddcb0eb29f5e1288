"""Reprints: pairs of reports of which one holds most of the words of the other."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from onrecord.types import READ_KINDS, Copy, Report

# Share of the shorter report's readable characters from which on its happening is the other's:
# with less, what is shared may be background.
COVERED = 0.5

Pair = tuple[int, int]
Span = tuple[int, int]


def reprints(reports: Sequence[Report], copies: Iterable[Copy]) -> list[Pair]:
    """Return the sorted pairs, low first, whose copied running text covers the shorter report."""
    numbers = {report.id: i for i, report in enumerate(reports)}
    shared: dict[Pair, dict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for copy in copies:
        ends = (numbers.get(copy.from_report), numbers.get(copy.to_report))
        if copy.kind != "text" or ends[0] is None or ends[1] is None or ends[0] == ends[1]:
            continue
        pair = (min(ends[0], ends[1]), max(ends[0], ends[1]))
        for passage in copy.passages:
            for i, side in ((ends[0], passage.from_), (ends[1], passage.to)):
                shared[pair][i].append((side.start, side.end))
    sizes = [_characters(report.text, _readable(report)) for report in reports]
    found = []
    for pair, spans in shared.items():
        shorter = min(pair, key=lambda i: (sizes[i], reports[i].id))
        if _covered(reports[shorter], spans[shorter]) >= COVERED * sizes[shorter] > 0:
            found.append(pair)
    return sorted(found)


def _readable(report: Report) -> list[Span]:
    return [(block.start, block.end) for block in report.blocks if block.kind in READ_KINDS]


def _covered(report: Report, spans: Iterable[Span]) -> int:
    """Return how many readable characters lie in any of the spans."""
    parts = (
        (max(start, low), min(end, high)) for start, end in spans for low, high in _readable(report)
    )
    return _characters(report.text, [(start, end) for start, end in parts if start < end])


def _characters(text: str, spans: Iterable[Span]) -> int:
    """Return how many characters other than blanks the spans hold, each counted once."""
    count = last = 0
    for start, end in sorted(spans):
        start = max(start, last)
        if start < end:
            count += sum(map(len, text[start:end].split()))
            last = end
    return count
