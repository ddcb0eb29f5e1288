"""What is open about who is who, and the forms by which a reviewer settles it."""

import hmac
import threading
from contextlib import closing
from typing import Annotated, cast
from urllib.parse import parse_qs, quote, unquote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from onrecord.deciding import NEEDED, decide
from onrecord.decisions import What, standing
from onrecord.errors import RunError
from onrecord.record import Record
from onrecord.run import join
from onrecord.store import Store
from onrecord.types import Evidence
from onrecord.web.guard import stamp
from onrecord.web.opened import Asked, Opened
from onrecord.web.rendering import page, part

router = APIRouter(include_in_schema=False)
LONGEST = 10_000  # bytes of a form
PAIRS = 30  # on one page
AROUND = 60  # characters on either side of a mention that is shown
REVIEWER = "reviewer"  # the cookie that remembers who signs
YEAR = 365 * 24 * 3600
ONE_AT_A_TIME = threading.Lock()


@router.get("/doubts")
def doubts(request: Request, record: Asked, number: int = 1) -> HTMLResponse:
    """List the pairs of actors that may be one, and what was decided."""
    decided = record.decisions()
    shown = part(record.doubtful(), number, size=PAIRS)
    stands = {decision.id for decision in standing(decided)}
    return page(
        request,
        "doubts.html",
        record,
        shown=shown,
        places={
            id_: first_place(record, id_) for d in shown.items for id_ in (d.one.id, d.other.id)
        },
        decided=decided[::-1],
        stands=stands,
        **signing(request),
    )


def first_place(record: Record, actor: str) -> tuple[Evidence, str] | None:
    """Return a mention of an actor with words around it; None where none is kept.

    It is the first in the report that mentions it most.
    """
    reports = [report for report, _ in record.mentioned_in(actor)[:1]]
    mentions = record.mentions_within(actor, reports)
    if not mentions:
        return None
    span = mentions[0].span
    text = record.report(span.report).text
    first, last = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
    words = text[first:last].split()
    # Words that are cut are left out.
    return span, " ".join(words[first > 0 : len(words) - (last < len(text))])


def signing(request: Request) -> dict[str, str]:
    """Return what a form for decisions needs: the stamp, and who signed last."""
    return {"stamp": stamp(request.state.session), "by": reviewer(request)}


def reviewer(request: Request) -> str:
    """Return the name of whoever signed last at this browser, "" for nobody."""
    return unquote(request.cookies.get(REVIEWER, ""))


async def _form(request: Request) -> dict[str, list[str]]:
    """Return the fields of a form; raises for one that is too long."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST:
            raise HTTPException(413, "This form is too long")
    return parse_qs(body.decode("utf-8", errors="replace"))


def _check(request: Request, form: dict[str, list[str]]) -> None:
    """Refuse a form that no page of this session has."""
    wanted = stamp(request.state.session)
    if not hmac.compare_digest(_field(form, "stamp").encode(), wanted.encode()):
        raise HTTPException(403, "This form is old or not of this record: open its page again")


@router.post("/join")
def joined(request: Request, form: Annotated[dict[str, list[str]], Depends(_form)]) -> Response:
    """Join the reports anew, so that the decisions that wait are honoured."""
    _check(request, form)
    opened: Opened = request.app.state.opened
    with ONE_AT_A_TIME, closing(Store(opened.path)) as store:
        join(store)
    return RedirectResponse(_back(_field(form, "back")), 303)


@router.post("/decide")
def decided(request: Request, form: Annotated[dict[str, list[str]], Depends(_form)]) -> Response:
    """Take a decision into the record, and lead back to where it was made."""
    _check(request, form)
    what, by = _field(form, "what"), _field(form, "by").strip()
    if what not in NEEDED:
        raise HTTPException(422, "A decision is one of " + ", ".join(NEEDED))
    if not by:
        raise HTTPException(422, "A decision needs the name of whoever makes it")
    opened: Opened = request.app.state.opened
    on = [one for one in form.get("on", []) if one.strip()]
    try:
        with ONE_AT_A_TIME:
            later = bool(_field(form, "later"))
            decide(
                opened.path, cast("What", what), on, by=by, note=_field(form, "note"), later=later
            )
    except RunError as error:
        raise HTTPException(422, str(error)) from error
    response = RedirectResponse(_back(_field(form, "back")), 303)
    secure = request.url.scheme == "https"
    response.set_cookie(
        REVIEWER, quote(by), max_age=YEAR, httponly=True, samesite="strict", secure=secure
    )
    return response


def _field(form: dict[str, list[str]], name: str) -> str:
    return form.get(name, [""])[0]


def _back(path: str) -> str:
    """Return a path of this server to go back to; one slash at the front, so that it stays here."""
    return "/" + quote(path.lstrip("/\\"), safe="/?=&%") if path else "/doubts"
