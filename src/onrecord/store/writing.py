"""Nouns to rows of their tables, with what leads to them by those that name them."""

import itertools
from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import Any

from sqlalchemy import Connection, delete, select

from onrecord.evidence import evidence_in
from onrecord.store.database import Database
from onrecord.store.rows import to_row
from onrecord.store.schema import (
    CORPUS_NOUNS,
    LINKS,
    REPORT_NOUNS,
    TABLES,
    kept,
    link,
    table_name,
)
from onrecord.types import Corpus, Reading, Report, Statement

MadeBy = Callable[[type[Any]], str]
AT_ONCE = 10_000  # nouns that are written at once

READING_FIELDS: dict[str, type[Any]] = dict(
    zip(
        ("times", "entities", "mentions", "statements", "events", "figures", "ties"),
        REPORT_NOUNS,
        strict=True,
    )
)
CORPUS_FIELDS: dict[str, type[Any]] = dict(
    zip(
        (
            "copies",
            "origins",
            "narrowings",
            "actors",
            "stories",
            "happenings",
            "sequels",
            "claims",
            "disputes",
            "relations",
        ),
        CORPUS_NOUNS,
        strict=True,
    )
)


def nouns_of(reading: Reading) -> dict[type[Any], tuple[Any, ...]]:
    """Return what was read of a report, by the kind of noun."""
    found: dict[type[Any], tuple[Any, ...]] = {Report: (reading.report,)}
    for field, kind in READING_FIELDS.items():
        found[kind] = getattr(reading, field)
    return found


def corpus_nouns(corpus: Corpus) -> dict[type[Any], tuple[Any, ...]]:
    """Return what all reports hold together, by the kind of noun."""
    return {kind: getattr(corpus, field) for field, kind in CORPUS_FIELDS.items()}


def remove(connection: Connection, report: Report) -> None:
    """Remove what was written for a report, and a failure to open the same path."""
    table = TABLES[Report]
    gone = select(table.c.id).where((table.c.path == report.path) & (table.c.sha256 == ""))
    ids = [*connection.execute(gone).scalars(), report.id]
    read = select(table.c.id).where(table.c.id.in_(ids) & table.c.problem.is_(None))
    if connection.execute(read).first() is not None:
        connection.execute(delete(kept))  # it holds what the report was
    for kind in REPORT_NOUNS:
        rows = TABLES[kind]
        kinds = [f"{table_name(kind)}.{field}" for noun, field in LINKS if noun is kind]
        owned = select(rows.c.id).where(rows.c.report.in_(ids))
        if kinds:
            connection.execute(delete(link).where(link.c.kind.in_(kinds), link.c.owner.in_(owned)))
        connection.execute(delete(rows).where(rows.c.report.in_(ids)))
    connection.execute(delete(table).where(table.c.id.in_(ids)))


def insert_nouns(
    database: Database,
    connection: Connection,
    kind: type[Any],
    nouns: Iterable[Any],
    made_by: MadeBy,
) -> None:
    """Write nouns of a kind, and what leads to those that name them in their lists."""
    maker, waiting = made_by(kind), iter(nouns)
    while some := list(itertools.islice(waiting, AT_ONCE)):
        rows = [to_row(noun) | _extra(noun) | {"made_by": maker} for noun in some]
        database.insert(connection, TABLES[kind], rows)
        links = [
            {"kind": f"{table_name(kind)}.{field}", "owner": noun.id, "target": target}
            for noun in some
            for of, field in LINKS
            if of is kind
            for target in dict.fromkeys(getattr(noun, field))
        ]
        if links:
            database.insert(connection, link, links)


def _extra(noun: Any) -> dict[str, Any]:
    """Return what a row has beside the fields of its noun."""
    if isinstance(noun, Statement):
        first = next(evidence_in(noun), None)
        return {
            "words": " … ".join(span.text for span in noun.content),
            "place": first.start if first else 0,
            "spoken_by": noun.speaker.name.casefold(),
            "spoken_for": (noun.speaker.represents or "").casefold(),
        }
    if isinstance(noun, Report):
        file = PurePath(noun.path)
        return {"file": file.name, "stem": file.stem}
    return {}
