"""Events of single sentences against gold codings by PLOVER: type, actor, recipient."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.ids import make_id
from onrecord.plover import types_of_2018
from onrecord.run import read_reports
from onrecord.settings import Settings
from onrecord.types import Event, Reading, Report

Span = tuple[int, int]


def predict(rows: Iterable[Mapping[str, Any]], settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield the events of each row's text as `{"id", "events": [{"event", "mode", roles}]}`.

    Each role is a list of [start, end) offsets into the text: the places where its entities
    stand in the event's evidence. Only the text of a row is read.
    """
    kept = list(rows)
    for row, reading in zip(kept, read_reports(_reports(kept), settings), strict=True):
        yield {"id": row["id"], "events": [_shown(reading, event) for event in reading.events]}


def _reports(rows: Iterable[Mapping[str, Any]]) -> Iterator[Report]:
    for number, row in enumerate(rows):
        text = str(row["text"])
        yield Report(make_id("report", number, text), f"{number}.txt", make_id("sha", text), text)


def _shown(reading: Reading, event: Event) -> dict[str, Any]:
    return {
        "event": event.event,
        "mode": event.mode,
        "standing": event.standing,
        "actor": _places(reading, event, event.actor),
        "recipient": _places(reading, event, event.recipient),
    }


def _places(reading: Reading, event: Event, entities: tuple[str, ...]) -> list[list[int]]:
    """Return where entities are mentioned within the evidence of an event."""
    return [
        [mention.span.start, mention.span.end]
        for mention in reading.mentions
        if mention.actor in entities
        and any(e.start < mention.span.end and mention.span.start < e.end for e in event.evidence)
    ]


def score(
    rows: Iterable[Mapping[str, Any]], predictions: Iterable[Mapping[str, Any]]
) -> dict[str, float]:
    """Return in percent how often the type, each role, and all three at once are right.

    `class`: some event has the gold type. `actor`, `recipient`: of the sentences whose gold has
    that role, those where an event of the gold type has it at overlapping characters. `all`:
    one event has the gold type and every role that the gold has.
    """
    by_id = {prediction["id"]: prediction["events"] for prediction in predictions}
    right = {"class": 0, "actor": 0, "recipient": 0, "all": 0}
    total = dict.fromkeys(right, 0)
    for row in rows:
        for name, value in _marks(row, by_id.get(row["id"], [])).items():
            total[name] += 1
            right[name] += value
    return {name: 100.0 * right[name] / max(1, total[name]) for name in right}


def _marks(row: Mapping[str, Any], events: list[Mapping[str, Any]]) -> dict[str, bool]:
    """Return which measures a sentence meets; a role that the gold lacks is not among them."""
    # The gold codings are in the names of 2018.
    gold = types_of_2018(row["event"]["type"]) or {row["event"]["type"]}
    roles = {
        name: spans
        for name, role in (("actor", "SRC"), ("recipient", "TAR"))
        if (spans := _gold_spans(row, role))
    }
    fitting = [event for event in events if event["event"] in gold]
    marks = {"class": bool(fitting)}
    for name, spans in roles.items():
        marks[name] = any(_overlap(event[name], spans) for event in fitting)
    marks["all"] = any(
        all(_overlap(event[name], spans) for name, spans in roles.items()) for event in fitting
    )
    return marks


def _gold_spans(row: Mapping[str, Any], role: str) -> list[Span]:
    """Return the spans of a role; those marked as both count for either."""
    return [(s["start"], s["end"]) for s in row["spans"] if role in s["role"].split("/")]


def _overlap(places: Iterable[Iterable[int]], spans: list[Span]) -> bool:
    return any(
        start < gold_end and gold_start < end
        for start, end in places
        for gold_start, gold_end in spans
    )
