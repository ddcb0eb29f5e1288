"""Copies: which report took which passages from which, and where each line of them ends.

It finds shared running text, shared quotations (through differences of case, punctuation, hyphens
and British spelling) and named citations, passage by passage with offsets in both reports, says
which way the words went where dates, credits or the shape of the texts tell, and gives every
statement of the corpus one origin.

It does not yet find words that were translated or paraphrased without a named citation, texts
without spaces between words, or pictures; it does not tell an outlet's living background paragraph
from a copy of its earlier report.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from onrecord.ids import make_id
from onrecord.stages.copies.alignment import Run, align, passages
from onrecord.stages.copies.appeals import appeal_shingles
from onrecord.stages.copies.candidates import candidates
from onrecord.stages.copies.citations import Citation, citations
from onrecord.stages.copies.company import narrowings
from onrecord.stages.copies.direction import Direction, direction
from onrecord.stages.copies.origins import origins
from onrecord.stages.copies.outlets import lexicon, source_key
from onrecord.stages.copies.words import Words, phrase_shingles, words_of
from onrecord.types import Copy, CopyKind, Corpus, Narrowing, Passage, Reading

KINDS: tuple[CopyKind, ...] = ("text", "quotation")


def copies(corpus: Corpus) -> Corpus:
    """Return the corpus with its copies and origins, and the datings that copies narrow."""
    texts = [words_of(reading) for reading in corpus.readings]
    cited = citations(corpus.readings, texts)
    found = [*_shared(texts), *_citing(corpus.readings, cited)]
    found.sort(key=lambda copy: copy.id)
    narrowed = narrowings(corpus.readings, found)
    return replace(
        corpus,
        readings=tuple(_dated(corpus.readings, narrowed)),
        narrowings=narrowed,
        copies=tuple(found),
        origins=origins(corpus.readings, found, cited),
    )


def _dated(readings: Sequence[Reading], narrowed: Sequence[Narrowing]) -> Iterator[Reading]:
    """Yield the readings with the narrower datings in place."""
    published = {narrowing.report: narrowing.published for narrowing in narrowed}
    for reading in readings:
        dating = published.get(reading.report.id, reading.report.published)
        yield replace(reading, report=replace(reading.report, published=dating))


def _shared(texts: Sequence[Words]) -> Iterator[Copy]:
    """Yield the copies that share words."""
    stock = np.union1d(phrase_shingles(lexicon("stock_phrases.txt")), appeal_shingles(texts))
    pairs = candidates(texts, [source_key(text.report) for text in texts], stock)
    for i, j in pairs.pairs:
        runs = align(texts[i], texts[j], pairs.furniture)
        if runs:
            way = direction(texts[i], texts[j], runs)
            for kind in KINDS:
                of_kind = [run for run in runs if run.kind == kind]
                if of_kind:
                    yield _copy(texts[i], texts[j], of_kind, way)


def _copy(a: Words, b: Words, runs: Sequence[Run], way: Direction) -> Copy:
    """Return the copy of runs of one kind."""
    kind = runs[0].kind
    parts = [passage for run in runs for passage in passages(a, b, run)]
    if way.way == -1:
        a, b = b, a
        parts = [Passage(from_=part.to, to=part.from_) for part in parts]
    words = sum(run.words for run in runs)
    what = "words of running text" if kind == "text" else "quoted words"
    return Copy(
        id=make_id("copy", a.report.id, b.report.id, kind),
        from_report=a.report.id,
        to_report=b.report.id,
        kind=kind,
        directed=way.way != 0,
        passages=tuple(sorted(parts, key=lambda part: (part.to, part.from_))),
        why="; ".join((f"{words} {what} are the same", *way.why)),
    )


def _citing(readings: Sequence[Reading], cited: Sequence[Citation]) -> Iterator[Copy]:
    """Yield one copy for each pair of reports of which one cites the other."""
    by_pair: dict[tuple[int, int], set[tuple[Passage, str]]] = {}
    for one in cited:
        passage = Passage(from_=one.found, to=one.named)
        by_pair.setdefault((one.cited, one.citing), set()).add((passage, one.named.text))
    for (source, citing), found in sorted(by_pair.items()):
        from_, to = readings[source].report, readings[citing].report
        names = sorted({f"“{name}”" for _, name in found})
        parts = sorted((part for part, _ in found), key=lambda part: (part.to, part.from_))
        yield Copy(
            id=make_id("copy", from_.id, to.id, "citation"),
            from_report=from_.id,
            to_report=to.id,
            kind="citation",
            directed=True,
            passages=tuple(parts),
            why=f"one names {', '.join(names)} and tells what the other has printed",
        )
