"""The measure of stories, by hand."""

import pytest

from onrecord.evaluate.stories import each_its_own, score

ROWS = [
    {"id": "a", "story": 1, "text": ""},
    {"id": "b", "story": 1, "text": ""},
    {"id": "c", "story": 2, "text": ""},
    {"id": "d", "story": 3, "text": ""},
]


def test_all_right_is_a_hundred() -> None:
    given = [{"id": row["id"], "story": str(row["story"])} for row in ROWS]
    assert score(ROWS, given) == {
        "bcubed_f1": 100.0,
        "bcubed_precision": 100.0,
        "bcubed_recall": 100.0,
    }


def test_splitting_costs_recall_alone() -> None:
    found = score(ROWS, each_its_own(ROWS))
    assert found["bcubed_precision"] == 100.0
    assert found["bcubed_recall"] == pytest.approx(100 * (0.5 + 0.5 + 1 + 1) / 4)


def test_lumping_costs_precision_alone() -> None:
    found = score(ROWS, [{"id": row["id"], "story": "all"} for row in ROWS])
    assert found["bcubed_recall"] == 100.0
    assert found["bcubed_precision"] == pytest.approx(100 * (0.5 + 0.5 + 0.25 + 0.25) / 4)


def test_a_row_without_prediction_is_a_story_of_its_own() -> None:
    assert score(ROWS, []) == score(ROWS, each_its_own(ROWS))


def test_no_rows_score_nothing() -> None:
    assert score([], [])["bcubed_f1"] == 0.0
