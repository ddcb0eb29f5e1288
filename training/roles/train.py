"""Learn the roles of nouns in reports of harm from MUC-4's templates.

    python -m roles.train DATA/muc4/train.jsonl --into ../src/onrecord/models \
        --words DATA/polnear/train.jsonl DATA/gva/dev.jsonl

A noun has a role in a report where a template's fill ends in it. Words are features only where the
texts given as --words have them in small letters, so that no name is learned. The least chance
for a role is chosen on the last 300 rows, which are then learned from as well.
"""

import argparse
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from onrecord.evaluate import read_rows
from onrecord.evaluate.templates import gold, plain, read_nouns
from onrecord.settings import Settings
from onrecord.stages.events.roles import ROLES

FEWEST = 6  # nouns that must have a feature
FEWEST_REPORTS = 3  # reports that must have a word in small letters
PENALTY = 1.0
HELD = 300
WORDED = ("lem", "mod", "vpath", "plem")  # features that end in a word
LEASTS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
SMALL = re.compile(r"\b[a-z][a-z'-]+\b")
Report = tuple[list[tuple[str, frozenset[str]]], dict[str, set[frozenset[str]]]]


def vocabulary(files: list[Path]) -> set[str]:
    """Return the words that several reports have in small letters."""
    counts: Counter[str] = Counter()
    for file in files:
        for row in read_rows(file):
            counts.update(set(SMALL.findall(row["text"])))
    return {word for word, count in counts.items() if count >= FEWEST_REPORTS}


def read(file: Path, words: set[str], limit: int | None) -> list[Report]:
    """Return for each report its nouns, as printed and by features, and the gold of each role."""
    rows = list(read_rows(file))[:limit]
    found = []
    for number, (row, (parsed, nouns, _)) in enumerate(
        zip(rows, read_nouns(rows, Settings()), strict=True), start=1
    ):
        kept = [
            (plain(parsed.doc[n.token].text), frozenset(f for f in n.features if _known(f, words)))
            for n in nouns
        ]
        found.append((kept, gold(row)))
        if number % 100 == 0:
            print(f"read {number} of {len(rows)}", flush=True)
    return found


def _known(feature: str, words: set[str]) -> bool:
    kind, _, rest = feature.partition(" ")
    return kind not in WORDED or rest.split()[-1] in words


def fit(reports: list[Report]) -> dict[str, list[float]]:
    """Return the weight of each feature for each role; "" is what every noun has."""
    counts = Counter(f for nouns, _ in reports for _, features in nouns for f in features)
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    place = {name: number for number, name in enumerate(names)}
    starts, columns = [0], []
    for nouns, _ in reports:
        for _, features in nouns:
            columns += [place[f] for f in features if f in place]
            starts.append(len(columns))
    table = csr_matrix(
        (np.ones(len(columns)), columns, starts), shape=(len(starts) - 1, len(names))
    )
    weights = [_regression(table, _labels(reports, role)) for role in ROLES]
    told = {name: [round(float(w[number]), 3) for w in weights] for name, number in place.items()}
    return {"": [round(float(w[-1]), 3) for w in weights]} | {
        name: several for name, several in told.items() if any(abs(w) >= 0.02 for w in several)
    }


def _labels(reports: list[Report], role: str) -> Any:
    return np.array(
        [any(word in fill for fill in true[role]) for nouns, true in reports for word, _ in nouns],
        float,
    )


def _regression(table: Any, labels: Any) -> Any:
    def loss(weights: Any) -> tuple[float, Any]:
        sums = table @ weights[:-1] + weights[-1]
        wrong = 1 / (1 + np.exp(-sums)) - labels
        value = (np.logaddexp(0, sums) - labels * sums).sum()
        slope = np.append(table.T @ wrong + 2 * PENALTY * weights[:-1], wrong.sum())
        return value + PENALTY * (weights[:-1] ** 2).sum(), slope

    start = np.zeros(table.shape[1] + 1)
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x


def tried(weights: dict[str, list[float]], reports: list[Report], least: float) -> float:
    """Return the mean F1 of the roles at a least chance."""
    total = 0.0
    for place, role in enumerate(ROLES):
        right = given = hit = wanted = 0
        for nouns, true in reports:
            ours = {w for w, features in nouns if _chance(weights, features, place) >= least}
            right += sum(any(word in fill for fill in true[role]) for word in ours)
            given += len(ours)
            hit += sum(not fill.isdisjoint(ours) for fill in true[role])
            wanted += len(true[role])
        precision, recall = right / max(1, given), hit / max(1, wanted)
        total += 2 * precision * recall / max(1e-9, precision + recall)
    return 100 * total / len(ROLES)


def _chance(weights: dict[str, list[float]], features: frozenset[str], place: int) -> float:
    total = weights[""][place] + sum(weights[f][place] for f in features if f in weights)
    return float(1 / (1 + np.exp(-total)))


def main() -> None:
    """Fit, print how each least chance does on the rows left out, fit all, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--words", type=Path, nargs="+", required=True)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--limit", type=int)
    asked = parser.parse_args()
    reports = read(asked.rows, vocabulary(asked.words), asked.limit)
    part = fit(reports[:-HELD])
    for least in LEASTS:
        print(f"least {least}: mean F1 {tried(part, reports[-HELD:], least):.1f}", flush=True)
    weights = fit(reports)
    into = asked.into / "roles.json"
    into.write_text(json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n")
    print(f"{len(weights)} features in {into}")


if __name__ == "__main__":
    main()
