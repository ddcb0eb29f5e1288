"""Lists in their order, made when the reports are joined, so that a part of any is found at once.

A row says that `id` stands at `rank` of a list: of all statements, of those by an actor, of the
disputes about one. It has beside it what the list is narrowed by, so that the nouns themselves are
read only for the lines that are shown. Everything here is made from the other tables.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    func,
    or_,
    select,
)

from onrecord.store.schema import TABLES, listed

# Lists that have a line for each outcome, or kind.
TWICE = frozenset({"promise", "promise by", "counted"})
LONGEST = 300  # characters of a name that lists are found by: keys have their limits


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked of lists: which, and of whom ("": of all).

    `what` and `how` are what a list is narrowed by: the act of statements and "unnamed", the type
    of events and their standing, the kind of actors, figures, disputes and relations. An id must be
    in the part `among`, not in the part `without`, one of `ids` and none of `but`.
    """

    lists: tuple[str, ...]
    whom: tuple[str, ...] = ("",)
    what: str | None = None
    how: str | None = None
    likely: bool | None = None
    since: date | None = None
    until: date | None = None
    bounded: bool = True  # with a day asked for, only what has a bound at all
    after: date | None = None  # not wholly before that day
    among: "Part | None" = None
    without: "Part | None" = None
    ids: tuple[str, ...] | None = None
    but: tuple[str, ...] = ()
    report: tuple[str, str] | None = None  # the table, and the report that its rows stand in


def found(part: Part) -> Select[Any]:
    """Return the ranks and ids of a part, in its order."""
    c = listed.c
    if _is_once(part):
        return select(c.id, c.rank).where(*_conditions(part)).order_by(c.rank, c.id)
    number = func.min(c.rank)
    query = select(c.id, number).where(*_conditions(part)).group_by(c.id)
    return query.order_by(number, c.id)


def _is_once(part: Part) -> bool:
    """Tell whether an id can be but once among the rows that are asked for."""
    first = part.lists[0] not in TWICE or part.how == ""
    return len(part.lists) == 1 and len(part.whom) == 1 and first


def counted(part: Part) -> Select[Any]:
    """Return how many there are of a part."""
    what = func.count() if _is_once(part) else func.count(listed.c.id.distinct())
    return select(what).select_from(listed).where(*_conditions(part))


def tallied(part: Part, column: str) -> Select[Any]:
    """Return how many there are of a part for each value of what or how."""
    what = func.count() if _is_once(part) else func.count(listed.c.id.distinct())
    return select(listed.c[column], what).where(*_conditions(part)).group_by(listed.c[column])


def _conditions(part: Part) -> list[ColumnElement[bool]]:
    c = listed.c
    made: list[ColumnElement[bool]] = [_any(c.list, part.lists)]
    made.append(_any(c.whom, [name[:LONGEST] for name in part.whom]))
    for column, wanted in (
        (c.what, part.what and part.what[:LONGEST]),
        (c.how, part.how),
        (c.likely, part.likely),
    ):
        if wanted is not None:
            made.append(column.is_(wanted) if column is c.likely else column == wanted)
    return [*made, *_overlapping(part), *_chosen(part)]


def _chosen(part: Part) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions on which ids are asked for."""
    c = listed.c
    if part.among:
        yield c.id.in_(_ids(part.among))
    if part.without:
        yield c.id.not_in(_ids(part.without))
    if part.ids is not None:
        yield c.id.in_(part.ids)
    if part.but:
        yield c.id.not_in(part.but)
    if part.report:
        name, report = part.report
        table = next(table for table in TABLES.values() if table.name == name)
        yield c.id.in_(select(table.c.id).where(table.c.report == report))


def _ids(part: Part) -> Select[Any]:
    return select(listed.c.id).where(*_conditions(part)).correlate(None)


def _any(column: ColumnElement[str], values: Sequence[str]) -> ColumnElement[bool]:
    return column == values[0] if len(values) == 1 else column.in_(values)


def _overlapping(part: Part) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions on when it was."""
    c = listed.c
    if part.bounded and (part.since or part.until):
        yield or_(c.earliest.is_not(None), c.latest.is_not(None))
    for first in (part.since, part.after):
        if first:
            yield or_(c.latest.is_(None), c.latest >= first)
    if part.until:
        yield or_(c.earliest.is_(None), c.earliest <= part.until)
