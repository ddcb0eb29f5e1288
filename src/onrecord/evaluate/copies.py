"""Whether reports that share their text are found as copies, against pairs judged by shingles.

Data: pairs of `a`, `b` and `silver` (near_duplicate, derived, unclear, independent), made by word
shingles and not by people; the reports stand beside them in `dev.jsonl`, and all are read at once.
Measures: `near_duplicates` and `derived`, the share of such pairs that share text or a quotation
in our copies, and `independent`, the share of independent pairs that do, which may be right where
only a quotation is shared; `independent_text`, that share running text. A pair one of which has no
article, only forms and notices, can share no more than those: `near_duplicates_read` is of pairs
both of which have ARTICLE readable words or more.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from onrecord.evaluate import read_rows
from onrecord.evaluate.stories import corpus_of
from onrecord.settings import Settings
from onrecord.stages.copies import copies
from onrecord.types import READ_KINDS, Report

Row = dict[str, Any]
REPORTS = "dev.jsonl"
ARTICLE = 40  # readable words
NAMES = {"near_duplicate": "near_duplicates", "derived": "derived", "independent": "independent"}


def read(file: Path, texts: Path | None = None) -> list[Row]:
    """Return a row for each report, with the pairs that it is the first of."""
    rows = {row["id"]: row | {"pairs": []} for row in read_rows((texts or file.parent) / REPORTS)}
    for pair in read_rows(file):
        rows[pair["a"]]["pairs"].append((pair["b"], pair["silver"]))
    return list(rows.values())


def predict(rows: Sequence[Row], settings: Settings) -> Iterator[Row]:
    """Yield `{"id", "shared", "words"}` for each row: with whom it shares words, and of which kind.

    `words` is how many readable words it has.
    """
    found = copies(corpus_of(rows, settings))
    names = {reading.report.id: reading.report.path for reading in found.readings}
    words = {names[reading.report.id]: _words(reading.report) for reading in found.readings}
    shared: dict[str, dict[str, set[str]]] = {str(row["id"]): {} for row in rows}
    for copy in found.copies:
        one, other = names[copy.from_report], names[copy.to_report]
        if copy.kind != "citation":
            shared[one].setdefault(other, set()).add(copy.kind)
            shared[other].setdefault(one, set()).add(copy.kind)
    for row in rows:
        kinds = shared[str(row["id"])]
        yield {
            "id": row["id"],
            "shared": {other: sorted(kinds[other]) for other in sorted(kinds)},
            "words": words.get(str(row["id"]), 0),
        }


def _words(report: Report) -> int:
    return sum(
        len(report.text[block.start : block.end].split())
        for block in report.blocks
        if block.kind in READ_KINDS
    )


def score(rows: Sequence[Row], predictions: Sequence[Row]) -> dict[str, float]:
    """Return the shares in percent."""
    by_id = {found["id"]: found["shared"] for found in predictions}
    read = {found["id"] for found in predictions if found["words"] >= ARTICLE}
    names = (*NAMES.values(), "near_duplicates_read", "independent_text")
    marks: dict[str, list[bool]] = {name: [] for name in names}
    for row in rows:
        for other, silver in row["pairs"]:
            kinds = by_id[row["id"]].get(other, [])
            if silver in NAMES:
                marks[NAMES[silver]].append(bool(kinds))
            if silver == "near_duplicate" and {row["id"], other} <= read:
                marks["near_duplicates_read"].append(bool(kinds))
            if silver == "independent":
                marks["independent_text"].append("text" in kinds)
    return {name: 100 * sum(found) / max(1, len(found)) for name, found in marks.items()}
