"""The attribution task: source, cue and content of every statement, against PolNeAR's labels.

Measures, all in percent. Tokens are words of the text, punctuation left out; a token belongs to a
role when any of its characters is in a span of that role.

- `token_f1`, `source_f1`, `cue_f1`, `content_token_f1`: micro F1 of the token sets, of all three
  roles together and of each.
- `content_f1`, `full_f1`, `full_lenient_f1`: F1 over attributions matched one to one within a
  report by content (Jaccard at least 0.5; most pairs first, then most right sources, then the
  largest sum of Jaccard); full adds that the source has Jaccard at least 0.5, lenient that half of
  the shorter source is shared.
- `quotes_found`, `speaker_right`: of the labelled direct quotations that have a source, how many
  have a prediction on at least half of their tokens, and how many of those predictions that fit
  best (F1) have the right source.
- `recall_…`: the share of the labelled attributions of a class (`evaluate/classes.py`) that have a
  full match.
- `calibration_error`, `right_at_…`: how well the confidences hold (`evaluate/reliability.py`);
  right is a full match.
"""

import bisect
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from onrecord.errors import RunError
from onrecord.evaluate.classes import CLASSES, classes_of
from onrecord.evaluate.reliability import reliability
from onrecord.ids import make_id
from onrecord.run import read_reports
from onrecord.settings import Settings
from onrecord.types import Evidence, Report

Row = Mapping[str, Any]
Tokens = frozenset[int]

WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*")
MARKS = "\"“”„‟«»‘’'`"
ROLES = ("source", "cue", "content")
ENOUGH = 0.5  # least overlap that counts as the same span, as in the published comparisons


@dataclass(frozen=True, slots=True)
class Roles:
    """The tokens of one attribution by role."""

    source: Tokens
    cue: Tokens
    content: Tokens


@dataclass(slots=True)
class Tally:
    """Right, labelled and predicted counts of one measure."""

    right: int = 0
    gold: int = 0
    predicted: int = 0

    def f1(self) -> float:
        """Return F1 in percent."""
        total = self.gold + self.predicted
        return 200 * self.right / total if total else 0.0


def predict(rows: Iterable[Row], settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield `{"id", "attributions"}` for each row; the system sees nothing but the row's text."""
    kept = list(rows)
    reports = (report_of(number, str(row["text"])) for number, row in enumerate(kept))
    for row, reading in zip(kept, read_reports(reports, settings), strict=True):
        found = [
            {
                **{role: _offsets(getattr(statement, role)) for role in ROLES},
                "confidence": statement.confidence,
            }
            for statement in reading.statements
        ]
        yield {"id": row["id"], "attributions": found}


def report_of(number: int, text: str, *, source: str | None = None) -> Report:
    """Return a text as a report; `source` is the outlet where that is told."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Report(
        id=make_id("report", number, digest),
        path=f"{number}.txt",
        source=source,
        sha256=digest,
        text=text,
    )


def _offsets(parts: Sequence[Evidence]) -> list[list[int]]:
    return [[part.start, part.end] for part in parts]


def score(rows: Iterable[Row], predictions: Iterable[Row]) -> dict[str, float]:
    """Return the measures in percent; a row without prediction counts as one without statements.

    Raises `RunError` when a prediction belongs to no row.
    """
    kept = list(rows)
    by_id = {str(row["id"]): row for row in predictions}
    unknown = sorted(set(by_id) - {str(row["id"]) for row in kept})
    if unknown:
        raise RunError(f"prediction for an unknown report {unknown[0]!r}")
    tallies = {name: Tally() for name in (*ROLES, "match", "full", "lenient")}
    quotes = Tally()
    classes = {name: Tally() for name in CLASSES}
    trusted: list[tuple[float, bool]] = []
    for row in kept:
        predicted = by_id.get(str(row["id"]), {"attributions": []})
        full = _score_report(row, predicted, tallies, quotes, classes)
        trusted += [
            (item["confidence"], number in full)
            for number, item in enumerate(predicted["attributions"])
            if "confidence" in item
        ]
    recalls = {
        f"recall_{name}": 100 * tally.right / tally.gold
        for name, tally in classes.items()
        if tally.gold
    }
    return {**_percent(tallies, quotes), **recalls, **reliability(trusted)}


def full_matches(row: Row, found: Sequence[Row]) -> set[int]:
    """Return which attributions, each spans of offsets by role, match one of a row in full."""
    tallies = {name: Tally() for name in (*ROLES, "match", "full", "lenient")}
    classes = {name: Tally() for name in CLASSES}
    return _score_report(row, {"attributions": found}, tallies, Tally(), classes)


def _percent(tallies: dict[str, Tally], quotes: Tally) -> dict[str, float]:
    together = Tally(
        *(sum(getattr(tallies[role], part) for role in ROLES) for part in _COUNTS),
    )
    return {
        "token_f1": together.f1(),
        "source_f1": tallies["source"].f1(),
        "cue_f1": tallies["cue"].f1(),
        "content_token_f1": tallies["content"].f1(),
        "content_f1": tallies["match"].f1(),
        "full_f1": tallies["full"].f1(),
        "full_lenient_f1": tallies["lenient"].f1(),
        "quotes_found": 100 * quotes.predicted / quotes.gold if quotes.gold else 0.0,
        "speaker_right": 100 * quotes.right / quotes.gold if quotes.gold else 0.0,
    }


_COUNTS = ("right", "gold", "predicted")


def _score_report(
    row: Row,
    predicted: Row,
    tallies: dict[str, Tally],
    quotes: Tally,
    classes: dict[str, Tally],
) -> set[int]:
    """Count one report, and return which of its predictions are full matches."""
    text = str(row["text"])
    words = [match.span() for match in WORD.finditer(text)]
    gold = [_roles(item, words) for item in row["attributions"]]
    found = [_roles(item, words) for item in predicted["attributions"]]
    for role in ROLES:
        _count_tokens(tallies[role], gold, found, role)
    pairs = match(gold, found)
    full = {g: f for g, f in pairs if jaccard(gold[g].source, found[f].source) >= ENOUGH}
    right = {
        "match": len(pairs),
        "full": len(full),
        "lenient": sum(overlap(gold[g].source, found[f].source) >= ENOUGH for g, f in pairs),
    }
    for name, count in right.items():
        tallies[name].right += count
        tallies[name].gold += len(gold)
        tallies[name].predicted += len(found)
    for number, (item, roles) in enumerate(zip(row["attributions"], gold, strict=True)):
        for name in classes_of(item, text):
            classes[name].gold += 1
            classes[name].right += number in full
        if roles.source and roles.content and _is_direct(text, item):
            _count_quote(quotes, roles, found)
    return set(full.values())


def _spans(item: Row, role: str) -> list[tuple[int, int]]:
    spans = item.get(role) or []
    return [
        (span["start"], span["end"]) if isinstance(span, Mapping) else (span[0], span[1])
        for span in spans
    ]


def _roles(item: Row, words: list[tuple[int, int]]) -> Roles:
    source, cue, content = (
        frozenset(
            index for start, end in _spans(item, role) for index in _overlapping(words, start, end)
        )
        for role in ROLES
    )
    return Roles(source, cue, content)


def _overlapping(words: list[tuple[int, int]], start: int, end: int) -> range:
    """Return the indexes of the words that share a character with [start, end)."""
    first = bisect.bisect_right(words, start, key=lambda word: word[1])
    last = bisect.bisect_left(words, end, key=lambda word: word[0])
    return range(first, max(first, last)) if start < end else range(0)


def _count_tokens(tally: Tally, gold: list[Roles], found: list[Roles], role: str) -> None:
    empty: Tokens = frozenset()
    labelled = empty.union(*(getattr(item, role) for item in gold))
    predicted = empty.union(*(getattr(item, role) for item in found))
    tally.right += len(labelled & predicted)
    tally.gold += len(labelled)
    tally.predicted += len(predicted)


def jaccard(one: Tokens, other: Tokens) -> float:
    """Return the share of common tokens in all tokens; two empty sets agree."""
    union = one | other
    return len(one & other) / len(union) if union else 1.0


def overlap(one: Tokens, other: Tokens) -> float:
    """Return the share of common tokens in the smaller set; two empty sets agree."""
    if not one or not other:
        return float(one == other)
    return len(one & other) / min(len(one), len(other))


def match(gold: list[Roles], found: list[Roles]) -> list[tuple[int, int]]:
    """Return the one-to-one pairs (label, prediction) of greatest total weight.

    A pair weighs 1, a right source a thousandth more, its Jaccard a millionth more, so that
    the number of pairs decides before the sources and these before closeness.
    """
    weights = np.zeros((len(gold), len(found)))
    for row, label in enumerate(gold):
        for column, prediction in enumerate(found):
            close = jaccard(label.content, prediction.content) if label.content else 0.0
            if close >= ENOUGH:
                same = jaccard(label.source, prediction.source) >= ENOUGH
                weights[row, column] = 1 + 1e-3 * same + 1e-6 * close
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [(int(g), int(f)) for g, f in zip(rows, columns, strict=True) if weights[g, f] > 0]


def _is_direct(text: str, item: Row) -> bool:
    """Tell whether a labelled content begins with a quotation mark."""
    start, end = min(_spans(item, "content"))
    return text[start:end].lstrip()[:1] in tuple(MARKS)


def _count_quote(quotes: Tally, gold: Roles, found: list[Roles]) -> None:
    quotes.gold += 1
    best: tuple[float, Roles] | None = None
    for item in found:
        shared = len(gold.content & item.content)
        if shared < ENOUGH * len(gold.content):
            continue
        closeness = 2 * shared / (len(gold.content) + len(item.content))
        if best is None or closeness > best[0]:
            best = closeness, item
    if best is not None:
        quotes.predicted += 1
        source = best[1].source
        quotes.right += bool(source) and jaccard(gold.source, source) >= ENOUGH
