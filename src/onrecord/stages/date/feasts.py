"""The days of feasts and months with names, in a year of the common calendar."""

import functools
import re
from datetime import date, timedelta

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from hijridate import Hijri
from holidays import country_holidays

FIXED = re.compile(r"(\d\d)-(\d\d)")
NTH = re.compile(r"(\d\d)-(MO|TU|WE|TH|FR|SA|SU)(-?\d)")
MOVING = re.compile(r"(easter|orthodox)([+-]\d+)")
HIJRI = re.compile(r"hijri-(\d\d)(?:-(\d\d))?")
CIVIL = re.compile(r"([A-Z]{2}):(.+)")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HIJRI_FIRST, HIJRI_LAST = 1343, 1500  # the library's tables go no further
Days = tuple[date, date]


@functools.lru_cache(maxsize=4096)
def feast(rule: str, year: int) -> tuple[Days, ...]:
    """Return first and last day of a feast, for each time that it begins in a year.

    `rule` is `MM-DD`; `MM-TH4` for the fourth Thursday (negative: from the end); `easter-2` or
    `orthodox+1` for days from Easter; `hijri-09` and `hijri-10-01` for a month and a day by the
    Umm al-Qura calendar, which Saudi Arabia goes by; `IL:Pesach` for a day by its name among a
    country's holidays.
    """
    if match := FIXED.fullmatch(rule):
        days = [date(year, int(match[1]), int(match[2]))]
    elif match := NTH.fullmatch(rule):
        days = [_nth(year, int(match[1]), WEEKDAYS.index(match[2]), int(match[3]))]
    elif match := MOVING.fullmatch(rule):
        orthodox = match[1] == "orthodox"
        sunday = easter(year, EASTER_ORTHODOX) if orthodox else easter(year, EASTER_WESTERN)
        days = [sunday + timedelta(days=int(match[2]))]
    elif match := HIJRI.fullmatch(rule):
        return _hijri(year, int(match[1]), int(match[2]) if match[2] else None)
    elif match := CIVIL.fullmatch(rule):
        days = _civil(match[1], match[2], year)
    else:
        raise ValueError(rule)
    return tuple((day, day) for day in days)


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    days = [date(year, month, 1) + timedelta(days=n) for n in range(31)]
    days = [day for day in days if day.month == month and day.weekday() == weekday]
    return days[number - 1 if number > 0 else number]


def _hijri(year: int, month: int, day: int | None) -> tuple[Days, ...]:
    """Return a month or a day of the Islamic calendar; it can begin twice in a common year."""
    found = []
    around = int((year - 622) * 33 / 32)
    for other in range(max(around - 1, HIJRI_FIRST), min(around + 3, HIJRI_LAST + 1)):
        begin = Hijri(other, month, day or 1)
        first = date.fromisoformat(begin.to_gregorian().isoformat())
        if first.year == year:
            last = first if day else first + timedelta(days=begin.month_length() - 1)
            found.append((first, last))
    return tuple(found)


def _civil(country: str, name: str, year: int) -> list[date]:
    held = country_holidays(country, years=year, language="en_US")
    return sorted(day for day, told in held.items() if told.startswith(name) and "Eve" not in told)[
        :1
    ]
