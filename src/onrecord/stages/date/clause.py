"""Which time expression governs a clause."""

import bisect
from collections.abc import Container

from spacy.tokens import Token

from onrecord.parsing import Parse
from onrecord.stages.date.bounds import is_dateline
from onrecord.stages.date.direction import direction, governing_verb
from onrecord.types import Dating, Reading, Time, When

DEEPEST = 12  # steps up the tree to the head of a clause
# What stands between a date and a noun that it belongs to, so that it dates no clause.
OF_THE_NOUN = frozenset({"of", "from", "since", "for", "until", "by", "dated"})
QUALIFYING = frozenset({"compound", "poss", "amod", "nmod", "nummod", "appos"})
OPEN_BEFORE = frozenset({"by", "before", "until", "till"})
OPEN_AFTER = frozenset({"since", "after", "from"})


def when_of(reading: Reading, parse: Parse, first_token: int, last_token: int) -> When:
    """Return the interval of the time expression that governs the tokens [first, last).

    Of the dates and times in the range, the one that hangs on the head of the range is taken, else
    the nearest to it in words; a vague one ("recently") only where there is no other. What is told
    as past ends at the latest day the report can be of. Empty where no expression tells a date.
    "Since" and "until" are not read: the date itself is returned.
    """
    if not 0 <= first_token < last_token <= len(parse.doc):
        return When()
    candidates = _candidates(reading, parse, first_token, last_token)
    if not candidates:
        return When()
    head = _head(parse, first_token, last_token)
    best = min(candidates, key=lambda time: _distance(parse, time, head))
    tokens = parse.tokens_in(best.span.start, best.span.end)
    told = direction(parse.doc, tokens.start, tokens.stop)
    return _capped(best.when, reading.report.published) if told == "past" else best.when


def when_told(
    reading: Reading, parse: Parse, span: range, heads: Container[int], *, capped: bool = True
) -> When:
    """Return when the clause of the verbs or nouns at token indexes `heads` says that it happened.

    Of the dates and times in `span` only those count that hang on one of the heads: not a date of
    another clause, nor one that belongs to another noun ("the truce of 9 February"). "By" and
    "until" leave the beginning open, "since" the end, "between … and …" spans both. What is told
    as past ends at the latest day of publication, where that is asked for.
    """
    if not span:
        return When()
    found = [
        time
        for time in _candidates(reading, parse, span.start, span.stop)
        if _hangs_on(parse, time, heads)
    ]
    if not found:
        return When()
    best = found[0]
    tokens = parse.tokens_in(best.span.start, best.span.end)
    when = _led(parse, tokens.start, best.when, found[1:])
    told = direction(parse.doc, tokens.start, tokens.stop)
    return _capped(when, reading.report.published) if capped and told == "past" else when


def _hangs_on(parse: Parse, time: Time, heads: Container[int]) -> bool:
    """Return whether a time hangs on one of the heads through nothing that it belongs to."""
    tokens = parse.tokens_in(time.span.start, time.span.end)
    node = _head(parse, tokens.start, tokens.stop)
    for _ in range(DEEPEST):
        head = node.head
        if head.i in heads:
            return True
        if head == node or head.pos_ in ("VERB", "AUX"):
            return False
        if node.dep_ in QUALIFYING and head.i not in tokens:
            return False
        if node.dep_ == "prep" and node.lower_ in OF_THE_NOUN and head.pos_ in ("NOUN", "PROPN"):
            return False
        node = head
    return False


def _led(parse: Parse, first: int, when: When, others: list[Time]) -> When:
    """Return a time as the word before it makes it: a beginning, an end, or one of two ends."""
    doc = parse.doc
    lead = doc[first - 1].lower_ if first else ""
    other = others[0].when if others else When()
    if lead in ("between", "from") and others:
        joint = parse.tokens_in(others[0].span.start, others[0].span.end).start - 1
        if doc[joint].lower_ in ("and", "to", "until", "till", "-", "–"):
            return When(when.earliest, other.latest)
    if lead in OPEN_BEFORE:
        return When(None, when.latest)
    if lead in OPEN_AFTER:
        return When(when.earliest, None)
    return when


def _candidates(reading: Reading, parse: Parse, first: int, last: int) -> list[Time]:
    """Return the dates and times of the range; vague ones only when there are no others."""
    start, end = parse.starts[first], parse.end(last - 1)
    begin = bisect.bisect_left(reading.times, start, key=lambda time: time.span.start)
    found = []
    for time in reading.times[begin:]:
        if time.span.end > end:
            break
        dated = time.kind in {"date", "time"} and time.when != When()
        if dated and not is_dateline(parse, time.span.start, time.span.end):
            found.append(time)
    return [time for time in found if not time.value.endswith("_REF")] or found


def _head(parse: Parse, first: int, last: int) -> Token:
    """Return the token of the range that its other words hang on."""
    for token in parse.doc[first:last]:
        if not first <= token.head.i < last or token.head.i == token.i:
            return token
    return parse.doc[first]


def _distance(parse: Parse, time: Time, head: Token) -> tuple[bool, int, int]:
    tokens = parse.tokens_in(time.span.start, time.span.end)
    verb = governing_verb(parse.doc, tokens.start, tokens.stop)
    apart = min(abs(tokens.start - head.i), abs(tokens.stop - 1 - head.i))
    return (verb is None or verb.i != head.i, apart, tokens.start)


def _capped(when: When, published: Dating) -> When:
    """End an interval of the past at the latest day of publication."""
    if published.latest is None:
        return when
    if when.earliest and when.earliest > published.latest:
        return when
    latest = min(when.latest, published.latest) if when.latest else published.latest
    return When(when.earliest, latest)
