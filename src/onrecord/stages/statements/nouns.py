"""Cue nouns and "according to": "X's claim that Y", "a promise by X to Y"."""

from spacy.tokens import Doc, Token

from onrecord.stages.statements.attribution import Attribution, Range, ranges, tidy
from onrecord.stages.statements.lexicon import Cue, cues
from onrecord.stages.statements.sentences import sentence_of
from onrecord.stages.statements.sources import LIGHT_VERBS, noun_phrase, own_subject
from onrecord.stages.statements.verbs import MAX_CONTENT

ACCORDING = Cue("according to", "prep", "say", voiced=True, frames=frozenset({"clause", "quote"}))
MAX_CLIMB = 6  # steps from "according" up to its clause


def noun_attribution(doc: Doc, noun: Token) -> Attribution | None:
    """Return what a noun of speech attributes to the owner or author beside it."""
    entry = cues("noun").get(noun.lemma_.lower())
    if entry is None:
        return None
    content = _governed(noun, entry)
    if content is None:
        return None
    speaker = _owner(noun)
    if speaker is None:
        return None
    source = _source(doc, speaker, noun)
    spans = tidy(doc, (content,))
    if not spans or any(start <= speaker.i < end for start, end in spans):
        return None
    return Attribution(
        source=(source,),
        cue=((noun.i, noun.i + 1),),
        content=spans,
        rule=f"{entry.lemma}: noun",
        entry=entry,
        head=noun.i,
        subject=speaker.i,
    )


def _source(doc: Doc, speaker: Token, noun: Token) -> Range:
    start, end = noun_phrase(doc, speaker, apart=(noun.i, noun.i + 1))
    while end - 1 > start and doc[end - 1].tag_ == "POS":
        end -= 1
    return start, end


def _governed(noun: Token, entry: Cue) -> Range | None:
    for child in noun.children:
        if child.i < noun.i:
            continue
        start, end = child.left_edge.i, child.right_edge.i + 1
        if end - start > MAX_CONTENT:
            return None
        if child.dep_ in ("acl", "ccomp"):
            if _is_that_clause(child) and "clause" in entry.frames:
                return start, end
            if _is_infinitive(child) and "inf" in entry.frames:
                return start, end
        if child.dep_ == "prep" and child.lower_ in entry.frames:
            return child.i + 1, end
    return None


def _is_that_clause(verb: Token) -> bool:
    return any(part.dep_ == "mark" and part.lower_ == "that" for part in verb.children)


def _is_infinitive(verb: Token) -> bool:
    return any(part.dep_ == "aux" and part.lower_ == "to" for part in verb.children)


def _owner(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            return next((word for word in child.children if word.dep_ == "pobj"), None)
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in LIGHT_VERBS:
        return own_subject(noun.head)
    return None


def according_attribution(doc: Doc, token: Token) -> Attribution | None:
    """Return the clause that "according to X" stands in, and X."""
    to = token.i + 1
    if to + 1 >= len(doc) or doc[to].lower_ != "to":
        return None
    speaker = next((word for word in doc[to].children if word.dep_ == "pobj"), None)
    if speaker is None:
        speaker = next((word for word in token.children if word.dep_ == "pobj"), None)
    if speaker is None:
        return None
    cue = (token.i, to + 1)
    source = noun_phrase(doc, speaker, apart=cue)
    return Attribution(
        source=(source,),
        cue=(cue,),
        content=_clause_of(doc, token, source),
        rule="according to",
        entry=ACCORDING,
        head=token.i,
        subject=speaker.i,
    )


def _clause_of(doc: Doc, token: Token, source: Range) -> tuple[Range, ...]:
    head = token.head
    for _ in range(MAX_CLIMB):
        if head.pos_ in ("VERB", "AUX") and head.dep_ not in ("aux", "auxpass", "amod"):
            break
        if head.head == head:
            break
        head = head.head
    start, end = head.left_edge.i, head.right_edge.i + 1
    if end - start > MAX_CONTENT:
        start, end = sentence_of(head)
    own = set(range(token.i, max(source[1], token.i + 2)))
    return tidy(doc, ranges(set(range(start, min(end, start + MAX_CONTENT))) - own))
