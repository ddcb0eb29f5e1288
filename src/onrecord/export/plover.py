"""Happenings by the fields that PLOVER's event files have, as CSV or JSON.

One row a happening, once however many reports tell it. Fields that are ours stand behind PLOVER's:
the bounds of the date, the standing, the counts of reports and origins, and every telling's words.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.counting import lines_of
from onrecord.plover import QUADS, VERSION, coding
from onrecord.record import Record
from onrecord.types import Actor, Event, Happening, Report, When

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Contexts",
    "Quad Code", "CAMEO Root", "PLOVER 2018",
    "Actor Name", "Actor Country", "Actor Kind", "Actor ID",
    "Recipient Name", "Recipient Country", "Recipient Kind", "Recipient ID",
    "Targets", "Instruments", "Placename", "Source", "Publication Date", "Version",
    "Earliest", "Latest",
    "Standing", "Standings", "Reports", "Report Paths", "Telling IDs", "Words",
    "Origins", "Why One",
)  # fmt: skip


def rows(record: Record) -> Iterator[dict[str, Any]]:
    """Yield a row for each happening, by time; lists stay lists."""
    actors = {actor.id: actor for actor in record.all(Actor)}
    reports = {report.id: report for report in record.all(Report)}
    lines = lines_of(record.copies())
    for one in record.happenings():
        events = sorted(record.many(Event, one.events), key=lambda event: event.id)
        telling = [reports[key] for key in one.reports]
        yield _row(one, events, telling, actors) | {
            "Origins": len(lines(one.reports)),
            "Why One": list(one.why),
        }


def _row(
    one: Happening, events: list[Event], telling: list[Report], actors: dict[str, Actor]
) -> dict[str, Any]:
    coded = coding(one.event, one.mode)
    days = {_only(When(r.published.earliest, r.published.latest)) for r in telling}
    return {
        "Event ID": one.id,
        "Event Date": _only(one.when),
        "Event Type": one.event,
        "Event Mode": one.mode or "",
        "Contexts": list(dict.fromkeys(word for event in events for word in event.context)),
        "Quad Code": QUADS[coded.quad],
        "CAMEO Root": list(coded.cameo),
        "PLOVER 2018": coded.name_2018,
        **_side("Actor", [actors[key] for key in one.actor]),
        **_side("Recipient", [actors[key] for key in one.recipient]),
        "Targets": sorted({span.text for event in events for span in event.target}),
        "Instruments": sorted({span.text for event in events for span in event.instrument}),
        "Placename": one.place or "",
        "Source": sorted({report.source for report in telling if report.source}),
        "Publication Date": sorted(days - {""}),
        "Version": f"PLOVER names {VERSION}",
        "Earliest": _day(one.when.earliest),
        "Latest": _day(one.when.latest),
        "Standing": one.standings[0],
        "Standings": list(one.standings),
        "Reports": len(one.reports),
        "Report Paths": [report.path for report in telling],
        "Telling IDs": [event.id for event in events],
        "Words": [span.text for event in events for span in event.evidence[:1]],
    }


def _side(side: str, found: list[Actor]) -> dict[str, Any]:
    """Return the columns of one side, its actors in the same order in each."""
    countries = [next((_code(key) for key in actor.external if _code(key)), "") for actor in found]
    return {
        f"{side} Name": [actor.name for actor in found],
        f"{side} Country": countries,
        f"{side} Kind": [actor.kind for actor in found],
        f"{side} ID": [actor.id for actor in found],
    }


def _code(key: str) -> str:
    """Return the country's code in a key of ISO 3166."""
    return key.removeprefix("ISO 3166: ") if key.startswith("ISO 3166: ") else ""


def _only(when: When) -> str:
    """Return the only day that something can have been on, or nothing."""
    return _day(when.earliest) if when.earliest == when.latest else ""


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def write_plover(record: Record, path: Path) -> None:
    """Write the rows to a file: JSON where its name ends so, else CSV with lists parted by "; "."""
    found = list(rows(record))
    with path.open("w", encoding="utf-8", newline="") as stream:
        if path.suffix.lower() == ".json":
            json.dump(found, stream, ensure_ascii=False, indent=1)
            stream.write("\n")
            return
        writer = csv.DictWriter(stream, fieldnames=COLUMNS)
        writer.writeheader()
        writer.writerows({key: _cell(value) for key, value in row.items()} for row in found)


def _cell(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, list) else value
