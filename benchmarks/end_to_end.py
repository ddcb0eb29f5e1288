"""A record of thousands of real reports, built by one process, by two, and on Ray, in one run.

    python benchmarks/end_to_end.py FILE.jsonl ... [--reports 5000] [--into FOLDER]
        [--ways one two ray] [--repeat 1]

FILE has a `text` in each line. Prints for each way the words read a second until the last report is
in the record, what joining took, and the most memory that a process which reads reports held; and
whether the records are the same.
"""

import argparse
import hashlib
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from onrecord.export.jsonl import write
from onrecord.record import Record

# How many processes, and on which cluster.
WAYS: dict[str, tuple[int, str | None]] = {"one": (1, None), "two": (2, None), "ray": (2, "ray")}
PROGRAM = """
import sys, time
from onrecord.run import build
from onrecord.settings import read_settings
begun, read = time.perf_counter(), []
def told(what, done, of):
    if what.startswith("joining") and not read:
        read.append(time.perf_counter() - begun)
build([sys.argv[1]], sys.argv[2], settings=read_settings(jobs=int(sys.argv[3])), progress=told,
      on=sys.argv[4] or None)
print(read[0], time.perf_counter() - begun - read[0])
"""
READS = (b"spawn_main", b"MapBatches(_Reader)")  # how processes that read reports are called
LOOK = 0.5  # seconds from one look at the memory of processes to the next


def main() -> None:
    """Build each record, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--reports", type=int, default=5_000)
    parser.add_argument("--into", type=Path, default=Path(tempfile.gettempdir()) / "end_to_end")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--repeat", type=int, default=1)
    given = parser.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    reports = given.into / "reports.jsonl"
    words = _gathered(given.files, given.reports, reports)
    print(f"{given.reports:,} reports, {words:,} words")
    digests = set()
    first: dict[str, float] = {}
    for way in given.ways:
        found = [_built(way, reports, given.into / f"{way}.db") for _ in range(given.repeat)]
        reading, joining = (
            statistics.median(times) for times in zip(*(f[:2] for f in found), strict=True)
        )
        first.setdefault("reading", reading)
        memory = max(f[2] for f in found)
        digests |= {f[3] for f in found}
        print(
            f"{way:4} {words / reading:8,.0f} words/s, {first['reading'] / reading:4.2f} times; "
            f"reading {reading:7,.1f} s, joining {joining:6,.1f} s; {memory:6,.0f} MB a process",
            flush=True,
        )
    print("the records are the same" if len(digests) == 1 else "THE RECORDS DIFFER")


def _gathered(files: list[Path], count: int, into: Path) -> int:
    """Write as many reports of the files as are asked for, by turns; return how many words."""
    rows = (json.loads(line) for line in _lines(files))
    words = 0
    with into.open("w", encoding="utf-8") as out:
        for number, row in enumerate(itertools.islice(rows, count)):
            words += len(row["text"].split())
            out.write(json.dumps({"id": str(number), "text": row["text"]}) + "\n")
    return words


def _lines(files: list[Path]) -> Iterator[str]:
    opened = [file.read_text(encoding="utf-8").splitlines() for file in files]
    for some in itertools.zip_longest(*opened):
        yield from (line for line in some if line)


def _built(way: str, reports: Path, record: Path) -> tuple[float, float, float, str]:
    """Build a record; return the seconds of reading and of joining, megabytes, and its digest."""
    for old in record.parent.glob(record.name + "*"):
        old.unlink() if old.is_file() else None
    jobs, on = WAYS[way]
    command = [sys.executable, "-c", PROGRAM, str(reports), str(record), str(jobs), on or ""]
    most, log = 0.0, record.with_suffix(".log")
    with log.open("w") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        while process.poll() is None:
            most = max(most, _memory(process.pid if way == "one" else None))
            time.sleep(LOOK)
    assert process.returncode == 0, log.read_text(encoding="utf-8")[-2000:]
    assert process.stdout is not None
    read, joined = map(float, process.stdout.read().split())
    export = record.with_suffix(".jsonl")
    with Record(record) as opened, export.open("w", encoding="utf-8", newline="\n") as file:
        write(opened, file)
    digest = hashlib.sha256(export.read_bytes()).hexdigest()
    return read, joined, most, digest


def _memory(pid: int | None) -> float:
    """Return the megabytes of the largest process that reads reports, or of that one."""
    most = 0
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            name = (process / "cmdline").read_bytes()
            if int(process.name) == pid or (pid is None and any(one in name for one in READS)):
                pages = int((process / "statm").read_text().split()[1])
                most = max(most, pages * os.sysconf("SC_PAGE_SIZE"))
        except (OSError, IndexError):
            continue
    return most / 1e6


if __name__ == "__main__":
    main()
