"""TIMEX3 values: the interval that a value means, its neighbours, and what two values share."""

import calendar
import math
import re
from datetime import date, timedelta

from onrecord.types import When

DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
MONTH = re.compile(r"(\d{4})-(\d\d)(?:-XX)?")
YEAR = re.compile(r"(\d{4})(?:-(?:XX|SP|SU|FA|[QWH]X+))?(?:-XX)?")
WEEK = re.compile(r"(\d{4})-W(\d\d)(?:-(WE))?")
PART_OF_YEAR = re.compile(r"(\d{4})-([QH])(\d)")
WINTER = re.compile(r"(\d{4})-WI")
SPAN_OF_YEARS = re.compile(r"(\d{2,3})X{0,2}")
PARTS = re.compile(r"(\d+(?:\.\d+)?)([SMHDWQY])")
MONTHS_IN = {"Q": 3, "H": 6}
MONTHS = {"M": 1, "Q": 3, "Y": 12}
PER_DAY = {"H": 24, "M": 24 * 60, "S": 24 * 60 * 60}


def interval(value: str) -> When:
    """Return the days that a TIMEX3 value means; empty where it names none.

    A season means its whole year (seasons differ by hemisphere), winter reaches into both years
    beside it.
    """
    try:
        return _interval(value)
    except (ValueError, OverflowError):
        return When()


def _interval(value: str) -> When:
    if "/" in value:
        begun, ended = (_interval(part) for part in value.split("/"))
        return When(begun.earliest, ended.latest)
    if match := DAY.fullmatch(value):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return When(day, day)
    if match := MONTH.fullmatch(value):
        return of_months(int(match[1]), int(match[2]), 1)
    if match := YEAR.fullmatch(value):
        return of_months(int(match[1]), 1, 12)
    if match := WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        first = monday + timedelta(days=5) if match[3] else monday
        return When(first, monday + timedelta(days=6))
    if match := PART_OF_YEAR.fullmatch(value):
        months = MONTHS_IN[match[2]]
        return of_months(int(match[1]), (int(match[3]) - 1) * months + 1, months)
    if match := WINTER.fullmatch(value):
        return When(date(int(match[1]) - 1, 12, 1), date(int(match[1]) + 1, 2, 28))
    if match := SPAN_OF_YEARS.fullmatch(value):
        years = 10 ** (4 - len(match[1]))
        first_year = int(match[1]) * years
        return When(date(first_year, 1, 1), date(first_year + years - 1, 12, 31))
    return When()


def of_months(year: int, month: int, count: int) -> When:
    """Return the days of some months, which may reach into the next year."""
    after, last = divmod(month + count - 2, 12)
    ends = date(year + after, last + 1, calendar.monthrange(year + after, last + 1)[1])
    return When(date(year, month, 1), ends)


def add_months(day: date, months: int) -> date:
    """Return the same day some months on, or the last day of a month that is too short."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def week(day: date) -> str:
    """Return the value of the ISO week of a day."""
    year, number, _ = day.isocalendar()
    return f"{year:04}-W{number:02}"


def at_unit(day: date, unit: str) -> str:
    """Return the value of the day, week, month, quarter, half, year… that holds a day."""
    if unit == "D":
        return day.isoformat()
    if unit == "W":
        return week(day)
    if unit == "WE":
        return week(day) + "-WE"
    if unit == "M":
        return f"{day.year:04}-{day.month:02}"
    if unit == "Q":
        return f"{day.year:04}-Q{(day.month - 1) // 3 + 1}"
    if unit == "H":
        return f"{day.year:04}-H{(day.month - 1) // 6 + 1}"
    year = f"{day.year:04}"
    return {"10Y": year[:3], "100Y": year[:2]}.get(unit, year)


def shifted(day: date, unit: str, count: int) -> date:
    """Return the day some units on (negative: back); years and months keep the day.

    Raises `ValueError` or `OverflowError` outside the calendar.
    """
    if unit in {"D", "W", "2W", "WE"}:
        days = {"D": 1, "W": 7, "WE": 7, "2W": 14}[unit]
        return day + timedelta(days=days * count)
    months = {"M": 1, "Q": 3, "H": 6, "Y": 12, "10Y": 120, "100Y": 1200}[unit]
    return add_months(day, months * count)


def unit_of(value: str) -> str:
    """Return the unit that a date value is told to."""
    if DAY.fullmatch(value):
        return "D"
    if MONTH.fullmatch(value):
        return "M"
    if "-W" in value and not WINTER.fullmatch(value):
        return "W"
    if match := PART_OF_YEAR.fullmatch(value):
        return match[2]
    return "Y"


def shared(first: str, second: str) -> str:
    """Return what two values have in common, with X for every part that differs."""
    if first == second:
        return first
    if first.startswith("P") or second.startswith("P"):
        return first if first.endswith("_REF") else second
    if "/" in first and "/" in second:
        return "XXXX"  # a stretch of days that hangs on the year
    ours, theirs = first.split("-"), second.split("-")
    parts = []
    for index, part in enumerate(ours):
        other = theirs[index] if index < len(theirs) else ""
        parts.append(part if part == other else re.sub(r"\d", "X", part))
    return "-".join(parts)


def moved(day: date, duration: str, sign: int) -> date:
    """Return a day moved by a duration such as `P2Y6M`, back where `sign` is -1.

    Part of a day counts as a day. Raises `ValueError` or `OverflowError` outside the calendar.
    """
    clock = duration.startswith("PT")
    for number, unit in PARTS.findall(duration):
        count = float(number)
        if clock:
            return day + timedelta(days=sign * math.ceil(count / PER_DAY[unit]))
        if unit in MONTHS:
            day = add_months(day, sign * round(count * MONTHS[unit]))
        else:
            day += timedelta(days=sign * round(count * (7 if unit == "W" else 1)))
    return day
