"""Words a second of the statements stage alone, parsed text given, in one process on one core.

    python benchmarks/statements.py FILE.jsonl [--reports 100] [--repeat 3]

Prints medians and the peak memory of the process; where textacy is installed, its direct quotations
over the same parses beside ours. FILE has a `text` in each line.
"""

import argparse
import importlib
import itertools
import json
import os
import resource
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

from onrecord.parsing import Parse, parse
from onrecord.run import READING_STAGES
from onrecord.settings import read_settings
from onrecord.stages.clean import clean
from onrecord.stages.statements import statements
from onrecord.types import Reading, Report


def main() -> None:
    """Time both and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    reports = list(itertools.islice(_reports(given.file), given.reports))
    words = sum(len(report.text.split()) for report in reports)
    before = [_before(one) for one in parse(map(clean, reports), model=read_settings().model)]
    print(f"{len(reports)} reports, {words:,} words, median of {given.repeat}")
    print(f"onrecord  {words / _median(_ours, before, given.repeat):8,.0f} words/s")
    print(f"peak      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8,.0f} MB")
    theirs = _textacy()
    if theirs is None:
        print("textacy   not installed: pip install textacy")
    else:
        print(f"textacy   {words / _median(theirs, before, given.repeat):8,.0f} words/s")


def _reports(path: Path) -> Iterable[Report]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            text = json.loads(line)["text"]
            yield Report(id=f"report-{number}", path=str(number), sha256="", text=text)


def _before(parsed: Parse) -> tuple[Reading, Parse]:
    """Take a report through the stages that stand before the statements."""
    reading = Reading(report=parsed.report)
    for stage in itertools.takewhile(lambda stage: stage.run is not statements, READING_STAGES):
        reading = stage.run(reading, parsed)
    return reading, parsed


def _ours(reading: Reading, parsed: Parse) -> object:
    return statements(reading, parsed)


def _textacy() -> Callable[[Reading, Parse], object] | None:
    """Return textacy's direct quotations over a parse, each paragraph by itself."""
    try:
        found: Any = importlib.import_module("textacy.extract.triples")
    except ImportError:
        return None

    def quotations(_reading: Reading, parsed: Parse) -> object:
        counted = 0
        for number in range(len(parsed.firsts)):
            tokens = parsed.block_tokens(number)
            part = parsed.doc[tokens.start : tokens.stop].as_doc()
            try:
                counted += sum(1 for _ in found.direct_quotations(part))
            except ValueError:  # marks that do not pair up
                continue
        return counted

    return quotations


def _median(
    work: Callable[[Reading, Parse], object], given: list[tuple[Reading, Parse]], repeat: int
) -> float:
    """Return the median seconds of reading all of it."""
    spent = []
    for _ in range(repeat):
        start = time.perf_counter()
        for reading, parsed in given:
            work(reading, parsed)
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


if __name__ == "__main__":
    main()
