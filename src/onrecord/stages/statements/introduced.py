"""Who a quotation without a cue is from, where its sentence leads up to it with a colon."""

from spacy.tokens import Token

from onrecord.parsing import Parse
from onrecord.stages.actors.words import person_nouns
from onrecord.stages.statements.attribution import Range, is_mark
from onrecord.stages.statements.sentences import root_of, sentence_of

SUBJECTS = ("nsubj", "nsubjpass")
BEFORE = frozenset({"PROPN", "NOUN", "ADJ", "DET", "NUM", "PART"})


def introducer(parse: Parse, quote: int) -> tuple[Range, int] | None:
    """Return source and its head: "the minister's deputy, X: “...”", "X was blunt: “...”".

    `quote` is the first token of the quotation. None where no person or pronoun leads up to it.
    """
    doc = parse.doc
    colon = quote - 1
    while colon >= 0 and (doc[colon].is_space or is_mark(doc[colon])):
        colon -= 1
    if colon < 1 or doc[colon].text != ":" or parse.block_of(colon) != parse.block_of(quote):
        return None
    start = sentence_of(doc[colon])[0]
    last = doc[colon - 1]
    if last.ent_type_ == "PERSON" or _beside_office(last, start):
        return _phrase(last, start)
    root = root_of(doc[colon])
    subject = next((child for child in root.children if child.dep_ in SUBJECTS), None)
    if subject is None and root.pos_ in ("NOUN", "PROPN"):
        subject = root
    if subject is not None and start <= subject.i < colon and _person(subject):
        return _phrase(subject, start)
    return None


def _phrase(head: Token, start: int) -> tuple[Range, int]:
    """Return the run of a name and what stands before it, short of clauses."""
    first, doc = head.i, head.doc
    while first > start and doc[first].pos_ != "DET" and doc[first - 1].pos_ in BEFORE:
        first -= 1
    return (first, head.i + 1), head.i


def _beside_office(last: Token, start: int) -> bool:
    """Tell whether a name stands behind an office: "the mayor, X"."""
    doc, first = last.doc, last.i
    while first > start and doc[first].pos_ == "PROPN" == doc[first - 1].pos_:
        first -= 1
    office = first - 2 if first > start and doc[first - 1].text == "," else first - 1
    return last.pos_ == "PROPN" and office >= start and _is_office(doc[office])


def _is_office(word: Token) -> bool:
    return word.pos_ == "NOUN" and word.lemma_.lower() in person_nouns()


def _person(word: Token) -> bool:
    if word.pos_ == "PRON":
        return word.lower_ in ("he", "she", "they")
    return word.ent_type_ == "PERSON" or word.lemma_.lower() in person_nouns()
