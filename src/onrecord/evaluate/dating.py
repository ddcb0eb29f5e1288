"""Dating a report from its text alone: the true day inside the interval, and how narrow it is."""

import math
import statistics
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from onrecord.ids import make_id
from onrecord.run import read_reports
from onrecord.settings import Settings
from onrecord.types import Report

MONTH = 31  # days that an interval told to the month may be wide
Row = Mapping[str, Any]


def predict(rows: Iterable[Row], settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield `{"id", "published": {"earliest", "latest"}}` (ISO days or None) for rows with `text`.

    The system gets the text alone: neither the id nor the name of the file, which may hold a date.
    """
    kept = list(rows)
    reports = (_report(number, row) for number, row in enumerate(kept))
    for row, reading in zip(kept, read_reports(reports, settings), strict=True):
        published = reading.report.published
        ends = {"earliest": published.earliest, "latest": published.latest}
        told = {name: day.isoformat() if day else None for name, day in ends.items()}
        yield {"id": row["id"], "published": told}


def _report(number: int, row: Row) -> Report:
    name = f"report-{number}"
    return Report(id=make_id("report", name), path=name, sha256="0" * 64, text=row["text"])


def score(rows: Iterable[Row], predictions: Iterable[Row]) -> dict[str, float]:
    """Return how often the true day is inside, and how narrow the intervals are.

    `inside`, `day` (told to the day, and inside), `month` (inside an interval of at most 31 days),
    `from_below` and `from_above` (that end told) and `bounded` (both) in percent of the rows with a
    true day in `meta.date` or `meta.dct`; `median_width` in days, infinite when most are open.
    """
    told = {row["id"]: row["published"] for row in predictions}
    widths, inside, day, month, below, above = [], 0, 0, 0, 0, 0
    for row in rows:
        truth = row["meta"].get("date") or row["meta"].get("dct")
        if not truth:
            continue
        earliest, latest = _ends(told.get(row["id"], {}))
        true = date.fromisoformat(truth[:10])
        holds = (earliest is None or earliest <= true) and (latest is None or true <= latest)
        width = (latest - earliest).days if earliest and latest else math.inf
        widths.append(width)
        inside += holds
        below += earliest is not None
        above += latest is not None
        day += holds and width == 0
        month += holds and width <= MONTH
    share = 100 / len(widths) if widths else 0.0
    return {
        "inside": inside * share,
        "day": day * share,
        "month": month * share,
        "from_below": below * share,
        "from_above": above * share,
        "median_width": statistics.median_low(widths) if widths else math.inf,
        "bounded": sum(map(math.isfinite, widths)) * share,
    }


def _ends(published: Mapping[str, str | None]) -> tuple[date | None, date | None]:
    earliest, latest = published.get("earliest"), published.get("latest")
    return (
        date.fromisoformat(earliest) if earliest else None,
        date.fromisoformat(latest) if latest else None,
    )
