"""Whether the agency or outlet that a report was taken from is found as an origin or a hand.

Data: rows with `id`, `text` and in `meta` the `publisher` and, where the report was taken from
others, `wire` (an agency) or `credit` (another outlet, "h/t: ..."). The system is handed the text,
the title, the day and the publisher as the outlet, never `wire` or `credit`.

Measures, in percent: of the reports with either, `printed`, how many have the name in their text
at all (without it nothing can be found); `found`, how many have it in the record as an origin of
the report, a hand of a statement or a speaker that is an outlet; `found_printed`, that share of
those that print it; `origin_printed`, of these again how many have it as an origin of kind wire or
outlet; and each for reports with `wire` and with `credit` alone. Of the reports with neither,
`wire_elsewhere` have an agency as an origin of the report or of a statement of it, and
`outlet_elsewhere` another outlet that is credited as the first to print them; some are right.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from onrecord.run import read_reports
from onrecord.settings import Settings
from onrecord.stages.copies import copies
from onrecord.stages.copies.credits import credit
from onrecord.stages.copies.outlets import same_outlet
from onrecord.types import Corpus, DateHint, Reading, Report

Row = Mapping[str, Any]
TIP = re.compile(r"^(?:h/t|via)\s*:?\s*", re.IGNORECASE)
NAME = re.compile(r"[A-Z][\w&-]*(?: [A-Z][\w&-]*)*")
MEDIA = frozenset({"press", "presse", "news", "agency", "agence"})
KINDS = frozenset({"wire", "outlet"})


def predict(rows: Sequence[Row], settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield `{"id", "origins", "hands"}` for each row: origins as kind and name, hands as names."""
    readings = list(read_reports((_report(row) for row in rows), settings))
    corpus = copies(Corpus(readings=tuple(sorted(readings, key=lambda one: one.report.id))))
    origins: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for origin in corpus.origins:
        for report in origin.reports:
            origins[report].add((origin.kind, origin.name))
    for reading in readings:
        name = reading.report.id
        yield {
            "id": name,
            "origins": [list(one) for one in sorted(origins[name])],
            "hands": sorted(_hands(reading)),
            "credited": [whole.kind, whole.name] if (whole := credit(reading.report)) else None,
        }


def _report(row: Row) -> Report:
    meta = row["meta"]
    day = meta.get("date")
    return Report(
        id=row["id"],
        path=row["id"],
        sha256=hashlib.sha256(row["text"].encode()).hexdigest(),
        text=row["text"],
        title=meta.get("title"),
        source=meta.get("publisher"),
        hints=(DateHint(date.fromisoformat(day), "metadata"),) if day else (),
    )


def _hands(reading: Reading) -> Iterator[str]:
    """Yield the names of the hands of all chains, and of the speakers that are outlets."""
    outlets = {entity.id for entity in reading.entities if entity.kind == "outlet"}
    for statement in reading.statements:
        yield from (hop.name for hop in statement.chain)
        if statement.speaker.actor in outlets:
            yield statement.speaker.name


def score(rows: Sequence[Row], predictions: Sequence[Row]) -> dict[str, float]:
    """Return the shares in percent; a share of nothing is 0."""
    given = {found["id"]: found for found in predictions}
    marks: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        for sort in ("wire", "credit"):
            if row["meta"].get(sort):
                name = TIP.sub("", row["meta"][sort]).strip(" .")
                for figure, mark in _marks(row["text"], name, given[row["id"]]):
                    marks[figure].append(mark)
                    marks[f"{sort}_{figure}"].append(mark)
        if not (row["meta"].get("wire") or row["meta"].get("credit")):
            found = given[row["id"]]
            marks["wire_elsewhere"].append("wire" in (kind for kind, _ in found["origins"]))
            marks["outlet_elsewhere"].append((found["credited"] or [""])[0] == "outlet")
    return {name: 100 * sum(found) / max(1, len(found)) for name, found in marks.items()}


def _marks(text: str, name: str, given: Row) -> Iterator[tuple[str, bool]]:
    """Yield each figure that a credited name counts for, and whether it is found."""
    origins = [found for kind, found in given["origins"] if kind in KINDS]
    all_ = [found for _, found in given["origins"]] + list(given["hands"])
    found = any(same_outlet(name, other) for other in all_)
    yield "found", found
    yield "printed", printed(text, name)
    if printed(text, name):
        yield "found_printed", found
        yield "origin_printed", any(same_outlet(name, other) for other in origins)


def printed(text: str, name: str) -> bool:
    """Tell whether a text has a name, whatever its capitals, or one that it is the initials of.

    Initials stand for names with a word such as "Press" or "News" only.
    """
    if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
        return True
    return name.isupper() and any(same_outlet(name, long) for long in _long_names(text, len(name)))


def _long_names(text: str, most: int) -> Iterator[str]:
    """Yield the runs of up to so many capitalised words that have a word for news media."""
    for match in NAME.finditer(text):
        words = match.group().split()
        for start in range(len(words)):
            some = words[start : start + most]
            if MEDIA & {part.casefold() for word in some for part in word.split("-")}:
                yield " ".join(some)
