"""Words of reports with places in them marked: overlapping marks cut into plain segments."""

import bisect
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.record import Record
from onrecord.types import Event, Evidence, Paragraph, Report, Shown, Statement

AROUND = 700  # characters kept on each side of the marks in a paragraph that is too long to show
LONGEST = 3000  # characters of a paragraph that is shown whole


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text: what it is, and the line of the record that it leads to, if any."""

    start: int
    end: int
    kind: str
    href: str = ""
    title: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same marks; `begins` are those that start with it.

    It leads where the shortest of its marks that leads anywhere does.
    """

    text: str
    marks: tuple[Mark, ...]
    begins: tuple[Mark, ...]

    @property
    def kinds(self) -> str:
        """The kinds of its marks, as classes."""
        return " ".join(dict.fromkeys(mark.kind for mark in self.marks))

    @property
    def target(self) -> Mark | None:
        """The shortest mark with an address."""
        leading = [mark for mark in self.marks if mark.href]
        return min(leading, key=lambda m: (m.end - m.start, m.start), default=None)

    @property
    def labels(self) -> str:
        """The labels of the marks that begin here."""
        return " ".join(mark.label for mark in self.begins if mark.label)


def segments(text: str, marks: Iterable[Mark], *, start: int = 0) -> list[Segment]:
    """Return a text, which stands at `start` of its report, cut where its marks begin and end.

    Joined, the segments are the text. Marks outside of it are left out.
    """
    end = start + len(text)
    inside = sorted(
        (m for m in marks if m.start < end and m.end > start and m.start < m.end),
        key=lambda m: (m.start, -m.end, m.kind),
    )
    cuts = sorted(
        {start, end}
        | {max(m.start, start) for m in inside}
        | {min(m.end, end) for m in inside}
    )  # fmt: skip
    found: list[Segment] = []
    under: list[Mark] = []
    coming = 0
    for first, last in itertools.pairwise(cuts):
        begins = []
        while coming < len(inside) and inside[coming].start <= first:
            begins.append(inside[coming])
            coming += 1
        under = [mark for mark in under if mark.end > first] + begins
        words = text[first - start : last - start]
        found.append(Segment(words, tuple(under), tuple(begins)))
    return found


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with its marks, and whether it was cut at either end to be shown."""

    report: Report
    start: int
    kind: str
    segments: tuple[Segment, ...]
    cut_before: bool
    cut_after: bool


def passages(record: Record, noun: object) -> list[Passage]:
    """Return the paragraphs that a noun's evidence stands in, each place marked for what it is."""
    marks = list(marks_of(noun))
    spans = [Evidence(report, mark.start, mark.end, "") for report, mark in marks]
    return [
        _passage(record.report(paragraph.report), paragraph, _of(marks, paragraph.report))
        for paragraph in record.paragraphs(spans)
    ]


def shown_passages(record: Record, shown: Shown) -> list[Passage]:
    """Return the paragraphs of an opened line, its evidence marked alike."""
    return [
        _passage(record.report(p.report), p, [Mark(start, end, "words") for start, end in p.marked])
        for p in shown.paragraphs
    ]


def _of(marks: Iterable[tuple[str, Mark]], report: str) -> list[Mark]:
    return [mark for key, mark in marks if key == report]


def _passage(report: Report, paragraph: Paragraph, marks: Sequence[Mark]) -> Passage:
    first, last = paragraph.start, paragraph.end
    if last - first > LONGEST:
        inside = [m for m in marks if m.start < last and m.end > first]
        first = max(first, min(m.start for m in inside) - AROUND)
        last = min(last, max(m.end for m in inside) + AROUND)
    words = report.text[first:last]
    return Passage(
        report=report,
        start=paragraph.start,
        kind=paragraph.kind,
        segments=tuple(segments(words, marks, start=first)),
        cut_before=first > paragraph.start,
        cut_after=last < paragraph.end,
    )


def marks_of(noun: object) -> Iterator[tuple[str, Mark]]:
    """Yield the places of a noun with the report each stands in."""
    if isinstance(noun, Statement):
        yield from _marked(noun.source, "source")
        yield from _marked(noun.cue, f"cue act-{noun.act}")
        yield from _marked(noun.content, f"content act-{noun.act}")
        for hop in noun.chain:
            yield from _marked(hop.evidence, "hand")
    elif isinstance(noun, Event):
        yield from _marked(noun.evidence, "sentence")
        yield from _marked((noun.trigger,), f"trigger standing-{noun.standing}")
    else:
        for name in ("span", "evidence"):
            found = getattr(noun, name, ())
            yield from _marked(found if isinstance(found, tuple) else (found,), "words")


def _marked(spans: Iterable[Evidence], kind: str) -> Iterator[tuple[str, Mark]]:
    for span in spans:
        yield span.report, Mark(span.start, span.end, kind)


def block_at(starts: Sequence[int], place: int) -> int:
    """Return the number of the block that a place stands in, given where each starts."""
    return max(0, bisect.bisect_right(starts, place) - 1)


def found_words(snippet: str) -> list[Segment]:
    """Return a snippet of a search with the words found marked."""
    text, marks, opened = "", [], 0
    for sign in snippet:
        if sign == "\x02":
            opened = len(text)
        elif sign == "\x03":
            marks.append(Mark(opened, len(text), "found"))
        else:
            text += sign
    return segments(text, marks)
