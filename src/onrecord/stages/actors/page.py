"""A report's tokens as plain lists, with the case style of each sentence."""

import re
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc

from onrecord.parsing import Parse

Style = Literal["plain", "headline", "capitals"]

# What a sentence within a sentence begins after.
OPENING = frozenset({"“", "‘", '"', ":", "``"})
# What the tokeniser leaves at the end of a word ("CITY-").
DANGLING = "-–—_'’\u200b\u200e\u200f"
# A stray blank after a linking hyphen ("Foo-i- Bar").
STRAY = re.compile(r"(-\w{1,3}-) (?=[A-Z])")
# A sentence with this share of capitalised words says nothing by its capitals. Chosen on
# headlines, where two thirds is reached by plain sentences that list names.
HEADLINE_SHARE = 0.85
FEWEST_WORDS = 5  # shorter lines are judged by their neighbours' names, not by their case


@dataclass(frozen=True, slots=True)
class Page:
    """Parallel lists over the tokens of a parse; `entity[i]` numbers spaCy's entity or is -1."""

    parse: Parse
    text: list[str]
    lower: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    lemma: list[str]
    label: list[str]
    entity: list[int]
    spaced: list[bool]
    sentence: list[int]
    bounds: list[tuple[int, int]]
    style: list[Style]

    def __len__(self) -> int:
        return len(self.text)

    def capital(self, token: int) -> bool:
        """Tell whether a token begins with a capital letter."""
        return self.text[token][0].isupper()

    def words(self, first: int, last: int) -> str:
        """Return the words of the tokens [first, last) as printed, blanks evened out."""
        start, end = self.parse.starts[first], self.parse.end(last - 1)
        words = " ".join(self.parse.report.text[start:end].split()).rstrip(DANGLING)
        return STRAY.sub(r"\1", words)

    def root(self, first: int, last: int) -> int:
        """Return the token of a phrase that the rest hangs on: "Ministry" in "Ministry of Foo"."""
        for i in range(first, last):
            if not first <= self.head[i] < last or self.head[i] == i:
                return i
        return last - 1

    def first_of_sentence(self, token: int) -> bool:
        """Tell whether a sentence, or one quoted or announced in it, begins with a token."""
        first = self.bounds[self.sentence[token]][0]
        if token > first and self.text[token - 1] in OPENING:
            return True
        return all(not self.text[i][0].isalnum() for i in range(first, token))


def lay_out(parse: Parse) -> Page:
    """Return the page of a parse."""
    doc = parse.doc
    bounds = [(span.start, span.end) for span in doc.sents] if len(doc) else []
    sentence = [number for number, (first, last) in enumerate(bounds) for _ in range(first, last)]
    label, entity = _entities(doc)
    text = [token.text for token in doc]
    return Page(
        parse=parse,
        text=text,
        lower=[word.lower() for word in text],
        pos=[token.pos_ for token in doc],
        dep=[token.dep_ for token in doc],
        head=[token.head.i for token in doc],
        lemma=[token.lemma_.lower() for token in doc],
        label=label,
        entity=entity,
        spaced=[_spaced(parse, i) for i in range(len(text))],
        sentence=sentence,
        bounds=bounds,
        style=[
            _style(text[first:last], opens=first == 0 and len(bounds) > 1) for first, last in bounds
        ],
    )


def _entities(doc: Doc) -> tuple[list[str], list[int]]:
    label, entity = [""] * len(doc), [-1] * len(doc)
    for number, span in enumerate(doc.ents):
        for i in range(span.start, span.end):
            label[i], entity[i] = span.label_, number
    return label, entity


def _spaced(parse: Parse, token: int) -> bool:
    """Tell whether white space or a block's end follows a token in the report."""
    return token + 1 >= len(parse.starts) or parse.end(token) < parse.starts[token + 1]


def _style(words: list[str], *, opens: bool) -> Style:
    """Return the style of a sentence; only one that opens a report is a headline with a stop."""
    longer = [word for word in words if len(word) > 3 and word.isalpha()]
    if len(longer) >= FEWEST_WORDS:
        if sum(word.isupper() for word in longer) >= HEADLINE_SHARE * len(longer):
            return "capitals"
        if (opens or words[-1] != ".") and (
            sum(word[0].isupper() for word in longer) >= HEADLINE_SHARE * len(longer)
        ):
            return "headline"
    return "plain"
