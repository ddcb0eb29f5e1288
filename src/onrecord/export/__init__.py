"""The formats that a record is written in, one file each."""

from collections.abc import Callable
from pathlib import Path

from onrecord.export.csv import write_csv
from onrecord.export.jsonl import write_jsonl
from onrecord.record import Record

FORMATS: dict[str, Callable[[Record, Path], None]] = {"jsonl": write_jsonl, "csv": write_csv}

__all__ = ["FORMATS", "write_csv", "write_jsonl"]
