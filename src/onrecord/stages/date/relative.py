"""The TIMEX3 values of dates told from the report's day or from the expression before."""

import re
from datetime import date, timedelta

from onrecord.stages.date.context import CLOSE, Context, previous_day
from onrecord.stages.date.fixed import nearest_month
from onrecord.stages.date.lengths import NAMED_UNITS, VAGUE_COUNT, quantity
from onrecord.stages.date.value import add_months, at_unit, interval, shifted, unit_of


def relative_day(caught: dict[str, str], context: Context) -> str:
    """Return yesterday, today, tomorrow and the days beside them."""
    if "shift" in caught:
        step = -2 if caught["shift"].startswith("before") else 2
    else:
        step = int(context.word(caught, "day"))
    return (context.day + timedelta(days=step)).isoformat()


def weekday(caught: dict[str, str], context: Context) -> str:
    """Return the weekday before or after the report, as the clause looks."""
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


def unit(caught: dict[str, str], context: Context) -> str:
    """Return this, last or next week, month, year…, or the one told before."""
    unit = NAMED_UNITS[caught["unit_name"]]
    which = caught.get("which", "")
    step = int(context.looked_up(caught, "which") or 0)
    base = context.day
    if unit == "D" and which in {"next", "following", "previous"}:
        base = previous_day(context)
    elif "that" in caught or which in {"previous", "following", "preceding", "prior"}:
        base = interval(context.previous).earliest or context.day
    elif unit == "WE" and not which:
        weekday = context.day.isoweekday()
        # "A report from over the weekend", read on a Monday: the one just gone.
        over = context.direction == "past" or (context.direction != "future" and weekday <= 3)
        step = -1 if over and weekday < 6 else 0
    return at_unit(shifted(base, unit, step), unit)


def ago(caught: dict[str, str], context: Context) -> str:
    """Return what lies so many units before the report, told to that unit."""
    count, unit = quantity(caught, context), context.word(caught, "unit")
    if count == VAGUE_COUNT:
        return "FUTURE_REF" if "hence" in caught else "PAST_REF"
    if unit.startswith("T"):
        return context.day.isoformat()
    if unit == "Y" and float(count) == 1 and "hence" not in caught:
        return year_ago({}, context)
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


def offset(caught: dict[str, str], context: Context) -> str:
    """Return what lies so many units before or after the date told before."""
    sign = -1 if caught["side"] in {"earlier", "before", "previously"} else 1
    if "single" in caught:
        count, unit = "1", NAMED_UNITS[caught["single"]]
    else:
        count, unit = quantity(caught, context), context.word(caught, "unit")
    if count == VAGUE_COUNT:
        return "PAST_REF"
    base = interval(context.previous).earliest or context.day
    if unit.startswith("T"):
        return base.isoformat()
    if unit in {"D", "W", "2W"} and unit_of(context.previous) == "D":
        return shifted(base, unit, sign * int(float(count))).isoformat()
    if unit == "Y" and unit_of(context.previous) in {"Q", "H", "M"}:
        return at_unit(shifted(base, "Y", sign * round(float(count))), unit_of(context.previous))
    return _shift(base, unit, sign * float(count))


def year_end(_caught: dict[str, str], context: Context) -> str:
    """Return the December that "year-end" means."""
    past = context.direction == "past" and context.day.month < 7
    return f"{context.day.year - past}-12"


def part_of_day(caught: dict[str, str], context: Context) -> str:
    """Return tonight, last night, this morning, the following evening."""
    if "tonight" in caught:
        return context.day.isoformat() + "TNI"
    if "night" in caught:
        back = 1
        return (context.day - timedelta(days=back)).isoformat() + "TNI"
    which = re.sub(r"\s+", " ", caught["this"])
    base = context.day if which == "this" else previous_day(context)
    step = {"the next": 1, "the following": 1, "the previous": -1}.get(which, 0)
    return (base + timedelta(days=step)).isoformat()


def latest(_caught: dict[str, str], context: Context) -> str:
    """Return the quarter spoken of, or the last one that is over."""
    if re.fullmatch(r"\d{4}-Q\d", context.previous):
        return context.previous
    return at_unit(add_months(context.day, -3), "Q")


def year_ago(caught: dict[str, str], context: Context) -> str:
    """Return the year before, or the quarter a year before the one told before."""
    if "ordinal" in caught:
        letter = "H" if caught.get("period") == "half" else "Q"
        return f"{context.day.year - 1}-{letter}{context.word(caught, 'ordinal')}"
    base = context.previous if re.fullmatch(r"\d{4}-[QH]\d", context.previous) else ""
    if base:
        same = int(base[:4]) == context.day.year or int(base[:4]) == context.day.year - 1
        return f"{context.day.year - 1 if same else int(base[:4]) - 1}{base[4:]}"
    months = unit_of(context.previous) == "M" and context.previous[:4].isdigit()
    if months and caught.get("side") == "earlier":
        return f"{int(context.previous[:4]) - 1}{context.previous[4:]}"
    return str(context.day.year - 1)


def relative_month(caught: dict[str, str], context: Context) -> str:
    """Return last, this or next August, or a month by itself."""
    month = int(context.word(caught, "month"))
    if "which" not in caught:
        return nearest_month(month, context)
    step = int(context.word(caught, "which"))
    now = context.day.replace(day=1)
    months = [date(now.year + years, month, 1) for years in (-1, 0, 1)]
    if step < 0:
        return at_unit([other for other in months if other < now][-1], "M")
    if step > 0:
        return at_unit(next(other for other in months if other > now), "M")
    return f"{now.year}-{month:02}"


def month_of(caught: dict[str, str], context: Context) -> str:
    """Return "August last year"."""
    year = context.day.year + CLOSE[caught["unityear"]]
    return f"{year}-{int(context.word(caught, 'month')):02}"


def clock_time(_caught: dict[str, str], context: Context) -> str:
    """Return the day that a clock time by itself belongs to."""
    return previous_day(context).isoformat()


def military_time(caught: dict[str, str], context: Context) -> str:
    """Return a time such as "2330 GMT"."""
    return f"{previous_day(context).isoformat()}T{caught['zulu']}:{caught['minute']}"


def definite(caught: dict[str, str], context: Context) -> str:
    """Return "the week", "the month": the one of the report."""
    unit = NAMED_UNITS[caught["definite_unit"].split()[-1]]
    return at_unit(context.day, unit)
