"""Copies and stories for ten thousand, a hundred thousand and a million invented reports.

    python benchmarks/copies_scale.py make 1001000 FILE     # writes the reports once
    python benchmarks/copies_scale.py run 1000000 FILE      # reads the first, then 1,000 more

Reports are read back as they were parsed, one at a time, as a record would give them; what is told
of each group of copies is worked out in full and counted, not written to a record. Times are those
of the clock; memory is by how much less the machine has to give, so that nothing else may run.
"""

import argparse
import mmap
import pickle
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from newsroom import newsroom

from onrecord.spread import Spread, forked, here, uncollected
from onrecord.stages.copies import Settled, settle
from onrecord.stages.copies.engine import Copies, Group
from onrecord.stages.stories import Shared, Stories, shared
from onrecord.types import Reading

SEED = 7
ADDED = 1_000
CHUNK = 50  # groups that are told before the counts are sent on
GLOBAL = frozenset({"outlet", "post", "document"})  # origins that groups may share


class Shelf(Sequence[Reading]):
    """The first `count` readings of a file, each read when it is asked for."""

    def __init__(self, path: Path) -> None:
        self._ends = np.load(path.with_suffix(".ends.npy"))
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> Reading:  # type: ignore[override]
        start, end = self._ends[number], self._ends[number + 1]
        found: Reading = pickle.loads(self._bytes[start:end])
        return found


@dataclass(frozen=True, slots=True)
class Part(Sequence[Reading]):
    """Some readings of a file."""

    whole: Shelf
    first: int
    count: int

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, number: int) -> Reading:  # type: ignore[override]
        return self.whole[self.first + number]


@dataclass(frozen=True, slots=True)
class Told:
    """What a chunk of groups came to: how many copies, passages, differences and origins."""

    copies: int
    passages: int
    differences: int
    origins: int
    shared: list[Shared]


def make(count: int, path: Path) -> None:
    """Write readings of invented reports, and where each ends."""
    ends = np.zeros(count + 1, dtype=np.int64)
    with path.open("wb") as file:
        for number, made in enumerate(newsroom(count, seed=SEED, bank="held_out")):
            file.write(pickle.dumps(made.reading, protocol=5))
            ends[number + 1] = file.tell()
    np.save(path.with_suffix(".ends.npy"), ends)


def told(engine: Copies, groups: Sequence[Group], readings: Shelf, spread: Spread) -> Told:
    """Return what all groups come to."""

    def of(chunk: Sequence[Group]) -> Told:
        return _counted([(group, settle(engine, group, readings)) for group in chunk], readings)

    chunks = [groups[start : start + CHUNK] for start in range(0, len(groups), CHUNK)]
    parts = list(spread(of, chunks))
    return Told(
        sum(part.copies for part in parts),
        sum(part.passages for part in parts),
        sum(part.differences for part in parts),
        sum(part.origins for part in parts),
        [pair for part in parts for pair in part.shared],
    )


def _counted(settled: Sequence[tuple[Group, Settled]], readings: Shelf) -> Told:
    found = [copy for _, one in settled for copy in one.copies]
    pairs: list[Shared] = []
    for group, one in settled:
        if one.copies:
            reports = {number: readings[number].report for number in group.members}
            pairs += shared(reports, one.copies)
    return Told(
        len(found),
        sum(len(copy.passages) for copy in found),
        sum(len(copy.differences) for copy in found),
        sum(key[0] not in GLOBAL for _, one in settled for key in one.drafts),
        pairs,
    )


def run(count: int, path: Path, processes: int) -> None:
    """Print seconds and memory for so many reports, and for a thousand more."""
    memory, readings = Memory(), Shelf(path)
    spread = forked(processes) if processes > 1 else here
    engine, grouped = Copies(readings.__getitem__, spread), Stories(spread)
    for name, more in (("built", count), ("added", ADDED)):
        first, started = len(engine), time.perf_counter()
        groups = engine.add(more)
        connected = time.perf_counter()
        found = told(engine, groups, readings, spread)
        copied = time.perf_counter()
        grouped.add(Part(readings, first, more), found.shared)
        _, stories = grouped.renewed()
        kept = sum(1 for _ in stories)
        done = time.perf_counter()
        print(
            f"{name} {more:>9,}: {done - started:7.1f} s: copies {copied - started:.1f} "
            f"(groups {connected - started:.1f}, told {copied - connected:.1f}), stories "
            f"{done - copied:.1f}; {len(groups):,} groups, {found.copies:,} copies, "
            f"{found.differences:,} differences, {kept:,} stories told; {memory.most:.1f} GB",
            flush=True,
        )


class Memory:
    """The most memory in use at once since it was made, in GB, over what was in use before.

    By what the machine still has to give, every half second: pages that processes share, and those
    of the mapped file, which can be dropped at any time, count once and not at all.
    """

    def __init__(self) -> None:
        self._before = self._least = available()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while True:
            self._least = min(self._least, available())
            time.sleep(0.5)

    @property
    def most(self) -> float:
        """Return the most so far."""
        return self._before - self._least


def available() -> float:
    """Return how many GB the machine has to give, by /proc/meminfo."""
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    (line,) = (line for line in lines if line.startswith("MemAvailable:"))
    return int(line.split()[1]) / 1e6


def main() -> None:
    """Make or run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("make", "run"))
    parser.add_argument("count", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    if asked.what == "make":
        make(asked.count, asked.file)
    else:
        with uncollected():
            run(asked.count, asked.file, asked.processes)


if __name__ == "__main__":
    main()
