"""A copy that prints the year dates the report that leaves it out."""

from dataclasses import replace
from datetime import date

import pytest

from hand_made import Page
from onrecord.ids import make_id
from onrecord.stages.copies.company import COPIED_WITHIN, _window, narrowings
from onrecord.types import Copy, CopyKind, Dating, Narrowing, Passage, Reading, Time, When


def page(name: str, text: str, words: str, value: str) -> Reading:
    made = Page(name, text)
    span = made.words(words)
    time = Time(make_id("time", span.start), made.report.id, span, "date", value, When())
    return replace(made.reading, times=(time,))


def copy(one: Reading, other: Reading, kind: CopyKind = "quotation") -> Copy:
    passage = Passage(one.times[0].span, other.times[0].span)
    return Copy("copy-1", one.report.id, other.report.id, kind, False, (passage,))


FULL = page("a", "A letter dated March 3, 2022 tells it.", "March 3, 2022", "2022-03-03")
BARE = page("b", "The letter dated 3 March tells it.", "3 March", "XXXX-03-03")


def dated(reading: Reading, earliest: date | None, latest: date | None) -> Reading:
    published = Dating(earliest, latest)
    return replace(reading, report=replace(reading.report, published=published))


def told_of(reading: Reading, found: tuple[Narrowing, ...]) -> Narrowing:
    return next(one for one in found if one.report == reading.report.id)


def test_the_year_comes_from_the_copy() -> None:
    found = told_of(BARE, narrowings([FULL, BARE], [copy(FULL, BARE)]))
    assert (found.published.earliest, found.published.latest) == (
        date(2022, 3, 3),
        date(2022, 11, 28),
    )
    assert [words.text for words in found.published.evidence] == ["3 March", "March 3, 2022"]
    assert found.published.why


def test_without_a_copy_nothing_is_known() -> None:
    assert narrowings([FULL, BARE], []) == ()
    assert narrowings([FULL, BARE], [copy(FULL, BARE, "citation")]) == ()


def test_a_year_that_its_own_words_exclude_is_not_taken() -> None:
    late = dated(BARE, date(2023, 1, 1), None)
    found = narrowings([FULL, late], [copy(FULL, late)])
    assert late.report.id not in {one.report for one in found}


def test_what_its_own_words_tell_is_kept() -> None:
    known = dated(BARE, date(2022, 3, 20), date(2022, 4, 1))
    found = narrowings([FULL, known], [copy(FULL, known)])
    assert [one.report for one in found] == [FULL.report.id]


def test_two_years_leave_it_open() -> None:
    other = page("c", "A letter dated March 3, 2021 tells it.", "March 3, 2021", "2021-03-03")
    copies = [copy(FULL, BARE), replace(copy(other, BARE), id="copy-2")]
    assert narrowings([FULL, BARE, other], copies) == ()


def test_a_day_that_may_be_to_come_dates_nothing() -> None:
    coming = page("d", "They will meet on 3 March again.", "3 March", "XXXX-03-03")
    assert narrowings([FULL, coming], [copy(FULL, coming)]) == ()


def test_a_copy_closes_an_open_end_within_a_year() -> None:
    known = dated(BARE, date(2022, 3, 20), date(2022, 4, 1))
    found = told_of(FULL, narrowings([FULL, known], [copy(FULL, known)]))
    ends = found.published.earliest, found.published.latest
    assert ends == (date(2021, 3, 20), date(2023, 4, 1))
    assert [words.text for words in found.published.evidence] == ["March 3, 2022", "3 March"]


def test_the_order_of_reports_and_copies_changes_nothing() -> None:
    third = page("c", "The letter dated 3 March is told again.", "3 March", "XXXX-03-03")
    copies = [
        replace(copy(one, other), id=f"copy-{number}")
        for number, (one, other) in enumerate(((FULL, BARE), (BARE, third), (FULL, third)))
    ]
    readings = [FULL, BARE, third]
    assert narrowings(readings, copies) == narrowings(readings[::-1], copies[::-1])


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_stop_nothing(day: date) -> None:
    assert _window(Dating(), Dating(day, day)) in {
        (None, day + COPIED_WITHIN) if day == date.min else (day - COPIED_WITHIN, None)
    }
