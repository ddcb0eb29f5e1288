"""The floors: read strictly, and held on the quick tasks where the data is there."""

import hashlib
import tomllib
from pathlib import Path

import pytest

import onrecord.evaluate
from onrecord.evaluate import FLOORS, TASKS, check_floors, evaluate
from onrecord.settings import Settings

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "expected.yaml"
# Those that take seconds; the others are run by hand with `onrecord evaluate --floors`.
QUICK = (
    ("seeds", "gold/seeds.yaml"),
    ("events", "data/plover_gsr/dev.jsonl"),
    ("times", "data/tempeval3/dev.jsonl"),
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data file with floors of its own."""
    file = tmp_path / "small" / "dev.jsonl"
    file.parent.mkdir()
    file.write_text("{}\n", encoding="utf-8")
    floors = tmp_path / "floors.toml"
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    floors.write_text(
        f'[times."small/dev.jsonl"]\nsha256 = "{digest}"\nvalue_f1 = 70.0\nwrong = {{most = 2}}\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(onrecord.evaluate, "FLOORS", floors)
    return file


def test_figures_at_their_floors_are_well(data: Path) -> None:
    assert check_floors("times", data, {"value_f1": 70.0, "wrong": 2.0}) == []


def test_a_figure_below_its_floor_is_said(data: Path) -> None:
    faults = check_floors("times", data, {"value_f1": 69.9, "wrong": 3.0})
    assert faults == ["value_f1: 69.9 is below its floor of 70.0", "wrong: 3.0 is more than 2"]


def test_a_figure_that_is_gone_is_said(data: Path) -> None:
    assert "no figure" in check_floors("times", data, {"wrong": 0.0})[0]
    assert "no figure" in check_floors("times", data, {"value_f1": None, "wrong": 0.0})[0]


def test_other_data_is_said(data: Path) -> None:
    data.write_text("{}\n{}\n", encoding="utf-8")
    assert "is not the file" in check_floors("times", data, {"value_f1": 99.0, "wrong": 0})[0]
    assert "no floors are set" in check_floors("events", data, {})[0]


def test_the_floors_are_of_known_tasks_and_pinned_files() -> None:
    for task, files in tomllib.loads(FLOORS.read_text(encoding="utf-8")).items():
        assert task in TASKS
        for name, floors in files.items():
            assert name.count("/") == 1
            assert len(floors["sha256"]) == 64
            assert len(floors) > 1


@pytest.mark.shared
@pytest.mark.parametrize(("task", "name"), QUICK)
def test_no_figure_is_below_its_floor(shared: Path, task: str, name: str) -> None:
    measured = evaluate(task, shared / name, Settings())
    assert check_floors(task, shared / name, measured.figures) == []


@pytest.mark.shared
def test_the_examples_are_read_as_well_as_before() -> None:
    measured = evaluate("seeds", EXAMPLES, Settings())
    assert check_floors("seeds", EXAMPLES, measured.figures) == []
