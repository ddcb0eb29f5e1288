"""What is only mentioned, believed, asked or performed: how such events stand."""

import sys
from collections.abc import Callable

import numpy as np
import pytest

from onrecord.parsing import Parse
from onrecord.stages.actors import actors
from onrecord.stages.events import events
from onrecord.stages.events.learned import likeliest
from onrecord.stages.statements import statements
from onrecord.types import Reading

Parsed = Callable[[str], tuple[Reading, Parse]]


@pytest.mark.parametrize(
    ("text", "event", "standing"),
    [
        ("Ruritania must hand over the men who attacked Freedonia.", "ASSAULT", "told"),
        ("Nobody spoke about the rebels captured by Ruritania in Zenda.", "COERCE", "told"),
        ("The attack on Zenda did not take place.", "ASSAULT", "denied"),
        ("Ruritania's attack on Freedonia did not happen.", "ASSAULT", "denied"),
        ("The minister denied the attack on Zenda.", "ASSAULT", "denied"),
        ("The rebels denied responsibility for the attack on Zenda.", "ASSAULT", "told"),
        ("Ruritania cancelled the raid on Zenda.", "ASSAULT", "denied"),
        ("The talks between Ruritania and Freedonia will begin on Monday.", "CONSULT", "planned"),
        ("Ruritania said the talks with Freedonia will resume soon.", "CONSULT", "planned"),
        ("The talks between Ruritania and Freedonia could begin soon.", "CONSULT", "conditional"),
        ("If the attack on Zenda happens, Ruritania will answer.", "ASSAULT", "conditional"),
        ("Will the attack on Zenda happen?", "ASSAULT", "conditional"),
        ("The invasion of Zembla would trigger a war, Ruritania said.", "ASSAULT", "conditional"),
        ("The memo does not say who attacked Zenda.", "ASSAULT", "told"),
        ("Why Ruritania attacked Freedonia is not clear.", "ASSAULT", "told"),
        ("The rebels are believed to have attacked Freedonia on Monday.", "ASSAULT", "alleged"),
        ("The crisis prompted Ruritania to attack Freedonia on Monday.", "ASSAULT", "told"),
        ("If Ruritania does not attack Freedonia, markets will open.", "ASSAULT", "conditional"),
        ("Ruritania did not attack Freedonia.", "ASSAULT", "denied"),
        ("Ruritania said that it would attack Freedonia in spring.", "ASSAULT", "planned"),
        ("“We condemn Ruritania,” the envoy of Freedonia said.", "ACCUSE", "told"),
    ],
)
def test_how_an_event_stands(parsed: Parsed, text: str, event: str, standing: str) -> None:
    reading, parse = parsed(text)
    reading = statements(actors(reading, parse), parse)
    found = [one for one in events(reading, parse).events if one.event == event]
    assert [one.standing for one in found] == [standing]


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Ruritania allegedly attacked Zenda.", "alleged"),
        ("The alleged attack on Zenda shook the town.", "alleged"),
        ("Did Ruritania attack Zenda?", "conditional"),
        ("The attack on Zenda never took place.", "denied"),
        ("If Ruritania attacks Zenda, Freedonia will leave.", "conditional"),
        ("The guards foiled an attack on Zenda.", "denied"),
        ("The thwarted bombing of Zenda shocked the town.", "denied"),
        ("There is no evidence that Ruritania bombed Zenda.", "denied"),
        ("Neither Ruritania nor Freedonia attacked Zenda.", "denied"),
        ("Is Ruritania bombing Zenda?", "conditional"),
        ("Rumours that Ruritania bombed Zenda shook the markets.", "alleged"),
        ("Had Ruritania bombed Zenda, Freedonia would have answered.", "conditional"),
    ],
)
def test_what_rules_are_firm_on_holds_whatever_the_weights_say(
    parsed: Parsed, monkeypatch: pytest.MonkeyPatch, text: str, standing: str
) -> None:
    told = np.array([1.0, 0.0, 0.0, 0.0, 0.0], np.float32)
    monkeypatch.setattr(sys.modules["onrecord.stages.events.learned"], "shares", lambda _: told)
    reading, parse = parsed(text)
    reading = statements(actors(reading, parse), parse)
    found = [one.standing for one in events(reading, parse).events if one.event == "ASSAULT"]
    assert found == [standing]


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ([0.9, 0.05, 0.0, 0.0, 0.05], 0),
        ([0.6, 0.1, 0.1, 0.0, 0.2], 4),
        ([0.5, 0.3, 0.1, 0.0, 0.1], 1),
        ([0.1, 0.2, 0.7, 0.0, 0.0], 2),
    ],
)
def test_told_only_where_denied_and_conditional_are_far_from_it(
    given: list[float], place: int
) -> None:
    assert likeliest(np.array(given, np.float32)) == place
