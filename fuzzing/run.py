"""Bad input at volume: no uncaught error, no hang, no hunger for memory.

    python fuzzing/run.py [--inputs 100000] [--first 0] [--jobs 2] [--all-stages 500]

Each input goes through reading and cleaning, one of every `--all-stages` through all report stages.
It may take 10 seconds, and the process that reads it 1 GB. Prints what broke something, with the
number that makes it again, and what took longest; exit code 1 when anything did.
"""

import argparse
import contextlib
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

from hostile import given

SECONDS = 10
BYTES = 1 << 30
PART = 500  # inputs that one process reads before another takes its place


class SlowError(Exception):
    """An input took too long."""


def main() -> None:
    """Read the command line, and the inputs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--all-stages", type=int, default=500)
    asked = parser.parse_args()
    last = asked.first + asked.inputs
    parts = [
        (first, min(first + PART, last), asked.all_stages)
        for first in range(asked.first, last, PART)
    ]
    faults, slowest, most, kinds, begun = [], (0.0, 0), 0, {}, time.monotonic()
    with multiprocessing.get_context("spawn").Pool(asked.jobs, maxtasksperchild=1) as pool:
        for done, told in enumerate(pool.imap_unordered(part, parts), start=1):
            faults += told["faults"]
            slowest, most = max(slowest, told["slowest"]), max(most, told["most"])
            for kind, count in told["kinds"].items():
                kinds[kind] = kinds.get(kind, 0) + count
            print(f"{done * PART:,} inputs, {len(faults)} faults", file=sys.stderr, flush=True)
    for number, why in faults:
        print(f"input {number} ({given(number).what}): {why}")
    print(f"{asked.inputs:,} inputs in {time.monotonic() - begun:,.0f} s: {len(faults)} faults")
    print(f"longest {slowest[0]:.1f} s (input {slowest[1]}), most memory {most / 1e6:,.0f} MB")
    print("reports: " + ", ".join(f"{kind} {count:,}" for kind, count in sorted(kinds.items())))
    sys.exit(bool(faults))


def part(asked: tuple[int, int, int]) -> dict[str, Any]:
    """Read some inputs; return what went wrong, what took longest and how much memory it took."""
    first, last, every = asked
    from onrecord.run import cleaned, read_reports
    from onrecord.settings import Settings
    from onrecord.stages.read import read

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    settings, faults, slowest, kinds = Settings(), [], (0.0, first), {"read": 0, "refused": 0}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, last):
            one = given(number)
            file = Path(folder) / f"{number}{one.suffix}"
            file.write_bytes(one.data)
            begun = time.monotonic()
            try:
                with within(SECONDS):
                    for report in read([file], settings):
                        kinds["refused" if report.problem else "read"] += 1
                        if report.problem:
                            continue
                        seen = cleaned(report)
                        for block in seen.blocks:
                            assert 0 <= block.start <= block.end <= len(report.text)
                        assert not seen.problem, seen.problem
                        if number % every == 0:
                            for reading in read_reports([report], settings):
                                told = reading.report.problem
                                assert not told, told
            except BaseException as error:  # noqa: BLE001 - whatever it is, is told
                where = traceback.extract_tb(error.__traceback__)[-1]
                faults.append((number, f"{type(error).__name__}: {error}"[:300] + f" at {where}"))
            slowest = max(slowest, (time.monotonic() - begun, number))
            file.unlink()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    if most > BYTES:
        faults.append((first, f"{most / 1e6:,.0f} MB of memory, somewhere in {PART} inputs"))
    return {"faults": faults, "slowest": slowest, "most": most, "kinds": kinds}


@contextlib.contextmanager
def within(seconds: int) -> Iterator[None]:
    """Raise `SlowError` when what is done takes longer."""

    def stop(*_: object) -> None:
        raise SlowError(f"longer than {seconds} s")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


if __name__ == "__main__":
    main()
