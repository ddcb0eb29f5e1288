"""A record in a SQLite file: its schema, its versions, its refusals."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from conftest import report_of
from ferry import ferry_record
from first_schema import as_first_schema
from one_report import REPORT, made_by, statement
from onrecord.errors import RunError
from onrecord.record import Record
from onrecord.store import Store
from onrecord.store.schema import HEAD, metadata
from onrecord.types import (
    Reading,
    Report,
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "x.db", create=True)
    made.add(Reading(REPORT, statements=(statement(),)), made_by)
    return made


def test_the_migrations_make_the_schema(store: Store) -> None:
    engine = create_engine(f"sqlite:///{store.path}", poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        changes = compare_metadata(context, metadata)
    search = ("report_search", "statement_search")
    assert [c for c in changes if not getattr(c[-1], "name", "").startswith(search)] == []


def test_a_file_that_is_no_record_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("no database at all, but long enough to be one" * 50)
    with pytest.raises(RunError, match="not a database"):
        Store(tmp_path / "x.db")


def test_another_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "x.db") as connection:
        connection.execute("CREATE TABLE mine (a)")
    connection.close()
    with pytest.raises(RunError, match="not a record"):
        Store(tmp_path / "x.db", create=True)


def test_a_record_of_a_newer_version_is_refused_with_the_remedy(store: Store) -> None:
    store.close()
    with sqlite3.connect(store.path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    for create in (False, True):
        with pytest.raises(RunError, match=rf"newer version.*9999, here {HEAD}.*Upgrade"):
            Store(store.path, create=create)


def test_no_record_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="onrecord build"):
        Store(tmp_path / "x.db")


def test_a_full_disk_names_the_file_and_the_remedy(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(store.path) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.close()
    connect = sqlite3.connect

    def small(*given: object, **named: object) -> sqlite3.Connection:
        made = connect(*given, **named)  # type: ignore[call-overload]
        made.execute(f"PRAGMA max_page_count={pages + 2}")
        return made  # type: ignore[no-any-return]

    monkeypatch.setattr(sqlite3.dbapi2, "connect", small)
    big = report_of("A long report about nothing. " * 20_000, "big.txt")
    with pytest.raises(RunError, match=r"x\.db: .*full.*goes on where it was"):
        store.add(Reading(big), made_by)
    monkeypatch.undo()
    assert [report.id for report in store.rows(Report)] == [REPORT.id]


def test_a_record_of_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    same = ferry_record(tmp_path / "new.db")
    path = as_first_schema(ferry_record(tmp_path / "old.db"))
    with pytest.raises(RunError, match=rf"older version.*0001, here {HEAD}.*onrecord add"):
        Store(path)
    Store(path, create=True).close()
    with closing(sqlite3.connect(path)) as renewed, closing(sqlite3.connect(same)) as made:
        for table, columns in (("report", "id, file, stem"), ("statement", "id, place, spoken_by")):
            query = f"SELECT {columns} FROM {table} ORDER BY id"
            assert renewed.execute(query).fetchall() == made.execute(query).fetchall()
        assert not renewed.execute("SELECT * FROM meta WHERE name = 'corpus'").fetchall()
    with Record(path) as record:
        assert record.candidates() == []
        assert all(actor.doubts == () for actor in record.actors())
        assert list(record.verify()) == []
