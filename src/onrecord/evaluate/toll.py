"""How many were killed and wounded, as reports tell it, against the final figures of an incident.

Data: rows with `text` and `incident` of `num_killed` and `num_injured`. Of the rows with an
incident, 300 are drawn by a fixed seed. Measures, of the reports in which we find a toll
(`telling`, their share): `killed` and `wounded`, the share with the incident's number, where what
a report does not tell counts as nobody; `killed_told` and `wounded_told`, of those alone in which
we find a number of that kind. A report of the first hour or of another matter too does not tell
the final figure, so that not all of the rest is wrong.
"""

import random
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.ids import make_id
from onrecord.run import read_reports
from onrecord.settings import Settings
from onrecord.toll import toll
from onrecord.types import Report

Row = dict[str, Any]
SEED = 2026
DRAWN = 300
KINDS = {"killed": "num_killed", "wounded": "num_injured"}


def drawn(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that are measured, in the order drawn."""
    found = [row for row in rows if (row["incident"] or {}).get("num_killed") is not None]
    random.Random(SEED).shuffle(found)
    return found[:DRAWN]


def predict(rows: Iterable[Row], settings: Settings) -> Iterator[Row]:
    """Yield `{"id", "killed", "wounded"}` for each row drawn, from its text alone."""
    listed = drawn(rows)
    reports = (
        Report(make_id("report", number), str(number), "", row["text"])
        for number, row in enumerate(listed)
    )
    for row, reading in zip(listed, read_reports(reports, settings), strict=True):
        told = toll(reading.figures, reading.report.text)
        yield {"id": row["id"], "killed": told.killed, "wounded": told.wounded}


def score(rows: Iterable[Row], predictions: Iterable[Row]) -> dict[str, float]:
    """Return the shares in percent."""
    by_id = {found["id"]: found for found in predictions}
    listed = drawn(rows)
    pairs = [(row["incident"], by_id[row["id"]]) for row in listed]
    telling = [pair for pair in pairs if any(pair[1][kind] is not None for kind in KINDS)]
    figures = {"telling": 100 * len(telling) / max(1, len(pairs))}
    for kind, key in KINDS.items():
        told = [pair for pair in telling if pair[1][kind] is not None]
        figures[kind] = _right(telling, kind, key)
        figures[f"{kind}_told"] = _right(told, kind, key)
    return figures


def _right(pairs: list[tuple[Row, Row]], kind: str, key: str) -> float:
    marks: list[bool] = [(ours[kind] or 0) == incident[key] for incident, ours in pairs]
    return 100 * sum(marks) / max(1, len(marks))
