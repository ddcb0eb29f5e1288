"""Time expressions: found, typed and valued, against TempEval-3 style annotation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from onrecord.ids import make_id
from onrecord.run import read_reports
from onrecord.settings import Settings
from onrecord.types import DateHint, Report

TIMEX_TYPES = {"date": "DATE", "time": "TIME", "duration": "DURATION", "set": "SET"}
Row = Mapping[str, Any]


def predict(rows: Iterable[Row], settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield `{"id", "timex": [{start, end, type, value}]}` for rows with `text` and `meta.dct`.

    The system gets the text and the day of the report and nothing else.
    """
    kept = list(rows)
    reports = (_report(number, row) for number, row in enumerate(kept))
    for row, reading in zip(kept, read_reports(reports, settings), strict=True):
        timex = [
            {
                "start": time.span.start,
                "end": time.span.end,
                "type": TIMEX_TYPES[time.kind],
                "value": time.value,
            }
            for time in reading.times
        ]
        yield {"id": row["id"], "timex": timex}


def _report(number: int, row: Row) -> Report:
    told = row["meta"].get("dct")
    hints = (DateHint(date.fromisoformat(told[:10]), "given"),) if told else ()
    name = f"report-{number}"
    return Report(
        id=make_id("report", name), path=name, sha256="0" * 64, text=row["text"], hints=hints
    )


def score(rows: Iterable[Row], predictions: Iterable[Row]) -> dict[str, float]:
    """Return the F1 figures of TempEval-3 task A, in percent.

    `detection_f1` counts an expression that overlaps a true one, `strict_f1` one of the same
    extent, `type_f1` and `value_f1` one that overlaps and has the right attribute (UzZaman et al.,
    SemEval-2013 task 1).
    """
    told = {row["id"]: row["timex"] for row in predictions}
    counts = dict.fromkeys(("overlap", "strict", "type", "value"), 0)
    true = found = 0
    for row in rows:
        ours = told.get(row["id"], [])
        true, found = true + len(row["timex"]), found + len(ours)
        for gold, own in _matched(row["timex"], ours):
            counts["overlap"] += 1
            counts["strict"] += (gold["start"], gold["end"]) == (own["start"], own["end"])
            counts["type"] += gold["type"] == own["type"]
            counts["value"] += gold["value"] == own["value"]
    f1 = {
        name: 200 * count / (true + found) if true + found else 0.0
        for name, count in counts.items()
    }
    return {
        "detection_f1": f1["overlap"],
        "strict_f1": f1["strict"],
        "type_f1": f1["type"],
        "value_f1": f1["value"],
    }


def _matched(gold: Sequence[Row], ours: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield true expressions with the first of ours, not yet taken, that overlaps them."""
    free = list(ours)
    for true in sorted(gold, key=lambda span: (span["start"], span["end"])):
        for own in free:
            if own["start"] < true["end"] and true["start"] < own["end"]:
                free.remove(own)
                yield true, own
                break
