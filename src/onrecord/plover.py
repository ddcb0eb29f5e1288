"""PLOVER's types beside the names that they had in 2018, CAMEO's roots, and the quad classes.

Two users of event data compare only by a table that both can read: `lexicon/plover_names.tsv` is
ours, `VERSION` goes up whenever it changes, and every export names it.
"""

import functools
from dataclasses import dataclass
from importlib import resources

VERSION = "1.0"
QUADS = {
    "1": "verbal cooperation",
    "2": "material cooperation",
    "3": "verbal conflict",
    "4": "material conflict",
}


@dataclass(frozen=True, slots=True)
class Coding:
    """A type and mode in other ontologies: its name in 2018, its CAMEO roots, its quad class."""

    name_2018: str
    cameo: tuple[str, ...]
    quad: str


@functools.cache
def _table() -> dict[tuple[str, str], Coding]:
    text = resources.files("onrecord.lexicon").joinpath("plover_names.tsv").read_text("utf-8")
    lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {
        (event, mode): Coding(name, tuple(roots.split()), quad)
        for event, mode, name, roots, quad in lines
    }


def coding(event: str, mode: str | None) -> Coding:
    """Return an event's coding in other ontologies; raises `KeyError` for no type of PLOVER."""
    table = _table()
    return table.get((event, mode or "-")) or table[event, "-"]


def types_of_2018(name: str) -> frozenset[str]:
    """Return the types that a name of the 2018 draft has become."""
    return frozenset(event for (event, _), coded in _table().items() if coded.name_2018 == name)
