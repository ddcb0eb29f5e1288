"""CAMEO roots of single sentences, against PETRARCH's gold: its tests and its small set.

Data: rows with `text`, `subset`, `has_gold` and `events` of a `cameo` code. Measures: the share of
gold events whose root (the first two digits) one of our events has by the table of names, `root`
over all, `root_gsr` over the small set, `root_unit` over the tests, and `silent`, the share of
sentences without any event in which we find none. Many codes of the tests come from a dictionary
made for testing (a root of 90, diplomatic ties as material cooperation), so `root_known` leaves out
the gold events whose root is none of CAMEO's twenty.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.ids import make_id
from onrecord.plover import coding
from onrecord.run import read_reports
from onrecord.settings import Settings
from onrecord.types import Report

Row = dict[str, Any]
ROOTS = frozenset(f"{number:02}" for number in range(1, 21))


def predict(rows: Iterable[Row], settings: Settings) -> Iterator[Row]:
    """Yield `{"id", "roots"}` for each row: the roots of our events, from its text alone."""
    listed = list(rows)
    reports = (
        Report(make_id("report", number), str(number), "", str(row["text"]))
        for number, row in enumerate(listed)
    )
    for row, reading in zip(listed, read_reports(reports, settings), strict=True):
        coded = (coding(event.event, event.mode).cameo for event in reading.events)
        yield {"id": row["id"], "roots": sorted({root for roots in coded for root in roots})}


def score(rows: Iterable[Row], predictions: Iterable[Row]) -> dict[str, float]:
    """Return the shares in percent."""
    by_id = {found["id"]: set(found["roots"]) for found in predictions}
    golden = [row for row in rows if row["has_gold"]]
    marks = [
        (row["subset"], event["cameo"][:2], event["cameo"][:2] in by_id[row["id"]])
        for row in golden
        for event in row["events"]
    ]
    quiet = [not by_id[row["id"]] for row in golden if row["gold_no_event"]]
    return {
        "root": _share([right for _, _, right in marks]),
        "root_known": _share([right for _, root, right in marks if root in ROOTS]),
        "root_gsr": _share([right for subset, _, right in marks if subset == "gsr"]),
        "root_unit": _share([right for subset, _, right in marks if subset == "unit"]),
        "silent": _share(quiet),
    }


def _share(marks: list[bool]) -> float:
    return 100 * sum(marks) / max(1, len(marks))
