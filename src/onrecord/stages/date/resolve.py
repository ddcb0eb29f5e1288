"""The TIMEX3 value of a time expression, given the day of the report and what came before."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.stages.date.direction import Direction
from onrecord.stages.date.grammar import Found, Grammar
from onrecord.stages.date.value import add_months, at_unit, interval, shifted, unit_of

NAMED_UNITS = {
    "day": "D", "week": "W", "weekend": "WE", "month": "M", "quarter": "Q", "half": "H",
    "year": "Y", "decade": "10Y", "century": "100Y", "night": "D", "hour": "TH", "minute": "TM",
    "fortnight": "2W",
}  # fmt: skip
CLOSE = {"last": -1, "this": 0, "next": 1}
SHORT_YEAR_PIVOT = 50  # two digits below it mean this century, the others the last one
DECADE_WORDS = {
    "twent": "2", "thirt": "3", "fort": "4", "fift": "5", "sixt": "6", "sevent": "7",
    "eight": "8", "ninet": "9",
}  # fmt: skip
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
# Days within which a date without a year is the nearest one even against the tense of its verb
# ("the vote was set for 3 May"); chosen on TempEval-3 train among 0, 30, 60, 90 and 120.
CLOSE_BY = 60
VAGUE_COUNT = "X"


@dataclass(frozen=True, slots=True)
class Context:
    """What a value hangs on: the report's day, where the clause looks, the expression before."""

    day: date
    direction: Direction | None
    previous: str
    grammar: Grammar

    def word(self, caught: dict[str, str], name: str) -> str:
        """Return the value of a caught word; raises `KeyError` when there is none."""
        return self.grammar.value(name.upper(), re.sub(r"\s+", " ", caught[name]))

    def looked_up(self, caught: dict[str, str], name: str) -> str | None:
        """Return the value of a caught word, or None."""
        return self.word(caught, name) if name in caught else None


def resolve(found: Found, context: Context) -> str | None:
    """Return the TIMEX3 value of an expression; None where it means no possible date."""
    try:
        value = RULES[found.rule](found.caught, context)
    except (ValueError, OverflowError):
        return None
    if value is None:
        return None
    return value + _time_of_day(found.caught, context) if _is_day(value) else value


def _is_day(value: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None


def _time_of_day(caught: dict[str, str], context: Context) -> str:
    clock = _clock(caught, context)
    if clock is not None:
        return "T" + clock
    part = context.looked_up(caught, "part") or PARTS.get(caught.get("part0", ""))
    return f"T{part}" if part else ""


PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}


def _clock(caught: dict[str, str], context: Context) -> str | None:
    if "fixed" in caught:
        return "24:00" if caught["fixed"] == "midnight" else "12:00"
    if "hournumber" in caught:
        hour = int(context.grammar.value("NUMBER", caught["hournumber"]))
    else:
        told = caught.get("hour") or caught.get("hour12") or caught.get("hourword")
        if told is None or not told.isdigit():
            return None
        hour = int(told)
    later = caught.get("meridiem") == "p" or (
        "meridiem" not in caught
        and context.looked_up(caught, "part") in {"AF", "EV", "NI"}
        and hour > 3
    )
    if later and hour < 12:
        hour += 12
    elif caught.get("meridiem") == "a" and hour == 12:
        hour = 0
    return f"{hour:02}:{caught.get('minute', '00')}"


# Calendar dates: the day or month is told, the year may not be.


def _calendar(caught: dict[str, str], context: Context) -> str:
    month = int(context.word(caught, "month"))
    if "day" not in caught:
        return f"{_year(caught)}-{month:02}" if "year" in caught else _month(month, context)
    day = int(caught["day"])
    if "year" in caught or "short" in caught:
        return date(_year(caught), month, day).isoformat()
    return _yearless(month, day, context).isoformat()


def _dateline(caught: dict[str, str], context: Context) -> str:
    month = int(context.grammar.value("MONTH", caught["mon3"]))
    return date(_year(caught), month, int(caught["day"])).isoformat()


def _year(caught: dict[str, str]) -> int:
    if "year" in caught:
        return int(caught["year"])
    two = int(caught["short"].lstrip("'’"))
    return two + (2000 if two < SHORT_YEAR_PIVOT else 1900)


def _yearless(month: int, day: int, context: Context) -> date:
    years = range(context.day.year - 4, context.day.year + 5)
    days = [date(year, month, day) for year in years if _exists(year, month, day)]
    return _nearest(days, context.day, context.direction)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _nearest(days: list[date], day: date, direction: Direction | None) -> date:
    """Return the last day before, the first after, or the closest, as the clause looks."""
    before = [other for other in days if other <= day]
    after = [other for other in days if other >= day]
    closest = min(days, key=lambda other: (abs((other - day).days), other > day))
    if abs((closest - day).days) <= CLOSE_BY:
        return closest
    if direction == "past" and before:
        return before[-1]
    if direction == "future" and after:
        return after[0]
    return closest


def _month(month: int, context: Context) -> str:
    now = context.day.replace(day=1)
    months = [date(now.year + step, month, 1) for step in (-1, 0, 1)]
    return at_unit(_nearest(months, now, context.direction), "M")


def _numeric(caught: dict[str, str], context: Context) -> str:
    first, second, year = int(caught["first"]), int(caught["second"]), int(caught["year"])
    if first <= 12 and second <= 12 and first != second:
        return f"{year}-XX-XX"  # day and month can't be told apart
    month, day = (second, first) if first > 12 else (first, second)
    return date(year, month, day).isoformat()


def _iso(caught: dict[str, str], context: Context) -> str:
    return date(_year(caught), int(caught["monthnumber"]), int(caught["day"])).isoformat()


def _month_of(caught: dict[str, str], context: Context) -> str:
    year = context.day.year + CLOSE[caught["unityear"]]
    return f"{year}-{int(context.word(caught, 'month')):02}"


def _relative_month(caught: dict[str, str], context: Context) -> str:
    month = int(context.word(caught, "month"))
    if "which" not in caught:
        return _month(month, context)
    step = int(context.word(caught, "which"))
    now = context.day.replace(day=1)
    months = [date(now.year + years, month, 1) for years in (-1, 0, 1)]
    if step < 0:
        return at_unit([other for other in months if other < now][-1], "M")
    if step > 0:
        return at_unit([other for other in months if other > now][0], "M")
    return f"{now.year}-{month:02}"


def _week_of(caught: dict[str, str], context: Context) -> str:
    month = int(context.word(caught, "month"))
    return at_unit(_yearless(month, int(caught["day"]), context), "W")


def _year_rule(caught: dict[str, str], context: Context) -> str:
    return caught["year"]


def _spelled(caught: dict[str, str], context: Context) -> str:
    hundreds = {"nineteen": 1900, "eighteen": 1800, "twenty": 2000, "two thousand": 2000}
    numbers = re.split(r"[\s-]+", caught["tens"]) if "tens" in caught else []
    rest = sum(int(context.grammar.value("NUMBER", word)) for word in numbers)
    year = str(hundreds[re.sub(r"\s+", " ", caught["hundreds"])] + rest)
    return f"{year}-{int(context.word(caught, 'month')):02}" if "month" in caught else year


def _decade(caught: dict[str, str], context: Context) -> str:
    if "decade" in caught:
        return caught["decade"][:3]
    digit = DECADE_WORDS.get(caught.get("decadeword", ""), caught.get("shortdecade", " ")[0])
    return "19" + digit


def _century(caught: dict[str, str], context: Context) -> str:
    number = caught.get("number") or context.word(caught, "ordinal")
    return f"{int(number) - 1:02}"


def _quarter(caught: dict[str, str], context: Context) -> str:
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


def _latest(caught: dict[str, str], context: Context) -> str:
    if re.fullmatch(r"\d{4}-Q\d", context.previous):
        return context.previous
    return at_unit(add_months(context.day, -3), "Q")


def _year_ago(caught: dict[str, str], context: Context) -> str:
    if "ordinal" in caught:
        letter = "H" if caught.get("period") == "half" else "Q"
        return f"{context.day.year - 1}-{letter}{context.word(caught, 'ordinal')}"
    base = context.previous if re.fullmatch(r"\d{4}-[QH]\d", context.previous) else ""
    if base:
        same = int(base[:4]) == context.day.year or int(base[:4]) == context.day.year - 1
        return f"{context.day.year - 1 if same else int(base[:4]) - 1}{base[4:]}"
    return str(context.day.year - 1)


def _season(caught: dict[str, str], context: Context) -> str:
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


def _holiday(caught: dict[str, str], context: Context) -> str:
    rule = context.word(caught, "holiday")
    years = range(context.day.year - 1, context.day.year + 2)
    if "year" in caught:
        return _holiday_in(int(caught["year"]), rule).isoformat()
    days = [_holiday_in(year, rule) for year in years]
    step = int(context.looked_up(caught, "which") or 0)
    if step < 0:
        return [day for day in days if day < context.day][-1].isoformat()
    if step > 0:
        return [day for day in days if day > context.day][0].isoformat()
    return _nearest(days, context.day, context.direction).isoformat()


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


# Dates told from the report's day, or from the expression before.


def _relative_day(caught: dict[str, str], context: Context) -> str:
    if "shift" in caught:
        step = -2 if caught["shift"].startswith("before") else 2
    else:
        step = int(context.word(caught, "day"))
    return (context.day + timedelta(days=step)).isoformat()


def _weekday(caught: dict[str, str], context: Context) -> str:
    if "weekday" not in caught:
        return context.day.isoformat()
    weekday = int(context.word(caught, "weekday"))
    back = (context.day.isoweekday() - weekday) % 7
    last = context.day - timedelta(days=back)
    step = context.looked_up(caught, "which")
    if step == "-1":
        return (last - timedelta(days=0 if back else 7)).isoformat()
    ahead = last if back == 0 else last + timedelta(days=7)
    if step == "1":
        return (last + timedelta(days=7)).isoformat()
    forward = context.direction == "future"
    return (ahead if forward else last).isoformat()


def _tonight(caught: dict[str, str], context: Context) -> str:
    if "tonight" in caught:
        return context.day.isoformat() + "TNI"
    if "night" in caught:
        back = 1
        return (context.day - timedelta(days=back)).isoformat() + "TNI"
    which = re.sub(r"\s+", " ", caught["this"])
    base = context.day if which == "this" else _previous_day(context)
    step = {"the next": 1, "the following": 1, "the previous": -1}.get(which, 0)
    return (base + timedelta(days=step)).isoformat()


def _previous_day(context: Context) -> date:
    if unit_of(context.previous) == "D":
        return interval(context.previous).earliest or context.day
    return context.day


def _unit(caught: dict[str, str], context: Context) -> str:
    unit = NAMED_UNITS[caught["unit_name"]]
    which = caught.get("which", "")
    step = int(context.looked_up(caught, "which") or 0)
    base = context.day
    if "that" in caught or which in {"previous", "following", "preceding", "prior"}:
        base = interval(context.previous).earliest or context.day
    elif unit == "WE" and not which:
        step = -1 if context.direction == "past" and context.day.isoweekday() < 6 else 0
    return at_unit(shifted(base, unit, step), unit)


def _ago(caught: dict[str, str], context: Context) -> str:
    count, unit = _quantity(caught, context), context.word(caught, "unit")
    if count == VAGUE_COUNT:
        return "FUTURE_REF" if "hence" in caught else "PAST_REF"
    if unit.startswith("T"):
        return context.day.isoformat()
    if unit == "Y" and float(count) == 1 and "hence" not in caught:
        return _year_ago({}, context)
    sign = 1 if "hence" in caught else -1
    return _shift(context.day, unit, sign * float(count))


def _shift(base: date, unit: str, count: float) -> str:
    if count != int(count):
        months = {"Y": 12, "10Y": 120, "100Y": 1200, "Q": 3}.get(unit)
        if months is None:
            return at_unit(shifted(base, "D", round(count * {"W": 7}.get(unit, 30))), "D")
        return at_unit(add_months(base, round(count * months)), "M" if unit == "Y" else "Y")
    told = {"2W": "W", "10Y": "Y", "100Y": "Y"}.get(unit, unit)
    return at_unit(shifted(base, unit, int(count)), told)


def _offset(caught: dict[str, str], context: Context) -> str:
    sign = -1 if caught["side"] in {"earlier", "before", "previously"} else 1
    if "single" in caught:
        count, unit = "1", NAMED_UNITS[caught["single"]]
    else:
        count, unit = _quantity(caught, context), context.word(caught, "unit")
    if count == VAGUE_COUNT:
        return "PAST_REF"
    base = interval(context.previous).earliest or context.day
    if unit.startswith("T"):
        return base.isoformat()
    if unit == "Y" and unit_of(context.previous) in {"Q", "H", "M"}:
        return at_unit(shifted(base, "Y", sign * round(float(count))), unit_of(context.previous))
    return _shift(base, unit, sign * float(count))


def _year_end(caught: dict[str, str], context: Context) -> str:
    past = context.direction == "past" and context.day.month < 7
    return f"{context.day.year - past}-12"


# Durations, sets and references without a date.


def _quantity(caught: dict[str, str], context: Context) -> str:
    """Return the number of units as digits, or X."""
    if "half_of" in caught:
        return "0.5"
    if "count" not in caught:
        return "1"
    if "word" in caught:
        value = context.grammar.value("NUMBER", re.sub(r"\s+", " ", caught["word"]))
        if value != VAGUE_COUNT and "ones" in caught:
            ones = context.grammar.value("NUMBER", caught["ones"])
            value = str(int(value) + int(ones)) if ones.isdigit() else value
    else:
        value = re.sub(r",(?=\d{3})", "", caught["count"]).replace(",", ".")
        value = re.sub(r"\s+1/2|½", ".5", value)
    if "half" in caught and value != VAGUE_COUNT:
        value = str(float(value) + 0.5)
    return value


def _length(count: str, unit: str) -> str:
    """Return the value of a duration: `P5Y`, `PT2H`, `PXM`, decades as years."""
    match = re.fullmatch(r"(\d*)(T?[SMHDWQY])", unit)
    assert match is not None
    times, letter = int(match[1] or 1), match[2]
    if count == VAGUE_COUNT:
        return f"PX{match[1] and 'Y' if match[1] and letter == 'Y' else letter}".replace(
            "PXT", "PTX"
        )
    number = float(count) * times
    whole, rest = int(number), number - int(number)
    clock, letter = ("T", letter[1]) if letter.startswith("T") else ("", letter)
    if rest == 0.5 and letter in {"Y", "H", "M"} and not (letter == "M" and not clock):
        smaller = {"Y": "6M", "H": "30M", "M": "30S"}[letter]
        return f"P{clock}{whole}{letter}{smaller}" if whole else f"P{clock}{smaller}"
    return f"P{clock}{number:g}{letter}"


def _duration(caught: dict[str, str], context: Context) -> str:
    for name in ("and_half", "single_unit"):
        if name in caught:
            return _length("1.5" if name == "and_half" else "1", NAMED_UNITS[caught[name]])
    if "half_unit" in caught:
        return _length("0.5", NAMED_UNITS[caught["half_unit"]])
    if "bare_unit" in caught or "plural_unit" in caught:
        word = caught.get("bare_unit") or caught["plural_unit"]
        plural = word.endswith("s")
        return _length("X" if plural else "1", context.grammar.value("UNIT", word))
    return _length(_quantity(caught, context), context.word(caught, "unit"))


def _range(caught: dict[str, str], context: Context) -> str:
    if "single_unit" in caught:
        return _length("1", NAMED_UNITS[caught["single_unit"]])
    return _length(_quantity(caught, context), context.word(caught, "unit"))


def _definite(caught: dict[str, str], context: Context) -> str:
    unit = NAMED_UNITS[caught["definite_unit"].split()[-1]]
    return at_unit(context.day, unit)


def _set(caught: dict[str, str], context: Context) -> str:
    if "often" in caught:
        return context.word(caught, "often")
    if "weekday" in caught:
        return f"XXXX-WXX-{context.word(caught, 'weekday')}"
    if "month" in caught:
        return f"XXXX-{int(context.word(caught, 'month')):02}"
    if "season" in caught:
        return f"XXXX-{context.word(caught, 'season')}"
    if "part" in caught:
        return f"XXXX-XX-XXT{context.word(caught, 'part')}"
    count = context.looked_up(caught, "number") or "1"
    return _length(count, context.word(caught, "unit"))


def _vague(caught: dict[str, str], context: Context) -> str:
    return context.word(caught, "vague")


def _time(caught: dict[str, str], context: Context) -> str:
    return _previous_day(context).isoformat()


def _military(caught: dict[str, str], context: Context) -> str:
    return f"{_previous_day(context).isoformat()}T{caught['zulu']}:{caught['minute']}"


RULES: dict[str, Callable[[dict[str, str], Context], str | None]] = {
    "ago": _ago,
    "calendar": _calendar,
    "century": _century,
    "dateline": _dateline,
    "decade": _decade,
    "definite": _definite,
    "duration": _duration,
    "fiscal": _year_rule,
    "holiday": _holiday,
    "iso": _iso,
    "latest": _latest,
    "month": _relative_month,
    "monthof": _month_of,
    "numeric": _numeric,
    "offset": _offset,
    "quarter": _quarter,
    "range_of": _range,
    "relative_day": _relative_day,
    "season": _season,
    "set": _set,
    "spelled": _spelled,
    "time": _time,
    "timeofday": _military,
    "tonight": _tonight,
    "unit": _unit,
    "vague": _vague,
    "week_of": _week_of,
    "weekday": _weekday,
    "year": _year_rule,
    "year_ago": _year_ago,
    "yearend": _year_end,
}
