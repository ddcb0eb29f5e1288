"""Training rows: PolNeAR-like documents as windows of word pieces with their labels."""

import bisect
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.models.windows import LENGTH, Window, Words, split, windows

ROLES = ("source", "cue", "content")
Span = tuple[int, int]


@dataclass(frozen=True)
class Attribution:
    """One attribution as ranges of words."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]


@dataclass(frozen=True)
class Document:
    """A text's words with every version of its labels."""

    id: str
    text: str
    words: Words
    versions: list[list[Attribution]]


@dataclass(frozen=True)
class Example:
    """A window with its labels by word: cue tags, kinds, and for each cue its words and roles."""

    window: Window
    cues: NDArray[np.int64]
    kinds: NDArray[np.int64]
    governed: list[tuple[Span, NDArray[np.int64]]]


def documents(file: Path, tokenizer: Tokenizer) -> Iterator[Document]:
    """Yield the documents of a file of JSON lines."""
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row["text"]
        words = split(tokenizer, text, paragraphs(text))
        labelled = [row["attributions"]]
        labelled += [one["attributions"] for one in row.get("all_annotators") or []]
        versions = [_attributions(items, words) for items in labelled]
        yield Document(row["id"], text, words, versions)


def paragraphs(text: str) -> list[Span]:
    """Return the lines of a text that hold anything, as offsets."""
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line)
    return found


def _attributions(items: Sequence[dict[str, Any]], words: Words) -> list[Attribution]:
    found = []
    for item in items:
        spans = {role: _ranges(item[role], words) for role in ROLES}
        if spans["cue"] and spans["content"]:
            found.append(Attribution(**spans))
    return found


def _ranges(spans: Sequence[dict[str, Any]], words: Words) -> list[Span]:
    """Return spans of characters as ranges of words, joined where they touch."""
    taken = {
        word
        for span in spans
        for word in range(
            bisect.bisect_right(words.ends, span["start"]),
            bisect.bisect_left(words.starts, span["end"]),
        )
    }
    runs: list[Span] = []
    for word in sorted(taken):
        if runs and runs[-1][1] == word:
            runs[-1] = (runs[-1][0], word + 1)
        else:
            runs.append((word, word + 1))
    return runs


def examples(document: Document, chance: random.Random | None) -> Iterator[Example]:
    """Yield a document's windows with labels; with `chance`, other borders and version."""
    first = chance.randint(LENGTH // 3, LENGTH) if chance else LENGTH
    labels = chance.choice(document.versions) if chance else document.versions[0]
    for window in windows(document.words, document.text, first_length=first):
        yield _labelled(window, labels)


def _labelled(window: Window, labels: list[Attribution]) -> Example:
    size = window.last - window.first
    cues = np.zeros(size, dtype=np.int64)
    kinds = np.zeros(size, dtype=np.int64)
    governed = []
    for item in labels:
        for number, role in enumerate(ROLES):
            _mark(kinds, getattr(item, role), window, 1 + 2 * number)
        start, end = item.cue[0][0], item.cue[-1][1]
        if start < window.first or end > window.last:
            continue
        _mark(cues, item.cue, window, 1)
        roles = np.zeros(size, dtype=np.int64)
        _mark(roles, item.source, window, 1)
        _mark(roles, item.content, window, 3)
        governed.append(((start - window.first, end - window.first), roles))
    return Example(window, cues, kinds, governed)


def _mark(tags: NDArray[np.int64], spans: Sequence[Span], window: Window, begin: int) -> None:
    """Write B at the first and I at the other words of the spans inside a window."""
    for start, end in spans:
        for word in range(max(start, window.first), min(end, window.last)):
            tags[word - window.first] = begin + (word > start)
