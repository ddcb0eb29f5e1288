"""The date stage: when the report was published, and every time expression with its interval.

Done: time expressions of English news by a grammar (dates, months, years, decades, quarters,
seasons, weekdays, feasts and months of other calendars, clock times, parts of the day, what is told
from the report's day or from the expression before, durations, sets, vague references) with TIMEX3
value and interval; the dating of the report from metadata, address, dateline, a printed date, dates
told as past or as to come, and "N years ago" beside a year. A year that cannot be told stays XXXX.
`quoted` tells "tomorrow" inside a quotation from the day it was said.

Not done yet: other languages, time zones, fiscal years that are no calendar years, beginnings and
ends of durations told by events, the year of a paragraph that looks back ("In 2011 … on 12 July"),
and dating by what the report says of the world ("the new administration").
"""

from dataclasses import replace

from onrecord.parsing import Parse
from onrecord.stages.date.clause import when_of, when_told
from onrecord.stages.date.dating import dating
from onrecord.stages.date.expressions import expressions
from onrecord.stages.date.times import times
from onrecord.types import Reading

__all__ = ["date", "when_of", "when_told"]


def date(reading: Reading, parse: Parse) -> Reading:
    """Return the reading with its dating and its time expressions."""
    found = expressions(parse)
    published = dating(parse, found)
    report = replace(reading.report, published=published)
    return replace(reading, report=report, times=times(parse, found, published))
