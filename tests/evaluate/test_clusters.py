"""The measures of clusters against values worked out by hand."""

import pytest

from onrecord.evaluate.clusters import b_cubed, ceaf_e, conll, muc

TRUE = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2}
SPLIT = {"a": 1, "b": 1, "c": 2, "d": 3, "e": 3}


def test_the_same_clusters_are_all_right() -> None:
    assert conll(TRUE, TRUE) == {
        "conll_f1": 100,
        "muc_f1": 100,
        "bcubed_f1": 100,
        "ceafe_f1": 100,
    }


def test_a_split_costs_recall_alone_in_muc_and_b_cubed() -> None:
    assert muc(TRUE, SPLIT) == (1, pytest.approx(2 / 3))
    # a and b share two of three, c one of three, d and e all.
    precision, recall = b_cubed(TRUE, SPLIT)
    assert precision == 1
    assert recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)


def test_ceaf_pairs_each_cluster_once() -> None:
    # {a,b,c} with {a,b}: 4/5; {d,e} with {d,e}: 1; {c} with nobody.
    precision, recall = ceaf_e(TRUE, SPLIT)
    assert precision == pytest.approx(1.8 / 3)
    assert recall == pytest.approx(1.8 / 2)


def test_what_is_missing_costs_recall_and_what_is_extra_precision() -> None:
    assert b_cubed({"a": 1, "b": 1}, {"a": 1}) == (1, pytest.approx(0.25))
    precision, recall = b_cubed({"a": 1}, {"a": 1, "x": 1})
    assert (precision, recall) == (pytest.approx(0.25), 1)
    assert muc({"a": 1, "b": 1}, {"a": 1}) == (0, 0)


def test_nothing_at_all() -> None:
    assert conll({}, {})["conll_f1"] == 0
    assert conll({"a": 1}, {})["conll_f1"] == 0
