"""Speakers and hands: whose words they are and how they reached the report."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord.ids import make_id
from onrecord.parsing import Parse, evidence
from onrecord.stages.statements import statements
from onrecord.types import ActorKind, Entity, Mention, MentionHow, Reading, Statement, When
from onrecord.types import Role as HeldRole

Parsed = Callable[[str], tuple[Reading, Parse]]


class Cast:
    """Hand-made entities of a text, each with the words that mean it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.entities: list[Entity] = []
        self.mentions: list[Mention] = []

    def add(
        self,
        name: str,
        kind: ActorKind,
        *words: str,
        role: str | None = None,
        how: MentionHow = "name",
    ) -> "Cast":
        report = self.reading.report
        id_ = make_id("entity", name)
        roles = (HeldRole(role, None, When(), ()),) if role else ()
        self.entities.append(Entity(id_, report.id, name, kind, (name,), roles=roles))
        for word in words:
            start = report.text.index(word)
            span = evidence(report, start, start + len(word))
            self.mentions.append(Mention(make_id("mention", start), report.id, span, id_, how))
        return self

    def read(self, parse: Parse) -> tuple[Statement, ...]:
        reading = replace(
            self.reading,
            entities=tuple(sorted(self.entities, key=lambda entity: entity.id)),
            mentions=tuple(sorted(self.mentions, key=lambda mention: mention.span.start)),
        )
        return statements(reading, parse).statements


def test_named_speaker_has_the_fullest_name_and_role(parsed: Parsed) -> None:
    reading, parse = parsed("Marr said that the dam would hold.")
    cast = Cast(reading).add("Tilda Marr", "person", "Marr", role="governor")
    (statement,) = cast.read(parse)
    speaker = statement.speaker
    assert (speaker.name, speaker.role, speaker.unnamed) == ("Tilda Marr", "governor", False)
    assert speaker.actor == make_id("entity", "Tilda Marr")


def test_unnamed_speaker_keeps_the_description_and_whom_it_speaks_for(parsed: Parsed) -> None:
    reading, parse = parsed("A senior Orlan official said that the dam would hold.")
    cast = Cast(reading).add("Orla", "state", "Orlan", how="alias")
    (statement,) = cast.read(parse)
    assert statement.speaker.name == "A senior Orlan official"
    assert statement.speaker.unnamed
    assert statement.speaker.represents == "Orla"


def test_pronoun_goes_to_the_last_speaker_that_agrees(parsed: Parsed) -> None:
    reading, parse = parsed("Marr said the dam would hold. She added that the bridge was closed.")
    cast = Cast(reading).add("Tilda Marr", "person", "Marr")
    found = cast.read(parse)
    assert [item.speaker.name for item in found] == ["Tilda Marr", "Tilda Marr"]


def test_relative_pronoun_means_what_it_follows(parsed: Parsed) -> None:
    reading, parse = parsed("They met Marr, who said that the dam would hold.")
    cast = Cast(reading).add("Tilda Marr", "person", "Marr")
    (statement,) = [item for item in cast.read(parse) if item.cue[0].text == "said"]
    assert statement.speaker.name == "Tilda Marr"


def test_document_speaks_for_its_author(parsed: Parsed) -> None:
    reading, parse = parsed("A memo by the Orla Institute said the dam would break.")
    cast = Cast(reading).add("Orla Institute", "organisation", "Orla Institute")
    (statement,) = cast.read(parse)
    assert statement.speaker.document
    assert statement.speaker.name == "Orla Institute"


def test_told_outlet_is_a_hand(parsed: Parsed) -> None:
    reading, parse = parsed("Marr told the Orla Gazette that the dam would hold.")
    cast = Cast(reading).add("Tilda Marr", "person", "Marr")
    cast.add("Orla Gazette", "outlet", "Orla Gazette")
    (statement,) = cast.read(parse)
    assert [hop.name for hop in statement.chain] == ["Orla Gazette"]
    assert statement.chain[0].evidence[0].text.endswith("Orla Gazette")


def test_those_spoken_to_are_no_hands(parsed: Parsed) -> None:
    reading, parse = parsed("Marr told the council that the dam would hold.")
    cast = Cast(reading).add("Tilda Marr", "person", "Marr")
    (statement,) = cast.read(parse)
    assert statement.chain == ()


def test_cited_source_speaks_and_who_cites_is_the_hand(parsed: Parsed) -> None:
    text = "The Orla Gazette reported that the dam had burst, citing Radio Tavo."
    reading, parse = parsed(text)
    cast = Cast(reading).add("Orla Gazette", "outlet", "Orla Gazette")
    cast.add("Radio Tavo", "outlet", "Radio Tavo")
    (statement,) = cast.read(parse)
    assert statement.speaker.name == "Radio Tavo"
    assert [hop.name for hop in statement.chain] == ["Orla Gazette"]


def test_words_within_words_keep_only_the_innermost(parsed: Parsed) -> None:
    text = "The Orla Gazette reported that Marr had said the dam would hold."
    reading, parse = parsed(text)
    cast = Cast(reading).add("Orla Gazette", "outlet", "Orla Gazette")
    cast.add("Tilda Marr", "person", "Marr")
    (statement,) = cast.read(parse)
    assert statement.speaker.name == "Tilda Marr"
    assert [hop.name for hop in statement.chain] == ["Orla Gazette"]


def test_own_outlet_is_left_out(parsed: Parsed) -> None:
    reading, parse = parsed("Marr told the Orla Gazette that the dam would hold.")
    reading = replace(reading, report=replace(reading.report, source="Orla Gazette"))
    cast = Cast(reading).add("Tilda Marr", "person", "Marr")
    cast.add("Orla Gazette", "outlet", "Orla Gazette")
    (statement,) = cast.read(parse)
    assert statement.chain == ()


def test_tweeting_implies_its_platform(parsed: Parsed) -> None:
    reading, parse = parsed("“The dam will hold,” Marr tweeted.")
    cast = Cast(reading).add("Tilda Marr", "person", "Marr")
    (statement,) = cast.read(parse)
    assert [hop.name for hop in statement.chain] == ["Twitter"]


def test_about_lists_the_entities_in_the_content(parsed: Parsed) -> None:
    reading, parse = parsed("Marr said that the Orla Front burned the mill.")
    cast = Cast(reading).add("Tilda Marr", "person", "Marr")
    cast.add("Orla Front", "armed group", "Orla Front")
    (statement,) = cast.read(parse)
    assert statement.about == (make_id("entity", "Orla Front"),)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It said that the dam would hold.", "It"),
        ("On Monday they said that the dam would hold.", "they"),
        ("“The dam will hold,” he said.", "he"),
    ],
)
def test_unresolved_pronoun_is_named_as_printed(parsed: Parsed, text: str, name: str) -> None:
    reading, parse = parsed(text)
    (statement,) = Cast(reading).read(parse)
    assert [part.text for part in statement.source] == [name]
    assert (statement.speaker.name, statement.speaker.unnamed) == (name, True)
    assert statement.speaker.actor is None


def test_unresolved_pronoun_is_not_carried_to_another(parsed: Parsed) -> None:
    reading, parse = parsed("He said that the dam would hold. She said that the mill was shut.")
    assert [item.speaker.name for item in Cast(reading).read(parse)] == ["He", "She"]


def test_statement_without_a_source_has_no_name(parsed: Parsed) -> None:
    reading, parse = parsed("It is believed that the dam will hold.")
    (statement,) = Cast(reading).read(parse)
    assert statement.source == ()
    assert (statement.speaker.name, statement.speaker.unnamed) == ("", True)


def test_unresolved_pronoun_is_no_hand(parsed: Parsed) -> None:
    reading, parse = parsed("He said that Marr had promised to mend the dam.")
    found = Cast(reading).add("Tilda Marr", "person", "Marr").read(parse)
    (promise,) = [item for item in found if item.speaker.name == "Tilda Marr"]
    assert promise.chain == ()


def test_description_of_an_unnamed_speaker_is_printed_whole(parsed: Parsed) -> None:
    who = "A police officer at the scene who was not authorised to speak to the media"
    reading, parse = parsed(f"{who} said that the dam would hold.")
    (statement,) = Cast(reading).read(parse)
    assert (statement.speaker.name, statement.speaker.unnamed) == (who, True)
