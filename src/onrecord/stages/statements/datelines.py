"""Datelines: the place, day and agency before the first sentence of a report ("PLACE, Day —")."""

import re
from collections.abc import Iterable

from spacy.tokens import Token

from onrecord.parsing import Parse
from onrecord.stages.statements.attribution import Attribution, Range
from onrecord.stages.statements.sentences import sentence_of
from onrecord.stages.statements.sources import noun_phrase

# A place in capitals or with an agency in brackets, then a dash; or a single place and "- ".
DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z.'’\- ]{2,}[^—–\n]{0,50}?(?:\s*[—–]\s*|\s-{1,2}\s|--\s*)"
    r"|[A-Z][\w.'’\-, ]{1,50}\([A-Z][\w .&/-]{1,30}\)\s*(?:[—–]|-{1,2})\s*"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+)?(?:, [A-Z][\w. ]{1,20})?\s?(?:[—–]|-{1,2})\s+)"
)
MAX_NAME = 4  # tokens of a name right behind a dateline
MAX_TOKENS = 16  # a longer opening before a dash is a sentence


def dateline_ends(parse: Parse) -> dict[int, int]:
    """Return, for each first token of a dateline, the first token after it."""
    ends = {}
    for number, block in enumerate(parse.blocks):
        tokens = parse.block_tokens(number)
        start = parse.starts[tokens.start]
        found = DATELINE.match(parse.report.text, start, min(block.end, start + 120))
        if found is None:
            continue
        after = parse.tokens_in(found.end(), block.end)
        if block.kind != "title" and len(after) > MAX_TOKENS // 2:
            first = after.start
            if 0 < first - tokens.start <= MAX_TOKENS and not _inserted(parse, tokens.start, first):
                ends[tokens.start] = first
    return ends


def _inserted(parse: Parse, first: int, after: int) -> bool:
    """Tell whether a second dash closes an insertion: "Foo Bar — a teacher — says"."""
    opening = parse.doc[first:after].text
    if opening.rstrip("-–— ").isupper() or "(" in opening:
        return False
    mark = parse.doc[after - 1].text
    near = parse.doc[after : min(after + MAX_TOKENS, sentence_of(parse.doc[after])[1])]
    return any(token.text == mark for token in near)


def beyond(
    parse: Parse, item: Attribution, ends: dict[int, int]
) -> tuple[tuple[Range, ...], int | None]:
    """Return source and subject, taken from behind a dateline where they stand inside it.

    "TOWN, Day (AGENCY) - Foo did this, accusing Bar": it is Foo who accuses.
    """
    if not item.source or item.head is None or item.subject is None:
        return item.source, item.subject
    after = ends.get(item.source[0][0])
    if after is None or item.subject >= after or _is_sentence(parse, item.source[0][0], after):
        return item.source, item.subject
    subject = _first_subject(parse.doc[after : item.head])
    if subject is None:
        return (), None
    return (noun_phrase(parse.doc, subject, apart=(item.head, item.head + 1)),), subject.i


def _is_sentence(parse: Parse, first: int, after: int) -> bool:
    """Tell whether what was taken for a dateline holds words that no dateline has."""
    return any(parse.doc[i].pos_ in ("DET", "VERB", "AUX", "PRON") for i in range(first, after))


def _first_subject(words: Iterable[Token]) -> Token | None:
    """Return the first subject, else the end of the first run of nouns: parsers stumble there."""
    tokens = list(words)
    for token in tokens:
        if token.dep_ == "nsubj":
            return token
    run = [token for token in tokens[:MAX_NAME] if token.pos_ == "PROPN"]
    return run[-1] if run and run[0] is tokens[0] else None
