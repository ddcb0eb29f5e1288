"""The export has the shape that outside readers rely on."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.export import FORMATS
from onrecord.export.jsonl import EXPORTED, plain, write
from onrecord.record import Record

TEXT = """Ferry guild accuses harbour master of theft

OSMAR, 5 March 2022 (Coast Wire) - The Ferry Guild of Osmar accused harbour master Ilke Dorn on
Friday of pocketing dues. “She has taken what was ours,” said its speaker, Tam Orrel.

Dorn denied it. “I have never touched a coin of the dues,” she told the Harbour Daily. At least 40
captains have left Osmar since January.
"""
FIELDS = {
    "report": "id path url source title byline language sha256 published text blocks problem",
    "time": "id report span kind value when",
    "actor": "id name kind names external part_of roles",
    "mention": "id report span actor how",
    "statement": "id report source cue content speaker voiced act mode hedge said chain",
    "event": "id report event mode trigger actor recipient place when standing statement evidence",
    "figure": "id report span value low high unit of when statement",
    "copy": "id from to kind directed passages",
    "origin": "id name kind reports evidence",
    "story": "id title reports when",
    "claim": "id text about asserted denied told origins",
    "dispute": "id kind claim statements figures text",
    "relation": "id subject kind object held reported status claims events",
    "decision": "id at by what on note",
    "candidate": "id source key line name names kind country",
    "happening": "id event mode events reports actor recipient place when standings why",
    "sequel": "id kind first then evidence why",
    "tie": "id report kind subject object span when standing statement evidence why now",
}


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    folder = tmp_path_factory.mktemp("export")
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    onrecord.build([folder], folder / "x.db")
    return onrecord.open(folder / "x.db")


def rows(record: Record) -> list[dict[str, Any]]:
    stream = io.StringIO()
    write(record, stream)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_types_and_ids_are_in_order(record: Record) -> None:
    order = [name for name, _ in EXPORTED]
    assert order == list(FIELDS)
    keys = [(order.index(row["type"]), row["id"]) for row in rows(record)]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))


def test_every_row_has_the_fields_of_its_type(record: Record) -> None:
    seen = set()
    for row in rows(record):
        assert set(FIELDS[row["type"]].split()) <= set(row), row["type"]
        seen.add(row["type"])
    assert {"report", "time", "actor", "mention", "statement", "copy", "origin", "story"} <= seen


def spans(value: Any, own: str | None) -> list[tuple[str, dict[str, Any]]]:
    if isinstance(value, list):
        return [found for part in value for found in spans(part, own)]
    if not isinstance(value, dict):
        return []
    if {"start", "end", "text"} <= set(value):
        return [(value.get("report", own), value)]
    return [found for part in value.values() for found in spans(part, own)]


def test_every_span_is_the_exact_words_of_its_report(record: Record) -> None:
    found = rows(record)
    texts = {row["id"]: row["text"] for row in found if row["type"] == "report"}
    checked = 0
    for row in found:
        own = row["id"] if row["type"] == "report" else row.get("report")
        inside = {key: value for key, value in row.items() if key != "text"}
        for report, span in spans(inside, own):
            assert texts[report][span["start"] : span["end"]] == span["text"]
            checked += 1
    assert checked > 20


def test_a_span_names_its_report_only_where_it_is_another() -> None:
    span = {"report": "report-1", "start": 0, "end": 1, "text": "a"}
    assert plain([span], "report-1") == [{"start": 0, "end": 1, "text": "a"}]
    assert plain([span], "report-2") == [span]


def test_a_copy_says_from_and_to(record: Record) -> None:
    copy = next(row for row in rows(record) if row["type"] == "copy")
    assert {"from", "to"} <= set(copy)
    assert {"from", "to"} == set(copy["passages"][0])


def test_statements_refer_to_actors_of_the_export(record: Record) -> None:
    found = rows(record)
    actors = {row["id"] for row in found if row["type"] == "actor"}
    for row in found:
        if row["type"] == "mention":
            assert row["actor"] in actors
        if row["type"] == "statement":
            assert row["speaker"]["actor"] in {*actors, None}
            assert set(row["speaker"]) >= {"name", "actor", "unnamed", "document", "role"}


def test_tables_hold_the_same_rows(record: Record, tmp_path: Path) -> None:
    FORMATS["csv"](record, tmp_path / "tables")
    with (tmp_path / "tables" / "statement.csv").open(encoding="utf-8", newline="") as stream:
        ids = [row["id"] for row in csv.DictReader(stream)]
    assert ids == [row["id"] for row in rows(record) if row["type"] == "statement"]
