"""The TIMEX3 values of durations, sets and references without a date."""

import re
from datetime import date

from onrecord.stages.date.context import Context
from onrecord.stages.date.grammar import Grammar

NAMED_UNITS = {
    "day": "D", "week": "W", "weekend": "WE", "month": "M", "quarter": "Q", "half": "H",
    "year": "Y", "decade": "10Y", "century": "100Y", "night": "D", "hour": "TH", "minute": "TM",
    "fortnight": "2W",
}  # fmt: skip
PLURAL_PARTS = {"mornings": "TMO", "afternoons": "TAF", "evenings": "TEV", "nights": "TNI"}
VAGUE_COUNT = "X"


def quantity(caught: dict[str, str], context: Context) -> str:
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


def years_ago(caught: dict[str, str], grammar: Grammar) -> int | None:
    """Return how many whole years back an expression such as "five years ago" reaches."""
    context = Context(date.max, None, "", grammar)
    count, unit = quantity(caught, context), context.word(caught, "unit")
    years = {"Y": 1, "10Y": 10}.get(unit)
    if years is None or count == VAGUE_COUNT or float(count) != int(float(count)):
        return None
    return int(float(count)) * years


# Durations, sets and references without a date.


def length(count: str, unit: str) -> str:
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


def duration(caught: dict[str, str], context: Context) -> str:
    """Return a duration."""
    for name in ("and_half", "single_unit"):
        if name in caught:
            return length("1.5" if name == "and_half" else "1", NAMED_UNITS[caught[name]])
    if "half_unit" in caught:
        return length("0.5", NAMED_UNITS[caught["half_unit"]])
    if "bare_unit" in caught or "plural_unit" in caught:
        word = caught.get("bare_unit") or caught["plural_unit"]
        plural = word.endswith("s")
        return length("X" if plural else "1", context.grammar.value("UNIT", word))
    return length(quantity(caught, context), context.word(caught, "unit"))


def stretch(caught: dict[str, str], context: Context) -> str:
    """Return the length of "the past five years"."""
    if "single_unit" in caught:
        return length("1", NAMED_UNITS[caught["single_unit"]])
    if "plural_unit" in caught:
        return length("X", context.grammar.value("UNIT", caught["plural_unit"]))
    return length(quantity(caught, context), context.word(caught, "unit"))


def recurring(caught: dict[str, str], context: Context) -> str:
    """Return the period or the pattern of what recurs."""
    if "often" in caught:
        return context.word(caught, "often")
    if "weekday" in caught:
        part = PLURAL_PARTS.get(caught.get("plural_part", ""), "")
        return f"XXXX-WXX-{context.word(caught, 'weekday')}{part}"
    if "single_unit" in caught:
        return length("1", NAMED_UNITS[caught["single_unit"]])
    if "month" in caught:
        return f"XXXX-{int(context.word(caught, 'month')):02}"
    if "season" in caught:
        return f"XXXX-{context.word(caught, 'season')}"
    if "part" in caught:
        return f"XXXX-XX-XXT{context.word(caught, 'part')}"
    if "holiday" in caught:
        return "P1Y"
    count = context.looked_up(caught, "number") or caught.get("digits", "1")
    return length(count, context.word(caught, "unit"))


def vague(caught: dict[str, str], context: Context) -> str:
    """Return a reference to past, present or future."""
    return context.word(caught, "vague")
