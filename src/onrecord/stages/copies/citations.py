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
from onrecord.stages.copies.fingerprints import NO_KEYS, Owners
from onrecord.stages.copies.outlets import outlet_key, source_key
from onrecord.stages.copies.postings import Index, Postings
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
class Wants:
    """Statements that name an outlet, as columns, and what each looks for in what that has printed.

    Want i is of report `reports[i]`, of its statement number `statements[i]`, which names the
    outlet as its hand number `hands[i]`; it looks for `keys[starts[i] : starts[i + 1]]`.
    """

    reports: Owners
    statements: Owners
    hands: Owners
    keys: Hashes
    starts: Numbers

    def __len__(self) -> int:
        return len(self.reports)

    def keys_of(self, wants: Numbers) -> tuple[Hashes, Numbers]:
        """Return the keys of some wants, and which of these each key is of."""
        counts = np.diff(self.starts)[wants]
        owner = np.repeat(np.arange(len(wants)), counts)
        first = np.repeat(self.starts[wants] - (np.cumsum(counts) - counts), counts)
        return self.keys[np.arange(len(owner)) + first], owner

    def joined(self, others: Sequence["Wants"], firsts: Sequence[int]) -> "Wants":
        """Return these wants and others', whose reports are numbered from `firsts` on."""
        parts = [self, *others]
        moved = [part.reports + np.int32(n) for part, n in zip(others, firsts, strict=True)]
        counts = np.concatenate([np.diff(part.starts) for part in parts])
        return Wants(
            np.concatenate([self.reports, *moved]),
            np.concatenate([part.statements for part in parts]),
            np.concatenate([part.hands for part in parts]),
            np.concatenate([part.keys for part in parts]),
            np.concatenate(([0], np.cumsum(counts))),
        )


def wants_of(readings: Sequence[Reading]) -> Wants:
    """Return what the statements of some reports would find with the outlets that they name."""
    found = [(place, *one) for place, reading in enumerate(readings) for one in _wants(reading)]
    rows = np.array([one[:3] for one in found], dtype=np.int32).reshape(-1, 3)
    keys = [one[3] for one in found]
    starts = np.cumsum([0, *(len(part) for part in keys)])
    return Wants(
        rows[:, 0],
        rows[:, 1],
        rows[:, 2],
        np.concatenate([NO_KEYS, *keys]),
        starts.astype(np.int64),
    )


def _wants(reading: Reading) -> Iterator[tuple[int, int, Hashes]]:
    """Yield number of statement, number of hand, and keys."""
    own = source_key(reading.report)
    for number, statement in enumerate(reading.statements):
        hands = [(k, key) for k, (key, _) in enumerate(_hands(statement)) if key and key != own]
        telling = telling_words(statement) if hands else frozenset[int]()
        if len(telling) < TELLING:
            continue
        words = (word for span in statement.content for word in WORD.findall(span.text))
        weak = {word_hash(word) for word in words if is_weak_key(word)}
        for k, key in hands:
            keys = printed_keys(key, np.array(sorted(weak & telling), dtype=np.uint64))
            if len(keys) >= LEAST_KEYS:
                yield number, k, keys


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


def wants_touched(fresh: Postings, wants: Wants, wanted: Index, printed: Index) -> Numbers:
    """Return the wants for which reports just put in may change what is read.

    They are those that a fresh report has enough keys of, and those with a key that has become too
    well known by it.
    """
    starts = fresh.starts()
    keys, new = fresh.keys[starts[:-1]], np.diff(starts)
    counts = printed.counts(keys)
    known = counts > WELL_KNOWN
    turned = wanted.holders(keys[known & (counts - new <= WELL_KNOWN)]).owners
    rare = fresh.where(np.repeat(~known, new))
    asked = wanted.holders(np.unique(rare.keys))
    low = np.searchsorted(rare.keys, asked.keys, side="left")
    many = np.searchsorted(rare.keys, asked.keys, side="right") - low
    first = np.cumsum(many) - many
    each = np.arange(int(many.sum())) + np.repeat(low - first, many)
    place = np.repeat(asked.owners.astype(np.int64), many)
    codes, times = np.unique(code_of(place, rare.owners[each].astype(np.int64)), return_counts=True)
    met = pair_of(codes)[0]
    enough = times >= np.maximum(LEAST_KEYS, np.diff(wants.starts)[met] / 2)
    return np.union1d(met[enough], turned)


def places_to_read(
    wants: Wants, asked: Numbers, printed: Index, ranks: Numbers
) -> dict[int, list[int]]:
    """Return for each of the wants asked for the reports that have most of what it looks for."""
    keys, owner = wants.keys_of(asked)
    if not len(keys):
        return {}
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
    return _best(wants, asked, (codes, times), ranks)


def _best(
    wants: Wants, asked: Numbers, met: tuple[Hashes, Numbers], ranks: Numbers
) -> dict[int, list[int]]:
    """Return for each want the reports with most of its keys, the best first."""
    looked_for = np.diff(wants.starts)[asked]
    own = wants.reports[asked]
    place, report = pair_of(met[0])
    enough = (met[1] >= np.maximum(LEAST_KEYS, looked_for[place] / 2)) & (report != own[place])
    place, report, count = place[enough], report[enough], met[1][enough]
    found: dict[int, list[int]] = defaultdict(list)
    order = np.lexsort((ranks[report], -count, place))
    for k, number in zip(asked[place[order]].tolist(), report[order].tolist(), strict=True):
        if len(found[k]) < TRIED:
            found[k].append(number)
    return dict(found)


def citation_of(
    citing: Reading, want: tuple[int, int], tried: Sequence[int], words: Callable[[int], Words]
) -> tuple[int, Citation] | None:
    """Return the report, of those tried, that has what a want looks for, else None.

    The want is given by the numbers of its statement and of the hand.
    """
    statement = citing.statements[want[0]]
    telling, latest = telling_words(statement), citing.report.published.latest
    best: tuple[float, int, Evidence] | None = None
    for number in tried:
        text = words(number)
        earliest = text.report.published.earliest
        if latest and earliest and earliest > latest:
            continue
        share, found = _best_block(text, telling)
        if found and share >= FOUND and (best is None or share > best[0]):
            best = share, number, found
    if best is None:
        return None
    _, number, found = best
    named = list(_hands(statement))[want[1]][1]
    return number, Citation(citing.report.id, found.report, statement.id, named, found)


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
