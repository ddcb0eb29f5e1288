"""The queue of a reviewer: one question at a time, what a decision would change most first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from onrecord.decisions import ACTS, OF_STATEMENTS, agreements, standing
from onrecord.record import Record
from onrecord.types import Actor, Decision, Dispute, Question, Statement
from onrecord.web.marking import passages
from onrecord.web.opened import Asked
from onrecord.web.pages.deciding import first_place, reviewer, signing
from onrecord.web.pages.disputes import lines_of
from onrecord.web.rendering import page, part

router = APIRouter(include_in_schema=False)
COMING = 8  # questions that are named as coming next
LOOKED_AT = 2_000  # questions among which the first open ones are looked for
HISTORY = 100  # decisions on one page


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with what it is about: a statement, or two actors with their first words."""

    question: Question
    statement: Statement | None
    actors: tuple[Actor, ...]

    @property
    def address(self) -> str:
        """Where this question stands by itself."""
        other = f"&other={self.question.other}" if self.question.other else ""
        return f"/review?on={self.question.on}{other}"


@router.get("/review")
def review(request: Request, record: Asked, on: str = "", other: str = "") -> HTMLResponse:
    """Show the first question that is open for this reviewer, or the one that is asked for."""
    by = reviewer(request)
    decided = record.decisions()
    coming = _open(record, decided, by)
    if on:
        known = (q for q in record.questions()[:LOOKED_AT] if (q.on, q.other) == (on, other))
        first = next(known, Question(on, other, "decided, or none of the open questions", 0))
        coming = [first, *(q for q in coming if q.on != on)]
    asked = [one for question in coming if (one := _asking(record, question))]
    now = asked[0] if asked else None
    given: dict[str, Any] = {
        "now": now,
        "coming": asked[1:],
        "total": len(record.questions()),
        "acts": ACTS,
        "waiting": record.waiting(),
        "said": _said(decided, now.question) if now else [],
    }
    if now and now.statement:
        given |= {
            "passages": passages(record, now.statement),
            "disputes": lines_of(record, record.naming(Dispute, now.statement.id)[:3]),
            "speakers": _speakers(record, now.statement.report),
        }
    elif now:
        given["places"] = {actor.id: first_place(record, actor.id) for actor in now.actors}
    return page(request, "review.html", record, **given, **signing(request))


@router.get("/history")
def history(request: Request, record: Asked, number: int = 1) -> HTMLResponse:
    """List what was decided, the last first, and how far reviewers agree."""
    decided = record.decisions()
    stands = {decision.id for decision in standing(decided)}
    waits = {decision.id for decision in record.waiting()}
    given: dict[str, Any] = {"stands": stands, "waits": waits}
    given |= {"agreements": agreements(decided)}
    shown = part(decided[::-1], number, size=HISTORY)
    said = record.many(Statement, list(dict.fromkeys(on for one in shown.items for on in one.on)))
    given |= {"words": {statement.id: record.describe(statement) for statement in said}}
    return page(request, "history.html", record, shown=shown, **given, **signing(request))


def _open(record: Record, decided: Sequence[Decision], by: str) -> list[Question]:
    """Return the first questions that this reviewer, or anybody if it has no name, left open."""
    done = {
        frozenset(one.on[:1] if one.what in OF_STATEMENTS else one.on)
        for one in standing(decided)
        if not by or one.by == by
    }
    found = []
    for question in record.questions()[:LOOKED_AT]:
        if frozenset(filter(None, (question.on, question.other))) not in done:
            found.append(question)
        if len(found) > COMING:
            break
    return found


def _asking(record: Record, question: Question) -> Asking | None:
    if not question.other:
        found = record.many(Statement, [question.on])
        return Asking(question, found[0], ()) if found else None
    actors = record.many(Actor, [question.on, question.other], lean=True)
    return Asking(question, None, tuple(actors)) if len(actors) == 2 else None


def _said(decided: Sequence[Decision], question: Question) -> list[Decision]:
    """Return what was decided on a question before."""
    return [one for one in standing(decided) if question.on in one.on]


def _speakers(record: Record, report: str) -> list[tuple[str, str]]:
    """Return who may be the speaker: everybody whom the report speaks of, by name."""
    named = {one.id: one.name for one in record.entities(report) if one.kind != "place"}
    return sorted(named.items(), key=lambda item: (item[1].casefold(), item[0]))
