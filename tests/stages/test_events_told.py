"""When an event is told to have been, whose it is, and words for deeds that tell of none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date as day

import pytest

from onrecord.ids import make_id
from onrecord.parsing import Parse
from onrecord.stages.date import date
from onrecord.stages.events import events
from onrecord.types import DateHint, Entity, Event, Evidence, Mention, Reading, When

Parsed = Callable[[str], tuple[Reading, Parse]]
REPORT_DAY = day(2019, 5, 15)  # a Wednesday
NAMES = {
    "Ruritania": "state",
    "Freedonia": "state",
    "Elbonia": "state",
    "Zenda": "place",
    "Strelsau": "place",
    "Rupert Hentzau": "person",
    "Flavia Elphberg": "person",
    "Relief Union": "organisation",
    "Red Hand": "armed group",
}


def read(parsed: Parsed, text: str, told: day | None = REPORT_DAY) -> tuple[Reading, list[Event]]:
    reading, parse = parsed(text)
    hints = (DateHint(told, "meta"),) if told else ()
    report = replace(reading.report, hints=hints)
    parse = replace(parse, report=report)
    dated = date(replace(reading, report=report), parse)
    entities, mentions = [], []
    for name, kind in NAMES.items():
        entity = Entity(make_id("e", report.id, name), report.id, name, kind, (name,))  # type: ignore[arg-type]
        entities.append(entity)
        start = text.find(name)
        while start >= 0:
            span = Evidence(report.id, start, start + len(name), name)
            mentions.append(Mention(make_id("m", start), report.id, span, entity.id, "name"))
            start = text.find(name, start + 1)
    ordered = tuple(sorted(mentions, key=lambda mention: mention.span.start))
    done = events(replace(dated, entities=tuple(entities), mentions=ordered), parse)
    return done, list(done.events)


def only(found: list[Event], event: str) -> Event:
    fitting = [e for e in found if e.event == event]
    assert len(fitting) == 1, [(e.event, e.trigger.text) for e in found]
    return fitting[0]


def named(reading: Reading, ids: tuple[str, ...]) -> set[str]:
    return {entity.name for entity in reading.entities if entity.named and entity.id in ids}


@pytest.mark.parametrize(
    ("text", "event", "when"),
    [
        (
            "STRELSAU, May 15, 2019 (RNA) - Ruritania attacked Freedonia on Monday.",
            "ASSAULT",
            When(day(2019, 5, 13), day(2019, 5, 13)),
        ),
        (
            "Ruritania broke the pact of 9 March and attacked Freedonia on Monday.",
            "ASSAULT",
            When(day(2019, 5, 13), day(2019, 5, 13)),
        ),
        ("Ruritania agreed to leave Zenda by 1 June.", "AGREE", When(None, day(2019, 5, 15))),
        ("Ruritania attacked Freedonia.", "ASSAULT", When(None, day(2019, 5, 15))),
        (
            "Ruritania shelled Freedonia between March and April.",
            "ASSAULT",
            When(day(2019, 3, 1), day(2019, 4, 30)),
        ),
        (
            "On Monday, Ruritania attacked Freedonia and detained Rupert Hentzau.",
            "COERCE",
            When(day(2019, 5, 13), day(2019, 5, 13)),
        ),
        ("Ruritania will attack Freedonia.", "ASSAULT", When()),
    ],
)
def test_the_time_of_an_event_is_that_of_its_own_clause(
    parsed: Parsed, text: str, event: str, when: When
) -> None:
    _, found = read(parsed, text)
    assert only(found, event).when == when


def test_names_of_a_dateline_are_no_parties(parsed: Parsed) -> None:
    text = "Zenda, where it rains\n\nZENDA, Strelsau (RNA) - Ruritania attacked Freedonia."
    reading, found = read(parsed, text)
    assert named(reading, only(found, "ASSAULT").actor) == {"Ruritania"}


@pytest.mark.parametrize(
    ("text", "event", "actor", "recipient"),
    [
        (
            "The delegations of Ruritania, Freedonia and Elbonia met on Monday.",
            "CONSULT",
            {"Ruritania", "Freedonia", "Elbonia"},
            {"Ruritania", "Freedonia", "Elbonia"},
        ),
        ("Ruritania imposed an embargo on Elbonia.", "SANCTION", {"Ruritania"}, {"Elbonia"}),
        ("Shells fell on the market of Zenda on Monday.", "ASSAULT", set(), {"Zenda"}),
        ("Red Hand fighters stopped two trucks near Zenda.", "COERCE", {"Red Hand"}, set()),
        ("Ruritania signed as a guarantor.", "AGREE", {"Ruritania"}, set()),
        (
            "Ruritania launched an air strike against Freedonia.",
            "ASSAULT",
            {"Ruritania"},
            {"Freedonia"},
        ),
        ("Teachers launched a strike in Zenda.", "PROTEST", set(), {"Zenda"}),
        ("Ruritania held military exercises near Zenda.", "MOBILIZE", {"Ruritania"}, {"Zenda"}),
        (
            "Ruritania and Freedonia held joint military exercises.",
            "COOPERATE",
            {"Ruritania", "Freedonia"},
            {"Ruritania", "Freedonia"},
        ),
        ("Elbonia gave the Relief Union $3 million.", "AID", {"Elbonia"}, {"Relief Union"}),
        ("An aid convoy reached Zenda on Monday.", "AID", set(), {"Zenda"}),
        (
            "The rebel chief known as Rupert Hentzau threatened Freedonia.",
            "THREATEN",
            {"Rupert Hentzau"},
            {"Freedonia"},
        ),
        (
            "Flavia Elphberg vowed that Ruritania would punish thieves.",
            "AGREE",
            {"Flavia Elphberg"},
            set(),
        ),
    ],
)
def test_parties_by_the_words_around_them(
    parsed: Parsed, text: str, event: str, actor: set[str], recipient: set[str]
) -> None:
    reading, found = read(parsed, text)
    one = only(found, event)
    assert named(reading, one.actor) == actor
    assert named(reading, one.recipient) == recipient


def test_what_befalls_a_cousin_does_not_befall_the_person(parsed: Parsed) -> None:
    reading, found = read(parsed, "Gunmen killed Rupert Hentzau's cousin in Zenda on Monday.")
    assert "Rupert Hentzau" not in named(reading, only(found, "ASSAULT").recipient)


@pytest.mark.parametrize(
    ("text", "event", "standing"),
    [
        ("Ruritania freed captured soldiers of Freedonia in Zenda on Monday.", "RETREAT", "told"),
        ("Talks planned for June in Zenda are open to all.", "CONSULT", "planned"),
        ("Peace talks were planned in Zenda for June.", "CONSULT", "planned"),
        (
            "Should the talks fail, Ruritania would bomb Freedonia.",
            "ASSAULT",
            "conditional",
        ),
        ("Police foiled an attack on Zenda.", "ASSAULT", "denied"),
    ],
)
def test_standing_by_participles_and_conditions(
    parsed: Parsed, text: str, event: str, standing: str
) -> None:
    _, found = read(parsed, text)
    assert {e.standing for e in found if e.event == event} == {standing}


@pytest.mark.parametrize(
    "text",
    [
        "A train crash killed nine people in Zenda on Monday.",
        "An earthquake hit Ruritania on Monday.",
        "Ruritania suffered a cyber attack.",
        "The camera of the Relief Union captured the moment.",
        "The club of Zenda fired its head cook on Monday.",
        "The hotel in Zenda has been booked out since Monday.",
        "In Ruritania, 500 hectares have not been planted.",
        "Rockets went to the so-called Red Hand troops.",
        "The coach of Zenda praised his striker: the league goal killed Strelsau before halftime.",
    ],
)
def test_words_for_deeds_that_tell_of_none(parsed: Parsed, text: str) -> None:
    _, found = read(parsed, text)
    assert [e for e in found if e.event in {"ASSAULT", "COERCE", "MOBILIZE"}] == []


def test_a_headline_takes_the_time_of_the_lead(parsed: Parsed) -> None:
    reading, parse = parsed("Ruritania attacks Zenda\n\nRuritania attacked Zenda on Monday.")
    blocks = tuple(
        replace(block, kind="title" if number == 0 else "body")
        for number, block in enumerate(reading.report.blocks)
    )
    if len(blocks) < 2:
        pytest.skip("the fixture lays out one block")
    report = replace(reading.report, blocks=blocks, hints=(DateHint(REPORT_DAY, "meta"),))
    titled = replace(parse, report=report, blocks=blocks)
    dated = date(replace(reading, report=report), titled)
    found = events(dated, titled).events
    assert all(event.when != When() for event in found)
