"""Reports at addresses and in tables: the same as in files and in JSON lines."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from onrecord.errors import RunError
from onrecord.settings import Settings
from onrecord.stages.read import read
from onrecord.types import Report

ROWS = [
    {"text": "The guild said no.", "url": "https://example.org/1", "date": "2022-03-05"},
    {"text": "The board said yes.", "id": "b", "title": "Boats"},
    {"text": "", "id": "c"},
]


def found(*paths: object, passed_over: list[str] | None = None) -> list[Report]:
    given = [path if isinstance(path, Path) else str(path) for path in paths]
    return list(read(given, Settings(), passed_over=passed_over))


def test_a_folder_at_an_address_is_as_one_here(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "2.txt").write_text("The guild said no.")
    (tmp_path / "a" / "1.html").write_text("<html><body><p>The board said yes.</p></body></html>")
    (tmp_path / "a" / "3.csv").write_text("1,2")
    left: list[str] = []
    there = found(f"file://{tmp_path}/a", passed_over=left)
    assert there == found(tmp_path / "a")
    assert [report.path for report in there] == ["1.html", "b/2.txt"]
    assert left == ["3.csv"]
    assert found(f"file://{tmp_path}/a/b/2.txt") == found(tmp_path / "a" / "b" / "2.txt")


def test_what_is_not_there_or_no_address_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no such file or folder"):
        found(f"file://{tmp_path}/none")
    with pytest.raises(RunError, match="what fsspec needs"):
        found("gopher://example.org/reports")


def test_a_table_is_read_as_json_lines_would_be(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    names = ("text", "url", "date", "id", "title")
    rows = [{n: row.get(n) for n in names} | {"crawled": date(2022, 3, 9)} for row in ROWS]
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "a.parquet")
    lines = [json.dumps(row | {"crawled": "2022-03-09"}, sort_keys=True) for row in ROWS]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    one, other = found(tmp_path / "a.parquet"), found(tmp_path / "a.jsonl")
    assert [report.problem for report in one] == [report.problem for report in other]
    for mine, theirs in zip(one, other, strict=True):
        assert (mine.text, mine.url, mine.title, mine.hints) == (
            theirs.text,
            theirs.url,
            theirs.title,
            theirs.hints,
        )
    assert one[0].id == other[0].id


@pytest.mark.parametrize(
    "change", [lambda data: b"", lambda data: data[:200], lambda data: b"PAR1 nothing PAR1"]
)
def test_a_broken_table_is_a_failed_report(
    tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pyarrow.Table.from_pylist(ROWS), tmp_path / "a.parquet")
    data = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "a.parquet").write_bytes(change(data))
    (report,) = found(tmp_path / "a.parquet")
    assert report.problem
    assert report.problem.startswith("broken Parquet")


def test_characters_that_are_none_are_shown_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Boats " * 1_000 + b"\x00 sank.")
    (tmp_path / "b.jsonl").write_text('{"text": "Boats\\u0000sank.", "title": "A\\u0000B"}')
    plain, line = found(tmp_path / "a.txt", tmp_path / "b.jsonl")
    assert plain.text.endswith("\ufffd sank.")
    assert (line.text, line.title) == ("Boats\ufffdsank.", "A\ufffdB")


def test_a_name_that_is_no_text_is_shown(tmp_path: Path) -> None:
    name = bytes(tmp_path) + b"/\xff.txt"
    with open(name, "w") as file:  # noqa: PTH123 - a path of bytes
        file.write("Boats sank.")
    (report,) = found(tmp_path)
    assert report.path == "\ufffd.txt"
    assert report.path.encode()
