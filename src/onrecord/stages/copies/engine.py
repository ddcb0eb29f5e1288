"""Copies over a corpus that grows: what is added is compared with its neighbours alone.

Every step gives what depends on the reports and not on when they came: fingerprints are common or
rare by who holds them, pairs are tried by the fingerprints that they share, and what hangs together
through copies and citations is settled together. So a corpus that was added to is what it would be
if it had been made at once.
"""

import functools
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

import numpy as np

from onrecord.spread import Spread, chosen, here
from onrecord.stages.copies.alignment import align, held, packed, shared_keys
from onrecord.stages.copies.candidates import (
    CLIQUE,
    MOST,
    Numbers,
    candidates,
    connected,
    pair_of,
    pairs_met,
    rare,
    summed,
)
from onrecord.stages.copies.citations import Citation, citation_of, places_to_read, wants_touched
from onrecord.stages.copies.fingerprints import NO_KEYS, fingerprints
from onrecord.stages.copies.outlets import lexicon
from onrecord.stages.copies.postings import Postings, postings
from onrecord.stages.copies.shelf import Rows, Shelf, rows_of
from onrecord.stages.copies.words import Flags, Hashes, Words, phrase_shingles, words_of
from onrecord.types import Reading

Item = TypeVar("Item")

REMEMBERED = 4_096  # reports whose words are kept at hand
SOME = 0.2  # share of the reports from which on all fingerprints are gone through
BATCH = 20_000  # reports that are put into the indexes at once
CHUNK = 500  # reports, pairs or citations that are worked on before results are sent on
WANTS = 20_000  # citations that are looked for at once


@dataclass(frozen=True, slots=True)
class Group:
    """Reports, by number, that copies and citations connect, with what connects them.

    `runs` has the pairs that share words, the report with the lower id first.
    """

    members: tuple[int, ...]
    runs: tuple[tuple[int, int, bytes], ...]
    cited: tuple[Citation, ...]


class Copies:
    """Fingerprints, pairs and groups of the reports that were added so far, by their numbers.

    `reading` gives the reading of a report by its number, as often as it is asked; `spread` is how
    work on many reports is done.
    """

    def __init__(self, reading: Callable[[int], Reading], spread: Spread = chosen) -> None:
        self._stock = phrase_shingles(lexicon("stock_phrases.txt"))
        self._shelf = Shelf()
        self._common = self._stock
        self._codes = NO_KEYS
        self._runs: dict[int, bytes] = {}
        self._cited: dict[int, tuple[int, Citation]] = {}
        self.bind(reading, spread)

    def bind(self, reading: Callable[[int], Reading], spread: Spread = chosen) -> None:
        """Take the readings from there from now on; they are those that were taken in before."""
        self._reading = reading
        self._spread = spread
        self.words = functools.lru_cache(maxsize=REMEMBERED)(self._read)
        self._keys = functools.lru_cache(maxsize=REMEMBERED)(self._keys_of)

    def __getstate__(self) -> dict[str, object]:
        bound = {"_reading", "_spread", "words", "_keys"}
        return {name: value for name, value in self.__dict__.items() if name not in bound}

    def elsewhere(self, reading: Callable[[int], Reading]) -> "Copies":
        """Return these copies in another process, where the readings are had in another way.

        To work on items there; what was found is settled here.
        """
        other = object.__new__(Copies)
        other.__dict__.update(self.__getstate__())
        other.bind(reading, here)
        return other

    @property
    def reading(self) -> Callable[[int], Reading]:
        """Return what gives the reading of a report by its number."""
        return self._reading

    def __len__(self) -> int:
        return len(self._shelf)

    def add(self, count: int) -> list[Group]:
        """Add the next `count` reports and return every group that is new or has changed.

        A report is in one group at a time: where a group is returned, those are gone that its
        members were in before.
        """
        first, known = len(self), len(self._shelf.wants)
        keys, fresh = self._take(count)
        dirty, turned = self._dirty(keys, first)
        before = _touched(self._codes, dirty, first)
        changed = self._align(before, self._candidates(keys, dirty, first), turned)
        shelf = self._shelf
        if self._is_most(count, len(self)):
            asked = np.arange(len(shelf.wants))
        else:
            touched = wants_touched(fresh, shelf.wants, shelf.wanted, shelf.printed)
            asked = np.union1d(touched, np.arange(known, len(shelf.wants)))
        changed |= self._cite(asked.tolist())
        return list(self._groups(changed | set(range(first, first + count))))

    def _read(self, number: int) -> Words:
        return words_of(self._reading(number))

    def _keys_of(self, number: int) -> Hashes:
        return fingerprints([self.words(number)]).keys

    def _take(self, count: int) -> tuple[Hashes, Postings]:
        """Take in the next reports; return their fingerprints, and who of them has which weak key.

        Where all will be gone through in any case, none is returned.
        """
        first, last = len(self), len(self) + count
        chunks = _chunks(range(first, last), CHUNK)
        waiting: list[Rows] = []
        keys, names, owners = [NO_KEYS], [NO_KEYS], [np.empty(0, dtype=np.int32)]
        for chunk, rows in zip(chunks, self._spread(self._rows, chunks), strict=True):
            waiting.append(rows)
            if len(waiting) * CHUNK >= BATCH:
                self._shelf.put(waiting)
                waiting = []
            if not self._is_most(count, last):
                keys.append(rows.found.keys)
                names.append(rows.names)
                owners.append(rows.name_owners + np.int32(chunk[0]))
        self._shelf.put(waiting)
        fresh = postings(np.concatenate(names), np.concatenate(owners))
        return np.unique(np.concatenate(keys)), fresh

    @staticmethod
    def _is_most(count: int, all_: int) -> bool:
        return count >= SOME * all_

    def _rows(self, numbers: Sequence[int]) -> Rows:
        readings = [self._reading(number) for number in numbers]
        return rows_of([words_of(reading) for reading in readings], readings)

    def _dirty(self, keys: Hashes, first: int) -> tuple[Numbers, Postings | None]:
        """Return the reports for whose pairs something may have changed, sorted.

        They are those added, and those that hold one of their fingerprints which has become
        common or rare, or has too many holders for all pairs of them to be tried. The first of
        these fingerprints come too, with who holds them; None where all are gone through.
        """
        fresh = np.arange(first, len(self))
        if self._is_most(len(fresh), len(self)):
            return np.arange(len(self)), None
        postings = self._shelf.fingerprints.holders(keys)
        few, common = rare(postings, self._shelf.traits, self._stock)
        several = postings.where(held(postings.keys, np.union1d(common, few.keys)))
        turned = held(several.keys, common) != held(several.keys, self._common)
        counts = np.diff(several.starts())
        crowded = np.repeat((counts > CLIQUE) & (counts <= MOST), counts)
        crowded &= ~held(several.keys, common)
        touched = several.owners[turned | crowded].astype(np.int64)
        self._renew(np.unique(several.keys), common)
        return np.union1d(fresh, touched), several.where(turned)

    def _renew(self, asked: Hashes, common: Hashes) -> None:
        """Put in place which of some fingerprints are common."""
        kept = self._common[~held(self._common, asked)]
        self._common = np.union1d(kept, common)

    def _candidates(self, keys: Hashes, dirty: Numbers, first: int) -> Hashes:
        """Return the codes of the pairs to align anew."""
        traits = self._shelf.traits
        if len(dirty) == len(self):
            parts, found = [], [NO_KEYS]
            for part in self._shelf.fingerprints.parts():
                few, common = rare(part, traits, self._stock)
                found.append(common)
                support = pairs_met(few, traits)
                parts.append((support.codes, support.shared, support.quoted))
            self._common = np.union1d(self._stock, np.concatenate(found))
            return candidates(summed(parts))
        chunks = _chunks(dirty[dirty < first].tolist(), CHUNK)
        asked = np.unique(np.concatenate([keys, *self._spread(self._all_keys, chunks)]))
        rare_ones = asked[~held(asked, self._common)]
        support = pairs_met(_several(self._shelf.fingerprints.holders(rare_ones)), traits)
        return _touched(candidates(support), dirty, first)

    def _all_keys(self, numbers: Sequence[int]) -> Hashes:
        return fingerprints([self._read(number) for number in numbers]).keys

    def _align(self, before: Hashes, codes: Hashes, turned: Postings | None) -> set[int]:
        """Put pairs in place of those before; return the reports whose copies changed.

        Only those are aligned anew that were not there or whose shared fingerprints have changed.
        """
        rest = self._codes[~held(self._codes, before)]
        self._codes = np.union1d(rest, codes)
        changed: set[int] = set()
        for code in before[~held(before, codes)].tolist():
            if self._runs.pop(code, b""):
                changed |= set(_both(code))
        if turned is not None:
            codes = codes[~held(codes, before) | _both_hold(codes, turned)]
        chunks = _chunks(codes[np.argsort(self._families(codes), kind="stable")].tolist(), CHUNK)
        for chunk, found in zip(chunks, self._spread(self._aligned, chunks), strict=True):
            for code, runs in zip(chunk, found, strict=True):
                if runs != self._runs.get(code, b""):
                    changed |= set(_both(code))
                    self._runs[code] = runs
                if not runs:
                    self._runs.pop(code, None)
        return changed

    def _aligned(self, codes: Sequence[int]) -> list[bytes]:
        found = []
        for code in codes:
            one, other = self._by_id(code)
            seeds = shared_keys(self._keys(one), self._keys(other), self._common)
            found.append(packed(align(self.words(one), self.words(other), seeds)))
        return found

    def _families(self, codes: Hashes) -> Numbers:
        """Return for each pair a number that pairs which hang together have in common."""
        low, high = pair_of(codes)
        return connected(len(self), low, high)[low]

    def _cite(self, asked: list[int]) -> set[int]:
        """Look for what some statements cite; return the reports whose citations have changed."""
        tried: list[tuple[int, list[int]]] = []
        shelf = self._shelf
        for batch in _chunks(asked, WANTS):
            places = np.array(batch, dtype=np.int64)
            found = places_to_read(shelf.wants, places, shelf.printed, shelf.traits.ranks)
            tried += [(place, found[place]) for place in batch if place in found]
        cited = chain.from_iterable(self._spread(self._citations, _chunks(tried, CHUNK)))
        made = {place: one for (place, _), one in zip(tried, cited, strict=True) if one}
        changed: set[int] = set()
        for place in sorted(made.keys() | (self._cited.keys() & set(asked))):
            changed |= self._renewed(place, made.get(place))
        return changed

    def _citations(
        self, tried: Sequence[tuple[int, list[int]]]
    ) -> list[tuple[int, Citation] | None]:
        wants = self._shelf.wants
        found = []
        for place, numbers in tried:
            want = int(wants.statements[place]), int(wants.hands[place])
            citing = self._reading(int(wants.reports[place]))
            found.append(citation_of(citing, want, numbers, self.words))
        return found

    def _renewed(self, place: int, made: tuple[int, Citation] | None) -> set[int]:
        """Put a citation in place; return the reports it changes something for."""
        before = self._cited.pop(place, None)
        if made:
            self._cited[place] = made
        if made == before:
            return set()
        citing = int(self._shelf.wants.reports[place])
        return {citing, *(one[0] for one in (made, before) if one)}

    def _groups(self, changed: Set[int]) -> Iterator[Group]:
        """Yield the groups that have a changed report, by their first member."""
        codes = np.array(sorted(self._runs), dtype=np.uint64)
        low, high = pair_of(codes)
        places = np.array(sorted(self._cited), dtype=np.int64)
        citing = self._shelf.wants.reports[places].astype(np.int64)
        printing = np.array([self._cited[place][0] for place in places.tolist()], dtype=np.int64)
        home = connected(len(self), np.r_[low, citing], np.r_[high, printing])
        asked = np.unique(home[np.array(sorted(changed), dtype=np.int64)])
        members = _gathered(home, np.arange(len(self)), asked)
        runs = _gathered(home[low], np.arange(len(codes)), asked)
        cited = _gathered(home[citing], places, asked)
        for key, numbers in members.items():
            pairs = (int(codes[k]) for k in runs.get(key, []))
            yield Group(
                tuple(numbers),
                tuple((*self._by_id(code), self._runs[code]) for code in pairs),
                tuple(self._cited[place][1] for place in cited.get(key, [])),
            )

    def _by_id(self, code: int) -> tuple[int, int]:
        one, other = _both(code)
        return (one, other) if self._shelf.ids[one] < self._shelf.ids[other] else (other, one)


def _chunks(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def _both(code: int) -> tuple[int, int]:
    return code >> 32, code & 0xFFFFFFFF


def _both_hold(codes: Hashes, some: Postings) -> Flags:
    """Return which pairs have one of some fingerprints in common."""
    held_by: dict[int, set[int]] = {}
    for owner, key in zip(some.owners.tolist(), some.keys.tolist(), strict=True):
        held_by.setdefault(owner, set()).add(key)
    none = set[int]()
    pairs = map(_both, codes.tolist())
    meet = (not held_by.get(one, none).isdisjoint(held_by.get(other, none)) for one, other in pairs)
    return np.fromiter(meet, dtype=np.bool_, count=len(codes))


def _several(postings: Postings) -> Postings:
    """Return the postings of fingerprints with more than one holder."""
    counts = np.diff(postings.starts())
    return postings.where(np.repeat(counts > 1, counts))


def _touched(codes: Hashes, dirty: Numbers, first: int) -> Hashes:
    """Return the pairs that may not be what they were: with a fresh report, or of two dirty ones.

    What has changed for an old report it shares with the other of the pair, or the pair is as it
    was.
    """
    low, high = pair_of(codes)
    asked = dirty.astype(np.uint64)
    both = held(low.astype(np.uint64), asked) & held(high.astype(np.uint64), asked)
    return codes[both | (high >= first)]


def _gathered(homes: Numbers, items: Numbers, asked: Numbers) -> dict[int, list[int]]:
    """Return the items of each home that is asked for."""
    at = np.flatnonzero(held(homes.astype(np.uint64), asked.astype(np.uint64)))
    order = at[np.argsort(homes[at], kind="stable")]
    keys, firsts = np.unique(homes[order], return_index=True)
    cuts = np.split(items[order], firsts[1:])
    return {int(key): cut.tolist() for key, cut in zip(keys, cuts, strict=bool(len(keys)))}
