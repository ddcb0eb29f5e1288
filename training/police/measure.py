"""Measure how the encoder does at a task it was not made for: India Police Events.

    python -m police.measure DATA/indiapolice/dev.jsonl

A regression for each label over a sentence's words, and one over these and the mean and the
greatest of what the encoder's middle gives for them, are trained on every other document; their
mean is the answer, and the least chance is chosen on the trained half, each of its quarters judged
by the other. Then the halves change places. Printed: F1 of each label and their mean, and of the
documents, ranked by their likeliest sentence, the share to be read for nine tenths of those with
the label. Nothing of this is in the package.
"""

import argparse
import bisect
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.preprocessing import StandardScaler

from onrecord.evaluate import read_rows
from onrecord.models.attribution import tag

LABELS = ("ANY_ACTION", "ARREST", "FAIL", "FORCE", "KILL")
WORDS, NUMBERS = 3.0, 0.1  # weight of words and of the encoder's numbers
LEASTS = np.arange(0.05, 0.95, 0.025)
READ_FOR = 0.9


@dataclass(frozen=True)
class Sentences:
    """Sentences in a row: their document, words, encoder's numbers and labels."""

    document: Any
    words: list[str]
    numbers: Any
    labels: Any


def read(file: Path) -> Sentences:
    """Return the sentences of a file with what the encoder gives for them."""
    documents, words, numbers, labels = [], [], [], []
    for number, row in enumerate(read_rows(file)):
        text = row["text"]
        tags = tag(text, ((0, len(text)),))
        for sentence in row["sentences"]:
            first = bisect.bisect_right(tags.words.ends, sentence["start"])
            last = max(first + 1, bisect.bisect_left(tags.words.starts, sentence["end"]))
            given = tags.middle[first:last]
            documents.append(number)
            words.append(text[sentence["start"] : sentence["end"]])
            numbers.append(np.concatenate([given.mean(axis=0), given.max(axis=0)]))
            labels.append([label in sentence["labels"] for label in LABELS])
    return Sentences(np.array(documents), words, np.array(numbers), np.array(labels))


def views(found: Sentences, train: Any) -> list[Any]:
    """Return the tables that regressions are made over, fitted on the trained half alone."""
    kept = [words for words, ours in zip(found.words, train, strict=True) if ours]
    terms = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True).fit(kept)
    table = terms.transform(found.words) * WORDS
    scale = StandardScaler().fit(found.numbers[train])
    numbers = csr_matrix(scale.transform(found.numbers) * NUMBERS)
    return [table.tocsr(), hstack([table, numbers]).tocsr()]


def chances(tables: list[Any], labels: Any, train: Any, test: Any) -> Any:
    """Return the mean chance of the label that the regressions give the tested sentences."""
    total = np.zeros(int(test.sum()))
    for table in tables:
        regression = LogisticRegression(
            C=3, class_weight={0: 1, 1: 4}, max_iter=200, solver="liblinear"
        )
        total += regression.fit(table[train], labels[train]).predict_proba(table[test])[:, 1]
    return total / len(tables)


def half(found: Sentences, number: int) -> None:
    """Train on the documents of one half, and print how the other is judged."""
    train = found.document % 2 == number
    tables = views(found, train)
    quarter = (found.document // 2) % 2
    marks = []
    for place, label in enumerate(LABELS):
        labels = found.labels[:, place]
        inner = np.zeros(len(labels))
        for one in (0, 1):
            test = train & (quarter != one)
            inner[test] = chances(tables, labels, train & (quarter == one), test)
        least = max(LEASTS, key=lambda t: f1_score(labels[train], inner[train] > t))
        ours = chances(tables, labels, train, ~train)
        marks.append(100 * f1_score(labels[~train], ours > least))
        share = 100 * _to_read(found.document[~train], ours, labels[~train])
        print(f"half {number} {label}: F1 {marks[-1]:.1f}, to read for 90% {share:.1f}")
    print(f"half {number}: macro F1 {np.mean(marks):.1f}", flush=True)


def _to_read(documents: Any, ours: Any, labels: Any) -> float:
    names = sorted(set(documents))
    order = sorted(names, key=lambda name: -ours[documents == name].max())
    there = np.cumsum([labels[documents == name].any() for name in order])
    return float(np.argmax(there >= READ_FOR * there[-1]) + 1) / len(names)


def main() -> None:
    """Read and measure both halves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    found = read(parser.parse_args().rows)
    for number in (0, 1):
        half(found, number)


if __name__ == "__main__":
    main()
