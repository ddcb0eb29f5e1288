"""A record built from whole reports against a careful reader's account of them.

The account is YAML: reports with their statements, events, figures and page furniture, and then
actors, lineage and disputes over all of them (`examples/expected.yaml` is one). It is a sample of
what must be found, so what is found beyond it is not counted as wrong, with two exceptions:
reports that are linked though they are independent, and actors that were merged though they are
two. A statement is found when half of its words and ours are in common, and covered also when the
account gives an excerpt of what we hold whole ("to cut aid" of "to cut aid as a punishment"); its
speaker, act, mode and chain are compared either way.
"""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from onrecord.errors import RunError
from onrecord.evaluate import read_yaml
from onrecord.evaluate.seeds import across, within
from onrecord.evaluate.seeds.account import Account, Finding
from onrecord.record import Record
from onrecord.run import build
from onrecord.settings import Settings

# How many, where the other figures are shares in percent.
COUNTED = frozenset({"read_from_furniture", "lineage_wrong", "wrong_merges"})
# Each figure with where it comes from, in the order in which they are printed.
FIGURES = (
    "dates_inside",
    "dates_told",
    "furniture_marked",
    "read_from_furniture",
    "statements_found",
    "statements_covered",
    "speakers_right",
    "acts_right",
    "modes_right",
    "chains_right",
    "events_found",
    "events_standing",
    "figures_found",
    "figures_standing",
    "lineage_found",
    "lineage_wrong",
    "disputes_found",
    "actors_found",
    "actor_names",
    "actor_kinds",
    "wrong_merges",
    "relations_found",
    "relations_standing",
)


def read(file: Path, texts: Path | None = None) -> list[dict[str, Any]]:
    """Return the account and the folder of its reports as one row.

    The reports lie in `texts`, or in `reports` beside the file, or in `../data/<name of the file>`.
    Raises `RunError` when the file is no account or the reports are not there.
    """
    gold = read_yaml(file)
    if not isinstance(gold, dict) or not isinstance(gold.get("reports"), list):
        remedy = "Give an account like examples/expected.yaml"
        raise RunError("no list `reports`", file=str(file), remedy=remedy)
    return [{"gold": gold, "texts": str(texts or _beside(file))}]


def _beside(file: Path) -> Path:
    folder = file.resolve().parent
    places = (folder / "reports", folder.parent / "data" / file.stem)
    for place in places:
        if place.is_dir():
            return place
    raise RunError("its reports are not beside it", file=str(file), remedy="Say --texts DIR")


def predict(rows: Sequence[dict[str, Any]], settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield each thing that the account asks for, and whether the record has it.

    `{"figure", "report", "gold", "right", "ours"}`: which figure it counts for, the report, what
    was asked for, and what stands in the record instead.
    """
    for row in rows:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "record.db"
            build([row["texts"]], path, settings=settings)
            with Record(path) as record:
                account = Account(row["gold"], record)
                for finding in (*within.findings(account), *across.findings(account)):
                    yield _shown(finding)


def _shown(finding: Finding) -> dict[str, Any]:
    return {
        "figure": finding.figure,
        "report": finding.report,
        "gold": finding.gold,
        "right": finding.right,
        "ours": finding.ours,
    }


def score(
    _rows: Sequence[dict[str, Any]], predictions: Iterable[dict[str, Any]]
) -> dict[str, float]:
    """Return each figure: in percent of what was asked for, or how many for the counted ones.

    A figure of which the account asks nothing is left out.
    """
    found: dict[str, list[bool]] = defaultdict(list)
    for prediction in predictions:
        found[prediction["figure"]].append(prediction["right"])
    figures: dict[str, float] = {}
    for name in FIGURES:
        if name in COUNTED:
            figures[name] = float(found[name].count(False))
        elif found[name]:
            figures[name] = 100.0 * sum(found[name]) / len(found[name])
    return figures
