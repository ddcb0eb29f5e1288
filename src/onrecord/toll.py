"""How many a report tells as killed and wounded: read from its numbers and its single persons.

A report speaks of one person in many ways ("a man", "the teenager", "Foo"), so persons are counted
low: those of different names or ages, or told of in one row. Who is shot or stabbed, and no death
is told of, counts as wounded.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.types import HAPPENED, Figure

HIT = ("shot", "stabbed")
AGE = re.compile(r"\b\d{1,3}\b")
JOINED = re.compile(r"^(?:[^.!?\n]*\W)?and\s|^,\s")
OWN = re.compile(r"(?:his|her|their) ", re.IGNORECASE)  # "a man killed his son and himself"
END = re.compile(r"[.!?\n]")
NAME = re.compile(r"(?!(?i:an?|the|his|her|their|one|another|both|two)\b)[A-Z]\D*$")
FURTHER = re.compile(r"\b(?:others?|another|more|additional|second|third|fourth)\b", re.IGNORECASE)
PART = re.compile(r"\bof\s")  # "one of the victims" is no toll
NEAR = 40  # characters between what stands in one row
DAYS = 31
SUFFIXES = frozenset({"jr.", "jr", "sr.", "sr", "ii", "iii", "iv"})
PRONOUNS = frozenset("he she him her his it its i me my".split())


@dataclass(frozen=True, slots=True)
class Toll:
    """The numbers killed and wounded, None where a report tells nothing of the kind."""

    killed: int | None
    wounded: int | None


def toll(figures: Iterable[Figure], text: str) -> Toll:
    """Return the toll that the figures of one report tell, given the report's text."""
    given = (f for f in figures if f.standing in HAPPENED and f.kind in ("killed", "wounded"))
    listed = sorted(given, key=lambda figure: (figure.span.start, figure.id))
    dead = [f for f in listed if _state(f) == "killed"]
    hurt = [f for f in listed if _state(f) == "wounded"]
    hit = [f for f in listed if _state(f) in HIT]
    treated = [f for f in listed if _state(f) == "hospitalized"]
    persons = [f for f in listed if f.how == "person"]
    killed = _number(dead, text)
    numbered = killed is not None
    if killed is None and _persons(dead):
        killed = _distinct(_persons(dead), text)
    numbers = (_number(hurt, text), _number(hit, text, but=killed or 0), _number(treated, text))
    told = [number for number in numbers if number is not None]
    if len(persons) > len(_persons(dead)):
        told.append(_surviving(persons, text, numbered=numbered))
    return Toll(killed, max(told, default=0) or None)


def _surviving(persons: Sequence[Figure], text: str, *, numbered: bool) -> int:
    """Return how many persons there are at the least beside the dead."""
    dead = [f for f in persons if _state(f) == "killed"]
    living = [f for f in persons if _state(f) != "killed"]
    further = [f for f in living if FURTHER.search(f.span.text)]
    beside = _distinct(persons, text) - (_distinct(dead, text) if dead else 0)
    hurt = [f for f in living if _state(f) == "wounded"]
    further += [f for f in hurt if numbered or (dead and OWN.match(f.span.text))]
    return max(beside, _distinct(further, text) if further else 0)


def _state(figure: Figure) -> str:
    return figure.unit.split()[-1]


def _persons(figures: Iterable[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure.how == "person"]


def _number(figures: Sequence[Figure], text: str, but: int = 0) -> int | None:
    """Return the number told of people in a state: the one told most often, or first.

    What stands in one row is added: "four women and a man". `but` is taken off where the number
    is not of others. What is counted over more than a month is no happening's toll, nor
    a part of several where there is another number.
    """
    rows = [row for row in _rows(figures, text) if any(f.how == "number" for f in row)]
    rows = [row for row in rows if not any(map(_is_long, row))]
    rows = [row for row in rows if not any(PART.search(f.span.text) for f in row)] or rows
    sizes = [
        max(0, sum(map(_size, row)) - (0 if FURTHER.search(row[0].span.text) else but))
        for row in rows
    ]
    return Counter(sizes).most_common(1)[0][0] if sizes else None


def _rows(figures: Sequence[Figure], text: str) -> list[list[Figure]]:
    """Return figures in rows of those that are joined: "a man and his wife"."""
    rows: list[list[Figure]] = []
    for figure in figures:
        between = text[rows[-1][-1].span.end : figure.span.start] if rows else ""
        joined = JOINED.search(between) or (OWN.match(figure.span.text) and not END.search(between))
        if rows and len(between) <= NEAR and joined:
            rows[-1].append(figure)
        else:
            rows.append([figure])
    return rows


def _size(figure: Figure) -> int:
    sizes = (figure.value, figure.low, figure.high)
    return int(next((size for size in sizes if size is not None), 0))


def _is_long(figure: Figure) -> bool:
    first, last = figure.when.earliest, figure.when.latest
    return first is not None and last is not None and (last - first).days > DAYS


def _distinct(persons: Sequence[Figure], text: str) -> int:
    """Return how many different persons there are at the least."""
    words = [f for f in persons if f.span.text.casefold() not in PRONOUNS]
    ages = {age.group() for f in words if (age := AGE.search(f.span.text))}
    rows = (len(row) for row in _rows(words, text))
    return max(1, len(ages), len(_names(words)), *rows)


def _names(persons: Iterable[Figure]) -> list[frozenset[str]]:
    """Return the words of the names, those left out that another has, too."""
    named = (f.of for f in persons if NAME.match(f.of) and f.of in f.span.text)
    words = {frozenset(name.casefold().split()) - SUFFIXES for name in named}
    return [one for one in words if not any(one < other for other in words)]
