"""What each part of attribution is worth: rules alone, tagger alone, and the stage, in one run.

    python benchmarks/attribution_parts.py FILE.jsonl

FILE is labelled text as `onrecord evaluate attribution` takes it. Prints the same figures for each
part; the calibration error is also given for the reports that its knots were not fitted on.
"""

import argparse
import itertools
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

from onrecord.evaluate.attribution import ROLES, report_of, score
from onrecord.models.attribution import tag
from onrecord.parsing import Parse, parse
from onrecord.run import READING_STAGES
from onrecord.settings import read_settings
from onrecord.stages.clean import clean
from onrecord.stages.statements import statements
from onrecord.stages.statements.linking import Quotations, nested, run_on
from onrecord.stages.statements.quotations import quotations
from onrecord.stages.statements.spans import rules
from onrecord.types import Reading

SHOWN = ("token_f1", "content_f1", "full_f1", "quotes_found", "speaker_right", "calibration_error")
Attributions = list[dict[str, Any]]


def main() -> None:
    """Read the file once and print a row for each part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.file.read_text(encoding="utf-8").splitlines()]
    reports = [clean(report_of(number, row["text"])) for number, row in enumerate(rows)]
    parsed = list(parse(reports, model=read_settings().model))
    stage = [_stage(one) for one in parsed]
    _show("rules alone", rows, map(_rules, parsed))
    _show("tagger alone", rows, map(_tagger, parsed))
    _show("the stage", rows, stage)
    _show("every other", rows[1::2], stage[1::2])


def _show(name: str, rows: Sequence[dict[str, Any]], found: Iterable[Attributions]) -> None:
    predicted = [
        {"id": row["id"], "attributions": attributions}
        for row, attributions in zip(rows, found, strict=True)
    ]
    figures = score(rows, predicted)
    shown = "  ".join(f"{key} {figures[key]:.1f}" for key in SHOWN if key in figures)
    print(f"{name:13} {shown}")


def _rules(parsed: Parse) -> Attributions:
    quotes = Quotations(quotations(parsed))
    found = nested(run_on(parsed, rules(parsed, quotes), quotes))
    return [
        {
            role: [(parsed.starts[first], parsed.end(last - 1)) for first, last in ranges]
            for role, ranges in ((role, getattr(item, role)) for role in ROLES)
        }
        for item in found
    ]


def _tagger(parsed: Parse) -> Attributions:
    paragraphs = [(block.start, block.end) for block in parsed.blocks]
    return [
        {"source": list(one.source), "cue": [one.cue], "content": list(one.content)}
        for one in tag(parsed.report.text, paragraphs).tagged
    ]


def _stage(parsed: Parse) -> Attributions:
    reading = Reading(report=parsed.report)
    for stage in itertools.takewhile(lambda stage: stage.run is not statements, READING_STAGES):
        reading = stage.run(reading, parsed)
    return [
        {
            **{role: [(p.start, p.end) for p in getattr(one, role)] for role in ROLES},
            "confidence": one.confidence,
        }
        for one in statements(reading, parsed).statements
    ]


if __name__ == "__main__":
    main()
