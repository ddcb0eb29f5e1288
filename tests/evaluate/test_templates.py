"""Heads of template fills, and the scoring of roles."""

from typing import Any

import pytest

from onrecord.evaluate.templates import gold, plain, predict, score
from onrecord.settings import Settings

ROW: dict[str, Any] = {
    "id": "1",
    "text": "TERRORISTS THREW BOMBS AT THE EMBASSY IN SELL AND INJURED A FERRYMAN.",
    "templates": [
        {
            "stage": ["ACCOMPLISHED"],
            "slots": {
                "PERP: ORGANIZATION ID": ['"REED ARMY" / "RA"'],
                "PHYS TGT: ID": ['"BRIDGE OF SELL"', '"MILL"'],
                "HUM TGT: DESCRIPTION": ['"FERRYMAN": "OLD MAN"'],
                "INCIDENT: INSTRUMENT ID": ['"DYNAMITE"'],
            },
        }
    ],
}
TOLD = {"event": "ASSAULT", "standing": "told", "nouns": ["bombs", "bridge"]}
ALL = {
    "id": "1",
    "events": [TOLD],
    "perpetrator": ["ra"],
    "target": ["bridge"],
    "victim": [],
    "instrument": [],
}


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


@pytest.mark.parametrize(
    ("event", "right"),
    [
        (TOLD, 100),
        (TOLD | {"standing": "planned"}, 0),
        (TOLD | {"standing": "denied"}, 0),
        (TOLD | {"event": "THREATEN"}, 0),
    ],
)
def test_an_incident_has_come_as_far_as_the_events_that_name_its_heads(
    event: dict[str, Any], right: int
) -> None:
    other = TOLD | {"nouns": ["harbour"]}
    figures = score([ROW], [ALL | {"events": [event, other]}])
    assert (figures["stage_matched"], figures["stage_right"]) == (100, right)
    assert score([ROW], [ALL | {"events": [other]}])["stage_matched"] == 0


def test_events_of_harm_are_read_with_the_nouns_of_their_sentences() -> None:
    (found,) = predict([ROW | {"templates": []}], Settings())
    assert {event["standing"] for event in found["events"]} == {"told"}
    assert all("embassy" in event["nouns"] for event in found["events"])
