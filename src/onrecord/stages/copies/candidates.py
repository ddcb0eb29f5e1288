"""Which pairs of reports are worth laying side by side, without trying all pairs.

Reports meet in the fingerprints that few groups of copies have, those within quotation marks among
them. A fingerprint that many reports have is furniture or a common phrase and brings nobody
together; a wire story in thirty papers counts once in that. Which reports are copies of each other
is told for this by labels from MinHash (Broder 1997): two reports share one with the likelihood of
their Jaccard index. Whether a fingerprint is common depends on its holders alone, so that what is
added to a corpus changes nothing elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from onrecord.stages.copies.fingerprints import LABELS, ODD, Labels
from onrecord.stages.copies.postings import Postings
from onrecord.stages.copies.words import Flags, Hashes

COMMON = 20  # groups of copies that may have a fingerprint before it is a common phrase
FURNITURE = 6  # reports of one outlet that may have a fingerprint before it is page furniture
RECURRING = 4  # groups of copies, spread over LASTING days, that make it a common phrase
LASTING = 90  # days
PROMPT = 30  # days a period: copies follow within it, and pages alike after it are furniture
MOST = 4_096  # reports from which on a fingerprint is common without further question
CLIQUE = 8  # reports with one fingerprint up to which all pairs are tried, beyond only neighbours
SHARED = 3  # rare fingerprints that make a pair: about twelve words, in one piece or in several
QUOTED = 2  # rare fingerprints within quotation marks that make a pair: six words in a row
RUN = np.uint64(36)  # bits beside the number of a fingerprint within a part of the postings

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of each report by its number.

    `labels` has LABELS columns; `days` is 0 and `outlets` -1 where that is not known; `ranks` put
    the reports in an order of their own, whatever order they came in.
    """

    labels: Labels
    days: Numbers
    outlets: Numbers
    ranks: Numbers


@dataclass(frozen=True, slots=True)
class Support:
    """Pairs of report numbers as codes, sorted, with the fingerprints that bring them together."""

    codes: Hashes
    shared: Numbers
    quoted: Numbers


def code_of(low: Numbers, high: Numbers) -> Hashes:
    """Return pairs of numbers, the lower one first, as one number each."""
    return (low.astype(np.uint64) << np.uint64(32)) | high.astype(np.uint64)


def pair_of(codes: Hashes) -> tuple[Numbers, Numbers]:
    """Return the numbers that codes stand for."""
    mask = np.uint64(0xFFFFFFFF)
    return (codes >> np.uint64(32)).astype(np.int64), (codes & mask).astype(np.int64)


def rare(postings: Postings, traits: Traits, stock: Hashes) -> tuple[Postings, Hashes]:
    """Return the postings of rare fingerprints with several holders, and the common ones, sorted.

    `stock` holds fingerprints, sorted, that prove nothing whoever has them.
    """
    starts = postings.starts()
    counts = np.diff(starts)
    several = counts > 1
    postings = postings.where(np.repeat(several, counts))
    starts = np.concatenate(([0], np.cumsum(counts[several])))
    keys = postings.keys[starts[:-1]]
    bad = common(postings, starts, traits) | np.isin(keys, stock)
    kept = postings.where(np.repeat(~bad, np.diff(starts)))
    return kept, keys[bad]


def common(postings: Postings, starts: Numbers, traits: Traits) -> Flags:
    """Return for each fingerprint whether it is a common phrase or the furniture of an outlet."""
    counts = np.diff(starts)
    found = counts > MOST
    found |= _of_one_outlet(postings, starts, traits)
    days = traits.days[postings.owners]
    open_ = (counts > COMMON) | ((counts >= RECURRING) & _lasting(days, starts))
    open_ &= ~found
    most = np.where(_lasting(days, starts), RECURRING - 1, COMMON)
    # No more groups hold it than its holders have first labels.
    asked = np.flatnonzero(open_)
    some = postings.where(np.repeat(open_, counts))
    kept = _labelled(some, counts[asked], traits) > most[asked]
    some = some.where(np.repeat(kept, counts[asked]))
    asked = asked[kept]
    found[asked] = _groups(some, counts[asked], traits) > most[asked]
    return found


def _of_one_outlet(postings: Postings, starts: Numbers, traits: Traits) -> Flags:
    """Return which fingerprints more reports of one outlet have than chance allows."""
    counts = np.diff(starts)
    run = np.repeat(np.arange(len(counts)), counts)
    outlets = traits.outlets[postings.owners]
    asked = (outlets >= 0) & np.repeat(counts > FURNITURE, counts)
    pairs = np.sort(_both(run[asked], outlets[asked].astype(np.uint64)))
    fresh = np.flatnonzero(_differs(pairs))
    many = np.diff(np.append(fresh, len(pairs))) > FURNITURE
    found = np.zeros(len(counts), dtype=np.bool_)
    found[(pairs[fresh[many]] >> RUN).astype(np.int64)] = True
    return found


def _both(run: Numbers, value: Labels) -> Labels:
    """Return a number for each posting that sorts by its run, and then by the value's low bits."""
    return (run.astype(np.uint64) << RUN) | (value & ((np.uint64(1) << RUN) - np.uint64(1)))


def _differs(ordered: Labels) -> Flags:
    """Return which items differ from the one before; the first does."""
    found = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=found[1:])
    return found


def _lasting(days: Numbers, starts: Numbers) -> Flags:
    """Return which fingerprints reports LASTING days apart have; day 0 is not known."""
    if len(starts) < 2:
        return np.empty(0, dtype=np.bool_)
    last = np.maximum.reduceat(days, starts[:-1])
    first = np.minimum.reduceat(np.where(days > 0, days, np.iinfo(np.int64).max), starts[:-1])
    return (last > 0) & (last - np.where(last > 0, first, 0) > LASTING)


def _labelled(postings: Postings, counts: Numbers, traits: Traits) -> Numbers:
    """Return how many first labels the holders of each fingerprint have."""
    run = np.repeat(np.arange(len(counts)), counts)
    labels = np.sort(_label(postings, run, traits, 0))
    return np.bincount((labels[_differs(labels)] >> RUN).astype(np.int64), minlength=len(counts))


def _groups(postings: Postings, counts: Numbers, traits: Traits) -> Numbers:
    """Return how many groups of copies hold each fingerprint.

    Reports of one period that share a label are of one group.
    """
    run = np.repeat(np.arange(len(counts)), counts)
    low, high = [], []
    for column in range(LABELS):
        labels = _label(postings, run, traits, column)
        order = np.argsort(labels)
        same = ~_differs(labels[order])[1:]
        low.append(order[:-1][same])
        high.append(order[1:][same])
    home = connected(len(run), np.concatenate(low), np.concatenate(high))
    _, first = np.unique(home, return_index=True)
    return np.bincount(run[first], minlength=len(counts))


def _label(postings: Postings, run: Numbers, traits: Traits, column: int) -> Labels:
    """Return for each posting a number of its run, its period and a label of its report."""
    period = (traits.days[postings.owners] // PROMPT).astype(np.uint64)
    label = traits.labels[postings.owners, column] ^ (period * ODD[0])
    return _both(run, label * ODD[0] >> (np.uint64(64) - RUN))


def connected(count: int, one: Numbers, other: Numbers) -> Numbers:
    """Return for each of `count` items the number of what pairs of them connect it with."""
    ones = np.ones(len(one), dtype=np.int8)
    graph = coo_matrix((ones, (one, other)), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def pairs_met(postings: Postings, traits: Traits) -> Support:
    """Return the pairs that rare fingerprints bring together, each with how many do.

    Quoted are those that one of the two has in quotation marks. A few holders are all tried with
    each other; of many, each with its neighbour and the first.
    """
    starts = postings.starts()
    counts = np.diff(starts)
    found: list[tuple[Hashes, Flags]] = []
    for size in range(2, CLIQUE + 1):
        at = np.repeat(counts == size, counts)
        rows = postings.owners[at].astype(np.int64).reshape(-1, size)
        told = postings.marks[at].reshape(-1, size)
        both = combinations(range(size), 2)
        found += [(_coded(rows[:, i], rows[:, j]), told[:, i] | told[:, j]) for i, j in both]
    large = np.repeat(counts > CLIQUE, counts)
    found += _neighbours(postings.where(large), traits)
    ones = [np.ones(len(codes), dtype=np.int64) for codes, _ in found]
    told = [marks.astype(np.int64) for _, marks in found]
    return summed(zip([codes for codes, _ in found], ones, told, strict=True))


def _neighbours(postings: Postings, traits: Traits) -> list[tuple[Hashes, Flags]]:
    """Return the pairs of each holder with the one before it, and with the first, by rank."""
    if not len(postings):
        return []
    starts = postings.starts()
    counts = np.diff(starts)
    run = np.repeat(np.arange(len(counts)), counts)
    places = np.argsort(np.argsort(traits.ranks)).astype(np.uint64)
    order = np.argsort(_both(run, places[postings.owners]))
    owners, marks = postings.owners[order].astype(np.int64), postings.marks[order]
    first = np.repeat(starts[:-1], counts)
    place = np.arange(len(owners)) - first
    later, later_still = np.flatnonzero(place > 0), np.flatnonzero(place > 1)
    return [
        (_coded(owners[one], owners[other]), marks[one] | marks[other])
        for one, other in ((later - 1, later), (first[later_still], later_still))
    ]


def _coded(one: Numbers, other: Numbers) -> Hashes:
    return code_of(np.minimum(one, other), np.maximum(one, other))


def summed(parts: Iterable[tuple[Hashes, Numbers, Numbers]]) -> Support:
    """Return the pairs of several parts, each once, with the sums of what speaks for them."""
    kept = [part for part in parts if len(part[0])]
    if not kept:
        none = np.empty(0, dtype=np.int64)
        return Support(none.astype(np.uint64), none, none)
    codes = np.concatenate([part[0] for part in kept])
    order = np.argsort(codes)
    codes = codes[order]
    shared = np.concatenate([part[1] for part in kept])[order]
    quoted = np.concatenate([part[2] for part in kept])[order]
    edges = np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1])))
    return Support(codes[edges], np.add.reduceat(shared, edges), np.add.reduceat(quoted, edges))


def candidates(support: Support) -> Hashes:
    """Return the codes of the pairs that share enough rare fingerprints, or a few quoted ones."""
    return support.codes[(support.shared >= SHARED) | (support.quoted >= QUOTED)]
