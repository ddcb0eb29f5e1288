"""Whom the words of hands mean: names inside them, papers named before, people beside a name."""

from collections.abc import Callable

import pytest

from onrecord.parsing import Parse
from onrecord.stages.actors import actors
from onrecord.stages.statements.described import descriptions_of
from onrecord.stages.statements.hands import Hands
from onrecord.stages.statements.outlets import outlets_of
from onrecord.types import Reading

Parsed = Callable[[str], tuple[Reading, Parse]]


def names(parsed: Parsed, text: str, *hands: str) -> list[str]:
    """Return the names of the hands that stand in a text, each last where it stands last."""
    reading, parse = parsed(text)
    reading = actors(reading, parse)
    ranges = []
    for words in hands:
        start = text.rindex(words)
        tokens = parse.tokens_in(start, start + len(words))
        ranges.append((tokens[0], tokens[-1] + 1))
    resolver = Hands(
        reading, parse, outlets_of(reading, parse, ranges), descriptions_of(reading, parse)
    )
    return [hop.name for hop in resolver.hops(ranges)]


@pytest.mark.parametrize(
    ("text", "hand", "name"),
    [
        ("The leak was printed by the anti-graft group Vigil Brodna.", "Vigil Brodna", None),
        (
            "The leak was printed by the anti-graft group Vigil Brodna.",
            "the anti-graft group Vigil Brodna",
            "Vigil Brodna",
        ),
        ("The order came through a driver, who told us.", "a driver", "a driver"),
        ("He spoke to the mayor of Brodna about it.", "the mayor of Brodna", "mayor of Brodna"),
        (
            "Police chief Ilsa Morn was angry. The words were told by the police chief.",
            "the police chief",
            "Ilsa Morn",
        ),
        (
            "Ilsa Morn was angry. The words were told to us by her lawyer.",
            "her lawyer",
            "Ilsa Morn's lawyer",
        ),
        (
            "The Brodna Courier has a reporter there. He told the paper so.",
            "the paper",
            "Brodna Courier",
        ),
        (
            "The Brodna Courier and Radio Sel have reporters there. He told the station so.",
            "the station",
            "Radio Sel",
        ),
    ],
)
def test_whom_the_words_of_a_hand_mean(
    parsed: Parsed, text: str, hand: str, name: str | None
) -> None:
    assert names(parsed, text, hand) == [name or hand]


def test_the_same_broadcast_is_the_hand_told_of_before(parsed: Parsed) -> None:
    text = (
        "The envoy spoke on Radio Sel on Sunday. The bridge, he said in the same broadcast, "
        "would be mended."
    )
    assert names(parsed, text, "Radio Sel", "the same broadcast") == ["Radio Sel", "Radio Sel"]


def test_a_pronoun_that_could_be_anybody_is_no_hand(parsed: Parsed) -> None:
    assert names(parsed, "Nobody knew what they had told the clerk.", "they") == []


def test_a_paper_that_no_name_stands_for_is_told_as_printed(parsed: Parsed) -> None:
    assert names(parsed, "He told the paper that he would stay.", "the paper") == ["paper"]
