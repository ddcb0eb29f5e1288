"""The relations of actors as pictures: a network around one, and lanes along time."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.types import Relation
from onrecord.web.svg import FADE, LETTER, ROW, WIDTH, Scale, span_of, ticks_of
from onrecord.wording import describe, short, when_words

AROUND = 22  # actors around one in a network
LANES = 14  # actors in a picture of lanes
HIGH = 560.0
RINGS = (0.62, 1.0)  # of the farthest distance at which actors stand, by turns
LINE = 13.0  # from one label to the next below it
LANE = 40.0
TOP = 40.0
AWAY = 0.62  # of the way from the center at which a label stands
NAMES = 190.0  # room for the names of lanes
# What puts two actors against each other; every other kind puts them on one side or says neither.
AGAINST = frozenset(
    {"fights", "sanctions", "accuses", "designates", "split from", "suspends aid to"}
)
BETWEEN = frozenset(
    {"negotiates with", "mediates between", "meets with", "truce with", "linked to"}
)

NameOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Node:
    """An actor in its place; `anchor` is where its name begins, on which side of its mark."""

    id: str
    name: str
    x: float
    y: float
    anchor: str
    center: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """All relations between two actors: the line, its look, how they stand, and what it says."""

    x1: float
    y1: float
    x2: float
    y2: float
    x: float
    y: float
    look: str
    status: str
    label: str
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Network:
    """The picture of the actors around one; `left_out` counts those that found no room."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int


def look_of(kind: str) -> str:
    """Return which of three looks a kind of relation has: with, against, or neither."""
    return "against" if kind in AGAINST else "neither" if kind in BETWEEN else "with"


def _pairs(relations: Iterable[Relation]) -> dict[tuple[str, str], list[Relation]]:
    found: dict[tuple[str, str], list[Relation]] = {}
    for one in relations:
        if one.subject != one.object:
            pair = (min(one.subject, one.object), max(one.subject, one.object))
            found.setdefault(pair, []).append(one)
    return found


def _nearest(center: str, relations: Sequence[Relation], most: int) -> tuple[list[str], int]:
    """Return the actors with most relations to one, and how many more there are."""
    counts = Counter(other for one in relations for other in {one.subject, one.object} - {center})
    ordered = sorted(counts, key=lambda key: (-counts[key], key))
    return ordered[:most], max(0, len(ordered) - most)


def network(
    center: str, own: Sequence[Relation], others: Iterable[Relation], name_of: NameOf
) -> Network | None:
    """Return the picture around an actor: its own relations, and those among its neighbours."""
    around, left_out = _nearest(center, own, AROUND)
    if not around:
        return None
    nodes = {center: Node(center, name_of(center), WIDTH / 2, HIGH / 2, "middle", center=True)}
    for number, key in enumerate(around):
        turn = 2 * math.pi * (number + 0.5) / len(around) - math.pi / 2
        ring = RINGS[number % 2] if len(around) > 8 else 0.85
        x = WIDTH / 2 + math.cos(turn) * 350 * ring
        y = HIGH / 2 + math.sin(turn) * 235 * ring
        anchor = "start" if math.cos(turn) > 0.15 else "end" if math.cos(turn) < -0.15 else "middle"
        nodes[key] = Node(key, name_of(key), round(x, 1), round(y, 1), anchor, center=False)
    shown = {one.id: one for one in (*own, *others)}
    pairs = _pairs(one for one in shown.values() if {one.subject, one.object} <= nodes.keys())
    edges = tuple(_edge(nodes, pair, found, name_of) for pair, found in sorted(pairs.items()))
    return Network(WIDTH, HIGH, tuple(nodes.values()), edges, left_out)


def _edge(
    nodes: Mapping[str, Node], pair: tuple[str, str], found: Sequence[Relation], name_of: NameOf
) -> Edge:
    one, other = nodes[pair[0]], nodes[pair[1]]
    x, y = _middle(one, other)
    kinds = list(dict.fromkeys(relation.kind for relation in sorted(found, key=_weight)))
    looks = [look_of(kind) for kind in kinds]
    look = next((side for side in ("against", "with") if side in looks), "neither")
    statuses = {relation.status for relation in found}
    status = "disputed" if len(statuses) > 1 and "denied" in statuses else min(statuses)
    more = f" +{len(kinds) - 1}" if len(kinds) > 1 else ""
    title = "; ".join(_told(relation, name_of) for relation in found)
    href = (
        f"/relation/{found[0].id}"
        if len(found) == 1
        else f"/relations?actor={pair[0]}&other={pair[1]}"
    )
    return Edge(
        one.x, one.y, other.x, other.y, x, y, look, status, f"{kinds[0]}{more}", href, title
    )


def _middle(one: Node, other: Node) -> tuple[float, float]:
    """Return where the label of a line stands: away from the center, whose name is there."""
    share = AWAY if one.center else 1 - AWAY if other.center else 0.5
    return round(one.x + (other.x - one.x) * share, 1), round(one.y + (other.y - one.y) * share, 1)


def _told(relation: Relation, name_of: NameOf) -> str:
    held = when_words(relation.held)
    return f"{describe(relation, name_of)} ({relation.status}; held: {held})"


def _weight(relation: Relation) -> tuple[int, str]:
    return -len(relation.tellings), relation.id


@dataclass(frozen=True, slots=True)
class Lane:
    """An actor's line from the first to the last of its ties."""

    id: str
    name: str
    y: float
    x1: float
    x2: float


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation between two lanes at its day, else amid its bounds, which are x1 and x2."""

    x: float
    y1: float
    y2: float
    x1: float
    x2: float
    opens_left: bool
    opens_right: bool
    label_y: float
    look: str
    status: str
    label: str
    href: str
    title: str

    @property
    def is_bar(self) -> bool:
        """Whether its bounds are more than a day apart, or one cannot be told."""
        return self.x2 - self.x1 > 1 or self.opens_left or self.opens_right


@dataclass(frozen=True, slots=True)
class Lanes:
    """Actors as lanes on a time axis; `undated` counts the relations without a day."""

    width: float
    height: float
    left: float
    ticks: tuple[tuple[float, str], ...]
    lanes: tuple[Lane, ...]
    ties: tuple[Tie, ...]
    undated: int
    left_out: int


def lanes(center: str, relations: Sequence[Relation], name_of: NameOf) -> Lanes | None:
    """Return the lanes of an actor and those it has most ties with, None where nothing is dated."""
    dated = [one for one in relations if one.held.earliest or one.held.latest]
    around, left_out = _nearest(center, dated, LANES - 1)
    if not around:
        return None
    rows = [center, *around]
    inside = [one for one in dated if {one.subject, one.object} <= set(rows)]
    days = [day for one in inside for day in (one.held.earliest, one.held.latest) if day]
    scale = Scale(*span_of(min(days), max(days)), left=NAMES)
    place = {key: TOP + LANE * (number + 0.5) for number, key in enumerate(rows)}
    ties = tuple(_ties(inside, scale, place, name_of))
    ends: dict[str, list[float]] = {key: [] for key in rows}
    for one, tie in zip(sorted(inside, key=_begin), ties, strict=True):
        for key in (one.subject, one.object):
            ends[key] += [tie.x1, tie.x2]
    drawn = tuple(
        Lane(key, short(name_of(key), 30), place[key], min(ends[key]), max(ends[key]))
        for key in rows
        if ends[key]
    )
    ticks = tuple((scale.x(day), words) for day, words in ticks_of(scale.first, scale.last))
    height = TOP + LANE * len(rows) + ROW
    undated = len(relations) - len(dated)
    return Lanes(WIDTH, height, NAMES, ticks, drawn, ties, undated, left_out)


def _begin(relation: Relation) -> tuple[date, str]:
    return relation.held.earliest or relation.held.latest or date.max, relation.id


def _ties(
    relations: Iterable[Relation], scale: Scale, place: Mapping[str, float], name_of: NameOf
) -> Iterator[Tie]:
    labels: list[tuple[float, float, float]] = []
    for one in sorted(relations, key=_begin):
        first, last = one.held.earliest, one.held.latest
        x1, x2 = scale.x(first or last or date.max), scale.x(last or first or date.max)
        middle = round((x1 + x2) / 2, 1)
        y1, y2 = place[one.subject], place[one.object]
        yield Tie(
            middle,
            y1,
            y2,
            max(NAMES, x2 - FADE) if first is None else x1,
            min(WIDTH - 4, x1 + FADE) if last is None else x2,
            first is None,
            last is None,
            _label_y(labels, middle, min(y1, y2) + 15, len(one.kind) * LETTER),
            look_of(one.kind),
            one.status,
            one.kind,
            f"/relation/{one.id}",
            _told(one, name_of),
        )


def _label_y(labels: list[tuple[float, float, float]], x: float, y: float, wide: float) -> float:
    """Return where a label covers no other, and keep its place."""
    while any(
        abs(y - other) < LINE and x < end and x + wide > start for start, end, other in labels
    ):
        y += LINE
    labels.append((x, x + wide + 10, y))
    return y
