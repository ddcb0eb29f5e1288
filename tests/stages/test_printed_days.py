"""A page's day counts only where the page prints it so that it can be no other."""

from datetime import date

import pytest

from onrecord.stages.read.printed_days import is_printed

DAY = date(2019, 3, 12)


@pytest.mark.parametrize(
    "page",
    [
        "<time>2019-03-12T08:00</time>",
        "<p>12.03.2019, 8:00</p>",
        "<p>March 12, 2019</p>",
        "<p>12th March 2019</p>",
        "<p>Dienstag, 12. März 2019</p>",
        "<p>12 de marzo de 2019</p>",
        "<b>12</b> Mar 2019",
    ],
)
def test_printed(page: str) -> None:
    assert is_printed(page, DAY)


@pytest.mark.parametrize(
    "page",
    ["<p>12/03/2019</p>", "<p>March 2019</p>", "<p>12 May 2019</p>", "<p>112.03.2019</p>", ""],
)
def test_not_printed_or_not_for_certain(page: str) -> None:
    assert not is_printed(page, DAY)


def test_a_day_that_can_be_no_month_is_one_in_figures() -> None:
    assert is_printed("<p>26/10/2018</p>", date(2018, 10, 26))
    assert is_printed("<p>10/26/2018</p>", date(2018, 10, 26))
