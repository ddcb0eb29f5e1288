"""Who is cited: "X reported, citing Y" makes Y the speaker and X the hands."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.sentences import sentence_of
from onrecord.stages.statements.sources import noun_phrase
from onrecord.stages.statements.verbs import CITING

REACH = 60  # tokens after a cue in which its "citing" may stand


def with_cited(doc: Doc, found: Iterable[Attribution]) -> Iterator[Attribution]:
    """Yield the attributions with the cited as source and the citing speaker as a hand."""
    for item in found:
        if item.entry is not None and item.entry.lemma in ("cite", "quote"):
            if item.head is not None and doc[item.head].lower_ in CITING:
                continue  # no second statement: it only names the source of the first
            yield item
            continue
        yield _cited(doc, item)


def _cited(doc: Doc, item: Attribution) -> Attribution:
    if item.head is None or item.entry is None or not item.entry.quotes or not item.source:
        return item
    if not item.entry.voiced or item.entry.act != "say":
        return item
    citing = _participle(doc, doc[item.head])
    if citing is None:
        return item
    if item.source[0][0] <= citing.i < item.source[0][1]:
        return _apart(doc, item, citing.i)
    whom = next((child for child in citing.children if child.dep_ in ("dobj", "pobj")), None)
    if whom is None:
        return item
    apart = (citing.i, citing.i + 1)
    source = noun_phrase(doc, whom, apart=apart)
    if source[0] < item.group[0]:
        source = (source[0], min(source[1], item.group[0]))
    while source[1] - 1 > whom.i and doc[source[1] - 1].is_punct:
        source = (source[0], source[1] - 1)
    if source[0] >= source[1]:
        return item
    return replace(item, source=(source,), subject=whom.i, hand=(item.source[0], item.subject))


def _apart(doc: Doc, item: Attribution, citing: int) -> Attribution:
    """Part "Citing Y, X" where the parse took both for the subject."""
    end = item.source[0][1]
    comma = next((i for i in range(citing + 1, end) if doc[i].text == ","), None)
    if comma is None or comma + 1 >= end or comma == citing + 1:
        return item
    return replace(
        item,
        source=((citing + 1, comma),),
        subject=comma - 1,
        hand=((comma + 1, end), end - 1),
    )


def _participle(doc: Doc, cue: Token) -> Token | None:
    """Return the "citing" that belongs to a cue: at the head of its sentence or hanging on it."""
    start, end = sentence_of(cue)
    if doc[start].lower_ in CITING:
        return doc[start]
    for index in range(cue.i + 1, min(end, cue.i + REACH)):
        token = doc[index]
        if token.lower_ in CITING and (token.head == cue or doc[index - 1].text == ","):
            return token if token.head.i <= cue.i or token.head == cue else None
    return None
