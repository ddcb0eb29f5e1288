"""Who did harm, to whom, to what and with what, against MUC-4's templates, merged per report.

Data: rows with `text` and `templates` of `slots`. Measures: for each role the F1, precision and
recall of the head nouns found in a report against those of its templates' fills, any of the
alternatives of a fill being right; `mean_f1`, the mean of the four. `stage_right`: of the templates
that an event of harm is found for (it names one of their heads in its sentence), those whose stage
is ours: accomplished where one is told or alleged, threatened where it is only planned, conditional
or a threat, attempted where it is denied (averted, foiled); `stage_matched`, the share found.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.ids import make_id
from onrecord.models.attribution import tag
from onrecord.parsing import Parse, parse
from onrecord.run import cleaned
from onrecord.settings import Settings
from onrecord.stages import READING_STAGES
from onrecord.stages.actors.page import lay_out
from onrecord.stages.actors.phrases import phrases
from onrecord.stages.events.roles import ROLES, Noun, chances, nouns
from onrecord.stages.events.triggers import triggers
from onrecord.types import Event, Reading, Report

Row = dict[str, Any]
Read = tuple[Parse, list[Noun], tuple[Event, ...]]
HARM = frozenset({"ASSAULT", "COERCE", "THREATEN"})
STAGES = {"told": "ACCOMPLISHED", "alleged": "ACCOMPLISHED", "denied": "ATTEMPTED"}
LEAST = 0.2  # chance from which a role is given; from 0.1 to 0.25 it hardly matters
SLOTS: dict[str, tuple[str, ...]] = {
    "perpetrator": ("PERP: INDIVIDUAL ID", "PERP: ORGANIZATION ID"),
    "target": ("PHYS TGT: ID",),
    "victim": ("HUM TGT: NAME", "HUM TGT: DESCRIPTION"),
    "instrument": ("INCIDENT: INSTRUMENT ID",),
}
FILL = re.compile(r'"((?:\\"|[^"])*)"')
QUALIFIER = re.compile(r"\s+(?:of|in|at|from|for|on|to|with|near|by|who|that)\s+", re.IGNORECASE)


def read_nouns(rows: Iterable[Row], settings: Settings) -> Iterator[Read]:
    """Yield the parse of each row, its nouns with their features, and its events."""
    reports = (
        cleaned(Report(id=make_id("report", n), path=str(n), sha256="", text=row["text"]))
        for n, row in enumerate(rows)
    )
    for parsed in parse(reports, model=settings.model):
        reading = Reading(report=parsed.report)
        for stage in READING_STAGES:
            reading = stage.run(reading, parsed)
        found = phrases(lay_out(parsed), tag(parsed.report.text, parsed.ranges))
        roles = nouns(reading, parsed, triggers(parsed), reading.events, found)
        yield parsed, list(roles), reading.events


def predict(rows: Iterable[Row], settings: Settings) -> Iterator[Row]:
    """Yield `{"id"}` with the head nouns of each role for each row."""
    listed = list(rows)
    for row, (parsed, found, events) in zip(listed, read_nouns(listed, settings), strict=True):
        told: dict[str, set[str]] = {role: set() for role in ROLES}
        for noun in found:
            for role, chance in chances(noun).items():
                if chance >= LEAST:
                    told[role].add(plain(parsed.doc[noun.token].text))
        roles = {role: sorted(heads) for role, heads in told.items()}
        yield {"id": row["id"], "events": list(_harm(events, parsed)), **roles}


def _harm(events: Iterable[Event], parsed: Parse) -> Iterator[Row]:
    """Yield the events of harm: type, standing, and the nouns of their sentences."""
    for event in events:
        if event.event in HARM:
            token = parsed.doc[parsed.token_at(event.trigger.start)]
            nouns = {plain(t.text) for t in token.sent if t.pos_ in ("NOUN", "PROPN")}
            yield {"event": event.event, "standing": event.standing, "nouns": sorted(nouns)}


def plain(word: str) -> str:
    """Return the letters and digits of a word, small."""
    return re.sub(r"[^a-z0-9]", "", word.lower())


def _stages(rows: Iterable[Row], by_id: dict[str, Row]) -> dict[str, float]:
    """Return the shares of templates with an event of harm, and with the right stage of those."""
    marks: list[bool | None] = []
    for row in rows:
        for template in row["templates"]:
            heads = frozenset().union(
                *(fill for fills in gold({"templates": [template]}).values() for fill in fills)
            )
            events = [e for e in by_id[row["id"]]["events"] if not heads.isdisjoint(e["nouns"])]
            stages = [part for told in template["stage"] for part in told.split(" / ")]
            marks.append(_stage(events) in stages if events and stages else None)
    found = [mark for mark in marks if mark is not None]
    return {
        "stage_matched": 100 * len(found) / max(1, len(marks)),
        "stage_right": 100 * sum(found) / max(1, len(found)),
    }


def _stage(events: Iterable[Row]) -> str:
    """Return the stage of an incident: the furthest that one of its events has come."""
    found = {
        "THREATENED" if e["event"] == "THREATEN" else STAGES.get(e["standing"], "THREATENED")
        for e in events
    }
    return next(stage for stage in ("ACCOMPLISHED", "ATTEMPTED", "THREATENED") if stage in found)


def gold(row: Row) -> dict[str, set[frozenset[str]]]:
    """Return for each role the fills of a report's templates: the heads of their alternatives."""
    found: dict[str, set[frozenset[str]]] = {role: set() for role in ROLES}
    for template in row["templates"]:
        for role, slots in SLOTS.items():
            fills = (fill for slot in slots for fill in template["slots"].get(slot, []))
            heads = (frozenset(_head(words) for words in FILL.findall(fill)) for fill in fills)
            found[role].update(one - {""} for one in heads if one - {""})
    return {role: _merged(fills) for role, fills in found.items()}


def _merged(fills: set[frozenset[str]]) -> set[frozenset[str]]:
    """Return fills with those that share a head as one: a name and who is described by it."""
    merged: list[frozenset[str]] = []
    for fill in sorted(fills, key=sorted):
        same = [other for other in merged if other & fill]
        merged = [other for other in merged if not other & fill]
        merged.append(fill.union(*same))
    return set(merged)


def _head(words: str) -> str:
    """Return the last word before what qualifies it."""
    first = QUALIFIER.split(words.replace('\\"', "").strip())[0]
    parts = [plain(word) for word in first.split() if plain(word)]
    return parts[-1] if parts else ""


def score(rows: Iterable[Row], predictions: Iterable[Row]) -> dict[str, float]:
    """Return F1, precision and recall of each role, and the mean F1, in percent."""
    by_id = {found["id"]: found for found in predictions}
    right, given, hit, wanted = (dict.fromkeys(ROLES, 0) for _ in range(4))
    for row in rows:
        for role, fills in gold(row).items():
            ours = set(by_id[row["id"]][role])
            right[role] += sum(any(head in fill for fill in fills) for head in ours)
            given[role] += len(ours)
            hit[role] += sum(not fill.isdisjoint(ours) for fill in fills)
            wanted[role] += len(fills)
    figures: dict[str, float] = {}
    for role in ROLES:
        precision = right[role] / max(1, given[role])
        recall = hit[role] / max(1, wanted[role])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        figures |= {
            f"{role}_f1": 100 * f1,
            f"{role}_precision": 100 * precision,
            f"{role}_recall": 100 * recall,
        }
    figures |= _stages(rows, by_id)
    mean = sum(figures[f"{role}_f1"] for role in ROLES) / len(ROLES)
    return {"mean_f1": mean, **figures}
