"""Figures: values, bounds, units, and the numbers that are none."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord.parsing import Parse
from onrecord.stages.events.figures import figures
from onrecord.types import Evidence, Figure, Reading, Speaker, Statement, Time, When

Parsed = Callable[[str], tuple[Reading, Parse]]


def read(parsed: Parsed, text: str) -> list[Figure]:
    reading, parse = parsed(text)
    return list(figures(reading, parse))


@pytest.mark.parametrize(
    ("text", "words", "value", "low", "high", "unit"),
    [
        ("Rebels killed 12 people.", "12 people", 12, 12, 12, "people killed"),
        ("At least 12 people were killed.", "At least 12 people", 12, 12, None, "people killed"),
        ("The raid wounded up to 30 civilians.",
         "up to 30 civilians", 30, None, 30, "civilians wounded"),
        ("About 400 families left.", "About 400 families", 400, None, None, "families"),
        ("Some 1,200 soldiers were captured.", "Some 1,200 soldiers", 1200, None, None, "soldiers"),
        ("Twenty-five soldiers died.", "Twenty-five soldiers", 25, 25, 25, "soldiers killed"),
        ("Dozens of civilians were killed.",
         "Dozens of civilians", None, 24, None, "civilians killed"),
        ("Hundreds of people were displaced.",
         "Hundreds of people", None, 200, None, "people displaced"),
        ("Tens of thousands of people marched.",
         "Tens of thousands of people", None, 20000, None, "people"),
        ("It gave more than $15 million to clinics.",
         "more than $15 million", 15e6, 15e6, None, "USD"),
        ("It cost 3 million euros.", "3 million euros", 3e6, 3e6, 3e6, "EUR"),
        ("It cost £2.5bn.", "£2.5bn", 2.5e9, 2.5e9, 2.5e9, "GBP"),
        ("They hold 45 percent of the land.", "45 percent", 45, 45, 45, "percent"),
        ("They hold about 45% of the land.", "about 45%", 45, None, None, "percent"),
        ("The front moved 20 kilometres.", "20 kilometres", 20, 20, 20, "km"),
        ("Between 20 and 30 people were killed.",
         "Between 20 and 30 people", None, 20, 30, "people killed"),
        ("Police counted 20 to 30 attacks.", "20 to 30 attacks", None, 20, 30, "attacks"),
        ("They made more than 150 attacks.", "more than 150 attacks", 150, 150, None, "attacks"),
        ("The blast left 12 dead.", "12 dead", 12, 12, 12, "people killed"),
        ("The shelling left 9 people wounded.", "9 people", 9, 9, 9, "people wounded"),
        ("It sent two dozen trucks.", "two dozen trucks", 24, 24, 24, "trucks"),
        ("It paid 500 Indian rupees.", "500 Indian rupees", 500, 500, 500, "INR"),
    ],
)  # fmt: skip
def test_value_bounds_and_unit(
    parsed: Parsed, text: str, words: str, value: float | None, low: float | None,
    high: float | None, unit: str,
) -> None:  # fmt: skip
    found = read(parsed, text)
    assert [(f.span.text, f.value, f.low, f.high, f.unit) for f in found] == [
        (words, value, low, high, unit)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The war began in 1996.",
        "The B-52 took off.",
        "Anna Holm, 45, said so.",
        "A 12-year-old boy came home.",
        "He was aged 30 then.",
        "They cited Resolution 1701 again.",
        "See Article 5 and page 12.",
        "The team won 3-1 at home.",
        "Call 555-0147 now.",
        "One of them left.",
        "It lasted 12 days.",
        "1. Introduction",
        "They met at 10:30 in the hall.",
    ],
)
def test_numbers_that_are_no_figures(parsed: Parsed, text: str) -> None:
    assert read(parsed, text) == []


def test_a_number_within_a_time_expression_is_skipped(parsed: Parsed) -> None:
    text = "The 40 strikes came first."
    reading, parse = parsed(text)
    span = Evidence(reading.report.id, 4, 14, text[4:14])
    time = Time("time-1", reading.report.id, span, "duration", "P40D", When())
    assert len(figures(reading, parse)) == 1
    assert figures(replace(reading, times=(time,)), parse) == ()


def test_what_it_counts_and_on_whose_word(parsed: Parsed) -> None:
    text = "The mayor said gunmen killed 12 villagers in a raid on the market."
    reading, parse = parsed(text)
    words = text[text.index("gunmen") : -1]
    span = Evidence(reading.report.id, text.index("gunmen"), len(text) - 1, words)
    statement = Statement(
        "statement-1", reading.report.id, (), (), (span,), Speaker("the mayor"), True, "say",
        "indirect", None, When(),
    )  # fmt: skip
    (one,) = figures(replace(reading, statements=(statement,)), parse)
    assert one.statement == "statement-1"
    assert one.of.startswith("villagers")
    assert one.unit == "villagers killed"


def test_money_says_what_it_is_for(parsed: Parsed) -> None:
    (one,) = read(parsed, "It froze about $1 billion in aid.")
    assert (one.unit, one.value, one.of) == ("USD", 1e9, "aid")


@pytest.mark.parametrize("text", ["", "12", "$", "12 12 12", "hundreds", "a", "%", "1,2,3,4", "-5"])
def test_odd_input_gives_exact_words(parsed: Parsed, text: str) -> None:
    reading, parse = parsed(text)
    for figure in figures(reading, parse):
        start, end = figure.span.start, figure.span.end
        assert 0 <= start < end <= len(reading.report.text)
        assert figure.span.text == reading.report.text[start:end]
        assert figure.span.report == figure.report == reading.report.id
        assert figure.low is None or figure.high is None or figure.low <= figure.high


@pytest.mark.parametrize(
    ("text", "value", "unit", "of"),
    [
        ("The toll had risen to 14.", 14, "people killed", ""),
        (
            "Some 5,000 hectares have not been planted. The government speaks of 3,000.",
            3000,
            "hectares",
            "not been planted",
        ),
        ("She put the number of people in need at 60,000.", 60000, "people", None),
        (
            "The gauge showed 230 cubic metres of water a second.",
            230,
            "cubic metres per second",
            "water",
        ),
        ("The plant burns 400 barrels a day.", 400, "barrels per day", ""),
        ("The army opened the $2 million bridge.", 2000000, "USD", "bridge"),
        ("The bells weigh 38 kilograms.", 38, "kg", "The bells"),
        ("The council put their value at about 9,000 crowns.", 9000, "crowns", "their value"),
    ],
)
def test_units_and_things_that_the_number_does_not_carry(
    parsed: Parsed, text: str, value: float, unit: str, of: str | None
) -> None:
    figure = read(parsed, text)[-1]
    assert (figure.value, figure.unit) == (value, unit)
    assert of is None or figure.of == of


def test_over_after_a_verb_is_no_hedge(parsed: Parsed) -> None:
    figure = read(parsed, "The council handed over 31 soldiers on Tuesday.")[0]
    assert (figure.low, figure.high) == (31, 31)


def test_whoever_holds_groups_together_detains_nobody(parsed: Parsed) -> None:
    figure = read(parsed, "The chairman holds four armed groups together.")[0]
    assert figure.unit == "groups"
