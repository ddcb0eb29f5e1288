from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.parsing import Parse
from onrecord.stages.actors import actors, entity_of, mentions_in
from onrecord.types import Entity, Reading

Parsed = Callable[[str], tuple[Reading, Parse]]


def read(parsed: Parsed, text: str) -> Reading:
    return actors(*parsed(text))


def entity(reading: Reading, name: str) -> Entity:
    found = [e for e in reading.entities if e.name == name]
    assert len(found) == 1, [e.name for e in reading.entities]
    return found[0]


def meant(reading: Reading, words: str, nth: int = 0) -> str | None:
    start = -1
    for _ in range(nth + 1):
        start = reading.report.text.index(words, start + 1)
    names = {e.id: e.name for e in reading.entities}
    found = mentions_in(reading, start, start + len(words))
    return names[found[0].actor] if found else None


def test_titles_are_cut_from_names_and_kept_as_roles(parsed: Parsed) -> None:
    reading = read(
        parsed, "Norwegian Defence Minister Arvid Tangen met the press in Oslo on Monday."
    )
    person = entity(reading, "Arvid Tangen")
    assert person.kind == "person"
    assert [(role.role, role.of) for role in person.roles] == [("Defence Minister", "Norway")]
    assert person.roles[0].evidence[0].text == "Norwegian Defence Minister Arvid Tangen"


@pytest.mark.parametrize(
    ("text", "name", "role", "of"),
    [
        (
            "The decision was announced by the Minister of Defense of Norway, Arvid Tangen, today.",
            "Arvid Tangen",
            "Minister of Defense",
            "Norway",
        ),
        (
            "Ingrid Solheim, the Norwegian ambassador to the United Nations, praised the plan.",
            "Ingrid Solheim",
            "ambassador to the United Nations",
            "Norway",
        ),
        (
            "Last week Norway’s army chief of staff, Arvid Tangen, criticised the raid.",
            "Arvid Tangen",
            "army chief of staff",
            "Norway",
        ),
    ],
)
def test_roles_in_appositions(parsed: Parsed, text: str, name: str, role: str, of: str) -> None:
    person = entity(read(parsed, text), name)
    assert (role, of) in [(r.role, r.of) for r in person.roles]


def test_family_name_alone_means_the_person_named_in_full(parsed: Parsed) -> None:
    text = "President Arvid Tangen spoke on Monday. Tangen said the talks had failed."
    assert meant(read(parsed, text), "Tangen", 1) == "Arvid Tangen"


def test_group_and_person_of_one_name_are_two(parsed: Parsed) -> None:
    text = (
        "The Marvani network attacked a convoy on Monday. Founded by Idris Marvani, the Marvani "
        "Network holds the valley. Norway wants to drive out the Marvanis."
    )
    reading = read(parsed, text)
    assert entity(reading, "Idris Marvani").kind == "person"
    assert meant(reading, "Marvanis") == "Marvani Network"
    assert meant(reading, "Marvani network") == "Marvani Network"
    assert ("founder", "Marvani Network") in [
        (role.role, role.of) for role in entity(reading, "Idris Marvani").roles
    ]


def test_abbreviation_in_brackets_is_an_alias(parsed: Parsed) -> None:
    text = "The Selvan Liberation Front (SLF), a militant group, agreed to talks. The SLF withdrew."
    front = entity(read(parsed, text), "Selvan Liberation Front")
    assert "SLF" in front.names
    assert front.kind == "armed group"


def test_bare_name_joins_the_only_peoples_group(parsed: Parsed) -> None:
    one = read(parsed, "The Norwegian Velkari met envoys in Oslo. The Velkari fighters left later.")
    assert meant(one, "Velkari fighters") == "Norwegian Velkari"
    two = read(
        parsed,
        "The Norwegian Velkari met the Swedish Velkari in Oslo. The Velkari fighters left later.",
    )
    assert meant(two, "Velkari fighters") not in ("Norwegian Velkari", "Swedish Velkari")


def test_longer_name_that_holds_another_is_its_own(parsed: Parsed) -> None:
    text = (
        "Jund-e-Velkari Norway (JVN), a militant group close to the Velkari, struck on Monday. "
        "The Velkari denied it. Norway blamed the JVN."
    )
    reading = read(parsed, text)
    assert meant(reading, "JVN", 1) == "Jund-e-Velkari Norway"
    assert meant(reading, "Velkari denied") == "Velkari"


def test_capital_acts_or_is_a_place(parsed: Parsed) -> None:
    text = (
        "Oslo has denied the accusations. The envoys met in Oslo on Friday. Ties with Oslo froze."
    )
    reading = read(parsed, text)
    assert meant(reading, "Oslo", 0) == "Norway"
    assert meant(reading, "Oslo", 1) == "Oslo"
    assert meant(reading, "Oslo", 2) == "Norway"
    assert entity(reading, "Oslo").kind == "place"


def test_what_a_capital_has_tells_what_it_is(parsed: Parsed) -> None:
    text = "They cut aid to Norway due to Oslo’s support for rebels. They drove to Oslo’s airport."
    reading = read(parsed, text)
    assert meant(reading, "Oslo", 0) == "Norway"
    assert meant(reading, "Oslo", 1) == "Oslo"


def test_peoples_forces_mean_the_state(parsed: Parsed) -> None:
    text = "Norwegian security forces stormed a house. It blamed a senior Norwegian official."
    reading = read(parsed, text)
    assert meant(reading, "Norwegian security forces") == "Norway"
    start = text.index("a senior")
    assert entity_of(reading, start, start + len("a senior Norwegian official")) is None


def test_faction_is_part_of_the_whole_and_not_the_same(parsed: Parsed) -> None:
    text = (
        "The Marvani faction of the Selvan Liberation Front met. The Selvan Liberation Front left."
    )
    reading = read(parsed, text)
    whole = entity(reading, "Selvan Liberation Front")
    faction = entity(reading, "Marvani")
    assert [part.actor for part in faction.part_of] == [whole.id]
    assert faction.part_of[0].evidence[0].text.startswith("Marvani faction of the")


def test_clear_pronoun_and_description_are_mentions(parsed: Parsed) -> None:
    text = (
        "Norwegian Ambassador Ingrid Solheim spoke on Monday. She rejected the plan. "
        "The ambassador then left."
    )
    reading = read(parsed, text)
    assert meant(reading, "She") == "Ingrid Solheim"
    assert meant(reading, "The ambassador") == "Ingrid Solheim"


def test_unclear_pronoun_is_none(parsed: Parsed) -> None:
    text = "Reporters saw Arvid Tangen with Jonas Lindqvist in Oslo. It was unclear what he wanted."
    assert meant(read(parsed, text), " he ") is None


def test_entity_of_takes_the_head(parsed: Parsed) -> None:
    text = "The spokesman for the Selvan Liberation Front, Jonas Lindqvist, said nothing on Monday."
    reading = read(parsed, text)
    end = text.index(", said")
    found = entity_of(reading, 0, end)
    assert found is not None
    assert found.name == "Jonas Lindqvist"


@pytest.mark.parametrize(
    "text",
    ["", ".", "Oslo-", "«»“”''", "Привет, что-то ищете?", "AN ALL CAPS LINE OF WORDS", "- –"],
)
def test_odd_texts_do_not_fail(parsed: Parsed, text: str) -> None:
    reading = read(parsed, text)
    assert all(m.span.text == text[m.span.start : m.span.end] for m in reading.mentions)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    words=st.lists(
        st.sampled_from(
            "The Oslo Norway Norwegian Arvid Tangen ( ) , . ’s Front of SLF he the group said and "
            "-led al - Qor President army “ ” \n\n".split(" ")
        ),
        max_size=25,
    )
)
def test_mentions_are_exact_sorted_and_apart(parsed: Parsed, words: list[str]) -> None:
    text = " ".join(words)
    reading = read(parsed, text)
    spans = [(m.span.start, m.span.end) for m in reading.mentions]
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    ids = {e.id for e in reading.entities}
    for mention in reading.mentions:
        assert mention.span.text == text[mention.span.start : mention.span.end]
        assert mention.actor in ids
    assert read(parsed, text) == reading
