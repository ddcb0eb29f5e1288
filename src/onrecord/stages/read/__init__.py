"""Receives reports from files, folders, JSON lines, web pages on disk and standard input.

A report that cannot be read is kept with the reason. It does not yet read WARC, feeds or PDF.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord.errors import ItemError, RunError
from onrecord.settings import Settings
from onrecord.stages.read.html import read_html
from onrecord.stages.read.jsonl import read_lines
from onrecord.stages.read.plain import MAX_BYTES, failed, is_binary, read_plain
from onrecord.types import Report

TEXT = frozenset({".txt", ".text"})
HTML = frozenset({".html", ".htm", ".xhtml"})
LINES = frozenset({".jsonl", ".ndjson"})
KNOWN = TEXT | HTML | LINES
SNIFFED = 4096  # bytes looked at to tell what a file is


def read(
    paths: Iterable[str | Path], settings: Settings, *, passed_over: list[str] | None = None
) -> Iterator[Report]:
    """Yield every report found at the paths, in their order, folders by sorted name.

    "-" is standard input. Each report that failed has its `problem`; text files of other kinds in a
    folder go into `passed_over`. Raises `RunError` for a path that does not exist.
    """
    for given in paths:
        if str(given) == "-":
            yield from _bytes(sys.stdin.buffer.read(), "standard input", settings)
            continue
        path = Path(given)
        if _is_dir(path):
            for found in files_in(path):
                if isinstance(found, Report):
                    yield found
                elif found.suffix.lower() in KNOWN or _binary_file(found):
                    yield from _file(found, found.relative_to(path).as_posix(), settings)
                elif passed_over is not None:
                    passed_over.append(found.relative_to(path).as_posix())
        elif _exists(path):
            yield from _file(path, path.name, settings)
        else:
            raise RunError("there is no such file or folder", file=str(path))


def read_files(folder: Path, files: Iterable[Path], settings: Settings) -> Iterator[Report]:
    """Yield the reports of some files of a folder, as `read` does of the whole folder."""
    for file in files:
        if file.suffix.lower() in KNOWN or _binary_file(file):
            yield from _file(file, file.relative_to(folder).as_posix(), settings)


def files_in(folder: Path) -> Iterator[Path | Report]:
    """Yield the files below a folder by sorted name; a folder that is shut is a failed report."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        reason = error.strerror or "cannot be listed"
        remedy = "Give yourself the right to read and enter it"
        yield failed(str(folder), ItemError(f"the folder cannot be read: {reason}", remedy=remedy))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_dir(entry):
            # A link to a folder that it lies in has no end.
            if not (entry.is_symlink() and folder.resolve().is_relative_to(entry.resolve())):
                yield from files_in(entry)
        else:
            yield entry


def _is_dir(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # what lies in a folder that may be listed and not entered
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # it cannot be told; opening it will say why
        return True


def _binary_file(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return is_binary(file.read(SNIFFED))
    except OSError:
        return True


def _file(path: Path, shown: str, settings: Settings) -> Iterator[Report]:
    try:
        if path.stat().st_size > MAX_BYTES and path.suffix.lower() not in LINES:
            remedy = "Cut it into one file for each report"
            yield failed(shown, ItemError(f"larger than {MAX_BYTES:,} bytes", remedy=remedy))
        elif path.suffix.lower() in LINES:
            with path.open("rb") as lines:
                yield from read_lines(lines, shown, settings)
        else:
            yield from _bytes(path.read_bytes(), shown, settings)
    except OSError as error:
        remedy = "Give yourself the right to read it"
        yield failed(shown, ItemError(f"cannot be opened: {error.strerror}", remedy=remedy))


def _bytes(data: bytes, shown: str, settings: Settings) -> Iterator[Report]:
    start = data[:SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    suffix = Path(shown).suffix.lower()
    if suffix in HTML or (suffix not in TEXT and start.startswith((b"<!doctype", b"<html"))):
        yield read_html(data, shown, settings)
    elif suffix not in TEXT and start.startswith(b"{"):
        yield from read_lines(data.splitlines(keepends=True), shown, settings)
    else:
        yield read_plain(data, shown, settings)
