"""Events: who did what to whom, and how each stands."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from onrecord.record import Record, UnknownError
from onrecord.types import Claim, Event, Happening, Relation, Sequel, Statement
from onrecord.web.bars import bars
from onrecord.web.marking import passages
from onrecord.web.opened import Asked
from onrecord.web.pages.asking import ahead, day_of, the
from onrecord.web.rendering import page, part

router = APIRouter(include_in_schema=False)
ROWS = 100  # of the table by month
STANDINGS = ("told", "alleged", "denied", "planned", "conditional")


@router.get("/events")
def events(
    request: Request,
    record: Asked,
    actor: str = "",
    event: str = "",
    standing: str = "",
    since: str = "",
    until: str = "",
    number: int = 1,
) -> HTMLResponse:
    """List the events that meet the conditions of the form."""
    problem = ""
    found: Sequence[Event] = ()
    try:
        found = record.events(
            actor=actor or None,
            event=event or None,
            standing=standing or None,
            since=day_of(since),
            until=day_of(until),
        )
    except (UnknownError, ValueError) as error:
        problem = str(error)
    asked = {"actor": actor, "event": event, "standing": standing, "since": since, "until": until}
    given = {"asked": asked, "standings": STANDINGS, "problem": problem}
    shown = part(found, number)
    ahead(record, shown.items)
    return page(request, "events.html", record, shown=shown, **given)


@router.get("/months")
def months(request: Request, record: Asked, event: str = "", number: int = 1) -> HTMLResponse:
    """Show the happenings by month and standing, as bars and as a table."""
    every = record.months()
    chosen = [tally for tally in every if event in ("", tally.event)]
    counts: dict[str, Counter[str]] = {}
    for tally in chosen:
        if tally.month:
            counts.setdefault(tally.month, Counter())[tally.standing] += tally.happenings

    def link(first: date, last: date, look: str) -> str:
        asked = {"event": event, "standing": look, "since": first, "until": last}
        return "/events?" + urlencode({name: value for name, value in asked.items() if value})

    given = {
        "asked": {"event": event},
        "types": sorted({tally.event for tally in every}),
        "picture": bars(counts, STANDINGS, "happenings", link),
        "untold": sum(tally.happenings for tally in chosen if not tally.month),
    }
    return page(request, "months.html", record, shown=part(chosen, number, size=ROWS), **given)


@router.get("/event/{key}")
def event(request: Request, record: Asked, key: str) -> HTMLResponse:
    """Show an event in its paragraph, with everything that is known of it."""
    found = the(record, Event, key)
    happenings = record.naming(Happening, key)
    tellings = record.many(Event, [id_ for one in happenings for id_ in one.events if id_ != key])
    sequels = record.sequels(of=key)
    return page(
        request,
        "event.html",
        record,
        event=found,
        report=record.report(found.report),
        passages=passages(record, found),
        statements=record.many(Statement, [found.statement] if found.statement else []),
        claims=record.naming(Claim, key),
        relations=record.naming(Relation, key),
        tellings=tellings,
        why={ground for one in happenings for ground in one.why},
        figures=record.figures(event=key),
        sequels=[(one, _other(record, one, key)) for one in sequels],
    )


def _other(record: Record, sequel: Sequel, key: str) -> Event:
    """Return the event at the other end of a sequel."""
    other = sequel.then if sequel.first == key else sequel.first
    (found,) = record.many(Event, [other or ""])
    return found
