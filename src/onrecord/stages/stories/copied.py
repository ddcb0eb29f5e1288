"""What two reports have from one another, in short: how much of the shorter the other holds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from onrecord.types import READ_KINDS, Copy, Report

# Share of the shorter report's readable characters from which on its happening is the other's:
# with less, what is shared may be background.
COVERED = 0.5

Span = tuple[int, int]


class Shared(NamedTuple):
    """Two reports by number, and the share of the shorter's running text that the other holds."""

    one: int
    other: int
    share: float


def shared(reports: Mapping[int, Report], copies: Iterable[Copy]) -> Iterator[Shared]:
    """Yield each pair of reports that a copy of any kind connects, by number.

    Quotations and citations alone give a share of 0: two reports of one press conference may tell
    of different things.
    """
    numbers = {report.id: i for i, report in reports.items()}
    spans: dict[tuple[int, int], dict[int, list[Span]]] = {}
    for copy in copies:
        one, other = numbers.get(copy.from_report), numbers.get(copy.to_report)
        if one is None or other is None or one == other:
            continue
        here = spans.setdefault((min(one, other), max(one, other)), defaultdict(list))
        if copy.kind == "text":
            for passage in copy.passages:
                here[one].append((passage.from_.start, passage.from_.end))
                here[other].append((passage.to.start, passage.to.end))
    sizes: dict[int, int] = {}
    for (one, other), found in spans.items():
        for i in (one, other) if found else ():
            if i not in sizes:
                sizes[i] = _characters(reports[i].text, _readable(reports[i]))
        yield Shared(one, other, _share(reports, (one, other), found, sizes))


def _share(
    reports: Mapping[int, Report],
    pair: tuple[int, int],
    spans: Mapping[int, list[Span]],
    sizes: Mapping[int, int],
) -> float:
    """Return the share of the shorter report's readable characters that lie in its spans.

    Passages of a copy lie in readable blocks.
    """
    if not spans:
        return 0.0
    shorter = min(pair, key=lambda i: (sizes[i], reports[i].id))
    return _characters(reports[shorter].text, spans[shorter]) / max(1, sizes[shorter])


def _readable(report: Report) -> list[Span]:
    return [(block.start, block.end) for block in report.blocks if block.kind in READ_KINDS]


def _characters(text: str, spans: Iterable[Span]) -> int:
    """Return how many characters other than blanks the spans hold, each counted once."""
    count = last = 0
    for start, end in sorted(spans):
        start = max(start, last)
        if start < end:
            count += sum(map(len, text[start:end].split()))
            last = end
    return count
