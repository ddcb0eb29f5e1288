"""Learn which phrases mean the same, from documents with chains.

    python -m coref.train DATA/gum_news/train.jsonl DATA/ecbplus/train.jsonl \
        --into ../src/onrecord/models

Each phrase that the project finds is to choose one of the right earlier phrases, or none where it
is the first of its chain or in no chain; the log-likelihood of all right choices is made as large
as it can be, with a penalty on the squares of the weights. Phrases are matched to labelled mentions
by their exact extent, else by their head. In ECB+ only some mentions are labelled, so there only
they choose, and only among them.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from onrecord.evaluate.coref import read_phrases
from onrecord.settings import Settings
from onrecord.stages.actors.coref import Names, alone, barred, pair, traits

PENALTY = 4.0
FEWEST = 4  # times that a feature must be seen


@dataclass(frozen=True)
class Choice:
    """What one phrase can mean: the features of each possibility, and which are right."""

    features: list[list[str]]
    right: list[bool]


def choices(rows: Sequence[dict[str, Any]], settings: Settings) -> Iterator[Choice]:
    """Yield the choices of all phrases of the documents."""
    for row, (page, found) in zip(rows, read_phrases(rows, settings), strict=True):
        chain_of = _gold(row)
        heads = _heads(row, page)
        told = traits(page, found)
        gold = []
        for phrase in found:
            span = (page.parse.starts[phrase.first], page.parse.end(phrase.last - 1))
            gold.append(chain_of.get(span, heads.get(phrase.head)))
        seen: set[str] = set()
        names = Names()
        partly = row["dataset"] == "ecbplus"
        for number, other in enumerate(told):
            before = names.before(other, number)
            names.add(other, number)
            if partly and gold[number] is None:
                continue
            features, right = [list(alone(other, seen))], [False]
            for place in before:
                if not (barred(told[place], other) or (partly and gold[place] is None)):
                    features.append(list(pair(page, told[place], other, number - place)))
                    same = gold[place] is not None and gold[place] == gold[number]
                    right.append(same)
            right[0] = not any(right)
            if other.phrase.form != "pronoun":
                seen.add(other.head)
            yield Choice(features, right)


def _gold(row: dict[str, Any]) -> dict[tuple[int, int], Any]:
    return {(m["start"], m["end"]): m["chain"] for m in row["mentions"]}


def _heads(row: dict[str, Any], page: Any) -> dict[int, Any]:
    """Return chains by the head of their mentions, where one mention alone has it."""
    found: dict[int, set[Any]] = {}
    for mention in row["mentions"]:
        tokens = page.parse.tokens_in(mention["start"], mention["end"])
        if len(tokens) and mention.get("kind") != "event":
            found.setdefault(page.root(tokens.start, tokens.stop), set()).add(mention["chain"])
    return {head: next(iter(chains)) for head, chains in found.items() if len(chains) == 1}


def learn(found: Sequence[Choice], penalty: float = PENALTY) -> dict[str, float]:
    """Return the weights of the features."""
    counts = Counter(name for one in found for names in one.features for name in names)
    index = {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= FEWEST))}
    rows = [names for one in found for names in one.features]
    pairs = [(row, index[n]) for row, names in enumerate(rows) for n in names if n in index]
    matrix = csr_matrix(
        (np.ones(len(pairs)), tuple(zip(*pairs, strict=True))), shape=(len(rows), len(index))
    )
    sizes = np.array([len(one.features) for one in found])
    right = np.array([flag for one in found for flag in one.right])
    group = np.repeat(np.arange(len(found)), sizes)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ weights
        top = np.full(len(found), -np.inf)
        np.maximum.at(top, group, scores)
        raised = np.exp(scores - top[group])
        total = np.bincount(group, raised)
        good = np.bincount(group, raised * right)
        every, chosen = raised / total[group], raised * right / good[group]
        value = -np.log(good / total).sum() + penalty * (weights**2).sum() / 2
        return float(value), matrix.T @ (every - chosen) + penalty * weights

    done = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B")
    return {name: round(float(done.x[i]), 3) for name, i in index.items() if abs(done.x[i]) > 0.01}


def main() -> None:
    """Read the command line and learn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--into", type=Path, required=True)
    asked = parser.parse_args()
    rows = [json.loads(line) for file in asked.files for line in file.open(encoding="utf-8")]
    learned = learn(list(choices(rows, Settings())))
    text = json.dumps(learned, indent=0, sort_keys=True, ensure_ascii=False)
    (asked.into / "coref.json").write_text(text + "\n", encoding="utf-8")
    print(json.dumps({"documents": len(rows), "features": len(learned)}))


if __name__ == "__main__":
    main()
