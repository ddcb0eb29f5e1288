"""How events stand, scored against judged mentions looked up in other files."""

import json
from pathlib import Path

import pytest

from onrecord.errors import RunError
from onrecord.evaluate import evaluate
from onrecord.evaluate.standing import score
from onrecord.settings import Settings

TEXT = "Ruritania attacked Freedonia on Monday."
ROW = {
    "id": "1",
    "judged": [
        {"standing": "told", "part": "held"},
        {"standing": "denied", "part": "held"},
        {"standing": "planned", "part": "tuned"},
        {"standing": "conditional", "part": "tuned"},
    ],
}


def test_shares_by_part_and_of_what_is_told_wrongly() -> None:
    ours = ["told", "told", "planned", "conditional"]
    figures = score([ROW], [{"id": "1", "standing": ours}])
    assert figures == {"right": 50.0, "right_tuned": 100.0, "told_wrongly": 50.0}


def test_what_is_no_event_of_ours_does_not_count() -> None:
    figures = score([ROW], [{"id": "1", "standing": ["told", None, None, None]}])
    assert figures["right"] == 100.0


def test_mentions_are_looked_up_in_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text(json.dumps({"id": "x", "text": TEXT}), encoding="utf-8")
    judged = tmp_path / "standing.tsv"
    judged.write_text("# fields\nnews.jsonl\tx\t10\t18\tASSAULT\ttold\theld\n", encoding="utf-8")
    measured = evaluate("standing", judged, Settings(), texts=tmp_path)
    assert measured.figures["right"] == 100.0


def test_without_the_corpora_the_error_says_what_to_do(tmp_path: Path) -> None:
    judged = tmp_path / "standing.tsv"
    judged.write_text("", encoding="utf-8")
    with pytest.raises(RunError, match="--texts DIR"):
        evaluate("standing", judged, Settings())
