"""How events stand, against event mentions judged one by one in public news.

Data: tab-separated `file`, `document`, `start`, `end` (of the event's words), `event`, `standing`
and `part`; the texts are looked up in the corpora by their `id`, no text is kept. Only the part
"held" is measured, a random sample of reports that the weights were not learned from. Measures: of
the mentions that are read as events of that type, `right`; `told_wrongly`, the share of those
denied or conditional that are told as fact; and of each standing the share right, `told_right` and
so on.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord.errors import RunError
from onrecord.evaluate import read_rows
from onrecord.ids import make_id
from onrecord.run import read_reports
from onrecord.settings import Settings
from onrecord.types import Report

Row = dict[str, Any]
FIELDS = ("file", "document", "start", "end", "event", "standing", "part")
STANDINGS = ("told", "alleged", "denied", "planned", "conditional")
OPEN = frozenset({"denied", "conditional"})


def read(file: Path, texts: Path | None = None, part: str = "held") -> list[Row]:
    """Return a row for each document of a part, with its text and its judged mentions.

    The corpora lie in `texts`, or in `shared/data` beside the project that the file is in.
    """
    root = texts or _beside(file)
    judged: dict[tuple[str, str], list[Row]] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        kept = (line for line in lines if not line.startswith("#"))
        for row in csv.DictReader(kept, FIELDS, delimiter="\t"):
            if row["part"] == part:
                judged.setdefault((row["file"], row["document"]), []).append(row)
    found = []
    for name in sorted({name for name, _ in judged}):
        for row in read_rows(root / name):
            mentions = judged.get((name, row["id"]))
            if mentions:
                found.append({"id": row["id"], "text": row["text"], "judged": mentions})
    return found


def _beside(file: Path) -> Path:
    for parent in file.resolve().parents:
        if (parent.parent / "shared" / "data").is_dir():
            return parent.parent / "shared" / "data"
    raise RunError("its reports are not beside it", file=str(file), remedy="Say --texts DIR")


def predict(rows: Iterable[Row], settings: Settings) -> Iterator[Row]:
    """Yield `{"id", "standing"}` for each row: a standing, or null, for each judged mention."""
    listed = list(rows)
    reports = (
        Report(make_id("report", number), str(number), "", row["text"])
        for number, row in enumerate(listed)
    )
    for row, reading in zip(listed, read_reports(reports, settings), strict=True):
        found = {(event.trigger.end, event.event): event.standing for event in reading.events}
        places = [(int(one["end"]), one["event"]) for one in row["judged"]]
        yield {"id": row["id"], "standing": [found.get(place) for place in places]}


def score(rows: Iterable[Row], predictions: Iterable[Row]) -> dict[str, float]:
    """Return the shares in percent."""
    by_id = {found["id"]: found["standing"] for found in predictions}
    pairs = [
        (one["standing"], ours)
        for row in rows
        for one, ours in zip(row["judged"], by_id[row["id"]], strict=True)
        if ours is not None
    ]
    figures = {
        "right": _share([true == ours for true, ours in pairs]),
        "told_wrongly": _share([ours == "told" for true, ours in pairs if true in OPEN]),
    }
    for standing in STANDINGS:
        marks = [true == ours for true, ours in pairs if true == standing]
        figures[f"{standing}_right"] = _share(marks)
    return figures


def _share(marks: list[bool]) -> float:
    return 100 * sum(marks) / max(1, len(marks))
