"""The tables of a record, one for each noun, made from the nouns themselves."""

from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from onrecord import types
from onrecord.store.rows import plan

HEAD = "0012"  # the newest migration; a record of another is upgraded or refused

REPORT_NOUNS: tuple[type[Any], ...] = (
    types.Time,
    types.Entity,
    types.Mention,
    types.Statement,
    types.Event,
    types.Figure,
    types.Tie,
)
CORPUS_NOUNS: tuple[type[Any], ...] = (
    types.Copy,
    types.Origin,
    types.Narrowing,
    types.Actor,
    types.Story,
    types.Happening,
    types.Sequel,
    types.Claim,
    types.Dispute,
    types.Relation,
)
NOUNS: tuple[type[Any], ...] = (
    types.Report,
    *REPORT_NOUNS,
    *CORPUS_NOUNS,
    types.Decision,
    types.Candidate,
)

# Lists of ids that readers follow backwards: (noun, field). Each is also rows of `link`.
LINKS: tuple[tuple[type[Any], str], ...] = (
    (types.Statement, "about"),
    (types.Event, "actor"),
    (types.Event, "recipient"),
    (types.Actor, "entities"),
    (types.Origin, "reports"),
    (types.Origin, "statements"),
    (types.Story, "reports"),
    (types.Happening, "events"),
    (types.Happening, "reports"),
    (types.Happening, "actor"),
    (types.Happening, "recipient"),
    (types.Claim, "about"),
    (types.Claim, "asserted"),
    (types.Claim, "denied"),
    (types.Claim, "told"),
    (types.Claim, "origins"),
    (types.Dispute, "statements"),
    (types.Dispute, "figures"),
    (types.Relation, "claims"),
    (types.Relation, "events"),
    (types.Relation, "statements"),
)
# Columns that are searched by, beside the ids.
INDEXED: dict[str, tuple[str, ...]] = {
    "report": ("path", "sha256", "published_earliest", "file", "stem", "url"),
    "time": ("report",),
    "entity": ("report", "name"),
    "mention": ("report", "actor"),
    "statement": ("report", "speaker_actor", "speaker_name", "act", "said_earliest"),
    "event": ("report", "event", "statement", "when_earliest"),
    "figure": ("report", "unit", "kind", "statement", "event"),
    "tie": ("report", "kind", "subject", "object"),
    "copy": ("from_report", "to_report"),
    "actor": ("name",),
    "candidate": ("source",),
    "dispute": ("claim",),
    "narrowing": ("report",),
    "happening": ("event", "when_earliest"),
    "sequel": ("first", "then"),
    "relation": ("subject", "object", "kind"),
}
SQL_TYPES: dict[type, type[Any]] = {
    str: Text,
    int: Integer,
    float: Float,
    bool: Boolean,
    date: Date,
    list: Text,
}
# Nouns with full-text search: the columns that are searched.
SEARCHED: dict[str, tuple[str, ...]] = {
    "report": ("title", "text"),
    "statement": ("speaker_name", "words"),
}

# What rows have beside the fields of their noun, to be found by: the words of a statement, its
# place, its speaker's name and whom it speaks for, folded; the file of a report, with its ending
# and without.
EXTRA: dict[str, tuple[tuple[str, type[Any]], ...]] = {
    "statement": (("words", Text), ("place", Integer), ("spoken_by", Text), ("spoken_for", Text)),
    "report": (("file", Text), ("stem", Text)),
}

metadata = MetaData()


def table_name(noun: type[Any]) -> str:
    """Return the name of a noun's table: the noun itself."""
    return noun.__name__.lower()


def _table(noun: Any) -> Table:
    name = table_name(noun)
    columns: list[Column[Any]] = []
    if name in SEARCHED:
        # Full-text search refers to rows by number, which must outlive a VACUUM.
        columns.append(Column("number", Integer, primary_key=True))
    for column in plan(noun):
        key = column.name == "id"
        columns.append(
            Column(
                column.name,
                SQL_TYPES[column.kind],
                primary_key=key and name not in SEARCHED,
                unique=True if key and name in SEARCHED else None,
                nullable=column.nullable,
            )
        )
    columns += [Column(extra, kind, nullable=False) for extra, kind in EXTRA.get(name, ())]
    columns.append(Column("made_by", String, nullable=False))
    indexes = [Index(f"ix_{name}_{field}", field) for field in INDEXED.get(name, ())]
    return Table(name, metadata, *columns, *indexes)


TABLES: dict[type[Any], Table] = {noun: _table(noun) for noun in NOUNS}

link = Table(
    "link",
    metadata,
    Column("kind", String, primary_key=True),
    Column("owner", String, primary_key=True),
    Column("target", String, primary_key=True),
    Index("ix_link_target", "target", "kind"),
)
identity = Table(
    "identity",
    metadata,
    Column("entity", String, primary_key=True),
    Column("actor", String, nullable=False),
    Index("ix_identity_actor", "actor"),
)
meta = Table(
    "meta",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)
# What a corpus stage keeps for the next build: no part of the record, and made anew without loss.
kept = Table(
    "kept",
    metadata,
    Column("name", String, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("made_by", String, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)
# Lists in their order: asked in `lists.py`, made in `listing.py`.
listed = Table(
    "listed",
    metadata,
    Column("list", String, primary_key=True),
    Column("whom", String, primary_key=True),
    Column("rank", Integer, primary_key=True),
    Column("id", String, primary_key=True),
    Column("what", String, primary_key=True),
    Column("how", String, nullable=False),
    Column("likely", Boolean, nullable=False),
    Column("earliest", Date, nullable=True),
    Column("latest", Date, nullable=True),
    Index("ix_listed_id", "id", "list"),
    sqlite_with_rowid=False,
)
