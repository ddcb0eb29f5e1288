"""Where an event took place, and when."""

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.parsing import Parse
from onrecord.stages.date import when_of
from onrecord.stages.events.arguments import Cast
from onrecord.stages.events.syntax import preps_of
from onrecord.stages.events.triggers import Trigger
from onrecord.types import Reading, When

PLACE_PREPS = ("in", "at", "near", "outside", "inside", "around", "on", "across")
PLACE_KINDS = frozenset({"place", "state"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


def place_of(cast: Cast, trigger: Trigger) -> tuple[str | None, str | None]:
    """Return the place of an event as printed and the entity it is, each None if not told.

    Only phrases that hang on the event itself count, the nearest first, and only names: a place
    that is merely described is left out.
    """
    for noun in _place_nouns(trigger):
        mention = cast.at.get(noun.i)
        if mention and _is_place(cast, mention.actor):
            return mention.span.text, mention.actor
        if mention is None and noun.pos_ == "PROPN" and noun.ent_type_ in PLACE_LABELS:
            return _name(cast.parse, noun), None
    return None, None


def _is_place(cast: Cast, entity: str) -> bool:
    found = cast.entities.get(entity)
    return found is not None and found.kind in PLACE_KINDS


def _name(parse: Parse, noun: Token) -> str:
    first = min([noun.i, *(c.i for c in noun.lefts if c.dep_ == "compound")])
    return parse.evidence(first, noun.i + 1).text


def _place_nouns(trigger: Trigger) -> Iterator[Token]:
    """Yield the nouns of place phrases on the trigger, its objects, and the verb over it."""
    holders = [trigger.token]
    if trigger.clause:
        holders += trigger.clause.objects
    elif trigger.token.head.pos_ == "VERB":
        holders.append(trigger.token.head)
    yield from _ring(holders)
    # "an attack on the station in X", "talks with their envoy in X"
    inner = [noun for holder in holders for found in preps_of(holder).values() for noun in found]
    yield from _ring(inner)


def _ring(holders: list[Token]) -> Iterator[Token]:
    for word in PLACE_PREPS:
        for holder in holders:
            for noun in preps_of(holder).get(word, []):
                yield noun
                # "in the town of X", "in the capital, X"
                yield from preps_of(noun).get("of", [])
                yield from (c for c in noun.children if c.dep_ in ("appos", "compound"))


def time_of(reading: Reading, parse: Parse, trigger: Trigger) -> When:
    """Return when an event took place by the time expressions of its own clause, else empty."""
    top = trigger.token
    if trigger.clause is None and top.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj"):
        own = when_of(reading, parse, top.left_edge.i, top.right_edge.i + 1)
        if own != When():
            return own
        top = top.head if top.dep_ != "pobj" else top
    return when_of(reading, parse, top.left_edge.i, top.right_edge.i + 1)
