"""What harm was done to and with, beside the sides of its events: buildings hit, weapons used."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from onrecord.parsing import Parse
from onrecord.stages.actors.phrases import Phrase
from onrecord.stages.events.lexicon import noun_classes
from onrecord.stages.events.roles import chances, nouns
from onrecord.stages.events.triggers import triggers
from onrecord.types import Event, Evidence, Reading

# Chance from which a noun is said to have a role; where it stands says more for an instrument.
SURE = {"target": 0.4, "instrument": 0.2}
# Where a thing is hit, and not only near: "shelled the mill", "an attack on the mill".
HIT = frozenset({"dobj", "nsubjpass"})
HIT_PREPS = frozenset({"on", "against", "upon", "into"})
# How a weapon stands: "with a bomb", "fired rockets", "a bomb exploded".
WITH_PREPS = frozenset({"with", "by"})
USING = frozenset(
    "fire throw hurl launch detonate explode set plant place use drop toss lob lay".split()
)
HITTING = frozenset("explode detonate hit strike kill wound injure destroy damage rip tear".split())
HARM = frozenset({"ASSAULT", "COERCE"})
QUALIFIERS = frozenset({"compound", "amod", "nmod", "nummod"})


def things(
    events: tuple[Event, ...], reading: Reading, parse: Parse, phrases: Sequence[Phrase]
) -> tuple[Event, ...]:
    """Return the events with what those of harm in the same sentence hit, and with what.

    Each thing goes to the nearest event before or behind it.
    """
    found: dict[str, dict[str, list[Evidence]]] = {"target": {}, "instrument": {}}
    harmful = _by_sentence(events, parse)
    if not harmful:
        return events
    sides = {party for event in events for party in (*event.actor, *event.recipient)}
    acting = {m.span.start for m in reading.mentions if m.actor in sides}
    for noun in nouns(reading, parse, triggers(parse), events, phrases):
        token = parse.doc[noun.token]
        words = _phrase(parse, token)
        beside = harmful.get(token.sent.start, [])
        if not beside or words.start in acting:
            continue
        _, event = min(beside, key=lambda pair: (abs(pair[0] - token.i), pair[0]))
        inside = words.start >= event.trigger.start and words.end <= event.trigger.end
        chance = chances(noun)
        for role in found:
            # "Fired rockets" and "hit the mill" are events with what they were done with or to.
            told = not inside or token.dep_ == "dobj"
            sure = chance[role] >= SURE[role] or (role == "instrument" and _is_weapon(token))
            if told and sure and _stands(token, role, event):
                found[role].setdefault(event.id, []).append(words)
    return tuple(
        replace(
            event,
            target=tuple(found["target"].get(event.id, ())),
            instrument=tuple(found["instrument"].get(event.id, ())),
        )
        for event in events
    )


def _stands(noun: Token, role: str, event: Event) -> bool:
    """Tell whether a noun stands where what is hit, or what is used, stands."""
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    over = noun.head.lower_ if noun.dep_ == "pobj" else noun.head.lemma_.lower()
    if role == "target":
        aimed = over == "at" and noun.head.head.lemma_.lower() in USING
        return noun.dep_ in HIT or (noun.dep_ == "pobj" and (over in HIT_PREPS or aimed))
    if event.event != "ASSAULT":
        return False
    if noun.dep_ == "nsubj":
        return over in HITTING
    if noun.dep_ == "pobj":
        done = noun.head.head.text in event.trigger.text.split()  # not "left alone with a gun"
        return done and over in WITH_PREPS
    return over in USING


def _is_weapon(noun: Token) -> bool:
    word = noun.lower_
    return not {noun.lemma_.lower(), word, word.removesuffix("s")}.isdisjoint(
        noun_classes()["arms"]
    )


def _by_sentence(events: Sequence[Event], parse: Parse) -> dict[int, list[tuple[int, Event]]]:
    """Return the events of harm with their first tokens, by the first token of their sentence."""
    found: dict[int, list[tuple[int, Event]]] = defaultdict(list)
    for event in events:
        if event.event in HARM:
            first = parse.tokens_in(event.trigger.start, event.trigger.end)[0]
            found[parse.doc[first].sent.start].append((first, event))
    return found


def _phrase(parse: Parse, noun: Token) -> Evidence:
    """Return a noun with the words before it that qualify it."""
    first = noun.i
    while (
        first > 0
        and parse.doc[first - 1].head == noun
        and (parse.doc[first - 1].dep_ in QUALIFIERS)
    ):
        first -= 1
    return parse.evidence(first, noun.i + 1)
