"""Figures of one thing that can't both hold: what each counts, of what, when, on whose word."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.ids import make_id
from onrecord.intervals import sort_key
from onrecord.stages.claims.utterances import days_apart, stems
from onrecord.types import HAPPENED, Dispute, Figure, Reading, When

# Kinds of which a thing has one number at a time; others differ for many reasons.
COUNTED = frozenset(
    {"killed", "wounded", "missing", "displaced", "arrested", "abducted", "troops", "money"}
)
AROUND = 220  # characters about a figure whose words tell what it is of
CLOSE = 900  # characters between two figures of one report that may be of one thing
MOST_TIMES = 6  # a number more than so many times another counts something else
MOST_MONEY = 25  # the same for money, which is told in all sizes
ALIKE = 7.0  # bits of the words about two figures of one report that both have
ALIKE_ELSEWHERE = 16.0  # and about two of different reports
RISING = 4  # days after each other within which a higher toll is a later one
MOST_FIGURES = 200  # of one kind that are compared; more are a list, not a dispute
COMMON = 40  # figures with a word about them before it brings nothing together


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with the words about it, whose word it is, its sentence, and when it holds."""

    figure: Figure
    about: frozenset[str]
    source: str
    sentence: tuple[int, int]
    when: When
    published: When
    story: str

    @property
    def size(self) -> float:
        """Return the number, or its bound."""
        given = (self.figure.value, self.figure.low, self.figure.high)
        return next((value for value in given if value is not None), 0.0)


def figures_that_differ(
    readings: Sequence[Reading], stories: Mapping[str, str], identity: Mapping[str, str]
) -> Iterator[Dispute]:
    """Yield a dispute for figures of one kind and thing that can't both hold, told by two."""
    found = [
        one
        for reading in readings
        for one in counted(reading, stories.get(reading.report.id, reading.report.id), identity)
    ]
    bits = _bits(found)
    links: dict[str, set[str]] = defaultdict(set)
    by_id = {one.figure.id: one.figure for one in found}
    for one, other in _pairs(found, bits):
        if _one_thing(one, other, bits) and differ(one.figure, other.figure):
            links[one.figure.id].add(other.figure.id)
            links[other.figure.id].add(one.figure.id)
    seen: set[str] = set()
    for key in sorted(links):
        if key not in seen:
            group = _reached(key, links)
            seen |= group
            yield _dispute([by_id[one] for one in group])


def counted(reading: Reading, story: str, identity: Mapping[str, str]) -> Iterator[Counted]:
    """Yield the figures of a report that others can contradict."""
    report = reading.report
    speakers = {s.id: s.speaker for s in reading.statements}
    whens = {event.id: event.when for event in reading.events}
    names = frozenset(word for e in reading.entities for word in e.name.casefold().split())
    published = When(report.published.earliest, report.published.latest)
    for figure in reading.figures:
        other = figure.kind == "other" and figure.how == "number" and figure.unit
        if figure.how == "person" or figure.standing not in HAPPENED:
            continue
        if figure.kind not in COUNTED and not other:
            continue
        span, text = figure.span, report.text
        around = text[max(0, span.start - AROUND) : span.end + AROUND]
        speaker = speakers.get(figure.statement or "")
        source = identity.get(speaker.actor or "", speaker.name) if speaker else report.id
        when = figure.when if figure.when != When() else whens.get(figure.event or "", When())
        yield Counted(
            figure,
            stems(around) | stems(figure.of) | (names & set(around.casefold().split())),
            source or report.id,
            _sentence(text, span.start, span.end),
            when,
            published,
            story,
        )


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    first = max(text.rfind(mark, 0, start) for mark in (". ", "\n", "? ", "! ", ".” "))
    lasts = [at for mark in (". ", "\n", "? ", "! ", ".” ") if (at := text.find(mark, end)) >= 0]
    return first + 1, min(lasts, default=len(text))


def _bits(found: Sequence[Counted]) -> Mapping[str, float]:
    counts = Counter(word for one in found for word in one.about)
    size = max(64, len(found))
    return {word: math.log2(size / count) for word, count in counts.items() if count < size}


def _pairs(
    found: Sequence[Counted], bits: Mapping[str, float]
) -> Iterator[tuple[Counted, Counted]]:
    """Yield figures of one kind near each other in a report, of one story, or in rare words."""
    by_kind: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        unit = one.figure.unit if one.figure.kind in ("other", "money") else ""
        by_kind[one.figure.kind, unit].append(number)
    for key in sorted(by_kind):
        numbers = by_kind[key]
        holders: dict[str, list[int]] = defaultdict(list)
        for number in numbers:
            for word in found[number].about:
                holders[word].append(number)
        met: set[tuple[int, int]] = set()
        for word, some in holders.items():
            if len(some) <= COMMON and bits.get(word, 0.0) > 0:
                met.update((a, b) for i, a in enumerate(some) for b in some[i + 1 :])
        for a, b in sorted(met):
            yield found[a], found[b]


def _one_thing(one: Counted, other: Counted, bits: Mapping[str, float]) -> bool:
    """Tell whether two figures count one thing at one time, on two words."""
    same_report = one.figure.report == other.figure.report
    if one.source == other.source or (same_report and one.sentence == other.sentence):
        return False
    small, large = sorted((one.size, other.size))
    if large > (MOST_MONEY if one.figure.kind == "money" else MOST_TIMES) * small:
        return False
    if _apart(one.when, other.when):
        return False
    alike = sum(bits.get(word, 0.0) for word in one.about & other.about)
    if same_report:
        gap = abs(one.figure.span.start - other.figure.span.start)
        return alike >= ALIKE and gap <= CLOSE
    if alike < (ALIKE if one.story == other.story else ALIKE_ELSEWHERE):
        return False
    return not _rising(one, other)


def _rising(one: Counted, other: Counted) -> bool:
    """Tell whether a toll may only have risen from one report to the next."""
    first, second = sorted((one, other), key=lambda counted: sort_key(counted.published))
    apart = days_apart(first.published, second.published)
    return 0 < apart <= RISING and second.size > first.size


def _apart(one: When, other: When) -> bool:
    """Tell whether two times have no day in common."""
    return bool(
        (one.latest and other.earliest and one.latest < other.earliest)
        or (other.latest and one.earliest and other.latest < one.earliest)
    )


def differ(one: Figure, other: Figure) -> bool:
    """Tell whether two figures can't both hold: not at different times, and no common value."""
    (low, high), (from_, to) = _bounds(one), _bounds(other)
    return (low > to or from_ > high) and not _apart(one.when, other.when)


def _bounds(figure: Figure) -> tuple[float, float]:
    infinity = float("inf")
    if figure.low is None and figure.high is None and figure.value is not None:
        return figure.value, figure.value
    low = figure.low if figure.low is not None else -infinity
    return low, figure.high if figure.high is not None else infinity


def _reached(start: str, links: Mapping[str, Iterable[str]]) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        fresh = set(links[waiting.pop()]) - seen
        seen |= fresh
        waiting += sorted(fresh)
    return seen


def _dispute(figures: Sequence[Figure]) -> Dispute:
    ordered = sorted(figures, key=lambda f: (f.report, f.span.start))
    texts = dict.fromkeys(" ".join(figure.span.text.split()) for figure in ordered)
    units = dict.fromkeys(figure.unit for figure in ordered if figure.unit)
    return Dispute(
        id=make_id("dispute", "figure", sorted(figure.id for figure in figures)),
        kind="figure",
        claim=None,
        statements=tuple(sorted({f.statement for f in ordered if f.statement})),
        figures=tuple(figure.id for figure in ordered),
        text=" / ".join(texts),
        why=f"figures for {' and '.join(units)} that can't all hold",
    )
