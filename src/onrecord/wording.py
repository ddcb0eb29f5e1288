"""Plain words for what a record holds: days, intervals, and one line about a noun."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from onrecord.types import DifferenceKind, Event, Figure, Relation, Sequel, Statement

OUTCOMES = {
    "kept": "kept",
    "carried out": "carried out",
    "broken": "broken",
    "followed": "told of later",
    "open": "no more is told",
}
NameOf = Callable[[str], str]
UNTOLD = "cannot be told"
DIFFERENCES: dict[DifferenceKind, str] = {
    "speaker": "given to another speaker",
    "number": "another number",
    "negation": "a negation more or less",
    "hedge": "a word of distance more or less",
    "name": "another name",
    "cut": "left out",
    "added": "added",
}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class Interval(Protocol):
    """Anything with two bounds in days, both inclusive; None: that bound cannot be told."""

    @property
    def earliest(self) -> date | None:
        """Return the first day that it may be."""

    @property
    def latest(self) -> date | None:
        """Return the last day that it may be."""


def day_words(day: date) -> str:
    """Return a day as read aloud, the same in every locale: "6 Oct 2022"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def when_words(when: Interval) -> str:
    """Return an interval in words that claim no more than its bounds."""
    first, last = when.earliest, when.latest
    if first is None and last is None:
        return UNTOLD
    if first is None:
        assert last is not None
        return f"on or before {day_words(last)}"
    if last is None:
        return f"on or after {day_words(first)}"
    if first == last:
        return day_words(first)
    return f"between {day_words(first)} and {day_words(last)}"


def iso_words(when: Interval) -> str:
    """Return an interval in words: a day, both days, one bound, or "undated"."""
    if when.earliest and when.latest:
        if when.earliest == when.latest:
            return when.earliest.isoformat()
        return f"{when.earliest} to {when.latest}"
    if when.earliest:
        return f"{when.earliest} or later"
    return f"{when.latest} or earlier" if when.latest else "undated"


def amount(figure: Figure) -> str:
    """Return the value of a figure, or its bounds where it has any."""
    low, high = figure.low, figure.high
    if low is not None and high is not None and low != high:
        return f"between {_number(low)} and {_number(high)}"
    if low is not None and high is None:
        return f"{_number(low)} or more"
    if high is not None and low is None:
        return f"{_number(high)} or fewer"
    value = figure.value if figure.value is not None else low
    return _number(value) if value is not None else "a number of"


def amount_words(figure: Figure) -> str:
    """Return the value of a figure, or its bounds, with its unit."""
    untold = figure.value is None and figure.low is None and figure.high is None
    unit = figure.unit or ("things" if untold else "")
    return f"{amount(figure)} {unit}".rstrip()


def _number(value: float) -> str:
    return f"{int(value):,}" if value == int(value) else f"{value:,g}"


def short(words: str, most: int = 160) -> str:
    """Return words on one line, cut at a space before `most` characters."""
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + " …"


def difference_words(kind: DifferenceKind, *, directed: bool) -> str:
    """Return what differs between two reports of the same words, the first named first."""
    if not directed and kind in ("cut", "added"):
        return "only in the first" if kind == "cut" else "only in the second"
    return DIFFERENCES[kind]


def role_words(role: str, of: str | None) -> str:
    """Return an office with whom it is held for."""
    return f"{role} of {of}" if of else role


def describe(noun: object, name_of: NameOf) -> str:
    """Return one line of plain words about a noun, made of what it holds and nothing else."""
    if isinstance(noun, Statement):
        words = " … ".join(span.text for span in noun.content)
        hands = "".join(f", by way of {hop.name}" for hop in noun.chain)
        name = noun.speaker.name if noun.speaker.is_told else "nobody told"
        return f"{name} ({noun.act}){hands}: {short(words)}"
    if isinstance(noun, Event):
        who = ", ".join(map(name_of, noun.actor)) or "unnamed"
        whom = ", ".join(map(name_of, noun.recipient))
        to = f" → {whom}" if whom else ""
        return f"{noun.event}: {who}{to} ({noun.standing}): “{noun.trigger.text}”"
    if isinstance(noun, Figure):
        stands = f" ({noun.standing})" if noun.standing != "told" else ""
        return f"{noun.span.text} ({noun.unit}){stands}: {noun.of}"
    if isinstance(noun, Relation):
        return f"{name_of(noun.subject)} {noun.kind} {name_of(noun.object)}"
    if isinstance(noun, Sequel):
        return f"{OUTCOMES[noun.kind]}: “{short(noun.evidence[-1].text)}”"
    named = getattr(noun, "title", None) or getattr(noun, "name", None)
    return str(named or getattr(noun, "text", "") or getattr(noun, "id", ""))
