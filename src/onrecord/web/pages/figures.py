"""Figures: numbers side by side by what they count, and each in its paragraph."""

from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from onrecord.types import Dispute, Event, Figure, Statement
from onrecord.web.marking import passages
from onrecord.web.opened import Asked
from onrecord.web.pages.asking import the
from onrecord.web.pages.disputes import whose_figure
from onrecord.web.rendering import page, part

router = APIRouter(include_in_schema=False)


@router.get("/figures")
def figures(
    request: Request, record: Asked, unit: str = "", kind: str = "", number: int = 1
) -> HTMLResponse:
    """List the numbers by what they count; those for one thing beside each other."""
    told = record.figures(unit=unit or None, kind=kind or None)
    numbers = [figure for figure in told if figure.how == "number"]
    kinds = sorted({figure.kind for figure in numbers})
    found = sorted(numbers, key=lambda f: (_counted(f), _size(f), f.id))
    groups = [list(group) for _, group in groupby(found, key=_counted)]
    # What more reports count comes first: it is where figures can differ.
    groups.sort(key=lambda g: (not g[0].of, -len({f.report for f in g}), -len(g), _counted(g[0])))
    shown = part(groups, number, size=60)
    rows = [[(whose_figure(record, figure), figure) for figure in group] for group in shown.items]
    asked = {"unit": unit, "kind": kind, "kinds": kinds}
    return page(request, "figures.html", record, groups=rows, shown=shown, **asked)


def _counted(figure: Figure) -> tuple[str, str]:
    """Return what a figure counts; nothing is beside what it can't be told to be about."""
    return figure.of.casefold(), figure.unit if figure.of else ""


def _size(figure: Figure) -> float:
    given = (figure.value, figure.low, figure.high)
    return next((value for value in given if value is not None), 0)


@router.get("/figure/{key}")
def figure(request: Request, record: Asked, key: str) -> HTMLResponse:
    """Show a figure in its paragraph, with everything that is known of it."""
    found = the(record, Figure, key)
    like = record.figures(unit=found.unit) if found.of else []
    others = [f for f in like if _counted(f) == _counted(found)]
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
        others=[(whose_figure(record, f), f) for f in others if f.id != found.id],
    )
