"""Which time expression governs a clause."""

import bisect

from spacy.tokens import Token

from onrecord.parsing import Parse
from onrecord.stages.date.direction import direction, governing_verb
from onrecord.types import Dating, Reading, Time, When

DEEPEST = 12  # steps up the tree to the head of a clause


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


def _candidates(reading: Reading, parse: Parse, first: int, last: int) -> list[Time]:
    """Return the dates and times of the range; vague ones only when there are no others."""
    start, end = parse.starts[first], parse.end(last - 1)
    begin = bisect.bisect_left(reading.times, start, key=lambda time: time.span.start)
    found = []
    for time in reading.times[begin:]:
        if time.span.end > end:
            break
        if time.kind in {"date", "time"} and time.when != When():
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
