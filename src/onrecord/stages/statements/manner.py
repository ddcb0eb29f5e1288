"""How a statement is made: its act, its mode, and the reporter's hedge."""

import re

from onrecord.models.attribution import Tags
from onrecord.parsing import Parse
from onrecord.stages.statements.attribution import Attribution, is_mark
from onrecord.stages.statements.lexicon import words
from onrecord.stages.statements.linking import Quotations
from onrecord.stages.statements.sentences import sentence_of
from onrecord.types import Act, Mode

# What words with a neutral cue ("said") do by themselves; the first that fits decides.
BY_CONTENT: tuple[tuple[Act, re.Pattern[str]], ...] = (
    (
        "threaten",
        re.compile(
            r"\b(?:will|would|shall) (?:\w+ )?(?:retaliate|punish|crush|face (?:\w+ )?consequences"
            r"|pay (?:a|the|for)|suffer|regret|strike back|respond with force)\b",
            re.I,
        ),
    ),
    (
        "deny",
        re.compile(
            r"^\W*(?:\w+,? ){0,2}(?:i|we|it|they|he|she) "
            r"(?:do|does|did|ha[sd]|have|is|are|was|were)"
            r"(?:n['’]t| not| never) (?!want|think|know|believe|need|expect|yet|going|sure)"
            r"|\b(?:no truth|baseless|groundless|fabricat\w+|untrue|flatly false)\b",
            re.I,
        ),
    ),
    (
        "accuse",
        re.compile(
            r"\b(?:is|are|was|were) (?:responsible|to blame|guilty|behind)\b"
            r"(?= (?:for|of|the|a)\b)",
            re.I,
        ),
    ),
    (
        "promise",
        re.compile(
            r"^\W*(?:\w+ ){0,3}(?:i|we)(?:['’]ll| will| shall| are going to| pledge| promise)\b"
            r"|\b(?:is|are|was|were|am|remains?) (?:fully |firmly )?(?:committed|determined) to\b"
            r"|\b(?:would|will) not (?:allow|let|permit)\b",
            re.I,
        ),
    ),
    ("demand", re.compile(r"^\W*(?:the |all )?(?!i |we )\w+(?: \w+){0,3} must\b", re.I)),
    ("support", re.compile(r"\bwe (?:\w+ )?(?:support|welcome|stand (?:with|by|ready))\b", re.I)),
)
OPENING = 400  # characters of the content that tell its act
NEAR = 3  # tokens around source and cue in which a hedge stands
DIRECT_RULES = ("turn", "answer")
SURE = 0.5  # least share of an act by the votes; below it, something was said


def act_of(parse: Parse, item: Attribution, tags: Tags) -> Act:
    """Return the act that the cue names, else that plain words do, else what all words vote for."""
    if item.entry is not None and item.entry.act != "say":
        return item.entry.act
    opening = " ".join(parse.evidence(*span).text for span in item.content)[:OPENING]
    for act, pattern in BY_CONTENT:
        if pattern.search(opening):
            return act
    cue, source, content = (
        [(part.start, part.end) for part in (parse.evidence(*span) for span in spans)]
        for spans in (item.cue, item.source, item.content)
    )
    act, share = tags.act(cue, source, content)
    return act if share >= SURE else "say"


def mode_of(parse: Parse, item: Attribution, quotes: Quotations) -> Mode:
    """Return direct, mixed or indirect by how much of the content stands in quotation marks."""
    if item.rule in DIRECT_RULES or "next paragraph" in item.rule:
        return "direct"
    home = quotes.at(item.head) if item.head is not None else None
    inside = outside = 0
    for start, end in item.content:
        for index in range(start, end):
            if parse.doc[index].is_punct or parse.doc[index].is_space:
                continue
            quote = quotes.at(index)
            if quote is not None and quote is not home:
                inside += 1
            else:
                outside += 1
    if not inside:
        return "indirect"
    if outside:
        return "mixed"
    return "direct" if _stands_alone(parse, item) else "mixed"


def _stands_alone(parse: Parse, item: Attribution) -> bool:
    """Tell whether quoted words are a clause by themselves and no part of the reporter's own."""
    doc = parse.doc
    start, end = item.content[0]
    if not any(doc[i].tag_ in ("VBD", "VBP", "VBZ", "MD", "VB") for i in range(start, end)):
        return False
    before = start - 1
    while before >= 0 and (is_mark(doc[before]) or doc[before].is_space):
        before -= 1
    if before < 0 or parse.block_of(before) != parse.block_of(start):
        return True
    return doc[before].is_punct or doc[start].text[:1].isupper() or doc[start].is_sent_start is True


def hedge_of(parse: Parse, item: Attribution) -> str | None:
    """Return the reporter's own word of distance beside the cue, outside the content."""
    if not item.cue:
        return None
    start, end = item.group
    opening, closing = sentence_of(parse.doc[item.cue[0][0]])
    first, last = max(opening, start - NEAR), min(closing, end + NEAR)
    tokens = [i for i in range(first, last) if not item.covers(i)]
    lowered = [parse.doc[i].lower_ for i in tokens]
    hedges = words("hedges.tsv")
    for length in (3, 2, 1):
        for place in range(len(tokens) - length + 1):
            if tokens[place + length - 1] - tokens[place] != length - 1:
                continue
            if " ".join(lowered[place : place + length]) in hedges:
                return parse.evidence(tokens[place], tokens[place + length - 1] + 1).text
    return None
