"""A brief on a topic as a page, and references to its reports to copy."""

import re
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from onrecord.brief import brief
from onrecord.export.references import bibtex, csl_json
from onrecord.record import Record, UnknownError
from onrecord.types import Report
from onrecord.web.opened import Asked
from onrecord.web.rendering import page

router = APIRouter(include_in_schema=False)
CITED = re.compile(r"\breport-[0-9a-f]+\b")
FORMS = {
    "csl": ("application/vnd.citationstyles.csl+json", "json"),
    "bibtex": ("text/plain", "bib"),
}


@router.get("/brief")
def brief_page(request: Request, record: Asked, topic: str = "") -> HTMLResponse:
    """Show what the record holds on a topic, with its references as BibTeX."""
    problem, text, reports = "", "", list[Report]()
    try:
        if topic.strip():
            text = brief(record, topic.strip())
            reports = _reports(record, text)
    except UnknownError as error:
        problem = str(error)
    given = {"topic": topic, "text": text, "problem": problem, "reports": reports}
    return page(request, "brief.html", record, bibtex=bibtex(reports), **given)


@router.get("/references")
def references(
    record: Asked,
    topic: str = "",
    report: str = "",
    form: Literal["csl", "bibtex"] = "csl",
) -> Response:
    """Give the reports of a brief, or one report, as CSL-JSON or BibTeX."""
    found = [record.report(report)] if report else _reports(record, brief(record, topic))
    kind, ending = FORMS[form]
    body = csl_json(found) if form == "csl" else bibtex(found)
    headers = {"Content-Disposition": f'attachment; filename="references.{ending}"'}
    return PlainTextResponse(body, media_type=f"{kind}; charset=utf-8", headers=headers)


def _reports(record: Record, text: str) -> list[Report]:
    """Return the reports that a brief refers to, in the order in which it does."""
    return record.many(Report, list(dict.fromkeys(CITED.findall(text))))
