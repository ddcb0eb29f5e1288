"""What the span rules find: source, cue and content as ranges of tokens."""

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.stages.statements.lexicon import Cue

Range = tuple[int, int]  # tokens [first, last) of the parsed document

QUOTE_MARKS = frozenset("\"'“”„‟«»‹›‘’`") | {"``", "''", "“”"}
# What closes a quotation that a mark opens; other marks close themselves.
CLOSING = {
    "“": frozenset({"”", '"'}),
    "„": frozenset({"“", "”"}),
    "«": frozenset({"»"}),
    "‘": frozenset({"’"}),
    "``": frozenset({"''"}),
    "`": frozenset({"'"}),
}
EDGE_MARKS = frozenset({",", ";", ":", "-", "–", "—", "--", "...", "…"})
LEADING_WORDS = frozenset({"that"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source, cue and content found by a rule; `head` is the cue's head token.

    `rule` names the rule family. `subject` is the head token of the source. `outer` are the
    attributions whose content this one stands in, nearest first; `carried` is the attribution whose
    speaker goes on speaking here without a cue. `hand` is who cites the source: words and head.
    `guest` is the turn of whom an interviewer's turn is put to. `sure` is how sure the tagger is of
    it, 0 to 1, where the tagger found it.
    """

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    rule: str
    entry: Cue | None = None
    head: int | None = None
    subject: int | None = None
    outer: "tuple[Attribution, ...]" = ()
    carried: "Attribution | None" = None
    hand: tuple[Range, int | None] | None = None
    guest: "Attribution | None" = None
    sure: float | None = None

    @property
    def first(self) -> int:
        """Return the first token of any of its parts."""
        return min(start for start, _ in self.source + self.cue + self.content)

    @property
    def group(self) -> Range:
        """Return the tokens from the first to the last of source and cue together."""
        parts = self.source + self.cue
        return min(start for start, _ in parts), max(end for _, end in parts)

    def covers(self, token: int) -> bool:
        """Tell whether the content holds a token."""
        return any(start <= token < end for start, end in self.content)


def ranges(tokens: Iterable[int]) -> tuple[Range, ...]:
    """Return the runs of neighbouring token indexes, in order."""
    runs: list[Range] = []
    for index in sorted(set(tokens)):
        if runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return tuple(runs)


def size(spans: Iterable[Range]) -> int:
    """Return how many tokens the ranges hold."""
    return sum(end - start for start, end in spans)


def is_mark(token: Token) -> bool:
    """Tell whether a token is a quotation mark."""
    return token.text in QUOTE_MARKS


def trim(doc: Doc, span: Range) -> Range:
    """Return the range without white space, outer marks and a leading "that"."""
    start, end = span
    while start < end and _opens_loosely(doc[start], doc, end):
        start += 1
    while end > start and _closes_loosely(doc[end - 1], doc, start):
        end -= 1
    return start, end


def _opens_loosely(token: Token, doc: Doc, end: int) -> bool:
    if token.is_space or token.text in EDGE_MARKS or token.text in ".)]":
        return True
    if is_mark(token):
        # A mark that opens a quotation closed inside the range belongs to the content.
        return not _closed_within(doc, token.i, end)
    # "that" is left out as a conjunction and kept as a pronoun ("that is a lie").
    return token.lower_ in LEADING_WORDS and token.dep_ == "mark"


def _closed_within(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a quotation opened at `start` closes before the last word of the range."""
    last = end
    while last > start and (doc[last - 1].is_punct or doc[last - 1].is_space):
        last -= 1
    closing = CLOSING.get(doc[start].text, frozenset({doc[start].text}))
    return any(doc[i].text in closing for i in range(start + 1, last))


def _closes_loosely(token: Token, doc: Doc, start: int) -> bool:
    if token.is_space or token.text in EDGE_MARKS or token.text == ".":
        return True
    if token.text in "([":
        return True
    return is_mark(token) and not any(_pair(doc[i].text, token.text) for i in range(start, token.i))


def _pair(opening: str, closing: str) -> bool:
    """Tell whether the second mark closes what the first opens."""
    return opening in QUOTE_MARKS and closing in CLOSING.get(opening, frozenset({opening}))


def tidy(doc: Doc, spans: Iterable[Range]) -> tuple[Range, ...]:
    """Return the ranges trimmed, without those that hold no word."""
    trimmed = (trim(doc, span) for span in spans)
    return tuple(
        (start, end)
        for start, end in trimmed
        if any(not doc[i].is_punct for i in range(start, end))
    )
