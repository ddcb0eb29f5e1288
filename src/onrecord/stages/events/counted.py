"""What a figure counts, in the report's own words."""

import functools
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.parsing import Parse
from onrecord.stages.events.lexicon import rows
from onrecord.stages.events.numbers import Quantity
from onrecord.stages.events.syntax import Clause, clause_of, preps_of, shared

DATING = frozenset({"DATE", "TIME"})
CLAUSES = frozenset({"relcl", "acl", "advcl", "appos", "punct", "parataxis", "ccomp"})
MAX_EXTENT = 25  # words after a noun that can belong to its phrase
LONGEST_OF = 160  # characters of a phrase kept as what a figure counts
CAUSES = ("in", "during", "by", "since", "at")
DEFINITE = frozenset({"the", "these", "those", "both", "his", "her", "its", "their", "our"})
NUMBERS = frozenset({"number", "total", "count", "figure", "average", "rate", "level"})
# Verbs that say how much their subject is, and those that say how much their object is.
MEASURING = frozenset({"be", "weigh", "measure", "cost", "total", "number", "average", "stretch"})
VALUING = frozenset({"put", "estimate", "value", "set", "reckon", "pay", "give", "offer", "owe"})
# What befell victims, by the word before: "shooting victims".
VICTIMS = {"shooting": "shot", "gunshot": "shot", "stabbing": "stabbed", "murder": "killed"}
# What says of a verb of hurting that it killed: "shot dead", "fatally stabbed".
FATAL = frozenset({"dead", "fatal", "deadly", "fatally", "mortally", "lethally"})


@dataclass(frozen=True, slots=True)
class Unit:
    """What a figure is counted in, and the token of the noun that is counted, if any.

    `of` is what it counts where a figure before it says so.
    """

    name: str
    first: int
    last: int
    noun: Token | None
    of: str = ""


@functools.cache
def effects() -> dict[str, str]:
    """Return what each word says befell those counted."""
    return {word: state for state, words in rows("figure_effects.tsv") for word in words.split()}


def is_fatal(verb: Token) -> bool:
    """Tell whether a verb of hurting says that it killed: by a word beside it, or "to death"."""
    return any(
        child.lower_ in FATAL
        or (child.lower_ == "to" and any(noun.lower_ == "death" for noun in child.children))
        for child in verb.children
    )


def befallen(clause: Clause) -> tuple[str, list[Token]] | None:
    """Return what a verb with its object or preposition says befell whom, if anything.

    "Suffered wounds", "was taken to hospital", "lost his life", "is in critical condition".
    """
    sides = {"subject": clause.subjects, "object": clause.objects}
    for places, nouns, needs, who, state in _phrases().get(clause.verb.lemma_.lower(), ()):
        for place in places.split():
            things = clause.objects if place == "object" else clause.preps.get(place, [])
            if any(_is_named(thing, nouns, needs) for thing in shared(things)):
                return state, next((sides[w] for w in who.split() if sides[w]), [])
    return None


@functools.cache
def _phrases() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for verbs, *rest in rows("casualty_phrases.tsv"):
        for verb in verbs.split():
            found.setdefault(verb, []).append(rest)
    return found


def _is_named(thing: Token, nouns: str, needs: str) -> bool:
    named = not {thing.lower_, thing.lemma_.lower()}.isdisjoint(nouns.split())
    return named and (needs == "-" or any(c.lower_ in needs.split() for c in thing.lefts))


def victim_of(noun: Token) -> str:
    """Return what befell a victim, by the word before: "shooting victims"; or nothing."""
    if noun.lemma_.lower() != "victim":
        return ""
    words = {child.lower_ for child in noun.lefts if child.dep_ in ("compound", "amod")}
    return next((VICTIMS[word] for word in sorted(words) if word in VICTIMS), "")


def verb_over(token: Token) -> Token:
    """Return the nearest verb over a token, or the top of its sentence."""
    for _ in range(10):
        if token.pos_ in ("VERB", "AUX") or token.head == token:
            break
        token = token.head
    return token


def last_number(parse: Parse, quantity: Quantity) -> Token:
    """Return the last token of a quantity that is a number word."""
    span = [parse.doc[i] for i in range(quantity.first, quantity.last)]
    numbers = [token for token in span if token.like_num or token.lower_[:1].isdigit()]
    return numbers[-1] if numbers else span[0]


def counted_of(parse: Parse, quantity: Quantity, unit: Unit, verb: Token) -> str:
    """Return what a figure counts in the report's own words, with what it comes from."""
    words = unit.name.casefold().split()
    state = words[-1] in effects().values()
    counted = _phrase(parse, unit.noun, quantity.last) if unit.noun is not None else ""
    if not state and (not counted or counted.casefold() in (words[0], unit.name.casefold())):
        token = unit.noun or last_number(parse, quantity)
        other = unit.of or _holder(parse, quantity, unit)
        if not other and unit.noun is None:
            other = _complement(parse, token, unit)
        counted = other or _clause_words(parse, unit, quantity, token) or counted
    cause = _cause(parse, verb, counted) if state else ""
    return f"{counted} ({cause})" if cause and counted else counted or cause


def _holder(parse: Parse, quantity: Quantity, unit: Unit) -> str:
    """Return the noun that an amount qualifies ("the $2 million bridge")."""
    token = last_number(parse, quantity)
    for _ in range(3):
        if token.dep_ not in ("nummod", "compound", "quantmod", "nmod", "amod"):
            return ""
        token = token.head
        if unit.last <= token.i <= unit.last + 3 and token.pos_ == "NOUN":
            return _phrase(parse, token, unit.last)
    return ""


def _clause_words(parse: Parse, unit: Unit, quantity: Quantity, token: Token) -> str:
    """Return what the clause says of an amount: what became of it, or what it is the amount of."""
    noun = token
    if unit.noun is None and unit.last - 1 > token.i:
        noun = parse.doc[unit.last - 1]
    while noun.dep_ in ("nummod", "compound", "quantmod", "npadvmod") and noun.head.i < unit.last:
        noun = noun.head
    verb = verb_over(noun)
    if verb.pos_ not in ("VERB", "AUX"):
        return ""
    if noun.dep_ in ("nsubj", "nsubjpass") and noun.head == verb:
        if any(child.lower_ in DEFINITE for child in noun.lefts):
            return ""  # "the two countries" are known, and what they do is not what is counted
        said = [c for c in verb.lefts if c.dep_ == "neg" and c.i > noun.i]
        return _extent(parse, min([verb.i, *(c.i for c in said)]), verb)
    lemma = verb.lemma_.lower()
    clause = clause_of(verb)
    others: list[Token] = []
    if lemma in MEASURING:
        others = clause.subjects
    elif lemma in VALUING:
        others = clause.datives + clause.preps.get("to", []) + clause.objects
    for other in others:
        inside = quantity.first <= other.i < unit.last
        if other.pos_ in ("NOUN", "PROPN") and not inside and other != noun:
            amount = preps_of(other).get("of", []) if other.lemma_.lower() in NUMBERS else []
            other = amount[0] if amount else other
            return _phrase(parse, other, other.left_edge.i)
    return ""


def _phrase(parse: Parse, noun: Token, floor: int) -> str:
    """Return a noun with its modifiers and prepositions from token `floor` on, on one line."""
    first = noun.i
    for child in noun.lefts:
        if child.i >= floor and child.dep_ not in ("nummod", "quantmod", "punct"):
            first = min(first, max(child.left_edge.i, floor))
    return _extent(parse, first, noun)


def _extent(parse: Parse, first: int, top: Token) -> str:
    """Return the words from token `first` through what hangs on `top`, but no further clause."""
    last, pending = top.i + 1, list(top.rights)
    while pending:
        child = pending.pop()
        beside = child.head == top and child.dep_ in ("conj", "cc")
        dates = child.dep_ == "prep" and any(c.ent_type_ in DATING for c in child.children)
        if (
            beside
            or dates
            or child.lower_ == "according"
            or child.dep_ in CLAUSES
            or child.i > top.i + MAX_EXTENT
        ):
            continue
        last = max(last, child.i + 1)
        pending.extend(child.children)
    text = " ".join(parse.evidence(first, last).text.split())
    return text if len(text) <= LONGEST_OF else " ".join(top.text.split())


def _complement(parse: Parse, number: Token, unit: Unit) -> str:
    """Return what an amount of money, a share or a measure is of: its own complement."""
    holders = [number, number.head]
    if unit.last - 1 > number.i:
        holders.insert(0, parse.doc[unit.last - 1])
    for holder in holders:
        for word in ("of", "in", "for", "to"):
            for noun in preps_of(holder).get(word, []):
                if noun.i >= unit.last:
                    return _phrase(parse, noun, noun.left_edge.i)
    for child in verb_over(number).rights:
        # "spent $3 million to repair the road"
        if child.i >= unit.last and child.tag_ == "VB" and child.dep_ in ("advcl", "xcomp"):
            return _extent(parse, child.i, child)
    return ""


def _cause(parse: Parse, verb: Token, counted: str) -> str:
    """Return what the verb over those counted says it happened in or through."""
    if verb.pos_ != "VERB":
        return ""
    clause = clause_of(verb)
    nouns = [t for t in clause.subjects if t.pos_ in ("NOUN", "PROPN")]
    nouns += [t for word in CAUSES for t in clause.preps.get(word, []) if t.pos_ == "NOUN"]
    for noun in nouns:
        if noun.ent_type_ in DATING:
            continue
        phrase = _phrase(parse, noun, noun.left_edge.i)
        if phrase and phrase not in counted and counted not in phrase:
            return phrase
    return ""
