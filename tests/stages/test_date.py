from collections.abc import Callable
from dataclasses import replace
from datetime import date as day

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.parsing import Parse
from onrecord.stages.date import date, when_of, when_told
from onrecord.stages.date.grammar import grammar, lower
from onrecord.stages.date.value import interval, shared
from onrecord.types import Block, DateHint, Reading, Time, When

Parsed = Callable[[str], tuple[Reading, Parse]]
REPORT_DAY = "2019-05-15"  # a Wednesday


def read(parsed: Parsed, text: str, told: str | None = REPORT_DAY) -> tuple[Reading, Parse]:
    _, parse = parsed(text)
    if told:
        hints = (DateHint(day.fromisoformat(told), "metadata"),)
        parse = replace(parse, report=replace(parse.report, hints=hints))
    return date(Reading(report=parse.report), parse), parse


def only(parsed: Parsed, text: str, told: str | None = REPORT_DAY) -> Time:
    times = read(parsed, text, told)[0].times
    assert len(times) == 1, times
    return times[0]


VALUES = [
    ("The envoy arrived on 3 January 2018.", "3 January 2018", "date", "2018-01-03"),
    ("The envoy arrived on January 4, 2018.", "January 4, 2018", "date", "2018-01-04"),
    ("The envoy arrived on 2018-01-04.", "2018-01-04", "date", "2018-01-04"),
    ("The truce was signed in June 2018.", "June 2018", "date", "2018-06"),
    ("The truce was signed in 2018.", "2018", "date", "2018"),
    ("Rebels held the pass in the 1990s.", "the 1990s", "date", "199"),
    ("The rebels attacked last August.", "last August", "date", "2018-08"),
    ("The rebels attacked in August.", "August", "date", "2018-08"),
    ("The rebels will vote in August.", "August", "date", "2019-08"),
    ("The rebels attacked two weeks ago.", "two weeks ago", "date", "2019-W18"),
    ("The rebels attacked five years ago.", "five years ago", "date", "2014"),
    ("The rebels attacked yesterday.", "yesterday", "date", "2019-05-14"),
    ("The rebels attacked on Friday.", "Friday", "date", "2019-05-10"),
    ("The rebels will meet on Friday.", "Friday", "date", "2019-05-17"),
    ("The rebels attacked late on Friday.", "late on Friday", "date", "2019-05-10"),
    ("He left early on 3 January.", "early on 3 January", "time", "2019-01-03TMO"),
    ("The rebels attacked this week.", "this week", "date", "2019-W20"),
    ("The rebels attacked earlier this month.", "earlier this month", "date", "2019-05"),
    ("Exports fell in the third quarter of 2018.", "the third quarter of 2018", "date", "2018-Q3"),
    ("The camp flooded last winter.", "last winter", "date", "2018-WI"),
    ("The camp flooded in recent months.", "recent months", "date", "PAST_REF"),
    ("The camp is now empty.", "now", "date", "PRESENT_REF"),
    ("The siege lasted five years.", "five years", "duration", "P5Y"),
    ("The siege lasted two and a half hours.", "two and a half hours", "duration", "PT2H30M"),
    ("They grew poor over the past decade.", "the past decade", "duration", "P10Y"),
    ("The council meets every week.", "every week", "set", "P1W"),
    ("The council meets annually.", "annually", "set", "P1Y"),
    ("Shells hit the port at 8pm.", "8pm", "time", "2019-05-15T20:00"),
    (
        "Shells hit the port around 10:30 Monday night.",
        "around 10:30 Monday night",
        "time",
        "2019-05-13T22:30",
    ),
    ("Leaders will gather tonight.", "tonight", "time", "2019-05-15TNI"),
    ("The rebels attacked at dawn on Friday.", "dawn on Friday", "time", "2019-05-10TMO"),
    ("Shells hit the port at 6.30 this morning.", "6.30 this morning", "time", "2019-05-15T06:30"),
    ("The guns fell silent for Ramadan.", "Ramadan", "date", "2019-05-06/2019-06-03"),
    ("Families came home for Eid al-Fitr.", "Eid al-Fitr", "date", "2019-06-04"),
    ("He rang at 4 in the morning.", "4 in the morning", "time", "2019-05-15T04:00"),
    ("The guns fell silent on Good Friday.", "Good Friday", "date", "2019-04-19"),
    ("The guns fell silent on Orthodox Easter.", "Orthodox Easter", "date", "2019-04-28"),
    ("The shops closed for Nowruz.", "Nowruz", "date", "2019-03-21"),
    ("The mine lost money in 2017-18.", "2017-18", "date", "2017/2018"),
    ("The camp flooded in the winter of 1978-79.", "the winter of 1978-79", "date", "1978-WI"),
    ("The town was lost in the week of 6 May.", "the week of 6 May", "date", "2019-W19"),
    ("He was shot last Oct. 23.", "last Oct. 23", "date", "2018-10-23"),
    ("The coming weeks will be hard.", "The coming weeks", "duration", "PXW"),
    ("Inspectors come every 90 days.", "every 90 days", "set", "P90D"),
    ("Ferries sail on Tuesday nights.", "Tuesday nights", "set", "XXXX-WXX-2TNI"),
    ("The state held rites to mark its entry on Friday.", "Friday", "date", "2019-05-10"),
]


@pytest.mark.parametrize(("text", "words", "kind", "value"), VALUES)
def test_value_given_the_day_of_the_report(
    parsed: Parsed, text: str, words: str, kind: str, value: str
) -> None:
    time = only(parsed, text)
    assert (time.span.text, time.kind, time.value) == (words, kind, value)


def test_all_capitals_are_read_like_other_words(parsed: Parsed) -> None:
    reading, _ = read(parsed, "THE PORT WAS SHELLED ON 2 FEBRUARY. IT MAY BE CLOSED.", None)
    assert [time.value for time in reading.times] == ["XXXX-02-02"]


@pytest.mark.parametrize(
    "text",
    [
        "The ministers may resign.",
        "The column began to march north.",
        "Some 2000 soldiers surrendered.",
        "The aid is worth $1990.",
        "A 30-year-old baker was hurt.",
        "About three-quarters of the town burned.",
        "The Saturday Post asked the council.",
        'She spoke on the broadcast "This Week With Ada Lorne" of peace.',
        "He told Osmar Today of the raid.",
        "The commander, Taher Ramadan, was wounded.",
        "Offices on the 10th and 11th floors burned.",
        "Shelling killed 3 in the morning market.",
    ],
)
def test_words_that_only_look_like_times(parsed: Parsed, text: str) -> None:
    assert read(parsed, text)[0].times == ()


def test_day_and_month_that_cannot_be_told_apart_leave_the_year(parsed: Parsed) -> None:
    assert only(parsed, "The bridge fell on 03/04/2015.").value == "2015-XX-XX"
    assert only(parsed, "The bridge fell on 31/12/2015.").value == "2015-12-31"


def test_no_day_is_invented_for_an_impossible_date(parsed: Parsed) -> None:
    assert read(parsed, "The bridge fell on 31 February 2015.")[0].times == ()


def test_year_is_never_invented_when_the_report_has_no_date(parsed: Parsed) -> None:
    for text, value in [
        ("The rebels attacked last August.", "XXXX-08"),
        ("The rebels attacked on Friday.", "XXXX-WXX-5"),
        ("The rebels attacked yesterday.", "XXXX-XX-XX"),
        ("The rebels attacked last week.", "XXXX-WXX"),
        ("The rebels attacked last year.", "XXXX"),
    ]:
        time = only(parsed, text, None)
        assert (time.value, time.when, time.anchor) == (value, When(), "report")


def test_bounds_of_the_report_give_bounds_of_the_expression(parsed: Parsed) -> None:
    text = "The camp was closed on 4 January 2021. Last year it was hit by shells."
    reading, _ = read(parsed, text, None)
    last_year = reading.times[1]
    assert last_year.value == "XXXX"
    assert last_year.when == When(day(2020, 1, 1), None)


def test_expression_is_told_from_the_one_before(parsed: Parsed) -> None:
    reading, _ = read(parsed, "The fort fell on 3 March 2011. Two days later the army fled.")
    assert reading.times[1].value == "2011-03-05"
    assert reading.times[1].anchor == "previous expression"


def test_granularity_is_kept_in_the_interval(parsed: Parsed) -> None:
    time = only(parsed, "The truce was signed in June 2018.")
    assert time.when == When(day(2018, 6, 1), day(2018, 6, 30))
    assert time.anchor == "text"


def test_past_stretch_reaches_back_from_the_report(parsed: Parsed) -> None:
    time = only(parsed, "Forty died in the past two weeks.")
    assert time.when == When(day(2019, 5, 1), day(2019, 5, 15))


def test_when_of_takes_the_time_of_the_verb(parsed: Parsed) -> None:
    text = "Soldiers who deserted in 2011 attacked the town on Monday."
    reading, parse = read(parsed, text)
    assert when_of(reading, parse, 0, len(parse.doc)) == When(day(2019, 5, 13), day(2019, 5, 13))


def test_when_of_ends_the_past_at_the_report(parsed: Parsed) -> None:
    reading, parse = read(parsed, "The army attacked the town this year.")
    assert when_of(reading, parse, 0, len(parse.doc)) == When(day(2019, 1, 1), day(2019, 5, 15))


def test_when_of_is_empty_without_a_date(parsed: Parsed) -> None:
    reading, parse = read(parsed, "The army attacked the town for five hours.")
    assert when_of(reading, parse, 0, len(parse.doc)) == When()
    assert when_of(reading, parse, 3, 3) == When()
    assert when_of(reading, parse, 0, 999) == When()


@pytest.mark.parametrize(
    "text",
    ["", " ", "May", "1999", "«Вчера» 25 августа", "a" * 100_000, "Штаб… ((on 25 August 2011»», 7"],
)
@pytest.mark.parametrize("told", [REPORT_DAY, None])
def test_odd_texts_give_exact_words(parsed: Parsed, text: str, told: str | None) -> None:
    reading, _ = read(parsed, text, told)
    report = reading.report
    for span in (*(time.span for time in reading.times), *report.published.evidence):
        assert 0 <= span.start < span.end <= len(report.text)
        assert span.text == report.text[span.start : span.end]
    assert bool(reading.times) == ("2011" in text)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2019", day(2019, 1, 1), day(2019, 12, 31)),
        ("2019-02", day(2019, 2, 1), day(2019, 2, 28)),
        ("2019-W20", day(2019, 5, 13), day(2019, 5, 19)),
        ("2019-W20-WE", day(2019, 5, 18), day(2019, 5, 19)),
        ("2019-Q4", day(2019, 10, 1), day(2019, 12, 31)),
        ("2019-05-15TNI", day(2019, 5, 15), day(2019, 5, 15)),
        ("199", day(1990, 1, 1), day(1999, 12, 31)),
        ("XXXX-02", None, None),
        ("2019-13-45", None, None),
        ("P5Y", None, None),
    ],
)
def test_interval_of_a_value(value: str, first: day | None, last: day | None) -> None:
    assert interval(value) == When(first, last)


def test_shared_value_hides_what_differs() -> None:
    assert shared("2018-08", "2017-08") == "XXXX-08"
    assert shared("2018-08", "2018-08") == "2018-08"


WORDS = st.sampled_from(
    "on in the last two 3 12 1999 January may Friday week years ago late of night 8 pm : , . “ İ"
    " since every decade quarter third half ’ -".split()
)


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_found_expressions_lie_in_the_text_and_never_overlap(text: str) -> None:
    assert len(lower(text)) == len(text)
    end = 0
    for found in grammar().find(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_evidence_is_the_exact_words(parsed: Parsed, text: str) -> None:
    text = f"The fort fell on 3 March 2011. {text}"
    reading, _ = read(parsed, text)
    assert reading.times
    for time in reading.times:
        assert text[time.span.start : time.span.end] == time.span.text
        assert reading.report.id == time.report == time.span.report


def test_only_readable_blocks_are_read(parsed: Parsed) -> None:
    _, parse = parsed("The fort fell on 3 March 2011.")
    shut = Block(0, len(parse.report.text), "caption", "test")
    empty = replace(parse, blocks=(), report=replace(parse.report, blocks=(shut,)))
    reading = date(Reading(report=empty.report), empty)
    assert reading.times == ()
    assert reading.report.published.earliest is None


def test_open_bounds_never_give_a_year(parsed: Parsed) -> None:
    for text in ("The rebels attacked last August.", "The rebels attacked in May."):
        whole = f"{text} The fort fell on 3 March 2012."
        reading, parse = read(parsed, whole, None)
        assert reading.report.published.latest is None
        verb = when_of(reading, parse, 0, 5)
        assert verb.latest is None
        assert verb.earliest is None or verb.earliest < day(2012, 3, 3)
        assert reading.times[0].value.startswith("XXXX")


def test_a_lower_bound_holds_wherever_the_clause_looks(parsed: Parsed) -> None:
    text = "The fort fell on 1 October 2012. Free water: from 1 April."
    reading, _ = read(parsed, text, None)
    april = next(time for time in reading.times if time.span.text == "1 April")
    assert april.when == When(day(2012, 4, 1), None)


def test_the_date_of_a_dateline_is_no_time_of_a_clause(parsed: Parsed) -> None:
    text = "STRELSAU, May 15, 2019 (RNA) - The army attacked the town on Monday."
    reading, parse = read(parsed, text)
    assert when_of(reading, parse, 0, len(parse.doc)) == When(day(2019, 5, 13), day(2019, 5, 13))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("The army freed the men by 3 May.", When(None, day(2019, 5, 3))),
        ("The army held the fort since 3 May.", When(day(2019, 5, 3), day(2019, 5, 15))),
        ("The truce of 3 May pleased the army.", When()),
        ("The army held the fort between 3 May and 9 May.", When(day(2019, 5, 3), day(2019, 5, 9))),
        ("The army hailed the men who fled on 3 May.", When()),
    ],
)
def test_when_told_takes_only_what_hangs_on_the_verb(parsed: Parsed, text: str, when: When) -> None:
    reading, parse = read(parsed, text)
    verb = next(token for token in parse.doc if token.dep_ == "ROOT")
    assert when_told(reading, parse, range(len(parse.doc)), {verb.i}) == when


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("They met from 3 to 12 July 2011.", ["2011-07-03", "2011-07-12"]),
        ("They met between March and June 2011.", ["2011-03", "2011-06"]),
        ("They met between November and February 2012.", ["2011-11", "2012-02"]),
        ("The fort fell on 3 March 2011. They left on the 5th.", ["2011-03-03", "2011-03-05"]),
        ("The fort fell on 31 December 2011. The army fled the next day.", None),
    ],
)
def test_dates_that_share_their_month_or_year(
    parsed: Parsed, text: str, values: list[str] | None
) -> None:
    times = read(parsed, text)[0].times
    assert [time.value for time in times] == (values or ["2011-12-31", "2012-01-01"])


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The town was shelled overnight.", day(2019, 5, 14), day(2019, 5, 15)),
        ("It lost 30 men over the past two years.", day(2017, 5, 15), day(2019, 5, 15)),
        ("It lost 30 men in the past 48 hours.", day(2019, 5, 13), day(2019, 5, 15)),
        ("The camp flooded last spring.", day(2018, 3, 1), day(2018, 5, 31)),
        ("The camp in Zambia flooded last spring.", day(2018, 1, 1), day(2018, 12, 31)),
        ("The camp flooded in the winter of 2010.", day(2009, 12, 1), day(2011, 2, 28)),
    ],
)
def test_days_that_an_expression_can_mean(parsed: Parsed, text: str, first: day, last: day) -> None:
    assert only(parsed, text).when == When(first, last)


@pytest.mark.parametrize("told", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_stop_no_report(parsed: Parsed, told: str) -> None:
    text = (
        "It fell last Feb. 29, before last Ramadan, in the past 9000 years and last Easter. It "
        "will fall next Feb. 29, next Ramadan, next spring and on the 31st."
    )
    reading, _ = read(parsed, text, told)
    assert all(time.value for time in reading.times)
