"""The statements task: speaker, chain of hands, act and mode of labelled statements.

The labelled reports are YAML (`training/labelled`, whose README gives the shape). The system sees a
report's text and the name of its outlet. A labelled statement is found when a statement of ours has
half of its words in common (Jaccard); each is paired once. Measures, in percent:

- `statements_found` of all labelled ones;
- of those found: `speaker_right` (the same name, or one name's words within the other's),
  `act_right`, `mode_right`, `unnamed_right`;
- `chain_right` of the found that came through hands: the same hands, in their order, and no other;
  `no_chain_right` of the found that came through none;
- `chain_found` of all labelled with hands, found or not: the chain exactly right.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from onrecord.errors import RunError
from onrecord.evaluate import read_yaml
from onrecord.evaluate.attribution import report_of
from onrecord.evaluate.seeds.account import likeness, name_words, pair
from onrecord.run import read_reports
from onrecord.settings import Settings
from onrecord.types import Statement

Row = dict[str, Any]
ALIKE = 0.5  # Jaccard index of the words from which two contents are one


def read(file: Path, _texts: Path | None = None) -> list[Row]:
    """Return the labelled reports of a file.

    Raises `RunError` when the file is not a YAML list of reports.
    """
    rows = read_yaml(file)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        remedy = "Give a list of reports, as training/labelled/README.md says"
        raise RunError("no list of reports", file=str(file), remedy=remedy)
    return rows


def predict(rows: Iterable[Row], settings: Settings) -> Iterator[Row]:
    """Yield for each labelled report `{"id", "statements"}`, each with what ours says or None."""
    kept = list(rows)
    reports = (
        report_of(number, str(row["text"]), source=row.get("outlet"))
        for number, row in enumerate(kept)
    )
    for row, reading in zip(kept, read_reports(reports, settings), strict=True):
        paired = pair(row["statements"], list(reading.statements), _fit)
        yield {"id": row["id"], "statements": [one and _shown(one) for one in paired]}


def _fit(gold: Row, ours: Statement) -> float:
    alike = likeness(" ".join(gold["content"]), " ".join(part.text for part in ours.content))
    if alike < ALIKE:
        return 0.0
    return alike + same_name(gold["speaker"], ours.speaker.name)


def _shown(ours: Statement) -> Row:
    return {
        "speaker": ours.speaker.name,
        "unnamed": ours.speaker.unnamed,
        "act": ours.act,
        "mode": ours.mode,
        "chain": [hop.name for hop in ours.chain],
        "content": [part.text for part in ours.content],
        "why": ours.why,
    }


def same_name(one: str | None, other: str | None) -> bool:
    """Tell whether two names are the same, or the words of one stand in the other."""
    left, right = name_words(one or ""), name_words(other or "")
    return left == right or bool(left and right and (left <= right or right <= left))


def same_chain(gold: Sequence[str], ours: Sequence[str]) -> bool:
    """Tell whether two chains have the same hands in the same order."""
    return len(gold) == len(ours) and all(map(same_name, gold, ours))


def score(rows: Iterable[Row], predictions: Iterable[Row]) -> dict[str, float]:
    """Return the measures in percent; one of which nothing is asked is left out."""
    pairs = [
        (gold, ours)
        for row, prediction in zip(rows, predictions, strict=True)
        for gold, ours in zip(row["statements"], prediction["statements"], strict=True)
    ]
    found = [(gold, ours) for gold, ours in pairs if ours is not None]
    with_hands = [(g, o) for g, o in found if g["chain"]]
    checks = {
        "statements_found": [ours is not None for _, ours in pairs],
        "speaker_right": [same_name(g["speaker"], o["speaker"]) for g, o in found],
        "unnamed_right": [bool(g["unnamed"]) == o["unnamed"] for g, o in found],
        "act_right": [g["act"] == o["act"] for g, o in found],
        "mode_right": [g["mode"] == o["mode"] for g, o in found],
        "chain_right": [same_chain(g["chain"], o["chain"]) for g, o in with_hands],
        "chain_found": [
            o is not None and same_chain(g["chain"], o["chain"]) for g, o in pairs if g["chain"]
        ],
        "no_chain_right": [not o["chain"] for g, o in found if not g["chain"]],
    }
    return {name: 100 * sum(right) / len(right) for name, right in checks.items() if right}
