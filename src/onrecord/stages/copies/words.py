"""The words of a report as they are compared: folded, placed, and marked where quoted."""

import functools
import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from spacy.lang.en.lex_attrs import _num_words
from spacy.lang.en.stop_words import STOP_WORDS

from onrecord.stages.copies.appeals import appeals
from onrecord.types import READ_KINDS, Reading, Report

Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]

SHINGLE = 5  # words a shingle: fewer meet by chance, more lose lightly edited text
LONGEST_QUOTATION = 2_000  # characters; a longer one is a mark that was never closed
BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that it loses no bit of a word's hash

WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
QUOTATION = re.compile(
    rf"“([^“”]{{1,{LONGEST_QUOTATION}}})(?:”|$)"
    rf"|(?<!\w)\"(?=\S)([^\"]{{1,{LONGEST_QUOTATION}}})(?:\"|$)"
    rf"|«([^«»]{{1,{LONGEST_QUOTATION}}})(?:»|$)"
    rf"|„([^„“”]{{1,{LONGEST_QUOTATION}}})(?:[“”]|$)"
    rf"|(?<!\w)‘((?:[^‘’]|’(?=\w)){{1,{LONGEST_QUOTATION}}})’"
)
SPELLINGS = (
    (re.compile(r"(?<=.{3})is(?=(?:e[sdr]?|ers|ing|ations?)$)"), "iz"),
    (re.compile(r"(?<=.{2})our(?=(?:s|ed|ing|able|ful|ite|ites|ly)?$)"), "or"),
    (re.compile(r"(?<=.{2})tre(?=s?$)"), "ter"),
    (re.compile(r"(?<=.{3})ence(?=s?$)"), "ense"),
    (re.compile(r"(?<=.{4})ll(?=(?:ed|ing|ers?)$)"), "l"),
    (re.compile(r"(?<=.{4})amme(?=s?$)"), "am"),
)
SPELLED = 5  # letters from which on a word can have two spellings


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the readable blocks of a report, in order.

    `hashes[i]` stands for the folded word i at [starts[i], ends[i]) of the report in readable
    block `blocks[i]`; `quoted[i]` says whether it stands in quotation marks, `weak[i]` whether it
    is a weak key; `shingles[i]` stands for the words from i to i + SHINGLE.
    `asking[i]` says whether word i stands in an appeal to the public.
    """

    report: Report
    hashes: Hashes
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    blocks: tuple[int, ...]
    quoted: Flags
    weak: Flags
    asking: Flags
    shingles: Hashes

    def __len__(self) -> int:
        return len(self.starts)


@functools.lru_cache(maxsize=1 << 18)
def fold(word: str) -> str:
    """Return a word without case, apostrophes and the difference of British spelling."""
    bare = word.casefold().replace("'", "").replace("’", "").replace(".", "")
    if len(bare) >= SPELLED:
        for pattern, spelling in SPELLINGS:
            bare = pattern.sub(spelling, bare)
    return bare


@functools.lru_cache(maxsize=1 << 18)
def word_hash(word: str) -> int:
    """Return 64 bits that stand for the folded word on every machine and run."""
    return int.from_bytes(hashlib.blake2b(fold(word).encode(), digest_size=8).digest(), "big")


@functools.lru_cache(maxsize=1 << 18)
def is_weak_key(word: str) -> bool:
    """Return whether a word is a name, a number or a long word, by a few of which texts are found.

    A word with a capital at its head is taken for a name, unless it is a function word.
    """
    if word[0].islower():
        return len(word) >= LONG or word in NUMBERS
    return word_hash(word) not in EMPTY


LONG = 8  # letters of a word that few texts have
NUMBERS = frozenset(_num_words)
EMPTY = frozenset(word_hash(word) for word in STOP_WORDS)  # function words


def words_of(reading: Reading) -> Words:
    """Return the words of a report, quoted where marks or a direct statement say so."""
    report = reading.report
    text = report.text
    spans: list[tuple[int, int]] = []
    blocks: list[int] = []
    stretches: list[tuple[int, int]] = []
    asking: list[tuple[int, int]] = []
    for number, (start, end, kind) in enumerate(_readable(report)):
        found = [match.span() for match in WORD.finditer(text, start, end)]
        spans += found
        blocks += [number] * len(found)
        stretches += [(start, end)] if kind == "quotation" else quotations(report, start, end)
        asking += appeals(text, start, end)
    stretches += [
        (span.start, span.end)
        for statement in reading.statements
        if statement.mode == "direct"
        for span in statement.content
    ]
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    printed = [text[start:end] for start, end in spans]
    packed = np.array([word_hash(word) for word in printed], dtype=np.uint64)
    weak = np.array([is_weak_key(word) for word in printed], dtype=np.bool_)
    quoted = _mark(starts, stretches)
    shingles = shingle(packed)
    return Words(
        report, packed, starts, ends, tuple(blocks), quoted, weak, _mark(starts, asking), shingles
    )


def _readable(report: Report) -> Iterator[tuple[int, int, str]]:
    for block in sorted(report.blocks, key=lambda block: block.start):
        if block.kind in READ_KINDS:
            yield block.start, block.end, block.kind


def quotations(report: Report, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches of [start, end) that stand in quotation marks, without the marks."""
    matches = QUOTATION.finditer(report.text, start, end)
    return [match.span(match.lastindex or 0) for match in matches]


def _mark(starts: Sequence[int], stretches: list[tuple[int, int]]) -> Flags:
    marks = np.zeros(len(starts), dtype=np.bool_)
    for start, end in stretches:
        marks[bisect_left(starts, start) : bisect_left(starts, end)] = True
    return marks


def shingle(hashes: Hashes) -> Hashes:
    """Return a hash for each run of SHINGLE words; empty when there are fewer words."""
    count = len(hashes) - SHINGLE + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    total = np.zeros(count, dtype=np.uint64)
    for offset in range(SHINGLE):
        total = total * BASE + hashes[offset : offset + count]
    return total


def phrase_shingles(phrases: tuple[str, ...]) -> Hashes:
    """Return the shingles of phrases that prove nothing when two reports share them."""
    found = [
        shingle(np.array([word_hash(m.group()) for m in WORD.finditer(phrase)], dtype=np.uint64))
        for phrase in phrases
    ]
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.uint64)
