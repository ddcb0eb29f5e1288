"""The TIMEX3 value of a time expression: which rule of the grammar is read by which function."""

import re
from collections.abc import Callable

from onrecord.stages.date import fixed, lengths, relative
from onrecord.stages.date.context import Context
from onrecord.stages.date.grammar import Found

PARTS = {
    "dawn": "MO",
    "daybreak": "MO",
    "dusk": "EV",
    "morning": "MO",
    "afternoon": "AF",
    "evening": "EV",
    "night": "NI",
}


def resolve(found: Found, context: Context) -> str | None:
    """Return the TIMEX3 value of an expression; None where it means no possible date."""
    try:
        value = RULES[found.rule](found.caught, context)
    except (ValueError, OverflowError, IndexError, StopIteration):
        return None  # beyond the calendar's ends there is no such date
    if value is None:
        return None
    return value + _time_of_day(found.caught, context) if _is_day(value) else value


def _is_day(value: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None


def _time_of_day(caught: dict[str, str], context: Context) -> str:
    clock = _clock(caught, context)
    if clock is not None:
        return "T" + clock
    part = context.looked_up(caught, "part") or PARTS.get(
        caught.get("part0") or caught.get("dawn", "")
    )
    if part is None and caught.get("mod", "").startswith("early on"):
        part = "MO"
    return f"T{part}" if part else ""


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


RULES: dict[str, Callable[[dict[str, str], Context], str | None]] = {
    "ago": relative.ago,
    "between": fixed.between,
    "calendar": fixed.calendar_date,
    "century": fixed.century,
    "dateline": fixed.dateline,
    "decade": fixed.decade,
    "definite": relative.definite,
    "duration": lengths.duration,
    "fiscal": fixed.year,
    "holiday": fixed.holiday,
    "iso": fixed.iso,
    "latest": relative.latest,
    "month": relative.relative_month,
    "monthday": fixed.day_of_month,
    "monthof": relative.month_of,
    "numeric": fixed.numeric,
    "offset": relative.offset,
    "quarter": fixed.quarter,
    "range_of": lengths.stretch,
    "relative_day": relative.relative_day,
    "season": fixed.season,
    "set": lengths.recurring,
    "spelled": fixed.spelled,
    "time": relative.clock_time,
    "timeofday": relative.military_time,
    "tonight": relative.part_of_day,
    "unit": relative.unit,
    "vague": lengths.vague,
    "week_of": fixed.week_of,
    "weekday": relative.weekday,
    "year": fixed.year,
    "year_ago": relative.year_ago,
    "years": fixed.years,
    "yearend": relative.year_end,
}
