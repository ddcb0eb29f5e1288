"""One actor as an outside register gives it."""

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.errors import ItemError
from onrecord.ids import make_id
from onrecord.types import ActorKind, Candidate


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor: its id there, names, kind, ISO 3166 code of its country, offices."""

    key: str
    name: str
    names: tuple[str, ...]
    kind: ActorKind
    country: str | None
    roles: tuple[str, ...]
    line: int

    def candidate(self, source: str) -> Candidate:
        """Return the entry as a candidate of a source."""
        return Candidate(
            id=make_id("candidate", source, self.key),
            source=source,
            key=self.key,
            line=self.line,
            name=self.name,
            names=self.names,
            kind=self.kind,
            country=self.country,
            roles=self.roles,
        )


def entry(
    key: str,
    names: list[str],
    kind: ActorKind,
    line: int,
    *,
    country: str | None = None,
    roles: list[str] | None = None,
) -> Entry | None:
    """Return an entry of the names that hold anything, the first the main one, or None."""
    told = [" ".join(name.split()) for name in names if name.strip() and _readable(name)]
    if not told or key.endswith(":") or not _readable(key):
        return None
    code = country.upper() if isinstance(country, str) and len(country) == 2 else None
    offices = tuple(sorted({r.strip() for r in roles or [] if r.strip() and _readable(r)}))
    return Entry(key, told[0], tuple(sorted(set(told))), kind, code, offices, line)


def _readable(words: str) -> bool:
    """Tell whether words can be written: JSON may hold halves of letters."""
    return not any("\ud800" <= letter <= "\udfff" for letter in words)


@functools.cache
def kinds(register: str) -> dict[str, ActorKind]:
    """Return the kinds of actors by what a register calls them."""
    text = files("onrecord.lexicon").joinpath("outside_kinds.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {word: kind for of, word, kind in rows if of == register}  # type: ignore[misc]


def json_lines(file: Path, remedy: str) -> Iterator[tuple[int, dict[str, Any]] | ItemError]:
    """Yield (line number, object) of each line that holds one, and an error for each that doesn't.

    The brackets and commas of a list with one object a line are passed over.
    """
    with file.open(encoding="utf-8", errors="replace") as stream:
        for number, line in enumerate(stream, start=1):
            words = line.strip().lstrip("\ufeff").rstrip(",")
            if words in ("", "[", "]"):
                continue
            place = f"line {number}"
            try:
                row = json.loads(words)
            except (ValueError, RecursionError):
                yield ItemError("broken JSON", file=str(file), place=place, remedy=remedy)
                continue
            if isinstance(row, dict):
                yield number, row
            else:
                yield ItemError("not an object", file=str(file), place=place, remedy=remedy)


def told(value: Any) -> list[str]:
    """Return the strings of a value that is one or a list of some."""
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
