"""The record in one SQLite file: the only place that knows SQL.

Every row is checked against its report's words before it is written; one report is one
transaction.
"""

import functools
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any, TypeVar

from sqlalchemy import (
    Connection,
    Engine,
    bindparam,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    literal,
    select,
    text,
    union,
    update,
)
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from onrecord.errors import RunError
from onrecord.evidence import check, evidence_in
from onrecord.store import lists
from onrecord.store.lists import Part
from onrecord.store.rows import from_row, to_row
from onrecord.store.schema import (
    CORPUS_NOUNS,
    HEAD,
    LINKS,
    REPORT_NOUNS,
    TABLES,
    identity,
    kept,
    link,
    listed,
    meta,
    table_name,
)
from onrecord.types import (
    Actor,
    Candidate,
    Corpus,
    Decision,
    Mention,
    Narrowing,
    Reading,
    Report,
    Statement,
)

Noun = TypeVar("Noun")
MadeBy = Callable[[type[Any]], str]
CHUNK = 500  # ids asked for at once; SQLite takes some thousands
LONG: dict[type[Any], tuple[str, ...]] = {Actor: ("entities",)}
LEASE = "lease"  # what the right to watch is noted under
WEIGHED = 5_000  # matches of words that are put in order: as many as can be in time
BUSY_SECONDS = 30
# Evidence is asked of every noun but these: what they rest on is in the nouns that they join.
# The kind of a link where the target leads to it: SQLite would go through all links of a kind.
KIND = link.c.kind.concat("")
NOTHING: Mapping[str, tuple[str, Sequence[bytes]]] = {}
JOINED = frozenset(
    "report actor story happening relation dispute entity decision candidate".split()
)


class Store:
    """One record; opened for reading, or made and opened for writing.

    Raises `RunError` for a file that is no record, or one made by another version.
    """

    def __init__(self, path: str | Path, *, create: bool = False) -> None:
        self.path = Path(path)
        if not create and not self.path.is_file():
            remedy = f"Build one with: onrecord build REPORTS -o {self.path}"
            raise RunError("there is no such record", file=str(self.path), remedy=remedy)
        self._engine = _engine(self.path, create=create)
        with self._errors():
            version = self._version()
            older = version is None or version < HEAD
            if older and create:
                self._migrate()
            elif version != HEAD:
                self._refuse(version)

    def _version(self) -> str | None:
        with self._engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                if inspect(connection).get_table_names():
                    raise RunError("not a record of OnRecord", file=str(self.path))
                return None
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return str(found) if found else None

    def _refuse(self, version: str | None) -> None:
        made, remedy = "by an unfinished build", "Remove the file and build it again"
        if version is not None and version > HEAD:
            made, remedy = "by a newer version of OnRecord", "Upgrade OnRecord"
        elif version is not None:
            made, remedy = "by an older version of OnRecord", "`onrecord add` renews it"
        message = f"this record was made {made} (schema {version}, here {HEAD})"
        raise RunError(message, file=str(self.path), remedy=remedy)

    def _migrate(self) -> None:
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", "onrecord.store:migrations")
        with self._engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, HEAD)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn what the database says into what the user can act on."""
        try:
            yield
        except (DatabaseError, sqlite3.DatabaseError) as error:
            raise _explain(error, self.path) from error

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._errors(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._errors(), self._engine.connect() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    # Writing

    def add(self, reading: Reading, made_by: MadeBy) -> None:
        """Write all that was read of one report, in place of what was there for it.

        Raises `EvidenceError` when a row's evidence is not the exact words at that place.
        """
        report = reading.report
        texts = {report.id: report.text}
        nouns = _nouns(reading)
        for kind, found in nouns.items():
            for noun in found:
                check(noun, texts.get, needed=table_name(kind) not in JOINED)
        with self._writing() as connection:
            _remove(connection, report)
            for kind, found in nouns.items():
                _insert(connection, kind, found, made_by)

    def replace_corpus(
        self,
        corpus: Corpus,
        key: str,
        made_by: MadeBy,
        keep: Mapping[str, tuple[str, Sequence[bytes]]] = NOTHING,
    ) -> None:
        """Write what all reports hold together, in place of what was there, in one transaction.

        `keep` is what stages keep of it for the next build, in parts, by the stage's name, with
        what made it.
        """
        nouns = _corpus_nouns(corpus)
        with self._texts() as texts:
            for kind, found in nouns.items():
                for noun in found:
                    check(noun, texts, needed=table_name(kind) not in JOINED)
        with self._writing() as connection:
            connection.execute(delete(identity))
            for kind, found in nouns.items():
                connection.execute(delete(TABLES[kind]))
                kinds = [f"{table_name(kind)}.{field}" for noun, field in LINKS if noun is kind]
                connection.execute(delete(link).where(link.c.kind.in_(kinds)))
                _insert(connection, kind, found, made_by)
            pairs = [{"entity": e, "actor": a} for e, a in sorted(corpus.identity.items())]
            if pairs:
                connection.execute(insert(identity), pairs)
            lists.renew(connection, corpus)
            known = {
                "corpus": key,
                "overview": lists.summary(connection),
                "months": lists.months(corpus),
                "honoured": json.dumps(sorted(one.id for one in corpus.decisions)),
            }
            connection.execute(delete(meta).where(meta.c.name.in_(known)))
            rows = [{"name": name, "value": value} for name, value in known.items()]
            connection.execute(insert(meta), rows)
            connection.execute(delete(kept))
            for name, (maker, parts) in keep.items():
                for number, part in enumerate(parts):
                    row = {"name": name, "part": number, "made_by": maker, "bytes": part}
                    connection.execute(insert(kept), row)

    def move(self, paths: Mapping[str, str]) -> None:
        """Say at which path each report lies, by id, where that is another than is written."""
        table = TABLES[Report]
        changed = [key for key, (_, path) in self._placed().items() if paths.get(key, path) != path]
        if not changed:
            return
        with self._writing() as connection:
            for key in changed:
                found = update(table).where(table.c.id == key)
                connection.execute(found.values(path=paths[key]))

    def decide(self, decision: Decision) -> None:
        """Add what a reviewer said; an equal decision is there once."""
        with self._writing() as connection:
            table = TABLES[Decision]
            known = select(table.c.id).where(table.c.id == decision.id)
            if connection.execute(known).first() is None:
                _insert(connection, Decision, (decision,), lambda _: "review")

    def lease(self, holder: str, seconds: float, now: float) -> str | None:
        """Take or renew the right to watch for this record; return who holds it, None for us.

        It is given up after so many seconds without renewal. One that reaches further ahead than
        that was taken by a clock that has been put back since, and holds nobody off.
        """
        with self._writing() as connection:
            query = select(meta.c.value).where(meta.c.name == LEASE)
            known = json.loads(connection.execute(query).scalar() or "{}")
            other = known.get("holder")
            left = known.get("until", 0.0) - now
            if other not in (None, holder) and 0 < left <= known.get("seconds", seconds):
                return str(other)
            connection.execute(delete(meta).where(meta.c.name == LEASE))
            told = {"holder": holder, "until": now + seconds, "seconds": seconds}
            connection.execute(insert(meta), {"name": LEASE, "value": json.dumps(told)})
        return None

    def end_lease(self, holder: str) -> None:
        """Give up the right to watch, if we have it."""
        with self._writing() as connection:
            query = select(meta.c.value).where(meta.c.name == LEASE)
            known = json.loads(connection.execute(query).scalar() or "{}")
            if known.get("holder") == holder:
                connection.execute(delete(meta).where(meta.c.name == LEASE))

    def know(self, source: str, candidates: Sequence[Candidate]) -> None:
        """Write the candidates of a source in place of those that were there from it."""
        table = TABLES[Candidate]
        with self._writing() as connection:
            connection.execute(delete(table).where(table.c.source == source))
            _insert(connection, Candidate, candidates, lambda _: "import")

    @contextmanager
    def _texts(self) -> Iterator[Callable[[str], str | None]]:
        """Give what returns the text of a report, None for one that is not there."""
        c = TABLES[Report].c
        query = select(c.text).where(c.id == bindparam("report"))
        with self._reading() as connection:

            @functools.lru_cache(maxsize=256)
            def text_of(report: str) -> str | None:
                found: str | None = connection.execute(query, {"report": report}).scalar()
                return found

            yield text_of

    # Reading

    def get(self, noun: type[Noun], key: str) -> Noun | None:
        """Return the noun with that id, or None."""
        return next(self.rows(noun, id=key), None)

    def rows(self, noun: type[Noun], *, lean: bool = False, **wanted: object) -> Iterator[Noun]:
        """Yield the nouns by id whose columns equal what is wanted; a list means any of them.

        With `lean` the lists that grow with the record are empty: an actor's entities.
        """
        table = TABLES[noun]
        lists = {name: value for name, value in wanted.items() if isinstance(value, (list, tuple))}
        left = LONG.get(noun, ()) if lean else ()
        query = select(*(literal("[]").label(c.name) if c.name in left else c for c in table.c))
        for name, value in wanted.items():
            if name not in lists:
                query = query.where(table.c[name] == value)
        query = query.order_by(table.c.id)
        if not lists:
            yield from self._nouns(noun, query)
            return
        (name, values), *others = lists.items()
        assert not others, "one list of values at a time"
        chosen = list(dict.fromkeys(values))
        many = query.where(table.c[name].in_(bindparam("values", expanding=True)))
        for first in range(0, len(chosen), CHUNK):
            part = chosen[first : first + CHUNK]
            yield from self._nouns(noun, many.params(values=part))

    def _nouns(self, noun: type[Noun], query: Any) -> Iterator[Noun]:
        with self._reading() as connection:
            for row in connection.execute(query).mappings():
                yield from_row(noun, dict(row))

    def last_number(self, noun: type[Any]) -> int:
        """Return the highest number of the rows of a noun that has them, 0 for none."""
        with self._reading() as connection:
            return int(connection.execute(select(func.max(TABLES[noun].c.number))).scalar() or 0)

    def numbered(self, noun: type[Any], first: int, end: int) -> list[str]:
        """Return the ids of the rows of a noun with numbers from one up to another."""
        c = TABLES[noun].c
        with self._reading() as connection:
            # By the rows themselves: an index may be damaged where they are not.
            query = select(c.id, c.path if noun is Report else c.id)
            query = query.where(c.number >= first, c.number < end).order_by(c.number)
            return [row[0] for row in connection.execute(query)]

    def made_by(self, noun: type[Any], report: str) -> str:
        """Return what made the rows of a noun for a report, "" where there are none."""
        c = TABLES[noun].c
        of = c.id if noun is Report else c.report
        with self._reading() as connection:
            found = connection.execute(select(c.made_by).where(of == report).limit(1)).scalar()
            return str(found or "")

    def count(self, noun: type[Any], **wanted: object) -> int:
        """Return how many nouns there are whose columns equal what is wanted."""
        table = TABLES[noun]
        query = select(func.count()).select_from(table)
        for name, value in wanted.items():
            query = query.where(table.c[name] == value)
        with self._reading() as connection:
            return int(connection.execute(query).scalar_one())

    def known(self) -> dict[str, tuple[str, str]]:
        """Return by id what made each report's rows, "" for one that failed, and its path."""
        failed = self._failed()
        return {
            key: ("" if key in failed else made, path)
            for key, (made, path) in self._placed().items()
        }

    def _placed(self) -> dict[str, tuple[str, str]]:
        table = TABLES[Report]
        with self._reading() as connection:
            rows = connection.execute(select(table.c.id, table.c.made_by, table.c.path))
            return {row.id: (row.made_by, row.path) for row in rows}

    def _failed(self) -> set[str]:
        table = TABLES[Report]
        with self._reading() as connection:
            query = select(table.c.id).where(table.c.problem.is_not(None))
            return set(connection.execute(query).scalars())

    def known_as(self, name: str) -> str | None:
        """Return what was noted when the reports were joined.

        Under "corpus" the key of the reports, under "overview" how much there is of everything,
        under "months" how many happenings.
        """
        with self._reading() as connection:
            return connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar()

    # Lists in their order

    def listed(self, part: Part, offset: int = 0, limit: int | None = None) -> list[str]:
        """Return the ids of a part of lists, in order, from one on and at most so many."""
        query = lists.found(part).offset(offset).limit(limit)
        with self._reading() as connection:
            return list(connection.execute(query).scalars())

    def count_listed(self, part: Part) -> int:
        """Return how many there are of a part of lists."""
        with self._reading() as connection:
            return int(connection.execute(lists.counted(part)).scalar_one())

    def tally_listed(self, part: Part, column: str) -> dict[str, int]:
        """Return how many there are of a part of lists, by what or by how."""
        with self._reading() as connection:
            rows = connection.execute(lists.tallied(part, column))
            return {row[0]: row[1] for row in rows}

    def ranks(self, part: Part, offset: int = 0, limit: int | None = None) -> list[tuple[str, int]]:
        """Return the ids of a part of lists with the ranks that they have there."""
        query = lists.found(part).offset(offset).limit(limit)
        with self._reading() as connection:
            return [(row[0], row[1]) for row in connection.execute(query)]

    def ids(self, noun: type[Any], offset: int = 0, limit: int | None = None) -> list[str]:
        """Return the ids of nouns in their order."""
        c = TABLES[noun].c
        with self._reading() as connection:
            query = select(c.id).order_by(c.id).offset(offset).limit(limit)
            return list(connection.execute(query).scalars())

    def doubts(self, offset: int = 0, limit: int | None = None) -> list[tuple[str, str, str]]:
        """Return the pairs of actors that may be one, each with why."""
        c = listed.c
        query = select(c.id, c.what, c.how).where(c.list == "doubt").order_by(c.rank)
        with self._reading() as connection:
            rows = connection.execute(query.offset(offset).limit(limit))
            return [(row[0], row[1], row[2]) for row in rows]

    def questions(
        self, offset: int = 0, limit: int | None = None
    ) -> list[tuple[str, str, str, int]]:
        """Return what can be settled: a statement or two actors, why, how many lines it moves."""
        c = listed.c
        query = select(c.id, c.what, c.how, c.rank).where(c.list == "question").order_by(c.rank)
        with self._reading() as connection:
            rows = connection.execute(query.offset(offset).limit(limit))
            return [(row[0], row[1], row[2], -row[3]) for row in rows]

    def mentions(self, actor: str, offset: int = 0, limit: int | None = None) -> list[str]:
        """Return the ids of the mentions of an actor, by report and place."""
        c = TABLES[Mention].c
        query = select(c.id).join(identity, identity.c.entity == c.actor)
        query = query.where(identity.c.actor == actor).order_by(c.report, c.span_start, c.id)
        with self._reading() as connection:
            return list(connection.execute(query.offset(offset).limit(limit)).scalars())

    def mentions_within(self, actor: str, reports: Sequence[str]) -> list[str]:
        """Return the ids of the mentions of an actor in some reports, by report and place."""
        c = TABLES[Mention].c
        query = select(c.id, c.report, c.span_start).join(identity, identity.c.entity == c.actor)
        # Of an actor there are many entities, of a report few mentions: these are gone through.
        query = query.where(identity.c.actor.concat("").__eq__(actor))
        found = self._rows_of(query, c.report, reports)
        return [row[0] for row in sorted(found, key=lambda row: (row[1], row[2], row[0]))]

    def count_mentions(self, actor: str) -> int:
        """Return how many mentions of an actor there are."""
        query = select(func.count()).select_from(TABLES[Mention])
        query = query.join(identity, identity.c.entity == TABLES[Mention].c.actor)
        with self._reading() as connection:
            return int(connection.execute(query.where(identity.c.actor == actor)).scalar_one())

    def above(self, report: str, place: int) -> list[str]:
        """Return the statements of a report that begin at a place or before it."""
        c = TABLES[Statement].c
        with self._reading() as connection:
            query = select(c.id).where(c.report == report, c.place <= place)
            return list(connection.execute(query).scalars())

    def called(self, words: Sequence[str], limit: int) -> list[str]:
        """Return the named actors with each of some folded words in a name, in their order."""
        c = listed.c
        alike = [
            select(c.id).where(c.list == "called", c.whom.contains(word, autoescape=True))
            for word in words
        ]
        query = select(c.id).where(c.list == "actor", c.whom == "")
        query = query.where(*(c.id.in_(some) for some in alike)).order_by(c.rank).limit(limit)
        with self._reading() as connection:
            return list(connection.execute(query).scalars())

    def actors_of(self, entities: Iterable[str]) -> dict[str, str]:
        """Return the actors of some entities; those that have none are left out."""
        return dict(self._pairs(identity.c.entity, identity.c.actor, entities))

    def names(self, actors: Iterable[str]) -> dict[str, tuple[str, bool]]:
        """Return what actors are called, and whether that is a name."""
        c = TABLES[Actor].c
        found = self._pairs(c.id, c.name, actors), self._pairs(c.id, c.named, actors)
        named = dict(found[1])
        return {key: (name, named[key]) for key, name in found[0]}

    def narrowed(self, reports: Iterable[str]) -> dict[str, Narrowing]:
        """Return what copies tell of the dates of some reports."""
        return {one.report: one for one in self.rows(Narrowing, report=list(reports))}

    def _pairs(self, key: Any, value: Any, wanted: Iterable[str]) -> list[tuple[str, Any]]:
        query = select(key, value).where(key.in_(bindparam("wanted", expanding=True)))
        chosen, found = list(dict.fromkeys(wanted)), list[tuple[str, Any]]()
        with self._reading() as connection:
            for first in range(0, len(chosen), CHUNK):
                part = {"wanted": chosen[first : first + CHUNK]}
                found += [(row[0], row[1]) for row in connection.execute(query, part)]
        return found

    def report_at(self, key: str) -> Report | None:
        """Return the first report by id that has a path, a file's name or an address."""
        c = TABLES[Report].c
        queries = [select(c.id).where(column == key) for column in (c.path, c.file, c.stem, c.url)]
        query = union(*queries)
        with self._reading() as connection:
            ids = sorted(connection.execute(query).scalars())
        return self.get(Report, ids[0]) if ids else None

    def kept(self, name: str, made_by: str) -> list[bytes]:
        """Return the parts of what a stage kept, if it was made by that."""
        query = select(kept.c.bytes).where(kept.c.name == name, kept.c.made_by == made_by)
        with self._reading() as connection:
            return list(connection.execute(query.order_by(kept.c.part)).scalars())

    def identity(self) -> dict[str, str]:
        """Return the actor of each entity."""
        with self._reading() as connection:
            rows = connection.execute(select(identity.c.entity, identity.c.actor))
            return {row.entity: row.actor for row in rows}

    def owners(self, kind: str, targets: Sequence[str]) -> list[str]:
        """Return who names any of the ids in a list; `kind` is noun.field, as "statement.about"."""
        found: set[str] = set()
        with self._reading() as connection:
            for first in range(0, len(targets), CHUNK):
                part = list(targets[first : first + CHUNK])
                query = select(link.c.owner).where(KIND.__eq__(kind), link.c.target.in_(part))
                found.update(connection.execute(query).scalars())
        return sorted(found)

    def search(self, noun: type[Any], words: str, limit: int) -> list[tuple[str, str]]:
        """Return ids and snippets of the best matches of all words, best first.

        In a snippet the matching words stand between the control characters 2 and 3.
        """
        return self.snippets(noun, words, self.matches(words, limit, noun))

    def matches(self, words: str, limit: int, noun: type[Any] = Statement) -> list[str]:
        """Return the ids of the best matches of all words, best first.

        Where there are very many, they are the best of as many as can be looked at in time.
        """
        table, quoted = table_name(noun), _quoted(words)
        if not quoted:
            return []
        query = text(
            f"SELECT {table}.id FROM (SELECT rowid AS number, bm25({table}_search) AS score "
            f"FROM {table}_search WHERE {table}_search MATCH :words LIMIT {WEIGHED}) AS found "
            f"JOIN {table} ON {table}.number = found.number "
            f"ORDER BY found.score, {table}.id LIMIT :limit"
        )
        with self._reading() as connection:
            return list(connection.execute(query, {"words": quoted, "limit": limit}).scalars())

    def snippets(self, noun: type[Any], words: str, ids: Sequence[str]) -> list[tuple[str, str]]:
        """Return matches with the words around, in the order of the ids."""
        table, found = table_name(noun), dict[str, str]()
        column = 1 if noun is Statement else -1  # the words of a statement, not its speaker's name
        query = text(
            f"SELECT {table}.id, snippet({table}_search, {column}, char(2), char(3), '…', 24) "
            f"FROM {table}_search JOIN {table} ON {table}.number = {table}_search.rowid "
            f"WHERE {table}_search MATCH :words AND {table}_search.rowid IN "
            f"(SELECT number FROM {table} WHERE id IN :ids)"
        ).bindparams(bindparam("ids", expanding=True))
        with self._reading() as connection:
            for first in range(0, len(ids), CHUNK):
                given = {"words": _quoted(words), "ids": list(ids[first : first + CHUNK])}
                found |= {row[0]: row[1] for row in connection.execute(query, given)}
        return [(key, found[key]) for key in ids if key in found]

    def facts(self, ids: Sequence[str]) -> list[Any]:
        """Return in short what statements are, with the source and the days of their reports."""
        s, r = TABLES[Statement].c, TABLES[Report].c
        days = r.published_earliest.label("earliest"), r.published_latest.label("latest")
        query = select(s.id, s.act, s.speaker_name.label("speaker"), r.source, r.url, *days)
        query = query.join_from(TABLES[Statement], TABLES[Report], s.report == r.id)
        return self._rows_of(query, s.id, ids)

    def abouts(self, ids: Sequence[str]) -> dict[str, set[str]]:
        """Return whom statements are about, as actors."""
        query = select(link.c.owner, identity.c.actor).where(link.c.kind == "statement.about")
        query = query.join(identity, identity.c.entity == link.c.target)
        found: dict[str, set[str]] = {}
        for row in self._rows_of(query, link.c.owner, ids):
            found.setdefault(row[0], set()).add(row[1])
        return found

    def disputed(self, ids: Sequence[str]) -> set[str]:
        """Return which statements are in a dispute."""
        query = select(link.c.target).where(KIND == "dispute.statements")
        return {row[0] for row in self._rows_of(query, link.c.target, ids)}

    def _rows_of(self, query: Any, column: Any, ids: Sequence[str]) -> list[Any]:
        """Return the rows of a query whose column has one of the ids."""
        query = query.where(column.in_(bindparam("some", expanding=True)))
        found: list[Any] = []
        with self._reading() as connection:
            for first in range(0, len(ids), CHUNK):
                given = {"some": list(ids[first : first + CHUNK])}
                found += connection.execute(query, given).all()
        return found

    def readings(self) -> Iterator[Reading]:
        """Yield all that was read of each report, by id; reports with a problem are left out."""
        for report in self.rows(Report):
            if report.problem is None:
                yield self.reading(report)

    def reading(self, report: Report) -> Reading:
        """Return all that was read of one report."""
        found = {
            field: tuple(self.rows(kind, report=report.id))
            for field, kind in READING_FIELDS.items()
        }
        return Reading(report=report, **found)


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


def _quoted(words: str) -> str:
    """Return words as a condition of full-text search that all of them must be there."""
    words = "".join(char if char.isprintable() else " " for char in words)
    return " ".join('"' + word.replace('"', "") + '"' for word in words.split() if word != '"')


def _engine(path: Path, *, create: bool) -> Engine:
    try:
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunError(f"cannot be written: {error.strerror}", file=str(path)) from error
    # Whoever only reads keeps its connections: opening one costs more than most questions.
    pool = {"poolclass": NullPool} if create else {"max_overflow": -1}
    engine = create_engine(f"sqlite:///{path}", **pool)

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # so that making tables too is within a transaction
        connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        if create:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _explain(error: Exception, path: Path) -> RunError:
    said = str(getattr(error, "orig", error))
    remedies = {
        "disk is full": "Free some space and run the same command again: it goes on where it was",
        "not a database": "Give the file that onrecord build wrote",
        "malformed": "`onrecord salvage` saves what is whole; or restore the file",
        "locked": "Another process is writing it; wait for that to end",
        "readonly": "Give yourself the right to write it",
        "unable to open": "Check the folder and your right to write there",
    }
    remedy = next((advice for sign, advice in remedies.items() if sign in said), "")
    return RunError(said, file=str(path), remedy=remedy)


def _nouns(reading: Reading) -> dict[type[Any], tuple[Any, ...]]:
    found: dict[type[Any], tuple[Any, ...]] = {Report: (reading.report,)}
    for field, kind in READING_FIELDS.items():
        found[kind] = getattr(reading, field)
    return found


def _corpus_nouns(corpus: Corpus) -> dict[type[Any], tuple[Any, ...]]:
    return {kind: getattr(corpus, field) for field, kind in CORPUS_FIELDS.items()}


def _remove(connection: Connection, report: Report) -> None:
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


def _insert(connection: Connection, kind: type[Any], nouns: Iterable[Any], made_by: MadeBy) -> None:
    maker = made_by(kind)
    rows: list[Mapping[str, Any]] = []
    links: list[dict[str, str]] = []
    fields = [field for noun, field in LINKS if noun is kind]
    for noun in nouns:
        rows.append(to_row(noun) | _extra(noun) | {"made_by": maker})
        for field in fields:
            name = f"{table_name(kind)}.{field}"
            targets = dict.fromkeys(getattr(noun, field))
            links += [{"kind": name, "owner": noun.id, "target": target} for target in targets]
    if rows:
        connection.execute(insert(TABLES[kind]), rows)
    if links:
        connection.execute(insert(link), links)


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
