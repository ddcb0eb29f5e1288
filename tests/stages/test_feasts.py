"""Feasts of several calendars, each on its day."""

from datetime import date

import pytest

from onrecord.stages.date.feasts import feast


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        ("12-25", 2021, date(2021, 12, 25)),
        ("11-TH4", 2021, date(2021, 11, 25)),
        ("easter-2", 2021, date(2021, 4, 2)),
        ("orthodox+0", 2021, date(2021, 5, 2)),
        ("hijri-10-01", 2021, date(2021, 5, 13)),
        # The feast itself, which follows its eve in the list of holidays.
        ("CN:Chinese New Year", 2021, date(2021, 2, 12)),
        ("CN:Chinese New Year", 2023, date(2023, 1, 22)),
    ],
)
def test_a_feast_is_on_its_day(rule: str, year: int, day: date) -> None:
    assert feast(rule, year) == ((day, day),)


def test_a_month_of_the_moon_is_its_whole_length() -> None:
    ((first, last),) = feast("hijri-09", 2021)
    assert (first, last) == (date(2021, 4, 13), date(2021, 5, 12))


@pytest.mark.parametrize("year", [1900, 1924, 1925, 1926, 2076, 2077, 2078, 2200])
def test_years_that_the_calendar_does_not_reach_stop_nothing(year: int) -> None:
    assert all(first.year == year for first, _ in feast("hijri-09", year))


def test_a_rule_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="someday"):
        feast("someday", 2021)
