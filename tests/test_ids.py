"""Ids come from content alone."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.ids import make_id


def test_equal_parts_give_equal_ids() -> None:
    assert make_id("report", "abc", 3) == make_id("report", "abc", 3)


def test_parts_are_not_glued_together() -> None:
    assert make_id("report", "ab", "c") != make_id("report", "a", "bc")


def test_an_id_is_what_it_has_always_been() -> None:
    # Links to a record outlive a release: a change here breaks every one of them.
    assert make_id("statement", "report-1", 4, 9) == "statement-c40929fdfa4469a8"


@given(st.lists(st.one_of(st.text(), st.integers(), st.none())))
def test_an_id_is_its_kind_and_sixteen_digits(parts: list[object]) -> None:
    kind, digits = make_id("event", *parts).split("-")
    assert kind == "event"
    assert len(digits) == 16
    int(digits, 16)
