"""Which pairs of reports are worth laying side by side, without trying all pairs.

Two ways lead to a pair. Whole copies, however many there are, meet in the bands of a MinHash
sketch of their word shingles (Broder 1997). Reports that share a passage or only a quotation meet
in the shingles that few reports have. A shingle that many reports have is furniture or a common
phrase and brings nobody together; a wire story in thirty papers counts once in that.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from onrecord.stages.copies.words import SHINGLE, Flags, Hashes, Words

PERMUTATIONS = 64  # sketch size; 16 bands of 4 bring together two texts of Jaccard 0.5 in 2 of 3
BANDS = 16
SEED = 7
COMMON = 20  # groups of copies that may have a shingle before it is a common phrase
FURNITURE = 6  # reports of one outlet that may have a shingle before it is page furniture
RECURRING = 4  # groups of copies, spread over LASTING days, that make a shingle a common phrase
LASTING = 90  # days
PROMPT = 30  # days within which a whole text is copied
CLIQUE = 8  # reports with the same key up to which all pairs are tried, beyond only neighbours
SHARED = 6  # rare shingles that make a pair: ten words in a row, or more in pieces
QUOTED = 2  # rare shingles within quotation marks that make a pair: six words in a row

Pair = tuple[int, int]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of positions in the sorted reports, and the shingles that prove nothing, sorted."""

    pairs: tuple[Pair, ...]
    furniture: Hashes


@dataclass(frozen=True, slots=True)
class Postings:
    """Every distinct shingle of every report, sorted by shingle, then by report."""

    shingles: Hashes
    reports: Numbers
    quoted: Flags


def candidates(texts: Sequence[Words], outlets: Sequence[str], stock: Hashes) -> Candidates:
    """Return the pairs to align; `outlets[i]` names the outlet of text i, "" where unknown."""
    near = whole_copies(texts)
    days = np.array([_day(text) for text in texts], dtype=np.int64)
    # Copies follow within days; pages that are alike after months are alike in their furniture.
    prompt = [pair for pair in near if _days_apart(days, pair) <= PROMPT]
    groups = np.array(joined(len(texts), prompt), dtype=np.int64)
    postings = post(texts)
    furniture = np.union1d(stock, common(postings, groups, days, outlets))
    pairs = near | shared_pairs(postings, furniture)
    return Candidates(tuple(sorted(pairs)), furniture)


def _days_apart(days: Numbers, pair: Pair) -> int:
    """Return the days between two reports, 0 where one of them has no day."""
    one, other = int(days[pair[0]]), int(days[pair[1]])
    return abs(one - other) if one and other else 0


def whole_copies(texts: Sequence[Words]) -> set[Pair]:
    """Return pairs of reports that meet in a band of their MinHash sketches."""
    long_enough = [i for i, text in enumerate(texts) if len(text.shingles)]
    if not long_enough:
        return set()
    rows = RMinHash.digest_matrix_from_token_hash_sets(
        [np.unique(texts[i].shingles) for i in long_enough], PERMUTATIONS, SEED
    ).to_rows()
    buckets: dict[tuple[int, ...], list[int]] = defaultdict(list)
    width = PERMUTATIONS // BANDS
    for i, row in zip(long_enough, rows, strict=True):
        for band in range(BANDS):
            buckets[(band, *row[band * width : (band + 1) * width])].append(i)
    return {pair for members in buckets.values() for pair in pairs_among(members)}


def pairs_among(members: Sequence[int]) -> Iterator[Pair]:
    """Yield all pairs of few members; of many, each with its neighbour and with the first."""
    if len(members) <= CLIQUE:
        yield from combinations(members, 2)
        return
    for position in range(1, len(members)):
        yield members[position - 1], members[position]
        yield members[0], members[position]


def joined(count: int, pairs: Iterable[Pair]) -> list[int]:
    """Return for each of `count` items the smallest item that pairs connect it with."""
    parent = list(range(count))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for left, right in pairs:
        low, high = sorted((root(left), root(right)))
        parent[high] = low
    return [root(item) for item in range(count)]


def post(texts: Sequence[Words]) -> Postings:
    """Return the distinct shingles of all reports, and whether each is quoted there."""
    shingles, reports, quoted = [], [], []
    for i, text in enumerate(texts):
        distinct, first = np.unique(text.shingles, return_index=True)
        shingles.append(distinct)
        reports.append(np.full(len(distinct), i, dtype=np.int64))
        quoted.append(all_quoted(text)[first])
    if not shingles:
        return Postings(
            np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64), np.empty(0, dtype=np.bool_)
        )
    flat, owner, marks = np.concatenate(shingles), np.concatenate(reports), np.concatenate(quoted)
    order = np.lexsort((owner, flat))
    return Postings(flat[order], owner[order], marks[order])


def all_quoted(text: Words) -> Flags:
    """Return for each shingle whether all its words stand in quotation marks."""
    count = len(text.shingles)
    flags = np.ones(count, dtype=np.bool_)
    for offset in range(SHINGLE):
        flags &= text.quoted[offset : offset + count]
    return flags


def _day(text: Words) -> int:
    """Return the first day on which a report may have been published as a number, 0 if unknown."""
    day = text.report.published.earliest
    return day.toordinal() if day else 0


def common(postings: Postings, groups: Numbers, days: Numbers, outlets: Sequence[str]) -> Hashes:
    """Return the shingles that many groups of copies, or many reports of one outlet, have.

    Those that keep coming back over months need fewer groups.
    """
    numbers = {name: i for i, name in enumerate(sorted(set(outlets)))}
    outlet = np.array([numbers[name] for name in outlets], dtype=np.int64)[postings.reports]
    known = np.array([bool(name) for name in outlets], dtype=np.bool_)[postings.reports]
    spread = _distinct(postings.shingles, groups[postings.reports])
    many = _more_than(spread, COMMON)
    lasting = _lasting(postings, days)
    often = np.intersect1d(_more_than(spread, RECURRING - 1), lasting)
    of_one = _more_than(
        _pairs_counted(postings.shingles[known], outlet[known]), FURNITURE, repeated=True
    )
    return np.unique(np.concatenate((many, often, of_one)))


def _lasting(postings: Postings, days: Numbers) -> Hashes:
    """Return the shingles that reports LASTING days apart have; day 0 is not known."""
    when = days[postings.reports]
    shingles, when = postings.shingles[when > 0], when[when > 0]
    if not len(shingles):
        return shingles
    first = np.flatnonzero(np.r_[True, shingles[1:] != shingles[:-1]])
    time = np.maximum.reduceat(when, first) - np.minimum.reduceat(when, first)
    return shingles[first[time > LASTING]]


def _distinct(shingles: Hashes, labels: Numbers) -> tuple[Hashes, Numbers]:
    """Return each shingle with the number of its distinct labels."""
    pairs, _ = _pairs_counted(shingles, labels)
    kept, counts = np.unique(pairs, return_counts=True)
    return kept, counts


def _pairs_counted(shingles: Hashes, labels: Numbers) -> tuple[Hashes, Numbers]:
    """Return the shingle of each distinct (shingle, label) with how often the two meet."""
    order = np.lexsort((labels, shingles))
    shingles, labels = shingles[order], labels[order]
    if not len(shingles):
        return shingles, labels
    fresh = np.flatnonzero(
        np.r_[True, (shingles[1:] != shingles[:-1]) | (labels[1:] != labels[:-1])]
    )
    return shingles[fresh], np.diff(np.r_[fresh, len(shingles)])


def _more_than(counted: tuple[Hashes, Numbers], most: int, *, repeated: bool = False) -> Hashes:
    found = counted[0][counted[1] > most]
    return np.unique(found) if repeated else found


def shared_pairs(postings: Postings, furniture: Hashes) -> set[Pair]:
    """Return the pairs that share enough rare shingles, or a few quoted ones."""
    shared: Counter[Pair] = Counter()
    quoted: Counter[Pair] = Counter()
    for (members, spoken), times in _rare_postings(postings, furniture).items():
        for pair in pairs_among(members):
            shared[pair] += times
            if spoken:
                quoted[pair] += times
    return {pair for pair, times in shared.items() if times >= SHARED or quoted[pair] >= QUOTED}


def _rare_postings(postings: Postings, furniture: Hashes) -> Counter[tuple[tuple[int, ...], bool]]:
    """Return how many rare shingles each set of reports has in common, quoted or not."""
    found: Counter[tuple[tuple[int, ...], bool]] = Counter()
    rare = ~np.isin(postings.shingles, furniture)
    shingles, reports = postings.shingles[rare], postings.reports[rare]
    quoted = postings.quoted[rare]
    if not len(shingles):
        return found
    edges = np.flatnonzero(np.r_[True, shingles[1:] != shingles[:-1], True])
    for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        if end - start > 1:
            found[tuple(reports[start:end].tolist()), bool(quoted[start:end].any())] += 1
    return found
