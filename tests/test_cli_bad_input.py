"""Bad input from the command line: a clear message with file and remedy, and the others go on."""

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from typer.testing import CliRunner, Result

from onrecord.cli import app

GOOD = "The mayor of Vellin, Sel Andry, said that the bridge was safe. “It will hold,” she said."


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Return a folder with one good report, for bad ones to be laid beside it."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    return folder


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(part) for part in arguments])


BAD: dict[str, tuple[str, bytes, str, str]] = {
    "empty": ("bad.txt", b"", "empty", "Fetch the report again"),
    "blank": ("bad.txt", b" \n\t\n", "empty", "Fetch the report again"),
    "binary": ("bad.txt", bytes(range(256)) * 20, "binary data", "as text or HTML"),
    "encoding": ("bad.txt", "„Äußerst“ sagte er. ".encode("cp1252") * 9, "utf-8", "UTF-8"),
    "one long line": ("bad.txt", b"word " * 4_200_000, "21,000,000 characters", "MAX_CHARS"),
    "no article": (
        "bad.html",
        b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
        "a page with",
        "Check that the file holds the report itself",
    ),
    "broken JSON": ("bad.jsonl", b'{"text": "Sel Andry sa', "broken JSON", "Mend or remove"),
    "no text": ("bad.jsonl", b'{"title": "Bridge"}', "no `text`", "Each line must be"),
    "not an object": ("bad.jsonl", b"[1, 2]", "no `text`", "Each line must be"),
    "half a character": (
        "bad.jsonl",
        b'{"text": "The mayor said \\ud83d that it was safe."}',
        "half a character in `text`",
        "whole characters",
    ),
    "no date": (
        "bad.jsonl",
        b'{"text": "The mayor spoke.", "date": "last week"}',
        "not a date",
        "YYYY-MM-DD",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_report_is_kept_with_its_problem_and_the_others_go_on(
    reports: Path, tmp_path: Path, case: str
) -> None:
    name, data, what, remedy = BAD[case]
    (reports / name).write_bytes(data)
    record = tmp_path / "x.db"
    result = run("build", reports, "-o", record, "--json")
    assert result.exit_code == 3, result.output
    built = json.loads(result.stdout)
    assert built["read"] == 1
    (failed,) = built["failed"]
    assert failed["path"].startswith(name)
    assert what in failed["problem"]
    assert remedy in failed["problem"]
    kept = {
        row["path"]: row["problem"] for row in json.loads(run("reports", record, "--json").stdout)
    }
    assert kept == {"good.txt": None, failed["path"]: failed["problem"]}
    assert run("verify", record).exit_code == 0


def test_the_table_of_failures_names_file_what_and_remedy(reports: Path, tmp_path: Path) -> None:
    (reports / "bad.txt").write_bytes(b"")
    (reports / "notes.csv").write_text("a,b", encoding="utf-8")
    result = run("build", reports, "-o", tmp_path / "x.db")
    row = next(line for line in result.stdout.splitlines() if line.strip().startswith("bad.txt"))
    assert row.split("  ")[1:] != []
    assert "empty" in row
    assert "Fetch the report again" in row
    assert "passed over" in result.stderr
    assert "notes.csv" in result.stderr
    assert "Traceback" not in result.output


def test_a_broken_line_does_not_cost_the_other_lines(reports: Path, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "1", "text": GOOD}),
        '{"text": ',
        json.dumps({"text": GOOD + " So."}),
    ]
    (reports / "good.txt").unlink()
    (reports / "some.jsonl").write_text("\n".join(lines), encoding="utf-8")
    built = json.loads(run("build", reports, "-o", tmp_path / "x.db", "--json").stdout)
    assert built["read"] == 2
    assert [failed["path"] for failed in built["failed"]] == ["some.jsonl:2"]


def test_the_same_report_twice_is_kept_once(reports: Path, tmp_path: Path) -> None:
    (reports / "more").mkdir()
    (reports / "more" / "good.txt").write_text(GOOD, encoding="utf-8")
    record = tmp_path / "x.db"
    result = run("build", reports, "-o", record)
    assert result.exit_code == 0
    row = next(line for line in result.stdout.splitlines() if "more/good.txt" in line)
    assert row.split() == ["more/good.txt", "good.txt"]
    assert len(json.loads(run("reports", record, "--json").stdout)) == 1


def test_a_shut_folder_is_a_failed_report(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (reports / "shut").mkdir()
    listed = Path.iterdir

    def refuse(path: Path) -> Iterator[Path]:
        if path.name == "shut":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    result = run("build", reports, "-o", tmp_path / "x.db", "--json")
    built = json.loads(result.stdout)
    assert (result.exit_code, built["read"]) == (3, 1)
    assert "shut" in built["failed"][0]["path"]
    assert "Permission denied. Give yourself the right" in built["failed"][0]["problem"]


def test_a_folder_that_may_be_listed_and_not_entered(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (reports / "inner").mkdir()
    (reports / "inner" / "x.txt").write_text(GOOD, encoding="utf-8")
    looked = Path.stat

    def refuse(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.parent.name == "inner":
            raise PermissionError(13, "Permission denied", str(path))
        return looked(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", refuse)
    built = json.loads(run("build", reports, "-o", tmp_path / "x.db", "--json").stdout)
    assert built["read"] == 1
    assert built["failed"][0]["path"] == "inner/x.txt"
    assert "cannot be opened: Permission denied" in built["failed"][0]["problem"]


def test_a_path_that_is_not_there_stops_the_run(tmp_path: Path) -> None:
    result = run("build", tmp_path / "nowhere", "-o", tmp_path / "x.db")
    assert result.exit_code == 4
    assert "nowhere: there is no such file or folder" in result.stderr.replace("\n", "")


@pytest.mark.parametrize("command", ["reports", "verify", "add"])
def test_a_record_of_a_newer_schema_is_refused(reports: Path, tmp_path: Path, command: str) -> None:
    record = tmp_path / "x.db"
    assert run("build", reports, "-o", record).exit_code == 0
    with sqlite3.connect(record) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    result = run(command, record, *([reports] if command == "add" else []))
    assert result.exit_code == 4
    assert "newer version of OnRecord" in result.stderr
    assert result.stderr.endswith("Upgrade OnRecord\n")


def test_a_file_that_is_no_record_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("this is no database, and long enough to be looked at " * 9, encoding="utf-8")
    result = run("statements", file)
    assert result.exit_code == 4
    assert "Give the file that onrecord build wrote" in result.stderr


def test_a_full_disk_stops_the_run_and_the_same_command_goes_on(
    reports: Path, tmp_path: Path
) -> None:
    record = tmp_path / "x.db"
    assert run("build", reports, "-o", record).exit_code == 0
    (reports / "large.txt").write_text(GOOD + " It rained." * 4_000, encoding="utf-8")

    def fill(connection: sqlite3.Connection, _: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(Engine, "connect", fill)
    try:
        result = run("build", reports, "-o", record)
    finally:
        event.remove(Engine, "connect", fill)
    assert result.exit_code == 4, result.output
    assert "x.db: database or disk is full. Free some space" in result.stderr.replace("\n", "")
    assert "Traceback" not in result.output
    assert len(json.loads(run("reports", record, "--json").stdout)) == 1
    assert json.loads(run("build", reports, "-o", record, "--json").stdout)["already"] == 1
    assert run("verify", record).exit_code == 0
