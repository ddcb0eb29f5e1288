import json
from pathlib import Path

import pytest

from onrecord.evaluate.names import predict, score
from onrecord.settings import Settings

ROW = {
    "id": "a",
    "text": "Arvid Tangen left Oslo.",
    "entities": [
        {"start": 0, "end": 12, "type": "politician"},
        {"start": 18, "end": 22, "type": "location"},
        {"start": 13, "end": 17, "type": "event"},
    ],
}


def answer(*spans: tuple[int, int, str]) -> list[dict[str, object]]:
    return [{"id": "a", "entities": [{"start": s, "end": e, "type": t} for s, e, t in spans]}]


def test_right_answer_is_full_marks_and_other_types_are_left_out() -> None:
    assert score([ROW], answer((0, 12, "person"), (18, 22, "place"))) == {
        "exact_f1": 100.0,
        "overlap_f1": 100.0,
    }


def test_overlap_counts_once_and_needs_the_type() -> None:
    found = score([ROW], answer((0, 5, "person"), (6, 12, "person"), (18, 22, "person")))
    assert found["exact_f1"] == 0.0
    assert found["overlap_f1"] == 40.0


def test_prediction_sees_the_text_alone() -> None:
    rows = [{"id": "a", "text": "Arvid Tangen, the president of Norway, spoke in Oslo on Monday."}]
    found = next(iter(predict(rows, Settings())))
    assert {"start": 0, "end": 12, "type": "person"} in found["entities"]
    assert found["id"] == "a"


@pytest.mark.shared
def test_names_beat_the_bare_parser(shared: Path) -> None:
    lines = (shared / "data/crossner_politics/dev.jsonl").read_text("utf-8").splitlines()[:60]
    rows = [json.loads(line) for line in lines]
    found = score(rows, predict(rows, Settings()))
    assert found["exact_f1"] > found["spacy_exact_f1"]
    assert found["overlap_f1"] > found["spacy_overlap_f1"]
