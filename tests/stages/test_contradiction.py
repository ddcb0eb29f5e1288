"""Which statement answers which: the signs of it, and what is made of them."""

import math
from dataclasses import replace
from datetime import date

import pytest

from hand_made import Page, corpus
from onrecord.stages.claims import claims
from onrecord.stages.claims.answers import answers, how_of, withdrawals
from onrecord.stages.claims.contradiction import features, is_far, likelihood
from onrecord.stages.claims.pairing import BACK, bits_of, may_answer, pairs
from onrecord.stages.claims.utterances import Sides, Utterance, stems, utterances, words
from onrecord.stages.claims.weighing import weights
from onrecord.types import Corpus


def spoken(made: Corpus) -> dict[str, Utterance]:
    sides = Sides(made.actors, made.identity)
    found = [one for reading in made.readings for one in utterances(reading, sides, "story")]
    return {one.statement.id: one for one in found}


def quarrel() -> tuple[Page, str, str, str]:
    page = Page(
        "Coast Wire",
        "Tam Orrel accused the Harbour Guild of burning the grain barges in March.\n"
        "The weather will hold, said Sel Andry.\n"
        "The guild's chair, Ilke Dorn, rejected that. Her men had not been near any barges, "
        "she said.",
    )
    page.actor("Tam Orrel", kind="person")
    page.actor("Harbour Guild", "The guild")
    page.actor("Sel Andry", kind="person")
    page.actor("Ilke Dorn", kind="person")
    charge = page.statement(
        "the Harbour Guild of burning the grain barges in March", by="Tam Orrel", act="accuse"
    )
    other = page.statement("The weather will hold", by="Sel Andry")
    answer = page.statement(
        "Her men had not been near any barges",
        by="Ilke Dorn",
        act="deny",
        represents="Harbour Guild",
    )
    return page, charge, other, answer


def test_a_denial_goes_to_the_charge_and_not_to_what_stands_between() -> None:
    page, charge, _, answer = quarrel()
    found = answers(list(spoken(corpus(page)).values()))
    assert [(one.first, one.answer, one.how) for one in found] == [(charge, answer, "denial")]
    assert "as the one accused" in found[0].why


@pytest.mark.parametrize(
    ("content", "answering"),
    [("the visit of the mediators", False), ("the claim that barges had been burned", True)],
)
def test_what_is_turned_down_is_no_claim_called_untrue(content: str, answering: bool) -> None:
    page = Page("Coast Wire", f"Ilke Dorn rejected {content}.")
    page.actor("Ilke Dorn", kind="person")
    said = page.statement(content, by="Ilke Dorn", act="deny")
    page.statements = [
        replace(one, cue=(page.words("rejected"),)) if one.id == said else one
        for one in page.statements
    ]
    (one,) = spoken(corpus(page)).values()
    assert may_answer(one) is answering


@pytest.mark.parametrize(
    ("signs", "far"),
    [
        ({"two stories", "actors 0"}, True),
        ({"two stories", "actors 1"}, False),
        ({"one story", "actors 0"}, False),
    ],
)
def test_two_stories_that_name_nobody_in_common_are_far(signs: set[str], far: bool) -> None:
    assert is_far(frozenset(signs)) is far


def test_the_claim_says_of_each_statement_how_it_bears_on_it_and_why() -> None:
    page, charge, _, answer = quarrel()
    made = claims(corpus(page))
    (claim,) = (one for one in made.claims if one.denied)
    links = {link.statement: link for link in claim.links}
    assert (links[charge].side, links[charge].how) == ("for", "assertion")
    assert (links[answer].side, links[answer].how) == ("against", "denial")
    assert all(link.why for link in claim.links)


def test_signs_tell_whose_side_and_whose_turn_it_is() -> None:
    page, charge, other, answer = quarrel()
    found = spoken(corpus(page))
    bits = bits_of(list(found.values()))
    signs = features(found[charge], found[answer], bits)
    assert {"reply of one accused", "two sides", "turns +2", "a act deny"} <= signs
    assert "reply of one meant" not in features(found[other], found[answer], bits)
    assert likelihood(signs) > likelihood(features(found[other], found[answer], bits))


@pytest.mark.parametrize(
    ("words", "act", "how"),
    [
        ("he had never met them", "deny", "denial"),
        ("the story was a fabrication", "say", "rejection"),
        ("the army itself had shot first", "accuse", "counter-claim"),
        ("two rounds had fallen short", "say", "contradiction"),
        ("not all of the barges had burned", "deny", "partial denial"),
        ("the number was a lie and exaggerated", "say", "partial denial"),
    ],
)
def test_how_a_statement_answers_is_told_by_its_own_words(words: str, act: str, how: str) -> None:
    page = Page("Coast Wire", f"Ilke Dorn said {words}.")
    page.actor("Ilke Dorn", kind="person")
    page.statement(words, by="Ilke Dorn", act=act)  # type: ignore[arg-type]
    (one,) = spoken(corpus(page)).values()
    assert how_of(one) == how


def test_only_what_stands_near_in_a_report_and_on_another_side_is_answered() -> None:
    lines = [f"Tam Orrel said thing{chr(97 + n)} mattered." for n in range(BACK + 1)]
    page = Page("Coast Wire", "\n".join([*lines, "Ilke Dorn said that was not so."]))
    page.actor("Tam Orrel", kind="person")
    page.actor("Ilke Dorn", kind="person")
    for n in range(BACK + 1):
        page.statement(f"thing{chr(97 + n)} mattered", by="Tam Orrel")
    page.statement("that was not so", by="Ilke Dorn")
    met = [(first.place, answer.place) for first, answer in pairs(found_in(page))]
    assert met == [(n, BACK + 1) for n in range(1, BACK + 1)]


def found_in(page: Page) -> list[Utterance]:
    return list(spoken(corpus(page)).values())


def test_statements_of_other_reports_meet_in_rare_words() -> None:
    one = Page("A", "Tam Orrel said the guild had burned grain barges at Osmar quay.")
    two = Page("B", "Ilke Dorn said nobody had burned grain barges at any quay.")
    three = Page("C", "Sel Andry said the weather was fine.")
    for page, name, said in (
        (one, "Tam Orrel", "the guild had burned grain barges at Osmar quay"),
        (two, "Ilke Dorn", "nobody had burned grain barges at any quay"),
        (three, "Sel Andry", "the weather was fine"),
    ):
        page.actor(name, kind="person")
        page.statement(said, by=name)
    found = list(spoken(corpus(one, two, three)).values())
    met = {frozenset((a.statement.speaker.name, b.statement.speaker.name)) for a, b in pairs(found)}
    assert met == {frozenset(("Tam Orrel", "Ilke Dorn"))}


def test_words_are_compared_without_their_endings() -> None:
    assert stems("burning the barges") == stems("burned a barge") == {"burn", "barg"}


def test_weights_are_of_signs_that_can_be_read() -> None:
    known = weights("contradiction")
    assert all(math.isfinite(weight) for weight in known.values())
    assert known["a act deny"] > 0
    assert known["reply of one accused"] > 0
    assert likelihood(frozenset()) < 0.5
    assert words()["false"]


def taken_back(words: str, cue: str) -> tuple[Corpus, str, str]:
    page = Page(
        "Coast Wire",
        "Tam Orrel accused the Harbour Guild of burning the grain barges.\n"
        f"On Friday Tam Orrel {cue} {words}.",
        published=date(2022, 3, 4),
    )
    page.actor("Tam Orrel", kind="person")
    page.actor("Harbour Guild")
    charge = page.statement(
        "the Harbour Guild of burning the grain barges", by="Tam Orrel", act="accuse"
    )
    later = page.statement(words, by="Tam Orrel")
    (span,) = (page.words(cue),)
    page.statements[-1] = replace(page.statements[-1], cue=(span,))
    return corpus(page), charge, later


def test_what_somebody_takes_back_is_a_fact_of_its_own() -> None:
    made, charge, later = taken_back("the charge that barges had been burning", "retracted")
    assert [(a.first, a.answer, a.how) for a in withdrawals(list(spoken(made).values()))] == [
        (charge, later, "withdrawal")
    ]
    (claim,) = (claim for claim in claims(made).claims if charge in claim.asserted)
    assert claim.denied == (later,)
    assert {link.how for link in claim.links} == {"assertion", "withdrawal"}


def test_who_only_repeats_it_takes_nothing_back() -> None:
    made, _, _ = taken_back("the charge that barges had been burning", "repeated")
    assert withdrawals(list(spoken(made).values())) == []


def test_another_side_cannot_take_it_back() -> None:
    made, _, later = taken_back("the charge that barges had been burning", "retracted")
    found = list(spoken(made).values())
    others = [
        replace(one, speaker="somebody else") if one.statement.id == later else one for one in found
    ]
    assert withdrawals(others) == []


@pytest.mark.parametrize(("verb", "count"), [("contradicts", 1), ("is as long as", 0)])
def test_a_report_can_say_itself_that_one_contradicts_the_other(verb: str, count: int) -> None:
    page = Page(
        "Coast Wire",
        "Forty boats left the harbour at noon, said Tam Orrel.\n"
        f"A log seen by Ilke Dorn, which {verb} this, shows that nine were counted.",
    )
    for name in ("Tam Orrel", "Ilke Dorn"):
        page.actor(name, kind="person")
    first = page.statement("Forty boats left the harbour at noon", by="Tam Orrel")
    second = page.statement("nine were counted", by="Ilke Dorn")
    found = answers(list(spoken(corpus(page)).values()))
    assert [(one.first, one.answer, one.how) for one in found] == [
        (first, second, "contradiction")
    ] * count
    assert all("as the report itself says" in one.why for one in found)
