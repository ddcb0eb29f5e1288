"""Relations as pictures: the network around an actor, and actors as lanes along time."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from onrecord.intervals import sort_key
from onrecord.record import Record, UnknownError
from onrecord.types import Actor, Relation
from onrecord.web.network import AROUND, lanes, network
from onrecord.web.opened import Asked
from onrecord.web.pages.asking import day_of
from onrecord.web.rendering import page

router = APIRouter(include_in_schema=False)
DRAWN = 150  # relations of an actor that are drawn
NEAR = 20  # and of each of its neighbours
ROWS = 60  # of the table below a picture
OFFERED = 12


@router.get("/map")
def some_map(request: Request, record: Asked, actor: str = "", as_of: str = "") -> Response:
    """Lead to the map of an actor, or show that of the most spoken of who is tied to anybody."""
    return _chosen(request, record, "map", actor, as_of) or map_(request, record, as_of=as_of)


def _chosen(request: Request, record: Record, way: str, actor: str, as_of: str) -> Response | None:
    """Lead to the page of the actor that a form names."""
    if not actor.strip():
        return None
    try:
        key = quote(record.actor(actor).id)
    except UnknownError as error:
        given = {
            "problem": str(error),
            "way": way,
            "most": ROWS,
            "offered": record.actors(limit=OFFERED, lean=True),
        }
        return page(request, "nobody.html", record, asked=actor, **given)
    return RedirectResponse(f"/{way}/{key}{'?as_of=' + quote(as_of) if as_of else ''}", 303)


@router.get("/map/{key:path}")
def map_(
    request: Request, record: Asked, key: str = "", as_of: str = "", month: str = ""
) -> HTMLResponse:
    """Show the network around an actor, as of a day if asked."""
    problem, relations = "", list[Relation]()
    day: date | None = None
    found = record.actor(key) if key else _most_tied(record)
    months = _months(record.relations(actor=found.id)[:DRAWN]) if found else []
    try:
        day = day_of(as_of) or _of_month(months, month)
        if found:
            relations = list(record.relations(actor=found.id, as_of=day)[:DRAWN])
    except ValueError as error:
        problem = str(error)
    picture = _network(record, found, relations, day) if found else None
    given = {
        "actor": found,
        "as_of": day.isoformat() if day else "",
        "relations": relations,
        "picture": picture,
        "months": months,
        "month": _number(months, day),
        "problem": problem,
        "most": ROWS,
        "offered": record.actors(limit=OFFERED, lean=True),
    }
    return page(request, "map.html", record, **given)


@router.get("/lanes")
def some_lanes(request: Request, record: Asked, actor: str = "") -> Response:
    """Lead to the lanes of an actor, or show those of the most spoken of who is tied to anybody."""
    return _chosen(request, record, "lanes", actor, "") or lanes_(request, record)


@router.get("/lanes/{key:path}")
def lanes_(request: Request, record: Asked, key: str = "") -> HTMLResponse:
    """Show an actor and those it is tied with as lanes on a time axis."""
    found = record.actor(key) if key else _most_tied(record)
    relations = _among(record, found) if found else []
    picture = lanes(found.id, relations, record.name_of) if found else None
    given = {"actor": found, "relations": relations, "picture": picture, "most": ROWS}
    return page(
        request, "lanes.html", record, offered=record.actors(limit=OFFERED, lean=True), **given
    )


def _among(record: Record, actor: Actor) -> list[Relation]:
    """Return the relations of an actor and those among its neighbours, by the day they held."""
    own = record.relations(actor=actor.id)[:DRAWN]
    among = {key for one in own for key in (one.subject, one.object)}
    near = [r for key in _nearest(own, actor.id) for r in record.relations(actor=key)[:NEAR]]
    inside = {one.id: one for one in (*own, *near) if {one.subject, one.object} <= among}
    return sorted(inside.values(), key=lambda one: (sort_key(one.held), one.id))


def _most_tied(record: Record) -> Actor | None:
    """Return the most spoken of among the first actors that has a relation."""
    ready = (
        actor for actor in record.actors(limit=50, lean=True) if record.relations(actor=actor.id)
    )
    return next(ready, None)


def _network(
    record: Record, actor: Actor, relations: list[Relation], day: date | None
) -> object | None:
    others = [
        one
        for key in _nearest(relations, actor.id)
        for one in record.relations(actor=key, as_of=day)[:NEAR]
    ]
    return network(actor.id, relations, others, record.name_of)


def _nearest(relations: Sequence[Relation], center: str) -> list[str]:
    """Return whom an actor has most relations with."""
    counts = Counter(key for one in relations for key in (one.subject, one.object))
    return sorted(counts.keys() - {center}, key=lambda key: (-counts[key], key))[:AROUND]


def _months(relations: Sequence[Relation]) -> list[date]:
    """Return the first days of the months from the first to the last that relations are told of."""
    days = [day for one in relations for day in (one.held.earliest, one.held.latest) if day]
    if not days:
        return []
    first, last = min(days), max(days)
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _of_month(months: list[date], number: str) -> date | None:
    """Return the month that the slider stands at, None where it was not moved."""
    if not number.strip() or not months:
        return None
    try:
        return months[min(max(0, int(number)), len(months) - 1)]
    except ValueError:
        return None


def _number(months: list[date], day: date | None) -> int:
    if day is None or not months:
        return max(0, len(months) - 1)
    return max(0, sum(month <= day for month in months) - 1)
