"""The syntax of a report: one spaCy document over its readable blocks, with report offsets.

The only file that loads a spaCy model.
"""

import bisect
import functools
import importlib
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import thinc.backends
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from thinc.backends import NumpyOps

from onrecord.errors import RunError
from onrecord.tagrules import quicken
from onrecord.types import READ_KINDS, Block, Evidence, Report

BATCH = 8  # reports parsed together; larger batches cost memory and gain nothing
SPACES = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Parse:
    """A parsed report: `doc` over its readable blocks, `starts[i]` the offset of token i.

    Sentences never cross a block. `blocks[k]` is the k-th readable block and `firsts[k]` the index
    of its first token; a block without a token does not appear.
    """

    report: Report
    doc: Doc
    starts: tuple[int, ...]
    blocks: tuple[Block, ...]
    firsts: tuple[int, ...]

    @property
    def ranges(self) -> tuple[tuple[int, int], ...]:
        """The readable blocks as offsets."""
        return tuple((block.start, block.end) for block in self.blocks)

    def end(self, token: int) -> int:
        """Return the offset in the report after the token."""
        return self.starts[token] + len(self.doc[token])

    def evidence(self, first: int, last: int) -> Evidence:
        """Return the words from token `first` up to and not with token `last`."""
        return evidence(self.report, self.starts[first], self.end(last - 1))

    def span_evidence(self, span: Span) -> Evidence:
        """Return the words of a span of the document."""
        return self.evidence(span.start, span.end)

    def token_at(self, offset: int) -> int:
        """Return the index of the last token that starts at or before a report offset."""
        return max(0, bisect.bisect_right(self.starts, offset) - 1)

    def tokens_in(self, start: int, end: int) -> range:
        """Return the indexes of the tokens that overlap [start, end) of the report."""
        first = bisect.bisect_right(self.starts, start) - 1
        if first < 0 or self.end(first) <= start:
            first += 1
        return range(first, bisect.bisect_left(self.starts, end))

    def block_of(self, token: int) -> int:
        """Return the number of the readable block that a token stands in."""
        return bisect.bisect_right(self.firsts, token) - 1

    def block_tokens(self, number: int) -> range:
        """Return the indexes of the tokens of a readable block."""
        last = self.firsts[number + 1] if number + 1 < len(self.firsts) else len(self.doc)
        return range(self.firsts[number], last)

    def sentences(self) -> Iterator[Span]:
        """Yield the sentences in their order."""
        yield from self.doc.sents

    def block_kind(self, token: Token) -> str:
        """Return the kind of the block that a token stands in."""
        return self.blocks[self.block_of(token.i)].kind


def evidence(report: Report, start: int, end: int) -> Evidence:
    """Return the exact words of a report at [start, end)."""
    return Evidence(report=report.id, start=start, end=end, text=report.text[start:end])


@functools.cache
def load(model: str) -> Language:
    """Return the spaCy pipeline of that package name, set up for one core.

    Raises `RunError` when the package is not installed.
    """
    thinc.backends.set_current_ops(NumpyOps(use_blis=False))
    try:
        package = importlib.import_module(model)
    except ImportError as error:
        raise RunError(
            f"the language model {model!r} is not installed",
            remedy=f"Install it with: pip install {model.replace('_', '-')}",
        ) from error
    pipeline = package.load()
    assert isinstance(pipeline, Language)
    quicken(pipeline)
    return pipeline


def parse(reports: Iterable[Report], *, model: str) -> Iterator[Parse]:
    """Yield the parse of each report in its order; a report without readable blocks is empty.

    A report that the parser fails on is yielded with that problem.
    """
    pipeline = load(model)
    waiting = iter(reports)
    while batch := list(itertools.islice(waiting, BATCH)):
        try:
            yield from _parsed(batch, pipeline)
        except Exception:  # noqa: BLE001 - one report never stops the rest: find which it was
            for report in batch:
                yield _parsed_alone(report, pipeline)


def _parsed(batch: Iterable[Report], pipeline: Language) -> list[Parse]:
    laid_out = [(_lay_out(report, pipeline), report) for report in batch]
    return [_locate(doc, report) for doc, report in pipeline.pipe(laid_out, as_tuples=True)]


def _parsed_alone(report: Report, pipeline: Language) -> Parse:
    try:
        return _parsed([report], pipeline)[0]
    except Exception as error:  # noqa: BLE001 - the report is kept with what the parser said
        problem = f"the parser failed: {type(error).__name__}: {error}"[:300]
        return Parse(replace(report, problem=problem), pipeline.make_doc(""), (), (), ())


def _lay_out(report: Report, pipeline: Language) -> Doc:
    """Tokenise the readable blocks into one document that starts a sentence at each block."""
    pieces = []
    for block in _readable(report):
        # Same length, so offsets hold: only white space is evened out.
        words = SPACES.sub(" ", report.text[block.start : block.end])
        piece = pipeline.make_doc(words)
        if len(piece):
            pieces.append((block.start, piece))
    if not pieces:
        return pipeline.make_doc("")
    starts = [offset + token.idx for offset, piece in pieces for token in piece]
    firsts = _firsts(len(piece) for _, piece in pieces)
    doc = Doc.from_docs([piece for _, piece in pieces], ensure_whitespace=True)
    assert doc is not None
    for first in firsts:
        doc[first].is_sent_start = True
    doc.user_data["starts"] = starts
    doc.user_data["firsts"] = firsts
    return doc


def _firsts(lengths: Iterable[int]) -> list[int]:
    """Return where each piece begins when pieces of those lengths are joined."""
    firsts, total = [], 0
    for length in lengths:
        firsts.append(total)
        total += length
    return firsts


def _readable(report: Report) -> list[Block]:
    return [block for block in report.blocks if block.kind in READ_KINDS]


def _locate(doc: Doc, report: Report) -> Parse:
    starts = doc.user_data.get("starts", [])
    firsts = doc.user_data.get("firsts", [])
    by_start = {block.start: block for block in _readable(report)}
    ordered = sorted(by_start)
    blocks = [
        by_start[ordered[bisect.bisect_right(ordered, starts[first]) - 1]] for first in firsts
    ]
    return Parse(report, doc, tuple(starts), tuple(blocks), tuple(firsts))
