"""The figures of a report: numbers with their unit, what they count, when and on whose word.

`value` is the number as printed. `low` and `high` are the bounds that it stands for: both where
it is exact, one where it is "at least" or "up to", none where it is "about". A vague plural has
no value, only `low`. Numbers that name, date, age, list or score things are no figures.
"""

import bisect
import functools
import math
import re
from dataclasses import replace

from spacy.tokens import Token

from onrecord.ids import make_id
from onrecord.parsing import Parse
from onrecord.stages.date import when_told
from onrecord.stages.events.carried import carried, rated
from onrecord.stages.events.counted import (
    DATING,
    DEFINITE,
    Unit,
    befallen,
    counted_of,
    effects,
    is_fatal,
    last_number,
    verb_over,
    victim_of,
)
from onrecord.stages.events.lexicon import rows
from onrecord.stages.events.numbers import SMALL, Quantity, quantities
from onrecord.stages.events.standing import NEGATIONS, Contents, is_asked, stand_of
from onrecord.stages.events.syntax import clause_of
from onrecord.types import Figure, Reading, Standing

NAMING = frozenset({"ORG", "GPE", "FAC", "PERSON", "LAW", "EVENT", "PRODUCT", "WORK_OF_ART"})
YEAR = re.compile(r"1[5-9]\d\d|20\d\d|21\d\d")
# Words for spans of time and age: their numbers belong to the date stage or to nobody.
TIME_UNITS = frozenset(
    "year month week day hour minute second decade century fortnight year-old month-old night "
    "weekend o'clock a.m. p.m. am pm old".split()
)
# Nouns that are counted without a plural ending.
COLLECTIVES = frozenset(
    "people police personnel aircraft cattle staff crew sheep troop spacecraft offspring "
    "infantry cavalry livestock youth dead civilian".split()
)
# What is counted stands no further than this after the number.
NOUN_REACH = 6
PEOPLE = "people"
PARTS = frozenset({"none", "most", "some", "many", "each", "half", "all", "neither", "second"})
HIT = frozenset({"shot", "stabbed"})
BODIES = frozenset({"body", "corpse", "life"})  # "the bodies of three men", "lives of 12 people"
GROUPS = frozenset({"family", "group", "crew", "party", "team", "gang"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@functools.cache
def _units() -> dict[tuple[str, str], tuple[str, str]]:
    """Return kind and unit by the word before the noun ("-": any) and the noun."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for kind, before, nouns, unit in rows("units.tsv"):
        for word in before.split():
            for noun in nouns.split():
                found.setdefault((word.rsplit("_", 1)[-1], noun), (kind, unit))
    return found


def figures(reading: Reading, parse: Parse) -> tuple[Figure, ...]:
    """Return the figures of a report that are printed as numbers, in their order."""
    times = sorted((time.span.start, time.span.end) for time in reading.times)
    contents = Contents(reading.statements)
    found = []
    known: list[Unit] = []
    for quantity in quantities(parse):
        if _is_other(parse, quantity, times) or not math.isfinite(quantity.value or 0):
            continue
        unit = _unit_of(parse, quantity) or carried(parse, quantity, known)
        if unit is not None:
            found.append(_figure(reading, parse, quantity, unit, contents))
            known.append(replace(unit, of=found[-1].of))
    return tuple(found)


def _is_other(parse: Parse, quantity: Quantity, times: list[tuple[int, int]]) -> bool:
    """Return whether a number dates, names, ages, lists or scores something."""
    doc = parse.doc
    start, end = parse.starts[quantity.first], parse.end(quantity.last - 1)
    index = bisect.bisect_right(times, (start, end)) - 1
    if any(s < end and start < e for s, e in times[max(0, index) : index + 2]):
        return True
    token = last_number(parse, quantity)
    if token.ent_type_ in NAMING:
        return True
    if token.ent_type_ in DATING and not _counts_things(parse, quantity):
        return True
    before = doc[quantity.first - 1] if quantity.first else None
    after = doc[quantity.last] if quantity.last < len(doc) else None
    if after is not None and _is_time_or_age(after):
        return True
    return _is_label(parse, quantity, token, before, after)


def _counts_things(parse: Parse, quantity: Quantity) -> bool:
    """Return whether a noun that is no unit of time follows a number taken for a date."""
    noun = _counted(parse, quantity)
    return noun is not None and noun.ent_type_ not in DATING and noun.lemma_ not in TIME_UNITS


def _is_time_or_age(after: Token) -> bool:
    if after.lemma_.lower() in TIME_UNITS or after.lower_ in TIME_UNITS:
        return True
    return (
        after.text == "-"
        and after.i + 1 < len(after.doc)
        and (after.doc[after.i + 1].lemma_.lower() in TIME_UNITS)
    )


def _is_label(
    parse: Parse, quantity: Quantity, token: Token, before: Token | None, after: Token | None
) -> bool:
    """Return whether a number is part of a name, an address, a list, a score or a year."""
    if before is not None and before.idx + len(before) == token.idx and before.text in "-/:.+#":
        return True
    tight = after is not None and token.idx + len(token) == after.idx
    if (
        tight
        and after is not None
        and after.text in ("-", "/", ":", "–")
        and quantity.value is not None
    ):
        return True
    first_of_block = quantity.first in parse.firsts
    if first_of_block and after is not None and after.text in (".", ")", ":"):
        return True
    if YEAR.fullmatch(token.text) and quantity.low == quantity.high and not _has_noun(token):
        return True
    if before is None:
        return False
    if before.lower_ == "no" and token.lower_ == "one":
        return True
    if before.lower_ in ("aged", "age", "no.", "number", "article", "page", "chapter", "section"):
        return True
    aside = before.text == "," and after is not None and after.text in (",", ".")
    if aside and before.i and parse.doc[before.i - 1].pos_ == "PROPN":
        return True  # "J. Smith, 45, said"
    return token.head.i < token.i and token.dep_ == "nummod" and not _is_currency(before)


def _has_noun(token: Token) -> bool:
    return token.dep_ == "nummod" and token.head.i > token.i and token.head.pos_ == "NOUN"


def _is_currency(token: Token) -> bool:
    kind, _ = _units().get(("-", token.lower_.rstrip(".")), ("", ""))
    return token.is_currency or kind == "money"


def _unit_of(parse: Parse, quantity: Quantity) -> Unit | None:
    """Return the unit of a number, or None where nothing shows that it counts anything."""
    money = _money(parse, quantity)
    if money is not None:
        return money
    noun = _counted(parse, quantity)
    if noun is not None:
        return _noun_unit(parse, quantity, noun)
    return _bare_unit(parse, quantity)


def _money(parse: Parse, quantity: Quantity) -> Unit | None:
    """Return the currency that stands before a number, inside its hedge or just before it."""
    doc = parse.doc
    for index in range(max(0, quantity.first - 1), quantity.last):
        found = _units().get(("-", doc[index].lower_.rstrip(".")))
        if found and found[0] == "money" and not doc[index].is_digit:
            return Unit(found[1], min(index, quantity.first), quantity.last, None)
    return None


def _counted(parse: Parse, quantity: Quantity) -> Token | None:
    """Return the noun that a number counts: its head in the tree, else the next noun."""
    doc = parse.doc
    token = last_number(parse, quantity)
    head = token
    for _ in range(3):
        if head.dep_ in ("nummod", "quantmod", "compound", "advmod") and head.head != head:
            head = head.head
    near = quantity.last <= head.i <= quantity.last + NOUN_REACH
    if near and head.pos_ in ("NOUN", "PROPN", "SYM", "ADJ"):
        return head
    for index in range(quantity.last, min(quantity.last + 3, len(doc))):
        word = doc[index]
        if word.lower_ in ("%", "percent", "per", "pct"):
            return word if word.lower_ != "per" else doc[min(index + 1, len(doc) - 1)]
        if word.pos_ == "NOUN" and word.dep_ != "compound":
            return word
        if word.lower_ == "of" and index + 1 < len(doc):
            return _partitive(word)
        if word.pos_ not in ("ADJ", "PROPN", "NOUN"):
            break
    return None


def _partitive(of: Token) -> Token | None:
    """Return the noun after "of" in "dozens of civilians"."""
    for child in of.children:
        if child.dep_ == "pobj" and child.pos_ in ("NOUN", "PROPN"):
            return child
    return None


def _noun_unit(parse: Parse, quantity: Quantity, noun: Token) -> Unit | None:
    lemma = noun.lemma_.lower()
    if lemma in TIME_UNITS:
        return None
    last = max(quantity.last, noun.i + 1)
    found = _unit_entry(parse, noun)
    if found is not None:
        kind, name = found
        return Unit(name, quantity.first, last, noun if kind == "count" else None)
    if noun.pos_ == "PROPN" and not noun.lower_.endswith("s"):
        return None
    if noun.tag_ == "NN" and lemma not in COLLECTIVES and quantity.value != 1:
        return None  # "the 12 hour rule", "a 7 barrier": a label, not a count
    state = "" if _is_whole(parse, quantity) else _state(noun)
    if not state and parse.doc[quantity.last - 1].lower_ == "one":
        return None  # "one minister" tells who, not how many
    name = noun.lower_ if noun.pos_ != "ADJ" else PEOPLE
    if noun.pos_ == "ADJ" and not state:
        return None
    if lemma in ("person", "people", "other"):
        name = PEOPLE
    return Unit(f"{name} {state}" if state else name, quantity.first, last, noun)


def _is_whole(parse: Parse, quantity: Quantity) -> bool:
    """Tell whether a number is that of which another number is a part: "one of the 12"."""
    words = [token.lower_ for token in parse.doc[max(0, quantity.first - 4) : quantity.first]]
    while words and words[-1] in DEFINITE:
        words.pop()
    if not words or words.pop() != "of":
        return False
    if words and words[-1] == "out":
        words.pop()
    return bool(words) and (words[-1] in PARTS or words[-1].isdigit() or words[-1] in SMALL)


def _unit_entry(parse: Parse, noun: Token) -> tuple[str, str] | None:
    """Return the entry of the unit lexicon for a noun and the word before it."""
    before = parse.doc[noun.i - 1].lower_ if noun.i > 0 else "-"
    for word in (noun.lemma_.lower(), noun.lower_):
        found = _units().get((before, word)) or _units().get(("-", word))
        if found:
            return found
    return None


def _state(noun: Token) -> str:
    """Return what befell those counted, by the verb over them or a word about them."""
    if noun.lower_ in effects():
        return effects()[noun.lower_]
    if state := victim_of(noun):
        return state
    for child in noun.children:
        if child.dep_ in ("relcl", "acl", "amod") and child.lemma_.lower() in effects():
            clause = clause_of(child)
            suffers = clause.passive or noun in clause.objects or child.lemma_ in ("die", "perish")
            if suffers or child.dep_ == "amod":
                return effects()[child.lemma_.lower()]
    return _state_over(noun)


def _state_over(noun: Token) -> str:
    """Return what befell those counted, by what they hang on."""
    top = noun
    while top.dep_ == "conj" and top.head.pos_ in ("NOUN", "NUM", "PROPN"):
        top = top.head
    if top.dep_ == "pobj" and top.head.lower_ == "of":
        if top.head.head.lemma_.lower() in BODIES:
            return effects()["kill"]
        if top.head.head.pos_ in ("NOUN", "NUM"):
            top = top.head.head
    if top.dep_ == "pobj" and top.head.lower_ == "of" and top.head.head.lemma_ in effects():
        return effects()[top.head.head.lemma_]  # "the death of 12 people"
    return _verb_state(top)


def _verb_state(top: Token) -> str:
    verb = top.head
    state = _done_to(verb)
    if not state and top.dep_ in ("dobj", "nsubjpass", "nsubj"):
        phrase = befallen(clause_of(verb))
        if phrase and top in phrase[1]:
            return phrase[0]
    if top.dep_ in ("dobj", "nsubjpass", "nsubj") and not state:
        # "left 12 people dead", "12 people were injured"
        for child in verb.children:
            if (
                child.dep_ in ("oprd", "acomp", "attr", "ccomp", "advcl")
                and child.lower_ in effects()
            ):
                return effects()[child.lower_]
        return ""
    if top.dep_ in ("dobj", "nsubjpass"):
        # "holds four groups together" detains nobody; "four men were held" does.
        return "" if verb.lemma_ == "hold" and top.dep_ == "dobj" else state
    if top.dep_ != "nsubj":
        return ""
    return state if _is_clipped(verb) or verb.lemma_ in ("die", "perish", "surrender") else ""


def _is_clipped(verb: Token) -> bool:
    """Tell whether a participle lacks its auxiliary: "and four others injured"."""
    return verb.tag_ == "VBN" and not any(child.dep_ == "aux" for child in verb.lefts)


def _done_to(verb: Token) -> str:
    """Return what a verb says was done, and verbs joined to it: "shot and killed" is killed."""
    states = [effects().get(verb.lemma_.lower(), "")]
    if not states[0]:
        return ""
    states += [
        effects().get(child.lemma_.lower(), "")
        for child in verb.rights
        if child.dep_ == "conj" and not any(c.dep_ in SUBJECTS for c in child.lefts)
    ]
    if effects()["kill"] in states or is_fatal(verb):
        return effects()["kill"]
    return effects()["wound"] if effects()["wound"] in states else states[0]


def _bare_unit(parse: Parse, quantity: Quantity) -> Unit | None:
    """Return people with their state for a number that stands alone ("12 were killed")."""
    token = last_number(parse, quantity)
    if quantity.last < len(parse.doc):
        after = parse.doc[quantity.last]
        joined = after.head == token or (token.head == after and _is_clipped(after))
        if after.lower_ in effects() and after.pos_ in ("ADJ", "VERB") and joined:
            return Unit(f"{PEOPLE} {effects()[after.lower_]}", quantity.first, after.i + 1, None)
    group = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "of" else None
    if group is not None and group.lemma_ in GROUPS and (state := _state(group)):
        return Unit(f"{PEOPLE} {state}", quantity.first, quantity.last, None)  # "a family of five"
    if token.dep_ in ("dobj", "nsubjpass", "nsubj"):
        state = _verb_state(token)
        suffered = token.dep_ != "dobj" or state not in HIT  # "shot a 67" is no one shot
        if state and suffered:
            return Unit(f"{PEOPLE} {state}", quantity.first, quantity.last, None)
    return None


def _figure(
    reading: Reading, parse: Parse, quantity: Quantity, unit: Unit, contents: Contents
) -> Figure:
    report = reading.report.id
    rate = rated(parse, unit)
    last = max(rate.last, quantity.last)
    span = parse.evidence(unit.first, last)
    token = unit.noun or last_number(parse, quantity)
    statement = contents.at(parse.starts[last_number(parse, quantity).i])
    verb = verb_over(token)
    return Figure(
        id=make_id("figure", report, span.start, span.end),
        report=report,
        span=span,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        unit=rate.name,
        of=counted_of(parse, quantity, unit, verb),
        when=when_told(reading, parse, range(verb.left_edge.i, verb.right_edge.i + 1), {verb.i}),
        statement=statement.id if statement else None,
        standing=_standing(parse, quantity, unit, contents),
    )


def _standing(parse: Parse, quantity: Quantity, unit: Unit, contents: Contents) -> Standing:
    """Return how the clause of a number stands; "not one" and "no 12" are denied."""
    first = min(quantity.first, unit.first)
    near = {parse.doc[i].lower_ for i in range(max(0, first - 1), quantity.last)}
    if not near.isdisjoint(NEGATIONS):
        return "denied"
    verb = verb_over(unit.noun or last_number(parse, quantity))
    statement = contents.at(parse.starts[last_number(parse, quantity).i])
    asked = is_asked(verb, contents, parse.starts)
    return stand_of(verb, statement, asked=asked).standing
