"""Names from tags: no inside without its beginning, no name across paragraphs, shares by kind."""

import numpy as np

from onrecord.models.attribution import tag
from onrecord.models.case import FIGURE, LETTER, LOWER, MIXED, NONE, TITLE, UPPER, case_of
from onrecord.models.names import KINDS, TAGS, best_path, named

BEGIN, INSIDE = 1, 2  # of a person, the first kind


def logs(*likely: int) -> np.ndarray:
    shares = np.full((len(likely), TAGS), 1e-4, dtype=np.float32)
    for row, tag_ in enumerate(likely):
        shares[row, tag_] = 1.0
    return np.log(shares / shares.sum(axis=1, keepdims=True))


def test_a_name_never_begins_inside() -> None:
    other = INSIDE + 2
    for path in (best_path(logs(0, INSIDE)), best_path(logs(BEGIN, other))):
        before = 0
        for tag_ in path:
            if tag_ and tag_ % 2 == 0:
                assert before in (tag_, tag_ - 1)
            before = tag_


def test_names_of_two_kinds_beside_each_other() -> None:
    place = 1 + 2 * KINDS.index("place")
    found = list(named(logs(BEGIN, INSIDE, place, 0), [False] * 4))
    assert [(one.first, one.last) for one in found] == [(0, 2), (2, 3)]
    assert [KINDS[int(one.kinds.argmax())] for one in found] == ["person", "place"]
    assert all(0.9 < one.sure <= 1.0001 for one in found)


def test_no_name_crosses_into_a_paragraph() -> None:
    found = list(named(logs(BEGIN, INSIDE, 0), [False, True, False]))
    assert [(one.first, one.last) for one in found if one.first == 0] == [(0, 1)]
    assert list(named(logs(), [])) == []


def test_how_words_are_written() -> None:
    written = {"osmar": LOWER, "Osmar": TITLE, "OSMAR": UPPER, "O": LETTER, "McOsmar": MIXED}
    assert {word: case_of(word) for word in written} == written
    assert (case_of("1990"), case_of("—")) == (FIGURE, NONE)


def test_capitals_do_not_hide_a_name() -> None:
    text = "GENERAL ARVID TANGEN TOLD REPORTERS IN NORWAY THAT THE ROAD WAS OPEN."
    tags = tag(text, ((0, len(text)),))
    words = [text[tags.words.starts[n.first] : tags.words.ends[n.last - 1]] for n in tags.names]
    assert "NORWAY" in words
    assert any("TANGEN" in word for word in words)
