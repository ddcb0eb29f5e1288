"""What is another thing on each kind of database: how it is opened, locked, loaded and searched."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Executable, Table

from onrecord.errors import RunError

Row = Mapping[str, Any]
Address = str | Path  # of a record: a file, or postgresql://USER@HOST/DATABASE
SERVERS = ("postgresql://", "postgres://")  # how the address of a record on a server begins
# Whoever takes this lock joins reports, or brings the tables up to date.
WHOLE = "the whole record"


class Database(ABC):
    """One database that holds a record; `name` is what messages call it, without a password."""

    name: str
    errors: tuple[type[Exception], ...]

    @abstractmethod
    def prepare(self, *, create: bool) -> None:
        """Make sure that it can be opened; raises `RunError` where there is none."""

    @abstractmethod
    def engine(self, *, create: bool) -> Engine:
        """Return what connects to it, for writing where `create` is given."""

    @abstractmethod
    def alone(self, connection: Connection, what: str) -> None:
        """Wait until no other transaction has asked to be alone with that, until this one ends."""

    @abstractmethod
    def steady(self, connection: Connection) -> Connection:
        """Let a connection see the record as it is at its first question, whoever writes."""

    @abstractmethod
    def insert(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Write rows, all of the same columns."""

    @abstractmethod
    def settle(self, connection: Connection) -> None:
        """Let it look at what it holds, after much of that has become another."""

    @abstractmethod
    def asked(self, words: str) -> Any:
        """Return words as a condition of full-text search that all of them must be there.

        It is empty where there is no word to be found.
        """

    @abstractmethod
    def matches(self, table: str, most: int) -> Executable:
        """Return the query for the best `:limit` of `most` matches of `:words`."""

    @abstractmethod
    def snippets(self, table: str) -> Executable:
        """Return the query for the `:ids` that match `:words`, and the words around.

        In these the matching words stand between the control characters 2 and 3.
        """

    @abstractmethod
    def stamp(self, engine: Engine) -> tuple[Any, ...]:
        """Return which database it is, then what is another when its rows are others."""

    @abstractmethod
    def grant(self, connection: Connection, role: str, *, write: bool) -> None:
        """Let a role of the server read the record, or also write to it."""

    @abstractmethod
    def explain(self, error: Exception) -> RunError:
        """Return what the database says, as what the user can act on."""


def is_server(address: Address) -> bool:
    """Tell whether the address of a record is that of a database on a server."""
    return isinstance(address, str) and address.startswith(SERVERS)


def database_at(address: Address) -> Database:
    """Return the database at an address: a file, or postgresql://USER@HOST/NAME.

    Raises `RunError` where what is needed for a server is not installed.
    """
    if is_server(address):
        from onrecord.store.postgresql import PostgreSQL

        return PostgreSQL(str(address))
    from onrecord.store.sqlite import SQLite

    return SQLite(Path(address))
