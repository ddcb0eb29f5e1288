"""The record in a database: the only place that knows SQL.

Every row is checked against its report's words before it is written; one report is one
transaction.
"""

import functools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

from sqlalchemy import Connection, bindparam, delete, inspect, select, text, update

from onrecord.errors import RunError
from onrecord.evidence import check
from onrecord.store import listing
from onrecord.store.answers import Answers
from onrecord.store.database import WHOLE, Address, database_at, is_server
from onrecord.store.schema import (
    HEAD,
    LINKS,
    TABLES,
    identity,
    kept,
    link,
    meta,
    table_name,
)
from onrecord.store.writing import MadeBy, corpus_nouns, insert_nouns, nouns_of, remove
from onrecord.types import Candidate, Corpus, Decision, Reading, Report

__all__ = ["Address", "MadeBy", "Store"]
LEASE = "lease"  # what the right to watch is noted under
COPYING = "copying"  # and what a record is a copy of, while it is being made
NOTHING: Mapping[str, tuple[str, Sequence[bytes]]] = {}
# Evidence is asked of every noun but these: what they rest on is in the nouns that they join.
JOINED = frozenset(
    "report actor story happening relation dispute entity decision candidate".split()
)


class Store(Answers):
    """One record, in a file or on a server; opened for reading, or made and opened for writing.

    `path` is a file or postgresql://USER@HOST/DATABASE. Raises `RunError` for what is no record,
    or one made by another version, or, unless `unfinished` ones are asked for, copied in part.
    With `renew` one that is there is brought up to date.
    """

    def __init__(
        self,
        path: Address,
        *,
        create: bool = False,
        renew: bool = False,
        unfinished: bool = False,
    ) -> None:
        self.path = path
        self.database = database_at(path)
        self.name = self.database.name
        self.database.prepare(create=create)
        self._engine = self.database.engine(create=create or renew)
        self._writer = self._engine.execution_options(writing=True)
        try:
            with self._errors():
                self._begin(create=create, renew=renew, unfinished=unfinished)
        except BaseException:
            self.close()
            raise

    def _begin(self, *, create: bool, renew: bool, unfinished: bool) -> None:
        version = self._version()
        older = create if version is None else version < HEAD and (create or renew)
        if older:
            self._migrate()
        elif version != HEAD:
            self._refuse(version)
        if not unfinished and self.known_as(COPYING):
            remedy = "Run the same `onrecord copy` again: it goes on where it was"
            raise RunError("this record is copied in part", file=self.name, remedy=remedy)

    def _version(self) -> str | None:
        with self._engine.connect() as connection:
            return self._version_seen(connection)

    def _version_seen(self, connection: Connection) -> str | None:
        if not inspect(connection).has_table("alembic_version"):
            if inspect(connection).get_table_names():
                raise RunError("not a record of OnRecord", file=self.name)
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(found) if found else None

    def _refuse(self, version: str | None) -> None:
        if version is None and is_server(self.path):
            remedy = f"Build one with: onrecord build REPORTS -o {self.name}"
            raise RunError("there is no record in this database", file=self.name, remedy=remedy)
        made, remedy = "by an unfinished build", "Remove the file and build it again"
        if version is not None and version > HEAD:
            made, remedy = "by a newer version of OnRecord", "Upgrade OnRecord"
        elif version is not None:
            made, remedy = "by an older version of OnRecord", "`onrecord add` renews it"
        message = f"this record was made {made} (schema {version}, here {HEAD})"
        raise RunError(message, file=self.name, remedy=remedy)

    def _migrate(self) -> None:
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", "onrecord.store:migrations")
        with self._writer.begin() as connection:
            self.database.alone(connection, WHOLE)
            if self._version_seen(connection) == HEAD:
                return  # another process was first
            config.attributes["connection"] = connection
            command.upgrade(config, HEAD)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn what the database says into what the user can act on."""
        try:
            yield
        except self.database.errors as error:
            raise self.database.explain(error) from error

    @contextmanager
    def writing(self, alone: str = "") -> Iterator[Connection]:
        """Give a transaction; of those that ask to be alone with the same, the only one.

        For this package's own use.
        """
        with self._errors(), self._writer.begin() as connection:
            if alone:
                self.database.alone(connection, alone)
            yield connection

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """Give a connection to ask on, for this package's own use."""
        with self._errors(), self._engine.connect() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the database; what is asked after that connects anew."""
        self._engine.dispose()

    def stamp(self) -> tuple[Any, ...]:
        """Return which database it is, and what is another when what was asked may be."""
        with self._errors():
            return self.database.stamp(self._engine)

    # Writing

    def add(self, reading: Reading, made_by: MadeBy) -> None:
        """Write all that was read of one report, in place of what was there for it.

        Raises `EvidenceError` when a row's evidence is not the exact words at that place.
        """
        report = reading.report
        texts = {report.id: report.text}
        nouns = nouns_of(reading)
        for kind, found in nouns.items():
            for noun in found:
                check(noun, texts.get, needed=table_name(kind) not in JOINED)
        with self.writing(alone=report.path) as connection:
            # The same report may lie at two paths, and two reports at one, one after the other.
            self.database.alone(connection, report.id)
            remove(connection, report)
            for kind, found in nouns.items():
                insert_nouns(self.database, connection, kind, found, made_by)

    def replace_corpus(
        self,
        corpus: Corpus,
        key: str,
        made_by: MadeBy,
        keep: Mapping[str, tuple[str, Sequence[bytes]]] = NOTHING,
        *,
        before: str | None = None,
        read: Mapping[str, str] | None = None,
    ) -> bool:
        """Write what all reports hold together, in place of what was there, in one transaction.

        `keep` is what stages keep of it for the next build, in parts, by the stage's name, with
        what made it; `before` the key of what was there when this was begun. Where another process
        has written since, nothing is written and False returned. `read` tells what made the rows of
        each report that it was made from: where that is not so any more, nothing is kept.
        """
        nouns = corpus_nouns(corpus)
        with self._texts() as texts:
            for kind, found in nouns.items():
                for noun in found:
                    check(noun, texts, needed=table_name(kind) not in JOINED)
        with self.writing(alone=WHOLE) as connection:
            if self.noted(connection, "corpus") != before:
                return False
            connection.execute(delete(identity))
            for kind, found in nouns.items():
                connection.execute(delete(TABLES[kind]))
                kinds = [f"{table_name(kind)}.{field}" for noun, field in LINKS if noun is kind]
                connection.execute(delete(link).where(link.c.kind.in_(kinds)))
                insert_nouns(self.database, connection, kind, found, made_by)
            pairs = [{"entity": e, "actor": a} for e, a in sorted(corpus.identity.items())]
            if pairs:
                self.database.insert(connection, identity, pairs)
            listing.renew(self.database, connection, corpus)
            self._note(connection, corpus, key)
            connection.execute(delete(kept))
            still = read is None or self._made(connection) == read
            for name, (maker, parts) in keep.items() if still else ():
                for number, part in enumerate(parts):
                    row = {"name": name, "part": number, "made_by": maker, "bytes": part}
                    self.database.insert(connection, kept, [row])
            self.database.settle(connection)
        return True

    @staticmethod
    def _made(connection: Connection) -> dict[str, str]:
        """Return what made the rows of each report."""
        c = TABLES[Report].c
        return {row.id: row.made_by for row in connection.execute(select(c.id, c.made_by))}

    def _note(self, connection: Connection, corpus: Corpus, key: str) -> None:
        """Write what is known of the whole."""
        known = {
            "corpus": key,
            "overview": listing.summary(connection),
            "months": listing.months(corpus),
            "honoured": json.dumps(sorted(one.id for one in corpus.decisions)),
        }
        connection.execute(delete(meta).where(meta.c.name.in_(known)))
        rows = [{"name": name, "value": value} for name, value in known.items()]
        self.database.insert(connection, meta, rows)

    def move(self, paths: Mapping[str, str]) -> None:
        """Say at which path each report lies, by id: the first by name of those that are known."""
        table = TABLES[Report]
        changed = [key for key, (_, path) in self._placed().items() if paths.get(key, path) != path]
        if not changed:
            return
        with self.writing() as connection:
            for key in changed:
                path = PurePath(paths[key])
                found = update(table).where(table.c.id == key, table.c.path > paths[key])
                given = {"path": paths[key], "file": path.name, "stem": path.stem}
                connection.execute(found.values(given))

    def decide(self, decision: Decision) -> None:
        """Add what a reviewer said; an equal decision is there once."""
        with self.writing(alone=decision.id) as connection:
            table = TABLES[Decision]
            known = select(table.c.id).where(table.c.id == decision.id)
            if connection.execute(known).first() is None:
                insert_nouns(self.database, connection, Decision, (decision,), lambda _: "review")

    def lease(self, holder: str, seconds: float, now: float) -> str | None:
        """Take or renew the right to watch for this record; return who holds it, None for us.

        It is given up after so many seconds without renewal. One that reaches further ahead than
        that was taken by a clock that has been put back since, and holds nobody off.
        """
        with self.writing(alone=LEASE) as connection:
            known = json.loads(self.noted(connection, LEASE) or "{}")
            other = known.get("holder")
            left = known.get("until", 0.0) - now
            if other not in (None, holder) and 0 < left <= known.get("seconds", seconds):
                return str(other)
            connection.execute(delete(meta).where(meta.c.name == LEASE))
            told = {"holder": holder, "until": now + seconds, "seconds": seconds}
            self.database.insert(connection, meta, [{"name": LEASE, "value": json.dumps(told)}])
        return None

    def end_lease(self, holder: str) -> None:
        """Give up the right to watch, if we have it."""
        with self.writing(alone=LEASE) as connection:
            known = json.loads(self.noted(connection, LEASE) or "{}")
            if known.get("holder") == holder:
                connection.execute(delete(meta).where(meta.c.name == LEASE))

    def know(self, source: str, candidates: Sequence[Candidate]) -> None:
        """Write the candidates of a source in place of those that were there from it."""
        table = TABLES[Candidate]
        with self.writing(alone=source) as connection:
            connection.execute(delete(table).where(table.c.source == source))
            insert_nouns(self.database, connection, Candidate, candidates, lambda _: "import")

    def grant(self, role: str, *, write: bool) -> None:
        """Let a role of the server read this record, or also write to it."""
        with self.writing() as connection:
            self.database.grant(connection, role, write=write)

    @staticmethod
    def noted(connection: Connection, name: str) -> str | None:
        """Return what is noted under a name, within a transaction."""
        query = select(meta.c.value).where(meta.c.name == name)
        found: str | None = connection.execute(query).scalar()
        return found

    @contextmanager
    def _texts(self) -> Iterator[Callable[[str], str | None]]:
        """Give what returns the text of a report, None for one that is not there."""
        c = TABLES[Report].c
        query = select(c.text).where(c.id == bindparam("report"))
        with self.asking() as connection:

            @functools.lru_cache(maxsize=256)
            def text_of(report: str) -> str | None:
                found: str | None = connection.execute(query, {"report": report}).scalar()
                return found

            yield text_of
