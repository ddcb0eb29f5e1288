"""Time expressions: found, typed and valued, against TempEval-3 style annotation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.evaluate import read_rows, read_yaml
from onrecord.ids import make_id
from onrecord.run import read_reports
from onrecord.settings import Settings
from onrecord.types import DateHint, Report

TIMEX_TYPES = {"date": "DATE", "time": "TIME", "duration": "DURATION", "set": "SET"}
Row = Mapping[str, Any]


def read(file: Path, _texts: Path | None = None) -> list[dict[str, Any]]:
    """Return the rows of JSON lines, or of a YAML list of reports labelled for this project.

    Raises `RunError` for a file that holds neither.
    """
    if file.suffix not in (".yaml", ".yml"):
        return list(read_rows(file))
    return [_labelled(report) for report in read_yaml(file)]


def _labelled(report: Row) -> dict[str, Any]:
    """Return a labelled report as a row whose expressions have the days that they can mean."""
    day = report["published"]
    return {
        "id": report["id"],
        "text": report["text"],
        "meta": {"dct": str(day)} if day else {},
        "timex": [_located(report["text"], label) for label in report["times"]],
    }


def _located(text: str, label: Row) -> dict[str, Any]:
    start = -1
    for _ in range(label["nth"]):
        start = text.index(label["words"], start + 1)
    return {
        "start": start,
        "end": start + len(label["words"]),
        "type": TIMEX_TYPES[label["kind"]],
        "value": label["value"],
        "when": [label[end] and str(label[end]) for end in ("earliest", "latest")],
    }


def predict(rows: Iterable[Row], settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield `{"id", "timex": [{start, end, type, value, when}]}` for rows with `text`, `meta.dct`.

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
                "when": [day and str(day) for day in (time.when.earliest, time.when.latest)],
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
    SemEval-2013 task 1). Where the rows say which days an expression can mean, `interval_right` is
    the share of all true expressions whose days are found exactly. A report without a day leaves
    both ends open in the labels; ours may there have those that follow from its bounds.
    """
    told = {row["id"]: row["timex"] for row in predictions}
    counts = dict.fromkeys(("overlap", "strict", "type", "value"), 0)
    true = found = intervals = 0
    kept = list(rows)
    for row in kept:
        ours = told.get(row["id"], [])
        true, found = true + len(row["timex"]), found + len(ours)
        for gold, own in _matched(row["timex"], ours):
            counts["overlap"] += 1
            counts["strict"] += (gold["start"], gold["end"]) == (own["start"], own["end"])
            counts["type"] += gold["type"] == own["type"]
            counts["value"] += gold["value"] == own["value"]
            intervals += _same_days(gold, own, dated=bool(row["meta"].get("dct")))
    f1 = {
        name: 200 * count / (true + found) if true + found else 0.0
        for name, count in counts.items()
    }
    told_days = any("when" in gold for row in kept for gold in row["timex"])
    days = {"interval_right": 100 * intervals / true} if told_days and true else {}
    return days | {
        "detection_f1": f1["overlap"],
        "strict_f1": f1["strict"],
        "type_f1": f1["type"],
        "value_f1": f1["value"],
    }


def _same_days(gold: Row, own: Row, *, dated: bool) -> bool:
    if "when" not in gold or "when" not in own:
        return False
    open_label = not dated and gold["when"] == [None, None]
    same: bool = gold["value"] == own["value"] if open_label else gold["when"] == own["when"]
    return same


def _matched(gold: Sequence[Row], ours: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield true expressions with the first of ours, not yet taken, that overlaps them."""
    free = list(ours)
    for true in sorted(gold, key=lambda span: (span["start"], span["end"])):
        for own in free:
            if own["start"] < true["end"] and true["start"] < own["end"]:
                free.remove(own)
                yield true, own
                break
