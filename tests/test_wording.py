"""Words for intervals and amounts claim no more than their bounds."""

from datetime import date

import pytest

from onrecord.types import Evidence, Figure, When
from onrecord.wording import amount_words, short, when_words

FIRST, LAST = date(2021, 1, 4), date(2021, 12, 31)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (When(), "cannot be told"),
        (When(FIRST, FIRST), "4 Jan 2021"),
        (When(FIRST, LAST), "between 4 Jan 2021 and 31 Dec 2021"),
        (When(FIRST, None), "on or after 4 Jan 2021"),
        (When(None, LAST), "on or before 31 Dec 2021"),
    ],
)
def test_intervals(when: When, words: str) -> None:
    assert when_words(when) == words


@pytest.mark.parametrize(
    ("value", "low", "high", "words"),
    [
        (1200, None, None, "1,200 people"),
        (None, 12, None, "12 or more people"),
        (12, 12, None, "12 or more people"),
        (None, None, 9, "9 or fewer people"),
        (None, 3, 4, "between 3 and 4 people"),
        (2.5, None, None, "2.5 people"),
        (None, None, None, "a number of people"),
    ],
)
def test_amounts(value: float | None, low: float | None, high: float | None, words: str) -> None:
    span = Evidence("report-1", 0, 1, "x")
    figure = Figure("figure-1", "report-1", span, value, low, high, "people", "", When(), None)
    assert amount_words(figure) == words


def test_short_cuts_at_a_space() -> None:
    assert short("one two\nthree", 9) == "one two …"
    assert short("one  two") == "one two"
