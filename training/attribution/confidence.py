"""Fit how likely an attribution is right, on statements that were judged one by one.

    python -m attribution.confidence labelled/judged.tsv --data DATA \
        --labelled POLNEAR/dev.jsonl --into ../src/onrecord/models

`judged.tsv` has the statements' places in news reports that stand in `DATA`, the verdict (R right,
N no statement, S wrong source, C wrong content), and how many of the statements found each stands
for. Where the weights of the network have changed, a verdict counts for what it gives now if the
words are the same, or if it was no statement at all. Every other report of a file of labelled
attributions, which the network was not trained on, counts as much as all that was judged: right is
what matches a label in full. Prints how it does on reports left out.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from onrecord.evaluate import read_rows
from onrecord.evaluate.attribution import ROLES, full_matches, report_of
from onrecord.models.attribution import tag
from onrecord.parsing import Parse, parse
from onrecord.run import cleaned
from onrecord.settings import read_settings
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.confidence import features
from onrecord.stages.statements.linking import Quotations
from onrecord.stages.statements.quotations import quotations
from onrecord.stages.statements.spans import candidates

PENALTY = (
    10.0  # on the squares of the standardised weights; chosen on left-out reports of 3, 10, 30
)
FOLDS = 10
SAME = 0.9  # share of characters in common from which words are the same
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """A verdict: where cue, source and content stood, whether right, and its weight."""

    cue: int
    source: frozenset[int]
    content: frozenset[int]
    verdict: str
    weight: float


def read(file: Path) -> dict[tuple[str, str], list[Judged]]:
    """Return the verdicts by file and document."""
    found = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines()[1:]:
        name, document, cue, source, content, verdict, weight = line.split("\t")
        one = Judged(int(cue), _places(source), _places(content), verdict, float(weight))
        found[name, document].append(one)
    return dict(found)


def _places(spans: str) -> frozenset[int]:
    ends = [tuple(map(int, span.split("-"))) for span in spans.split()]
    return frozenset(place for start, end in ends for place in range(start, end))


def examples(
    judged: dict[tuple[str, str], list[Judged]], data: Path
) -> Iterator[tuple[str, dict[str, float], bool, float]]:
    """Yield document, features, whether right, and weight of what is found as it was judged."""
    texts = dict(_texts({name for name, _ in judged}, data))
    keys = sorted(judged)
    reports = (cleaned(report_of(number, texts[key])) for number, key in enumerate(keys))
    for key, parsed in zip(keys, parse(reports, model=read_settings().model), strict=True):
        quotes = Quotations(quotations(parsed))
        blocks = [(block.start, block.end) for block in parsed.blocks]
        found = candidates(parsed, quotes, tag(parsed.report.text, blocks))
        for one in judged[key]:
            for item in found:
                if _is_that(parsed, item, one):
                    told = features(parsed, item, quotes)
                    yield key[1], told, one.verdict == "R", one.weight


def labelled(file: Path) -> Iterator[tuple[str, dict[str, float], bool, float]]:
    """Yield the same of every other labelled report, each with the weight 1."""
    rows = list(read_rows(file))[::2]
    reports = (cleaned(report_of(number, row["text"])) for number, row in enumerate(rows))
    for row, parsed in zip(rows, parse(reports, model=read_settings().model), strict=True):
        quotes = Quotations(quotations(parsed))
        blocks = [(block.start, block.end) for block in parsed.blocks]
        found = candidates(parsed, quotes, tag(parsed.report.text, blocks))
        found = [item for item in found if item.cue]
        offsets = [
            {role: _offsets(parsed, getattr(item, role)) for role in ROLES} for item in found
        ]
        right = full_matches(row, offsets)
        for number, item in enumerate(found):
            yield row["id"], features(parsed, item, quotes), number in right, 1.0


def _offsets(parsed: Parse, spans: Iterable[tuple[int, int]]) -> list[list[int]]:
    return [[parsed.starts[start], parsed.end(end - 1)] for start, end in spans]


def _texts(names: Iterable[str], data: Path) -> Iterator[tuple[tuple[str, str], str]]:
    for name in sorted(names):
        for line in (data / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield (name, row["id"]), row["text"]


def _is_that(parsed: Parse, item: Attribution, one: Judged) -> bool:
    if one.cue not in {parsed.starts[start] for start, _ in item.cue}:
        return False
    if one.verdict == "N":
        return True
    pairs = ((item.source, one.source), (item.content, one.content))
    return all(_alike(_characters(parsed, spans), told) for spans, told in pairs)


def _characters(parsed: Parse, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    ends = [(parsed.starts[start], parsed.end(end - 1)) for start, end in spans]
    return frozenset(place for start, end in ends for place in range(start, end))


def _alike(ours: frozenset[int], told: frozenset[int]) -> bool:
    return ours == told or len(ours & told) >= SAME * len(ours | told)


def fit(rows: Array, right: Array, weight: Array) -> Array:
    """Return the weights, and the bias last, of a logistic regression with a ridge penalty."""
    whole = np.c_[rows, np.ones(len(rows))]

    def loss(beta: Array) -> tuple[float, Array]:
        total = whole @ beta
        off = 1 / (1 + np.exp(-total)) - right
        ridge = np.r_[beta[:-1], 0.0]
        value = (weight * (np.logaddexp(0, total) - right * total)).sum()
        return (
            float(value + PENALTY * (ridge**2).sum()),
            whole.T @ (weight * off) + 2 * PENALTY * ridge,
        )

    start = np.zeros(whole.shape[1])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def left_out(rows: Array, right: Array, weight: Array, names: list[str]) -> Array:
    """Return for each row how likely it is by weights fitted on the other reports."""
    fold = np.array([sum(name.encode()) % FOLDS for name in names])
    likely = np.zeros(len(rows))
    for number in range(FOLDS):
        out = fold == number
        beta = fit(rows[~out], right[~out], weight[~out])
        likely[out] = 1 / (1 + np.exp(-np.c_[rows[out], np.ones(out.sum())] @ beta))
    return likely


def main() -> None:
    """Read the command line, fit, and write `confidence.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("judged", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--labelled", type=Path, required=True)
    parser.add_argument("--into", type=Path, required=True)
    asked = parser.parse_args()
    judged = list(examples(read(asked.judged), asked.data))
    matched = list(labelled(asked.labelled))
    names, told, right, weight = zip(*judged, *matched, strict=True)
    keys = list(told[0])
    rows = np.array([[one[key] for key in keys] for one in told])
    truth, share = np.array(right, dtype=float), np.array(weight)
    share[len(judged) :] *= share[: len(judged)].sum() / len(matched)
    middle, spread = rows.mean(0), rows.std(0) + 1e-6
    scaled = (rows - middle) / spread
    likely = left_out(scaled, truth, share, list(names))
    for title, part in (("judged", slice(len(judged))), ("labelled", slice(len(judged), None))):
        _tell(title, likely[part], truth[part], share[part])
    beta = fit(scaled, truth, share)
    slopes = beta[:-1] / spread
    made = {
        "weights": {key: round(float(slope), 4) for key, slope in zip(keys, slopes, strict=True)},
        "bias": round(float(beta[-1] - (slopes * middle).sum()), 4),
    }
    (asked.into / "confidence.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def _tell(title: str, likely: Array, right: Array, weight: Array) -> None:
    print(f"{len(likely)} {title}; {100 * (weight * right).sum() / weight.sum():.1f}% are right")
    for least in (0.4, 0.5, 0.6):
        kept = likely >= least
        share, good = weight[kept].sum(), (weight * right)[kept].sum()
        print(f"from {least}: {100 * share / weight.sum():.1f}% kept, {100 * good / share:.1f}%")
    for low in np.arange(0.2, 1, 0.1):
        here = (likely >= low) & (likely < low + 0.1)
        if here.sum():
            good = (weight * right)[here].sum() / weight[here].sum()
            print(f"{low:.1f}: {here.sum()} {title}, {100 * good:.0f}% right")


if __name__ == "__main__":
    main()
