"""A record in a database of a PostgreSQL server, 15 or later."""

import functools
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    URL,
    Connection,
    Engine,
    Executable,
    Table,
    Text,
    bindparam,
    create_engine,
    event,
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError

from onrecord.characters import storable
from onrecord.errors import RunError
from onrecord.store.database import Database, Row

EXTRA = "Install it with: pip install 'onrecord[postgresql]'"
FEW = 4  # rows from which on COPY is faster than INSERT
CONNECTIONS = 5  # that are kept; more are opened when more ask at once
# What the server calls what went wrong, and what helps; the longer beginnings first.
REMEDIES = {
    "3D000": "Make the database first: createdb",
    "28": "Check the user and the password in the address, or PGPASSWORD",
    "42704": "Make the role first: createuser",
    "42501": "Ask its owner: `onrecord grant` gives it, for a new record CREATE on the schema does",
    "53100": "Free some space there and run the same command again: it goes on where it was",
    "53300": "Let it take more connections, or ask with fewer processes",
    "57": "Start the server again and run the same command again: it goes on where it was",
    "08": "Check that the server runs and can be reached",
    "": "Check that the server runs and can be reached",
}
CHANGED = """
SELECT (SELECT coalesce(max(number), 0) FROM report), (SELECT count(*) FROM decision),
    (SELECT count(*) FROM candidate), (SELECT value FROM meta WHERE name = 'corpus')
"""
ASKED = bindparam("words", type_=ARRAY(Text))
SNIPPET = "StartSel=\2,StopSel=\3,MaxFragments=1,MaxWords=24,MinWords=12"


class PostgreSQL(Database):
    """A database on a server. Many may write to it at once."""

    def __init__(self, address: str) -> None:
        self._url = _url(address)
        self.name = self._url.set(drivername="postgresql").render_as_string(hide_password=True)
        psycopg = _driver(self.name)
        self.errors = (DatabaseError, psycopg.Error)

    def prepare(self, *, create: bool) -> None:
        """Do nothing: what is there is seen when it is opened."""

    def engine(self, *, create: bool) -> Engine:  # noqa: ARG002
        """Return what connects to the server."""
        # Statements that are prepared once and for all would be planned without their values.
        given: dict[str, Any] = {"prepare_threshold": None, "application_name": "onrecord"}
        engine = create_engine(
            self._url,
            pool_size=CONNECTIONS,
            max_overflow=-1,
            pool_pre_ping=True,
            connect_args=given,
        )
        event.listen(engine, "connect", _take_any_words)
        return engine

    def alone(self, connection: Connection, what: str) -> None:
        """Take a lock of that name, which the end of the transaction gives up."""
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")
        connection.execute(lock, {"what": f"onrecord: {what}"})

    def steady(self, connection: Connection) -> Connection:
        """Return the connection, whose transaction is of one moment."""
        return connection.execution_options(isolation_level="REPEATABLE READ")

    def insert(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Write rows by COPY, a few by INSERT."""
        if len(rows) < FEW:
            connection.execute(table.insert(), rows)
            return
        names = list(rows[0])
        quoted = connection.dialect.identifier_preparer
        columns = ", ".join(quoted.quote(name) for name in names)
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor:
            into = f"COPY {quoted.format_table(table)} ({columns}) FROM STDIN"
            with cursor.copy(into) as copy:
                for row in rows:
                    copy.write_row([row[name] for name in names])

    def settle(self, connection: Connection) -> None:
        """Count anew what tables hold, which queries are planned by."""
        connection.execute(text("ANALYZE"))

    def asked(self, words: str) -> Any:
        """Return the words; all that are but marks are left out."""
        return [word for word in words.split() if any(char.isalnum() for char in word)]

    def matches(self, table: str, most: int) -> Executable:
        """Return the query for the best of so many matches."""
        return text(
            f"SELECT id FROM (SELECT id, ts_rank(search, asked, 1) AS score FROM {table}, "
            f"onrecord_asked(:words) AS asked WHERE search @@ asked LIMIT {most}) AS found "
            "ORDER BY score DESC, id LIMIT :limit"
        ).bindparams(ASKED)

    def snippets(self, table: str) -> Executable:
        """Return the query for matches with the words around."""
        column = "words" if table == "statement" else "text"
        return text(
            f"SELECT id, ts_headline('onrecord', {column}, asked, :snippet) "
            f"FROM {table}, onrecord_asked(:words) AS asked WHERE search @@ asked AND id IN :ids"
        ).bindparams(ASKED, bindparam("ids", expanding=True), snippet=SNIPPET)

    def stamp(self, engine: Engine) -> tuple[Any, ...]:
        """Return its name, and the newest report, the reviews and the last joining."""
        with engine.connect() as connection:
            return (self.name, *connection.execute(text(CHANGED)).one())

    def grant(self, connection: Connection, role: str, *, write: bool) -> None:
        """Give a role rights to all tables that there are, and that the same user will make."""
        quote = connection.dialect.identifier_preparer.quote
        schema = quote(str(connection.execute(text("SELECT current_schema()")).scalar_one()))
        rights = "SELECT, INSERT, UPDATE, DELETE" if write else "SELECT"
        given = [("TABLES", rights), *([("SEQUENCES", "USAGE")] if write else [])]
        commands = [f"GRANT USAGE ON SCHEMA {schema} TO {quote(role)}"]
        for kind, what in given:
            commands.append(f"GRANT {what} ON ALL {kind} IN SCHEMA {schema} TO {quote(role)}")
            later = f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema}"
            commands.append(f"{later} GRANT {what} ON {kind} TO {quote(role)}")
        for command in commands:
            connection.exec_driver_sql(command)
        # Whoever has no right to give rights is only warned.
        right = "INSERT" if write else "SELECT"
        asked = text("SELECT has_table_privilege(:role, 'report', :right)")
        if not connection.execute(asked, {"role": role, "right": right}).scalar_one():
            remedy = "Ask whoever made the record to do so"
            raise RunError("you have no right to give rights", file=self.name, remedy=remedy)

    def explain(self, error: Exception) -> RunError:
        """Return what the server says, with what helps."""
        cause = getattr(error, "orig", None) or error
        code = getattr(cause, "sqlstate", None) or ""
        said = str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
        if code:
            remedy = next((REMEDIES[code[:n]] for n in (5, 2) if code[:n] in REMEDIES), "")
        else:
            remedy = _without_code(said)
        return RunError(said, file=self.name, remedy=remedy)


def _take_any_words(connection: Any, _: object) -> None:
    """Let questions have characters that are none, which no server takes."""
    from psycopg.types.string import StrDumper

    class AnyWords(StrDumper):
        def dump(self, obj: str) -> Any:
            return super().dump(storable(obj))

    connection.adapters.register_dumper(str, AnyWords)


def _without_code(said: str) -> str:
    """Return what helps where no connection came about, for which there is no code."""
    signs = {"role": "28", "does not exist": "3D000", "authentication": "28", "password": "28"}
    return REMEDIES[next((code for sign, code in signs.items() if sign in said), "")]


def _url(address: str) -> URL:
    try:
        return make_url(address).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:
        remedy = "Write postgresql://USER@HOST:PORT/DATABASE"
        raise RunError("the address of the database cannot be read", remedy=remedy) from error


@functools.cache
def _driver(name: str) -> Any:
    try:
        import psycopg
    except ImportError as error:
        raise RunError("PostgreSQL's driver is not installed", file=name, remedy=EXTRA) from error
    return psycopg
