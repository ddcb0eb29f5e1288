"""What can hold between two actors: the kinds of relation, and the words that tell of them."""

import functools
from dataclasses import dataclass

from onrecord.stages.events.lexicon import Part, Pattern, patterns, rows

RELATIONS = "relations.tsv"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of relation: whether it runs both ways, and its place in PLOVER.

    `plover` is the type that it belongs with, `events` are the types whose events are it.
    """

    name: str
    both: bool
    plover: str | None
    events: tuple[str, ...]


@functools.cache
def kinds() -> dict[str, Kind]:
    """Return the kinds of relation by name, in the order of the lexicon."""
    return {
        row[0]: Kind(row[0], row[1] == "both", _told(row[3]), tuple(filter(_told, row[4].split())))
        for row in rows(RELATIONS)
        if row[2] == "kind"
    }


def _told(word: str) -> str | None:
    return None if word == "-" else word


@functools.cache
def of_events() -> dict[str, str]:
    """Return the kind of relation that events of a PLOVER type are."""
    return {event: kind.name for kind in kinds().values() for event in kind.events}


@functools.cache
def compounds() -> dict[str, str]:
    """Return the kind of relation that each word of "Foo-backed Bar" tells."""
    lines = [row for row in rows(RELATIONS) if row[2] == "compound"]
    return {word: row[0] for row in lines for word in row[3].split()}


def relation_patterns() -> dict[tuple[Part, str], tuple[Pattern, ...]]:
    """Return the patterns of each word that tells of a relation."""
    return patterns(RELATIONS)
