"""Which names, nouns and pronouns of a report mean the same, against GUM.

Data: rows with `text` and `mentions` of `start`, `end`, `type` and `chain`; those of persons,
organisations and places count, also those that stand alone in their chain. A phrase is right by its
exact extent only. Measures: `conll_f1`, the mean F1 of MUC, B-cubed and CEAF by entity;
`mention_f1` of the phrases alone; `person_pronouns`, the share of pronouns for persons with an
earlier mention whose nearest phrase before in our chain is in the true one, by its beginning or
end, since a phrase cut short means the same; `third_person_pronouns`, the same for he, she, they.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from onrecord.evaluate.clusters import conll, f1
from onrecord.ids import make_id
from onrecord.models.attribution import tag
from onrecord.parsing import parse
from onrecord.run import cleaned
from onrecord.settings import Settings
from onrecord.stages.actors.coref import chains
from onrecord.stages.actors.page import Page, lay_out
from onrecord.stages.actors.phrases import HE, PRONOUNS, SHE, THEY, Phrase, phrases
from onrecord.types import Report

TYPES = frozenset({"person", "organization", "place"})
Row = dict[str, Any]
Key = tuple[str, int, int]


def read_phrases(rows: Iterable[Row], settings: Settings) -> Iterator[tuple[Page, list[Phrase]]]:
    """Yield the page and the phrases of each row, read from its `text` alone."""
    reports = (
        cleaned(Report(id=make_id("report", n), path=str(n), sha256="", text=row["text"]))
        for n, row in enumerate(rows)
    )
    for parsed in parse(reports, model=settings.model):
        page = lay_out(parsed)
        yield page, phrases(page, tag(parsed.report.text, parsed.ranges))


def predict(rows: Iterable[Row], settings: Settings) -> Iterator[Row]:
    """Yield `{"id", "mentions"}` for each row, mentions of `start`, `end` and `chain`."""
    listed = list(rows)
    for row, (page, found) in zip(listed, read_phrases(listed, settings), strict=True):
        starts, end = page.parse.starts, page.parse.end
        yield {
            "id": row["id"],
            "mentions": [
                {"start": starts[one.first], "end": end(one.last - 1), "chain": chain}
                for one, chain in zip(found, chains(page, found), strict=True)
            ],
        }


def score(rows: Iterable[Row], predictions: Iterable[Row]) -> dict[str, float]:
    """Return CoNLL F1 with its parts, F1 of mentions, and the shares of pronouns, in percent."""
    listed, answers = list(rows), list(predictions)
    true = dict(_labels(listed, TYPES))
    given = dict(_labels(answers, None))
    right = len(set(true) & set(given))
    texts = {row["id"]: row["text"] for row in listed}
    asked = [key for key in sorted(true) if _personal(key, listed, texts)]
    return {
        **conll(true, given),
        "mention_f1": 100 * f1(right / max(1, len(given)), right / max(1, len(true))),
        **_pronouns(asked, true, given, texts),
    }


def _labels(rows: Iterable[Row], types: frozenset[str] | None) -> Iterator[tuple[Key, object]]:
    for row in rows:
        for mention in row["mentions"]:
            if types is None or mention["type"] in types:
                yield (row["id"], mention["start"], mention["end"]), (row["id"], mention["chain"])


def _personal(key: Key, rows: list[Row], texts: dict[str, str]) -> bool:
    id_, start, end = key
    if texts[id_][start:end].lower() not in PRONOUNS:
        return False
    return any(
        (m["start"], m["end"], m["type"]) == (start, end, "person")
        for row in rows
        if row["id"] == id_
        for m in row["mentions"]
    )


def _pronouns(
    asked: list[Key], true: dict[Key, object], given: dict[Key, object], texts: dict[str, str]
) -> dict[str, float]:
    counts = {"person_pronouns": [0, 0], "third_person_pronouns": [0, 0]}
    earlier = _before(true), _before(given)
    ends = {(id_, end, label) for (id_, _, end), label in true.items()}
    starts = {(id_, start, label) for (id_, start, _), label in true.items()}
    for key in asked:
        if earlier[0](key) is None:
            continue
        answer = earlier[1](key)
        right = answer is not None and (
            (answer[0], answer[1], true[key]) in starts or (answer[0], answer[2], true[key]) in ends
        )
        third = texts[key[0]][key[1] : key[2]].lower() in HE | SHE | THEY
        for name in counts if third else ("person_pronouns",):
            counts[name][0] += right
            counts[name][1] += 1
    return {name: 100 * right / max(1, of) for name, (right, of) in counts.items()}


def _before(labels: dict[Key, object]) -> Any:
    """Return a function from a mention to the one before it in its chain, by where they begin."""
    by_chain: dict[object, list[Key]] = {}
    for key in sorted(labels, key=lambda key: (key[0], key[1], -key[2])):
        by_chain.setdefault(labels[key], []).append(key)
    previous = {b: a for keys in by_chain.values() for a, b in pairwise(keys)}
    return previous.get
