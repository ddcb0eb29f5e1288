"""When a statement was made: the time beside the cue, not after the report came out."""

from collections.abc import Iterable
from datetime import date

from onrecord.parsing import Parse
from onrecord.stages.date import when_of
from onrecord.stages.statements.attribution import Attribution, Range
from onrecord.stages.statements.sentences import sentence_of
from onrecord.types import Reading, When

PRONOUNS = frozenset({"he", "she", "they", "it"})


def said_of(
    reading: Reading, parse: Parse, item: Attribution, items: Iterable[Attribution]
) -> When:
    """Return the interval in which it was said; the report's own date bounds it from above.

    `items` are all attributions of the report: when one of them says that something happened is not
    when another was made.
    """
    latest = reading.report.published.latest
    others = [one.content for one in items if one is not item and not _around(one, item)]
    told = [span for content in (item.content, *others) for span in content]
    found = _beside(reading, parse, item, sorted(told))
    if found.latest is None and (latest is not None and _before(found, latest)):
        return When(found.earliest, latest)
    return found


def _around(one: Attribution, item: Attribution) -> bool:
    return item.head is not None and one.covers(item.head)


def _before(found: When, latest: date) -> bool:
    return found.earliest is None or found.earliest <= latest


def _beside(reading: Reading, parse: Parse, item: Attribution, told: list[Range]) -> When:
    """Return the time told in the cue's sentence outside the content, or in the one before."""
    if item.head is None:
        return When()
    start, end = sentence_of(parse.doc[item.head])
    found = _outside(reading, parse, told, start, end)
    if found != When() or item.subject is None or start == 0:
        return found
    opening = parse.doc[item.subject].lower_ in PRONOUNS and item.subject == start
    before = sentence_of(parse.doc[start - 1])
    if opening and parse.block_of(before[0]) == parse.block_of(start):
        return _outside(reading, parse, told, *before)
    return found


def _outside(reading: Reading, parse: Parse, told: list[Range], start: int, end: int) -> When:
    """Return the first time between start and end that is not part of what is told."""
    place = start
    for low, high in told:
        if high <= start or low >= end:
            continue
        if place < low:
            found = when_of(reading, parse, place, low)
            if found != When():
                return found
        place = max(place, high)
    return when_of(reading, parse, place, end) if place < end else When()
