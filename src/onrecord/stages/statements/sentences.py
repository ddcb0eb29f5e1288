"""Sentences by token, looked up and not walked to: a line may be one sentence of 20,000 words."""

import bisect

from spacy.tokens import Doc, Token

from onrecord.stages.statements.attribution import Range

# Keys under which a document keeps what was worked out once.
STARTS = "statements: sentence starts"
ROOTS = "statements: sentence roots"


def sentence_of(token: Token) -> Range:
    """Return the tokens [first, last) of the sentence that a token stands in."""
    doc = token.doc
    starts = _starts(doc)
    place = bisect.bisect_right(starts, token.i)
    return starts[place - 1], starts[place] if place < len(starts) else len(doc)


def root_of(token: Token) -> Token:
    """Return the root of the sentence that a token stands in."""
    doc = token.doc
    start, end = sentence_of(token)
    roots: dict[int, int] = doc.user_data.setdefault(ROOTS, {})
    if start not in roots:
        roots[start] = doc[start:end].root.i
    return doc[roots[start]]


def _starts(doc: Doc) -> list[int]:
    found: list[int] | None = doc.user_data.get(STARTS)
    if found is None:
        found = [sentence.start for sentence in doc.sents]
        doc.user_data[STARTS] = found
    return found
