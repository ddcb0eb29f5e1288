from collections.abc import Callable
from dataclasses import replace
from datetime import date as day

import pytest

from onrecord.parsing import Parse
from onrecord.stages.date import date
from onrecord.types import DateHint, Dating, Reading, Report

Parsed = Callable[[str], tuple[Reading, Parse]]


def published(parsed: Parsed, text: str, **known: object) -> Dating:
    _, parse = parsed(text)
    report: Report = replace(parse.report, **known)  # type: ignore[arg-type]
    return date(Reading(report=report), replace(parse, report=report)).report.published


def ends(dating: Dating) -> tuple[day | None, day | None]:
    return dating.earliest, dating.latest


def test_nothing_told_leaves_the_dating_open(parsed: Parsed) -> None:
    dating = published(parsed, "The envoy arrived on Friday and left on 3 May.")
    assert dating == Dating()


def test_metadata_give_the_day(parsed: Parsed) -> None:
    hint = DateHint(day(2019, 5, 15), "the feed")
    dating = published(parsed, "The envoy arrived.", hints=(hint,))
    assert ends(dating) == (day(2019, 5, 15), day(2019, 5, 15))
    assert "the feed" in dating.why[0]


def test_two_metadata_that_differ_are_both_kept(parsed: Parsed) -> None:
    hints = (DateHint(day(2019, 5, 15), "the page"), DateHint(day(2019, 5, 18), "the feed"))
    dating = published(parsed, "The envoy arrived.", hints=hints)
    assert ends(dating) == (day(2019, 5, 15), day(2019, 5, 18))


@pytest.mark.parametrize(
    ("url", "first", "last"),
    [
        ("https://a.example/2019/05/15/fort", day(2019, 5, 15), day(2019, 5, 15)),
        ("https://a.example/2019/05/fort", day(2019, 5, 1), day(2019, 5, 31)),
        ("https://a.example/fort-20195", None, None),
    ],
)
def test_address_holds_a_date(
    parsed: Parsed, url: str, first: day | None, last: day | None
) -> None:
    assert ends(published(parsed, "The envoy arrived.", url=url)) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "ARVALIA CITY, 4 FEB 90 (NOVA-PRESS) -- THE ARMY DENIED THE RAID.",
        "ARVALIA, Feb. 4, 1990 (Nova Press) — The army denied the raid.",
        "February 4, 1990\n\nThe army denied the raid.",
        "Published: February 4, 1990\n\nThe army denied the raid.",
    ],
)
def test_printed_date_gives_the_day(parsed: Parsed, text: str) -> None:
    dating = published(parsed, text)
    assert ends(dating) == (day(1990, 2, 4), day(1990, 2, 4))
    assert text[dating.evidence[0].start : dating.evidence[0].end] == dating.evidence[0].text


def test_date_told_as_past_is_a_lower_bound(parsed: Parsed) -> None:
    text = "The fort fell on 3 March 2011. The war began in 2009."
    dating = published(parsed, text)
    assert ends(dating) == (day(2011, 3, 3), None)
    assert [words.text for words in dating.evidence] == ["3 March 2011"]


@pytest.mark.parametrize(
    "text",
    [
        "The army kept 40 percent of the coast as of the end of September 2017.",
        "September 2017 was the worst month for the coast.",
        "The September 2017 massacre shocked the coast.",
    ],
)
def test_month_told_as_past(parsed: Parsed, text: str) -> None:
    assert ends(published(parsed, text)) == (day(2017, 9, 1), None)


@pytest.mark.parametrize(
    "text",
    [
        "The council called a referendum for 3 March 2031.",
        "The council wanted peace by 2031.",
        "He was the front-runner of the 2031 election.",
        "The port would open in 2031.",
    ],
)
def test_what_may_lie_ahead_is_no_lower_bound(parsed: Parsed, text: str) -> None:
    assert published(parsed, text).earliest is None


def test_date_told_as_to_come_is_an_upper_bound(parsed: Parsed) -> None:
    assert ends(published(parsed, "The council will vote in June 2031.")) == (
        None,
        day(2031, 6, 30),
    )


def test_quoted_future_is_no_upper_bound(parsed: Parsed) -> None:
    text = "“The council will vote in June 2031,” the mayor said."
    assert published(parsed, text).latest is None


def test_year_beside_how_long_ago_it_was(parsed: Parsed) -> None:
    text = "The mayor was born two years ago, in 1968."
    assert ends(published(parsed, text)) == (day(1970, 1, 1), day(1970, 12, 31))


def test_yearless_day_moves_a_bound_and_fixes_no_year(parsed: Parsed) -> None:
    text = "Mines closed in December 2022.\n\nThe mayor resigned on 3 January."
    assert ends(published(parsed, text)) == (day(2023, 1, 3), None)


def test_contradiction_leaves_the_weaker_out_and_says_so(parsed: Parsed) -> None:
    hint = DateHint(day(2010, 1, 1), "the page")
    dating = published(parsed, "The fort fell on 3 March 2011.", hints=(hint,))
    assert ends(dating) == (day(2010, 1, 1), day(2010, 1, 1))
    assert any("contradicts" in why for why in dating.why)


def test_the_day_it_was_fetched_is_an_upper_bound(parsed: Parsed) -> None:
    hint = DateHint(day(2019, 5, 15), "the field `crawled`", by=True)
    assert ends(published(parsed, "The envoy arrived.", hints=(hint,))) == (None, day(2019, 5, 15))
    archived = "https://archive.example/web/20190515101112/http://a.example/fort"
    assert ends(published(parsed, "The envoy arrived.", url=archived)) == (None, day(2019, 5, 15))
    dated = "https://archive.example/web/20190515101112/http://a.example/2019/05/01/fort"
    assert ends(published(parsed, "The envoy came.", url=dated)) == (day(2019, 5, 1),) * 2
