"""Time expressions with their TIMEX3 value and interval, as far as the report's dating allows."""

import re
from datetime import date, timedelta

from onrecord.ids import make_id
from onrecord.parsing import Parse, evidence
from onrecord.stages.date.context import Context
from onrecord.stages.date.direction import Direction
from onrecord.stages.date.expressions import Expression
from onrecord.stages.date.grammar import Found, grammar
from onrecord.stages.date.resolve import resolve
from onrecord.stages.date.seasons import is_season, is_southern, northern
from onrecord.stages.date.value import interval, moved, shared, unit_of
from onrecord.types import Dating, Time, TimeKind, When

# Two days that differ in year, month, week, day, quarter and half: what a value has under both
# of them does not hang on the day of the report.
PROBES = (date(1987, 2, 11), date(2013, 10, 24))
# Expressions that are told from another one; the next expression is not told from them.
OFFSETS = frozenset({"ago", "offset", "year_ago"})
FROM_PREVIOUS = frozenset({"offset", "time", "timeofday"})
AHEAD = frozenset({"ahead", "to come"})
CLOCKS = frozenset({"time", "timeofday"})
SUNDAY = 7
DATED = re.compile(r"\d{4}")
UNKNOWN_DAY = re.compile(r"XXXX-XX-XX")


def values(
    found: tuple[Expression, ...], day: date, lean: Direction | None = None
) -> list[str | None]:
    """Return the value of each expression when the report is of that day; None: no such date.

    A clause that looks neither back nor ahead is read as if it looked to `lean`.
    """
    previous, last_day, block, told = "", "", -1, list[str | None]()
    for item in found:
        looks = item.direction if item.direction in ("past", "future") else lean or item.direction
        # A clock time is of the day told before in its paragraph, else of the report's.
        base = last_day if item.found.rule not in CLOCKS or item.block == block else ""
        value = resolve(item.found, Context(day, looks, previous, grammar(), base))
        if value and DATED.match(value):
            to_the_day = unit_of(value) == "D"
            if to_the_day or item.found.rule not in OFFSETS:
                previous = value
            last_day, block = (value, item.block) if to_the_day else (last_day, block)
        told.append(value)
    return told


def independent(item: Expression) -> str | None:
    """Return the value of a date that is told in full; None when it hangs on anything else."""
    return value_in_full(item.found, item.direction)


def value_in_full(found: Found, told: Direction | None) -> str | None:
    """Return the value of words that tell a date in full; None when they do not."""
    first, second = (resolve(found, Context(day, told, "", grammar())) for day in PROBES)
    full = first == second and first is not None and interval(first) != When()
    return first if full else None


def times(parse: Parse, found: tuple[Expression, ...], published: Dating) -> tuple[Time, ...]:
    """Return the times of a report, in its order, under the dating of the report."""
    if not found:
        return ()
    low, high = published.earliest, published.latest
    probed = (values(found, PROBES[0]), values(found, PROBES[1]))
    if low and low == high:
        early = late = values(found, low)
        known = (early, late)
    else:
        # A bound must hold wherever the clause looks, so each end leans outwards.
        early = values(found, low, "past") if low else probed[0]
        late = values(found, high, "future") if high else probed[1]
        known = (values(found, low), values(found, high)) if low and high else probed
    told = []
    opposite = any(item.found.rule == "season" for item in found) and is_southern(parse.report.text)
    for index, item in enumerate(found):
        first, second = known[0][index], known[1][index]
        if first is None or second is None:
            continue
        value = _unknown_weekday(item, shared(first, second))
        when = _when(item, value, (early[index], late[index]), published)
        if item.found.rule == "season" and is_season(value) and not opposite:
            when = _season(item, value)
        hangs = _anchor(item, probed[0][index] == probed[1][index], value)
        told.append(_time(parse, item, value, when, hangs))
    return tuple(told)


def _time(parse: Parse, item: Expression, value: str, when: When, anchor: str | None) -> Time:
    return Time(
        id=make_id("time", parse.report.id, item.start, item.end),
        report=parse.report.id,
        span=evidence(parse.report, item.start, item.end),
        kind=_kind(item, value),
        value=value,
        when=when,
        anchor=anchor,
    )


def _kind(item: Expression, value: str) -> TimeKind:
    if item.found.rule == "set":
        return "set"
    if value.endswith("_REF"):
        return "date"
    if value.startswith("P"):
        return "duration"
    return "time" if "T" in value else "date"


def _anchor(item: Expression, same: bool, value: str) -> str | None:
    """Return what the value of an expression is told from."""
    if value.endswith("_REF"):
        return "report"
    if value.startswith("P") or item.found.rule == "set":
        return "report" if _reach(item) else None
    if item.found.rule in FROM_PREVIOUS or "that" in item.found.caught:
        return "previous expression"
    return "text" if same else "report"


def _unknown_weekday(item: Expression, value: str) -> str:
    """Keep which weekday it is when the week cannot be told."""
    name = item.found.caught.get("weekday")
    if item.found.rule != "weekday" or name is None:
        return value
    weekday = grammar().value("WEEKDAY", name)
    return UNKNOWN_DAY.sub(f"XXXX-WXX-{weekday}", value)


def _when(
    item: Expression, value: str, ends: tuple[str | None, str | None], published: Dating
) -> When:
    """Return the days that an expression means, open where the report's dating is open."""
    if item.found.rule == "set":
        return When()
    if value.endswith("_REF"):
        return _reference(value, published)
    if value.startswith("P"):
        return _reached(item, value, published)
    if "X" not in value:
        return _wide(item, interval(value), published)
    early = interval(ends[0] or "").earliest if published.earliest else None
    late = interval(ends[1] or "").latest if published.latest else None
    within = interval(value)
    early, late = early or within.earliest, late or within.latest
    return When() if early and late and early > late else When(early, late)


def _season(item: Expression, value: str) -> When:
    """Return the months of a season; "the winter of 1978" may mean either of two."""
    either = value.endswith("WI") and bool({"year", "hundreds"} & item.found.caught.keys())
    return interval(value) if either and "endyear" not in item.found.caught else northern(value)


def _wide(item: Expression, when: When, published: Dating) -> When:
    """Widen what one word tells of two days or weeks.

    "Overnight" reaches into the morning. A week told on a Sunday is ended with it by some writers
    and begun with it by others.
    """
    caught, day = item.found.caught, published.latest
    if when.latest is None:
        return when
    if caught.get("night") == "overnight":
        return When(when.earliest, _later(when.latest, 1))
    is_week = item.found.rule == "unit" and caught.get("unit_name") == "week"
    if not is_week or day is None or day.isoweekday() != SUNDAY:
        return when
    return When(when.earliest, _later(when.latest, 7))


def _later(day: date, days: int) -> date:
    return day + timedelta(days=days) if (date.max - day).days >= days else date.max


def _reference(value: str, published: Dating) -> When:
    if value == "PRESENT_REF":
        return When(published.earliest, published.latest)
    if value == "PAST_REF":
        return When(None, published.latest)
    return When(published.earliest, None)


def _reach(item: Expression) -> int:
    """Return -1 for a stretch of time up to the report, 1 for one from it on, 0 for another."""
    if item.found.rule != "range_of":
        return 0
    which = item.found.caught.get("which") or item.found.caught.get("which2")
    if which in AHEAD:
        return 1
    return int(grammar().value("WHICH", which)) if which else 0


def _reached(item: Expression, value: str, published: Dating) -> When:
    """Return the days of "the past five years" and "the next two weeks"."""
    reach = _reach(item)
    if not reach:
        return When()
    if "X" in value:
        return When(None, published.latest) if reach < 0 else When(published.earliest, None)
    try:
        if reach < 0:
            begin = published.earliest and moved(published.earliest, value, -1)
            return When(begin, published.latest)
        end = published.latest and moved(published.latest, value, 1)
        return When(published.earliest, end)
    except (OverflowError, ValueError):
        return When()
