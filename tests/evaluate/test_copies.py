"""Copies against pairs of reports judged by their shingles."""

import json
from pathlib import Path

import pytest

from onrecord.evaluate import evaluate
from onrecord.evaluate.copies import score
from onrecord.settings import Settings

WIRE = (
    "CORVALE (TPA) - The ferry guild of Corvale said on Monday that its boats would stay in port "
    "until the harbour was dredged, and that two captains had run aground within a week. "
    "The port authority answered that dredging would begin before the end of the month."
)
OTHER = "A baker in Zenda won a prize for bread that he bakes at night in his grandmother's oven."


def test_shares_by_what_the_pairs_are() -> None:
    rows = [
        {"id": "a", "pairs": [("b", "near_duplicate"), ("c", "independent"), ("d", "unclear")]},
        {"id": "e", "pairs": [("a", "near_duplicate")]},
        {"id": "b", "pairs": [("c", "derived")]},
    ]
    found = [
        {"id": "a", "shared": {"b": ["text"], "c": ["quotation"]}, "words": 90},
        {"id": "b", "shared": {}, "words": 30},
        {"id": "e", "shared": {}, "words": 90},
    ]
    assert score(rows, found) == {
        "near_duplicates": 50,
        "near_duplicates_read": 0,
        "derived": 0,
        "independent": 100,
        "independent_text": 0,
    }


@pytest.mark.parametrize(
    ("silver", "name"), [("near_duplicate", "near_duplicates"), ("independent", "independent")]
)
def test_reports_are_read_from_beside_the_pairs(tmp_path: Path, silver: str, name: str) -> None:
    texts = {"a": WIRE, "b": f"{WIRE} Ferries carry 900 people a day.", "c": OTHER}
    rows = [json.dumps({"id": key, "text": text, "meta": {}}) for key, text in texts.items()]
    (tmp_path / "dev.jsonl").write_text("\n".join(rows), encoding="utf-8")
    other = "b" if silver == "near_duplicate" else "c"
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(json.dumps({"a": "a", "b": other, "silver": silver}), encoding="utf-8")
    measured = evaluate("copies", pairs, Settings())
    assert measured.figures[name] == (100 if silver == "near_duplicate" else 0)
