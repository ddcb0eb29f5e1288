"""Receives reports from files, folders, object stores, and standard input.

Text, JSON lines, tables in Parquet and web pages are read. A report that cannot be read is kept
with the reason. It does not yet read WARC, feeds or PDF.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from onrecord.characters import storable
from onrecord.errors import ItemError
from onrecord.settings import Settings
from onrecord.stages.read.html import read_html
from onrecord.stages.read.jsonl import read_lines
from onrecord.stages.read.places import (
    HTML,
    LINES,
    SNIFFED,
    TABLES,
    TEXT,
    Place,
    files_in,
    may_hold,
    places,
)
from onrecord.stages.read.plain import MAX_BYTES, failed, read_plain
from onrecord.stages.read.table import read_table
from onrecord.types import Report

__all__ = ["Place", "files_in", "places", "read", "read_files", "reports_at"]


def read(
    paths: Iterable[str | Path], settings: Settings, *, passed_over: list[str] | None = None
) -> Iterator[Report]:
    """Yield every report found at the paths, in their order, folders by sorted name.

    "-" is standard input. Each report that failed has its `problem`; text files of other kinds in a
    folder go into `passed_over`. Raises `RunError` for a path that does not exist.
    """
    for given in paths:
        if str(given) == "-":
            found = _bytes(sys.stdin.buffer.read(), "standard input", settings)
            yield from map(_storable, found)
            continue
        for place in places([given], passed_over):
            yield from reports_at(place, settings)


def read_files(folder: Path, files: Iterable[Path], settings: Settings) -> Iterator[Report]:
    """Yield the reports of some files of a folder, as `read` does of the whole folder."""
    for file in files:
        if may_hold(file):
            yield from reports_at(Place(str(file), file.relative_to(folder).as_posix()), settings)


def reports_at(place: Place | Report, settings: Settings) -> Iterator[Report]:
    """Yield the reports that a place holds; a report that failed is itself."""
    found = iter([place]) if isinstance(place, Report) else _file(place, settings)
    return map(_storable, found)


def _storable(report: Report) -> Report:
    """Return a report whose words all databases take."""
    changed: dict[str, Any] = {}
    for field in fields(report):
        value = getattr(report, field.name)
        if isinstance(value, str) and (plain := storable(value)) != value:
            changed[field.name] = plain
    return replace(report, **changed) if changed else report


def _file(place: Place, settings: Settings) -> Iterator[Report]:
    shown, suffix = place.shown, place.suffix
    try:
        if suffix in LINES | TABLES:
            with place.open() as file:
                yield from (read_lines if suffix in LINES else read_table)(file, shown, settings)
        elif place.size() > MAX_BYTES:
            remedy = "Cut it into one file for each report"
            yield failed(shown, ItemError(f"larger than {MAX_BYTES:,} bytes", remedy=remedy))
        else:
            with place.open() as file:
                data = file.read()
            yield from _bytes(data, shown, settings)
    except OSError as error:
        remedy = "Give yourself the right to read it"
        yield failed(
            shown, ItemError(f"cannot be opened: {error.strerror or error}", remedy=remedy)
        )


def _bytes(data: bytes, shown: str, settings: Settings) -> Iterator[Report]:
    start = data[:SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    suffix = Path(shown).suffix.lower()
    if suffix in HTML or (suffix not in TEXT and start.startswith((b"<!doctype", b"<html"))):
        yield read_html(data, shown, settings)
    elif suffix not in TEXT and start.startswith(b"{"):
        yield from read_lines(data.splitlines(keepends=True), shown, settings)
    else:
        yield read_plain(data, shown, settings)
