"""The same answers as JSON under /api/, in the shape of the export."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query

from onrecord.export.jsonl import plain
from onrecord.store.rows import to_json
from onrecord.types import FigureHow, LinkSide
from onrecord.web.opened import Asked

router = APIRouter(prefix="/api")
Row = dict[str, Any]
Limit = Annotated[int | None, Query(ge=1, description="how many to give; all when not given")]
Offset = Annotated[int, Query(ge=0, description="how many to pass over first")]
Name = Annotated[str | None, Query(description="a name or an id")]


def row(noun: Any) -> Row:
    """Return a noun as the export writes it."""
    own = noun.id if type(noun).__name__ == "Report" else getattr(noun, "report", None)
    found: Row = plain(to_json(noun), own)
    return found


def rows(nouns: Sequence[Any], limit: int | None = None, offset: int = 0) -> list[Row]:
    """Return a part of a list of nouns as the export writes them."""
    end = None if limit is None else offset + limit
    return [row(noun) for noun in nouns[offset:end]]


@router.get("/overview")
def overview(record: Asked) -> Row:
    """Return how much the record holds, and who is most spoken of and speaks most."""
    return row(record.overview())


@router.get("/reports")
def reports(
    record: Asked, problem: bool | None = None, limit: Limit = None, offset: Offset = 0
) -> list[Row]:
    """Return the reports by id."""
    return rows(record.reports(problem=problem), limit, offset)


@router.get("/report/{key:path}")
def report(record: Asked, key: str) -> Row:
    """Return the report with that id, path or file name."""
    return row(record.report(key))


@router.get("/reading/{key:path}")
def reading(record: Asked, key: str) -> Row:
    """Return all that was read of one report."""
    found = record.reading(key)
    return {
        "report": row(found.report),
        "times": rows(found.times),
        "mentions": rows(found.mentions),
        "statements": rows(found.statements),
        "events": rows(found.events),
        "figures": rows(found.figures),
    }


@router.get("/happenings")
def happenings(
    record: Asked,
    actor: str | None = None,
    one: str | None = None,
    other: str | None = None,
    event: str | None = None,
    limit: Limit = None,
    offset: Offset = 0,
) -> list[Row]:
    """Return what happened, once each; `one` and `other` are actors on its two sides."""
    between = (one, other) if one and other else None
    return rows(record.happenings(actor=actor, between=between, event=event), limit, offset)


@router.get("/months")
def months(record: Asked, event: str | None = None) -> list[Row]:
    """Return happenings counted by month, type and standing, with reports and origins."""
    return rows(record.by_month(record.happenings(event=event)), None, 0)


@router.get("/actors")
def actors(
    record: Asked,
    kind: str | None = None,
    described: bool = False,
    limit: Limit = None,
    offset: Offset = 0,
) -> list[Row]:
    """Return the actors, those that most statements and events name first; or who has no name."""
    return rows(record.actors(kind=kind, named=not described), limit, offset)


@router.get("/actor/{name:path}")
def actor(record: Asked, name: str) -> Row:
    """Return the actor of that id or name."""
    return row(record.actor(name))


@router.get("/mentions/{actor:path}")
def mentions(record: Asked, actor: str, limit: Limit = None, offset: Offset = 0) -> list[Row]:
    """Return where an actor is mentioned."""
    return rows(record.mentions(actor), limit, offset)


@router.get("/statements")
def statements(
    record: Asked,
    by: Name = None,
    about: Name = None,
    act: str | None = None,
    since: date | None = None,
    until: date | None = None,
    unnamed: bool | None = None,
    report: str | None = None,
    likely: bool | None = None,
    claim: str | None = None,
    side: LinkSide | None = None,
    after: str | None = None,
    limit: Limit = None,
    offset: Offset = 0,
) -> list[Row]:
    """Return the statements that meet every condition."""
    found = record.statements(
        by=by,
        about=about,
        act=act,
        since=since,
        until=until,
        unnamed=unnamed,
        report=report,
        likely=likely,
        claim=claim,
        side=side,
        after=after,
    )
    return rows(found, limit, offset)


@router.get("/events")
def events(
    record: Asked,
    actor: Name = None,
    event: str | None = None,
    standing: str | None = None,
    since: date | None = None,
    until: date | None = None,
    report: str | None = None,
    limit: Limit = None,
    offset: Offset = 0,
) -> list[Row]:
    """Return the events that meet every condition."""
    found = record.events(
        actor=actor, event=event, standing=standing, since=since, until=until, report=report
    )
    return rows(found, limit, offset)


@router.get("/figures")
def figures(
    record: Asked,
    unit: str | None = None,
    kind: str | None = None,
    how: FigureHow | None = None,
    report: str | None = None,
    limit: Limit = None,
    offset: Offset = 0,
) -> list[Row]:
    """Return the figures by report and place."""
    found = record.figures(unit=unit, kind=kind, report=report)
    return rows([item for item in found if how in (None, item.how)], limit, offset)


@router.get("/times/{report:path}")
def times(record: Asked, report: str) -> list[Row]:
    """Return the time expressions of a report."""
    return rows(record.times(report))


@router.get("/timeline/{actor:path}")
def timeline(record: Asked, actor: str, limit: Limit = None, offset: Offset = 0) -> list[Row]:
    """Return what an actor did, suffered and said, and its roles, by date."""
    return [to_json(line) for line in record.timeline(actor)][offset:][:limit]


@router.get("/copies")
def copies(record: Asked, limit: Limit = None, offset: Offset = 0) -> list[Row]:
    """Return who took which passages from whom."""
    return rows(record.copies(), limit, offset)


@router.get("/origins")
def origins(record: Asked, limit: Limit = None, offset: Offset = 0) -> list[Row]:
    """Return where the lines of copies and citations end."""
    return rows(record.origins(), limit, offset)


@router.get("/stories")
def stories(record: Asked, limit: Limit = None, offset: Offset = 0) -> list[Row]:
    """Return the stories, those in most reports first."""
    return rows(record.stories(), limit, offset)


@router.get("/claims")
def claims(
    record: Asked,
    about: Name = None,
    known_by: date | None = None,
    limit: Limit = None,
    offset: Offset = 0,
) -> list[Row]:
    """Return the claims, those that most statements and events bear on first."""
    return rows(record.claims(about=about, known_by=known_by), limit, offset)


@router.get("/disputes")
def disputes(
    record: Asked,
    about: Name = None,
    known_by: date | None = None,
    limit: Limit = None,
    offset: Offset = 0,
) -> list[Row]:
    """Return the disputes."""
    return rows(record.disputes(about=about, known_by=known_by), limit, offset)


@router.get("/promises")
def promises(record: Asked, by: Name = None, limit: Limit = None, offset: Offset = 0) -> list[Row]:
    """Return what is promised or threatened in words, each with what became of it."""
    found = record.promises(by=by)
    chosen = found[offset : None if limit is None else offset + limit]
    return [{"statement": row(one.statement), "sequels": rows(one.sequels)} for one in chosen]


@router.get("/relations")
def relations(
    record: Asked,
    actor: Name = None,
    kind: str | None = None,
    as_of: date | None = None,
    known_by: date | None = None,
    limit: Limit = None,
    offset: Offset = 0,
) -> list[Row]:
    """Return the relations; those that may have held on a day, as they were known by a day."""
    found = record.relations(actor=actor, kind=kind, as_of=as_of, known_by=known_by)
    return rows(found, limit, offset)


@router.get("/decisions")
def decisions(record: Asked, limit: Limit = None, offset: Offset = 0) -> list[Row]:
    """Return what reviewers said, in the order of time."""
    return rows(record.decisions(), limit, offset)


@router.get("/search")
def search(record: Asked, q: str, limit: Annotated[int, Query(ge=1, le=500)] = 20) -> list[Row]:
    """Return the reports and statements that hold all the words, best first in each."""
    return [to_json(hit) for hit in record.search(q, limit=limit)]


@router.get("/show/{key:path}")
def show(record: Asked, key: str) -> Row:
    """Return a line of the record with its evidence in the paragraphs that it stands in."""
    shown = record.show(key)
    return {
        "type": shown.type,
        "noun": row(shown.noun),
        "paragraphs": [to_json(paragraph) for paragraph in shown.paragraphs],
    }
