"""Figures: numbers side by side by what they count, and each in its paragraph."""

from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from onrecord.types import Dispute, Figure, Statement
from onrecord.web.dots import DotPlot, dot_plot
from onrecord.web.marking import passages
from onrecord.web.opened import Asked
from onrecord.web.pages.asking import the
from onrecord.web.pages.disputes import whose_figure
from onrecord.web.rendering import page, part
from onrecord.wording import amount_words

router = APIRouter(include_in_schema=False)


@router.get("/figures")
def figures(request: Request, record: Asked, unit: str = "", number: int = 1) -> HTMLResponse:
    """List the figures by what they count; those for one thing beside each other."""
    found = sorted(record.figures(unit=unit or None), key=_counted)
    groups = [list(group) for _, group in groupby(found, key=_counted)]
    # What is counted more than once comes first: it is where figures can differ.
    groups.sort(
        key=lambda group: (-len({f.report for f in group}), -len(group), _counted(group[0]))
    )
    shown = part(groups, number, size=60)
    rows = [[(whose_figure(record, figure), figure) for figure in group] for group in shown.items]
    plots: list[DotPlot | None] = [_plot(row) for row in rows]
    given = {"shown": shown, "unit": unit}
    return page(
        request, "figures.html", record, groups=list(zip(rows, plots, strict=True)), **given
    )


def _counted(figure: Figure) -> tuple[str, str]:
    return figure.of.casefold(), figure.unit


def _plot(row: list[tuple[str, Figure]]) -> DotPlot | None:
    differing = {amount_words(figure) for _, figure in row}
    return dot_plot(row) if len(differing) > 1 else None


@router.get("/figure/{key}")
def figure(request: Request, record: Asked, key: str) -> HTMLResponse:
    """Show a figure in its paragraph, with everything that is known of it."""
    found = the(record, Figure, key)
    others = [f for f in record.figures(unit=found.unit) if _counted(f) == _counted(found)]
    return page(
        request,
        "figure.html",
        record,
        figure=found,
        report=record.report(found.report),
        passages=passages(record, found),
        statements=record.many(Statement, [found.statement] if found.statement else []),
        disputes=record.naming(Dispute, key),
        others=[(whose_figure(record, f), f) for f in others if f.id != found.id],
    )
