"""Which mentions in several reports mean the same person, body or place, against ECB+.

Data: rows with `text` and `mentions` of `start`, `end`, `kind`, `type` and `chain`, chains being
shared by rows; entities of the types HUM and LOC count. Measure: B-cubed over all mentions of all
rows at once. `bcubed_*` are given the true mentions; `found_*` are of the mentions that are found
without them, by their head, where what is not found stands alone. `same_head` is the baseline that
takes mentions with the same last word for the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from onrecord.evaluate.clusters import b_cubed, f1
from onrecord.ids import make_id
from onrecord.models.attribution import Tags, tag
from onrecord.parsing import parse
from onrecord.run import cleaned
from onrecord.settings import Settings
from onrecord.stages.actors import actors
from onrecord.stages.actors.page import Page, lay_out
from onrecord.stages.actors.phrases import PRONOUNS, RELATIVE, Form, Phrase, phrases, words_of
from onrecord.stages.actors.unnamed import meant
from onrecord.stages.copies import copies
from onrecord.stages.resolve import resolve
from onrecord.stages.stories import stories
from onrecord.types import Corpus, Mention, Reading, Report

CLIMB = 4  # steps from "who" to the noun that its clause hangs on
TYPES = frozenset({"HUM", "LOC"})
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """One row read: its reading, with entities for what has no name, and the entity by phrase."""

    reading: Reading
    entity_of: dict[tuple[int, int], str]


def predict(rows: Iterable[Row], settings: Settings) -> Iterator[Row]:
    """Yield `{"id", "given", "found"}` for each row: an actor for each mention, or null.

    `given` is told where the mentions are, `found` is not and is asked by their heads.
    """
    listed = list(rows)
    told, untold = [], []
    for with_mentions, without in read_told(listed, settings):
        told.append(with_mentions)
        untold.append(without)
    given, found = resolved(told), resolved(untold)
    for number, row in enumerate(listed):
        yield {
            "id": row["id"],
            "given": by_mention(row, given[number]),
            "found": by_mention(row, found[number]),
        }


def by_mention(row: Row, found: dict[tuple[int, int], str]) -> list[str | None]:
    """Return the actor of each labelled mention of a row."""
    return [_by_head(found, mention) for mention in _mentions(row)]


def read_told(listed: list[Row], settings: Settings) -> Iterator[tuple[Read, Read]]:
    """Yield each row as it is read when told where the mentions are, and when not."""
    reports = (
        cleaned(Report(id=make_id("report", n), path=str(n), sha256="", text=row["text"]))
        for n, row in enumerate(listed)
    )
    for row, parsed in zip(listed, parse(reports, model=settings.model), strict=True):
        page, tags = lay_out(parsed), tag(parsed.report.text, parsed.ranges)
        reading = actors(Reading(report=parsed.report), parsed)
        spans = [(m["start"], m["end"]) for m in _mentions(row)]
        every = phrases(page, tags)
        there = _at(page, tags, spans)
        heads = {phrase.head for phrase in there if phrase.first <= phrase.head < phrase.last}
        others = [phrase for phrase in every if phrase.head not in heads]
        among = sorted([*others, *there], key=_place)
        yield _read(_within(reading, spans), page, among), _read(reading, page, every)


def _within(reading: Reading, spans: list[tuple[int, int]]) -> Reading:
    """Return a reading without the mentions that go on behind the end of a known one."""
    kept = tuple(
        mention
        for mention in reading.mentions
        if not any(
            mention.span.start < end < mention.span.end and start < mention.span.end
            for start, end in spans
        )
    )
    return replace(reading, mentions=kept)


def _place(phrase: Phrase) -> tuple[int, int]:
    return phrase.first, -phrase.last


def _mentions(row: Row) -> list[Row]:
    return [m for m in row["mentions"] if m["kind"] == "entity" and m["type"] in TYPES]


def _at(page: Page, tags: Tags, spans: list[tuple[int, int]]) -> list[Phrase]:
    """Return the phrases at given places."""
    words = words_of(page, tags)
    found = []
    for start, end in spans:
        tokens = page.parse.tokens_in(start, end)
        if not len(tokens):
            continue
        first, last = tokens.start, tokens.stop
        while first + 1 < last and page.pos[first] in ("ADP", "DET"):
            first += 1  # places are labelled with "in the"
        head = page.root(first, last)
        if page.parse.doc[head].tag_ in RELATIVE:
            head = _antecedent(page, head)
        word = words[head]
        shares = tags.nouns[word if word is not None else 0][1:]
        form: Form = (
            "name"
            if any(n.first <= word <= n.last for n in tags.names if word is not None)
            else "noun"
        )
        if page.lower[head] in PRONOUNS:
            form = "pronoun"
        found.append(Phrase(first, last, head, form, shares))
    return found


def _antecedent(page: Page, relative: int) -> int:
    """Return the noun that the clause of "who" or "which" hangs on, or the word itself."""
    i = relative
    for _ in range(CLIMB):
        if page.dep[i] == "relcl":
            return page.head[i]
        i = page.head[i]
    return relative


def _read(reading: Reading, page: Page, found: list[Phrase]) -> Read:
    entities, entity_of = meant(reading, page, found)
    described = []
    for phrase in found:
        words = page.parse.evidence(phrase.first, phrase.head + 1)
        span = (words.start, page.parse.end(phrase.last - 1))
        if phrase.form == "noun" and span in entity_of:
            id_ = make_id("mention", words.report, *span)
            described.append(Mention(id_, words.report, words, entity_of[span], "description"))
    mentions = (*reading.mentions, *described)
    return Read(replace(reading, entities=entities, mentions=mentions), entity_of)


def resolved(reads: list[Read]) -> list[dict[tuple[int, int], str]]:
    """Return for each row the actor by span."""
    ordered = sorted((one.reading for one in reads), key=lambda reading: reading.report.id)
    corpus = stories(copies(Corpus(readings=tuple(ordered))))
    identity = resolve(corpus, nouns_too=True).identity
    return [{span: identity[id_] for span, id_ in one.entity_of.items()} for one in reads]


def _by_head(found: dict[tuple[int, int], str], mention: Row) -> str | None:
    """Return the actor of the phrase that a mention is the end of, or that is the end of one."""
    start, end = mention["start"], mention["end"]
    holding = [span for span in found if span[0] < end and start < span[1]]
    if not holding:
        return None

    def apart(span: tuple[int, int]) -> tuple[int, int, tuple[int, int]]:
        return abs(span[1] - end), abs(span[0] - start), span

    return found[min(holding, key=apart)]


def score(rows: Iterable[Row], predictions: Iterable[Row]) -> dict[str, float]:
    """Return B-cubed precision, recall and F1 in percent, given mentions, found, and baseline."""
    true: dict[tuple[str, int], str] = {}
    given: dict[tuple[str, int], object] = {}
    found: dict[tuple[str, int], object] = {}
    head: dict[tuple[str, int], object] = {}
    answers = {answer["id"]: answer for answer in predictions}
    for row in rows:
        for number, mention in enumerate(_mentions(row)):
            key = (row["id"], number)
            true[key] = mention["chain"]
            head[key] = mention["text"].lower().split()[-1]
            for labels, name in ((given, "given"), (found, "found")):
                labels[key] = answers[row["id"]][name][number] or key
    figures = {}
    for name, labels in (("bcubed", given), ("found", found), ("same_head", head)):
        precision, recall = b_cubed(true, labels)
        figures[f"{name}_f1"] = 100 * f1(precision, recall)
        figures[f"{name}_precision"], figures[f"{name}_recall"] = 100 * precision, 100 * recall
    return figures
