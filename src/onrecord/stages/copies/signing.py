"""Whose text a line of copies is, by what its reports print of it: agencies, outlets, first prints.

A report that credits an agency took most of its text from it, and not for certain every paragraph:
it may have put in its own, or have taken some from a third report.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from onrecord.stages.copies.credits import Credit
from onrecord.stages.copies.hands import Hand, report_hand
from onrecord.stages.copies.lines import Line
from onrecord.stages.copies.outlets import outlet_key, same_outlet
from onrecord.types import Report

MOST = 0.6  # of the reports of a line, that are in the credited text, where none of them is first


def signed(
    found: Sequence[Line], reports: Mapping[str, Report], credited: Mapping[str, Credit | None]
) -> dict[int, Hand]:
    """Return whose text lines are, by their places, where their reports credit one hand.

    What the first of them put into a text that it credits is its own.
    """
    hands: dict[int, Hand] = {}
    whole = _Whole(found)
    credited_ones = {key for key, one in credited.items() if one}
    for number, line in enumerate(found):
        named = [
            one
            for report in (line.reports if line.text else ())
            if (one := credited.get(report)) and whole.holds(report, number)
        ]
        hand = _hand(line, named, reports)
        if hand:
            hands[number] = hand
        elif line.text and line.root in credited_ones and not whole.holds(line.root, number):
            hands[number] = report_hand(reports[line.root])
    return hands


def _hand(line: Line, named: Sequence[Credit], reports: Mapping[str, Report]) -> Hand | None:
    """Return the one hand that is credited, an agency before a first print; else None.

    Where a report of that outlet is among those that share the text, it is the one.
    """
    wires = [one for one in named if one.kind == "wire"]
    found = wires or named
    first = min(found, key=lambda one: (len(one.name), one.name, one.words), default=None)
    if first is None or not all(same_outlet(first.name, one.name) for one in found):
        return None
    own = [key for key in line.reports if same_outlet(first.name, reports[key].source or "")]
    if own:
        return report_hand(reports[line.root if line.root in own else _earliest(own, reports)])
    words = tuple(one.words for one in found)
    key = ("line", "wire", min(span.report for span in words), outlet_key(first.name))
    return Hand(key, first.name, first.kind, words)


def _earliest(keys: Sequence[str], reports: Mapping[str, Report]) -> str:
    """Return the report that was published first by the first day it may have been."""

    def age(key: str) -> tuple[bool, str, str]:
        day = reports[key].published.earliest
        return day is None, str(day), key

    return min(keys, key=age)


class _Whole:
    """Which line is most of each report, and which lines were put into it."""

    def __init__(self, found: Sequence[Line]) -> None:
        self._lines = found
        self._places: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for number, line in enumerate(found):
            for span in line.spans:
                self._places[span.report].append((span.start, span.end, number))
        self._most = {key: _most(places) for key, places in self._places.items()}
        self._reports = [frozenset(line.reports) for line in found]
        self._known: dict[tuple[int, int], bool] = {}

    def holds(self, report: str, number: int) -> bool:
        """Return whether a line is of the same text as most of a report is."""
        if self._most[report] == number:
            return True
        key = self._most[report], number
        if key not in self._known:
            self._known[key] = self._is_part(*key)
        return self._known[key]

    def _is_part(self, most: int, number: int) -> bool:
        """Return whether a line is of the same text as another is."""
        root, line = self._lines[number].root, self._reports[number]
        if root is None:
            return len(self._reports[most] & line) >= MOST * len(line)
        return root in self._reports[most] and not self._is_put_in(root, number)

    def _is_put_in(self, report: str, number: int) -> bool:
        """Return whether a report put a line into a text that others have without it.

        They go on after it, with words that they don't have from this report.
        """
        line = self._reports[number]
        end = max(stop for _, stop, n in self._places[report] if n == number)
        return any(
            start >= end and self._lines[later].root != report and not self._reports[later] <= line
            for start, _, later in self._places[report]
        )


def _most(places: Sequence[tuple[int, int, int]]) -> int:
    """Return the line that has most characters of a report, of equal ones the first."""
    sizes: dict[int, int] = defaultdict(int)
    for start, end, number in places:
        sizes[number] += end - start
    return min(sizes, key=lambda number: (-sizes[number], number))
