"""Names of persons, organisations and places, against CrossNER politics and re3d.

Gold types are made coarse. In CrossNER, politician and person are persons, political parties and
organisations are organisations, locations and countries places; elections, events and the rest
are left out. In re3d, Person, Organisation and Location count and the rest is left out; it labels
descriptions too ("the country", "three women", the latter as an organisation, as it calls all
groups of people), so there what we find described is an answer beside the names, and
`names_overlap_f1` and `names_exact_f1` are of the names alone. All spans are scored as annotated.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.ids import make_id
from onrecord.models.attribution import tag
from onrecord.parsing import Parse, load, parse
from onrecord.run import cleaned
from onrecord.settings import Settings
from onrecord.stages.actors import actors
from onrecord.stages.actors.coref import traits
from onrecord.stages.actors.page import lay_out
from onrecord.stages.actors.phrases import phrases
from onrecord.types import Reading, Report

GOLD = {
    "politician": "person",
    "person": "person",
    "politicalparty": "organisation",
    "organisation": "organisation",
    "location": "place",
    "country": "place",
}
OURS = {
    "person": "person",
    "armed group": "organisation",
    "government": "organisation",
    "party": "organisation",
    "organisation": "organisation",
    "outlet": "organisation",
    "unknown": "organisation",
    "state": "place",
    "place": "place",
}
SPACY = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
NAMED = frozenset({"name", "alias"})
DESCRIBING = frozenset({"re3d"})  # corpora that label descriptions as they label names

Span = tuple[int, int, str]


def predict(rows: Iterable[dict[str, Any]], settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield `{"id", "entities", "described", "spacy"}` for each row, read from its `text` alone.

    The lists hold `{"start", "end", "type"}`; `spacy` is the bare parser's answer.
    """
    listed = list(rows)
    reports = (cleaned(_report(number, row["text"])) for number, row in enumerate(listed))
    bare = load(settings.model).pipe((row["text"] for row in listed), batch_size=8)
    parses = parse(reports, model=settings.model)
    for row, parsed, doc in zip(listed, parses, bare, strict=True):
        yield {
            "id": row["id"],
            "entities": _entities(actors(Reading(report=parsed.report), parsed)),
            "described": list(_described(parsed)),
            "spacy": [
                {"start": span.start_char, "end": span.end_char, "type": SPACY[span.label_]}
                for span in doc.ents
                if span.label_ in SPACY
            ],
        }


def _report(number: int, text: str) -> Report:
    return Report(id=make_id("report", number), path=str(number), sha256="", text=text)


def _entities(reading: Reading) -> list[dict[str, Any]]:
    kinds = {entity.id: entity.kind for entity in reading.entities}
    return [
        {"start": m.span.start, "end": m.span.end, "type": OURS[kinds[m.actor]]}
        for m in reading.mentions
        if m.how in NAMED and kinds[m.actor] in OURS
    ]


def _described(parsed: Parse) -> Iterator[dict[str, Any]]:
    """Yield the phrases that describe persons, bodies and places without naming them."""
    page = lay_out(parsed)
    found = phrases(page, tag(parsed.report.text, parsed.ranges))
    for told in traits(page, found):
        phrase = told.phrase
        if phrase.form == "noun" and phrase.meaning != "other":
            group = phrase.meaning == "person" and told.plural
            yield {
                "start": parsed.starts[phrase.first],
                "end": parsed.end(phrase.last - 1),
                "type": "organisation" if group else phrase.meaning,
            }


def score(
    rows: Iterable[dict[str, Any]], predictions: Iterable[dict[str, Any]]
) -> dict[str, float]:
    """Return micro F1 in percent: exact span and type, and any overlap of the same type.

    The same for the bare parser as `spacy_exact_f1` and `spacy_overlap_f1` where it answered.
    """
    listed = list(rows)
    gold = {row["id"]: _gold(row) for row in listed}
    answers = list(predictions)
    named = {answer["id"]: _spans(answer["entities"]) for answer in answers}
    if any(row.get("dataset") in DESCRIBING for row in listed):
        every = {
            answer["id"]: _spans([*answer["entities"], *answer.get("described", ())])
            for answer in answers
        }
        result = _f1s("", gold, every) | _f1s("names_", gold, named)
    else:
        result = _f1s("", gold, named)
    if all("spacy" in answer for answer in answers):
        bare = {answer["id"]: _spans(answer["spacy"]) for answer in answers}
        result |= _f1s("spacy_", gold, bare)
    return result


def _gold(row: dict[str, Any]) -> list[Span]:
    return sorted(
        {
            (entity["start"], entity["end"], GOLD[entity["type"].lower()])
            for entity in row["entities"]
            if entity["type"].lower() in GOLD
        }
    )


def _spans(entities: Iterable[dict[str, Any]]) -> list[Span]:
    return sorted({(entity["start"], entity["end"], entity["type"]) for entity in entities})


def _f1s(prefix: str, gold: dict[str, list[Span]], ours: dict[str, list[Span]]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for id_, spans in gold.items():
        answer = ours.get(id_, [])
        counts["gold"] += len(spans)
        counts["ours"] += len(answer)
        counts["exact"] += len(set(spans) & set(answer))
        counts["overlap"] += _overlapping(spans, answer)
    return {
        f"{prefix}{how}_f1": round(200 * counts[how] / max(1, counts["gold"] + counts["ours"]), 2)
        for how in ("exact", "overlap")
    }


def _overlapping(gold: list[Span], ours: list[Span]) -> int:
    """Return how many spans pair up, one to one, exact pairs first, then in their order."""
    left = set(gold) - set(ours)
    paired = len(set(gold) & set(ours))
    by_type: dict[str, list[Span]] = defaultdict(list)
    for span in sorted(left):
        by_type[span[2]].append(span)
    for start, end, kind in sorted(set(ours) - set(gold)):
        waiting = by_type[kind]
        found = next((span for span in waiting if span[0] < end and start < span[1]), None)
        if found is not None:
            waiting.remove(found)
            paired += 1
    return paired
