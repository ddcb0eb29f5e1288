"""Figures of one thing that can't all hold, and what only looks like it."""

from dataclasses import replace
from datetime import date

import pytest

from hand_made import Page, corpus
from onrecord.stages.claims import setting_of
from onrecord.stages.claims.numbers import (
    bits_of,
    counted,
    differ,
    features,
    figures_that_differ,
    pairs,
)
from onrecord.stages.claims.weighing import weighed, weights
from onrecord.types import Corpus, Dispute, Figure, When


def toll(outlet: str, words: str, value: float, *, day: date = date(2022, 3, 5)) -> Page:
    text = f"A blast at the Osmar grain market killed {words} on Friday, the outlet counted."
    page = Page(outlet, text, published=day)
    page.actor("Osmar", kind="place")
    page.figure(words, "people killed", words, value=value)
    page.figures = [replace(figure, kind="killed") for figure in page.figures]
    return page


def disputes(*pages: Page) -> list[Dispute]:
    made = corpus(*pages)
    return list(figures_that_differ(made.readings, setting_of(made)))


def test_two_reports_of_one_day_give_two_tolls() -> None:
    (found,) = disputes(toll("A", "nineteen people", 19), toll("B", "31 people", 31))
    assert found.text in ("nineteen people / 31 people", "31 people / nineteen people")
    assert found.kind == "figure"


def test_one_toll_in_two_reports_is_no_dispute() -> None:
    assert disputes(toll("A", "nineteen people", 19), toll("B", "19 people", 19)) == []


def test_a_number_many_times_another_counts_something_else() -> None:
    assert disputes(toll("A", "nine people", 9), toll("B", "900 people", 900)) == []


def test_what_one_report_tells_in_one_breath_is_no_dispute_with_itself() -> None:
    page = Page("A", "The blast killed 23 people and 5 children at the Osmar market.")
    page.actor("Osmar", kind="place")
    page.figure("23 people", "people killed", "people", value=23)
    page.figure("5 children", "children killed", "children", value=5)
    page.figures = [replace(figure, kind="killed") for figure in page.figures]
    assert disputes(page) == []


def one_report(second: str, words: str) -> list[Dispute]:
    page = Page("A", f"Vellin said 400 tonnes of seed wheat were stolen at Osmar mill. {second}")
    page.actor("Vellin", kind="state")
    page.actor("Osmar", kind="state")
    said = page.statement("400 tonnes of seed wheat were stolen at Osmar mill", by="Vellin")
    page.figure("400 tonnes", "tonnes", "400 tonnes", value=400)
    page.figure(words, "tonnes", words, value=90)
    page.figures[0] = replace(page.figures[0], statement=said)
    return disputes(page)


def test_of_one_report_only_what_it_sets_against_each_other_is_a_dispute() -> None:
    told = "90 tonnes of seed wheat were stolen at Osmar mill."
    assert len(one_report(f"But Osmar's police put it at {told}", "90 tonnes")) == 1
    assert one_report(f"In the spring {told}", "90 tonnes") == []
    assert one_report(f"But another {told}", "90 tonnes") == []


def figure(*, value: float | None = None, low: float | None = None, when: When) -> Figure:
    page = Page("A", "12 people")
    page.figure("12 people", "people killed", "people", value=value, low=low)
    return replace(page.figures[0], when=when)


MAY, JUNE = When(date(2022, 5, 1), date(2022, 5, 31)), When(date(2022, 6, 1), date(2022, 6, 30))


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        (figure(value=12, when=MAY), figure(value=15, when=MAY), True),
        (figure(value=12, when=MAY), figure(value=15, when=JUNE), False),
        (figure(low=12, when=MAY), figure(value=15, when=MAY), False),
        (figure(low=16, when=MAY), figure(value=15, when=MAY), True),
        (figure(value=12, when=When()), figure(value=15, when=MAY), True),
    ],
)
def test_what_can_hold_together(one: Figure, other: Figure, differs: bool) -> None:
    assert differ(one, other) is differs
    assert differ(other, one) is differs


def signs(made: Corpus) -> frozenset[str]:
    found = [one for reading in made.readings for one in counted(reading, setting_of(made))]
    bits = bits_of(found)
    ((one, other),) = pairs(found, bits)
    assert features(one, other, bits) == features(other, one, bits)
    return features(one, other, bits)


def test_signs_tell_what_is_counted_and_when_it_was_told() -> None:
    later = toll("B", "31 people", 31, day=date(2022, 3, 7))
    found = signs(corpus(toll("A", "nineteen people", 19), later))
    assert {"one noun", "kind killed", "one story", "apart days", "risen"} <= found
    elsewhere = signs(corpus(toll("A", "nineteen people", 19), later, one_story=False))
    assert "two stories" in elsewhere
    known = weights("numbers")
    assert weighed(elsewhere, known) < weighed(found, known)
