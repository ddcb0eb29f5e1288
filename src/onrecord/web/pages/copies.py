"""Copies and origins: which report took from which, and where the line ends."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from onrecord.types import Claim, Copy, Origin, Report, Statement
from onrecord.web.differences import differences
from onrecord.web.lineage import family
from onrecord.web.marking import passages
from onrecord.web.opened import Asked
from onrecord.web.pages.asking import the
from onrecord.web.rendering import page, part

router = APIRouter(include_in_schema=False)
FAMILIES = 4  # on one page


@router.get("/copies")
def copies(request: Request, record: Asked, number: int = 1) -> HTMLResponse:
    """Show each family of reports that rest on one another, as a picture and as a table."""
    shown = part(record.families(), number, size=FAMILIES)
    drawn = [family(record, keys) for keys in shown.items]
    alone = record.alone()
    return page(request, "copies.html", record, shown=shown, families=drawn, alone=alone)


@router.get("/copy/{key}")
def copy(request: Request, record: Asked, key: str) -> HTMLResponse:
    """Show the passages that two reports share beside each other, what differs marked."""
    found = the(record, Copy, key)
    return page(
        request,
        "copy.html",
        record,
        copy=found,
        giver=record.report(found.from_report),
        taker=record.report(found.to_report),
        pairs=[(p, *differences(p.from_.text, p.to.text)) for p in found.passages],
    )


@router.get("/origin/{key}")
def origin(request: Request, record: Asked, key: str) -> HTMLResponse:
    """Show where a line of copies and citations ends, and what rests on it."""
    found = the(record, Origin, key)
    return page(
        request,
        "origin.html",
        record,
        origin=found,
        reports=record.many(Report, found.reports),
        statements=record.many(Statement, found.statements),
        claims=record.naming(Claim, key),
        passages=passages(record, found),
        shared=passages(record, replace(found, evidence=found.passages)),
    )
