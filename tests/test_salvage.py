"""A damaged record: what is whole of it is saved, what is not is named, and nothing is made up."""

import random
import shutil
from pathlib import Path

import pytest
from large_record import make

from onrecord.errors import RunError
from onrecord.record import Record
from onrecord.salvage import salvage
from onrecord.store import Store
from onrecord.types import Decision, Report

REPORTS = 60
PAGE = 4096


def silent(_what: str, _done: int, _of: int | None) -> None:
    """Show nothing."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("salvage") / "x.db"
    make(path, REPORTS, 6)
    store = Store(path)
    store.decide(Decision("decision-1", "2031-01-01", "Ada", "rename", ("actor-0",), "Orrel"))
    store.close()
    return path


def texts(path: Path) -> dict[str, str]:
    with Record(path) as record:
        return {report.id: report.text for report in record.all(Report)}


def test_a_whole_record_is_saved_whole(whole: Path, tmp_path: Path) -> None:
    found = salvage(whole, tmp_path / "new.db", progress=silent)
    assert (found.saved, found.lost, found.decisions) == (REPORTS, (), 1)
    assert texts(tmp_path / "new.db") == texts(whole)
    with Record(tmp_path / "new.db") as new, Record(whole) as old:
        assert list(new.verify()) == []
        assert [s.id for s in new.statements()] == [s.id for s in old.statements()]
    with pytest.raises(RunError, match="a file already"):
        salvage(whole, tmp_path / "new.db", progress=silent)


@pytest.mark.parametrize("seed", range(6))
def test_of_a_damaged_record_what_is_whole_is_saved(whole: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = Path(shutil.copy(whole, tmp_path / "x.db"))
    data = bytearray(path.read_bytes())
    for _ in range(4):
        # Not the first pages, which say what the file holds: without them nothing can be read.
        page = chance.randrange(40, len(data) // PAGE)
        data[page * PAGE : (page + 1) * PAGE] = chance.randbytes(PAGE)
    path.write_bytes(data)
    found = salvage(path, tmp_path / "new.db", progress=silent)
    assert found.saved + len(found.lost) == REPORTS
    known = texts(whole)
    saved = texts(tmp_path / "new.db")
    assert saved.items() <= known.items()
    assert len(saved) == found.saved
    with Record(tmp_path / "new.db") as new:
        assert list(new.verify()) == []


def test_a_file_of_nothing_but_damage_is_told(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(whole.read_bytes()[:PAGE] + random.Random(1).randbytes(50 * PAGE))
    with pytest.raises(RunError, match=str(path)):
        salvage(path, tmp_path / "new.db", progress=silent)


def test_reading_a_damaged_record_says_what_to_do(whole: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(whole, tmp_path / "x.db"))
    data = bytearray(path.read_bytes())
    for page in range(60, len(data) // PAGE, 2):
        data[page * PAGE : (page + 1) * PAGE] = random.Random(page).randbytes(PAGE)
    path.write_bytes(data)

    def read() -> None:
        with Record(path) as record:
            list(record.all(Report))

    with pytest.raises(RunError) as told:
        read()
    assert "onrecord salvage" in told.value.remedy
