"""A record in one SQLite file."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Executable,
    Table,
    bindparam,
    create_engine,
    event,
    insert,
    text,
)
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from onrecord.errors import RunError
from onrecord.store.database import Database, Row

BUSY_SECONDS = 30
REMEDIES = {
    "disk is full": "Free some space and run the same command again: it goes on where it was",
    "not a database": "Give the file that onrecord build wrote",
    "malformed": "`onrecord salvage` saves what is whole; or restore the file",
    "locked": "Another process is writing it; wait for that to end",
    "readonly": "Give yourself the right to write it",
    "unable to open": "Check the folder and your right to write there",
}


class SQLite(Database):
    """A file. Its writers take turns, and readers see it as it was when they began to read."""

    errors = (DatabaseError, sqlite3.DatabaseError)

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path)

    def prepare(self, *, create: bool) -> None:
        """Make the folder where that is asked for."""
        if not create and not self.path.is_file():
            remedy = f"Build one with: onrecord build REPORTS -o {self.path}"
            raise RunError("there is no such record", file=self.name, remedy=remedy)
        try:
            if create:
                self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunError(f"cannot be written: {error.strerror}", file=self.name) from error

    def engine(self, *, create: bool) -> Engine:
        """Return what opens the file."""
        # Whoever only reads keeps its connections: opening one costs more than most questions.
        pool = {"poolclass": NullPool} if create else {"max_overflow": -1}
        engine = create_engine(f"sqlite:///{self.path}", **pool)

        @event.listens_for(engine, "connect")
        def _set_up(connection: sqlite3.Connection, _: object) -> None:
            connection.isolation_level = None  # so that making tables too is in a transaction
            connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
            if create:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=NORMAL")

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            # A transaction that has read cannot wait for another that writes: it would write over
            # what it has not seen. So whoever will write says so first.
            writing = connection.get_execution_options().get("writing")
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

        return engine

    def alone(self, connection: Connection, what: str) -> None:
        """Do nothing: whoever writes is alone."""

    def steady(self, connection: Connection) -> Connection:
        """Return the connection: so it is within every transaction."""
        return connection

    def insert(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Write rows."""
        connection.execute(insert(table), rows)

    def settle(self, connection: Connection) -> None:
        """Do nothing: the queries are planned by their form."""

    def asked(self, words: str) -> Any:
        """Return every word in quotation marks, as FTS5 wants it."""
        words = "".join(char if char.isprintable() else " " for char in words)
        return " ".join('"' + word.replace('"', "") + '"' for word in words.split() if word != '"')

    def matches(self, table: str, most: int) -> Executable:
        """Return the query for the best of so many matches, by BM25."""
        return text(
            f"SELECT {table}.id FROM (SELECT rowid AS number, bm25({table}_search) AS score "
            f"FROM {table}_search WHERE {table}_search MATCH :words LIMIT {most}) AS found "
            f"JOIN {table} ON {table}.number = found.number "
            f"ORDER BY found.score, {table}.id LIMIT :limit"
        )

    def snippets(self, table: str) -> Executable:
        """Return the query for matches with the words around."""
        column = 1 if table == "statement" else -1  # the words, not the name of their speaker
        return text(
            f"SELECT {table}.id, snippet({table}_search, {column}, char(2), char(3), '…', 24) "
            f"FROM {table}_search JOIN {table} ON {table}.number = {table}_search.rowid "
            f"WHERE {table}_search MATCH :words AND {table}_search.rowid IN "
            f"(SELECT number FROM {table} WHERE id IN :ids)"
        ).bindparams(bindparam("ids", expanding=True))

    def stamp(self, engine: Engine) -> tuple[Any, ...]:  # noqa: ARG002
        """Return which file it is, and what changes when it or its log of late writes does."""
        try:
            state = self.path.stat()
            found: list[tuple[int, int]] = [(state.st_dev, state.st_ino)]
        except OSError:
            found = []
        for part in (self.path, self.path.with_name(self.path.name + "-wal")):
            try:
                state = part.stat()
            except OSError:
                continue
            # An empty log comes and goes with every reader.
            if state.st_size:
                found.append((state.st_mtime_ns, state.st_size))
        return tuple(found)

    def grant(self, connection: Connection, role: str, *, write: bool) -> None:  # noqa: ARG002
        """Raise `RunError`: a file has no roles."""
        remedy = "Give or take the right to read and write the file itself"
        raise RunError("a record in a file knows no roles", file=self.name, remedy=remedy)

    def explain(self, error: Exception) -> RunError:
        """Return what SQLite says, with what helps."""
        said = str(getattr(error, "orig", error))
        remedy = next((advice for sign, advice in REMEDIES.items() if sign in said), "")
        return RunError(said, file=self.name, remedy=remedy)
