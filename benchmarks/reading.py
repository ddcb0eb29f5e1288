"""Words a second through all report stages in one process, beside the bare parser in the same run.

    python benchmarks/reading.py FILE.jsonl [--reports 200] [--repeat 3]

Prints medians and the peak memory of the process. FILE has a `text` in each line. The parser is
spaCy's pipeline as it comes, set up for one core; where textacy is installed, its direct quotations
are timed over the same texts, the parser that they need with them.
"""

import argparse
import contextlib
import importlib
import importlib.util
import itertools
import json
import os
import resource
import statistics
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

from onrecord.parsing import BATCH, load, parse
from onrecord.run import READING_STAGES, read_reports
from onrecord.settings import read_settings
from onrecord.stages.clean import clean
from onrecord.types import Reading, Report


def main() -> None:
    """Time both and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    reports = list(itertools.islice(_reports(given.file), given.reports))
    words = sum(len(report.text.split()) for report in reports)
    settings = read_settings()
    load(settings.model)
    stock = importlib.import_module(settings.model).load()
    texts = [report.text for report in reports]
    ours, bare, quoted = [], [], []
    for _ in range(given.repeat):
        bare.append(_seconds(stock.pipe(texts, batch_size=BATCH)))
        ours.append(_seconds(read_reports(reports, settings)))
        if importlib.util.find_spec("textacy"):
            quoted.append(_seconds(_quotations(stock, texts)))
    print(f"{len(reports)} reports, {words:,} words, median of {given.repeat}")
    print(f"bare parser     {words / statistics.median(bare):8,.0f} words/s")
    print(f"all stages      {words / statistics.median(ours):8,.0f} words/s")
    if quoted:
        print(f"textacy         {words / statistics.median(quoted):8,.0f} words/s")
    print(
        f"ratio           {statistics.median(ours) / statistics.median(bare):8.2f} times the parser"
    )
    print(f"peak memory     {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8,.0f} MB")
    for name, seconds in _by_stage(reports, settings.model):
        print(f"  {name:12} {seconds:6.2f} s")


def _reports(path: Path) -> Iterable[Report]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            text = json.loads(line)["text"]
            yield Report(id=f"report-{number}", path=str(number), sha256="", text=text)


def _quotations(stock: Any, texts: Iterable[str]) -> Iterable[object]:
    """Yield textacy's direct quotations of texts, paragraph by paragraph, as it wants them."""
    from textacy.extract.triples import direct_quotations

    paragraphs = [part for text in texts for part in text.split("\n") if part.strip()]
    for doc in stock.pipe(paragraphs, batch_size=BATCH):
        yield list(_safely(direct_quotations, doc))


def _safely(found: Any, doc: Any) -> Iterable[object]:
    """Yield what is found; a paragraph whose marks do not pair raises there."""
    with contextlib.suppress(ValueError):
        yield from found(doc)


def _seconds(work: Iterable[object]) -> float:
    start = time.perf_counter()
    for _ in work:
        pass
    return time.perf_counter() - start


def _by_stage(reports: Iterable[Report], model: str) -> Iterable[tuple[str, float]]:
    start = time.perf_counter()
    cleaned = [clean(report) for report in reports]
    yield "clean", time.perf_counter() - start
    spent = dict.fromkeys((stage.name for stage in READING_STAGES), 0.0)
    for parsed in parse(cleaned, model=model):
        reading = Reading(report=parsed.report)
        for stage in READING_STAGES:
            start = time.perf_counter()
            reading = stage.run(reading, parsed)
            spent[stage.name] += time.perf_counter() - start
    yield from spent.items()


if __name__ == "__main__":
    main()
