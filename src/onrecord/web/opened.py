"""The record that is served, opened again when its file was built anew."""

import functools
import threading
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from onrecord.record import Record
from onrecord.types import Report

Stamp = tuple[tuple[int, int], ...]
KEPT = 256  # reports kept in memory: a page names the same few again and again


class Served(Record):
    """A record whose reports stay in memory once they were asked for; never older than its file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._kept = functools.lru_cache(maxsize=KEPT)(super().report)

    def report(self, key: str) -> Report:
        """Return the report with that id, path, or file name; raises `UnknownError`."""
        return self._kept(key)


class Opened:
    """One record for all requests. Raises `RunError` when the file is no record."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._record = Served(path)
        self._stamp = _stamp(path)

    def record(self) -> Record:
        """Return the record as it is now; what it keeps in memory is never older than its file."""
        stamp = _stamp(self.path)
        with self._lock:
            if stamp != self._stamp:
                self._record = Served(self.path)
                self._stamp = stamp
            return self._record


def _stamp(path: Path) -> Stamp:
    """Return what changes when the file or its log of late writes does."""
    found = []
    for part in (path, path.with_name(path.name + "-wal")):
        try:
            state = part.stat()
        except OSError:
            continue
        # An empty log comes and goes with every reader.
        if state.st_size:
            found.append((state.st_mtime_ns, state.st_size))
    return tuple(found)


def record_of(request: Request) -> Record:
    """Return the record that the application of a request serves."""
    opened: Opened = request.app.state.opened
    return opened.record()


Asked = Annotated[Record, Depends(record_of)]
