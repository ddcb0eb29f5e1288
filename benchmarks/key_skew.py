"""How unevenly the keys of the corpus stages load machines: a simulation from a real record.

    python benchmarks/key_skew.py RECORD [--reports 1000000] [--machines 10 100 1000]

Takes from a record how many items stand under each key that a corpus stage joins by: fingerprints
of words (copies), words of the texts (stories), names (resolve), types of events with a side or a
story (happenings). Lets the record grow to so many reports: every key grows with it by its share,
and new keys come as they came within the record (the second half of its reports against the first).
Gives keys to machines by their hash and prints the most loaded machine's share of the mean, where
each item of a key is compared with all others, and where the stage's bound on that holds.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from onrecord.geography import fold
from onrecord.stages.copies.candidates import CLIQUE, MOST
from onrecord.stages.copies.fingerprints import fingerprints
from onrecord.stages.copies.words import words_of
from onrecord.stages.happenings import NEAREST
from onrecord.stages.stories.features import features
from onrecord.stages.stories.neighbours import KEYED, NEIGHBOURS
from onrecord.store import Store
from onrecord.types import Reading

LARGEST = 2_000_000  # keys that are drawn at the most; what they stand for is scaled
Counts = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True)
class Stage:
    """A stage: its name, how a report's keys are told, with how many of a key each is compared."""

    name: str
    bound: int
    most: int | None = None  # items from which on a key is passed over


STAGES = (
    Stage("copies: fingerprints", CLIQUE, MOST),
    Stage("stories: words by day", NEIGHBOURS * KEYED),
    Stage("resolve: names", 1),
    Stage("happenings: type and side", NEAREST),
)


def main() -> None:
    """Read the record, let it grow, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--machines", type=int, nargs="+", default=[10, 100, 1_000])
    given = parser.parse_args()
    with closing(Store(given.record)) as store:
        stories = {report: story.id for story in _all(store, "Story") for report in story.reports}
        identity = store.identity()
        halves: list[list[Counter[object]]] = [[Counter() for _ in STAGES] for _ in range(2)]
        total = 0
        for number, reading in enumerate(store.readings()):
            total = number + 1
            for counter, keys in zip(
                halves[number % 2], _keys(reading, stories, identity), strict=True
            ):
                counter.update(keys)
    print(f"{total:,} reports, taken for {given.reports:,}")
    head = "".join(f"{f'{n:,} machines':>24}" for n in given.machines)
    print(f"{'most loaded / mean load':30}{'keys':>12}{'largest':>9}{head}")
    for number, stage in enumerate(STAGES):
        grown, each = _grown(halves[0][number], halves[1][number], total, given.reports)
        _print(stage, grown, each, given.machines)


def _all(store: Store, noun: str) -> Iterator[object]:
    from onrecord import types

    yield from store.rows(getattr(types, noun))


def _keys(
    reading: Reading, stories: dict[str, str], identity: dict[str, str]
) -> Iterator[Iterable[object]]:
    """Yield what a report stands under at each stage."""
    yield fingerprints([words_of(reading)]).keys.tolist()
    yield features(reading).forms
    yield [(entity.kind, fold(entity.name)) for entity in reading.entities if entity.named]
    story = stories.get(reading.report.id, "")
    yield [
        (event.event, side)
        for event in reading.events
        for side in {*(identity.get(id_, id_) for id_ in (*event.actor, *event.recipient)), story}
    ]


def _grown(
    one: Counter[object], other: Counter[object], total: int, reports: int
) -> tuple[Counts, float]:
    """Return how many items stand under each key of a record of so many reports.

    Keys grow as a power of the reports (Heaps), by that between half the record and all of it; the
    items of the keys that there are grow by what is left. With the counts comes how many keys each
    of them stands for.
    """
    both = one + other
    half = max(len(one), 1)
    power = float(np.log2(len(both) / half)) if len(both) > half else 0.0
    times = reports / total
    keys = len(both) * times**power
    counts = np.array(sorted(both.values(), reverse=True), dtype=np.float64)
    items = counts.sum() * times
    # Zipf: the k-th key holds a share that falls with its rank, by the slope seen here.
    ranks = np.arange(1, len(counts) + 1)
    seen = counts > 1
    slope = -np.polyfit(np.log(ranks[seen]), np.log(counts[seen]), 1)[0] if seen.sum() > 9 else 1.0
    drawn = int(min(keys, LARGEST))
    shares = np.arange(1, drawn + 1, dtype=np.float64) ** -slope
    shares *= items / shares.sum()
    shares[: len(counts)] = np.maximum(shares[: len(counts)], counts[:drawn] * times)
    return np.clip(shares, 1.0, reports), keys / drawn  # no report is twice under a key


def _print(stage: Stage, counts: Counts, each: float, machines: list[int]) -> None:
    kept = counts if stage.most is None else counts[counts < stage.most]
    work = {
        "each with all": counts**2,
        f"with {stage.bound} at most": kept * np.minimum(kept, stage.bound),
    }
    for name, loads in work.items():
        row = f"{stage.name + ', ' + name if name[0] == 'e' else '  ' + name:30}"
        chance = np.random.default_rng(1)
        cells = ""
        for number in machines:
            load = np.bincount(chance.integers(0, number, len(loads)), loads, number)
            cells += f"{load.max() / load.mean():24.2f}"
        print(f"{row[:30]:30}{len(counts) * each:12,.0f}{counts.max():9,.0f}{cells}")


if __name__ == "__main__":
    main()
