"""How fast pairs of reports that share words are brought together, beside datasketch's MinHashLSH.

    python benchmarks/candidates.py [reports]      # `pip install datasketch` first

Both are handed the same word shingles of the same invented reports, hashed; tokenising is in
neither time. Recall is over the pairs that share words by descent: that both reports are connected
by the pairs found, directly or through others, since neither finds all pairs of a large tree. The
best figures of MinHashLSH over a few thresholds are the ones to compare.
"""

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

import numpy as np
from newsroom import newsroom, true_pairs

from onrecord.stages.copies.candidates import (
    Traits,
    candidates,
    connected,
    pair_of,
    pairs_met,
    rare,
    summed,
)
from onrecord.stages.copies.engine import CHUNK
from onrecord.stages.copies.fingerprints import fingerprints
from onrecord.stages.copies.outlets import lexicon
from onrecord.stages.copies.postings import Index
from onrecord.stages.copies.shelf import Shelf, rows_of
from onrecord.stages.copies.words import Words, phrase_shingles, words_of

RUNS = 3
# Permutations, of which 128 are its default, and the threshold.
SETTINGS = ((64, 0.1), (64, 0.3), (128, 0.1), (128, 0.3), (128, 0.5))
STOCK = phrase_shingles(lexicon("stock_phrases.txt"))
Pairs = set[tuple[int, int]]


def ours(texts: list[Words], known: Traits) -> Pairs:
    """Return the pairs that fingerprints bring together."""
    chunks = [fingerprints(texts[at : at + CHUNK]) for at in range(0, len(texts), CHUNK)]
    index = Index()
    index.add(
        np.concatenate([found.keys for found in chunks]),
        np.concatenate([found.owners + np.int32(n * CHUNK) for n, found in enumerate(chunks)]),
        np.concatenate([found.spoken for found in chunks]),
    )
    traits = replace(known, labels=np.concatenate([found.labels for found in chunks]))
    parts = []
    for part in index.parts():
        support = pairs_met(rare(part, traits, STOCK)[0], traits)
        parts.append((support.codes, support.shared, support.quoted))
    low, high = pair_of(candidates(summed(parts)))
    return set(zip(low.tolist(), high.tolist(), strict=True))


def theirs(texts: list[Words], permutations: int, threshold: float) -> Pairs:
    """Return the pairs that datasketch's MinHashLSH brings together."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=threshold, num_perm=permutations)
    found: Pairs = set()
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=permutations, hashfunc=int)
        sketch.update_batch((text.shingles >> np.uint64(32)).tolist())
        found |= {(other, number) for other in index.query(sketch)}
        index.insert(number, sketch)
    return found


def recall(pairs: Pairs, true: Iterable[tuple[int, int]], count: int) -> tuple[float, float]:
    """Return how many true pairs are connected, and how many are found themselves, in percent."""
    ends = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    home = connected(count, ends[:, 0], ends[:, 1])
    asked = list(true)
    together = sum(home[one] == home[other] for one, other in asked)
    direct = sum((one, other) in pairs for one, other in asked)
    return 100 * together / len(asked), 100 * direct / len(asked)


def main() -> None:
    """Print seconds, recall and pairs for each."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    made = list(newsroom(count, seed=7, bank="held_out"))
    texts = [words_of(one.reading) for one in made]
    places = {one.id: number for number, one in enumerate(made)}
    true = {tuple(sorted((places[a], places[b]))) for a, b in true_pairs(made)}

    shelf = Shelf()
    for start in range(0, count, CHUNK):
        part = made[start : start + CHUNK]
        shelf.put([rows_of(texts[start : start + CHUNK], [one.reading for one in part])])
    traits = shelf.traits  # of each report beside its words: day, outlet, order
    tries: dict[str, Callable[[], Pairs]] = {"fingerprints (ours)": lambda: ours(texts, traits)}
    for setting in SETTINGS:
        tries["MinHashLSH {} at {}".format(*setting)] = partial(theirs, texts, *setting)
    print(f"{count:,} reports, {len(true):,} pairs; median of {RUNS}")
    for name, find in tries.items():
        seconds = []
        for _ in range(RUNS):
            started = time.perf_counter()
            pairs = find()
            seconds.append(time.perf_counter() - started)
        connected, direct = recall(pairs, true, count)  # type: ignore[arg-type]
        print(
            f"{name:22} {sorted(seconds)[RUNS // 2]:7.2f} s  connected {connected:5.1f}%  "
            f"found directly {direct:5.1f}%  {len(pairs):9,} pairs"
        )


if __name__ == "__main__":
    main()
