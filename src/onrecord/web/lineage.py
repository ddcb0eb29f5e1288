"""Copies and origins as pictures: reports in columns after what they took from, lines between."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.components import components
from onrecord.record import Record
from onrecord.types import Copy, Origin, Report
from onrecord.web.rendering import headline, outlet
from onrecord.wording import short, when_words

BOX, TALL = 252.0, 62.0
ACROSS, DOWN = 74.0, 20.0  # between columns and rows
EDGE = 10.0
BESIDE = 11.0  # between lines that join the same two reports
LETTERS = 35  # of a title in a box
LARGEST = 40  # reports of a family that are shown
MOST = 40  # reports in one picture; a larger family is left to the table


@dataclass(frozen=True, slots=True)
class Node:
    """A report or an origin in its place."""

    id: str
    href: str
    look: str
    head: str
    lines: tuple[str, ...]
    title: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two nodes: its course, its look, whether it has an arrow, where it leads."""

    course: str
    look: str
    directed: bool
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Family:
    """Reports that are tied by copies or by a shared origin, and the picture of them."""

    reports: tuple[Report, ...]
    origins: tuple[Origin, ...]
    copies: tuple[Copy, ...]
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    width: float
    height: float
    size: int = 0  # how many reports there are, shown or not


def families(record: Record, among: Sequence[str]) -> list[Family]:
    """Return the families of reports that rest on one another within some, the largest first.

    A report that shares nothing with another of them is in none.
    """
    copies, origins = _between(record, among)
    ties = [(c.from_report, c.to_report) for c in copies]
    ties += [(o.reports[0], other) for o in origins for other in o.reports[1:]]
    groups = components(ties)
    return [family(record, group) for group in sorted(groups, key=lambda g: (-len(g), g))]


def family(record: Record, keys: Sequence[str]) -> Family:
    """Return a family of reports, by their ids; of a large one only the first reports."""
    chosen = keys[:LARGEST]
    copies, origins = _between(record, chosen)
    return replace(_draw(record.many(Report, chosen), origins, copies), size=len(keys))


def _between(record: Record, keys: Sequence[str]) -> tuple[list[Copy], list[Origin]]:
    """Return the copies between some reports, and the origins that they alone share."""
    among = frozenset(keys)
    copies = record.naming(Copy, *keys)
    origins = [o for o in record.naming(Origin, *keys) if len(o.reports) > 1]
    return (
        [copy for copy in copies if {copy.from_report, copy.to_report} <= among],
        [origin for origin in origins if among.issuperset(origin.reports)],
    )


def _draw(reports: Sequence[Report], origins: Sequence[Origin], copies: Sequence[Copy]) -> Family:
    depth = _depths([r.id for r in reports], copies, first=1 if origins else 0)
    places = _places(reports, origins, depth)
    if len(reports) > MOST:
        return Family(tuple(reports), tuple(origins), tuple(copies), (), (), 0, 0)
    nodes = [_origin_node(o, *places[o.id]) for o in origins]
    nodes += [_report_node(r, *places[r.id]) for r in reports]
    lines = [_origin_line(o, r, places) for o in origins for r in _first_hand(o, copies)]
    lines += _copy_lines(copies, places)
    # Lines within one column bow out to its right.
    width = max(x for x, _ in places.values()) + BOX + ACROSS
    height = max(y for _, y in places.values()) + TALL + EDGE
    return Family(
        tuple(reports), tuple(origins), tuple(copies), tuple(nodes), tuple(lines), width, height
    )


def _depths(keys: Sequence[str], copies: Sequence[Copy], *, first: int) -> dict[str, int]:
    """Return each report's column: one after the last that it took from; rounds end."""
    depth = dict.fromkeys(keys, first)
    directed = [(c.from_report, c.to_report) for c in copies if c.directed]
    for _ in keys:
        changed = False
        for giver, taker in directed:
            deeper = min(depth[giver] + 1, first + len(keys) - 1)
            if depth[taker] < deeper:
                depth[taker] = deeper
                changed = True
        if not changed:
            break
    return _without_gaps(depth, first)


def _without_gaps(depth: Mapping[str, int], first: int) -> dict[str, int]:
    """Close columns that nothing stands in, as a round of copies leaves them."""
    order = {old: first + new for new, old in enumerate(sorted(set(depth.values())))}
    return {key: order[old] for key, old in depth.items()}


def _places(
    reports: Sequence[Report], origins: Sequence[Origin], depth: Mapping[str, int]
) -> dict[str, tuple[float, float]]:
    columns: defaultdict[int, list[str]] = defaultdict(list)
    for origin in origins:
        columns[0].append(origin.id)
    for report in sorted(reports, key=_order):
        columns[depth[report.id]].append(report.id)
    tallest = max(len(column) for column in columns.values())
    places = {}
    for number, column in columns.items():
        above = (tallest - len(column)) * (TALL + DOWN) / 2
        for row, key in enumerate(column):
            x = EDGE + number * (BOX + ACROSS)
            places[key] = (x, EDGE + above + row * (TALL + DOWN))
    return places


def _first_hand(origin: Origin, copies: Sequence[Copy]) -> list[str]:
    """Return the reports of an origin that do not have it from another of its reports."""
    inside = set(origin.reports)
    taken = {c.to_report for c in copies if c.directed and c.from_report in inside}
    return [key for key in origin.reports if key not in taken] or list(origin.reports)


def _order(report: Report) -> tuple[str, str]:
    day = report.published.earliest or report.published.latest
    return (day.isoformat() if day else "9999", report.id)


def _report_node(report: Report, x: float, y: float) -> Node:
    title = headline(report)
    lines = (short(title, LETTERS), when_words(report.published))
    whole = f"{outlet(report)}: {title}"
    head = short(outlet(report), 28)
    return Node(report.id, f"/report/{report.id}", "report", head, lines, whole, x, y)


def _origin_node(origin: Origin, x: float, y: float) -> Node:
    lines = (short(origin.name, LETTERS), f"{len(origin.reports)} reports rest on it")
    title = f"Origin ({origin.kind}): {origin.name}"
    head = f"origin: {origin.kind}"
    return Node(origin.id, f"/origin/{origin.id}", "origin", head, lines, title, x, y)


def _origin_line(origin: Origin, report: str, places: Mapping[str, tuple[float, float]]) -> Line:
    title = f"rests on {origin.name}"
    course = _course(places[origin.id], places[report])
    return Line(course, "rests", True, f"/origin/{origin.id}", title)


def _copy_lines(copies: Sequence[Copy], places: Mapping[str, tuple[float, float]]) -> list[Line]:
    """Return the lines of copies; those between the same two reports run beside each other."""
    between: defaultdict[frozenset[str], list[Copy]] = defaultdict(list)
    for copy in copies:
        between[frozenset((copy.from_report, copy.to_report))].append(copy)
    return [
        _copy_line(copy, places, BESIDE * (number - (len(group) - 1) / 2))
        for group in between.values()
        for number, copy in enumerate(group)
    ]


def _copy_line(copy: Copy, places: Mapping[str, tuple[float, float]], shift: float) -> Line:
    (x1, y1), (x2, y2) = places[copy.from_report], places[copy.to_report]
    course = _course((x1, y1 + shift), (x2, y2 + shift))
    title = f"{copy.kind}: {copy.why}" if copy.why else copy.kind
    return Line(course, copy.kind, copy.directed, f"/copy/{copy.id}", title)


def _course(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Return a curve from box to box: sideways to a later column, bowed within one column."""
    (x1, y1), (x2, y2) = start, end
    middle1, middle2 = y1 + TALL / 2, y2 + TALL / 2
    if x2 > x1:
        right, bend = x1 + BOX, (x2 - x1 - BOX) / 2
        return _curve(right, middle1, right + bend, middle1, x2 - bend, middle2, x2, middle2)
    if x2 < x1:
        bend = ACROSS / 2
        return _curve(x1, middle1, x1 - bend, middle1, x2 + BOX + bend, middle2, x2 + BOX, middle2)
    right = x1 + BOX
    bow = right + min(ACROSS - 8, 18 + abs(y2 - y1) / 5)
    return _curve(right, middle1, bow, middle1, bow, middle2, right, middle2)


def _curve(*numbers: float) -> str:
    x, y, *rest = (f"{number:.1f}" for number in numbers)
    return f"M{x} {y} C{' '.join(rest)}"
