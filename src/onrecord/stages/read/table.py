"""Reports as rows of a Parquet table, with the columns that JSON lines have as fields."""

import json
from collections.abc import Iterator
from datetime import date
from typing import IO, Any

from onrecord.errors import ItemError
from onrecord.settings import Settings
from onrecord.stages.read.jsonl import read_lines
from onrecord.stages.read.plain import failed
from onrecord.types import Report

AT_ONCE = 100  # rows that are taken from the table at once


def read_table(file: IO[bytes], shown: str, settings: Settings) -> Iterator[Report]:
    """Yield the report of every row; a table that cannot be read is a failed report."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        remedy = "Install what it is read with: pip install pyarrow"
        yield failed(shown, ItemError("Parquet cannot be read here", remedy=remedy))
        return
    try:
        table = ParquetFile(file)
        names = [name for name in table.schema_arrow.names if name]
        rows = (
            row
            for batch in table.iter_batches(batch_size=AT_ONCE, columns=names)
            for row in batch.to_pylist()
        )
        yield from read_lines(map(_line, rows), shown, settings)
    except (ArrowException, OSError, ValueError) as error:
        remedy = "Fetch or write the table again"
        yield failed(shown, ItemError(f"broken Parquet ({str(error)[:100]})", remedy=remedy))


def _line(row: dict[str, Any]) -> bytes:
    """Return a row as the line of JSON that would say the same."""
    told = {name: value for name, value in row.items() if value is not None}
    return json.dumps(told, default=_plain, ensure_ascii=False, sort_keys=True).encode(
        "utf-8", "surrogatepass"
    )


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
