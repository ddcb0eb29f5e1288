"""Whether reports that share their text are found as copies, against pairs judged by shingles.

Data: pairs of `a`, `b` and `silver` (near_duplicate, derived, unclear, independent), made by word
shingles and not by people; the reports stand beside them in `dev.jsonl`, and all are read at once.
Measures: `near_duplicates` and `derived`, the share of such pairs that share text or a quotation
in our copies, and `independent`, the share of independent pairs that do, which may be right where
only a quotation is shared; `independent_text`, that share running text.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from onrecord.evaluate import read_rows
from onrecord.evaluate.stories import corpus_of
from onrecord.settings import Settings
from onrecord.stages.copies import copies

Row = dict[str, Any]
REPORTS = "dev.jsonl"
NAMES = {"near_duplicate": "near_duplicates", "derived": "derived", "independent": "independent"}


def read(file: Path, texts: Path | None = None) -> list[Row]:
    """Return a row for each report, with the pairs that it is the first of."""
    rows = {row["id"]: row | {"pairs": []} for row in read_rows((texts or file.parent) / REPORTS)}
    for pair in read_rows(file):
        rows[pair["a"]]["pairs"].append((pair["b"], pair["silver"]))
    return list(rows.values())


def predict(rows: Sequence[Row], settings: Settings) -> Iterator[Row]:
    """Yield `{"id", "shared"}` for each row: with whom it shares words, and of which kind."""
    found = copies(corpus_of(rows, settings))
    names = {reading.report.id: reading.report.path for reading in found.readings}
    shared: dict[str, dict[str, set[str]]] = {str(row["id"]): {} for row in rows}
    for copy in found.copies:
        one, other = names[copy.from_report], names[copy.to_report]
        if copy.kind != "citation":
            shared[one].setdefault(other, set()).add(copy.kind)
            shared[other].setdefault(one, set()).add(copy.kind)
    for row in rows:
        kinds = shared[str(row["id"])]
        yield {"id": row["id"], "shared": {other: sorted(kinds[other]) for other in sorted(kinds)}}


def score(rows: Sequence[Row], predictions: Sequence[Row]) -> dict[str, float]:
    """Return the shares in percent."""
    by_id = {found["id"]: found["shared"] for found in predictions}
    marks: dict[str, list[bool]] = {name: [] for name in (*NAMES.values(), "independent_text")}
    for row in rows:
        for other, silver in row["pairs"]:
            kinds = by_id[row["id"]].get(other, [])
            if silver in NAMES:
                marks[NAMES[silver]].append(bool(kinds))
            if silver == "independent":
                marks["independent_text"].append("text" in kinds)
    return {name: 100 * sum(found) / max(1, len(found)) for name, found in marks.items()}
