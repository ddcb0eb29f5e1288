"""The words of a report as they are compared: folded, placed, and marked where quoted."""

import functools
import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from spacy.lang.en.stop_words import STOP_WORDS

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
    block `blocks[i]`; `quoted[i]` says whether it stands in quotation marks; `shingles[i]` stands
    for the words from i to i + SHINGLE.
    """

    report: Report
    hashes: Hashes
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    blocks: tuple[int, ...]
    quoted: Flags
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


EMPTY = frozenset(word_hash(word) for word in STOP_WORDS)  # function words


def words_of(reading: Reading) -> Words:
    """Return the words of a report, quoted where marks or a direct statement say so."""
    report = reading.report
    hashes: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    blocks: list[int] = []
    stretches: list[tuple[int, int]] = []
    for number, (start, end, kind) in enumerate(_readable(report)):
        matches = list(WORD.finditer(report.text, start, end))
        hashes += [word_hash(match.group()) for match in matches]
        starts += [match.start() for match in matches]
        ends += [match.end() for match in matches]
        blocks += [number] * len(matches)
        stretches += [(start, end)] if kind == "quotation" else quotations(report, start, end)
    stretches += [
        (span.start, span.end)
        for statement in reading.statements
        if statement.mode == "direct"
        for span in statement.content
    ]
    packed = np.array(hashes, dtype=np.uint64)
    quoted = _mark(starts, stretches)
    return Words(report, packed, tuple(starts), tuple(ends), tuple(blocks), quoted, shingle(packed))


def _readable(report: Report) -> Iterator[tuple[int, int, str]]:
    for block in sorted(report.blocks, key=lambda block: block.start):
        if block.kind in READ_KINDS:
            yield block.start, block.end, block.kind


def quotations(report: Report, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches of [start, end) that stand in quotation marks, without the marks."""
    return [
        match.span(match.lastindex or 0) for match in QUOTATION.finditer(report.text, start, end)
    ]


def _mark(starts: list[int], stretches: list[tuple[int, int]]) -> Flags:
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
