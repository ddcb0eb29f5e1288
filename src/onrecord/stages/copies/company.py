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
# Of 92 derived pairs of the Gun Violence Archive 95% were published within 309 days.
COPIED_WITHIN = timedelta(days=365)


def narrowings(readings: Sequence[Reading], copies: Iterable[Copy]) -> tuple[Narrowing, ...]:
    """Return the reports whose bounds a copy narrows, sorted by id.

    Two reports that share passages tell of one happening; a day that one gives in full and the
    other without its year is one day, and lies at most nine months before the other. What then is
    known of the one bounds the other: copies are seldom more than a year apart.
    """
    by_id = {reading.report.id: reading for reading in readings}
    shared = [copy for copy in copies if copy.kind != "citation"]
    beside: dict[str, set[str]] = defaultdict(set)
    for copy in shared:
        beside[copy.from_report].add(copy.to_report)
        beside[copy.to_report].add(copy.from_report)
    known = {key: reading.report.published for key, reading in by_id.items()}
    by_day = {key: _by_days(by_id[key], [by_id[o] for o in sorted(beside[key])]) for key in beside}
    known |= {key: dating for key, dating in by_day.items() if dating}
    of_report: dict[str, list[Copy]] = defaultdict(list)
    for copy in sorted(shared, key=lambda copy: copy.id):
        for key in {copy.from_report, copy.to_report}:
            of_report[key].append(copy)
    near = {key: _by_nearness(key, of_report[key], known) for key in beside}
    made = {key: near[key] or by_day[key] for key in beside}
    return tuple(
        Narrowing(make_id("narrowing", key), key, dating)
        for key, dating in sorted(made.items(), key=lambda pair: make_id("narrowing", pair[0]))
        if dating
    )


def _by_days(reading: Reading, others: Sequence[Reading]) -> Dating | None:
    """Return a dating narrowed by days without a year that other reports give in full."""
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
    return _with(reading.report.published, dating, used, why) if used else None


def _by_nearness(key: str, copies: Iterable[Copy], known: Mapping[str, Dating]) -> Dating | None:
    """Return a dating with an open end closed by the reports that share its passages.

    `copies` are those of the report, sorted by id.
    """
    dating, used, why = known[key], list[Evidence](), list[str]()
    for copy in copies:
        mine = key == copy.to_report
        other = known[copy.from_report if mine else copy.to_report]
        narrowed = _both(dating, *_window(known[key], other))
        if narrowed:
            dating = narrowed
            passage = copy.passages[0]  # every copy that shares words has one
            used += [passage.to, passage.from_] if mine else [
                passage.from_, passage.to
            ]  # fmt: skip
            why.append("a report of the same words is bounded, and copies appear within a year")
    return _with(known[key], dating, used, why) if used else None


def _window(own: Dating, other: Dating) -> tuple[date | None, date | None]:
    """Return the bounds that another report gives where one's own are open."""
    first = last = None
    if own.earliest is None and other.earliest and other.earliest - date.min >= COPIED_WITHIN:
        first = other.earliest - COPIED_WITHIN
    if own.latest is None and other.latest and date.max - other.latest >= COPIED_WITHIN:
        last = other.latest + COPIED_WITHIN
    return first, last


def _with(before: Dating, now: Dating, used: Sequence[Evidence], why: Sequence[str]) -> Dating:
    return Dating(now.earliest, now.latest, (*before.evidence, *used), (*before.why, *why))


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


def _both(dating: Dating, first: date | None, last: date | None) -> Dating | None:
    """Return the days that both leave, or None where that is nothing new or nothing at all."""
    earliest = max((day for day in (first, dating.earliest) if day), default=None)
    latest = min((day for day in (last, dating.latest) if day), default=None)
    same = (earliest, latest) == (dating.earliest, dating.latest)
    if same or (earliest and latest and earliest > latest):
        return None
    return Dating(earliest, latest)
