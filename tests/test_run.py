"""The same reports give the same record: in any order, in one run or several, after a kill."""

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import onrecord
from onrecord import run
from onrecord.errors import RunError
from onrecord.export.jsonl import write
from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.stages import Stage

REPORTS = {
    "guild.txt": """Ferry guild accuses harbour master of theft

OSMAR, 5 March 2022 (Coast Wire) - The Ferry Guild of Osmar accused harbour master Ilke Dorn on
Friday of pocketing dues. “She has taken what was ours,” said its speaker, Tam Orrel.

Dorn denied it. “I have never touched a coin of the dues,” she told the Harbour Daily.""",
    "council.txt": """Council backs harbour master

The council of Osmar said on Monday that it had seen the books and that nothing was missing from
them. At least 40 captains had signed a letter against Dorn, according to the guild.""",
    "radio.txt": """Harbour master speaks

ORREL: She has taken what was ours, and the council knows it.

DORN: That is a lie, and Mr Orrel knows it as well as I do.""",
    "other.txt": """Bread prices rise in Vellin

Bakers in Vellin raised the price of a loaf by 12 percent on Tuesday. The mayor, Sel Andry, said
that she regretted it but would not step in.""",
}


def lay(folder: Path, names: list[str]) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(REPORTS[name], encoding="utf-8")
    return [folder / name for name in names]


def exported(path: Path) -> str:
    stream = io.StringIO()
    with Record(path) as record:
        assert list(record.verify()) == []
        write(record, stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("whole")
    built = onrecord.build(lay(folder, list(REPORTS)), folder / "x.db")
    assert (built.read, built.failed) == (len(REPORTS), ())
    return exported(folder / "x.db")


def test_the_record_holds_something(whole: str) -> None:
    for kind in ("report", "statement", "actor", "mention", "story"):
        assert f'{{"type":"{kind}"' in whole


def test_in_any_order(whole: str, tmp_path: Path) -> None:
    paths = lay(tmp_path, list(REPORTS))
    onrecord.build(paths[::-1], tmp_path / "x.db")
    assert exported(tmp_path / "x.db") == whole


def test_in_several_runs(whole: str, tmp_path: Path) -> None:
    paths = lay(tmp_path, list(REPORTS))
    onrecord.build(paths[2:], tmp_path / "x.db")
    onrecord.build(paths[:1], tmp_path / "x.db")
    built = onrecord.build(paths, tmp_path / "x.db")
    assert (built.read, built.already) == (1, 3)
    assert exported(tmp_path / "x.db") == whole


def test_nothing_is_done_twice(tmp_path: Path) -> None:
    paths = lay(tmp_path, ["other.txt"])
    assert onrecord.build(paths, tmp_path / "x.db").corpus
    again = onrecord.build(paths, tmp_path / "x.db")
    assert (again.read, again.already, again.corpus) == (0, 1, False)


def test_a_report_at_two_paths_lies_at_the_first_by_name(tmp_path: Path) -> None:
    row = json.dumps({"id": "k", "text": REPORTS["other.txt"]})
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(row, encoding="utf-8")
    ways = (["a.jsonl", "b.jsonl"], ["b.jsonl", "a.jsonl"])
    for number, names in enumerate(ways):
        onrecord.build([tmp_path / name for name in names], tmp_path / f"{number}.db")
    for name in ("b.jsonl", "a.jsonl"):
        onrecord.build([tmp_path / name], tmp_path / "2.db")
    exports = {exported(tmp_path / f"{number}.db") for number in range(3)}
    assert len(exports) == 1
    assert '"path":"a.jsonl#k"' in exports.pop()


def test_a_failed_report_is_tried_again(tmp_path: Path) -> None:
    paths = lay(tmp_path, ["other.txt"])
    short = Settings(max_chars=20)
    assert len(onrecord.build(paths, tmp_path / "x.db", settings=short).failed) == 1
    assert len(onrecord.build(paths, tmp_path / "x.db", settings=short).failed) == 1
    built = onrecord.build(paths, tmp_path / "x.db")
    assert (built.read, built.already, built.failed) == (1, 0, ())


def test_a_corpus_stage_that_fails_says_which_and_keeps_the_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise ValueError("flour")

    broken = Stage("claims", "corpus", 1, (), (), fail)
    monkeypatch.setattr(run, "CORPUS_STAGES", (broken,))
    with pytest.raises(RunError, match="stage claims failed: ValueError: flour"):
        onrecord.build(lay(tmp_path, ["other.txt"]), tmp_path / "x.db")
    monkeypatch.undo()
    built = onrecord.build([tmp_path / "other.txt"], tmp_path / "x.db")
    assert (built.already, built.corpus) == (1, True)


def test_a_report_given_twice_is_there_once(tmp_path: Path) -> None:
    lay(tmp_path / "a", ["other.txt"])
    lay(tmp_path / "b", ["other.txt"])
    built = onrecord.build([tmp_path], tmp_path / "x.db")
    assert (built.read, built.twice) == (1, (("b/other.txt", "a/other.txt"),))


@pytest.mark.parametrize("kept", [1, 2, 3])
def test_a_killed_build_goes_on_where_it_was(kept: int, whole: str, tmp_path: Path) -> None:
    paths = lay(tmp_path, list(REPORTS))
    # Slowed after each report, so that the kill falls amid the build and not after it.
    code = (
        "import sys, time, onrecord\n"
        "onrecord.build(sys.argv[2:], sys.argv[1], progress=lambda *_: time.sleep(0.6))\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "x.db"), *map(str, paths)]
    process = subprocess.Popen(command, env=os.environ | {"OMP_NUM_THREADS": "1"})
    deadline = time.monotonic() + 60
    while _reports(tmp_path / "x.db") < kept and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert kept <= _reports(tmp_path / "x.db") < len(REPORTS)
    built = onrecord.build(paths, tmp_path / "x.db")
    assert built.already >= kept
    assert exported(tmp_path / "x.db") == whole


def _reports(path: Path) -> int:
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    except sqlite3.OperationalError:
        return 0
    try:
        return int(connection.execute("SELECT count(*) FROM report").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def test_a_stage_that_fails_on_a_report_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(reading: onrecord.types.Reading, _: object) -> onrecord.types.Reading:
        if "Bread" in reading.report.text:
            raise ValueError("flour")
        return reading

    broken = Stage("events", "report", 1, (), (), fail)
    monkeypatch.setattr(run, "READING_STAGES", (*run.READING_STAGES[:-1], broken))
    built = onrecord.build(lay(tmp_path, list(REPORTS)), tmp_path / "x.db")
    assert built.read == len(REPORTS) - 1
    assert built.failed == (("other.txt", "stage events failed: ValueError: flour"),)
    with Record(tmp_path / "x.db") as record:
        (kept,) = record.reports(problem=True)
        assert kept.text == REPORTS["other.txt"]


def test_a_newer_version_of_a_stage_reads_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = lay(tmp_path, ["other.txt"])
    onrecord.build(paths, tmp_path / "x.db")
    newer = tuple(
        Stage(s.name, s.scope, s.version + (s.name == "date"), s.needs, s.makes, s.run)
        for s in run.STAGES
    )
    monkeypatch.setattr(run, "STAGES", newer)
    assert onrecord.build(paths, tmp_path / "x.db").read == 1
    assert onrecord.build(paths, tmp_path / "x.db").read == 0
