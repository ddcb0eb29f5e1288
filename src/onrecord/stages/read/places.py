"""Where reports lie: files and folders of this machine, and whatever addresses fsspec knows."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from onrecord.errors import ItemError, RunError
from onrecord.stages.read.plain import failed, is_binary
from onrecord.types import Report

TEXT = frozenset({".txt", ".text"})
HTML = frozenset({".html", ".htm", ".xhtml"})
LINES = frozenset({".jsonl", ".ndjson"})
TABLES = frozenset({".parquet"})
KNOWN = TEXT | HTML | LINES | TABLES
SNIFFED = 4096  # bytes looked at to tell what a file is


@dataclass(frozen=True, slots=True)
class Place:
    """A file, by its path or its address, and how it is shown: below the folder that was given."""

    where: str
    shown: str

    @property
    def suffix(self) -> str:
        """Return how its name ends."""
        return Path(self.shown).suffix.lower()

    def open(self) -> IO[bytes]:
        """Return its bytes; raises `OSError`."""
        if "://" not in self.where:
            return Path(self.where).open("rb")
        with _far_errors():
            files, path = _files_at(self.where)
            return cast(IO[bytes], files.open(path, "rb"))

    def size(self) -> int:
        """Return how many bytes it has; raises `OSError`."""
        if "://" not in self.where:
            return Path(self.where).stat().st_size
        with _far_errors():
            files, path = _files_at(self.where)
            return int(files.size(path) or 0)


@contextlib.contextmanager
def _far_errors() -> Iterator[None]:
    """Take whatever a far file system raises for what it is: the file cannot be had."""
    try:
        yield
    except (OSError, RunError):
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}"[:200]) from error


def places(
    paths: Iterable[str | Path], passed_over: list[str] | None = None
) -> Iterator[Place | Report]:
    """Yield every file at the paths that may hold reports, folders by sorted name.

    What cannot be entered is a failed report; text files of other kinds in a folder go into
    `passed_over`. Raises `RunError` for a path that does not exist.
    """
    for given in paths:
        if "://" in str(given):
            yield from _far(str(given), passed_over)
        elif _is_dir(Path(given)):
            yield from _below(Path(given), passed_over)
        elif _exists(Path(given)):
            yield Place(str(given), _shown(Path(Path(given).name)))
        else:
            raise RunError("there is no such file or folder", file=str(given))


def _below(folder: Path, passed_over: list[str] | None) -> Iterator[Place | Report]:
    for found in files_in(folder):
        if isinstance(found, Report):
            yield found
        elif may_hold(found):
            yield Place(str(found), _shown(found.relative_to(folder)))
        elif passed_over is not None:
            passed_over.append(_shown(found.relative_to(folder)))


def _shown(path: Path) -> str:
    """Return a path as text; what is none in it is shown as decoders show it."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def _far(address: str, passed_over: list[str] | None) -> Iterator[Place]:
    """Yield the files at an address."""
    files, root = _files_at(address)
    try:
        if not files.exists(root):
            raise RunError("there is no such file or folder", file=address)
        if not files.isdir(root):
            yield Place(address, root.rsplit("/", 1)[-1])
            return
        for path in sorted(files.find(root)):
            shown = path.removeprefix(root).lstrip("/")
            if any(part.startswith(".") for part in shown.split("/")):
                continue
            if Path(shown).suffix.lower() in KNOWN:
                yield Place(files.unstrip_protocol(path), shown)
            elif passed_over is not None:
                passed_over.append(shown)
    except OSError as error:
        remedy = "Check the address and your right to read there"
        raise RunError(f"cannot be listed: {error}", file=address, remedy=remedy) from error


def _files_at(address: str) -> tuple[Any, str]:
    """Return what gives files at such an address, and the path within it."""
    import fsspec

    try:
        files, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        remedy = "Install what fsspec needs for such addresses, as s3fs for s3://"
        raise RunError(str(error), file=address, remedy=remedy) from error
    return files, str(path)


def may_hold(path: Path) -> bool:
    """Tell whether a file may hold reports: by its ending, or since it is no text of other kind."""
    return path.suffix.lower() in KNOWN or _binary_file(path)


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
