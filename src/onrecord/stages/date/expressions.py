"""The time expressions of a parsed report: found by the grammar, kept when their words fit."""

import bisect
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.parsing import Parse
from onrecord.stages.date.direction import Direction, direction
from onrecord.stages.date.grammar import Found, grammar

# Words that are names or other parts of speech as often as they are months and weekdays.
AMBIGUOUS = frozenset({"may", "march", "august", "april", "june"})
LEADS_TO_DATE = frozenset(
    "in of since last next this until till by during early late mid from before after every each"
    " for on and to through between as around about past previous following".split()
)
# Nouns that a year stands before although they are plural ("the 2016 elections").
YEARLY = frozenset(
    "election game olympics primary attack bombing riot protest result figure earning sale talk"
    " report session season war operation profit revenue event target level accord".split()
)
NOT_IN_A_NAME = frozenset({"month", "calendar", "weekday", "season"})


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression at [start, end) of the report, over tokens [first, last)."""

    start: int
    end: int
    first: int
    last: int
    found: Found
    direction: Direction | None


def expressions(parse: Parse) -> tuple[Expression, ...]:
    """Return the time expressions of the readable blocks in their order."""
    rules = grammar()
    kept = []
    for block in parse.blocks:
        for found in rules.find(parse.report.text[block.start : block.end]):
            start, end = block.start + found.start, block.start + found.end
            tokens = parse.tokens_in(start, end)
            if len(tokens) and fits(parse, found, tokens):
                told = direction(parse.doc, tokens.start, tokens.stop)
                kept.append(Expression(start, end, tokens.start, tokens.stop, found, told))
    return tuple(kept)


def fits(parse: Parse, found: Found, tokens: range) -> bool:
    """Return whether the words are a time expression where they stand."""
    if found.rule == "year":
        return _is_year(parse, found, tokens)
    if found.rule in {"month", "weekday", "set", "calendar"} and not _capital(parse, found, tokens):
        return False
    if found.rule == "month" and len(tokens) == 1:
        return _is_month(parse, tokens.start)
    if found.rule == "duration" and found.caught.get("unit", "").startswith("quarter"):
        return "-" not in parse.report.text[parse.starts[tokens.start] : parse.end(tokens[-1])]
    if found.rule == "timeofday":
        return _after(parse, tokens.start) in {"at", "from", "until", "around", "by", "about"}
    if found.rule == "vague" and found.caught["vague"] in {"current", "recent", "future"}:
        return parse.doc[tokens.start].tag_ not in {"NNP", "NNPS"}
    return True


def _capital(parse: Parse, found: Found, tokens: range) -> bool:
    """Return whether the month or weekday begins with a capital; whole weekdays need not."""
    names = {found.caught.get("month"), found.caught.get("weekday"), found.caught.get("mon3")}
    names.discard(None)
    for index in tokens:
        word = parse.doc[index]
        if any(name and word.lower_.startswith(name.rstrip(".")) for name in names):
            return word.text[:1].isupper() or word.lower_.endswith("day")
    return True


def _after(parse: Parse, token: int) -> str:
    return parse.doc[token - 1].lower_ if token else ""


def _is_month(parse: Parse, index: int) -> bool:
    """Return whether a single month word is a month and not a verb or part of a name."""
    token = parse.doc[index]
    before = _after(parse, index)
    if before in LEADS_TO_DATE:
        return True
    if token.lower_ in {"may", "march"} and (token.tag_ not in {"NNP", "NN"} or token.is_sent_start):
        return False
    after = parse.doc[index + 1] if index + 1 < len(parse.doc) else None
    if token.lower_ in AMBIGUOUS and after is not None and after.tag_ in {"NNP", "POS"}:
        return False
    return token.ent_type_ != "PERSON"


def _is_year(parse: Parse, found: Found, tokens: range) -> bool:
    """Return whether four digits are a year and not a count, an amount or part of a name."""
    last = tokens[-1]
    token = parse.doc[last]
    if len(tokens) > 1:
        return True
    before = _after(parse, last)
    if before in {"$", "£", "€", "rs", "no", "no.", "flight", "than", "nearly", "almost", "some"}:
        return False
    head = token.head
    if token.dep_ == "nummod" and head.i > last:
        plural = head.tag_ in {"NNS", "NNPS"} and head.lemma_.lower() not in YEARLY
        return not plural or before in {"the", "'s", "’s", "in", "since", "its", "their"}
    return not (token.ent_type_ in {"MONEY", "QUANTITY", "PERCENT"})


def blocks_of(parse: Parse, found: tuple[Expression, ...]) -> Iterator[tuple[int, int]]:
    """Yield where the expressions of each readable block begin and end in the tuple."""
    starts = [expression.start for expression in found]
    for block in parse.blocks:
        yield bisect.bisect_left(starts, block.start), bisect.bisect_left(starts, block.end)
