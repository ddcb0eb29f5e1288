"""kill -9 at random moments of all that writes: nothing is lost, nothing is there twice.

Each is killed a few times; with ONRECORD_KILLS=N it is killed N times.
"""

import os
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from first_schema import as_first_schema, with_first_schema
from killing import Victim, victim
from onrecord.errors import RunError
from onrecord.export.jsonl import rows
from onrecord.record import Record
from onrecord.run import build
from onrecord.store import Address, Store
from onrecord.types import Decision, Report
from servers import PostgreSQLServer

# What is said of a record that was killed before there was one, or while it was renewed.
UNMADE = ("no such record", "no record", "unfinished", "older", "in part")
KILLS = int(os.environ.get("ONRECORD_KILLS", "6"))
TEXTS = (
    "The Ferry Guild denied on Monday that it had held back fuel. “None is left,” Ilke Dorn said.",
    "The Harbour Board accused the Ferry Guild of holding back fuel, its chief Tam Orrel said.",
    "Tam Orrel said that the Ferry Guild would sail again on Friday. Nobody believed him.",
    "A Coast Watch officer, who asked not to be named, said that two boats had sunk.",
    "Ilke Dorn demanded new moorings. The board promised that they would be built by May.",
    "The council threatened to sue the Harbour Board, a clerk told the Daily Tide on Tuesday.",
)


@pytest.fixture(scope="module")
def worker() -> Iterator[Victim]:
    with victim() as made:
        yield made


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("reports")
    for number, words in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(words)
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def half(reports: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a record of the first half of the reports."""
    path = tmp_path_factory.mktemp("half") / "x.db"
    build(reports[:3], path)
    return path


@pytest.fixture(scope="module")
def whole(reports: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "x.db"
    build(reports, path)
    return path


def lines(address: Address) -> list[dict[str, Any]]:
    with Record(address) as record:
        return list(rows(record))


def sound(address: Address) -> bool:
    """Assert that all that can be read of a record is proved and there once; tell if it can."""
    try:
        record = Record(address)
    except RunError as error:
        if not any(words in str(error) for words in UNMADE):
            raise
        return False
    with record:
        assert list(record.verify()) == []
        paths = Counter(report.path for report in record.reports())
        assert set(paths.values()) <= {1}
    return True


def killed(worker: Victim, seconds: float, seed: str, do: Callable[[float], None]) -> None:
    """Kill what is done at random moments of the time that it takes, and most often in time."""
    chance, before = random.Random(seed), worker.killed
    for _ in range(KILLS):
        do(chance.uniform(0, seconds))
    assert worker.killed - before >= KILLS / 2


class Places:
    """Where records are made, in files or on a server."""

    def __init__(self, folder: Path, server: PostgreSQLServer | None) -> None:
        self._folder, self._server = folder, server
        self._count = 0

    def fresh(self, of: Path | None = None) -> Address:
        """Return a place with nothing, or with a copy of a record."""
        self._count += 1
        if self._server is None:
            path = self._folder / f"{self._count}.db"
            if of:
                shutil.copy(of, path)
            return path
        address = self._server.database()
        if of:
            from onrecord.store.copying import copy

            copy(of, address, progress=lambda *_: None)
        return address


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Places:
    server = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    return Places(tmp_path, server)


def test_a_build(worker: Victim, reports: list[Path], whole: Path, places: Places) -> None:
    wanted = lines(whole)
    seconds = worker.does("build", reports=reports, record=places.fresh())

    def once(after: float) -> None:
        record = places.fresh()
        worker.does("build", reports=reports, record=record, killed_after=after)
        sound(record)
        worker.does("build", reports=reports, record=record)
        assert lines(record) == wanted

    killed(worker, seconds, "build", once)


def test_an_addition(
    worker: Victim, reports: list[Path], half: Path, whole: Path, places: Places
) -> None:
    wanted = lines(whole)
    seconds = worker.does("build", reports=reports, record=places.fresh(half))

    def once(after: float) -> None:
        record = places.fresh(half)
        worker.does("build", reports=reports, record=record, killed_after=after)
        sound(record)
        with closing(Store(record)) as store:
            assert store.count(Report) >= 3
        worker.does("build", reports=reports, record=record)
        assert lines(record) == wanted

    killed(worker, seconds, "addition", once)


def test_a_decision(worker: Victim, half: Path, places: Places) -> None:
    with Record(half) as record:
        actor = record.actor("Ferry Guild").id
    asked = {"actor": actor, "name": "Guild of Ferries"}
    seconds = worker.does("decide", record=places.fresh(half), **asked)

    def once(after: float) -> None:
        record = places.fresh(half)
        worker.does("decide", record=record, killed_after=after, **asked)
        sound(record)
        with closing(Store(record)) as store:
            made = store.count(Decision)
        assert made in (0, 1)
        worker.does("join", record=record)
        with Record(record) as opened:
            name = "Guild of Ferries" if made else "Ferry Guild"
            assert opened.actor(name).name == name
            assert len(opened.decisions()) == made

    killed(worker, seconds, "decision", once)


def test_a_migration(
    worker: Victim, reports: list[Path], half: Path, places: Places, tmp_path: Path
) -> None:
    old = as_first_schema(Path(shutil.copy(half, tmp_path / "old.db")))
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("UPDATE report SET made_by = 'an older version'")
        connection.commit()

    def fresh() -> Address:
        record = places.fresh()
        if isinstance(record, str):
            return with_first_schema(record)
        return Path(shutil.copy(old, record))

    seconds = worker.does("migrate", record=fresh())

    def once(after: float) -> None:
        record = fresh()
        worker.does("migrate", record=record, killed_after=after)
        sound(record)
        worker.does("migrate", record=record)
        worker.does("build", reports=reports[:3], record=record)
        assert lines(record) == lines(half)

    killed(worker, seconds, "migration", once)


def test_a_copy(worker: Victim, half: Path, places: Places) -> None:
    wanted = lines(half)
    seconds = worker.does("copy", of=half, record=places.fresh())

    def once(after: float) -> None:
        record = places.fresh()
        worker.does("copy", of=half, record=record, killed_after=after)
        # One that is whole is not copied again; before the first row it is an empty record.
        if not sound(record) or not lines(record):
            worker.does("copy", of=half, record=record)
        assert lines(record) == wanted

    killed(worker, seconds, "copy", once)
