"""Relations between actors: which may have held on a day, and on whose word."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from onrecord.bitemporal import by_time
from onrecord.record import UnknownError
from onrecord.types import Claim, Event, Relation, Statement
from onrecord.web.marking import passages
from onrecord.web.opened import Asked
from onrecord.web.pages.asking import day_of, the
from onrecord.web.pages.disputes import opened_lines
from onrecord.web.rendering import page, part

router = APIRouter(include_in_schema=False)


@router.get("/relations")
def relations(
    request: Request,
    record: Asked,
    actor: str = "",
    other: str = "",
    kind: str = "",
    as_of: str = "",
    known_by: str = "",
    number: int = 1,
) -> HTMLResponse:
    """List the relations: those that may have held on a day, as they were known by a day."""
    problem = ""
    found: Sequence[Relation] = ()
    try:
        found = record.relations(
            actor=actor or None,
            other=other or None,
            kind=kind or None,
            as_of=day_of(as_of),
            known_by=day_of(known_by),
        )
    except (UnknownError, ValueError) as error:
        problem = str(error)
    asked = {"actor": actor, "other": other, "kind": kind, "as_of": as_of, "known_by": known_by}
    given = {"asked": asked, "kinds": record.kinds_of_relations()}
    return page(
        request, "relations.html", record, shown=part(found, number), problem=problem, **given
    )


@router.get("/relation/{key}")
def relation(request: Request, record: Asked, key: str) -> HTMLResponse:
    """Show a relation with its two time lines and the words that it is built from."""
    found = the(record, Relation, key)
    return page(
        request,
        "relation.html",
        record,
        relation=found,
        statements=opened_lines(record, record.many(Statement, found.statements)),
        events=opened_lines(record, record.many(Event, found.events)),
        claims=record.many(Claim, found.claims),
        passages=passages(record, found),
        tellings=[(telling, record.report(telling.report)) for telling in by_time(found.tellings)],
    )
