"""Units that a number does not carry itself: from the clause, the figure before, or a rate after.

"The toll rose to 14" counts people killed; "the ministry speaks of 5,000" counts what the figure
before it did; "400 barrels a day" is a rate and no amount.
"""

from dataclasses import replace

from spacy.tokens import Token

from onrecord.parsing import Parse
from onrecord.stages.events.counted import NUMBERS, Unit, effects, last_number
from onrecord.stages.events.numbers import Quantity

PEOPLE = "people"
TOLL = "toll"
# Verbs with the word before the number by which they give a count ("-": its object).
GIVING = {
    "put": "at", "estimate": "at", "stand": "at", "remain": "at", "rise": "to", "climb": "to",
    "grow": "to", "increase": "to", "go": "to", "fall": "to", "drop": "to", "revise": "to",
    "raise": "to", "reduce": "to", "speak": "of", "talk": "of", "begin": "with", "start": "with",
    "end": "with", "count": "-", "reach": "-", "total": "-", "pass": "-", "exceed": "-",
}  # fmt: skip
LOOK_BACK = 60  # words before a bare number in which stands what it counts
RATE_WORDS = frozenset({"a", "an", "per", "each", "every"})
RATE_UNITS = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
NOT_RATES = frozenset({"ago", "earlier", "before", "after", "later", "old", "and", "or", "-"})


def carried(parse: Parse, quantity: Quantity, known: list[Unit]) -> Unit | None:
    """Return the unit of a number that stands alone, or None where nothing gives it one."""
    token = last_number(parse, quantity)
    verb = _giving_verb(token, quantity)
    if verb is None:
        return None
    for noun in verb.children:
        named = _named(noun) if noun.dep_ in ("nsubj", "nsubjpass", "dobj") else None
        if named:
            return Unit(named, quantity.first, quantity.last, None)
    return _before(parse, quantity, known)


def _giving_verb(token: Token, quantity: Quantity) -> Token | None:
    """Return the verb that gives a bare number as a count of something spoken of."""
    head = token.head
    if token.dep_ in ("pobj", "nummod") and head.dep_ == "prep" and head.i >= quantity.first - 4:
        verb = head.head
        return verb if GIVING.get(verb.lemma_.lower()) == head.lower_ else None
    if token.dep_ in ("dobj", "npadvmod") and GIVING.get(head.lemma_.lower()) == "-":
        return head
    if token.dep_ == "attr" and head.lemma_ == "be":
        subjects = [c for c in head.children if c.dep_ == "nsubj"]
        counts = any(c.lemma_.lower() in NUMBERS or c.lemma_.lower() == TOLL for c in subjects)
        return head if counts else None
    return None


def _named(noun: Token) -> str | None:
    """Return the unit that a noun names: the toll, the dead, the number of something."""
    lemma = noun.lemma_.lower()
    if lemma == TOLL:
        return f"{PEOPLE} {effects()['kill']}"
    state = effects().get(noun.lower_)
    if state and noun.pos_ in ("NOUN", "ADJ"):
        return f"{PEOPLE} {state}"
    if lemma in NUMBERS:
        for of in noun.children:
            for counted in of.children if of.lower_ == "of" else ():
                if counted.pos_ == "NOUN":
                    return _counted(counted)
    return None


def _counted(noun: Token) -> str:
    if state := effects().get(noun.lower_):
        return f"{PEOPLE} {state}"
    return PEOPLE if noun.lemma_ in ("person", "people") else noun.lower_


def _before(parse: Parse, quantity: Quantity, known: list[Unit]) -> Unit | None:
    """Return the unit of the nearest figure, toll or dead spoken of before in the block."""
    first = parse.block_tokens(parse.block_of(quantity.first)).start
    lowest = max(first, quantity.first - LOOK_BACK)
    last = known[-1] if known and known[-1].first >= lowest else None
    for index in range(quantity.first - 1, max(lowest, last.last if last else 0) - 1, -1):
        token = parse.doc[index]
        if token.lemma_.lower() == TOLL or token.lower_ in ("dead", "wounded", "injured"):
            name = _named(token)
            return Unit(name, quantity.first, quantity.last, None) if name else None
    return replace(last, first=quantity.first, last=quantity.last, noun=None) if last else None


def rated(parse: Parse, unit: Unit) -> Unit:
    """Return a unit as a rate where "a day" or "per second" follows it."""
    doc, index = parse.doc, unit.last
    if index + 2 < len(doc) and doc[index].lower_ == "of":
        index += 2
    if index + 1 >= len(doc) or doc[index].lower_ not in RATE_WORDS:
        return unit
    per = doc[index + 1].lower_
    after = doc[index + 2].lower_ if index + 2 < len(doc) else ""
    if per not in RATE_UNITS or after in NOT_RATES:
        return unit
    return replace(unit, name=f"{unit.name} per {per}", last=index + 2)
