"""Dating by company: a report that tells of a day without its year, beside a copy that gives it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from onrecord.ids import make_id
from onrecord.types import Copy, Dating, Evidence, Narrowing, Reading, Time

# What is dated, signed or sent lies in the past of the report that tells of it.
LEAD = re.compile(
    r"\b(?:dated|issued|released|published|signed|written|sent|leaked|filed)(?: on)?\s*$",
    re.IGNORECASE,
)
LEAD_REACH = 20  # characters before an expression in which its lead stands
FULL = re.compile(r"(\d{4})-(\d\d-\d\d)")
YEARLESS = re.compile(r"XXXX-(\d\d-\d\d)")
# Days after which a day of the past is printed with its year; the same as within one report.
YEARLESS_LASTS = 270


def narrowings(readings: Sequence[Reading], copies: Iterable[Copy]) -> tuple[Narrowing, ...]:
    """Return the reports whose bounds a copy narrows, sorted by id.

    Two reports that share passages tell of one happening; a day that one gives in full and the
    other without its year is one day, and lies at most nine months before the other.
    """
    by_id = {reading.report.id: reading for reading in readings}
    beside: dict[str, set[str]] = defaultdict(set)
    for copy in copies:
        if copy.kind != "citation":
            beside[copy.from_report].add(copy.to_report)
            beside[copy.to_report].add(copy.from_report)
    made = (_narrowing(by_id[key], [by_id[o] for o in sorted(beside[key])]) for key in beside)
    return tuple(sorted((found for found in made if found), key=lambda found: found.id))


def _narrowing(reading: Reading, others: Sequence[Reading]) -> Narrowing | None:
    dating = reading.report.published
    full = _full_days(others)
    used: list[Evidence] = []
    why: list[str] = []
    for time in reading.times:
        match = YEARLESS.fullmatch(time.value)
        known = full.get(match[1], {}) if match and _is_past(reading, time) else {}
        if len(known) != 1:
            continue  # no other report gives the year, or they give two
        ((day, words),) = known.items()
        narrowed = _both(dating, day, day + timedelta(days=YEARLESS_LASTS))
        if narrowed:
            dating = narrowed
            used += [time.span, words]
            why.append(f"“{time.span.text}” is {day} in a report of the same words")
    if not used:
        return None
    report = reading.report
    return Narrowing(
        id=make_id("narrowing", report.id),
        report=report.id,
        published=Dating(
            dating.earliest,
            dating.latest,
            (*report.published.evidence, *used),
            (*report.published.why, *why),
        ),
    )


def _full_days(readings: Iterable[Reading]) -> Mapping[str, dict[date, Evidence]]:
    """Return by month and day the full dates that reports print after such a lead."""
    found: dict[str, dict[date, Evidence]] = defaultdict(dict)
    for reading in readings:
        for time in reading.times:
            match = FULL.fullmatch(time.value)
            if match and match[1] in time.span.text and _is_past(reading, time):
                found[match[2]].setdefault(date.fromisoformat(time.value), time.span)
    return found


def _is_past(reading: Reading, time: Time) -> bool:
    before = reading.report.text[max(0, time.span.start - LEAD_REACH) : time.span.start]
    return bool(LEAD.search(before))


def _both(dating: Dating, first: date, last: date) -> Dating | None:
    """Return the days that both leave, or None where that is nothing new or nothing at all."""
    earliest = max(first, dating.earliest or first)
    latest = min(last, dating.latest or last)
    same = (earliest, latest) == (dating.earliest, dating.latest)
    return None if same or earliest > latest else Dating(earliest, latest)
