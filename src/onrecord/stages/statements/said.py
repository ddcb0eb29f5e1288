"""When a statement was made: the time beside the cue, not after the report came out."""

from datetime import date

from onrecord.parsing import Parse
from onrecord.stages.date import when_of
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.sentences import sentence_of
from onrecord.types import Reading, When

PRONOUNS = frozenset({"he", "she", "they", "it"})


def said_of(reading: Reading, parse: Parse, item: Attribution) -> When:
    """Return the interval in which it was said; the report's own date bounds it from above."""
    latest = reading.report.published.latest
    found = _beside(reading, parse, item)
    if found.latest is None and (latest is not None and _before(found, latest)):
        return When(found.earliest, latest)
    return found


def _before(found: When, latest: date) -> bool:
    return found.earliest is None or found.earliest <= latest


def _beside(reading: Reading, parse: Parse, item: Attribution) -> When:
    """Return the time told in the cue's sentence outside the content, or in the one before."""
    if item.head is None:
        return When()
    start, end = sentence_of(parse.doc[item.head])
    found = _outside(reading, parse, item, start, end)
    if found != When() or item.subject is None or start == 0:
        return found
    opening = parse.doc[item.subject].lower_ in PRONOUNS and item.subject == start
    before = sentence_of(parse.doc[start - 1])
    if opening and parse.block_of(before[0]) == parse.block_of(start):
        return when_of(reading, parse, *before)
    return found


def _outside(reading: Reading, parse: Parse, item: Attribution, start: int, end: int) -> When:
    """Return the first time told between start and end that is not part of the content."""
    place = start
    for low, high in sorted(item.content):
        if high <= start or low >= end:
            continue
        if place < low:
            found = when_of(reading, parse, place, low)
            if found != When():
                return found
        place = max(place, high)
    return when_of(reading, parse, place, end) if place < end else When()
