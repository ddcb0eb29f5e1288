"""Statements that hold all of some words, narrowed and counted by what they are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.address import host_of
from onrecord.store import Store

MOST = 1_000  # matches that are looked at: the best of them
SHOWN = 12  # values of a facet that are offered
DISPUTED, UNDISPUTED = "disputed", "not disputed"
# What matches are narrowed by, in the order in which it is offered.
FACETS = ("speaker", "about", "act", "outlet", "year", "standing")


@dataclass(frozen=True, slots=True)
class Match:
    """A statement that holds the words, and its values: by facet what it is counted under."""

    id: str
    values: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Matches:
    """The ids of what is found, best first, and by facet how many there are of each value.

    `capped` tells that there are more matches than were looked at.
    """

    ids: tuple[str, ...]
    facets: Mapping[str, Sequence[tuple[str, int]]]
    capped: bool


def find(store: Store, words: str, asked: Mapping[str, str]) -> Matches:
    """Return the statements that hold all the words and have the values asked for."""
    ids = store.matches(words, MOST + 1)
    every = _matches(store, ids[:MOST])
    wanted = {facet: value for facet, value in asked.items() if value and facet in FACETS}
    found = [
        match
        for match in every
        if all(value in match.values[facet] for facet, value in wanted.items())
    ]
    counts = {facet: _counted(found, facet) for facet in FACETS}
    return Matches(tuple(match.id for match in found), counts, len(ids) > MOST)


def _counted(found: Iterable[Match], facet: str) -> Sequence[tuple[str, int]]:
    counts = Counter(value for match in found for value in match.values[facet])
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:SHOWN]


def _matches(store: Store, ids: Sequence[str]) -> list[Match]:
    about, disputed = store.abouts(ids), store.disputed(ids)
    known = {fact.id: fact for fact in store.facts(ids)}
    return [
        Match(
            key,
            {
                "speaker": _some(known[key].speaker),
                "about": frozenset(about.get(key, ())),
                "act": frozenset({known[key].act}),
                "outlet": _some(known[key].source or host_of(known[key].url)),
                "year": _some(_year(known[key].earliest, known[key].latest)),
                "standing": frozenset({DISPUTED if key in disputed else UNDISPUTED}),
            },
        )
        for key in ids
        if key in known
    ]


def _some(value: str | None) -> frozenset[str]:
    return frozenset({value}) if value else frozenset()


def _year(earliest: date | None, latest: date | None) -> str:
    """Return the year that both bounds of a report's publication are in, if they are in one."""
    if earliest and latest and earliest.year == latest.year:
        return f"{earliest.year:04}"
    return ""
