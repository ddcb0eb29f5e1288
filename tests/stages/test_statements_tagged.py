"""What the tagger gives is mended, and left out where nothing was said, whatever its weights."""

import dataclasses
import sys
from collections.abc import Callable

import pytest

from onrecord.models.attribution import Tagged, tag
from onrecord.parsing import Parse
from onrecord.stages.statements import statements
from onrecord.types import Reading, Statement

Parsed = Callable[[str], tuple[Reading, Parse]]
Given = Callable[..., tuple[Statement, ...]]


@pytest.fixture
def given(parsed: Parsed, monkeypatch: pytest.MonkeyPatch) -> Given:
    """Return a function that reads a text of which the tagger gives one attribution."""

    def read(
        text: str, source: str | None, cue: str, *content: str, sure: float = 0.99
    ) -> tuple[Statement, ...]:
        def place(words: str) -> tuple[int, int]:
            return text.index(words), text.index(words) + len(words)

        one = Tagged(
            source=(place(source),) if source else (),
            cue=place(cue),
            content=tuple(map(place, content)),
            cue_sure=sure,
            source_sure=1.0,
            content_sure=1.0,
        )
        module = sys.modules["onrecord.stages.statements"]
        monkeypatch.setattr(
            module, "tag", lambda *words: dataclasses.replace(tag(*words), tagged=[one])
        )
        reading, parse = parsed(text)
        return statements(reading, parse).statements

    return read


def sources(found: tuple[Statement, ...]) -> list[list[str]]:
    return [[part.text for part in statement.source] for statement in found]


@pytest.mark.parametrize(
    ("source", "whole"),
    [
        ("Interior Minister Daro", "Interior Minister Daro Venk"),
        ("Interior Minister Daro Venk, speaking", "Interior Minister Daro Venk"),
        ("Interior Minister Daro Venk", "Interior Minister Daro Venk"),
    ],
)
def test_a_source_is_not_cut_in_a_name_nor_left_dangling(
    given: Given, source: str, whole: str
) -> None:
    text = "Interior Minister Daro Venk, speaking by telephone, warned that the dam would hold."
    found = given(text, source, "warned", "the dam would hold")
    assert sources(found) == [[whole]]


def test_a_source_cut_in_its_clause_is_taken_whole_from_the_rules(given: Given) -> None:
    text = "A clerk who met Venk, and who spoke on condition of secrecy, said the dam would hold."
    (found,) = given(text, "A clerk who met Venk, and who spoke on", "said", "the dam would hold")
    assert found.source[0].text.endswith("secrecy")


def test_a_lone_article_is_no_content_beside_others(given: Given) -> None:
    text = "He told the Post on Sunday that the dam would hold."
    (found,) = given(text, "He", "told", "the", "the dam would hold")
    assert [part.text for part in found.content] == ["the dam would hold"]


def test_what_the_tagger_is_least_sure_of_is_left_out(given: Given) -> None:
    text = "The council weighed the dam for years."
    assert given(text, "The council", "weighed", "the dam", sure=0.2) == ()
    assert len(given(text, "The council", "weighed", "the dam", sure=0.9)) == 1


def test_a_source_keeps_the_bracket_at_its_end(given: Given) -> None:
    text = "The Nareth Council (NLC) accuses the army of theft."
    found = given(text, "The Nareth Council (NLC)", "accuses", "the army of theft")
    assert sources(found) == [["The Nareth Council (NLC)"]]


def test_an_act_joined_by_and_does_not_take_the_place_of_the_first(given: Given) -> None:
    text = (
        "The Ministry of Defence confirmed the number. It said, however, that at least six more "
        "soldiers were held by the Orla Brigade, and urged the council to see to their release."
    )
    rest = text[text.index("however") : -1]
    found = given(text, "The Ministry of Defence", "said", "the number", rest)
    contents = {s.cue[0].text: [part.text for part in s.content] for s in found}
    assert contents["said"] == ["at least six more soldiers were held by the Orla Brigade"]
    assert contents["urged"] == ["to see to their release"]


def test_the_words_before_a_closing_cue_are_its_own_and_the_next_sentence_is_not(
    given: Given,
) -> None:
    text = "Nine were civilians and three were guards, the ministry said. It counted 31 wounded."
    first, later = "Nine were civilians and three were guards", "It counted 31 wounded"
    (found,) = given(text, "the ministry", "said", first, later)
    assert [part.text for part in found.content] == [first]
