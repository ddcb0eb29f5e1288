"""Pictures over time, as geometry that a template draws: the time line of an actor."""

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.types import Actor, Event, Statement
from onrecord.wording import NameOf, describe, role_words, short, when_words

WIDTH = 1140.0
LEFT, RIGHT = 92.0, 24.0  # room for the names of the lanes, and for marks at the last day
TOP = 30.0
ROW = 17.0
GAP = 8.0  # between lanes
FADE = 46.0  # how far a bar with an open end runs on before it is gone
MARK = 15.0  # room that a mark takes
ROWS_MOST = 12  # rows in a lane; what finds no room is counted and left to the table
LEAST_DAYS = 20  # shortest span that is drawn
LETTER = 6.2  # width of a letter of the names of roles


@dataclass(frozen=True, slots=True)
class Dated:
    """One thing to draw: its lane, its look, its bounds, where it leads and what it says."""

    lane: str
    look: str
    earliest: date | None
    latest: date | None
    href: str
    title: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A thing in its place: a bar from x1 to x2 when its day is not known, and a mark at x."""

    item: Dated
    x: float
    x1: float
    x2: float
    y: float
    opens_left: bool
    opens_right: bool

    @property
    def is_bar(self) -> bool:
        """Whether it covers more than a day."""
        return self.x2 - self.x1 > 1 or self.opens_left or self.opens_right


@dataclass(frozen=True, slots=True)
class Lane:
    """A band of the picture: its name, its place, and how many things found no room in it."""

    name: str
    y: float
    height: float
    left_out: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole picture; `undated` counts what has no bound at all and is not in it."""

    width: float
    height: float
    ticks: tuple[tuple[float, str], ...]
    lanes: tuple[Lane, ...]
    drawn: tuple[Drawn, ...]
    undated: int


def items_of(
    actor: Actor, events: Iterable[Event], statements: Iterable[Statement], name_of: NameOf
) -> Iterator[Dated]:
    """Yield what there is to draw of an actor: its roles, what it did and suffered, its words."""
    for role in actor.roles:
        words = role_words(role.role, role.of)
        title = f"{words}: {when_words(role.when)}"
        yield Dated("roles", "role", role.when.earliest, role.when.latest, "#roles", title, words)
    for event in events:
        lane = "did" if actor.id in event.actor else "suffered"
        when = event.when
        title = f"{when_words(when)}: {describe(event, name_of)}"
        href = f"/event/{event.id}"
        yield Dated(lane, event.standing, when.earliest, when.latest, href, title)
    for statement in statements:
        said = statement.said
        title = f"{when_words(said)}: {describe(statement, name_of)}"
        href = f"/statement/{statement.id}"
        look = "said-deny" if statement.act == "deny" else "said"
        yield Dated("said", look, said.earliest, said.latest, href, title)


def timeline(items: Iterable[Dated]) -> Timeline | None:
    """Return the picture of the things that have a bound; None when none has."""
    every = list(items)
    dated = [item for item in every if item.earliest or item.latest]
    if not dated:
        return None
    days = [day for item in dated for day in (item.earliest, item.latest) if day]
    first, last = span_of(min(days), max(days))
    scale = Scale(first, last)
    drawn: list[Drawn] = []
    lanes: list[Lane] = []
    y = TOP
    for name in ("roles", "did", "suffered", "said"):
        inside = [item for item in dated if item.lane == name]
        if not inside:
            continue
        placed, rows = _stack([_place(item, scale) for item in inside], y + GAP)
        height = rows * ROW + 2 * GAP
        lanes.append(Lane(name, y, height, len(inside) - len(placed)))
        drawn += placed
        y += height
    ticks = tuple((scale.x(day), words) for day, words in ticks_of(first, last))
    return Timeline(WIDTH, y + 6, ticks, tuple(lanes), tuple(drawn), len(every) - len(dated))


@dataclass(frozen=True, slots=True)
class Scale:
    """From days to places: the last day has its width too."""

    first: date
    last: date
    left: float = LEFT

    def x(self, day: date) -> float:
        """Return the place of a day."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(self.left + share * (WIDTH - self.left - RIGHT), 1)


def span_of(first: date, last: date) -> tuple[date, date]:
    """Return a span with some air at its ends, and not shorter than can be read."""
    days = (last - first).days
    air = timedelta(days=max((LEAST_DAYS - days) // 2, days // 14, 1))
    try:
        return first - air, last + air
    except OverflowError:
        return first, last


def _place(item: Dated, scale: Scale) -> Drawn:
    """Place a thing: where its day can't be told, over its bounds and not on any one day."""
    first, last = item.earliest, item.latest
    start, end = first or last, last or first
    assert start is not None
    assert end is not None
    x1, x2 = scale.x(start), scale.x(end)
    opens_left, opens_right = first is None, last is None
    if opens_left:
        x1 = max(LEFT, x2 - FADE)
    if opens_right:
        x2 = min(WIDTH - 4, x1 + FADE)
    return Drawn(item, round((x1 + x2) / 2, 1), x1, x2, 0, opens_left, opens_right)


def _stack(placed: Sequence[Drawn], top: float) -> tuple[list[Drawn], int]:
    """Put things that would cover one another into rows, the earliest first."""
    ends: list[float] = []
    found = []
    for drawn in sorted(placed, key=lambda d: (d.x1, d.x2, d.item.title, d.item.href)):
        left, right = _reach(drawn)
        row = next((n for n, end in enumerate(ends) if end <= left), len(ends))
        if row == ROWS_MOST:
            continue
        ends[row : row + 1] = [right]
        y = top + row * ROW + ROW / 2
        found.append(
            Drawn(drawn.item, drawn.x, drawn.x1, drawn.x2, y, drawn.opens_left, drawn.opens_right)
        )
    return found, len(ends)


def _reach(drawn: Drawn) -> tuple[float, float]:
    named = drawn.x1 + LETTER * len(short(drawn.item.label, 60)) if drawn.item.label else 0
    left = min(drawn.x1, drawn.x - MARK / 2)
    return left, max(drawn.x2, drawn.x + MARK / 2, named) + 2


def ticks_of(first: date, last: date) -> Iterator[tuple[date, str]]:
    """Yield about eight days to name: first days of years, months, or every few days."""
    days = (last - first).days
    if days > 4 * 366:
        step = max(1, days // 366 // 8)
        yield from (
            (date(year, 1, 1), str(year)) for year in range(first.year + 1, last.year + 1, step)
        )
    elif days > 75:
        yield from _months(first, last, step=max(1, round(days / 30 / 9)))
    else:
        step = max(1, days // 7)
        for number in range(step // 2, days + 1, step):
            day = first + timedelta(days=number)
            yield day, f"{day.day} {day:%b} {day.year}" if number < step else f"{day.day} {day:%b}"


def _months(first: date, last: date, *, step: int) -> Iterator[tuple[date, str]]:
    """Yield first days of months; a step divides the year, so that each January is among them."""
    steps = (1, 2, 3, 4, 6, 12)
    step = steps[min(bisect.bisect_left(steps, step), len(steps) - 1)]
    shown = False
    for number in range(first.year * 12 + first.month, last.year * 12 + last.month):
        year, month = divmod(number, 12)
        if month % step == 0:
            day = date(year, month + 1, 1)
            named = month == 0 or not shown
            yield day, f"{day:%b} {year}" if named else f"{day:%b}"
            shown = True
