"""Whose words: speakers behind datelines, turns, aliases and descriptions; what is no statement."""

from collections.abc import Callable

import pytest

from onrecord.parsing import Parse
from onrecord.stages.actors import actors
from onrecord.stages.statements import statements
from onrecord.types import Reading, Statement

Parsed = Callable[[str], tuple[Reading, Parse]]


def read(parsed: Parsed, text: str) -> tuple[Statement, ...]:
    reading, parse = parsed(text)
    return statements(actors(reading, parse), parse).statements


def with_words(found: tuple[Statement, ...], words: str) -> Statement:
    return next(s for s in found if words in " ".join(part.text for part in s.content))


def test_speaker_stands_behind_the_dateline(parsed: Parsed) -> None:
    text = (
        "ESTMORE, Dec. 16, 2022 (OPA) - Ardania imposed sanctions on Friday on a general and on "
        "the leader of a brigade, accusing the first of having armed the second."
    )
    found = with_words(read(parsed, text), "having armed")
    assert found.speaker.name == "Ardania"
    assert found.speaker.represents is None


def test_participle_after_a_demand_is_of_who_demands(parsed: Parsed) -> None:
    text = (
        "Sarim demanded on Thursday that neighboring Velmora stop filling the lake, saying the "
        "river had dropped by a third."
    )
    assert with_words(read(parsed, text), "dropped").speaker.name == "Sarim"


def test_pronoun_is_nobody_named_in_its_own_quotation(parsed: Parsed) -> None:
    text = (
        "General Osko Brand denied the charge. “I have never met Garan Tolk and I have never "
        "signed for a rocket,” he said."
    )
    assert with_words(read(parsed, text), "never met").speaker.name == "Osko Brand"


def test_description_goes_on_speaking(parsed: Parsed) -> None:
    text = (
        "Velmora denied it. A rebel source dismissed the claims. “We took it all from the "
        "garrison,” the source told a paper."
    )
    speaker = with_words(read(parsed, text), "garrison").speaker
    assert (speaker.name, speaker.unnamed) == ("A rebel source", True)


def test_he_is_the_described_commander(parsed: Parsed) -> None:
    text = (
        "Osko Brand kept silent. A rebel commander told reporters that the weapons were booty. "
        "“Nobody gave us anything,” he said."
    )
    speaker = with_words(read(parsed, text), "Nobody").speaker
    assert (speaker.name, speaker.unnamed) == ("A rebel commander", True)


def test_spokesman_who_goes_by_a_name_is_named(parsed: Parsed) -> None:
    text = (
        "The Sarim Freedom Council denied it. Its spokesman, who goes by the name of Brother "
        "Alto, said the raid was a lie."
    )
    assert with_words(read(parsed, text), "lie").speaker.name == "Brother Alto"


TRANSCRIPT = """The Round Table - transcript

MARGO SOLME: Good morning. Did your army give rockets to the brigade?

TEO ORESTI: No. It gave no rockets to anybody.

MARGO SOLME: You said in December that you would stay at home. Why do you fly now?

TEO ORESTI: I was still counting litres. We go because we were asked.
"""


def test_questions_are_no_statements_and_you_is_the_guest(parsed: Parsed) -> None:
    found = read(parsed, TRANSCRIPT)
    assert not any("Did your army" in part.text for s in found for part in s.content)
    assert with_words(found, "stay at home").speaker.name == "Teo Oresti"
    assert {s.speaker.name for s in found} == {"Teo Oresti"}


def test_one_act_under_one_cue(parsed: Parsed) -> None:
    text = (
        "The Sarim Council denied it.\n\nIn a statement that it posted on Sunday, the Council "
        "wrote:\n\nThe people of the valley know the sound of the guns."
    )
    found = [s for s in read(parsed, text) if "valley" in s.content[0].text]
    assert [s.cue[0].text for s in found] == ["wrote"]


def test_what_only_names_or_tells_a_standing_is_no_statement(parsed: Parsed) -> None:
    for text in (
        "Anso Kirov, whom everybody in the valley calls the Ferryman, went home.",
        "He leads an umbrella of armed groups that oppose the dam.",
        "On Monday Velmora recalled its ambassador for consultations.",
        "So far nobody in the capital has asked what happens next.",
        "The ministry would neither confirm nor deny that the memo exists.",
    ):
        assert read(parsed, text) == (), text


def test_call_for_something_is_a_demand(parsed: Parsed) -> None:
    found = read(parsed, "On Monday Velmora called for an independent inquiry.")
    assert [(s.act, s.content[0].text) for s in found] == [("demand", "an independent inquiry")]


def test_owner_with_an_apostrophe_belongs_to_the_source(parsed: Parsed) -> None:
    found = read(parsed, "The Sarimi farmers' unions say that the rice has been lost.")
    assert found[0].source[0].text == "The Sarimi farmers' unions"


def test_foreign_minister_is_not_the_water_minister(parsed: Parsed) -> None:
    text = (
        "Water Minister Jona Terel said the lake was full. The foreign minister said the "
        "guarantors must meet."
    )
    assert with_words(read(parsed, text), "guarantors").speaker.name == "The foreign minister"


def test_who_acts_in_a_passive_clause_does_not_speak_on(parsed: Parsed) -> None:
    text = (
        "The Ministry of Defence confirmed it. It said that six soldiers were held by the Tolk "
        "Brigade, and urged the council to free them."
    )
    speakers = {s.speaker.name for s in read(parsed, text) if s.cue and s.cue[0].text == "urged"}
    assert "Tolk Brigade" not in speakers


def test_joined_acts_are_two_statements(parsed: Parsed) -> None:
    text = "Osko Brand said the council had done nothing and called for an independent inquiry."
    contents = [" ".join(part.text for part in s.content) for s in read(parsed, text)]
    assert "an independent inquiry" in contents
    assert not any("nothing" in words and "inquiry" in words for words in contents)


def test_insertion_between_dashes_is_no_dateline(parsed: Parsed) -> None:
    text = "Jona Sund — a teacher from Velmora — says he made up his mind at the last minute."
    assert with_words(read(parsed, text), "made up").speaker.name == "Jona Sund"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # A description means the person whose name it stands beside, before or after.
        (
            "Capt. Ivo Brandel met the herders on Sunday. Nobody was hurt. "
            "The captain said that the road would open.",
            "Ivo Brandel",
        ),
        (
            "The finance minister, Oda Lorn, and the farm minister, Pella Hask, met. "
            "The farm minister said that seed would be cheaper.",
            "Pella Hask",
        ),
        # A name at the end of an office is who holds it.
        (
            "The Commissioner for Canals, Mr Talo Renn, said that the locks would be mended.",
            "Talo Renn",
        ),
        # A document is its signer's word.
        ("The letter, signed by Ansa Vell, said that the strike would go on.", "Ansa Vell"),
    ],
)
def test_a_description_means_whoever_the_report_puts_beside_it(
    parsed: Parsed, text: str, speaker: str
) -> None:
    assert read(parsed, text)[-1].speaker.name == speaker


def test_a_captain_of_whom_no_name_is_known_stays_as_printed(parsed: Parsed) -> None:
    text = "Colonel Ivo Brandel met the herders. The captain said that the road would open."
    speaker = read(parsed, text)[-1].speaker
    assert (speaker.name, speaker.unnamed) == ("The captain", True)


def test_a_colon_gives_a_quotation_to_whom_it_names(parsed: Parsed) -> None:
    text = (
        "Oda Lorn said that the price of bread would fall. The harbour had other news from "
        "the mayor, Pella Hask: “We have not seen a ship in nine days.”"
    )
    assert read(parsed, text)[-1].speaker.name == "Pella Hask"


def test_they_within_a_quotation_are_others_than_its_speaker(parsed: Parsed) -> None:
    text = "Oda Lorn was tired. “They keep saying that the ferry is late,” Lorn wrote."
    found = [s for s in read(parsed, text) if s.cue and s.cue[0].text == "saying"]
    assert [s.speaker.name for s in found] == ["They"]


def test_questioning_a_crew_is_no_statement(parsed: Parsed) -> None:
    text = "The harbour police boarded the ship and questioned its crew members on Sunday."
    assert read(parsed, text) == ()


def test_a_text_in_capitals_is_no_transcript(parsed: Parsed) -> None:
    text = "\n\n".join(
        [
            "THE COUNCIL MET ON SUNDAY IN BRENIK.",
            "LORN ADDED: THE PORT WILL BE CLOSED.",
            "HASK SAID: THE FERRIES WILL SAIL.",
            "LORN ADDED: NOBODY WILL BE PAID.",
        ]
    )
    assert {s.why for s in read(parsed, text)}.isdisjoint({"turn", "answer"})


def test_who_blames_and_vows_is_the_subject_of_both(parsed: Parsed) -> None:
    text = "Oda Lorn blamed the Ferry Union, a branch of the Dockers, and vowed to end the strike."
    assert with_words(read(parsed, text), "end the strike").speaker.name == "Oda Lorn"
