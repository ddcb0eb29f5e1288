"""The TIMEX3 values of dates that the calendar names: days, months, quarters, seasons, feasts."""

import re
from datetime import date, timedelta

from onrecord.stages.date.context import CLOSE, Context, nearest
from onrecord.stages.date.value import at_unit

SHORT_YEAR_PIVOT = 50  # two digits below it mean this century, the others the last one
DECADE_WORDS = {
    "twent": "2", "thirt": "3", "fort": "4", "fift": "5", "sixt": "6", "sevent": "7",
    "eight": "8", "ninet": "9",
}  # fmt: skip
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def yearless(month: int, day: int, context: Context) -> date:
    """Return the day without a year that the clause means."""
    years = range(context.day.year - 4, context.day.year + 5)
    days = [date(year, month, day) for year in years if _exists(year, month, day)]
    return nearest(days, context.day, context.direction)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def calendar_date(caught: dict[str, str], context: Context) -> str:
    """Return a day or a month, with its year or the nearest year that fits."""
    month = int(context.word(caught, "month"))
    if "day" not in caught:
        return f"{_year(caught)}-{month:02}" if "year" in caught else nearest_month(month, context)
    day = int(caught["day"])
    if "year" in caught or "short" in caught:
        return date(_year(caught), month, day).isoformat()
    return yearless(month, day, context).isoformat()


def dateline(caught: dict[str, str], context: Context) -> str:
    """Return a day such as `4 FEB 90`."""
    month = int(context.grammar.value("MONTH", caught["mon3"]))
    return date(_year(caught), month, int(caught["day"])).isoformat()


def _year(caught: dict[str, str]) -> int:
    if "year" in caught:
        return int(caught["year"])
    two = int(caught["short"].lstrip("'’"))
    return two + (2000 if two < SHORT_YEAR_PIVOT else 1900)


def nearest_month(month: int, context: Context) -> str:
    """Return a month without a year as the clause looks."""
    now = context.day.replace(day=1)
    months = [date(now.year + step, month, 1) for step in (-1, 0, 1)]
    return at_unit(nearest(months, now, context.direction), "M")


def numeric(caught: dict[str, str], _context: Context) -> str:
    """Return `31/12/2020`; only the year where day and month can't be told apart."""
    first, second, year = int(caught["first"]), int(caught["second"]), int(caught["year"])
    if first <= 12 and second <= 12 and first != second:
        return f"{year}-XX-XX"  # day and month can't be told apart
    month, day = (second, first) if first > 12 else (first, second)
    return date(year, month, day).isoformat()


def iso(caught: dict[str, str], _context: Context) -> str:
    """Return `2020-12-31`."""
    return date(_year(caught), int(caught["monthnumber"]), int(caught["day"])).isoformat()


def week_of(caught: dict[str, str], context: Context) -> str:
    """Return the week of a day."""
    month = int(context.word(caught, "month"))
    return at_unit(yearless(month, int(caught["day"]), context), "W")


def year(caught: dict[str, str], _context: Context) -> str:
    """Return a year as it stands."""
    return caught["year"]


def spelled(caught: dict[str, str], context: Context) -> str:
    """Return a year in words, with its month where that is told."""
    hundreds = {"nineteen": 1900, "eighteen": 1800, "twenty": 2000, "two thousand": 2000}
    numbers = re.split(r"[\s-]+", caught["tens"]) if "tens" in caught else []
    rest = sum(int(context.grammar.value("NUMBER", word)) for word in numbers)
    year = str(hundreds[re.sub(r"\s+", " ", caught["hundreds"])] + rest)
    return f"{year}-{int(context.word(caught, 'month')):02}" if "month" in caught else year


def decade(caught: dict[str, str], _context: Context) -> str:
    """Return a decade: three digits."""
    if "decade" in caught:
        return caught["decade"][:3]
    digit = DECADE_WORDS.get(caught.get("decadeword", ""), caught.get("shortdecade", " ")[0])
    return "19" + digit


def century(caught: dict[str, str], context: Context) -> str:
    """Return a century: two digits."""
    number = caught.get("number") or context.word(caught, "ordinal")
    return f"{int(number) - 1:02}"


def quarter(caught: dict[str, str], context: Context) -> str:
    """Return a quarter or half of a year."""
    if "lasthalf" in caught:
        return f"{caught['year']}-H2"
    number = int(caught.get("number") or context.word(caught, "ordinal"))
    letter = "H" if caught.get("period") == "half" else "Q"
    length = 6 if letter == "H" else 3
    if number * length > 12:
        raise ValueError(number)
    if "year" in caught:
        return f"{caught['year']}-{letter}{number}"
    if "unityear" in caught:
        return f"{context.day.year + CLOSE[caught['unityear']]}-{letter}{number}"
    now = int(at_unit(context.day, letter)[-1])
    back = number > now and context.direction != "future"
    on = number < now and context.direction == "future"
    return f"{context.day.year - back + on}-{letter}{number}"


def season(caught: dict[str, str], context: Context) -> str:
    """Return a season of a year."""
    season = context.word(caught, "season")
    if "year" in caught:
        return f"{caught['year']}-{season}"
    year, month = context.day.year, context.day.month
    step = int(context.looked_up(caught, "which") or 0)
    begin = SEASON_MONTHS[season]
    if step < 0 or (step == 0 and context.direction == "past"):
        over = month > begin + 2 or (step == 0 and month >= begin)
        return f"{year if over else year - 1}-{season}"
    if step > 0:
        return f"{year if month < begin else year + 1}-{season}"
    return f"{year}-{season}"


def holiday(caught: dict[str, str], context: Context) -> str:
    """Return the day of a feast that the civil calendar fixes."""
    rule = context.word(caught, "holiday")
    years = range(context.day.year - 1, context.day.year + 2)
    if "year" in caught:
        return _holiday_in(int(caught["year"]), rule).isoformat()
    days = [_holiday_in(year, rule) for year in years]
    step = int(context.looked_up(caught, "which") or 0)
    if step < 0:
        return [day for day in days if day < context.day][-1].isoformat()
    if step > 0:
        return next(day for day in days if day > context.day).isoformat()
    return nearest(days, context.day, context.direction).isoformat()


def _holiday_in(year: int, rule: str) -> date:
    """Return a holiday: `MM-DD`, or `MM-TH4` for the fourth Thursday (negative: from the end)."""
    month, which = rule.split("-", 1)
    if which.isdigit():
        return date(year, int(month), int(which))
    weekday = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].index(which[:2])
    first = date(year, int(month), 1)
    days = [first + timedelta(days=n) for n in range(31)]
    days = [day for day in days if day.month == first.month and day.weekday() == weekday]
    number = int(which[2:])
    return days[number - 1 if number > 0 else number]
