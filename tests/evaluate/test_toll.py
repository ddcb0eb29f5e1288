"""Tolls of reports against the final figures of incidents."""

from typing import Any

from onrecord.evaluate.toll import DRAWN, drawn, predict, score
from onrecord.settings import Settings


def row(number: int, killed: int, injured: int, text: str = "") -> dict[str, Any]:
    return {
        "id": str(number),
        "text": text,
        "incident": {"num_killed": killed, "num_injured": injured},
    }


ROWS = [row(1, 2, 0), row(2, 0, 3), row(3, 1, 1)]


def test_what_a_report_does_not_tell_counts_as_nobody_where_it_tells_a_toll() -> None:
    found = [
        {"id": "1", "killed": 2, "wounded": None},
        {"id": "2", "killed": None, "wounded": 2},
        {"id": "3", "killed": None, "wounded": None},
    ]
    figures = score(ROWS, found)
    assert round(figures["telling"]) == 67
    assert (figures["killed"], figures["killed_told"]) == (100, 100)
    assert (figures["wounded"], figures["wounded_told"]) == (50, 0)


def test_the_same_rows_are_drawn_each_time_and_none_without_an_incident() -> None:
    rows = [row(number, 1, 0) for number in range(DRAWN + 50)]
    without = {"id": "x", "text": "", "incident": None}
    first = [found["id"] for found in drawn([*rows, without])]
    assert first == [found["id"] for found in drawn([*rows, without])]
    assert len(set(first)) == DRAWN
    assert "x" not in first


def test_a_toll_is_read_from_the_text_alone() -> None:
    text = "Shells killed two ferrymen and wounded a guard in Corvale."
    assert list(predict([row(1, 9, 9, text)], Settings())) == [
        {"id": "1", "killed": 2, "wounded": 1}
    ]
