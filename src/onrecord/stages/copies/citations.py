"""Which report cites which: it names the other's outlet, and tells what the other has printed."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.parsing import evidence
from onrecord.stages.copies.outlets import outlet_key, source_key
from onrecord.stages.copies.words import EMPTY, WORD, Words, word_hash
from onrecord.types import Evidence, Reading, Statement

TELLING = 5  # telling words of a statement below which nothing can be found again
FOUND = 0.6  # share of the telling words that one paragraph of the cited report must have
WELL_KNOWN = 200  # reports of an outlet with a word, from which on the word finds none of them
TRIED = 10  # reports of the cited outlet that are read for one statement
LETTERS = 4  # a telling word has as many, or a digit


@dataclass(frozen=True, slots=True)
class Citation:
    """Statement `statement` of report `citing` tells what stands at `found` in report `cited`."""

    citing: int
    cited: int
    statement: str
    named: Evidence
    found: Evidence


def citations(readings: Sequence[Reading], texts: Sequence[Words]) -> list[Citation]:
    """Return the citations among the reports; positions are those of `readings`."""
    sources: dict[str, list[int]] = defaultdict(list)
    for i, reading in enumerate(readings):
        if reading.report.source:
            sources[source_key(reading.report)].append(i)
    naming = [
        (i, statement, key, named)
        for i, reading in enumerate(readings)
        for statement in reading.statements
        for key, named in _hands(statement)
        if key in sources and key != source_key(reading.report)
    ]
    indexes = {key: _index(sources[key], texts) for key in {key for _, _, key, _ in naming}}
    return [
        Citation(i, cited, statement.id, named, found)
        for i, statement, key, named in naming
        for cited, found in _cited(readings, i, statement, indexes[key], texts)
    ]


def _hands(statement: Statement) -> Iterator[tuple[str, Evidence]]:
    """Yield the key of each named hand, the speaker among them, with the words that name it."""
    for hop in statement.chain:
        if hop.evidence:
            yield outlet_key(hop.name), hop.evidence[0]
    if statement.source and not statement.speaker.unnamed:
        yield outlet_key(statement.speaker.name), statement.source[0]


def _index(reports: list[int], texts: Sequence[Words]) -> dict[int, list[int]]:
    """Return for each word the reports of one outlet that have it."""
    index: dict[int, list[int]] = defaultdict(list)
    for i in reports:
        for word in np.unique(texts[i].hashes).tolist():
            index[word].append(i)
    return index


def telling_words(statement: Statement) -> frozenset[int]:
    """Return the words of a statement's content that another report would have to repeat."""
    return (
        frozenset(
            word_hash(word)
            for span in statement.content
            for word in WORD.findall(span.text)
            if len(word) >= LETTERS or any(letter.isdigit() for letter in word)
        )
        - EMPTY
    )


def _cited(
    readings: Sequence[Reading],
    citing: int,
    statement: Statement,
    index: dict[int, list[int]],
    texts: Sequence[Words],
) -> Iterator[tuple[int, Evidence]]:
    """Yield the report of the cited outlet that has what the statement tells, if one has it."""
    telling = telling_words(statement)
    if len(telling) < TELLING:
        return
    counts: Counter[int] = Counter()
    for word in sorted(telling):
        holders = index.get(word, [])
        counts.update(holders if len(holders) <= WELL_KNOWN else ())
    latest = readings[citing].report.published.latest
    best: tuple[float, int, Evidence] | None = None
    for i, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:TRIED]:
        earliest = readings[i].report.published.earliest
        if count < TELLING or (latest and earliest and earliest > latest):
            continue
        share, found = _best_block(texts[i], telling)
        if found and share >= FOUND and (best is None or share > best[0]):
            best = share, i, found
    if best:
        yield best[1], best[2]


def _best_block(text: Words, telling: frozenset[int]) -> tuple[float, Evidence | None]:
    """Return the largest share of the telling words that one block has, and their stretch."""
    met: dict[int, set[int]] = defaultdict(set)
    ends: dict[int, list[int]] = {}
    for position, word in enumerate(text.hashes.tolist()):
        if word in telling:
            block = text.blocks[position]
            met[block].add(word)
            ends.setdefault(block, [position, position])[1] = position
    if not met:
        return 0.0, None
    block = min(met, key=lambda number: (-len(met[number]), number))
    first, last = ends[block]
    return len(met[block]) / len(telling), evidence(
        text.report, text.starts[first], text.ends[last]
    )
