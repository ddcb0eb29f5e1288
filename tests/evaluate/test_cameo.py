"""The scoring of CAMEO roots."""

from typing import Any

from onrecord.evaluate.cameo import predict, score
from onrecord.settings import Settings

TEXT = "Ruritania attacked Freedonia on Monday."


def row(name: str, subset: str, *codes: str, gold: bool = True) -> dict[str, Any]:
    events = [{"source": "A", "target": "B", "cameo": code} for code in codes]
    none = gold and not codes
    return {
        "id": name,
        "subset": subset,
        "text": TEXT,
        "has_gold": gold,
        "gold_no_event": none,
        "events": events,
    }


def test_shares_by_subset_and_without_roots_that_cameo_has_not() -> None:
    rows = [row("1", "gsr", "190"), row("2", "unit", "901", "042"), row("3", "unit")]
    found = [{"id": "1", "roots": ["19"]}, {"id": "2", "roots": ["04"]}, {"id": "3", "roots": []}]
    figures = score(rows, found)
    assert round(figures["root"]) == 67
    assert figures["root_known"] == figures["root_gsr"] == figures["silent"] == 100.0
    assert figures["root_unit"] == 50.0


def test_rows_without_gold_are_left_out() -> None:
    assert score([row("1", "gsr", "190", gold=False)], [{"id": "1", "roots": []}])["root"] == 0.0


def test_roots_are_read_from_the_text() -> None:
    (found,) = predict([row("1", "gsr", "190")], Settings())
    assert found["roots"] == ["18"]
