"""A time line is scored by what follows from it and what it follows from."""

import json
from pathlib import Path

import pytest

from onrecord.errors import RunError
from onrecord.evaluate import evaluate
from onrecord.evaluate.timeline import Said, score
from onrecord.settings import Settings

LINES = [["2020-05-01", [["a", 1], ["a", 9]]], ["2020-06", [["b", 4]]]]
ROW = {
    "id": "1",
    "timeline": [
        {"order": 1, "date": "2020-05-01", "events": [{"doc": "a", "start": 1}]},
        {"order": 1, "date": "2020-05-01", "events": [{"doc": "a", "start": 9}]},
        {"order": 2, "date": "2020-06", "events": [{"doc": "b", "start": 4}]},
    ],
}


def figures(ours: list[object]) -> dict[str, float]:
    return score([ROW], [{"id": "1", "ours": ours, "baseline": []}])


def test_a_time_line_that_says_the_same_is_right() -> None:
    found = figures(LINES)
    assert (found["precision"], found["recall"], found["f1"]) == (100.0, 100.0, 100.0)
    assert found["baseline_f1"] == 0.0


def test_the_order_counts_though_no_date_is_right() -> None:
    found = figures([["2019", [["a", 1]]], ["2021", [["b", 4]]]])
    assert 0 < found["precision"] < 50
    turned = figures([["2019", [["b", 4]]], ["2021", [["a", 1]]]])
    assert turned["f1"] == 0.0


def test_what_comes_before_the_next_comes_before_all_after_it() -> None:
    said = Said([["2019", [["a", 1]]], ["2020", [["a", 2]]], ["2021", [["a", 3]]]])
    first = Said([["2019", [["a", 1]]], ["2021", [["a", 3]]]]).facts[-1]
    assert said.follows(first)


def test_the_documents_are_read_from_beside_the_rows(tmp_path: Path) -> None:
    text = "May 5 , 2020\nIlke Dorn visited Osmar on May 1 , 2020 .\n"
    rows = tmp_path / "dev.jsonl"
    rows.write_text(
        json.dumps(ROW | {"corpus": "c", "target_entity": "Ilke Dorn"}) + "\n", encoding="utf-8"
    )
    with pytest.raises(RunError, match="documents are not there"):
        evaluate("timeline", rows, Settings())
    document = {"id": "a", "corpus": "c", "text": text, "meta": {"date": "2020-05-05"}}
    (tmp_path / "docs_dev.jsonl").write_text(json.dumps(document) + "\n", encoding="utf-8")
    measured = evaluate("timeline", rows, Settings())
    assert measured.n == 1
    assert set(measured.figures) >= {"f1", "baseline_f1"}
