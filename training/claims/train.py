"""Learn which statements contradict each other, which figures are of one thing, what was kept.

    python -m claims.train DOSSIER... --into ../src/onrecord/models

A dossier is a folder with `reports` and `expected.yaml` (see `labelled/dossiers`). Pairs of which
one is on each side of a dispute are right, all others of one report or that share a telling word
are wrong; pairs of one dispute the other way round are left out. With --check each dossier is
measured by weights of the others alone. The held-out dossier is never given here.
"""

import argparse
import csv
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from onrecord.evaluate import read_rows
from onrecord.run import read_reports
from onrecord.settings import Settings
from onrecord.stages.claims import numbers, setting_of
from onrecord.stages.claims.contradiction import features
from onrecord.stages.claims.outcomes import paired
from onrecord.stages.claims.pairing import bits_of, pairs
from onrecord.stages.claims.utterances import Sides, Utterance, utterances
from onrecord.stages.copies import copies
from onrecord.stages.happenings import happenings
from onrecord.stages.read import read
from onrecord.stages.resolve import resolve
from onrecord.stages.stories import stories
from onrecord.types import Corpus, Report

FEWEST = 6  # pairs that must have a sign
# On the square of a weight. Of promises there are few.
PENALTY = {"contradiction": 3.0, "numbers": 3.0, "outcomes": 1.0}
SHARE = 0.5  # of the words of the account, that a statement must have


@dataclass(frozen=True)
class Pair:
    """Two statements of a dossier with their signs, and whether they stand against each other."""

    dossier: str
    signs: frozenset[str]
    right: bool
    answer: str


def corpus_of(folder: Path) -> Corpus:
    """Return the readings of a dossier with its copies, stories and actors."""
    settings = Settings()
    readings = read_reports(read([folder / "reports"], settings), settings)
    ordered = tuple(sorted(readings, key=lambda reading: reading.report.id))
    return happenings(resolve(stories(copies(Corpus(readings=ordered)))))


def spoken(corpus: Corpus) -> list[Utterance]:
    """Return the likely statements of a corpus."""
    sides = Sides(corpus.actors, corpus.identity)
    of = {report: story.id for story in corpus.stories for report in story.reports}
    found = [
        one
        for reading in corpus.readings
        for one in utterances(reading, sides, of.get(reading.report.id, reading.report.id))
    ]
    return [one for one in found if one.statement.is_likely]


def counted(folder: Path, corpus: Corpus) -> list[Pair]:
    """Return the pairs of figures of a dossier."""
    gold = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))
    texts = {Path(r.report.path).stem: r.report for r in corpus.readings}
    setting = setting_of(corpus)
    found = [one for reading in corpus.readings for one in numbers.counted(reading, setting)]
    of: dict[str, set[int]] = {}
    for number, dispute in enumerate(gold["disputes"]):
        for entry in dispute["figures"] if dispute["kind"] == "figure" else ():
            report = texts[entry["report"]]
            start = report.text.find(entry["words"])
            for one in found:
                span = one.figure.span
                if span.report == report.id and start <= span.start < start + len(entry["words"]):
                    of.setdefault(one.figure.id, set()).add(number)
    bits = numbers.bits_of(found)
    return [
        Pair(
            folder.name,
            numbers.features(one, other, bits),
            bool(of.get(one.figure.id, set()) & of.get(other.figure.id, set())),
            other.figure.id,
        )
        for one, other in numbers.pairs(found, bits)
    ]


def real(file: Path, texts: Path) -> list[Pair]:
    """Return the pairs of statements of the real reports that were labelled."""
    with file.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    right: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        right.setdefault(row["document"], []).append(row)
    reports = [
        Report(id=row["id"], path=row["id"], sha256="", text=row["text"])
        for name in ("polnear", "muc4")
        for row in read_rows(texts / name / "train.jsonl")
        if row["id"] in right
    ]
    made = []
    for reading in read_reports(reports, Settings()):
        corpus = resolve(Corpus(readings=(reading,)))
        found = spoken(corpus)
        bits = bits_of(found)
        for first, answer in pairs(found):
            ours, turned = (
                any(
                    _at(x, row, "first") and _at(y, row, "answer")
                    for row in right[reading.report.id]
                )
                for x, y in ((first, answer), (answer, first))
            )
            if ours or not turned:
                signs = features(first, answer, bits)
                made.append(Pair("real", signs, ours, answer.statement.id))
    return made


def _at(one: Utterance, row: dict[str, str], side: str) -> bool:
    """Tell whether a statement has most of the words that a label gives, or they of it."""
    if row["how"] == "-":
        return False
    start, end = int(row[f"{side}_start"]), int(row[f"{side}_end"])
    span = one.statement.content[0]
    both = min(end, span.end) - max(start, span.start)
    return both >= SHARE * max(end - start, span.end - span.start)


def labelled(folder: Path, corpus: Corpus) -> list[Pair]:
    """Return the pairs of statements of a dossier."""
    gold = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))
    texts = {Path(r.report.path).stem: r.report for r in corpus.readings}
    found = spoken(corpus)
    sides: dict[str, set[tuple[int, str]]] = {}
    for number, dispute in enumerate(gold["disputes"]):
        if dispute["kind"] != "denial":
            continue
        for side in ("asserted", "denied"):
            for entry in dispute[side]:
                for key in _said(entry, texts[entry["report"]], found):
                    sides.setdefault(key, set()).add((number, side))
    made = []
    bits = bits_of(found)
    for first, answer in pairs(found):
        ours = sides.get(first.statement.id, set())
        theirs = sides.get(answer.statement.id, set())
        right = any((number, "denied") in theirs for number, side in ours if side == "asserted")
        turned = any((number, "asserted") in theirs for number, side in ours if side == "denied")
        if right or not turned:
            signs = features(first, answer, bits)
            made.append(Pair(folder.name, signs, right, answer.statement.id))
    return made


def _said(entry: dict[str, Any], report: Any, found: Sequence[Utterance]) -> list[str]:
    start = report.text.find(entry["words"])
    end = start + len(entry["words"])
    return [
        one.statement.id
        for one in found
        if one.statement.report == report.id
        and sum(max(0, min(end, s.end) - max(start, s.start)) for s in one.statement.content)
        >= SHARE * min(end - start, sum(s.end - s.start for s in one.statement.content))
    ]


def told(folder: Path, corpus: Corpus) -> list[Pair]:
    """Return the promises of a dossier, each with the sentences that may tell its outcome."""
    gold = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))
    texts = {Path(r.report.path).stem: r.report for r in corpus.readings}

    def meets(entry: dict[str, Any], report: Report, start: int, end: int) -> bool:
        at = report.text.find(entry["words"])
        same = texts[entry["report"]].id == report.id
        return same and start < at + len(entry["words"]) and end > at

    closed = [one for one in gold["promises"] if one["outcome"] != "open" and one.get("seen_in")]
    made = []
    for promise, sentences in paired(corpus.readings):
        ours = [
            one["seen_in"]
            for one in closed
            for entry in (one, *one.get("also", ()))
            for span in promise.statement.content
            if meets(entry, promise.report, span.start, span.end)
        ]
        for sentence, signs in sentences:
            right = any(meets(e, sentence.report, sentence.start, sentence.end) for e in ours)
            made.append(Pair(folder.name, signs, right, promise.statement.id))
    return made


def fit(found: Sequence[Pair], penalty: float) -> dict[str, float]:
    """Return the weights learned from pairs, "" of what all have."""
    counts = Counter(sign for pair in found for sign in pair.signs)
    names = sorted(sign for sign, count in counts.items() if count >= FEWEST)
    table = _table(found, {name: place for place, name in enumerate(names)})
    wanted = np.array([pair.right for pair in found], float)

    def loss(weights: Any) -> tuple[float, Any]:
        sums = table @ weights
        value = np.logaddexp(0, sums).sum() - (wanted * sums).sum()
        slope = table.T @ (1 / (1 + np.exp(-sums)) - wanted)
        free = weights.copy()
        free[-1] = 0
        return value + penalty * (free**2).sum(), slope + 2 * penalty * free

    best = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B").x
    kept = {name: round(float(w), 3) for name, w in zip(names, best, strict=False)}
    return {"": round(float(best[-1]), 3)} | {n: w for n, w in kept.items() if abs(w) >= 0.01}


def _table(found: Sequence[Pair], names: dict[str, int]) -> Any:
    rows = [[names[s] for s in pair.signs if s in names] + [len(names)] for pair in found]
    starts = np.cumsum([0, *map(len, rows)])
    flat = [column for row in rows for column in row]
    return csr_matrix((np.ones(len(flat)), flat, starts), (len(found), len(names) + 1))


def check(found: Sequence[Pair], penalty: float) -> None:
    """Print how well each dossier's pairs are told by weights of the others."""
    for name in sorted({pair.dossier for pair in found}):
        known = fit([pair for pair in found if pair.dossier != name], penalty)
        asked = [pair for pair in found if pair.dossier == name]
        sums = [known[""] + sum(known.get(s, 0.0) for s in pair.signs) for pair in asked]
        order = np.argsort(sums)[::-1]
        right = np.array([asked[i].right for i in order])
        hits = np.cumsum(right)
        total = right.sum()
        shown = []
        for share in (0.2, 0.4, 0.6):
            at = int(np.searchsorted(hits, share * total))
            shown.append(f"{share:.0%} found at {100 * hits[at] / (at + 1):.0f}")
        print(f"{name}: {total} right of {len(asked):,}; precision when " + ", ".join(shown))


def main() -> None:
    """Learn, measure if asked, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dossiers", type=Path, nargs="+")
    parser.add_argument("--answers", type=Path, help="labelled places of real reports")
    parser.add_argument("--texts", type=Path, help="the folder of their texts")
    parser.add_argument("--into", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    corpora = {folder: corpus_of(folder) for folder in asked.dossiers}
    said = [pair for folder, corpus in corpora.items() for pair in labelled(folder, corpus)]
    said += real(asked.answers, asked.texts) if asked.answers else []
    figures = [pair for folder, corpus in corpora.items() for pair in counted(folder, corpus)]
    sequels = [pair for folder, corpus in corpora.items() for pair in told(folder, corpus)]
    for name, found in (("contradiction", said), ("numbers", figures), ("outcomes", sequels)):
        if asked.check:
            print(name)
            check(found, PENALTY[name])
        if asked.into:
            text = json.dumps(
                fit(found, PENALTY[name]), ensure_ascii=False, indent=0, sort_keys=True
            )
            (asked.into / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
