"""Actors: what they are called, what they say and do, what is said of them, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import get_args

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from onrecord.record import Record
from onrecord.types import Actor, ActorKind, Event, Statement
from onrecord.web.opened import Asked
from onrecord.web.pages.deciding import signing
from onrecord.web.pages.disputes import lines_of
from onrecord.web.pages.statements import ACTS
from onrecord.web.rendering import page, part
from onrecord.web.svg import items_of, timeline

router = APIRouter(include_in_schema=False)
KINDS: tuple[str, ...] = get_args(ActorKind)
# Heaviest first: what is laid at somebody's door, and what is rejected.
GRAVITY = ("accuse", "deny", "threaten", "criticise", "demand", "promise", "support", "say")
SHOWN = 30  # lines of each group; the rest are one click away


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
    if name:
        found = record.actors_like(name, limit=1000)
    else:
        found = record.actors(kind=kind or None, named=not described)
    chosen = [actor for actor in found if kind in ("", actor.kind)]
    given = {"kind": kind, "name": name, "kinds": KINDS, "described": described}
    return page(request, "actors.html", record, shown=part(chosen, number), **given)


@router.get("/actor/{key:path}")
def actor(request: Request, record: Asked, key: str) -> HTMLResponse:
    """Show an actor: everything it is, says, does and suffers, and all that is said of it."""
    found = record.actor(key)
    says = record.statements(by=found.id, likely=True)
    said_of = record.statements(about=found.id, likely=True)
    events = record.events(actor=found.id)
    disputes = record.disputes(about=found.id)
    return page(
        request,
        "actor.html",
        record,
        actor=found,
        maybe=_maybe(record, found),
        candidates=record.candidates(actor=found.id),
        says=_by_act(says, ACTS),
        said_of=_by_act(said_of, GRAVITY),
        did=[e for e in events if found.id in e.actor],
        suffered=_suffered(events, found),
        claims=record.claims(about=found.id)[:SHOWN],
        disputes=lines_of(record, disputes[:SHOWN]),
        disputed=len(disputes),
        relations=record.relations(actor=found.id),
        mentioned=_mentioned(record, found),
        lines=record.timeline(found.id),
        picture=timeline(items_of(found, events, says, record.name_of)),
        most=SHOWN,
        **signing(request),
    )


def _maybe(record: Record, actor: Actor) -> list[tuple[Actor, str]]:
    """Return the actors that one may be the same as, each with why."""
    why = dict(zip_longest(actor.maybe, actor.doubts, fillvalue=""))
    return [(other, why[other.id]) for other in record.many(Actor, actor.maybe)]


def _suffered(events: Iterable[Event], actor: Actor) -> list[Event]:
    return [e for e in events if actor.id in e.recipient and actor.id not in e.actor]


def _by_act(statements: list[Statement], order: Iterable[str]) -> list[ActGroup]:
    groups = ((act, [s for s in statements if s.act == act]) for act in order)
    return [ActGroup(act, tuple(found[:SHOWN]), len(found)) for act, found in groups if found]


def _mentioned(record: Record, actor: Actor) -> list[tuple[str, int]]:
    """Return the reports that mention an actor, with how often, most first."""
    counts: dict[str, int] = {}
    for mention in record.mentions(actor.id):
        counts[mention.report] = counts.get(mention.report, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
