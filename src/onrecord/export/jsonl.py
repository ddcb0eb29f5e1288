"""The record as JSON lines: the same record gives the same bytes."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from onrecord.record import Record
from onrecord.store.rows import to_json
from onrecord.types import (
    Actor,
    Candidate,
    Claim,
    Copy,
    Decision,
    Dispute,
    Event,
    Figure,
    Happening,
    Mention,
    Origin,
    Relation,
    Report,
    Sequel,
    Statement,
    Story,
    Tie,
    Time,
)

# The order of types in the export.
EXPORTED: tuple[tuple[str, type[Any]], ...] = (
    ("report", Report),
    ("time", Time),
    ("actor", Actor),
    ("mention", Mention),
    ("statement", Statement),
    ("event", Event),
    ("figure", Figure),
    ("copy", Copy),
    ("origin", Origin),
    ("story", Story),
    ("claim", Claim),
    ("dispute", Dispute),
    ("relation", Relation),
    ("decision", Decision),
    ("candidate", Candidate),
    ("happening", Happening),
    ("sequel", Sequel),
    ("tie", Tie),
)
RENAMED = {"from_report": "from", "to_report": "to", "from_": "from"}
KEPT_INSIDE = frozenset(
    {"way", "hints", "entities", "meaning"}
)  # how it was made, not what it holds
SPAN = {"report", "start", "end", "text"}


def rows(record: Record) -> Iterator[dict[str, Any]]:
    """Yield every object of the export in its order."""
    for name, noun in EXPORTED:
        for item in record.all(noun):
            own = item.id if name == "report" else getattr(item, "report", None)
            yield {"type": name} | plain(to_json(item), own)


def plain(value: Any, own: str | None = None) -> Any:
    """Return a noun's JSON under the export's names, each span without the report it stands in."""
    if isinstance(value, list):
        return [plain(part, own) for part in value]
    if not isinstance(value, dict):
        return value
    if set(value) == SPAN:
        return {k: v for k, v in value.items() if k != "report" or v != own}
    return {
        RENAMED.get(key, key): plain(part, own)
        for key, part in value.items()
        if key not in KEPT_INSIDE
    }


def write(record: Record, stream: TextIO) -> None:
    """Write the export to an open text stream, one object a line."""
    for row in rows(record):
        stream.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def write_jsonl(record: Record, path: Path) -> None:
    """Write the export to a file."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        write(record, stream)
