"""Answers that say the same, and stances, against what people made of them."""

import json
from pathlib import Path

import numpy as np
import pytest

from onrecord.evaluate import evaluate
from onrecord.evaluate.answers import score
from onrecord.evaluate.stance import predict as stances
from onrecord.evaluate.stance import score as stance_score
from onrecord.models.attribution import tag
from onrecord.models.meaning import SIZE, meaning, packed, unpacked
from onrecord.settings import Settings
from onrecord.stages.claims.meaning import grouped

ANSWERS = [
    ("The guild closed the quay to stop the smuggling of grain.", "stop the smuggling of grain"),
    ("Officials said it was to keep grain from being smuggled out.", "keep grain from being"),
    ("Others blamed a dispute over the wages of the pilots.", "a dispute over the wages"),
]


def row(groups: tuple[int, ...] = (0, 0, 1)) -> dict[str, object]:
    answers = [
        {
            "paragraph": text,
            "answer": words,
            "start": text.index(words),
            "end": text.index(words) + len(words),
            "group": group,
        }
        for (text, words), group in zip(ANSWERS, groups, strict=True)
    ]
    return {"id": "1", "question": "Why was the quay closed?", "answers": answers}


def test_answers_that_say_the_same_come_together(tmp_path: Path) -> None:
    file = tmp_path / "dev.jsonl"
    file.write_text(json.dumps(row()) + "\n", encoding="utf-8")
    figures = evaluate("answers", file, Settings()).figures
    assert figures["bcubed_f1"] == 100.0
    assert (figures["each_its_own_f1"], figures["all_one_f1"]) == (80.0, 71.4)


def test_groups_are_counted_by_question() -> None:
    found = score([row(), row()], [{"groups": [0, 0, 1]}, {"groups": [0, 1, 2]}])
    assert found["bcubed_precision"] == 100.0
    assert found["bcubed_recall"] == pytest.approx(100 * 5 / 6)


def test_a_meaning_is_kept_as_text_and_comes_back() -> None:
    text = "The guild closed the quay."
    vector = meaning(tag(text, ((0, len(text)),)), [(0, len(text))])
    assert vector.shape == (SIZE,)
    assert float(np.linalg.norm(vector)) == pytest.approx(1.0, abs=1e-5)
    back = unpacked([packed(vector), ""])
    assert float(back[0] @ vector) > 0.999
    assert not back[1].any()


def test_what_is_alike_on_the_average_is_one_group() -> None:
    vectors = np.eye(3, dtype=np.float32)
    assert len(set(grouped(vectors))) == 3
    assert len(set(grouped(np.ones((3, 3), dtype=np.float32) / np.sqrt(3)))) == 1
    assert grouped(vectors[:1]) == [0]


BODY = (
    "The ministry denied on Friday that any grain ship had sunk off Osmar. Rain fell all day long."
)


def test_a_report_that_rejects_what_a_headline_says_disagrees() -> None:
    pairs = [
        {"headline": "Grain ship sinks off Osmar", "stance": "disagree"},
        {"headline": "Ministry denies grain ship sank off Osmar", "stance": "agree"},
        {"headline": "Football results", "stance": "unrelated"},
    ]
    rows = [{"id": "1", "text": BODY, "pairs": pairs}]
    found = list(stances(rows, Settings()))
    assert found == [{"id": "1", "stances": ["disagree", "agree"]}]
    assert stance_score(rows, found)["macro_f1"] == 100.0
    assert stance_score(rows, found)["all_agree_macro_f1"] == pytest.approx(100 / 3)
