"""Marks that overlap are cut into segments that are the text again when joined."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.differences import differences
from onrecord.web.marking import Mark, found_words, segments

PLACES = st.tuples(st.integers(-5, 60), st.integers(-5, 60), st.sampled_from("abc"))


@given(st.text(max_size=50), st.lists(PLACES, max_size=12), st.integers(0, 7))
def test_joined_segments_are_the_text(
    text: str, places: list[tuple[int, int, str]], start: int
) -> None:
    marks = [Mark(first, last, kind) for first, last, kind in places]
    cut = segments(text, marks, start=start)
    assert "".join(segment.text for segment in cut) == text


@given(st.text(min_size=1, max_size=50), st.lists(PLACES, max_size=12))
def test_each_character_is_under_its_marks(text: str, places: list[tuple[int, int, str]]) -> None:
    marks = [Mark(first, last, kind) for first, last, kind in places]
    under = [segment.marks for segment in segments(text, marks) for _ in segment.text]
    for place, found in enumerate(under):
        assert sorted(found, key=id) == sorted(
            (m for m in marks if m.start <= place < m.end), key=id
        )


@given(st.text(min_size=1, max_size=50), st.lists(PLACES, max_size=12))
def test_each_mark_begins_once(text: str, places: list[tuple[int, int, str]]) -> None:
    marks = [Mark(first, last, kind) for first, last, kind in places]
    begun = [mark for segment in segments(text, marks) for mark in segment.begins]
    inside = [m for m in marks if m.start < m.end and m.start < len(text) and m.end > 0]
    assert len(begun) == len(inside)


def test_a_segment_leads_where_its_shortest_mark_does() -> None:
    statement = Mark(0, 20, "content", "/statement/1", label="1")
    actor = Mark(5, 9, "mention", "/actor/1")
    first, inner, last = segments("x" * 20, [statement, actor])
    assert [s.target and s.target.href for s in (first, inner, last)] == [
        "/statement/1",
        "/actor/1",
        "/statement/1",
    ]
    assert (first.labels, inner.labels) == ("1", "")
    assert inner.kinds == "content mention"


def test_words_found_are_marked() -> None:
    cut = found_words("the \x02road\x03 to Ostra")
    assert [(s.text, s.kinds) for s in cut] == [("the ", ""), ("road", "found"), (" to Ostra", "")]


@given(st.text("ab c,.", max_size=30), st.text("ab c,.", max_size=30))
def test_differences_keep_both_texts(one: str, other: str) -> None:
    left, right = differences(one, other)
    assert "".join(s.text for s in left) == one
    assert "".join(s.text for s in right) == other


def test_what_differs_is_marked_in_both() -> None:
    left, right = differences("they organise it", "they organize it")
    assert [s.text for s in left if s.marks] == ["organise"]
    assert [s.text for s in right if s.marks] == ["organize"]
