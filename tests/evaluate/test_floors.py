"""The floors: read strictly, looked for where the data is, and failed where a figure fell."""

import hashlib
import json
import tomllib
from pathlib import Path

import pytest

import onrecord.evaluate
from onrecord.evaluate import FLOORS, TASKS, check_floors
from onrecord.evaluate.floors import files, main


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
    for task, named in tomllib.loads(FLOORS.read_text(encoding="utf-8")).items():
        assert task in TASKS
        for name, floors in named.items():
            assert name.count("/") == 1
            assert len(floors["sha256"]) == 64
            assert len(floors) > 1


def test_the_data_of_every_floor_is_looked_for_beside_the_project(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "examples").mkdir(parents=True)
    (root / "examples" / "expected.yaml").write_text("reports: []", encoding="utf-8")
    (tmp_path / "shared" / "data" / "tempeval3").mkdir(parents=True)
    (tmp_path / "shared" / "data" / "tempeval3" / "dev.jsonl").write_text("{}", encoding="utf-8")
    found = {name: file for _, name, file in files(root)}
    assert found["examples/expected.yaml"] == root / "examples" / "expected.yaml"
    assert found["tempeval3/dev.jsonl"] is not None
    assert found["polnear/dev.jsonl"] is None


def test_a_figure_below_its_floor_fails_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tempeval3").mkdir()
    row = {"id": "1", "text": "It rained.", "meta": {"dct": "2022-03-05"}, "timex": []}
    (tmp_path / "tempeval3" / "dev.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert main(tmp_path, slow=False) > 0
    said = capsys.readouterr().out
    assert "is not the file that the floors were set on" in said
    assert "passed over" in said
