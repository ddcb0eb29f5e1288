"""Who did harm, to whom, to what and with what, against MUC-4's templates, merged per report.

Data: rows with `text` and `templates` of `slots`. Measures: for each role the F1, precision and
recall of the head nouns found in a report against those of its templates' fills, any of the
alternatives of a fill being right; `mean_f1`, the mean of the four.
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
from onrecord.types import Reading, Report

Row = dict[str, Any]
LEAST = 0.2  # chance from which a role is given; from 0.1 to 0.25 it hardly matters
SLOTS: dict[str, tuple[str, ...]] = {
    "perpetrator": ("PERP: INDIVIDUAL ID", "PERP: ORGANIZATION ID"),
    "target": ("PHYS TGT: ID",),
    "victim": ("HUM TGT: NAME", "HUM TGT: DESCRIPTION"),
    "instrument": ("INCIDENT: INSTRUMENT ID",),
}
FILL = re.compile(r'"((?:\\"|[^"])*)"')
QUALIFIER = re.compile(r"\s+(?:of|in|at|from|for|on|to|with|near|by|who|that)\s+", re.IGNORECASE)


def read_nouns(rows: Iterable[Row], settings: Settings) -> Iterator[tuple[Parse, list[Noun]]]:
    """Yield the parse of each row and its nouns with their features, read from its `text`."""
    reports = (
        cleaned(Report(id=make_id("report", n), path=str(n), sha256="", text=row["text"]))
        for n, row in enumerate(rows)
    )
    for parsed in parse(reports, model=settings.model):
        reading = Reading(report=parsed.report)
        for stage in READING_STAGES:
            reading = stage.run(reading, parsed)
        found = phrases(lay_out(parsed), tag(parsed.report.text, parsed.ranges))
        yield parsed, list(nouns(reading, parsed, triggers(parsed), reading.events, found))


def predict(rows: Iterable[Row], settings: Settings) -> Iterator[Row]:
    """Yield `{"id"}` with the head nouns of each role for each row."""
    listed = list(rows)
    for row, (parsed, found) in zip(listed, read_nouns(listed, settings), strict=True):
        told: dict[str, set[str]] = {role: set() for role in ROLES}
        for noun in found:
            for role, chance in chances(noun).items():
                if chance >= LEAST:
                    told[role].add(plain(parsed.doc[noun.token].text))
        yield {"id": row["id"]} | {role: sorted(heads) for role, heads in told.items()}


def plain(word: str) -> str:
    """Return the letters and digits of a word, small."""
    return re.sub(r"[^a-z0-9]", "", word.lower())


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
    mean = sum(figures[f"{role}_f1"] for role in ROLES) / len(ROLES)
    return {"mean_f1": mean, **figures}
