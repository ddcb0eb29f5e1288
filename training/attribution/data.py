"""Training rows: PolNeAR-like documents as windows of word pieces with their labels."""

import bisect
import csv
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
UNKNOWN = -100  # a label that no loss counts
FARTHEST = 3  # hands beyond the third from the speaker are labelled like it
Span = tuple[int, int]
Act = tuple[str, bool]  # the act and whether words were voiced


@dataclass(frozen=True)
class Attribution:
    """One attribution as ranges of words.

    `hands` has the words of each hand, nearest to the speaker first; None: nobody labelled them, as
    with `act`.
    """

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    hands: list[list[Span]] | None = None
    act: Act | None = None


@dataclass(frozen=True)
class Document:
    """A text's words with every version of its labels."""

    id: str
    text: str
    words: Words
    versions: list[list[Attribution]]


@dataclass(frozen=True)
class Governed:
    """What a cue, the words [start, end) of a window, governs: labels by word, and the act."""

    cue: Span
    roles: NDArray[np.int64]
    hands: NDArray[np.int64]
    act: Act | None


@dataclass(frozen=True)
class Example:
    """A window with its labels by word: cue tags, kinds, and what each cue governs."""

    window: Window
    cues: NDArray[np.int64]
    kinds: NDArray[np.int64]
    governed: list[Governed]


def read_acts(file: Path) -> dict[tuple[str, int], Act]:
    """Return the acts of a table of document, offset of the cue, act, and v or n for voiced."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t"))
    return {(name, int(start)): (act, voiced == "v") for name, start, act, voiced in rows}


def documents(
    file: Path, tokenizer: Tokenizer, acts: dict[tuple[str, int], Act]
) -> Iterator[Document]:
    """Yield the documents of a file of JSON lines, with the acts known of their cues."""
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row["text"]
        words = split(tokenizer, text, paragraphs(text))
        labelled = [row["attributions"]]
        labelled += [one["attributions"] for one in row.get("all_annotators") or []]
        versions = [_attributions(items, words, row["id"], acts) for items in labelled]
        yield Document(row["id"], text, words, versions)


def paragraphs(text: str) -> list[Span]:
    """Return the lines of a text that hold anything, as offsets."""
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line)
    return found


def _attributions(
    items: Sequence[dict[str, Any]], words: Words, name: str, acts: dict[tuple[str, int], Act]
) -> list[Attribution]:
    found = []
    for item in items:
        spans = {
            role: ranges([(span["start"], span["end"]) for span in item[role]], words)
            for role in ROLES
        }
        if spans["cue"] and spans["content"]:
            act = acts.get((name, item["cue"][0]["start"]))
            found.append(Attribution(**spans, act=act))
    return found


def ranges(spans: Sequence[Span], words: Words) -> list[Span]:
    """Return spans of characters as ranges of words, joined where they touch."""
    taken = {
        word
        for start, end in spans
        for word in range(
            bisect.bisect_right(words.ends, start), bisect.bisect_left(words.starts, end)
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
        cue = (start - window.first, end - window.first)
        governed.append(Governed(cue, roles, _hands(item, window), item.act))
    return Example(window, cues, kinds, governed)


def _hands(item: Attribution, window: Window) -> NDArray[np.int64]:
    """Return a window's hand labels: I is 1, B of the hand next to the speaker 2, and so on."""
    size = window.last - window.first
    if item.hands is None:
        return np.full(size, UNKNOWN)
    labels = np.zeros(size, dtype=np.int64)
    for number, spans in enumerate(item.hands):
        for start, end in spans:
            for word in range(max(start, window.first), min(end, window.last)):
                begin = 2 + min(number, FARTHEST - 1)
                labels[word - window.first] = begin if word == start else 1
    return labels


def _mark(tags: NDArray[np.int64], spans: Sequence[Span], window: Window, begin: int) -> None:
    """Write B at the first and I at the other words of the spans inside a window."""
    for start, end in spans:
        for word in range(max(start, window.first), min(end, window.last)):
            tags[word - window.first] = begin + (word > start)
