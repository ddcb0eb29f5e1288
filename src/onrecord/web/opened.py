"""The record that is served, opened again when its file was built anew."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request

from onrecord.record import Record
from onrecord.store import Address
from onrecord.types import Report

Noun = TypeVar("Noun")
KEPT = 2_000  # nouns kept in memory: a page names the same few again and again


class Served(Record):
    """A record whose nouns stay in memory once they were asked for; never older than its file.

    A page that is about to name many asks for them at once with `many`, and then for each again.
    """

    def __init__(self, path: Address) -> None:
        super().__init__(path)
        self._kept: OrderedDict[tuple[type[Any], str], Any] = OrderedDict()
        self._lock = threading.Lock()

    def report(self, key: str) -> Report:
        """Return the report with that id, path, or file name; raises `UnknownError`."""
        found = self.many(Report, [key])
        return found[0] if found else super().report(key)

    def many(self, noun: type[Noun], keys: Sequence[str], *, lean: bool = False) -> list[Noun]:
        """Return the nouns with those ids, in the order of the ids, most of them from memory."""
        if lean or len(keys) > KEPT:
            return super().many(noun, keys, lean=lean)
        found = {key: self._kept[noun, key] for key in keys if (noun, key) in self._kept}
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        if not missing:
            return [found[key] for key in keys]
        new = super().many(noun, missing)
        found |= {one.id: one for one in new}  # type: ignore[attr-defined]
        with self._lock:
            self._kept |= {(noun, one.id): one for one in new}  # type: ignore[attr-defined]
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return [found[key] for key in keys if key in found]

    def forget(self) -> None:
        """Drop what is kept in memory, since the file has changed."""
        super().forget()
        with self._lock:
            self._kept = OrderedDict()


class Opened:
    """One record for all requests. Raises `RunError` when the file is no record."""

    def __init__(self, path: Address) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._record = Served(path)
        self._stamp = self._record.stamp()

    def record(self) -> Record:
        """Return the record as it is now; what it keeps in memory is never older than its file."""
        stamp = self._record.stamp()
        with self._lock:
            if stamp[:1] != self._stamp[:1]:
                self._record = Served(self.path)  # another file lies there now
            elif stamp != self._stamp:
                self._record.forget()
            self._stamp = stamp
            return self._record


def record_of(request: Request) -> Record:
    """Return the record that the application of a request serves."""
    opened: Opened = request.app.state.opened
    return opened.record()


Asked = Annotated[Record, Depends(record_of)]
