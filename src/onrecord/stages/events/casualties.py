"""Single persons killed or wounded, as figures of one: "a man was shot dead", "Foo's death".

A report seldom prints "one killed": it tells of a man, a mother, a name. Each person counts once
for each report, where the report first tells of the worst that befell them. Several persons are
counted by their number, as in every figure.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.ids import make_id
from onrecord.parsing import Parse
from onrecord.stages.actors.phrases import Phrase
from onrecord.stages.actors.unnamed import Meant
from onrecord.stages.date import when_told
from onrecord.stages.events.counted import FATAL, befallen, is_fatal, verb_over, victim_of
from onrecord.stages.events.lexicon import rows
from onrecord.stages.events.standing import NEGATIONS, Contents, is_asked, stand_of
from onrecord.stages.events.syntax import Clause, clause_of, preps_of, shared
from onrecord.types import HAPPENED, Entity, Figure, Reading

REFLEXIVE = frozenset({"himself", "herself"})
OWNED = frozenset({"death", "killing", "murder", "slaying", "life"})  # "his death" is of him
WOUNDS = frozenset({"wound", "injury"})
TAKING = frozenset({"claim", "cost", "take", "end"})
# Who is killed is not counted as wounded, too.
ORDER = ("killed", "wounded", "shot", "stabbed", "hospitalized")
UNKNOWN = frozenset(
    "anyone someone somebody anybody nobody noone one who everyone several number many some all "
    "both few most none neither each".split()
)
PLURAL = re.compile(r"(?:[^S]S|MEN)$")


@dataclass(frozen=True, slots=True)
class Harmed:
    """The head of a noun phrase with what befell whom it means, and the word that says so."""

    person: Token
    state: str
    word: Token


@functools.cache
def _words() -> dict[str, dict[str, str]]:
    """Return what each word says befell somebody, by where that person stands."""
    found: dict[str, dict[str, str]] = {}
    for place, state, words in rows("casualty_words.tsv"):
        found.setdefault(place, {}).update(dict.fromkeys(words.split(), state))
    return found


def casualties(
    reading: Reading,
    parse: Parse,
    found: Sequence[Phrase],
    who: Meant,
) -> tuple[Figure, ...]:
    """Return a figure of one for each person who is told to be killed, wounded or shot."""
    entities, entity_of = who
    known = {entity.id: entity for entity in entities}
    by_head = {phrase.head: phrase for phrase in found}
    contents = Contents(reading.statements)
    told: dict[str, list[tuple[Harmed, Phrase]]] = {}
    for harmed in _harmed(parse):
        phrase = by_head.get(harmed.person.i)
        if phrase is None or not _is_one(phrase, harmed.person):
            continue
        entity = known[entity_of[parse.starts[phrase.first], parse.end(phrase.last - 1)]]
        if entity.kind in ("person", "unknown"):
            told.setdefault(entity.id, []).append((harmed, phrase))
    figures = []
    for id_, pairs in told.items():
        given = [_figure(reading, parse, *pair, known[id_], contents) for pair in pairs]
        figures.append(min(given, key=_worst))
    return tuple(figures)


def _worst(figure: Figure) -> tuple[bool, int]:
    return figure.standing not in HAPPENED, ORDER.index(figure.unit.split()[-1])


def _is_one(phrase: Phrase, head: Token) -> bool:
    """Tell whether a phrase means one certain person."""
    if phrase.meaning != "person" or _is_plural(head):
        return False
    if phrase.form != "name" and head.text.isupper() and PLURAL.search(head.text):
        return False  # in capitals plurals are taken for names
    if head.lower_ in UNKNOWN or any(child.dep_ == "nummod" for child in head.lefts):
        return False
    return not any(child.lower_ in ("no", "any", "every", "each") for child in head.lefts)


def _is_plural(head: Token) -> bool:
    """Tell whether a noun means several: by its form, or its verb's ("several were killed")."""
    if "Number=Plur" in str(head.morph) or head.like_num:
        return True
    verb = head.head
    subject = head.dep_ in ("nsubj", "nsubjpass") and head.lower_ not in ("i", "you")
    joined = any(child.dep_ == "conj" for child in head.rights)  # "Foo and Bar were injured"
    return (subject and not joined) and any(
        child.lower_ in ("were", "are", "have") and child.dep_ in ("aux", "auxpass")
        for child in verb.lefts
    )


def _harmed(parse: Parse) -> Iterator[Harmed]:
    """Yield the heads of whom words of a report say harm of."""
    for word in parse.doc:
        lemma = word.lemma_.lower()
        if word.lower_ in _words()["adjective"]:
            yield from _by_adjective(word)
        elif word.lower_ in REFLEXIVE and word.dep_ == "conj":
            yield from _by_himself(word)
        elif word.pos_ == "VERB":
            yield from _by_verb(word, lemma)
        elif word.pos_ in ("NOUN", "PROPN"):
            yield from _by_noun(word, lemma)


def _by_verb(verb: Token, lemma: str) -> Iterator[Harmed]:
    clause = clause_of(verb)
    if state := _words()["object"].get(lemma):
        heads = [] if "at" in clause.preps and lemma == "shoot" else _objects(clause)
        if any(head.lower_ in REFLEXIVE for head in heads):  # "killed her and then himself"
            heads = [head for head in heads if head.lower_ not in REFLEXIVE] + clause.subjects
        state = "killed" if is_fatal(verb) else state
    elif state := _words()["subject"].get(lemma):
        heads = clause.subjects
    elif phrase := befallen(clause):
        state, heads = phrase
    else:
        return
    for head in shared(heads):
        yield Harmed(head, state, verb)


def _objects(clause: Clause) -> list[Token]:
    """Return whom a verb of harm is done to; "was shot and killed" is often taken for two moods."""
    heads = shared(clause.objects)
    over = clause.verb.head
    if not heads and clause.verb.dep_ == "conj" and over.pos_ == "VERB":
        first = clause_of(over)
        heads = shared(first.objects) if first.passive else []
    return [head for head in heads if head.lower_ not in _words()["adjective"]]


def _by_himself(word: Token) -> Iterator[Harmed]:
    """Yield who did to themselves what they did to another: "killed his son and then himself"."""
    verb = word.head if word.head.pos_ == "VERB" else word.head.head
    if state := _words()["object"].get(verb.lemma_.lower()):
        for head in shared(clause_of(verb).subjects):
            yield Harmed(head, "killed" if is_fatal(verb) else state, verb)


def _by_noun(noun: Token, lemma: str) -> Iterator[Harmed]:
    """Yield who suffered what a noun names: "the death of Foo", "Foo's murder"."""
    wounds = (other.lemma_.lower() for other in preps_of(noun).get("with", []))
    if state := victim_of(noun) or ("wounded" if not WOUNDS.isdisjoint(wounds) else ""):
        yield Harmed(noun, state, noun)
    named = _words()["noun"].get(lemma)
    taken = lemma == "life" and noun.head.lemma_.lower() in TAKING  # "claimed the life of Foo"
    if named is None and not taken:
        return
    deadly = any(
        child.lower_ in FATAL or (child.lower_ == "death" and child.dep_ == "compound")
        for child in noun.lefts
    )
    state = named if named and not deadly else "killed"
    of = preps_of(noun).get("of", [])
    owners = [child for child in noun.lefts if child.dep_ == "poss"] if lemma in OWNED else []
    for head in shared(of + owners):
        yield Harmed(head, state, noun)


def _by_adjective(word: Token) -> Iterator[Harmed]:
    """Yield who is dead: "found her dead", "he was pronounced dead", "Foo is dead"."""
    state = _words()["adjective"][word.lower_]
    verb = word.head
    aged = any(token.like_num for token in word.doc[word.left_edge.i : word.i])
    if word.dep_ == "dobj" and word.pos_ == "NOUN" and aged:
        yield Harmed(word, state, word)  # "left a 14-year-old dead", as it is often parsed
    elif word.dep_ in ("amod", "acl") and verb.i < word.i:
        yield from (Harmed(head, state, word) for head in shared([verb]))
    if word.dep_ in ("oprd", "acomp", "ccomp", "xcomp", "advcl", "advmod") and verb.pos_ in (
        "VERB",
        "AUX",
    ):
        clause = clause_of(verb)
        objects = [t for t in clause.objects if t is not word and t.dep_ in ("dobj", "nsubjpass")]
        objects += [c for c in word.children if c.dep_ == "nsubj"]
        copular = verb.lemma_ in ("be", "lie", "fall", "remain")
        for head in shared(objects or (clause.subjects if copular else [])):
            yield Harmed(head, state, word)


def _figure(
    reading: Reading,
    parse: Parse,
    harmed: Harmed,
    phrase: Phrase,
    entity: Entity,
    contents: Contents,
) -> Figure:
    report = reading.report.id
    span = parse.evidence(phrase.first, phrase.head + 1)
    statement = contents.at(parse.starts[harmed.word.i])
    verb = verb_over(harmed.word)
    words = " ".join(parse.evidence(phrase.first, phrase.last).text.split())
    asked = is_asked(harmed.word, contents, parse.starts)
    standing = stand_of(harmed.word, statement, asked=asked).standing
    before = range(max(0, phrase.first - 1), phrase.head)
    if any(parse.doc[i].lower_ in NEGATIONS for i in before):
        standing = "denied"  # "not a single soldier was killed", "neither the driver nor …"
    return Figure(
        id=make_id("figure", report, "person", span.start, span.end),
        report=report,
        span=span,
        value=1,
        low=1,
        high=1,
        unit=f"people {harmed.state}",
        of=entity.name if phrase.form == "name" else words,
        when=when_told(reading, parse, range(verb.left_edge.i, verb.right_edge.i + 1), {verb.i}),
        statement=statement.id if statement else None,
        how="person",
        standing=standing,
    )
