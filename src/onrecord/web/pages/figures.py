"""Figures: numbers side by side by what they count, and each in its paragraph."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from onrecord.types import Dispute, Event, Figure, Statement
from onrecord.web.dots import dot_plot
from onrecord.web.marking import passages
from onrecord.web.opened import Asked
from onrecord.web.pages.asking import ahead, the
from onrecord.web.pages.disputes import whose_figure
from onrecord.web.rendering import page, part

router = APIRouter(include_in_schema=False)
THINGS = 25  # what is counted, on one page
BESIDE = 12  # figures of one thing there
PLOTTED = 40  # figures in one picture
MOST = 100  # and on the page of one of them


@router.get("/figures")
def figures(
    request: Request, record: Asked, unit: str = "", kind: str = "", number: int = 1
) -> HTMLResponse:
    """List the numbers by what they count; those for one thing beside each other."""
    shown = part(record.counted(unit=unit or None, kind=kind or None), number, size=THINGS)
    some = [(thing.figures[:BESIDE], thing.figures) for thing in shown.items]
    told = [figure for first, _ in some for figure in first]
    ahead(record, told)
    record.many(Statement, [figure.statement for figure in told if figure.statement])
    groups = [
        (
            [(whose_figure(record, figure), figure) for figure in first],
            len(every) - len(first) if len(first) == BESIDE else 0,
        )
        for first, every in some
    ]
    asked = {"unit": unit, "kind": kind, "kinds": record.kinds_of_figures()}
    return page(request, "figures.html", record, groups=groups, shown=shown, **asked)


@router.get("/figure/{key}")
def figure(request: Request, record: Asked, key: str) -> HTMLResponse:
    """Show a figure in its paragraph, with everything that is known of it."""
    found = the(record, Figure, key)
    every = record.beside(found)[:MOST]
    ahead(record, every)
    others = [f for f in every if f.id != found.id]
    told = [(whose_figure(record, figure), figure) for figure in every[:PLOTTED]]
    return page(
        request,
        "figure.html",
        record,
        figure=found,
        report=record.report(found.report),
        passages=passages(record, found),
        statements=record.many(Statement, [found.statement] if found.statement else []),
        events=record.many(Event, [found.event] if found.event else []),
        disputes=record.naming(Dispute, key),
        plot=dot_plot(told) if others else None,
        others=[(whose_figure(record, f), f) for f in others],
    )
