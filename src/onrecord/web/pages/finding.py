"""Finding and opening: the search, and the page of any id."""

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from onrecord.record import Record
from onrecord.searching import FACETS, Matches
from onrecord.store.rows import to_json
from onrecord.store.schema import table_name
from onrecord.types import Mention, Report, Statement, Time
from onrecord.web.marking import block_at, found_words, shown_passages
from onrecord.web.opened import Asked
from onrecord.web.pages.asking import ahead
from onrecord.web.rendering import page, part

router = APIRouter(include_in_schema=False)
HITS = 30
NONE = Matches((), {}, capped=False)
# The types with a page that shows what they mean; any other is shown field by field.
OWN_PAGE = frozenset(
    {
        "report",
        "actor",
        "statement",
        "event",
        "figure",
        "copy",
        "origin",
        "story",
        "claim",
        "dispute",
        "relation",
    }
)


@router.get("/search")
def search(request: Request, record: Asked, q: str = "", number: int = 1) -> HTMLResponse:
    """Find words in names, reports and statements; statements narrowed by what they are."""
    words = q.strip()
    asked = {facet: request.query_params.get(facet, "") for facet in FACETS}
    narrowed = any(asked.values())
    matches = record.find(words, **asked) if words else NONE
    shown = part(matches.ids, number, size=HITS)
    said = {one.id: one for one in record.many(Statement, shown.items)}
    ahead(record, said.values())
    snippets = [(said[key], found_words(s)) for key, s in record.snippets(words, shown.items)]
    hits = [] if narrowed or number > 1 else record.search_reports(words, limit=HITS)
    given = {
        "asked": asked,
        "facets": matches.facets,
        "capped": matches.capped,
        "statements": snippets,
        "actors": record.actors_like(q) if words and not narrowed else [],
        "hits": [(hit, found_words(hit.snippet)) for hit in hits],
        "most": HITS,
    }
    return page(request, "search.html", record, q=q, shown=shown, **given)


@router.get("/show/{key:path}")
def show(record: Asked, key: str) -> RedirectResponse:
    """Lead to the page of a line of the record, whatever type it is."""
    return RedirectResponse(address_of(record, key), 302)


def address_of(record: Record, key: str) -> str:
    """Return the address of the page of any id; raises `UnknownError`."""
    noun: Any = record.get(key)
    name = table_name(type(noun))
    if isinstance(noun, Mention):
        return place_of(record.report(noun.report), noun.span.start)
    if isinstance(noun, Time):
        return f"/report/{quote(noun.report)}#{quote(noun.id)}"
    return f"/{name if name in OWN_PAGE else 'line'}/{quote(noun.id)}"


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
