"""Write the names of reports by the project and by the parser, side by side.

    python -m names.silver DATA --out silver.jsonl

Every third of the first 600 reports of PolNeAR train, 300 of fivew1h, 150 of the Gun Violence
Archive and 200 of MUC-4 train is taken.
"""

import argparse
import itertools
import json
from collections.abc import Iterator
from pathlib import Path

from onrecord.parsing import parse
from onrecord.run import cleaned
from onrecord.settings import Settings
from onrecord.stages.actors import actors
from onrecord.types import Reading, Report

TAKEN = (
    ("polnear/train.jsonl", 600),
    ("fivew1h/unsplit_news_cluster.jsonl", 300),
    ("gva/dev.jsonl", 150),
    ("muc4/train.jsonl", 200),
)
EVERY = 3
NAMED = frozenset({"name", "alias"})


def texts(data: Path) -> Iterator[tuple[str, str]]:
    """Yield id and text of the reports."""
    for file, most in TAKEN:
        with (data / file).open(encoding="utf-8") as lines:
            for line in itertools.islice(lines, EVERY - 1, most, EVERY):
                row = json.loads(line)
                yield row["id"], row["text"]


def rows(data: Path) -> Iterator[dict[str, object]]:
    """Yield each report with its blocks, our names with their kinds, and the parser's entities."""
    listed = list(texts(data))
    reports = (
        cleaned(Report(id=str(number), path="", sha256="", text=text))
        for number, (_, text) in enumerate(listed)
    )
    for (id_, text), parsed in zip(listed, parse(reports, model=Settings().model), strict=True):
        reading = actors(Reading(report=parsed.report), parsed)
        kinds = {entity.id: entity.kind for entity in reading.entities}
        yield {
            "id": id_,
            "text": text,
            "blocks": parsed.ranges,
            "ours": [
                (m.span.start, m.span.end, kinds[m.actor], m.how)
                for m in reading.mentions
                if m.how in NAMED
            ],
            "spacy": [
                (parsed.starts[one.start], parsed.end(one.end - 1), one.label_)
                for one in parsed.doc.ents
            ],
        }


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=Path("silver.jsonl"))
    asked = parser.parse_args()
    with asked.out.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows(asked.data))


if __name__ == "__main__":
    main()
