"""A time line of one actor over several reports, against the events that people put on it.

Data: rows with `target_entity`, `corpus` and `timeline` (order, date, events with document and
place), as SemEval 2015 task 4 has them (Minard et al. 2015), and beside them `docs_dev.jsonl` with
the documents. Measure: temporal awareness (UzZaman and Allen 2011) over what a time line says,
that each event is of its date and that each date's events come before the next one's: precision is
how much of what we say follows from theirs, recall how much of theirs follows from ours, over all
time lines together. Baseline: every verb of a sentence that has the actor's name and a date.
"""

import itertools
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import RunError
from onrecord.evaluate import read_rows
from onrecord.geography import fold
from onrecord.parsing import parse
from onrecord.record import Record
from onrecord.run import build, read_reports
from onrecord.settings import Settings
from onrecord.types import Event, Report, When

Row = Mapping[str, Any]
Place = tuple[str, int]  # document, first character
Line = tuple[str, tuple[Place, ...]]  # date, events
UNKNOWN = "XXXX-XX-XX"
DOCUMENTS = "docs_dev.jsonl"


def read(file: Path, texts: Path | None = None) -> list[dict[str, Any]]:
    """Return the rows, each with the documents of its corpus.

    Raises `RunError` when the documents are not beside the file.
    """
    beside = texts or file.with_name(DOCUMENTS)
    if not beside.is_file():
        remedy = f"Put {DOCUMENTS} beside it, or say --texts FILE"
        raise RunError("its documents are not there", file=str(file), remedy=remedy)
    documents = list(read_rows(beside))
    return [
        {**row, "documents": [d for d in documents if d["corpus"] == row["corpus"]]}
        for row in read_rows(file)
    ]


def predict(rows: Sequence[Row], settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield the time line of each row, ours and the baseline's."""
    kept: dict[str, tuple[Record, tempfile.TemporaryDirectory[str]]] = {}
    try:
        for row in rows:
            if row["corpus"] not in kept:
                kept[row["corpus"]] = _built(row["documents"], settings)
            record = kept[row["corpus"]][0]
            ours = _ours(row["target_entity"], record)
            plain = _plain(row["target_entity"], record, settings)
            yield {"id": row["id"], "ours": ours, "baseline": plain}
    finally:
        for record, folder in kept.values():
            record.close()
            folder.cleanup()


def _built(
    documents: Sequence[Row], settings: Settings
) -> tuple[Record, tempfile.TemporaryDirectory[str]]:
    folder = tempfile.TemporaryDirectory()
    file = Path(folder.name) / "documents.jsonl"
    with file.open("w", encoding="utf-8") as stream:
        for one in documents:
            meta = one["meta"]
            row = {"id": one["id"], "text": one["text"], "date": meta["date"]}
            stream.write(json.dumps(row | {"title": meta.get("title")}) + "\n")
    path = Path(folder.name) / "record.db"
    build([file], path, settings=settings)
    return Record(path), folder


def _document(report: Report) -> str:
    return report.path.rsplit("#", 1)[-1]


def _ours(target: str, record: Record) -> list[Line]:
    """Return the events on the time line of the actors that go by the target's name."""
    names = {report.id: _document(report) for report in record.reports()}
    found: dict[str, list[Place]] = {}
    for actor in record.actors():
        if not any(_is(name, target) for name in (actor.name, *actor.names)):
            continue
        keys = [line.id for line in record.timeline(actor.id) if line.type == "event"]
        for event in record.many(Event, keys):
            place = names[event.report], event.trigger.start
            found.setdefault(_value(event.when), []).append(place)
    return _ordered(found)


def _is(name: str, target: str) -> bool:
    """Tell whether a name is the target's, or the beginning or end of it."""
    one, other = fold(name).split(), fold(target).split()
    if not one:
        return False
    return one == other or one == other[: len(one)] or one == other[-len(one) :]


def _value(when: When) -> str:
    """Return an interval as the narrowest TIMEX3 date that it is."""
    first, last = when.earliest, when.latest
    if first is None or last is None:
        return UNKNOWN
    if first == last:
        return first.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    return f"{first:%Y}" if first.year == last.year else UNKNOWN


def _plain(target: str, record: Record, settings: Settings) -> list[Line]:
    """Return the verbs of the sentences that have the target's name and a date."""
    found: dict[str, list[Place]] = {}
    reports = record.reports(problem=False)
    readings = {r.report.id: r for r in read_reports(reports, settings)}
    for parsed in parse(reports, model=settings.model):
        times = readings[parsed.report.id].times
        for sentence in parsed.sentences():
            start = parsed.starts[sentence.start]
            end = parsed.end(sentence.end - 1)
            dated = [t for t in times if start <= t.span.start < end and t.when != When()]
            words = parsed.report.text[start:end]
            if not dated or fold(target) not in fold(words):
                continue
            for token in sentence:
                if token.pos_ == "VERB":
                    place = _document(parsed.report), parsed.starts[token.i]
                    found.setdefault(_value(dated[0].when), []).append(place)
    return _ordered(found)


def _ordered(found: Mapping[str, Sequence[Place]]) -> list[Line]:
    dates = sorted(found, key=lambda value: (value == UNKNOWN, value))
    return [(value, tuple(sorted(set(found[value])))) for value in dates]


def score(rows: Sequence[Row], predictions: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return precision, recall and F1 in percent over all time lines, and of the baseline."""
    figures: dict[str, float] = {}
    for name, key in (("", "ours"), ("baseline_", "baseline")):
        right = said = met = asked = 0
        for row, one in zip(rows, predictions, strict=True):
            gold, ours = Said(_gold(row)), Said(one[key])
            right += sum(gold.follows(fact) for fact in ours.facts)
            said += len(ours.facts)
            met += sum(ours.follows(fact) for fact in gold.facts)
            asked += len(gold.facts)
        precision, recall = 100 * right / max(1, said), 100 * met / max(1, asked)
        total = precision + recall
        figures[f"{name}precision"] = precision
        figures[f"{name}recall"] = recall
        figures[f"{name}f1"] = 2 * precision * recall / total if total else 0.0
    return figures


def _gold(row: Row) -> list[Line]:
    found: dict[int, tuple[str, list[Place]]] = {}
    for line in row["timeline"]:
        places = found.setdefault(line["order"], (line["date"], []))[1]
        # Events of one order that are told in several places are one.
        placed = [event for event in line["events"] if "start" in event]
        places += [(event["doc"], event["start"]) for event in placed[:1]]
    return [(found[order][0], tuple(found[order][1])) for order in sorted(found) if order > 0]


@dataclass(frozen=True, slots=True)
class Fact:
    """That an event is of a date, or that one event comes before another."""

    kind: str
    one: Place
    other: Place | str


class Said:
    """What a time line says: each event of its date, and before those of the next."""

    def __init__(self, lines: Sequence[Sequence[Any]]) -> None:
        kept = [(value, [tuple(place) for place in places]) for value, places in lines]
        dated = [(value, places) for value, places in kept if places]
        self._order = {place: at for at, (_, places) in enumerate(dated) for place in places}
        self._date = {place: value for value, places in dated for place in places}
        self.facts = [
            Fact("is of", place, value)
            for value, places in dated
            for place in places
            if not value.startswith("XXXX")
        ]
        for (_, first), (_, then) in itertools.pairwise(dated):
            self.facts += [Fact("before", one, other) for one in first[:1] for other in then[:1]]

    def follows(self, fact: Fact) -> bool:
        """Tell whether a fact follows from what the time line says."""
        if fact.one not in self._order:
            return False
        if fact.kind == "is of":
            return bool(self._date[fact.one] == fact.other)
        if not isinstance(fact.other, tuple) or fact.other not in self._order:
            return False
        return self._order[fact.one] < self._order[fact.other]
