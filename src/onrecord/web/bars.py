"""Numbers by month as bars on one scale, parts of a bar by their look, as geometry to draw."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

WIDTH, HEIGHT = 1140.0, 190.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 10.0, 12.0, 26.0
MOST = 60  # bars from which on quarters are drawn in place of months, and years in place of these
GAP = 0.18  # of a bar's room that is left between bars
WIDEST = 46.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a month's bar: its look, its place, where it leads and what it says."""

    look: str
    x: float
    y: float
    width: float
    height: float
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The picture: bars, the lines of the scale with their numbers, and the names of some bars."""

    width: float
    height: float
    left: float
    right: float
    floor: float
    bars: tuple[Bar, ...]
    scale: tuple[tuple[float, str], ...]
    names: tuple[tuple[float, str], ...]


Link = Callable[[date, date, str], str]


def bars(
    counts: Mapping[str, Mapping[str, int]], looks: Sequence[str], noun: str, link: Link
) -> Bars | None:
    """Return the picture of numbers by month (YYYY-MM) and look, None where there is none.

    `link` gives the address for the first and last day of a bar and a look; `noun` is what is
    counted, of one and of many.
    """
    counts = {month: parts for month, parts in counts.items() if any(parts.values())}
    if not counts:
        return None
    spans = _spans(min(counts), max(counts))
    summed = [
        {look: sum(counts.get(m, {}).get(look, 0) for m in months) for look in looks}
        for months in spans
    ]
    step = _step(max(sum(one.values()) for one in summed))
    most = step * math.ceil(max(sum(one.values()) for one in summed) / step)
    floor = HEIGHT - BOTTOM
    room = (WIDTH - LEFT - RIGHT) / len(spans)
    wide = min(room * (1 - GAP), WIDEST)
    found: list[Bar] = []
    for number, (months, one) in enumerate(zip(spans, summed, strict=True)):
        x, y = LEFT + room * number + (room - wide) / 2, floor
        first, last = _days(months[0])[0], _days(months[-1])[1]
        for look in looks:
            if one[look]:
                tall = (floor - TOP) * one[look] / most
                y -= tall
                title = f"{_named(months)}: {one[look]:,} {noun}{f', {look}' if look else ''}"
                found.append(
                    Bar(
                        look,
                        round(x, 1),
                        round(y, 1),
                        round(wide, 1),
                        round(tall, 1),
                        link(first, last, look),
                        title,
                    )
                )
    lines = tuple(
        (round(floor - (floor - TOP) * value / most, 1), f"{value:,}")
        for value in range(0, most + 1, step)
    )
    names = tuple(
        (round(LEFT + room * (number + 0.5), 1), words) for number, words in _names(spans)
    )
    return Bars(WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, floor, tuple(found), lines, names)


def _spans(first: str, last: str) -> list[list[str]]:
    """Return the months of each bar: each from the first to the last, or its quarter or year."""
    months = []
    year, month = int(first[:4]), int(first[5:])
    while f"{year:04}-{month:02}" <= last:
        months.append(f"{year:04}-{month:02}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    by_month = [[one] for one in months]
    by_quarter = _grouped(months, lambda one: f"{one[:4]} {(int(one[5:]) - 1) // 3}")
    by_year = _grouped(months, lambda one: one[:4])
    return next((s for s in (by_month, by_quarter) if len(s) <= MOST), by_year)


def _grouped(months: Sequence[str], key: Callable[[str], str]) -> list[list[str]]:
    return [list(group) for _, group in groupby(months, key=key)]


def _step(most: int) -> int:
    """Return a round number of which about four make the tallest bar."""
    rough = max(1.0, most / 4)
    size = int(10 ** int(math.log10(rough)))
    return next(size * step for step in (1, 2, 5, 10) if size * step >= rough)


def _days(month: str) -> tuple[date, date]:
    first = date(int(month[:4]), int(month[5:]), 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)


def _named(months: Sequence[str]) -> str:
    if len(months) == 1:
        return f"{_days(months[0])[0]:%b %Y}"
    if months[0][:4] == months[-1][:4] and len(months) > 3:
        return months[0][:4]
    return f"{_days(months[0])[0]:%b} to {_days(months[-1])[0]:%b %Y}"


def _names(spans: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    """Return the numbers of about ten bars with their names, Januaries and first ones before."""
    years = [(n, months[0][:4]) for n, months in enumerate(spans) if months[0][5:] == "01"]
    if len(spans) > 24 and len(years) > 1:
        return years[:: -(-len(years) // 12)]
    return [
        (n, f"{_days(spans[n][0])[0]:%b %Y}") for n in range(0, len(spans), -(-len(spans) // 9))
    ]
