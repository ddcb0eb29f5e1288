"""Whether the agency or outlet that a report was taken from is in its record."""

import json
from pathlib import Path

from onrecord.evaluate import evaluate
from onrecord.evaluate.credits import printed, score
from onrecord.settings import Settings

TEXT = (
    "The ferry guild of Corvale said on Monday that its boats would stay in port until the harbour "
    "was dredged, and that two captains had run aground within a week."
)


OTHER = "A baker in Zenda won a prize for bread that he bakes at night in his grandmother's oven."


def row(name: str, text: str, **meta: str) -> dict[str, object]:
    return {"id": name, "text": text, "meta": {"publisher": "Coast Bell", **meta}}


def test_what_is_credited_is_found_where_it_is_printed(tmp_path: Path) -> None:
    rows = [
        row("a", f"CORVALE (TPA) - {TEXT}", wire="TPA", date="2030-05-06"),
        row("b", OTHER, wire="TPA"),
        row("c", f"{TEXT}\n\nThis story first appeared in Low Tide.", credit="h/t: Low Tide"),
        row("d", f"{TEXT}\n\nLow Tide did its sums.", credit="Low Tide."),
        row("e", f"CORVALE (TPA) - {TEXT}"),
        row("f", "The mill of Zenda will be sold before the spring floods, its owner said."),
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    figures = evaluate("credits", file, Settings()).figures
    assert (figures["printed"], figures["found"]) == (75, 50)
    assert (figures["wire_printed"], figures["wire_found"]) == (50, 50)
    assert (figures["wire_found_printed"], figures["wire_origin_printed"]) == (100, 100)
    assert (figures["credit_found_printed"], figures["credit_printed"]) == (50, 100)
    assert (figures["wire_elsewhere"], figures["outlet_elsewhere"]) == (50, 0)


def test_a_hand_is_found_and_is_no_origin() -> None:
    rows = [row("a", "Low Tide said so.", credit="Low Tide")]
    figures = score(rows, [{"id": "a", "origins": [], "hands": ["Low Tide"], "credited": None}])
    assert figures["found_printed"] == 100
    assert figures["origin_printed"] == 0


def test_a_name_is_printed_short_or_whole() -> None:
    assert printed("CORVALE (tpa) - rain", "TPA")
    assert printed("as the Tidal Press Agency has it", "TPA")
    assert not printed("Two Pilots Asked for it", "TPA")
    assert not printed("as the Tidal Press Agency has it", "Low Tide")
