"""Actors: what they are called, what they say and do, what is said of them, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import get_args

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from onrecord.record import Record
from onrecord.types import Actor, ActorKind, Dating, Statement, When
from onrecord.web.opened import Asked
from onrecord.web.pages.asking import ahead, day_of
from onrecord.web.pages.deciding import signing
from onrecord.web.pages.disputes import lines_of
from onrecord.web.pages.statements import ACTS
from onrecord.web.rendering import page, part
from onrecord.web.svg import Timeline, items_of, timeline

router = APIRouter(include_in_schema=False)
KINDS: tuple[str, ...] = get_args(ActorKind)
# Heaviest first: what is laid at somebody's door, and what is rejected.
GRAVITY = ("accuse", "deny", "threaten", "criticise", "demand", "promise", "support", "say")
SHOWN = 6  # lines of each group; the rest are one click away
NAMED = 30  # reports that mention an actor most, in which its names are looked for
ALIKE = 1_000  # actors of which a name is looked for
DRAWN = 40  # lines of each kind in a picture
IN_ORDER = 5_000  # lines that are put in the order of time for a table
IN_TABLE = 40  # lines of the table below it


@dataclass(frozen=True, slots=True)
class ActGroup:
    """Statements of one act, as many as are shown, and how many there are."""

    act: str
    statements: tuple[Statement, ...]
    total: int


@router.get("/actors")
def actors(
    request: Request,
    record: Asked,
    kind: str = "",
    name: str = "",
    described: str = "",
    number: int = 1,
) -> HTMLResponse:
    """List the actors, the most spoken of first; of one kind, with a name, or without any."""
    found = record.actors(kind=kind or None, named=not described, lean=True)
    if name:
        alike = record.actors_like(name, limit=ALIKE)
        found = [actor for actor in alike if kind in ("", actor.kind)]
    given = {"kind": kind, "name": name, "kinds": KINDS, "described": described}
    return page(request, "actors.html", record, shown=part(found, number), **given)


@router.get("/actor/{key:path}")
def actor(request: Request, record: Asked, key: str, as_of: str = "") -> HTMLResponse:
    """Show an actor: everything it is, says, does and suffers, and all that is said of it."""
    found = next(iter(record.many(Actor, [key], lean=True)), None) or record.actor(key)
    did, suffered = (record.events_of(found.id, side) for side in ("did", "suffered"))
    disputes = record.disputes(about=found.id)
    says = _by_act(record, ACTS, by=found.id)
    told = len(did) + len(suffered) + sum(group.total for group in says)
    lines = record.timeline(found.id) if told <= IN_ORDER else ()
    return page(
        request,
        "actor.html",
        record,
        actor=found,
        maybe=_maybe(record, found),
        candidates=record.candidates(actor=found.id),
        says=says,
        told=told,
        said_of=_by_act(record, GRAVITY, about=found.id),
        did=did,
        suffered=suffered,
        claims=record.claims(about=found.id)[:SHOWN],
        disputes=lines_of(record, disputes[:SHOWN]),
        disputed=len(disputes),
        relations=record.relations(actor=found.id, as_of=_day(as_of)),
        as_of=as_of,
        mentioned=record.mentioned_in(found.id),
        names=_names(record, found),
        looked_at=NAMED,
        lines=lines,
        picture=_picture(record, found),
        most=SHOWN,
        table=IN_TABLE,
        **signing(request),
    )


def _names(record: Record, actor: Actor) -> list[tuple[str, When, int]]:
    """Return what an actor is called in the reports that mention it most, when, and how often."""
    reports = [report for report, _ in record.mentioned_in(actor.id)[:NAMED]]
    mentions = record.mentions_within(actor.id, reports)
    mentions = [one for one in mentions if one.how in ("name", "alias")]
    ahead(record, mentions)
    days: dict[str, list[Dating]] = {}
    for one in mentions:
        name = " ".join(one.span.text.split())
        days.setdefault(name, []).append(record.report(one.report).published)
    spans = {
        name: When(
            min((d.earliest for d in some if d.earliest), default=None),
            max((d.latest for d in some if d.latest), default=None),
        )
        for name, some in days.items()
    }
    return sorted(
        ((name, spans[name], len(some)) for name, some in days.items()),
        key=lambda item: (-item[2], item[0]),
    )[:SHOWN]


def _day(words: str) -> date | None:
    try:
        return day_of(words)
    except ValueError as error:
        raise HTTPException(422, str(error)) from error


def _picture(record: Record, actor: Actor) -> Timeline | None:
    """Return the time line of an actor, of as much as a picture can hold."""
    events = (
        record.events_of(actor.id, "did")[:DRAWN],
        record.events_of(actor.id, "suffered")[:DRAWN],
    )
    says = record.statements(by=actor.id, likely=True)[:DRAWN]
    once = {event.id: event for side in events for event in side}
    return timeline(items_of(actor, once.values(), says, record.name_of))


def _maybe(record: Record, actor: Actor) -> list[tuple[Actor, str]]:
    """Return the actors that one may be the same as, each with why."""
    why = dict(zip_longest(actor.maybe, actor.doubts, fillvalue=""))
    return [(other, why[other.id]) for other in record.many(Actor, actor.maybe, lean=True)]


def _by_act(
    record: Record, order: Iterable[str], *, by: str | None = None, about: str | None = None
) -> list[ActGroup]:
    counts = record.acts(by=by, about=about)
    found = [
        ActGroup(
            act,
            tuple(record.statements(by=by, about=about, act=act, likely=True)[:SHOWN]),
            counts[act],
        )
        for act in order
        if counts.get(act)
    ]
    ahead(record, [statement for group in found for statement in group.statements])
    return found
