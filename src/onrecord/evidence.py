"""What a row of the record rests on, and the check that it is the exact words at that place."""

import dataclasses
import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from onrecord.errors import EvidenceError
from onrecord.types import Evidence, Paragraph, Report

TextOf = Callable[[str], str | None]


def evidence_in(noun: object) -> Iterator[Evidence]:
    """Yield every piece of evidence that a noun of the record holds, at any depth."""
    if isinstance(noun, Evidence):
        yield noun
    elif isinstance(noun, tuple):
        for part in noun:
            yield from evidence_in(part)
    elif dataclasses.is_dataclass(noun):
        kind: Any = type(noun)
        for name in _nested(kind):
            yield from evidence_in(getattr(noun, name))


@functools.cache
def _nested(kind: Any) -> tuple[str, ...]:
    """Return the fields of a noun that may hold others; plain strings and numbers can't."""
    plain = {str, int, float, bool, str | None, float | None, int | None}
    return tuple(field.name for field in dataclasses.fields(kind) if field.type not in plain)


def fault(evidence: Evidence, text: str | None) -> str | None:
    """Return what is wrong with a piece of evidence against its report's text, or None."""
    place = f"report {evidence.report}, {evidence.start} to {evidence.end}"
    if text is None:
        return f"{place}: there is no such report"
    if not 0 <= evidence.start < evidence.end <= len(text):
        return f"{place}: no place in a text of {len(text)} characters"
    if text[evidence.start : evidence.end] != evidence.text:
        return f"{place}: the words there are not {evidence.text[:60]!r}"
    return None


def check(noun: object, text_of: TextOf, *, needed: bool = True) -> None:
    """Raise `EvidenceError` unless all evidence of a noun is the exact words at its place.

    A noun that carries none is refused too where evidence is needed.
    """
    found = False
    for evidence in evidence_in(noun):
        found = True
        problem = fault(evidence, text_of(evidence.report))
        if problem:
            raise EvidenceError(f"{type(noun).__name__.lower()} refused: {problem}")
    if needed and not found:
        name = f"{type(noun).__name__.lower()} {getattr(noun, 'id', '')}"
        raise EvidenceError(f"{name} refused: it carries no evidence")


def paragraphs_of(report: Report, spans: Sequence[Evidence]) -> Iterator[Paragraph]:
    """Yield the blocks of a report that spans stand in, each with its places marked."""
    for block in report.blocks:
        marked = {
            (max(span.start, block.start), min(span.end, block.end))
            for span in spans
            if span.start < block.end and span.end > block.start
        }
        if marked:
            words = report.text[block.start : block.end]
            places = tuple(sorted(marked))
            yield Paragraph(report.id, block.start, block.end, words, block.kind, places)
