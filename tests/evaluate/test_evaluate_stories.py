"""The measure of stories, by hand."""

import pytest

from onrecord.evaluate.stories import each_its_own, score, words_and_time

ROWS = [
    {"id": "a", "story": 1, "text": ""},
    {"id": "b", "story": 1, "text": ""},
    {"id": "c", "story": 2, "text": ""},
    {"id": "d", "story": 3, "text": ""},
]


def test_all_right_is_a_hundred() -> None:
    given = [{"id": row["id"], "story": str(row["story"])} for row in ROWS]
    found = score(ROWS, given)
    assert {found[f"bcubed_{name}"] for name in ("f1", "precision", "recall")} == {100.0}


def test_the_baseline_of_single_stories_has_its_figure_beside_ours() -> None:
    found = score(ROWS, [])
    assert found["each_its_own_f1"] == pytest.approx(found["bcubed_f1"])
    assert found["each_its_own_f1"] == pytest.approx(200 * 0.75 / 1.75)


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


DATED = [
    {"id": "a", "text": "A barge with flour sank at Hask", "meta": {"date": "2030-05-06"}},
    {"id": "b", "text": "Divers at Hask raise the flour barge", "meta": {"date": "2030-05-09"}},
    {"id": "c", "text": "A barge with flour sank at Hask", "meta": {"date": "2031-05-09"}},
    {"id": "d", "text": "Teachers ask for chalk", "meta": {"title": "Barge", "date": "2031-05-10"}},
]


def test_the_baseline_joins_what_is_alike_and_near_in_time() -> None:
    found = {one["id"]: one["story"] for one in words_and_time(DATED, near=0.1, window=7)}
    assert found["a"] == found["b"]
    assert len({found["a"], found["c"], found["d"]}) == 3
    always = {one["id"]: one["story"] for one in words_and_time(DATED, near=0.1, window=1_000)}
    assert always["a"] == always["c"]
    assert [one["id"] for one in words_and_time(DATED[::-1])] == ["a", "b", "c", "d"]
