"""A record on a server of PostgreSQL: its schema, its words, its order, its users, its faults."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from conftest import report_of
from ferry import ferry_record
from one_report import REPORT, made_by, statement
from onrecord.errors import RunError
from onrecord.export.jsonl import write
from onrecord.record import Record
from onrecord.store import Address, Store
from onrecord.store.copying import copy
from onrecord.store.postgresql import PostgreSQL
from onrecord.store.schema import HEAD, metadata
from onrecord.types import Reading, Report
from servers import PostgreSQLServer

TEXTS = {
    "guild.txt": "The Ferry Guild denied on Monday that it had held back fuel. “None is left.”",
    "harbour.txt": "The Harbour Board accused the Ferry Guild of holding back fuel on Monday.",
    "council.txt": "The council said that the Ferry Guild would sail again on Friday.",
    "coast.txt": "A Coast Watch officer, who asked not to be named, said that two boats had sunk.",
}


def silent(*_: object) -> None:
    pass


def exported(address: Address, into: Path) -> str:
    with Record(address) as record, into.open("w", encoding="utf-8", newline="\n") as file:
        write(record, file)
    return into.read_text(encoding="utf-8")


def test_the_migrations_make_the_schema(postgresql: PostgreSQLServer) -> None:
    with closing(Store(postgresql.database(), create=True)) as store, store.asking() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        changes = compare_metadata(context, metadata)
    # What a server has beside the tables: what it searches by.
    own = ("search", "report_search", "statement_search", "listed_called")
    assert [one for one in changes if getattr(one[-1], "name", "") not in own] == []


def test_a_record_of_the_first_schema_is_brought_up_to_date(postgresql: PostgreSQLServer) -> None:
    from alembic import command
    from alembic.config import Config

    address = postgresql.database()
    engine = PostgreSQL(address).engine(create=True)
    config = Config()
    config.set_main_option("script_location", "onrecord.store:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0011")
    engine.dispose()
    with pytest.raises(RunError, match=rf"older version.*0011, here {HEAD}.*onrecord add"):
        Store(address)
    with closing(Store(address, create=True)) as store:
        store.add(Reading(REPORT, statements=(statement(),)), made_by)
        assert [key for key, _ in store.search(Report, "sails", 5)] == [REPORT.id]


@pytest.mark.parametrize("create", [False, True])
def test_another_database_is_refused_and_left_alone(
    postgresql: PostgreSQLServer, *, create: bool
) -> None:
    address = postgresql.database()
    postgresql.run("CREATE TABLE mine (a int)", address)
    with pytest.raises(RunError, match="not a record"):
        Store(address, create=create)


def test_no_record_says_how_to_build_one(postgresql: PostgreSQLServer) -> None:
    with pytest.raises(RunError, match=r"no record in this database.*onrecord build"):
        Store(postgresql.database())


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://onrecord@127.0.0.1:{port}/nowhere", "Make the database first"),
        ("postgresql://onrecord:secret@127.0.0.1:1/nowhere", "Check that the server runs"),
        ("postgresql://onrecord@127.0.0.1:x/nowhere", "Write postgresql://"),
        ("postgresql://nobody@127.0.0.1:{port}/postgres", "Check the user"),
    ],
)
def test_what_cannot_be_reached_says_why(
    postgresql: PostgreSQLServer, address: str, told: str
) -> None:
    with pytest.raises(RunError, match=told) as raised:
        Store(address.format(port=postgresql.port))
    assert "secret" not in str(raised.value)


# The same words must be found in a file and on a server.
WORDS = [
    "sails",
    "sailing",
    "cafe",
    "CAFÉ",
    "cafe\u0301",
    "the",
    "e-mail",
    "mail",
    "3.5",
    "5",
    "harbour daily",
    "U.S.",
    "s",
    "«daily»",
    "снег",
    "snow_white",
    "white",
    "nowhere",
    "'; DROP",
    "\\",
    "%",
    ":words",
]


@pytest.mark.parametrize("words", WORDS)
def test_a_server_finds_what_a_file_finds(both: tuple[Store, Store], words: str) -> None:
    file, server = both
    found, same = file.search(Report, words, 50), server.search(Report, words, 50)
    assert {key for key, _ in found} == {key for key, _ in same}
    # The server does not mark what it splits at other places than the words were split at.
    assert all("\2" in snippet for _, snippet in same) or words in ("U.S.", "s")


@pytest.fixture(scope="module")
def both(postgresql: PostgreSQLServer, tmp_path_factory: pytest.TempPathFactory) -> Any:
    file = Store(tmp_path_factory.mktemp("file") / "x.db", create=True)
    server = Store(postgresql.database(), create=True)
    texts = (
        "Nobody sails, the guild told the Harbour Daily. The café was shut.",
        "It e-mailed the U.S. office: 3.5 tonnes, or 5, of snow_white.",
        "Первый снег выпал. They sailed.",
    )
    for store in (file, server):
        for number, words in enumerate(texts):
            store.add(Reading(report_of(words, f"{number}.txt")), made_by)
    yield file, server
    file.close()
    server.close()


def test_a_text_with_more_words_than_a_server_indexes_is_kept_and_found(
    postgresql: PostgreSQLServer,
) -> None:
    words = " ".join(f"w{number:x}x" for number in range(200_000))
    report = report_of("Boats sank. " + words, "long.txt")
    with closing(Store(postgresql.database(), create=True)) as store:
        store.add(Reading(report), made_by)
        assert store.get(Report, report.id) == report
        assert [key for key, _ in store.search(Report, "boats sank", 5)] == [report.id]


def test_order_is_by_code_points_whatever_the_locale_of_the_database(
    postgresql: PostgreSQLServer, tmp_path: Path
) -> None:
    make = "CREATE DATABASE in_english TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en'"
    postgresql.run(make)
    address = postgresql.address("in_english")
    with closing(Store(address, create=True)) as store:
        names = ["b.txt", "B.txt", "a.txt", "á.txt", "Z.txt", "_.txt"]
        for name in names:
            store.add(Reading(report_of(name, name)), made_by)
        column = "SELECT path FROM report ORDER BY path"
        with store.asking() as connection:
            found = list(connection.execute(text(column)).scalars())
    assert found == sorted(names)
    file = ferry_record(tmp_path / "x.db")
    postgresql.run(
        "CREATE DATABASE in_english_too TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en'"
    )
    server = ferry_record(postgresql.address("in_english_too"))
    assert exported(file, tmp_path / "a") == exported(server, tmp_path / "b")


def test_a_record_goes_to_a_server_and_back(postgresql: PostgreSQLServer, tmp_path: Path) -> None:
    file, server = ferry_record(tmp_path / "x.db"), postgresql.database()
    rows = copy(file, server, progress=silent)
    assert rows > 20
    assert copy(server, tmp_path / "back.db", progress=silent) == rows
    wanted = exported(file, tmp_path / "a")
    assert (
        exported(server, tmp_path / "b") == exported(tmp_path / "back.db", tmp_path / "c") == wanted
    )
    with Record(server) as one, Record(tmp_path / "back.db") as other:
        assert list(one.verify()) == list(other.verify()) == []
        assert [h.id for h in one.search("ferry")] == [h.id for h in other.search("ferry")]
    with pytest.raises(RunError, match="a record already"):
        copy(file, server, progress=silent)


def test_a_copy_that_was_stopped_goes_on_where_it_was(
    postgresql: PostgreSQLServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.store.copying.AT_ONCE", 2)
    file, server = ferry_record(tmp_path / "x.db"), postgresql.database()
    steps: list[str] = []

    def stop(what: str, _done: int, _of: int | None) -> None:
        steps.append(what)
        if len(steps) == 2:
            raise KeyboardInterrupt

    for _ in range(60):  # stopped after every second part, the last note among them
        steps.clear()
        try:
            copy(file, server, progress=stop)
        except KeyboardInterrupt:
            with pytest.raises(RunError, match=r"copied in part.*onrecord copy"):
                Store(server)
        else:
            break
    assert exported(file, tmp_path / "a") == exported(server, tmp_path / "b")


def test_a_copy_does_not_go_on_with_a_record_that_is_another_now(
    postgresql: PostgreSQLServer, tmp_path: Path
) -> None:
    file, server = ferry_record(tmp_path / "x.db"), postgresql.database()

    def stop(what: str, _done: int, _of: int | None) -> None:
        if "mention" in what:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(file, server, progress=stop)
    with closing(Store(file, create=True)) as store:
        store.add(Reading(report_of("More.", "more.txt")), made_by)
    with pytest.raises(RunError, match="what the record was before"):
        copy(file, server, progress=silent)


def test_who_may_not_give_rights_is_told(postgresql: PostgreSQLServer) -> None:
    address = ferry_record(postgresql.database())
    for role in ("giver", "taker"):
        postgresql.run(f"CREATE ROLE {role} LOGIN")
    with closing(Store(address)) as store:
        store.grant("giver", write=False)
    giver = Store(postgresql.address(address.rsplit("/", 1)[1], "giver"))
    with closing(giver) as store, pytest.raises(RunError, match=r"no right|permission denied"):
        store.grant("taker", write=False)


def test_roles_may_what_they_were_given(postgresql: PostgreSQLServer) -> None:
    address = ferry_record(postgresql.database())
    name = address.rsplit("/", 1)[1]
    for role in ("reader", "writer", "stranger"):
        postgresql.run(f"CREATE ROLE {role} LOGIN")
    with closing(Store(address)) as store:
        store.grant("reader", write=False)
        store.grant("writer", write=True)
        with pytest.raises(RunError, match="Make the role first"):
            store.grant("nobody", write=False)
    with Record(postgresql.address(name, "reader")) as record:
        assert record.search("ferry")
    report = report_of("Another.", "another.txt")
    reader = Store(postgresql.address(name, "reader"), create=True)
    with (
        closing(reader) as store,
        pytest.raises(RunError, match=r"permission denied.*onrecord grant"),
    ):
        store.add(Reading(report), made_by)
    with closing(Store(postgresql.address(name, "writer"), create=True)) as store:
        store.add(Reading(report), made_by)
        assert store.get(Report, report.id) == report
    with pytest.raises(RunError, match=r"permission denied.*onrecord grant"):
        Store(postgresql.address(name, "stranger"))


def test_a_file_knows_no_roles(tmp_path: Path) -> None:
    file = Store(ferry_record(tmp_path / "x.db"))
    with closing(file) as store, pytest.raises(RunError, match="knows no roles"):
        store.grant("reader", write=False)


def _started(command: str, *given: object) -> subprocess.Popen[bytes]:
    program = [sys.executable, "-c", "from onrecord.cli import app; app()", command]
    return subprocess.Popen([*program, *map(str, given)], env={**os.environ, "ONRECORD_JOBS": "1"})


def test_builders_at_once_make_what_one_makes(postgresql: PostgreSQLServer, tmp_path: Path) -> None:
    for folder, names in (("one", list(TEXTS)[:3]), ("two", list(TEXTS)[1:])):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / name).write_text(TEXTS[name])
    address, alone = postgresql.database(), tmp_path / "alone.db"
    builders = [_started("build", tmp_path / name, "-o", address) for name in ("one", "two")]
    assert [builder.wait(120) for builder in builders] == [0, 0]
    assert _started("build", tmp_path / "one", tmp_path / "two", "-o", alone).wait(120) == 0
    assert exported(address, tmp_path / "a") == exported(alone, tmp_path / "b")
    with Record(address) as record:
        assert len(record.reports()) == len(TEXTS)


def test_a_server_that_goes_away_stops_the_run_and_loses_nothing(
    postgresql: PostgreSQLServer,
) -> None:
    address = postgresql.database()
    with closing(Store(address, create=True)) as store:
        store.add(Reading(REPORT), made_by)
        postgresql.stop()
        try:
            with pytest.raises(RunError, match=r"Check that the server runs|Start the server"):
                store.add(Reading(report_of("More.", "more.txt")), made_by)
        finally:
            postgresql.start()
        store.add(Reading(report_of("More.", "more.txt")), made_by)
        assert store.count(Report) == 2
