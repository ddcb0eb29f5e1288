"""Whether the reports of one happening come together in a story, and only they.

Data: rows with `id`, `text`, `story` and in `meta` a `title` and a `date` (ISO). The system is
handed the text, the title and the date of publication, never `story`. Measure: B-cubed precision,
recall and F1 (Bagga and Baldwin 1998), the mean over reports of how much of a report's predicted
story is its true story, and how much of its true story is predicted.

Baselines: `each_its_own`, for what copies alone would find `copies_only`, and `words_and_time`, the
textbook way; the first and the last stand beside our figures.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from spacy.lang.en.stop_words import STOP_WORDS

from onrecord.run import read_reports
from onrecord.settings import Settings
from onrecord.stages.copies import copies
from onrecord.stages.copies.candidates import connected
from onrecord.stages.stories import stories
from onrecord.types import Corpus, DateHint, Reading, Report

WORD = re.compile(r"\w\w+")

Row = Mapping[str, Any]
Prediction = dict[str, str]


def predict(rows: Sequence[Row], settings: Settings) -> list[Prediction]:
    """Return the story of each row, as `{"id", "story"}`, by the whole path up to stories."""
    corpus = stories(copies(corpus_of(rows, settings)))
    story_of = {report: story.id for story in corpus.stories for report in story.reports}
    # A page without a readable word is in no story of the record: here it is one of its own.
    return [{"id": row["id"], "story": story_of.get(row["id"]) or str(row["id"])} for row in rows]


def each_its_own(rows: Sequence[Row]) -> list[Prediction]:
    """Return each row as a story of its own: the least that can be done."""
    return [{"id": row["id"], "story": row["id"]} for row in rows]


def copies_only(rows: Sequence[Row], settings: Settings) -> list[Prediction]:
    """Return as stories what copies of running text connect."""
    corpus = copies(corpus_of(rows, settings))
    numbers = {reading.report.id: i for i, reading in enumerate(corpus.readings)}
    links = [
        (numbers[copy.from_report], numbers[copy.to_report])
        for copy in corpus.copies
        if copy.kind == "text"
    ]
    pairs = np.array(links, dtype=np.int64).reshape(-1, 2)
    roots = connected(len(numbers), pairs[:, 0], pairs[:, 1])
    return [{"id": row["id"], "story": str(roots[numbers[row["id"]]])} for row in rows]


# The best of cosines of 0.1 to 0.6 and windows of 3 days to all time on the same third of the
# incidents of the Gun Violence Archive on which our own weights were fitted.
NEAR = 0.15
WINDOW = 7


def words_and_time(
    rows: Sequence[Row], near: float = NEAR, window: int = WINDOW
) -> list[Prediction]:
    """Return as stories what one pass in order of time makes of words weighed by tf-idf.

    A report joins the story of the likest report of the `window` days before it if their cosine is
    at least `near`, else it begins one (the single pass of topic detection, by nearest neighbour).
    Rows without a date are all of one day.
    """
    days = [date.fromisoformat(d).toordinal() if (d := _day(row)) else 0 for row in rows]
    order = sorted(range(len(rows)), key=lambda i: (days[i], rows[i]["id"]))
    vectors = _weighed([rows[i] for i in order])
    when = np.array([days[i] for i in order])
    story = list(range(len(rows)))
    for i in range(1, len(rows)):
        first = int(np.searchsorted(when, when[i] - window))
        if first < i:
            cosines = (vectors[first:i] @ vectors[i].T).toarray().ravel()
            if cosines.max() >= near:
                story[i] = story[first + int(cosines.argmax())]
    return [{"id": rows[i]["id"], "story": str(story[at])} for at, i in enumerate(order)]


def _weighed(rows: Sequence[Row]) -> csr_matrix:
    """Return the titles and texts of rows as rows of unit length, (1 + log tf) log(n / df)."""
    columns: dict[str, int] = {}
    indices: list[int] = []
    counts: list[int] = []
    starts = [0]
    for row in rows:
        text = f"{row.get('meta', {}).get('title') or ''}\n{row['text']}".casefold()
        found = Counter(word for word in WORD.findall(text) if word not in STOP_WORDS)
        indices += [columns.setdefault(word, len(columns)) for word in found]
        counts += found.values()
        starts.append(len(indices))
    places = np.array(indices, dtype=np.int64)
    held = np.bincount(places, minlength=len(columns))
    data = (1 + np.log(np.array(counts, dtype=np.float64))) * np.log(len(rows) / held)[places]
    matrix = csr_matrix((data, places, starts), shape=(len(rows), len(columns)))
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    return csr_matrix(matrix.multiply(1 / np.maximum(lengths, 1e-12)))


def _day(row: Row) -> str | None:
    day: str | None = row.get("meta", {}).get("date")
    return day


def score(rows: Sequence[Row], predictions: Sequence[Prediction]) -> dict[str, float]:
    """Return `bcubed_precision`, `bcubed_recall` and `bcubed_f1` in percent, and of baselines.

    Those of the baselines have their names before them. A row without a prediction counts as a
    story of its own.
    """
    figures = _b_cubed(rows, predictions, "bcubed")
    figures |= _b_cubed(rows, words_and_time(rows), "words_and_time")
    figures["each_its_own_f1"] = _b_cubed(rows, each_its_own(rows), "own")["own_f1"]
    return figures


def _b_cubed(rows: Sequence[Row], predictions: Sequence[Prediction], name: str) -> dict[str, float]:
    true = {row["id"]: str(row["story"]) for row in rows}
    given = {one["id"]: ("given", one["story"]) for one in predictions}
    found = {row: given.get(row, ("missing", row)) for row in true}
    together = _members(true.items())
    predicted = _members(found.items())
    precision = recall = 0.0
    for row in true:
        right = len(together[true[row]] & predicted[found[row]])
        precision += right / len(predicted[found[row]])
        recall += right / len(together[true[row]])
    count = max(1, len(true))
    precision, recall = 100 * precision / count, 100 * recall / count
    total = precision + recall
    return {
        f"{name}_f1": 2 * precision * recall / total if total else 0.0,
        f"{name}_precision": precision,
        f"{name}_recall": recall,
    }


def _members(labels: Iterable[tuple[str, object]]) -> dict[object, set[str]]:
    members: dict[object, set[str]] = defaultdict(set)
    for row, label in labels:
        members[label].add(row)
    return members


def corpus_of(rows: Sequence[Row], settings: Settings) -> Corpus:
    """Return the readings of the rows by all report stages, sorted by id."""
    readings = read_reports((_report(row) for row in rows), settings)
    return Corpus(readings=tuple(sorted(readings, key=_id_of)))


def _id_of(reading: Reading) -> str:
    return reading.report.id


def _report(row: Row) -> Report:
    """Return a row as a report with its title and the date as the way of receiving gave it."""
    meta, day = row.get("meta", {}), _day(row)
    return Report(
        id=row["id"],
        path=row["id"],
        sha256=hashlib.sha256(row["text"].encode()).hexdigest(),
        text=row["text"],
        title=meta.get("title"),
        hints=(DateHint(date.fromisoformat(day), "metadata"),) if day else (),
    )
