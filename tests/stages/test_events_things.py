"""What was hit and with what, and where nothing of the kind is told."""

from collections.abc import Callable

from onrecord.parsing import Parse
from onrecord.stages.actors import actors
from onrecord.stages.events import events
from onrecord.types import Event, Reading

Parsed = Callable[[str], tuple[Reading, Parse]]


def read(parsed: Parsed, text: str) -> tuple[str, list[Event]]:
    reading, parse = parsed(text)
    return text, list(events(actors(reading, parse), parse).events)


def words(found: list[Event], field: str) -> list[str]:
    return [span.text for event in found for span in getattr(event, field)]


def test_what_was_hit_and_with_what_stand_in_their_exact_words(parsed: Parsed) -> None:
    text, found = read(parsed, "Rebels attacked the power station of Zenda with a car bomb.")
    assert words(found, "instrument") == ["car bomb"]
    assert words(found, "target") == ["power station"]
    for event in found:
        for span in (*event.target, *event.instrument):
            assert text[span.start : span.end] == span.text


def test_a_weapon_that_tells_the_event_is_its_instrument(parsed: Parsed) -> None:
    _, found = read(parsed, "Gunmen fired rockets at the embassy of Ruritania on Monday.")
    assert words(found, "instrument") == ["rockets"]


def test_a_weapon_destroyed_is_no_instrument(parsed: Parsed) -> None:
    _, found = read(parsed, "Ruritania destroyed two rifles and a truck near Zenda.")
    assert not words(found, "instrument")


def test_a_side_of_the_event_is_no_thing(parsed: Parsed) -> None:
    _, found = read(parsed, "Ruritania bombed Freedonia with rockets on Monday.")
    assert "Freedonia" not in words(found, "target")
    assert not words(found, "target")


def test_talks_hit_nothing(parsed: Parsed) -> None:
    _, found = read(parsed, "Ruritania met Freedonia in the embassy on Monday about the bomb.")
    assert found
    assert not words(found, "target")
    assert not words(found, "instrument")
