"""Statements: who said what, found by conditions, and each in its paragraph."""

import re
from collections.abc import Sequence
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from onrecord.record import Record, UnknownError
from onrecord.types import Claim, Copy, Dispute, Event, Figure, Origin, Relation, Report, Statement
from onrecord.web.marking import passages
from onrecord.web.opened import Asked
from onrecord.web.pages.asking import ahead, day_of, the
from onrecord.web.rendering import page, part
from onrecord.wording import OUTCOMES, short

router = APIRouter(include_in_schema=False)
CARRIED = 120  # characters of a statement that a link carries
ACTS = ("say", "accuse", "deny", "promise", "threaten", "demand", "support", "criticise")


@router.get("/statements")
def statements(
    request: Request,
    record: Asked,
    by: str = "",
    about: str = "",
    act: str = "",
    since: str = "",
    until: str = "",
    unnamed: str = "",
    doubtful: str = "",
    number: int = 1,
) -> HTMLResponse:
    """List the statements that meet the conditions of the form."""
    problem = ""
    found: Sequence[Statement] = ()
    try:
        found = record.statements(
            by=by or None,
            about=about or None,
            act=act or None,
            since=day_of(since),
            until=day_of(until),
            unnamed=True if unnamed else None,
            likely=None if doubtful else True,
        )
    except (UnknownError, ValueError) as error:
        problem = str(error)
    asked = {"by": by, "about": about, "act": act, "since": since, "until": until}
    given = {
        "asked": asked | {"unnamed": unnamed, "doubtful": doubtful},
        "acts": ACTS,
        "problem": problem,
    }
    shown = part(found, number)
    ahead(record, shown.items)
    return page(request, "statements.html", record, shown=shown, **given)


@router.get("/statement/{key}")
def statement(
    request: Request, record: Asked, key: str, words: str = "", within: str = ""
) -> Response:
    """Show a statement in its paragraph, with everything that is known of it.

    A link may carry the words of a statement and the report that they stand in, and then leads to
    them even where the record was built anew and the statement is another line of it.
    """
    try:
        found = the(record, Statement, key)
    except UnknownError:
        if not words:
            raise
        return RedirectResponse(_where(record, words, within), 303)
    return page(
        request,
        "statement.html",
        record,
        statement=found,
        report=record.report(found.report),
        passages=passages(record, found),
        claims=record.naming(Claim, key),
        disputes=record.naming(Dispute, key),
        relations=record.naming(Relation, key),
        origins=record.naming(Origin, key),
        events=record.naming(Event, key),
        figures=record.naming(Figure, key),
        shared=shared_with(record, found),
        sequels=record.sequels(of=key),
        lasting=_lasting(found),
    )


def _lasting(statement: Statement) -> str:
    """Return the address of a statement that carries its words."""
    words = short(statement.content[0].text, CARRIED).removesuffix(" …")
    return f"/statement/{statement.id}?" + urlencode({"words": words, "within": statement.report})


def _where(record: Record, words: str, within: str) -> str:
    """Return the address of the statement that has some words, else of their place in a report.

    Raises `UnknownError` where neither is there.
    """
    wanted = " ".join(words.split())
    ids = [hit.id for hit in record.search(wanted, limit=CARRIED) if hit.type == "statement"]
    for said in sorted(record.many(Statement, ids), key=lambda one: one.report != within):
        if wanted in " ".join(" ".join(span.text for span in said.content).split()):
            return f"/statement/{said.id}"
    report = next(iter(record.many(Report, [within])), None)
    pattern = r"\s+".join(map(re.escape, wanted.split()))
    place = re.search(pattern, report.text) if report and wanted else None
    if report and place:
        return f"/place/{report.id}/{place.start()}"
    remedy = "The report may have been taken out of the record; search for some of its words"
    raise UnknownError(f"no statement with the words “{short(wanted, 80)}”", remedy=remedy)


@router.get("/promises")
def promises(
    request: Request, record: Asked, by: str = "", outcome: str = "", number: int = 1
) -> HTMLResponse:
    """List what is promised or threatened, and what later reports tell of it."""
    known = outcome if outcome in OUTCOMES else None
    found = record.promises(by=by or None, outcome=known)
    given = {"by": by, "outcome": outcome, "outcomes": OUTCOMES}
    shown = part(found, number)
    ahead(record, [one.statement for one in shown.items])
    return page(request, "promises.html", record, shown=shown, **given)


def shared_with(record: Record, statement: Statement) -> list[tuple[Copy, Report]]:
    """Return the copies whose passages hold words of a statement, with the other report."""
    found = []
    for copy in record.naming(Copy, statement.report):
        ends = [(p.from_, p.to) for p in copy.passages]
        ours = [a if a.report == statement.report else b for a, b in ends]
        if any(o.start < c.end and o.end > c.start for o in ours for c in statement.content):
            there = copy.from_report == statement.report
            found.append((copy, record.report(copy.to_report if there else copy.from_report)))
    return found
