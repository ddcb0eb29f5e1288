"""The front page: what this record holds, and what is disputed in it."""

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from onrecord.record import UnknownError
from onrecord.types import Actor, Report
from onrecord.web.bars import Bars, bars
from onrecord.web.opened import Asked
from onrecord.web.pages.disputes import lines_of
from onrecord.web.rendering import page

router = APIRouter(include_in_schema=False)
SHOWN = 12  # lines of each list
NEW, COPIED = 8, 6


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
        newest=record.latest(NEW),
        copied=_most_copied(record),
        published=_published(record),
        speaking=[(name, _actor(record, name), count) for name, count in found.speaking],
    )


def _most_copied(record: Asked) -> list[tuple[Report, int]]:
    """Return the first report of each of the largest families, with how many there are."""
    families = record.families()[:COPIED]
    first = {report.id: report for report in record.many(Report, [keys[0] for keys in families])}
    return [(first[keys[0]], len(keys)) for keys in families if keys[0] in first]


def _published(record: Asked) -> Bars | None:
    """Return the reports by month of publication as a picture."""

    def link(first: date, last: date, _look: str) -> str:
        return f"/reports?since={first}&until={last}"

    return bars({month: {"": n} for month, n in record.published()}, ("",), "reports", link)


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
