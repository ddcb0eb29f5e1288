"""Answers to one question that say the same, against groups that people made of them.

Data: rows with a `question` and `answers`, each a stretch [`start`, `end`) of a `paragraph`, with
its `group`. The system is handed the paragraph and the stretch. Measure: B-cubed over the answers
of a question, the mean over all answers of all questions. Baselines: each its own, all one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from onrecord.evaluate.clusters import b_cubed, f1
from onrecord.models.attribution import tag
from onrecord.models.meaning import meaning
from onrecord.settings import Settings
from onrecord.stages.claims.meaning import grouped

Row = Mapping[str, Any]


def predict(rows: Sequence[Row], _settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield the group of each answer of each question, as `{"id", "groups"}`."""
    for row in rows:
        vectors = []
        for answer in row["answers"]:
            text = answer["paragraph"]
            tags = tag(text, ((0, len(text)),))
            vectors.append(meaning(tags, [(answer["start"], answer["end"])]))
        yield {"id": row["id"], "groups": grouped(np.array(vectors))}


def score(rows: Sequence[Row], predictions: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Return `bcubed_f1`, precision and recall in percent, and the F1 of the baselines."""
    gold = _labels([[answer["group"] for answer in row["answers"]] for row in rows])
    ours = _labels([one["groups"] for one in predictions])
    precision, recall = b_cubed(gold, ours)
    own = {place: (place, 0) for place in gold}
    one = {place: (place[0], 0) for place in gold}
    return {
        "bcubed_f1": 100 * f1(precision, recall),
        "bcubed_precision": 100 * precision,
        "bcubed_recall": 100 * recall,
        "each_its_own_f1": 100 * f1(*b_cubed(gold, own)),
        "all_one_f1": 100 * f1(*b_cubed(gold, one)),
    }


def _labels(groups: Sequence[Sequence[int]]) -> dict[tuple[int, int], tuple[Any, int]]:
    """Return the group of each answer by its question and place."""
    return {(q, i): (q, label) for q, row in enumerate(groups) for i, label in enumerate(row)}
