"""Happenings counted by month, type and standing, once each however many reports tell them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from onrecord.components import components
from onrecord.types import Copy, Happening, Standing, When


@dataclass(frozen=True, slots=True)
class Tally:
    """How many happenings of a type stand so in a month ("": not told), in what they rest on.

    `reports` are those that tell them, `origins` the lines of reports that took no words from one
    another: thirty prints of one wire story are one.
    """

    month: str
    event: str
    standing: Standing
    happenings: int
    reports: int
    origins: int


def month_of(when: When) -> str:
    """Return the month that both bounds are in, as YYYY-MM, or nothing."""
    if when.earliest is None or when.latest is None:
        return ""
    months = {f"{day.year:04}-{day.month:02}" for day in (when.earliest, when.latest)}
    return months.pop() if len(months) == 1 else ""


def by_month(found: Iterable[Happening], copies: Iterable[Copy]) -> list[Tally]:
    """Return the counts in order of months, those not told last."""
    lines = lines_of(copies)
    happenings: Counter[tuple[str, str, Standing]] = Counter()
    reports: dict[tuple[str, str, Standing], set[str]] = defaultdict(set)
    for one in found:
        key = (month_of(one.when), one.event, one.standings[0])
        happenings[key] += 1
        reports[key].update(one.reports)
    ordered = sorted(happenings, key=lambda key: (key[0] == "", *key))
    return [
        Tally(*key, happenings[key], len(reports[key]), len(lines(reports[key]))) for key in ordered
    ]


def lines_of(copies: Iterable[Copy]) -> Callable[[Iterable[str]], list[list[str]]]:
    """Return what groups reports by whether they took words from one another, at any remove."""
    ties = [(copy.from_report, copy.to_report) for copy in copies]
    line_of = {key: line[0] for line in components(ties) for key in line}

    def lines(reports: Iterable[str]) -> list[list[str]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for key in sorted(reports):
            groups[line_of.get(key, key)].append(key)
        return list(groups.values())

    return lines
