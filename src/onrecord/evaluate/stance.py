"""Whether a report agrees with a headline or disagrees, given that it speaks of the same thing.

Data: rows with a `text` and `pairs` of a `headline` and its `stance`, as the Fake News Challenge
has them; only those that agree or disagree count. Told without any training: by words that reject
or call false (`contradiction.tsv`, as claims use them) in the headline, and in the sentences of the
report that share most telling words with it; where one of the two rejects, they disagree. Measure:
macro F1 of the two. Baseline: all agree.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from onrecord.evaluate.clusters import f1
from onrecord.settings import Settings
from onrecord.stages.claims.utterances import rejects, stems

Row = Mapping[str, Any]
SENTENCE = re.compile(r"[^.!?\n]{20,}[.!?]?")
NEAREST = 5  # sentences that share most with the headline
STANCES = ("agree", "disagree")


def predict(rows: Sequence[Row], _settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield the stance of each row's related headlines, as `{"id", "stances"}`."""
    for row in rows:
        sentences = [match.group() for match in SENTENCE.finditer(row["text"])]
        told = [stems(sentence) for sentence in sentences]
        stances = []
        for pair in _related(row):
            asked = stems(pair["headline"])
            order = sorted(range(len(told)), key=lambda i: (-len(asked & told[i]), i))
            refuted = any(rejects(sentences[i]) for i in order[:NEAREST])
            stances.append("disagree" if rejects(pair["headline"]) != refuted else "agree")
        yield {"id": row["id"], "stances": stances}


def _related(row: Row) -> list[Mapping[str, str]]:
    return [pair for pair in row["pairs"] if pair["stance"] in STANCES]


def score(rows: Sequence[Row], predictions: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Return `macro_f1` and the F1 of each stance in percent, and the macro F1 of all agreeing."""
    gold = [pair["stance"] for row in rows for pair in _related(row)]
    found = [stance for one in predictions for stance in one["stances"]]
    by_stance = {stance: _f1(gold, found, stance) for stance in STANCES}
    plain = [_f1(gold, ["agree"] * len(gold), stance) for stance in STANCES]
    return {
        "macro_f1": sum(by_stance.values()) / len(STANCES),
        **{f"{stance}_f1": value for stance, value in by_stance.items()},
        "all_agree_macro_f1": sum(plain) / len(STANCES),
    }


def _f1(gold: Sequence[str], found: Sequence[str], stance: str) -> float:
    right = sum(a == b == stance for a, b in zip(gold, found, strict=True))
    given, true = found.count(stance), gold.count(stance)
    return 100 * f1(right / given if given else 0.0, right / true if true else 0.0)
