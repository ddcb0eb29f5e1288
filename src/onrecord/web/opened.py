"""The record that is served, opened again when its file was built anew."""

import threading
from collections import OrderedDict
from collections.abc import Iterable
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
        self._kept: OrderedDict[str, Report] = OrderedDict()

    def report(self, key: str) -> Report:
        """Return the report with that id, path, or file name; raises `UnknownError`."""
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = super().report(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    def fetch_reports(self, keys: Iterable[str]) -> None:
        """Take reports that a page is about to name into memory, all at once."""
        wanted = [key for key in dict.fromkeys(keys) if key not in self._kept][:KEPT]
        for report in self.many(Report, wanted):
            self._kept[report.id] = report

    def forget(self) -> None:
        """Drop what is kept in memory, since the file has changed."""
        super().forget()
        self._kept = OrderedDict()


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
            if stamp[:1] != self._stamp[:1]:
                self._record = Served(self.path)  # another file lies there now
            elif stamp != self._stamp:
                self._record.forget()
            self._stamp = stamp
            return self._record


def _stamp(path: Path) -> Stamp:
    """Return which file it is, and what changes when it or its log of late writes does."""
    try:
        found = [(path.stat().st_dev, path.stat().st_ino)]
    except OSError:
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
