"""When a report was published: the interval that all its bounds leave."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from onrecord.parsing import Parse, evidence
from onrecord.stages.date.bounds import Bound, bounds
from onrecord.stages.date.expressions import Expression
from onrecord.stages.date.grammar import grammar
from onrecord.stages.date.times import independent
from onrecord.types import Dating, When

# Days after which a date of the past is given with its year: a report of November does not write
# "on 3 January" for the January before. Set by hand at nine months; not tuned.
YEARLESS_LASTS = 270
DATELINE_LAG = 1  # days from a dateline without a year to publication
LAST_YEAR = 2150  # the calendar of the grammar ends here
ANY = When()


def dating(parse: Parse, found: tuple[Expression, ...]) -> Dating:
    """Return the dating of a report, with the words and the reasons for its bounds."""
    when, used = _intersect(bounds(parse, found))
    used = _deciding(used, when)
    if when != ANY and when.earliest != when.latest:
        when, narrowed = _by_yearless(parse, found, when)
        used = (*used, *_deciding(narrowed, when))
    words = tuple(dict.fromkeys(words for bound in used for words in bound.evidence))
    return Dating(when.earliest, when.latest, words, tuple(bound.why for bound in used))


def _intersect(told: Iterable[Bound]) -> tuple[When, tuple[Bound, ...]]:
    """Return what all bounds leave; of two that contradict each other the weaker is left out.

    Two of one strength that contradict each other count as one bound from the earlier to the later.
    """
    when, used, strength = ANY, list[Bound](), 0
    for bound in sorted(told, key=lambda bound: -bound.strength):
        both = _both(when, bound.when)
        if both is None and bound.strength == strength:
            when = _hull(when, bound.when)
            used.append(replace(bound, why=f"{bound.why}, which contradicts: both are kept"))
        elif both is None:
            why = f"{bound.why}, which contradicts what is better told: left out"
            used.append(replace(bound, why=why, evidence=()))
        elif both != when:
            when, strength = both, bound.strength
            used.append(bound)
    return when, tuple(used)


def _deciding(used: tuple[Bound, ...], when: When) -> tuple[Bound, ...]:
    """Keep the bounds that an end of the interval rests on, and those in contradiction."""
    return tuple(
        bound
        for bound in used
        if "contradicts" in bound.why
        or (when.earliest and bound.when.earliest == when.earliest)
        or (when.latest and bound.when.latest == when.latest)
    )


def _both(first: When, second: When) -> When | None:
    earliest = max((d for d in (first.earliest, second.earliest) if d), default=None)
    latest = min((d for d in (first.latest, second.latest) if d), default=None)
    if earliest and latest and earliest > latest:
        return None
    return When(earliest, latest)


def _hull(first: When, second: When) -> When:
    starts, ends = (first.earliest, second.earliest), (first.latest, second.latest)
    return When(
        None if None in starts else min(d for d in starts if d),
        None if None in ends else max(d for d in ends if d),
    )


def _by_yearless(
    parse: Parse, found: tuple[Expression, ...], when: When
) -> tuple[When, tuple[Bound, ...]]:
    """Narrow an interval by days told as past without their year, and by weekdays of days."""
    used = []
    for item in _yearless(parse, found):
        earliest, latest = _narrowed(item, when)
        if (earliest, latest) == (when.earliest, when.latest) or (
            earliest and latest and earliest > latest
        ):
            continue
        when = When(earliest, latest)
        words = evidence(parse.report, item.start, item.end)
        used.append(Bound(when, 1, f"“{words.text}” is told without its year", (words,)))
    return when, tuple(used)


def _yearless(parse: Parse, found: Sequence[Expression]) -> Iterator[Expression]:
    """Yield days told as past without a year where no year before them in the block is meant."""
    block, year_before = -1, False
    for item in found:
        number = parse.block_of(item.first)
        if number != block:
            block, year_before = number, False
        if independent(item):
            year_before = True
        elif _is_yearless_day(item) and item.direction == "past" and not year_before:
            yield item


def _is_yearless_day(item: Expression) -> bool:
    caught = item.found.caught
    return item.found.rule == "calendar" and "day" in caught and "year" not in caught


def _narrowed(item: Expression, when: When) -> tuple[date | None, date | None]:
    """Return the ends of an interval moved to the nearest day that a yearless date allows."""
    earliest, latest = when.earliest, when.latest
    if earliest:
        later = [window for window in _windows(item, earliest.year) if window[1] >= earliest]
        earliest = max(earliest, later[0][0]) if later else earliest
    if latest:
        sooner = [window for window in _windows(item, latest.year) if window[0] <= latest]
        latest = min(latest, sooner[-1][1]) if sooner else latest
    return earliest, latest


def _windows(item: Expression, around: int) -> list[tuple[date, date]]:
    """Return the stretches in which a report can tell a yearless date as past, by year."""
    caught = item.found.caught
    month, day = int(grammar().value("MONTH", caught["month"])), int(caught["day"])
    weekday = caught.get("weekday")
    wanted = int(grammar().value("WEEKDAY", weekday)) if weekday else None
    windows = []
    for year in range(max(1, around - 13), min(LAST_YEAR, around + 13)):
        try:
            told = date(year, month, day)
        except ValueError:
            continue
        if wanted is None or told.isoweekday() == wanted:
            windows.append((told, told + timedelta(days=YEARLESS_LASTS)))
    return windows
