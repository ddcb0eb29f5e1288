"""Phrases that mean persons, bodies and places, and which mean the same."""

from collections.abc import Callable

import pytest

from onrecord.models.attribution import tag
from onrecord.parsing import Parse
from onrecord.stages.actors.coref import chains
from onrecord.stages.actors.page import Page, lay_out
from onrecord.stages.actors.phrases import Phrase, phrases
from onrecord.types import Reading

Parsed = Callable[[str], tuple[Reading, Parse]]


def read(parsed: Parsed, text: str) -> tuple[Page, list[Phrase]]:
    _, parse = parsed(text)
    page = lay_out(parse)
    return page, phrases(page, tag(parse.report.text, parse.ranges))


def words(page: Page, phrase: Phrase) -> str:
    return page.words(phrase.first, phrase.last)


def together(page: Page, found: list[Phrase]) -> list[set[str]]:
    sets: dict[int, set[str]] = {}
    for phrase, chain in zip(found, chains(page, found), strict=True):
        sets.setdefault(chain, set()).add(words(page, phrase))
    return list(sets.values())


def test_phrases_are_whole_and_know_what_they_mean(parsed: Parsed) -> None:
    page, found = read(parsed, "The old harbour master of Osmar met three fishermen on Friday.")
    meanings = {words(page, phrase): phrase.meaning for phrase in found}
    assert meanings["The old harbour master of Osmar"] == "person"
    assert meanings["three fishermen"] == "person"
    assert meanings["Osmar"] == "place"
    assert "Friday" not in meanings


def test_he_and_she_are_never_one(parsed: Parsed) -> None:
    page, found = read(parsed, "Mr Orrel met Mrs Dorn. She left early, and he stayed.")
    for chain in together(page, found):
        assert not ({"She", "Mrs Dorn"} & chain and {"he", "Mr Orrel"} & chain)


def test_a_phrase_is_not_what_stands_inside_it(parsed: Parsed) -> None:
    page, found = read(parsed, "The mayor of Osmar left. The mayor's brother stayed.")
    for chain in together(page, found):
        assert not {"The mayor's", "The mayor's brother"} <= chain


@pytest.mark.parametrize("said", ["identified the driver as", "named the driver as"])
def test_who_is_identified_is_the_one_described(parsed: Parsed, said: str) -> None:
    page, found = read(parsed, f"A lorry hit a wall on Monday. Police {said} Tam Orrel.")
    (chain,) = [chain for chain in together(page, found) if "Tam Orrel" in chain]
    assert any(words.startswith("the driver") for words in chain)


def test_nothing_is_found_in_nothing(parsed: Parsed) -> None:
    page, found = read(parsed, "")
    assert found == []
    assert chains(page, found) == []
