"""Events: types, parties, standing, place, on fictional actors."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ids import make_id
from onrecord.parsing import Parse
from onrecord.stages.events import events
from onrecord.stages.events.lexicon import forms, governors, patterns
from onrecord.stages.events.merge import merged
from onrecord.types import (
    Act,
    Entity,
    Event,
    Evidence,
    Mention,
    Reading,
    Report,
    Speaker,
    Statement,
    When,
)

Parsed = Callable[[str], tuple[Reading, Parse]]

PLOVER = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip
STATES = ("Ruritania", "Freedonia", "Elbonia", "Zembla", "Grustark", "Syldavia")


def with_names(reading: Reading, names: tuple[str, ...], kind: str = "state") -> Reading:
    """Return the reading with an entity for each name, mentioned wherever the name stands."""
    text, report = reading.report.text, reading.report.id
    entities, mentions = [], []
    for name in names:
        entity = Entity(make_id("entity", report, name), report, name, kind, (name,))  # type: ignore[arg-type]
        entities.append(entity)
        start = text.find(name)
        while start >= 0:
            span = Evidence(report, start, start + len(name), name)
            mentions.append(Mention(make_id("m", start, name), report, span, entity.id, "name"))
            start = text.find(name, start + 1)
    ordered = tuple(sorted(mentions, key=lambda mention: mention.span.start))
    return replace(reading, entities=tuple(entities), mentions=ordered)


def read(parsed: Parsed, text: str, names: tuple[str, ...] = STATES) -> tuple[Reading, list[Event]]:
    reading, parse = parsed(text)
    done = events(with_names(reading, names), parse)
    return done, list(done.events)


def named(reading: Reading, ids: tuple[str, ...]) -> set[str]:
    return {entity.name for entity in reading.entities if entity.named and entity.id in ids}


def only(found: list[Event], event: str) -> Event:
    fitting = [e for e in found if e.event == event]
    assert len(fitting) == 1, [(e.event, e.trigger.text) for e in found]
    return fitting[0]


@pytest.mark.parametrize(
    ("text", "event", "actor", "recipient"),
    [
        ("Ruritania attacked Freedonia.", "ASSAULT", {"Ruritania"}, {"Freedonia"}),
        ("Freedonia was attacked by Ruritania.", "ASSAULT", {"Ruritania"}, {"Freedonia"}),
        ("Ruritania's raid on Freedonia failed.", "ASSAULT", {"Ruritania"}, {"Freedonia"}),
        ("Ruritania carried out an attack on Freedonia.", "ASSAULT", {"Ruritania"}, {"Freedonia"}),
        ("Ruritania accused Freedonia of lying.", "ACCUSE", {"Ruritania"}, {"Freedonia"}),
        ("Ruritania held talks with Freedonia on Monday.", "CONSULT", {"Ruritania"}, {"Freedonia"}),
        ("Ruritania lifted its embargo on Freedonia.", "RETREAT", {"Ruritania"}, {"Freedonia"}),
        ("Ruritania suspended aid to Freedonia.", "SANCTION", {"Ruritania"}, {"Freedonia"}),
        ("Ruritania sent food to Freedonia.", "AID", {"Ruritania"}, {"Freedonia"}),
        (
            "Ruritania demanded that Freedonia leave the island.",
            "REQUEST",
            {"Ruritania"},
            {"Freedonia"},
        ),
        ("Ruritania rejected Freedonia's proposal.", "REJECT", {"Ruritania"}, {"Freedonia"}),
        ("Ruritania threatened to bomb Freedonia.", "THREATEN", {"Ruritania"}, {"Freedonia"}),
        ("Ruritania imposed sanctions on Freedonia.", "SANCTION", {"Ruritania"}, {"Freedonia"}),
        ("Ruritania praised Freedonia.", "SUPPORT", {"Ruritania"}, {"Freedonia"}),
        (
            "Ruritania shared intelligence with Freedonia.",
            "COOPERATE",
            {"Ruritania"},
            {"Freedonia"},
        ),
        ("Ruritania deployed troops against Freedonia.", "MOBILIZE", {"Ruritania"}, {"Freedonia"}),
        (
            "Ruritania called off the strike against Freedonia.",
            "CONCEDE",
            {"Ruritania"},
            {"Freedonia"},
        ),
        ("Workers in Ruritania protested against Freedonia.", "PROTEST", set(), {"Freedonia"}),
    ],
)
def test_each_type_has_its_parties(
    parsed: Parsed, text: str, event: str, actor: set[str], recipient: set[str]
) -> None:
    reading, found = read(parsed, text)
    one = only(found, event)
    assert named(reading, one.actor) == actor
    assert named(reading, one.recipient) == recipient


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Ruritania attacked Freedonia.", "told"),
        ("Ruritania did not attack Freedonia.", "denied"),
        ("Ruritania never attacked Freedonia.", "denied"),
        ("Ruritania denied attacking Freedonia.", "denied"),
        ("Ruritania plans to attack Freedonia.", "planned"),
        ("Ruritania may attack Freedonia.", "conditional"),
        ("If Ruritania attacked Freedonia, prices rose.", "conditional"),
        ("Did Ruritania attack Freedonia?", "conditional"),
        ("Zembla said that Ruritania attacked Freedonia.", "alleged"),
        ("Ruritania attacked Freedonia, officials said.", "alleged"),
    ],
)
def test_standing(parsed: Parsed, text: str, standing: str) -> None:
    _, found = read(parsed, text)
    assert only(found, "ASSAULT").standing == standing


def test_nothing_negated_is_told(parsed: Parsed) -> None:
    text = "No troops attacked Freedonia. Nobody bombed Zembla. Ruritania failed to attack Elbonia."
    _, found = read(parsed, text)
    assert not [e for e in found if e.event == "ASSAULT" and e.standing == "told"]


def test_what_is_only_demanded_is_no_event(parsed: Parsed) -> None:
    _, found = read(parsed, "Ruritania urged Freedonia to attack Elbonia.")
    assert [e.event for e in found] == ["REQUEST"]


def test_a_presupposed_attack_stays_told_under_a_future_verb(parsed: Parsed) -> None:
    _, found = read(parsed, "Ruritania will condemn the raid on Freedonia.")
    assert only(found, "ASSAULT").standing == "told"


def test_parties_that_meet_stand_on_both_sides(parsed: Parsed) -> None:
    reading, found = read(parsed, "Ruritania and Freedonia met on Monday.")
    one = only(found, "CONSULT")
    assert named(reading, one.actor) == named(reading, one.recipient) == {"Ruritania", "Freedonia"}
    reading, found = read(parsed, "The talks between Ruritania and Freedonia began on Monday.")
    one = only(found, "CONSULT")
    assert named(reading, one.actor) == named(reading, one.recipient) == {"Ruritania", "Freedonia"}


def test_an_announced_act_is_the_announcement_and_the_plan(parsed: Parsed) -> None:
    _, found = read(parsed, "Ruritania will withdraw its troops from Freedonia.")
    assert {(e.event, e.standing) for e in found} >= {("AGREE", "told"), ("RETREAT", "planned")}
    _, found = read(parsed, "Ruritania will bomb Freedonia.")
    assert {(e.event, e.standing) for e in found} >= {("THREATEN", "told"), ("ASSAULT", "planned")}


def test_who_says_that_it_will_is_the_actor(parsed: Parsed) -> None:
    reading, found = read(parsed, "Ruritania said it would release the pilots.")
    assert named(reading, only(found, "AGREE").actor) == {"Ruritania"}


def test_a_duty_laid_on_somebody_is_a_request(parsed: Parsed) -> None:
    reading, found = read(parsed, "Ruritania said that Freedonia must return the island.")
    one = only(found, "REQUEST")
    assert named(reading, one.actor) == {"Ruritania"}
    assert named(reading, one.recipient) == {"Freedonia"}


def test_the_owner_or_qualifier_of_a_noun_is_the_party(parsed: Parsed) -> None:
    reading, found = read(parsed, "Ruritania's parliament condemned Freedonia.")
    assert named(reading, only(found, "ACCUSE").actor) == {"Ruritania"}
    reading, found = read(parsed, "Elbonian doctors helped Freedonia.", ("Elbonian", "Freedonia"))
    assert named(reading, only(found, "AID").actor) == {"Elbonian"}


def test_an_anti_protest_is_against_whom_it_names(parsed: Parsed) -> None:
    reading, found = read(parsed, "The anti-Ruritania protest began on Monday.")
    one = only(found, "PROTEST")
    assert (named(reading, one.actor), named(reading, one.recipient)) == (set(), {"Ruritania"})


def test_whose_murder_it_is_is_the_victim(parsed: Parsed) -> None:
    reading, found = read(parsed, "Ruritania's assassination of Anna Holm failed.", ("Anna Holm",))
    assert named(reading, only(found, "ASSAULT").recipient) == {"Anna Holm"}
    reading, found = read(parsed, "Anna Holm's murder led to unrest.", ("Anna Holm",))
    one = only(found, "ASSAULT")
    assert (named(reading, one.actor), named(reading, one.recipient)) == (set(), {"Anna Holm"})


def test_calling_a_meeting_good_does_not_break_it_off(parsed: Parsed) -> None:
    _, found = read(parsed, "Ruritania called the meeting excellent.")
    assert not [e for e in found if e.event == "SANCTION"]


def test_claimed_responsibility_gives_the_attack_its_actor(parsed: Parsed) -> None:
    text = "Ruritania claimed responsibility for the attack on Freedonia."
    reading, found = read(parsed, text)
    assert named(reading, only(found, "ASSAULT").actor) == {"Ruritania"}


def test_the_outcome_of_an_attack_is_the_attack(parsed: Parsed) -> None:
    _, found = read(parsed, "Ruritania carried out an attack on Freedonia, killing 58 people.")
    assert only(found, "ASSAULT").trigger.text == "carried out an attack"


def test_a_bombed_town_is_place_and_recipient(parsed: Parsed) -> None:
    reading, parse = parsed("Trade fell after the truck bomb in Strelsau.")
    done = events(with_names(reading, ("Strelsau",), "place"), parse)
    one = only(list(done.events), "ASSAULT")
    assert (one.place, one.mode) == ("Strelsau", "explosives")
    assert one.place_actor == one.recipient[0] == done.entities[0].id


def statement(reading: Reading, content: str, act: Act) -> Statement:
    text, report = reading.report.text, reading.report.id
    span, cue = (
        Evidence(report, text.index(words), text.index(words) + len(words), words)
        for words in (content, text.split()[2])
    )
    return Statement(
        "statement-1", report, (), (cue,), (span,), Speaker("X"), True, act, "indirect",
        None, When(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cue", "act", "standing"), [("said", "say", "alleged"), ("denied", "deny", "denied")]
)
def test_what_stands_in_a_statement_is_on_its_word(
    parsed: Parsed, cue: str, act: Act, standing: str
) -> None:
    reading, parse = parsed(f"The envoy {cue} that Ruritania attacked Freedonia yesterday.")
    reading = with_names(reading, STATES)
    reading = replace(
        reading, statements=(statement(reading, "Ruritania attacked Freedonia", act),)
    )
    one = only(list(events(reading, parse).events), "ASSAULT")
    assert (one.standing, one.statement) == (standing, "statement-1")


def test_a_cue_that_accuses_is_told_outside_its_content(parsed: Parsed) -> None:
    reading, parse = parsed("Ruritania accused Freedonia of attacking Elbonia.")
    reading = with_names(reading, STATES)
    reading = replace(reading, statements=(statement(reading, "of attacking Elbonia", "accuse"),))
    done = events(reading, parse)
    accuse, assault = (only(list(done.events), name) for name in ("ACCUSE", "ASSAULT"))
    assert (accuse.standing, accuse.statement) == ("told", None)
    assert (assault.standing, assault.statement) == ("alleged", "statement-1")
    assert named(done, assault.actor) == {"Freedonia"}


def event(place: str | None, start: int, **given: object) -> Event:
    span = Evidence("r", start, start + 5, "raids")
    base = Event(
        f"event-{start}", "r", "ASSAULT", None, span, ("a",), ("b",), place, When(), "told", None,
        (span,),
    )  # fmt: skip
    return replace(base, **given)  # type: ignore[arg-type]


def test_the_same_event_told_twice_is_one_with_two_evidences() -> None:
    found = merged([event("Strelsau", 0), event("Strelsau", 50)])
    assert len(found) == 1
    assert len(found[0].evidence) == 2


def test_events_that_may_differ_are_left_apart() -> None:
    assert len(merged([event(None, 0), event(None, 50)])) == 2
    assert len(merged([event("Strelsau", 0), event("Zenda", 50)])) == 2
    assert len(merged([event("Strelsau", 0), event("Strelsau", 50, standing="denied")])) == 2
    assert len(merged([event("Strelsau", 0), event("Strelsau", 50, actor=("c",))])) == 2
    talks = {"event": "REQUEST"}
    assert len(merged([event("Strelsau", 0, **talks), event("Strelsau", 50, **talks)])) == 2


def test_every_line_of_the_lexicon_is_of_the_ontology() -> None:
    lines = [line for found in patterns().values() for line in found]
    assert {line.event for line in lines} == PLOVER
    slots = {slot for line in lines for slot in (*line.actor, *line.recipient)}
    assert not {slot for slot in slots if not slot.isalpha()}
    assert len(patterns()) > 500


def test_forms_are_inflected() -> None:
    for form, lemma in (
        ("shot", "shoot"),
        ("banned", "ban"),
        ("labelled", "label"),
        ("denies", "deny"),
        ("seizing", "seize"),
    ):
        assert lemma in {reading.lemma for reading in forms()[form]}
    assert "denied" in governors()["refuse"]


ODD = ["", " ", ".", "RURITANIA ATTACKED FREEDONIA", "Она: «Нет»", "“““", "killed " * 9,
       "a" * 5000, "12", "$", "-", "the the the", "must", "will will", "of of by by"]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_odd_input_gives_exact_words(parsed: Parsed, text: str) -> None:
    reading, parse = parsed(text)
    assert_exact(events(with_names(reading, STATES), parse))


def assert_exact(done: Reading) -> None:
    """Assert that all evidence is the words at its offsets, inside the text."""
    spans = [event.trigger for event in done.events]
    spans += [span for event in done.events for span in event.evidence]
    spans += [figure.span for figure in done.figures]
    for span in spans:
        assert 0 <= span.start < span.end <= len(done.report.text)
        assert span.text == done.report.text[span.start : span.end]


WORDS = st.sampled_from(
    "Ruritania Freedonia attacked said that will not the by of killed talks with , . “ ” 12".split()
)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, max_size=25))
def test_evidence_is_the_exact_words_whatever_the_text(words: list[str]) -> None:
    from onrecord.parsing import parse
    from onrecord.settings import Settings
    from onrecord.stages.clean import clean

    report = clean(Report(id="report-1", path="x", sha256="0", text=" ".join(words)))
    parsed_report = next(parse([report], model=Settings().model))
    done = events(with_names(Reading(report=parsed_report.report), STATES), parsed_report)
    assert done.report == report
    assert_exact(done)
    assert len({e.id for e in done.events}) == len(done.events)
