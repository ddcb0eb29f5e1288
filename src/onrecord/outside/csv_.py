"""Plain CSV with a heading: name, and if there, id, aliases, kind, country, roles."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from onrecord.errors import ItemError, RunError
from onrecord.outside.entry import Entry, entry
from onrecord.types import ActorKind

KINDS: tuple[str, ...] = get_args(ActorKind)
SEVERAL = ";"  # between several aliases or roles in one cell
LONGEST = 1_000_000  # characters of a cell


def read(file: Path) -> Iterator[Entry | ItemError]:
    """Yield the actors of a table; raises `RunError` when it has no column "name"."""
    csv.field_size_limit(LONGEST)
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        first = stream.readline()
        stream.seek(0)
        lines = csv.DictReader(stream, delimiter="\t" if "\t" in first else ",")
        headings = [heading.strip().lower() for heading in lines.fieldnames or ()]
        if "name" not in headings:
            remedy = "The first line needs a heading `name`, and may have aliases, kind, country"
            raise RunError("no column for names", file=str(file), remedy=remedy)
        lines.fieldnames = headings
        try:
            for row in lines:
                yield _entry(row, lines.line_num, file)
        except csv.Error as error:
            place, remedy = f"line {lines.line_num}", "Mend the line; those after it were not read"
            what = f"broken CSV: {error}"
            yield ItemError(what, file=str(file), place=place, remedy=remedy)


def _entry(row: dict[str, str | None], line: int, file: Path) -> Entry | ItemError:
    kind = (row.get("kind") or "unknown").strip().lower()
    place = f"line {line}"
    if kind not in KINDS:
        remedy = f"Kinds are {', '.join(KINDS)}"
        return ItemError(f"no kind {kind!r}", file=str(file), place=place, remedy=remedy)
    name = row.get("name") or ""
    found = entry(
        f"csv:{(row.get('id') or '').strip() or f'{name.strip()} (line {line})'}",
        [name, *(row.get("aliases") or "").split(SEVERAL)] if name.strip() else [],
        kind,  # type: ignore[arg-type]
        line,
        country=(row.get("country") or "").strip(),
        roles=(row.get("roles") or "").split(SEVERAL),
    )
    remedy = "Give one, or remove the line"
    return found or ItemError("no name", file=str(file), place=place, remedy=remedy)
