"""Actors that outside registers know, read as candidates: never merged on a name alone.

Formats are those that registers come in: FollowTheMoney JSON lines (OpenSanctions), lines of a
Wikidata JSON dump, STIX 2.1 bundles, CSV. What a line says is kept with the file that said it;
whether a candidate is an actor of the record is for `resolve` to compare and for a reviewer to
decide.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import ItemError, RunError
from onrecord.outside import csv_, ftm, stix, wikidata
from onrecord.outside.entry import Entry
from onrecord.types import Candidate

Reader = Callable[[Path], Iterator[Entry | ItemError]]
FORMATS: dict[str, Reader] = {
    "ftm": ftm.read,
    "wikidata": wikidata.read,
    "stix": stix.read,
    "csv": csv_.read,
}
TABLES = frozenset({".csv", ".tsv"})


@dataclass(slots=True)
class Taken:
    """What an import gave: candidates, how many entries it read, and what could not be read."""

    candidates: list[Candidate]
    read: int
    problems: list[str]


def format_of(file: Path) -> str:
    """Return the format that a file's beginning tells; raises `RunError` when it doesn't."""
    with file.open(encoding="utf-8", errors="replace") as stream:
        start = stream.read(4096).lstrip("\ufeff \n\r\t")
    if file.suffix.lower() in TABLES:
        return "csv"
    if '"bundle"' in start or '"spec_version"' in start:
        return "stix"
    if '"schema"' in start and '"properties"' in start:
        return "ftm"
    if start.startswith("[") or '"claims"' in start or '"labels"' in start:
        return "wikidata"
    remedy = f"Say which with --as: {', '.join(FORMATS)}"
    raise RunError("cannot tell what format this is", file=str(file), remedy=remedy)


def take(
    file: Path,
    kind: str | None,
    source: str | None,
    wanted: Callable[[Entry], bool],
    progress: Callable[[str, int, int | None], None],
) -> Taken:
    """Return the candidates of a file that are wanted; lines that can't be read are told.

    Raises `RunError` for a file that is not there, or of no format that is known.
    """
    if not file.is_file():
        raise RunError("there is no such file", file=str(file), remedy="Give a file of actors")
    reader = FORMATS[kind or format_of(file)]
    taken = Taken([], 0, [])
    seen: dict[str, int] = {}
    for entry in reader(file):
        if isinstance(entry, ItemError):
            taken.problems.append(str(entry))
            continue
        first = seen.setdefault(entry.key, entry.line)
        if first != entry.line:
            place, remedy = f"line {entry.line}", "Give each actor an id of its own"
            what = f"{entry.key} stands at line {first} already"
            problem = ItemError(what, file=str(file), place=place, remedy=remedy)
            taken.problems.append(str(problem))
            continue
        taken.read += 1
        if taken.read % 1000 == 0:
            progress("reading entries", taken.read, None)
        if wanted(entry):
            taken.candidates.append(entry.candidate(source or file.name))
    return taken
