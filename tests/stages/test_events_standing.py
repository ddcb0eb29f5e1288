"""What is only mentioned, believed, asked or performed: how such events stand."""

from collections.abc import Callable

import pytest

from onrecord.parsing import Parse
from onrecord.stages.actors import actors
from onrecord.stages.events import events
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
        ("The rebels denied responsibility for the attack on Zenda.", "ASSAULT", "denied"),
        ("Ruritania cancelled the raid on Zenda.", "ASSAULT", "denied"),
        ("The talks between Ruritania and Freedonia will begin on Monday.", "CONSULT", "planned"),
        ("Ruritania said the talks with Freedonia will resume soon.", "CONSULT", "planned"),
        ("The talks between Ruritania and Freedonia could begin soon.", "CONSULT", "conditional"),
        ("If the attack on Zenda happens, Ruritania will answer.", "ASSAULT", "conditional"),
        ("Will the attack on Zenda happen?", "ASSAULT", "conditional"),
        ("The invasion of Zembla would trigger a war, Ruritania said.", "ASSAULT", "alleged"),
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
