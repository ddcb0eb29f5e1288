"""What a noun phrase is printed as: the proper name at its head, or the description."""

from spacy.tokens import Token

from onrecord.parsing import Parse
from onrecord.stages.statements.attribution import Range

DESCRIPTION = 12  # tokens of a description without its clauses
WHOLE = 60  # tokens; a longer phrase is a broken parse


def proper_name(parse: Parse, source: Range, head: Token) -> str:
    """Return the run of proper nouns around a head, without a possessive ending."""
    doc = parse.doc
    start = end = head.i
    while start > source[0] and doc[start - 1].pos_ == "PROPN":
        start -= 1
    while end + 1 < source[1] and doc[end + 1].pos_ == "PROPN":
        end += 1
    return str(doc[start : end + 1].text)


def _left_off(last: Token) -> bool:
    ended = last.is_punct or last.tag_ == "POS" or last.pos_ == "ADP"
    return ended or last.ent_type_ in ("DATE", "TIME") or last.lower_ in ("here", "today")


def whole(parse: Parse, source: Range) -> str:
    """Return a phrase as printed with the clauses that hang on it, "" where it is too long.

    When and where it spoke is left off: "a spokesman here on Monday".
    """
    start, end = source
    if end - start > WHOLE:
        return ""
    while end > start + 1 and _left_off(parse.doc[end - 1]):
        end -= 1
    return " ".join(parse.evidence(start, end).text.split())


def description(parse: Parse, source: Range, head: Token) -> str:
    """Return a phrase as printed, short of clauses that hang on it."""
    doc = parse.doc
    end = source[1]
    for child in head.children:
        if child.dep_ in ("relcl", "acl", "appos") and child.left_edge.i > head.i:
            end = min(end, child.left_edge.i)
    end = min(end, source[0] + max(DESCRIPTION, head.i + 1 - source[0]))
    while end > source[0] + 1 and (doc[end - 1].is_punct or doc[end - 1].tag_ == "POS"):
        end -= 1
    return " ".join(parse.evidence(source[0], end).text.split())
