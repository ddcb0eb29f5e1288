"""Learn how events stand from judged mentions.

    python -m standing.train labelled/standing.tsv --texts DATA --into ../src/onrecord/models

The mentions of the part "held" are never read here. With --check the rest is parted by
documents in five, and each fifth is measured by weights of the others alone, without what rules
are firm on.
"""

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from scipy.special import softmax

from onrecord.evaluate.standing import read
from onrecord.ids import make_id
from onrecord.models.attribution import tag
from onrecord.parsing import parse
from onrecord.run import cleaned
from onrecord.settings import Settings
from onrecord.stages import READING_STAGES
from onrecord.stages.actors.page import lay_out
from onrecord.stages.actors.phrases import phrases
from onrecord.stages.actors.unnamed import described, meant
from onrecord.stages.events import events_of
from onrecord.stages.events.learned import STANDINGS, VECTOR, Shown, likeliest, show
from onrecord.types import Reading, Report

FEWEST = 4  # mentions that must have a feature
PENALTY = 2.5  # on the square of a weight
SCALE = 0.15  # of the encoder's numbers, brought to one spread, beside features of 0 and 1
PARTS = 5
BEFORE = [stage for stage in READING_STAGES if stage.name not in ("events", "ties")]


@dataclass(frozen=True)
class Judged:
    """A mention: its document, what shows how it stands, and how it was judged to."""

    document: str
    shown: Shown
    standing: int


def mentions(file: Path, texts: Path) -> list[Judged]:
    """Return the judged mentions that are no held-out ones and are read as such events."""
    rows = read(file, texts, part="tuned")
    reports = (
        cleaned(Report(id=make_id("report", n), path=str(n), sha256="", text=row["text"]))
        for n, row in enumerate(rows)
    )
    found = []
    for number, (row, parsed) in enumerate(
        zip(rows, parse(reports, model=Settings().model), strict=True), start=1
    ):
        reading = Reading(report=parsed.report)
        for stage in BEFORE:
            reading = stage.run(reading, parsed)
        tags, page = tag(parsed.report.text, parsed.ranges), lay_out(parsed)
        spoken = phrases(page, tags)
        reading = described(reading, page, spoken, meant(reading, page, spoken, strict=True))
        coder, coded = events_of(reading, parsed)
        by_place = {(event.trigger.end, event.event): event for event in reversed(coded)}
        for one in row["judged"]:
            event = by_place.get((int(one["end"]), one["event"]))
            trigger = coder.triggers.get(event.id) if event is not None else None
            if trigger is not None:
                shown = show(trigger, coder.stand(trigger), coder, tags)
                found.append(Judged(row["id"], shown, STANDINGS.index(one["standing"])))
        if number % 100 == 0:
            print(f"read {number} of {len(rows)}", flush=True)
    return found


@dataclass(frozen=True)
class Model:
    """Weights by feature, of the encoder's numbers, and of what every mention has."""

    names: dict[str, int]
    mean: Any
    spread: Any
    weights: Any  # (features + numbers + 1, standings)

    def table(self, found: Sequence[Judged]) -> Any:
        """Return the features and numbers of mentions as rows."""
        columns = [[self.names[f] for f in one.shown.features if f in self.names] for one in found]
        starts = np.cumsum([0, *map(len, columns)])
        flat = [column for row in columns for column in row]
        named = csr_matrix((np.ones(len(flat)), flat, starts), (len(found), len(self.names)))
        vectors = np.array([one.shown.vector for one in found], float)
        scaled = (vectors - self.mean) / self.spread * SCALE
        return hstack([named, csr_matrix(scaled), csr_matrix(np.ones((len(found), 1)))]).tocsr()


def fit(found: Sequence[Judged]) -> Model:
    """Return the weights learned from mentions."""
    counts = Counter(f for one in found for f in one.shown.features)
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    vectors = np.array([one.shown.vector for one in found], float)
    empty = Model(
        {name: place for place, name in enumerate(names)},
        vectors.mean(axis=0),
        vectors.std(axis=0) + 1e-6,
        None,
    )
    table = empty.table(found)
    wanted = np.eye(len(STANDINGS))[[one.standing for one in found]]

    def loss(flat: Any) -> tuple[float, Any]:
        weights = flat.reshape(table.shape[1], len(STANDINGS))
        given = softmax(table @ weights, axis=1)
        free = weights[:-1]
        value = -np.log(given[wanted.astype(bool)] + 1e-12).sum() + PENALTY * (free**2).sum()
        slope = table.T @ (given - wanted)
        slope[:-1] += 2 * PENALTY * free
        return value, slope.ravel()

    start = np.zeros(table.shape[1] * len(STANDINGS))
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return Model(empty.names, empty.mean, empty.spread, best.reshape(-1, len(STANDINGS)))


def written(model: Model) -> dict[str, Any]:
    """Return the weights as the package reads them, the encoder's numbers taken as they come."""
    count = len(model.names)
    vector = model.weights[count:-1] * SCALE / model.spread[:, None]
    always = model.weights[-1] - model.mean @ vector
    rows = {name: _rounded(model.weights[place], 3) for name, place in model.names.items()}
    kept = {name: row for name, row in rows.items() if any(abs(w) >= 0.01 for w in row)}
    return {"": _rounded(always, 4), VECTOR: [_rounded(row, 5) for row in vector], **kept}


def _rounded(row: Any, digits: int) -> list[float]:
    return [round(float(weight), digits) for weight in row]


def check(found: Sequence[Judged]) -> None:
    """Print how each fifth of the documents is judged by weights of the others."""

    def part(document: str) -> int:
        return hashlib.sha256(document.encode()).digest()[0] % PARTS

    right = told = 0
    opened = 0
    for number in range(PARTS):
        rest = [one for one in found if part(one.document) != number]
        left = [one for one in found if part(one.document) == number]
        model = fit(rest)
        given = softmax(model.table(left) @ model.weights, axis=1)
        for one, row in zip(left, given, strict=True):
            ours = likeliest(row)
            right += ours == one.standing
            if STANDINGS[one.standing] in ("denied", "conditional"):
                opened += 1
                told += STANDINGS[ours] == "told"
    print(
        f"left out in turn: right {100 * right / len(found):.1f}, told wrongly {told} of {opened}"
    )


def main() -> None:
    """Read, check if asked, fit, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("judged", type=Path)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    found = mentions(asked.judged, asked.texts)
    print(f"{len(found)} mentions", flush=True)
    if asked.check:
        check(found)
    weights = written(fit(found))
    into = asked.into / "standing.json"
    into.write_text(json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n")
    print(f"{len(weights)} features in {into}")


if __name__ == "__main__":
    main()
