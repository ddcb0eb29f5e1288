"""Reports read on several processes: the same record, and none lost with a process."""

import os
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from conftest import report_of
from onrecord.errors import RunError
from onrecord.export.jsonl import rows
from onrecord.pool import BATCH, read_on
from onrecord.record import Record
from onrecord.run import build
from onrecord.settings import Settings
from onrecord.types import Reading, Report

REPORTS = (
    "Harbour master Ilke Dorn denied the charge on Friday. “I have taken nothing,” Dorn said.",
    "Ferries were late again. “Nobody told us,” said Dorn on Monday.",
    "The Ferry Guild demanded new moorings, its speaker Tam Orrel said.",
)


def plain(reports: Sequence[Report], _: Settings) -> list[Reading]:
    """Read reports of which some end the process, hang, or fail."""
    for report in reports:
        if "kill" in report.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "hang" in report.text:
            time.sleep(60)
        if "unwell" in report.text:
            raise RunError("no weights", file="names.onnx", remedy="Install it")
        if "raise" in report.text:
            raise ValueError("flour")
    return [Reading(report=report) for report in reports]


def some(count: int, **odd: int) -> list[Report]:
    """Return reports, of which those of the given numbers are odd."""
    words = {number: word for word, number in odd.items()}
    return [report_of(f"report {n} {words.get(n, 'plain')}", f"{n:03}.txt") for n in range(count)]


@pytest.mark.parametrize("jobs", [1, 3])
def test_every_report_comes_once(jobs: int) -> None:
    reports = some(50)
    found = [reading.report for reading in read_on(reports, Settings(), jobs, work=plain)]
    assert sorted(found, key=lambda r: r.path) == reports


def test_what_ends_hangs_or_fails_is_kept_with_its_problem_and_no_other_is_lost() -> None:
    reports = some(40, kill=11, hang=3, **{"raise": 25})
    found = {
        reading.report.path: reading.report.problem
        for reading in read_on(reports, Settings(), 2, work=plain, longest=2)
    }
    assert len(found) == 40
    problems = {path: problem for path, problem in found.items() if problem}
    assert set(problems) == {"003.txt", "011.txt", "025.txt"}
    assert "took longer than 2 s" in str(problems["003.txt"])
    assert "killed, or out of memory" in str(problems["011.txt"])
    assert "ValueError: flour" in str(problems["025.txt"])
    assert all("--jobs 1" in str(problem) for problem in problems.values())


def test_what_stops_a_run_stops_it_here_too() -> None:
    with pytest.raises(RunError, match=r"names.onnx: no weights. Install it"):
        list(read_on(some(30, unwell=9), Settings(), 2, work=plain))


def test_no_more_is_taken_than_is_worked_on() -> None:
    taken = 0

    def coming() -> Iterator[Report]:
        nonlocal taken
        for report in some(400):
            taken += 1
            yield report

    reading = read_on(coming(), Settings(), 2, work=plain)
    next(reading)
    assert taken <= 2 * BATCH
    reading.close()  # type: ignore[attr-defined]


def exported(path: Path) -> list[dict[str, object]]:
    with Record(path) as record:
        return list(rows(record))


def test_the_record_is_the_same_on_several_processes(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for number, text in enumerate(REPORTS):
        (reports / f"{number}.txt").write_text(text, encoding="utf-8")
    build([reports], tmp_path / "one.db", settings=Settings())
    built = build([reports], tmp_path / "two.db", settings=Settings(jobs=2))
    assert (built.read, built.failed) == (len(REPORTS), ())
    assert exported(tmp_path / "two.db") == exported(tmp_path / "one.db")
