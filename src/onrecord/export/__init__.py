"""The formats that a record is written in, one file each."""

from collections.abc import Callable
from pathlib import Path

from onrecord.export.csv import write_csv
from onrecord.export.jsonl import write_jsonl
from onrecord.export.plover import write_plover
from onrecord.record import Record

FORMATS: dict[str, Callable[[Record, Path], None]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "plover": write_plover,
}

__all__ = ["FORMATS", "write_csv", "write_jsonl", "write_plover"]
