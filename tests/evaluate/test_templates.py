"""Heads of template fills, and the scoring of roles."""

from typing import Any

from onrecord.evaluate.templates import gold, plain, predict, score
from onrecord.settings import Settings

ROW: dict[str, Any] = {
    "id": "1",
    "text": "TERRORISTS THREW BOMBS AT THE EMBASSY IN SELL AND INJURED A FERRYMAN.",
    "templates": [
        {
            "slots": {
                "PERP: ORGANIZATION ID": ['"REED ARMY" / "RA"'],
                "PHYS TGT: ID": ['"BRIDGE OF SELL"', '"MILL"'],
                "HUM TGT: DESCRIPTION": ['"FERRYMAN": "OLD MAN"'],
                "INCIDENT: INSTRUMENT ID": ['"DYNAMITE"'],
            }
        }
    ],
}
ALL = {"id": "1", "perpetrator": ["ra"], "target": ["bridge"], "victim": [], "instrument": []}


def test_the_head_of_a_fill_is_the_last_word_before_what_qualifies_it() -> None:
    found = gold(ROW)
    assert found["perpetrator"] == {frozenset({"army", "ra"})}
    assert found["target"] == {frozenset({"bridge"}), frozenset({"mill"})}
    assert found["victim"] == {frozenset({"ferryman", "man"})}
    assert plain("«Dynamite-2»") == "dynamite2"


def test_one_alternative_is_enough_and_what_is_not_found_costs() -> None:
    figures = score([ROW], [ALL])
    assert figures["perpetrator_f1"] > 99
    assert (figures["target_precision"], figures["target_recall"]) == (100.0, 50.0)
    assert figures["victim_f1"] == figures["instrument_f1"] == 0
    assert 0 < figures["mean_f1"] < 100


def test_roles_are_read_from_the_text_alone() -> None:
    (found,) = predict([ROW | {"templates": []}], Settings())
    assert found["instrument"] == ["bombs"]
    assert "embassy" in found["target"]
    assert "ferryman" in found["victim"]
