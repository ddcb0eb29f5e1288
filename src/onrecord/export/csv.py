"""The record as a folder of CSV tables, one for each type; lists and spans are JSON in a cell."""

import csv
import json
from pathlib import Path
from typing import Any

from onrecord.export.jsonl import EXPORTED, plain
from onrecord.record import Record
from onrecord.store.rows import to_json


def write_csv(record: Record, path: Path) -> None:
    """Write one file for each type into a folder, which is made when it is not there."""
    path.mkdir(parents=True, exist_ok=True)
    for name, noun in EXPORTED:
        found = [_flat(plain(to_json(item))) for item in record.all(noun)]
        if not found:
            continue
        with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, fieldnames=list(found[0]))
            writer.writeheader()
            writer.writerows(found)


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row whose nested objects are columns of their own."""
    flat: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{inner}": _cell(part) for inner, part in value.items()}
        else:
            flat[key] = _cell(value)
    return flat


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
