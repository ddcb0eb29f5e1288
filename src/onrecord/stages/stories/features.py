"""What tells one happening from another: the names, rare words and numbers of a report."""

import functools
import re
from collections import Counter
from dataclasses import dataclass

from spacy.lang.en.stop_words import STOP_WORDS

from onrecord.stages.copies.words import fold
from onrecord.types import READ_KINDS, Report

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
POSSESSIVE = re.compile(r"['’][sS]$")
SHORTEST = 2  # letters of a word that counts


@dataclass(frozen=True, slots=True)
class Features:
    """How often each word stands in a report, and which words are names there."""

    counts: dict[str, int]
    names: frozenset[str]


def features(report: Report) -> Features:
    """Return the words of a report, function words left out.

    A name is a word with a capital that the report never prints without one.
    """
    counts: dict[str, int] = {}
    capital: set[str] = set()
    lower: set[str] = set()
    for printed, count in _printed(report).items():
        word = _known(printed)
        if not word:
            continue
        counts[word] = counts.get(word, 0) + count
        if printed[0].isupper():
            capital.add(word)
        elif not printed[0].isdigit():
            lower.add(word)
    return Features(counts, frozenset(capital - lower))


def _printed(report: Report) -> Counter[str]:
    """Return how often each word stands, as printed, in the title and the readable blocks."""
    found: Counter[str] = Counter()
    if report.title and not any(block.kind == "title" for block in report.blocks):
        found.update(WORD.findall(report.title))
    for block in report.blocks:
        if block.kind in READ_KINDS:
            found.update(WORD.findall(report.text, block.start, block.end))
    return found


@functools.lru_cache(maxsize=1 << 18)
def _known(printed: str) -> str:
    """Return what a printed word counts as, "" for a function word or a single letter."""
    word = fold(POSSESSIVE.sub("", printed))
    return word if len(word) >= SHORTEST and printed.casefold() not in STOP_WORDS else ""
