"""Learn how likely two reports tell of one happening from a few features of the pair.

    python -m stories.train DATA/gva/dev.jsonl DATA/ecbplus/train.jsonl

The first file has dated reports of incidents (`story`), the second undated ones (`subtopic`); the
latter count a tenth, so that reports without a date have weights too. Only pairs of a third of the
stories of each are learned from; which third hangs on the story's name. What pairs are compared
hangs on the weights, so it is done twice. Prints the weights, and B-cubed F1 on the third, on the
rest and on all.
"""

import argparse
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from onrecord.evaluate.stories import corpus_of, score
from onrecord.settings import Settings
from onrecord.stages.copies import copies
from onrecord.stages.stories import Stories, shared
from onrecord.stages.stories.likeness import WEIGHTS
from onrecord.types import Corpus

ROUNDS = 2
UNDATED = 0.1  # weight of a pair of the second file
PENALTY = 1.0  # on the square of a weight, of features brought to one spread
STEPS = 50


@dataclass(frozen=True)
class Told:
    """A corpus with the story of each report by id, and what a pair of its reports counts."""

    corpus: Corpus
    story: dict[str, str]
    weight: float


def learned(story: str) -> bool:
    """Return whether a story is of the third that weights are learned from."""
    return int(hashlib.sha256(story.encode()).hexdigest(), 16) % 3 == 0


def read(file: Path, weight: float) -> Told:
    """Return the reports of a file of JSON lines, read and with their copies."""
    rows = {row["id"]: row for row in map(json.loads, file.open(encoding="utf-8"))}
    corpus = copies(corpus_of(list(rows.values()), Settings()))
    story = {name: str(row.get("story", row.get("subtopic"))) for name, row in rows.items()}
    return Told(corpus, story, weight)


def made(told: Told) -> Stories:
    """Return the stories of a corpus by the weights as they are."""
    readings = told.corpus.readings
    found = Stories()
    found.add(readings, shared({i: r.report for i, r in enumerate(readings)}, told.corpus.copies))
    return found


def fit(corpora: Iterable[Told]) -> dict[str, float]:
    """Return weights learned from the pairs that are compared by those that there are."""
    names = list(WEIGHTS)
    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for told in corpora:
        left, right, values = made(told).compared()
        story = np.array([told.story[reading.report.id] for reading in told.corpus.readings])
        third = np.array([learned(name) for name in story])
        use = third[left] & third[right]
        table = np.stack([values[name][use] for name in names], axis=1)
        parts.append(
            (table, story[left[use]] == story[right[use]], np.full(use.sum(), told.weight))
        )
    table, same, weight = (np.concatenate(part) for part in zip(*parts, strict=True))
    return dict(zip(names, regression(table, same, weight).round(2).tolist(), strict=True))


def regression(table: np.ndarray, same: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return the weights of a logistic regression, by Newton's method; the first column is 1."""
    mean, spread = table.mean(axis=0), table.std(axis=0)
    mean[0], spread[0] = 0, 1
    scaled = (table - mean) / spread
    penalty = np.full(len(mean), PENALTY)
    penalty[0] = 1e-9
    found = np.zeros(len(mean))
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-scaled @ found))
        slope = scaled.T @ (weight * (likely - same)) + penalty * found
        curve = (scaled * (weight * likely * (1 - likely))[:, None]).T @ scaled
        found -= np.linalg.solve(curve + np.diag(penalty), slope)
    weights = found / spread
    weights[0] -= (weights[1:] * mean[1:]).sum()
    return weights


def figures(told: Told) -> Sequence[float]:
    """Return B-cubed F1 on the third, the rest and all; of a part, its own reports alone count."""
    stories = {name: one.id for one in made(told).stories() for name in one.reports}
    given = [{"id": name, "story": stories.get(name, name)} for name in told.story]
    found = []
    for part in (True, False, None):
        rows = [
            {"id": name, "story": story, "text": ""}
            for name, story in told.story.items()
            if part is None or learned(story) == part
        ]
        kept = {row["id"] for row in rows}
        found.append(score(rows, [one for one in given if one["id"] in kept])["bcubed_f1"])
    return found


def main() -> None:
    """Read, learn and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dated", type=Path)
    parser.add_argument("undated", type=Path)
    given = parser.parse_args()
    corpora = [read(given.dated, 1.0), read(given.undated, UNDATED)]
    for _ in range(ROUNDS):
        WEIGHTS.update(fit(corpora))
    for name, weight in WEIGHTS.items():
        print(f"    {name!r}: {weight},")
    for told in corpora:
        print(*(f"{value:.1f}" for value in figures(told)))


if __name__ == "__main__":
    main()
