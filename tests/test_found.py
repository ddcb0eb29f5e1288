"""Answers that are read as far as they are looked at: what a list would give, and no more read."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.found import AT_ONCE, Found


class Source:
    """Numbers with their ids, and how many of them were fetched."""

    def __init__(self, size: int) -> None:
        self.numbers = list(range(size))
        self.fetched = self.counted = 0

    def found(self) -> Found[int]:
        return Found(self.ids, self.fetch, self.count)

    def ids(self, offset: int, limit: int | None) -> list[str]:
        end = None if limit is None else offset + limit
        return [f"n{number}" for number in self.numbers[offset:end]]

    def fetch(self, ids: Sequence[str]) -> list[int]:
        self.fetched += len(ids)
        return [int(key[1:]) for key in ids]

    def count(self) -> int:
        self.counted += 1
        return len(self.numbers)


@given(st.integers(0, 30), st.data())
def test_it_is_what_a_list_would_be(size: int, data: st.DataObject) -> None:
    numbers = list(range(size))
    found = Source(size).found()
    part = data.draw(st.slices(size))
    assert found[part] == numbers[part]
    assert found == numbers
    assert (len(found), bool(found), list(found)) == (size, bool(size), numbers)
    place = data.draw(st.integers(-size - 1, size))
    if -size <= place < size:
        assert found[place] == numbers[place]
    else:
        with pytest.raises(IndexError):
            found[place]


def test_only_the_part_that_is_asked_for_is_read() -> None:
    source = Source(10_000)
    found = source.found()
    assert found[9_990:] == list(range(9_990, 10_000))
    assert (source.fetched, source.counted) == (10, 0)
    assert len(found) == len(found) == 10_000
    assert source.counted == 1
    walk = iter(found)
    next(walk)
    assert source.fetched == 10 + AT_ONCE


def test_it_is_no_list_of_others() -> None:
    found = Source(3).found()
    assert found != [0, 1]
    assert found != "012"
    assert "Found([0, 1, 2])" in repr(found)
