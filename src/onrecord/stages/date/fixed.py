"""The TIMEX3 values of dates that the calendar names: days, months, quarters, seasons, feasts."""

import calendar
import re
from datetime import date

from onrecord.stages.date.context import CLOSE, Context, nearest
from onrecord.stages.date.feasts import feast
from onrecord.stages.date.value import add_months, at_unit, unit_of

MONTHS_BACK = 3  # a quarter just over is meant also where the clause looks ahead
LONGEST_PAIR = 30  # years; "1998-99" and "2001-14" are stretches of years
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
    day = int(context.word(caught, "nth") if "nth" in caught else caught["day"])
    if "year" in caught or "short" in caught:
        return date(_year(caught), month, day).isoformat()
    step = int(context.looked_up(caught, "which") or 0)
    if step:
        return _beside(month, day, context.day, step).isoformat()
    return yearless(month, day, context).isoformat()


def _beside(month: int, day: int, told: date, step: int) -> date:
    """Return the last such day before a day, or the next after it."""
    days = [date(year, month, day) for year in range(told.year - 8, told.year + 9)
            if _exists(year, month, day)]  # fmt: skip
    return (
        [other for other in days if other < told][-1]
        if step < 0
        else next(other for other in days if other > told)
    )


def between(caught: dict[str, str], context: Context) -> str:
    """Return the first of two dates that share the year, or month and year: "3 to 12 July"."""
    month = int(context.word(caught, "month"))
    year = int(caught["year"]) if "year" in caught else None
    if "lastmonth" in caught and year is not None:
        year -= month > int(context.grammar.value("MONTH", caught["lastmonth"]))
    if "day" not in caught:
        return f"{year}-{month:02}"
    day = int(caught["day"])
    return (date(year, month, day) if year else yearless(month, day, context)).isoformat()


def day_of_month(caught: dict[str, str], context: Context) -> str:
    """Return "the 22nd": of the month told before, else of the nearest that has it."""
    number = int(caught["bareday"])
    if unit_of(context.previous) in ("D", "M") and context.previous[:7].count("X") == 0:
        return date.fromisoformat(f"{context.previous[:7]}-{number:02}").isoformat()
    months = [add_months(context.day.replace(day=1), step) for step in (-1, 0, 1)]
    days = [month.replace(day=number) for month in months
            if number <= calendar.monthrange(month.year, month.month)[1]]  # fmt: skip
    return nearest(days, context.day, context.direction).isoformat()


def years(caught: dict[str, str], _context: Context) -> str:
    """Return "1998-99" as two years; the first one where the second is no later year."""
    return _year_pair(caught)


def _year_pair(caught: dict[str, str]) -> str:
    first = int(caught["year"])
    last = first // 100 * 100 + int(caught["endyear"])
    last += 100 if last < first else 0
    return f"{first}/{last}" if first < last < first + LONGEST_PAIR else str(first)


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
    ahead = number - int(at_unit(context.day, letter)[-1])
    back = ahead > 0 and context.direction != "future"
    # "Expects to report third-quarter losses", in the fourth: the one that is over is nearer.
    on = ahead * length < -MONTHS_BACK and context.direction == "future"
    return f"{context.day.year - back + on}-{letter}{number}"


def season(caught: dict[str, str], context: Context) -> str:
    """Return a season of a year."""
    season = context.word(caught, "season")
    if "hundreds" in caught:
        return f"{spelled(caught, context)}-{season}"
    if "year" in caught:
        return f"{caught['year']}-{season}"
    year, month = context.day.year, context.day.month
    step = int(context.looked_up(caught, "which") or 0)
    begin = SEASON_MONTHS[season]
    if season == "WI" and month <= 2:
        year, month = year - 1, month + 12  # January belongs to the winter of the year before
    if step == 0 and context.direction == "future":
        step = 1 if month > begin + 2 else 0
    elif step == 0 and context.direction == "past":
        return f"{year if month >= begin else year - 1}-{season}"
    if step < 0:
        return f"{year if month > begin + 2 else year - 1}-{season}"
    if step > 0:
        return f"{year if month < begin else year + 1}-{season}"
    return f"{year}-{season}"


def holiday(caught: dict[str, str], context: Context) -> str:
    """Return the days of a feast, or of a month with a name: `2018-05-16/2018-06-14`."""
    rule = context.word(caught, "holiday")
    year = int(caught.get("year", context.day.year))
    if "year" in caught:
        return _days(feast(rule, year)[0])
    known = [days for other in (year - 1, year, year + 1) for days in feast(rule, other)]
    step = int(context.looked_up(caught, "which") or 0)
    if step < 0:
        return _days([days for days in known if days[1] < context.day][-1])
    if step > 0:
        return _days(next(days for days in known if days[0] > context.day))
    first = nearest([days[0] for days in known], context.day, context.direction)
    return _days(next(days for days in known if days[0] == first))


def _days(days: tuple[date, date]) -> str:
    first, last = days
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
