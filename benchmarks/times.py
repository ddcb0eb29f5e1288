"""Words a second of the grammar of times, and what each kind of evidence is worth for dating.

    python benchmarks/times.py REPORTS.jsonl [--reports N]

Each line of the file has `text`, and `meta.date` or `meta.dct` for the day it was published. The
reports are parsed first; timed is the date stage alone (expressions, values and bounds), the median
of five runs, on the words of the texts. Then, for each kind of evidence in turn, dating without it:
the share of reports bounded from below, from above, and told to the day.
"""

import argparse
import json
import statistics
import time
from datetime import date
from pathlib import Path

from onrecord.ids import make_id
from onrecord.parsing import Parse, parse
from onrecord.run import cleaned
from onrecord.settings import read_settings
from onrecord.stages.date import bounds as module
from onrecord.stages.date import date as stage
from onrecord.types import Reading, Report

RUNS = 5
KINDS = {
    "byline": "_in_byline",
    "dateline or printed day": "_printed",
    "told as past or to come": "_told",
    "years counted back": "_counted",
}


def main() -> None:
    """Read the command line, parse, time, and tell what each kind of evidence is worth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--reports", type=int, default=200)
    asked = parser.parse_args()
    rows = [json.loads(line) for line in asked.file.read_text(encoding="utf-8").splitlines()]
    rows = rows[: asked.reports]
    reports = (cleaned(_report(number, row["text"])) for number, row in enumerate(rows))
    parses = list(parse(reports, model=read_settings().model))
    words = sum(len(row["text"].split()) for row in rows)
    speeds = [words / _seconds(parses) for _ in range(RUNS)]
    print(f"{words} words, {statistics.median(speeds):.0f} words/s")
    print(f"all evidence: {_told(rows, parses)}")
    for name, function in KINDS.items():
        kept = getattr(module, function)
        setattr(module, function, lambda *_: ())
        print(f"without {name}: {_told(rows, parses)}")
        setattr(module, function, kept)


def _report(number: int, text: str) -> Report:
    name = f"report-{number}"
    return Report(id=make_id("report", name), path=name, sha256="0" * 64, text=text)


def _seconds(parses: list[Parse]) -> float:
    began = time.perf_counter()
    for parsed in parses:
        stage(Reading(report=parsed.report), parsed)
    return time.perf_counter() - began


def _told(rows: list[dict[str, dict[str, str]]], parses: list[Parse]) -> str:
    """Return the shares bounded and right, and the distribution of the widths in days."""
    below = above = day = inside = dated = 0
    widths: list[float] = []
    for row, parsed in zip(rows, parses, strict=True):
        told = row["meta"].get("date") or row["meta"].get("dct")
        if not told:
            continue
        true = date.fromisoformat(told[:10])
        published = stage(Reading(report=parsed.report), parsed).report.published
        first, last = published.earliest, published.latest
        dated += 1
        below, above = below + (first is not None), above + (last is not None)
        day += first is not None and first == last
        inside += (first is None or first <= true) and (last is None or true <= last)
        if first and last:
            widths.append((last - first).days)
    share = 100 / max(1, dated)
    shown = [f"{len([w for w in widths if w <= most]) * share:.1f}%" for most in (0, 31, 120, 366)]
    return (
        f"inside {inside * share:.1f}%, from below {below * share:.1f}%, from above "
        f"{above * share:.1f}%, to the day {day * share:.1f}%; within 0, 31, 120, 366 days: "
        + ", ".join(shown)
    )


if __name__ == "__main__":
    main()
