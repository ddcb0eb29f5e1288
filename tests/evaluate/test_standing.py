"""How events stand, scored against judged mentions looked up in other files."""

import json
from pathlib import Path

import pytest

from onrecord.errors import RunError
from onrecord.evaluate import evaluate
from onrecord.evaluate.standing import read, score
from onrecord.settings import Settings

TEXT = "Ruritania attacked Freedonia on Monday."
ROW = {"id": "1", "judged": [{"standing": "told"}, {"standing": "denied"}, {"standing": "planned"}]}


def test_shares_of_what_is_right_and_of_what_is_told_wrongly() -> None:
    figures = score([ROW], [{"id": "1", "standing": ["told", "told", "planned"]}])
    assert (round(figures["right"]), figures["told_wrongly"]) == (67, 100)
    assert (figures["told_right"], figures["denied_right"], figures["planned_right"]) == (
        100,
        0,
        100,
    )


def test_what_is_no_event_of_ours_does_not_count() -> None:
    figures = score([ROW], [{"id": "1", "standing": ["told", None, None]}])
    assert figures["right"] == 100.0


def test_mentions_are_looked_up_in_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text(json.dumps({"id": "x", "text": TEXT}), encoding="utf-8")
    judged = tmp_path / "standing.tsv"
    judged.write_text("# fields\nnews.jsonl\tx\t10\t18\tASSAULT\ttold\theld\n", encoding="utf-8")
    measured = evaluate("standing", judged, Settings(), texts=tmp_path)
    assert measured.figures["right"] == 100.0


def test_what_the_weights_were_learned_from_is_not_measured(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text(json.dumps({"id": "x", "text": TEXT}), encoding="utf-8")
    judged = tmp_path / "standing.tsv"
    line = "news.jsonl\tx\t10\t18\tASSAULT\ttold"
    judged.write_text(f"{line}\theld\n{line}\ttuned\n", encoding="utf-8")
    assert [len(row["judged"]) for row in read(judged, tmp_path)] == [1]
    assert [row["judged"][0]["part"] for row in read(judged, tmp_path, "tuned")] == ["tuned"]


def test_without_the_corpora_the_error_says_what_to_do(tmp_path: Path) -> None:
    judged = tmp_path / "standing.tsv"
    judged.write_text("", encoding="utf-8")
    with pytest.raises(RunError, match="--texts DIR"):
        evaluate("standing", judged, Settings())
