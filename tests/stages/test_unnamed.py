"""Whom events concern without a name: descriptions as parties, pronouns by their chains."""

from collections.abc import Callable

import pytest

from onrecord.parsing import Parse
from onrecord.stages.actors import actors
from onrecord.stages.events import events
from onrecord.stages.resolve import resolve
from onrecord.types import Corpus, Event, Reading

Parsed = Callable[[str], tuple[Reading, Parse]]


def read(parsed: Parsed, text: str) -> Reading:
    reading, parse = parsed(text)
    return events(actors(reading, parse), parse)


def names(reading: Reading, ids: tuple[str, ...]) -> list[str]:
    return [entity.name for entity in reading.entities if entity.id in ids]


def of_type(reading: Reading, event: str) -> list[Event]:
    return [one for one in reading.events if one.event == event]


def test_who_is_only_described_has_a_side_in_the_event(parsed: Parsed) -> None:
    reading = read(parsed, "A masked gunman shot a tax inspector in Hentzau on Monday.")
    (attack,) = of_type(reading, "ASSAULT")
    assert names(reading, attack.actor) == ["A masked gunman"]
    unnamed = [entity for entity in reading.entities if not entity.named]
    used = {party for one in reading.events for party in (*one.actor, *one.recipient)}
    assert {entity.id for entity in unnamed} <= used
    assert all(m.span.text in reading.report.text for m in reading.mentions)


def test_the_one_named_comes_before_the_description(parsed: Parsed) -> None:
    reading = read(parsed, "Ruritanian soldiers shelled Hentzau on Monday.")
    (attack,) = of_type(reading, "ASSAULT")
    assert names(reading, attack.actor) == ["Ruritanian"]


def test_the_same_noun_with_the_is_the_same_and_with_a_another(parsed: Parsed) -> None:
    text = (
        "A gunman shot a baker in Hentzau on Monday. The gunman later shot a priest in Zenda. "
        "On Tuesday a gunman shot a judge in Strelsau."
    )
    attacks = of_type(read(parsed, text), "ASSAULT")
    actors_ = [one.actor for one in attacks]
    assert len(attacks) == 3
    assert actors_[0] == actors_[1] != actors_[2]


def test_numbers_keep_those_counted_apart(parsed: Parsed) -> None:
    text = "At least 35 people were killed and 350 people were wounded in the blast in Hentzau."
    reading = read(parsed, text)
    found = {name for one in reading.events for name in names(reading, one.recipient)}
    assert "35 people" not in {
        name
        for one in reading.events
        if "wounded" in one.trigger.text
        for name in names(reading, one.recipient)
    }
    assert found


def test_a_pronoun_in_an_event_means_whom_its_chain_names(parsed: Parsed) -> None:
    text = (
        "Flavia Elphberg left the palace in Strelsau with her daughter. A crowd had gathered. "
        "Two hours later police arrested her in Zenda."
    )
    reading = read(parsed, text)
    (arrest,) = of_type(reading, "COERCE")
    assert names(reading, arrest.recipient) == ["Flavia Elphberg"]


@pytest.mark.parametrize("noun", ["gunman", "gunmen"])
def test_only_one_person_alone_is_joined_across_reports_of_a_story(
    parsed: Parsed, noun: str
) -> None:
    article = "A " if noun == "gunman" else ""
    text = f"{article}{noun} shot a baker in Hentzau on Monday."
    reading = read(parsed, text)
    corpus = resolve(Corpus(readings=(reading,)))
    unnamed = [actor for actor in corpus.actors if not actor.named]
    assert unnamed
    assert all(actor.id in corpus.identity.values() for actor in unnamed)
    kinds = {e.kind for e in reading.entities if e.name.endswith(noun)}
    assert kinds == ({"person"} if noun == "gunman" else {"unknown"})


def test_who_only_tells_of_it_is_no_side_of_it(parsed: Parsed) -> None:
    text = "Rockets hit the mill of Hentzau on Monday, according to a police officer."
    reading = read(parsed, text)
    found = {n for one in reading.events for n in names(reading, (*one.actor, *one.recipient))}
    assert not found & {"a police officer", "Rockets"}
