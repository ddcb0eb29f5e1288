"""Which report cites which: it names the other's outlet, and tells what the other has printed.

What a statement tells is looked for by its names, numbers and long words among those that the named
outlet has printed, and then read beside the paragraphs where they stand.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.parsing import evidence
from onrecord.stages.copies.candidates import Numbers, code_of, pair_of
from onrecord.stages.copies.outlets import outlet_key, source_key
from onrecord.stages.copies.postings import Index
from onrecord.stages.copies.words import BASE, EMPTY, WORD, Hashes, Words, is_weak_key, word_hash
from onrecord.types import Evidence, Reading, Statement

TELLING = 5  # telling words of a statement below which nothing can be found again
LEAST_KEYS = 2  # weak keys of a statement that a report must have to be read
FOUND = 0.6  # share of the telling words that one paragraph of the cited report must have
WELL_KNOWN = 200  # reports of an outlet with a word, from which on the word finds none of them
TRIED = 10  # reports of the cited outlet that are read for one statement
LETTERS = 4  # a telling word has as many, or a digit


@dataclass(frozen=True, slots=True)
class Citation:
    """Statement `statement` of report `citing` tells what stands at `found` in report `cited`."""

    citing: str
    cited: str
    statement: str
    named: Evidence
    found: Evidence


@dataclass(frozen=True, slots=True)
class Want:
    """A statement that names an outlet; `keys` are what it looks for in what that has printed."""

    statement: str
    named: Evidence
    telling: frozenset[int]
    keys: Hashes
    latest: int | None


def wants_of(reading: Reading) -> Iterator[Want]:
    """Yield what the statements of a report would find with the outlets that they name."""
    latest = reading.report.published.latest
    for statement in reading.statements:
        hands = [
            (key, named)
            for key, named in _hands(statement)
            if key and key != source_key(reading.report)
        ]
        telling = telling_words(statement) if hands else frozenset[int]()
        if len(telling) < TELLING:
            continue
        weak = {
            word_hash(word)
            for span in statement.content
            for word in WORD.findall(span.text)
            if is_weak_key(word)
        }
        for key, named in hands:
            keys = printed_keys(key, np.array(sorted(weak & telling), dtype=np.uint64))
            if len(keys) >= LEAST_KEYS:
                day = latest.toordinal() if latest else None
                yield Want(statement.id, named, telling, keys, day)


def _hands(statement: Statement) -> Iterator[tuple[str, Evidence]]:
    """Yield the key of each named hand, the speaker among them, with the words that name it."""
    for hop in statement.chain:
        if hop.evidence:
            yield outlet_key(hop.name), hop.evidence[0]
    if statement.source and not statement.speaker.unnamed:
        yield outlet_key(statement.speaker.name), statement.source[0]


def printed_keys(outlet: str, words: Hashes) -> Hashes:
    """Return sorted keys for words as one outlet prints them."""
    return np.unique((words ^ np.uint64(word_hash(outlet))) * BASE)


def weak_printed(words: Words) -> Hashes:
    """Return the weak keys that a report has; empty without an outlet."""
    outlet = source_key(words.report)
    if not outlet:
        return np.empty(0, dtype=np.uint64)
    return printed_keys(outlet, words.hashes[words.weak])


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


def places_to_read(
    wants: Sequence[tuple[int, Want]], printed: Index, ranks: Numbers
) -> dict[int, list[int]]:
    """Return for each want, by its place, the reports that have most of what it looks for."""
    if not wants:
        return {}
    keys = np.concatenate([want.keys for _, want in wants])
    owner = np.repeat(np.arange(len(wants)), [len(want.keys) for _, want in wants])
    held = printed.holders(np.unique(keys))
    starts = held.starts()
    known = held.keys[starts[:-1]]
    counts = np.diff(starts)
    at = np.searchsorted(known, keys)
    at[at == len(known)] = 0
    meets = (known[at] == keys if len(known) else np.zeros(len(keys), dtype=np.bool_)) & (
        (counts[at] <= WELL_KNOWN) if len(known) else False
    )
    at, owner = at[meets], owner[meets]
    many = counts[at] if len(at) else at
    first = np.cumsum(many) - many
    each = np.arange(int(many.sum())) + np.repeat(starts[at] - first, many)
    codes, times = np.unique(
        code_of(np.repeat(owner, many), held.owners[each].astype(np.int64)), return_counts=True
    )
    return _best(wants, codes, times, ranks)


def _best(
    wants: Sequence[tuple[int, Want]], codes: Hashes, times: Numbers, ranks: Numbers
) -> dict[int, list[int]]:
    """Return for each want the reports with most of its keys, the best first."""
    found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for want, report, count in zip(
        *(part.tolist() for part in pair_of(codes)), times.tolist(), strict=True
    ):
        citing, looked_for = wants[want]
        if count >= max(LEAST_KEYS, len(looked_for.keys) / 2) and report != citing:
            found[want].append((-count, int(ranks[report]), report))
    return {
        want: [report for _, _, report in sorted(reports)[:TRIED]]
        for want, reports in found.items()
    }


def citation_of(
    want: Want, citing: str, tried: Sequence[int], words: Callable[[int], Words]
) -> tuple[int, Citation] | None:
    """Return the report, of those tried, that has what a want looks for, else None."""
    best: tuple[float, int, Evidence] | None = None
    for number in tried:
        text = words(number)
        earliest = text.report.published.earliest
        if want.latest and earliest and earliest.toordinal() > want.latest:
            continue
        share, found = _best_block(text, want.telling)
        if found and share >= FOUND and (best is None or share > best[0]):
            best = share, number, found
    if best is None:
        return None
    _, number, found = best
    return number, Citation(citing, found.report, want.statement, want.named, found)


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
