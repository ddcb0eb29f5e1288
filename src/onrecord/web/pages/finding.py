"""Finding and opening: the search, and the page of any id."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from onrecord.record import Record
from onrecord.store.rows import to_json
from onrecord.store.schema import table_name
from onrecord.types import Decision, Mention, Report, Time
from onrecord.web.marking import block_at, found_words, shown_passages
from onrecord.web.opened import Asked
from onrecord.web.rendering import page

router = APIRouter(include_in_schema=False)
HITS = 40


@router.get("/search")
def search(request: Request, record: Asked, q: str = "") -> HTMLResponse:
    """Find words in names, reports and statements."""
    hits = record.search(q, limit=HITS) if q.strip() else []
    return page(
        request,
        "search.html",
        record,
        q=q,
        actors=record.actors_like(q) if q.strip() else [],
        hits=[(hit, found_words(hit.snippet)) for hit in hits],
        most=HITS,
    )


@router.get("/show/{key:path}")
def show(record: Asked, key: str) -> RedirectResponse:
    """Lead to the page of a line of the record, whatever type it is."""
    return RedirectResponse(address_of(record, key), 302)


def address_of(record: Record, key: str) -> str:
    """Return the address of the page of any id; raises `UnknownError`."""
    noun: Any = record.get(key)
    special: dict[type[Any], Callable[[], str]] = {
        Mention: lambda: place_of(record.report(noun.report), noun.span.start),
        Time: lambda: f"/report/{noun.report}#{noun.id}",
        Decision: lambda: f"/line/{quote(noun.id)}",
    }
    found = special.get(type(noun))
    return found() if found else f"/{table_name(type(noun))}/{quote(noun.id)}"


@router.get("/place/{key}/{start}")
def place(record: Asked, key: str, start: int) -> RedirectResponse:
    """Lead to the paragraph of a report that a place in it stands in."""
    return RedirectResponse(place_of(record.report(key), start), 302)


def place_of(report: Report, start: int) -> str:
    """Return the address of the block that a place in a report stands in."""
    starts = sorted(block.start for block in report.blocks)
    at = f"#at-{starts[block_at(starts, start)]}" if starts else ""
    return f"/report/{quote(report.id)}{at}"


@router.get("/line/{key:path}")
def line(request: Request, record: Asked, key: str) -> HTMLResponse:
    """Show a line of the record as it is kept, field by field, with its words."""
    shown = record.show(key)
    fields = to_json(shown.noun)
    passages = shown_passages(record, shown)
    return page(request, "line.html", record, shown=shown, fields=fields, passages=passages)
