"""Days told inside a quotation from the day that it was said: "tomorrow", "yesterday"."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from onrecord.stages.date.context import Context
from onrecord.stages.date.grammar import grammar
from onrecord.stages.date.resolve import resolve
from onrecord.stages.date.value import interval
from onrecord.types import Reading, Time

# Rules whose value hangs on the day of speaking, whatever the tense.
FROM_TODAY = frozenset({"relative_day", "tonight"})


def told_when_said(reading: Reading, quoted: Iterable[tuple[int, int, date]]) -> Reading:
    """Return the reading with the days inside quotations told from the day of the quotation.

    `quoted` has report offsets [start, end) of words in quotation marks and the day that they were
    said on.
    """
    days = [one for one in quoted if one[2] != reading.report.published.latest]
    if not days:
        return reading
    times = tuple(_retold(time, days) for time in reading.times)
    return replace(reading, times=times)


def _retold(time: Time, quoted: list[tuple[int, int, date]]) -> Time:
    day = next((d for s, e, d in quoted if s <= time.span.start and time.span.end <= e), None)
    found = next(grammar().find(time.span.text), None)
    if day is None or found is None or found.start or found.rule not in FROM_TODAY:
        return time
    if found.caught.get("this", "this") != "this":
        return time  # "that night" is told from another day
    value = resolve(found, Context(day, None, "", grammar()))
    if value is None:
        return time
    return replace(time, value=value, when=interval(value), anchor="quotation")
