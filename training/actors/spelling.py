"""How alike two spellings of a name must be: the curve over ECB+ train.

    python -m actors.spelling ../../shared/data/ecbplus/train.jsonl

Prints, for each likeness in percent: B-cubed F1, precision and recall given the mentions, and the
number of actors that the mentions are told apart into. The reports are parsed once.
"""

import argparse
import sys
from pathlib import Path

from onrecord.evaluate import read_rows
from onrecord.evaluate.actors import by_mention, read_told, resolved, score
from onrecord.settings import Settings
from onrecord.stages.resolve.links import spelled_alike

LIKENESSES = (100.0, 97.5, 95.0, 92.5, 90.0, 87.5, 85.0, 82.5, 80.0, 75.0, 70.0, 60.0)


def main() -> None:
    """Print the curve, one line a likeness."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--limit", type=int)
    asked = parser.parse_args()
    rows = list(read_rows(asked.rows))[: asked.limit]
    told = [given for given, _ in read_told(rows, Settings())]
    for alike in LIKENESSES:
        vars(sys.modules[spelled_alike.__module__])["ALIKE"] = alike
        found = [by_mention(row, of) for row, of in zip(rows, resolved(told), strict=True)]
        answers = [
            {"id": row["id"], "given": actors, "found": actors}
            for row, actors in zip(rows, found, strict=True)
        ]
        told_apart = len({actor for actors in found for actor in actors})
        figures = score(rows, answers)
        shown = (figures[f"bcubed_{name}"] for name in ("f1", "precision", "recall"))
        print(f"{alike:5.1f}", *(f"{value:6.2f}" for value in shown), told_apart, flush=True)


if __name__ == "__main__":
    main()
