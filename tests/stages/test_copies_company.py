"""A copy that prints the year dates the report that leaves it out."""

from dataclasses import replace
from datetime import date

from hand_made import Page
from onrecord.ids import make_id
from onrecord.stages.copies.company import narrowings
from onrecord.types import Copy, CopyKind, Dating, Reading, Time, When


def page(name: str, text: str, words: str, value: str) -> Reading:
    made = Page(name, text)
    span = made.words(words)
    time = Time(make_id("time", span.start), made.report.id, span, "date", value, When())
    return replace(made.reading, times=(time,))


def copy(one: Reading, other: Reading, kind: CopyKind = "quotation") -> Copy:
    return Copy("copy-1", one.report.id, other.report.id, kind, False, ())


FULL = page("a", "A letter dated March 3, 2022 tells it.", "March 3, 2022", "2022-03-03")
BARE = page("b", "The letter dated 3 March tells it.", "3 March", "XXXX-03-03")


def dated(reading: Reading, earliest: date | None, latest: date | None) -> Reading:
    published = Dating(earliest, latest)
    return replace(reading, report=replace(reading.report, published=published))


def test_the_year_comes_from_the_copy() -> None:
    (found,) = narrowings([FULL, BARE], [copy(FULL, BARE)])
    assert found.report == BARE.report.id
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
    assert narrowings([FULL, late], [copy(FULL, late)]) == ()


def test_what_its_own_words_tell_is_kept() -> None:
    known = dated(BARE, date(2022, 3, 20), date(2022, 4, 1))
    assert narrowings([FULL, known], [copy(FULL, known)]) == ()


def test_two_years_leave_it_open() -> None:
    other = page("c", "A letter dated March 3, 2021 tells it.", "March 3, 2021", "2021-03-03")
    copies = [copy(FULL, BARE), replace(copy(other, BARE), id="copy-2")]
    assert narrowings([FULL, BARE, other], copies) == ()


def test_a_day_that_may_be_to_come_dates_nothing() -> None:
    coming = page("d", "They will meet on 3 March again.", "3 March", "XXXX-03-03")
    assert narrowings([FULL, coming], [copy(FULL, coming)]) == ()
