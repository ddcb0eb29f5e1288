"""What the value of a time expression hangs on."""

import re
from dataclasses import dataclass
from datetime import date

from onrecord.stages.date.direction import Direction
from onrecord.stages.date.grammar import Grammar
from onrecord.stages.date.value import interval

# Days within which a date without a year is the nearest one even against the tense of its verb
# ("the vote was set for 3 May"); chosen on TempEval-3 train among 0, 30, 60, 90 and 120.
CLOSE_BY = 60
CLOSE = {"last": -1, "this": 0, "next": 1}  # years told from the report's


@dataclass(frozen=True, slots=True)
class Context:
    """What a value hangs on: the report's day, where the clause looks, the expressions before.

    `previous` is the value of the last date told, `last_day` that of the last one told to the day.
    """

    day: date
    direction: Direction | None
    previous: str
    grammar: Grammar
    last_day: str = ""

    def word(self, caught: dict[str, str], name: str) -> str:
        """Return the value of a caught word; raises `KeyError` when there is none."""
        return self.grammar.value(name.upper(), re.sub(r"\s+", " ", caught[name]))

    def looked_up(self, caught: dict[str, str], name: str) -> str | None:
        """Return the value of a caught word, or None."""
        return self.word(caught, name) if name in caught else None


def previous_day(context: Context) -> date:
    """Return the day told before, or that of the report."""
    return interval(context.last_day).earliest or context.day


def nearest(days: list[date], day: date, direction: Direction | None) -> date:
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
