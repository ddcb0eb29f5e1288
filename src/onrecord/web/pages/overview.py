"""The front page: what this record holds, and what is disputed in it."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from onrecord.record import UnknownError
from onrecord.types import Actor
from onrecord.web.opened import Asked
from onrecord.web.pages.disputes import lines_of
from onrecord.web.rendering import page

router = APIRouter(include_in_schema=False)
SHOWN = 12  # lines of each list


@router.get("/")
def overview(request: Request, record: Asked) -> HTMLResponse:
    """Show what the record holds: disputes first."""
    found = record.overview(limit=SHOWN)
    disputes = record.disputes()
    return page(
        request,
        "overview.html",
        record,
        overview=found,
        disputes=lines_of(record, disputes[:SHOWN]),
        more_disputes=max(0, len(disputes) - SHOWN),
        stories=record.stories()[:SHOWN],
        speaking=[(name, _actor(record, name), count) for name, count in found.speaking],
    )


def _actor(record: Asked, name: str) -> Actor | None:
    """Return the one actor of that name; a description fits many and leads to none."""
    try:
        found = record.actors_named(name)
    except UnknownError:
        return None
    return found[0] if len(found) == 1 else None


@router.get("/help")
def how_to_read(request: Request, record: Asked) -> HTMLResponse:
    """Say what the marks, badges and dates mean."""
    return page(request, "help.html", record)
