"""OnRecord reads news reports and keeps the record of who said and did what, on whose word."""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.record import Record, UnknownError
    from onrecord.run import build

__all__ = ["Record", "UnknownError", "build", "open"]
__version__ = "0.1.0"

_HOMES = {"Record": "onrecord.record", "UnknownError": "onrecord.record", "build": "onrecord.run"}


def open(path: "str | Any") -> "Record":  # noqa: A001 - onrecord.open reads as files do
    """Return the record in a file, opened for reading; raises `RunError` when it is none."""
    from onrecord.record import Record

    return Record(path)


def __getattr__(name: str) -> Any:
    """Load the parser and the rest only when they are asked for."""
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
