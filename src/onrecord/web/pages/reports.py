"""Reports: the text as it was received, with everything that was read in it marked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from onrecord.record import Record
from onrecord.types import (
    READ_KINDS,
    Block,
    Copy,
    Event,
    Figure,
    Origin,
    Reading,
    Report,
    Statement,
    Story,
)
from onrecord.web.marking import Mark, Segment, block_at, segments
from onrecord.web.opened import Asked
from onrecord.web.pages.asking import day_of
from onrecord.web.rendering import outlet, page, part
from onrecord.wording import describe, when_words

Line = Statement | Event | Figure
router = APIRouter(include_in_schema=False)
COPIES = 24  # copies of a report that are marked in it


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the record in the margin: its number, its type, and the noun."""

    number: str
    type: str
    noun: Line


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that one report is in, under a number of its own, with the report at the other end."""

    number: str
    copy: Copy
    report: str
    other: Report

    @property
    def words(self) -> str:
        """Which way the words went, as seen from this report."""
        if not self.copy.directed:
            return "shared with"
        return "taken from here by" if self.copy.from_report == self.report else "taken from"


@dataclass(frozen=True, slots=True)
class Shown:
    """A block of the text as it is shown, with the notes beside it."""

    block: Block
    segments: tuple[Segment, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks that follow one another and are all read, or all left out."""

    read: bool
    blocks: tuple[Shown, ...]


@router.get("/reports")
def reports(
    request: Request,
    record: Asked,
    since: str = "",
    until: str = "",
    outlet: str = "",
    number: int = 1,
) -> HTMLResponse:
    """List the reports by the day of publication; those that could not be read, first."""
    problem = ""
    found: Sequence[Report] = ()
    try:
        found = record.reports_by_day(
            since=day_of(since), until=day_of(until), outlet=outlet or None
        )
    except ValueError as error:
        problem = str(error)
    asked = {"since": since, "until": until, "outlet": outlet}
    given = {"asked": asked, "problem": problem}
    return page(request, "reports.html", record, shown=part(found, number), **given)


@router.get("/report/{key:path}")
def report(request: Request, record: Asked, key: str) -> HTMLResponse:
    """Show a report's text with its blocks in order, marked, and what is known of the report."""
    reading = record.reading(key)
    notes = list(_notes(reading))
    found = reading.report
    copies = [
        Copied(f"C{number}", copy, found.id, _other(record, copy, found))
        for number, copy in enumerate(record.naming(Copy, found.id)[:COPIES], 1)
    ]
    return page(
        request,
        "report.html",
        record,
        report=found,
        reading=reading,
        stretches=_stretches(found, [*_marks(record, reading, notes), *_copied(copies)], notes),
        copies=copies,
        origins=record.naming(Origin, found.id),
        stories=record.naming(Story, found.id),
        times=record.times(found.id),
        toll=record.toll(found.id),
    )


def _other(record: Record, copy: Copy, report: Report) -> Report:
    there = copy.from_report == report.id
    return record.report(copy.to_report if there else copy.from_report)


def _notes(reading: Reading) -> Iterator[Note]:
    """Yield the notes of a report in the order of their places, numbered by type."""
    by_type: tuple[tuple[str, str, Sequence[Line]], ...] = (
        ("statement", "", reading.statements),
        ("event", "E", reading.events),
        ("figure", "F", reading.figures),
    )
    for name, letter, found in by_type:
        for number, noun in enumerate(sorted(found, key=_place), 1):
            yield Note(f"{letter}{number}", name, noun)


def _place(noun: Line) -> tuple[int, str]:
    if isinstance(noun, Statement):
        spans = noun.content or noun.source or noun.cue
        return spans[0].start if spans else 0, noun.id
    return (noun.trigger if isinstance(noun, Event) else noun.span).start, noun.id


def _marks(record: Record, reading: Reading, notes: Iterable[Note]) -> Iterator[Mark]:
    for note in notes:
        yield from _marks_of_note(record, note)
    for mention in reading.mentions:
        name = record.name_of(mention.actor)
        known = name != mention.actor
        title = f"{name} ({mention.how})" if known else mention.how
        href = f"/actor/{mention.actor}" if known else ""
        kind = "mention pronoun" if mention.how == "pronoun" else "mention"
        yield Mark(mention.span.start, mention.span.end, kind, href, title)
    for time in reading.times:
        title = f"{time.value}: {when_words(time.when)}"
        yield Mark(time.span.start, time.span.end, "time", f"#{time.id}", title)


def _copied(copies: Iterable[Copied]) -> Iterator[Mark]:
    """Yield the passages of a report that another has too."""
    for one in copies:
        title = f"{one.number}: {one.copy.kind} {one.words} {outlet(one.other)}"
        for passage in one.copy.passages:
            span = passage.from_ if passage.from_.report == one.report else passage.to
            href = f"/copy/{one.copy.id}"
            yield Mark(span.start, span.end, "copied", href, title, one.number)


def _marks_of_note(record: Record, note: Note) -> Iterator[Mark]:
    noun, href = note.noun, f"/{note.type}/{note.noun.id}"
    title = describe(noun, record.name_of)
    if isinstance(noun, Statement):
        label = note.number
        for span in noun.content:
            yield Mark(span.start, span.end, f"content act-{noun.act}", href, title, label)
            label = ""
        for kind, spans in (("source", noun.source), ("cue", noun.cue)):
            for span in spans:
                yield Mark(span.start, span.end, kind, href, f"{kind} of {note.number}: {title}")
    else:
        span = noun.trigger if isinstance(noun, Event) else noun.span
        kind = f"trigger standing-{noun.standing}" if isinstance(noun, Event) else "figure"
        yield Mark(span.start, span.end, kind, href, title, note.number)


def _stretches(report: Report, marks: list[Mark], notes: list[Note]) -> list[Stretch]:
    """Return the blocks in order; marks and notes go to the block that they stand in."""
    blocks = sorted(report.blocks, key=lambda block: block.start)
    starts = [block.start for block in blocks]
    marked: list[list[Mark]] = [[] for _ in blocks]
    noted: list[list[Note]] = [[] for _ in blocks]
    if blocks:
        for mark in marks:
            for number in range(block_at(starts, mark.start), block_at(starts, mark.end - 1) + 1):
                marked[number].append(mark)
        for note in sorted(notes, key=lambda note: _place(note.noun)):
            noted[block_at(starts, _place(note.noun)[0])].append(note)
    found: list[Stretch] = []
    for block, its_marks, its_notes in zip(blocks, marked, noted, strict=True):
        text = report.text[block.start : block.end]
        shown = Shown(block, tuple(segments(text, its_marks, start=block.start)), tuple(its_notes))
        read = block.kind in READ_KINDS
        if found and found[-1].read == read:
            found[-1] = Stretch(read, (*found[-1].blocks, shown))
        else:
            found.append(Stretch(read, (shown,)))
    return found
