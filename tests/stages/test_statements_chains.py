"""Through whose hands words came: outlets, platforms, who quotes, and what goes on in them."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord.parsing import Parse
from onrecord.stages.actors import actors
from onrecord.stages.statements import statements
from onrecord.types import Reading, Statement

Parsed = Callable[[str], tuple[Reading, Parse]]


def read(parsed: Parsed, text: str) -> tuple[Statement, ...]:
    reading, parse = parsed(text)
    return statements(actors(reading, parse), parse).statements


def hands(statement: Statement) -> list[str]:
    return [hop.name for hop in statement.chain]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor told Gull FM that the pier would be closed.", ["Gull FM"]),
        ("The mayor told the daily Sura Vela that the pier would be closed.", ["Sura Vela"]),
        ("“The pier is closed,” the mayor wrote in a post on Chirrup.", ["Chirrup"]),
        ("In a video sent round on Telegram, the mayor said the pier was closed.", ["Telegram"]),
        (
            "Radio Tavo quoted the mayor as saying that the pier would be closed.",
            ["Radio Tavo"],
        ),
    ],
)
def test_a_hand_is_named_with_its_words(parsed: Parsed, text: str, expected: list[str]) -> None:
    found = [s for s in read(parsed, text) if "pier" in s.content[0].text.lower()]
    assert [hands(statement) for statement in found] == [expected]
    for hop in found[0].chain:
        assert all(text[part.start : part.end] == part.text for part in hop.evidence)


def test_what_the_same_speaker_adds_came_through_the_same_hands(parsed: Parsed) -> None:
    text = (
        "Mayor Tilda Marr told Gull FM that the pier would be closed. "
        "The ferries, she added, would sail from the old quay."
    )
    found = read(parsed, text)
    assert [hands(s) for s in found] == [["Gull FM"], ["Gull FM"]]


def test_words_to_somebody_else_do_not_go_on_through_them(parsed: Parsed) -> None:
    text = (
        "Mayor Tilda Marr told Gull FM that the pier would be closed. "
        "Marr told reporters on Sunday that the ferries would sail from the old quay."
    )
    assert hands(read(parsed, text)[-1]) == []


def test_the_agency_of_the_dateline_is_no_hand(parsed: Parsed) -> None:
    text = (
        "ORLA, May 2, 2021 (TPA) - The council met on Sunday behind closed doors.\n\n"
        "Its spokesman told TPA that the pier would be closed."
    )
    assert [hands(s) for s in read(parsed, text) if "pier" in s.content[0].text] == [[]]


def test_who_handed_on_a_thing_that_is_told_of_is_no_hand(parsed: Parsed) -> None:
    text = (
        "The Harbour Daily is a newspaper.\n\nTilda Marr said the decision did not rest on the "
        "letter of the Sluice Office that was published last month by the Harbour Daily."
    )
    found = [s for s in read(parsed, text) if "decision" in s.content[0].text]
    assert [hands(statement) for statement in found] == [[]]


@pytest.mark.parametrize("whom", ["reporters", "this newspaper", "parliament"])
def test_those_spoken_to_are_no_hands(parsed: Parsed, whom: str) -> None:
    (found,) = read(parsed, f"The mayor told {whom} that the pier would be closed.")
    assert hands(found) == []


def test_the_short_form_of_an_outlet_is_not_a_second_hand(parsed: Parsed) -> None:
    text = (
        "Marr gave the Evening Post an interview in May.\n\n"
        "Marr told the Post, as the Evening Post calls itself, that the pier would be closed."
    )
    found = [s for s in read(parsed, text) if "pier" in s.content[0].text]
    assert [hands(s) for s in found] == [["Evening Post"]]


def test_the_station_is_not_the_newspaper_named_last(parsed: Parsed) -> None:
    text = (
        "Tisk told Radio Sornach that time was up. The Evening Post printed his picture.\n\n"
        "He told the station that the pier would be closed, the Post said."
    )
    (found,) = [s for s in read(parsed, text) if "pier" in s.content[0].text]
    assert hands(found) == ["Radio Sornach", "Evening Post"]


def test_a_station_without_a_name_is_told_as_printed(parsed: Parsed) -> None:
    text = "The Evening Post printed his picture. He told the station that the pier was closed."
    (found,) = [s for s in read(parsed, text) if "pier" in s.content[0].text]
    assert hands(found) == ["station"]


def test_a_state_is_not_the_daily_named_after_it(parsed: Parsed) -> None:
    text = (
        "The government of Norway called. The Norway Digest printed his picture. "
        "The minister told Norway on Sunday that the pier was closed."
    )
    (found,) = [s for s in read(parsed, text) if "pier" in s.content[0].text]
    assert hands(found) == []


def test_the_short_name_of_the_own_outlet_is_no_hand(parsed: Parsed) -> None:
    reading, parse = parsed("Its foreman told the Gazette that the ladder had been chained.")
    reading = replace(reading, report=replace(reading.report, source="The Orla Gazette"))
    (found,) = statements(actors(reading, parse), parse).statements
    assert hands(found) == []


def test_an_outlet_that_reports_words_of_we_hands_them_on(parsed: Parsed) -> None:
    text = "Citing RNV Urdu, the Coast Tribune reported: “We want these men gone from our towns.”"
    (found,) = read(parsed, text)
    assert found.speaker.name == ""
    assert hands(found) == ["RNV Urdu", "Coast Tribune"]
    assert found.source == ()


def test_an_outlet_that_tells_of_others_speaks(parsed: Parsed) -> None:
    (found,) = read(parsed, "The Coast Tribune reported: “The men have gone from the towns.”")
    assert found.speaker.name == "Coast Tribune"


def test_a_state_written_like_a_pronoun_does_not_speak_of_itself(parsed: Parsed) -> None:
    (found,) = read(parsed, "The Coast Tribune reported that US envoys had left the towns.")
    assert found.speaker.name == "Coast Tribune"
