"""Figures of one thing that can't both hold: what each counts, of what, when, on whose word.

Whether two figures of a kind count one thing at one time is weighed over signs that can be read:
what they count, where they stand, the words about them, the events they belong to, and their times
and sizes (`models/contradiction.md`).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.ids import make_id
from onrecord.intervals import apart, differ, sort_key
from onrecord.stages.claims.utterances import days_apart, stem, stems
from onrecord.stages.claims.weighing import band, weighed, weights
from onrecord.types import Dispute, Figure, Reading, Time, When

BEFORE = 12  # characters before a figure where a word adds it to another
AROUND = 220  # characters about a figure whose words tell what it is of
MOST_TIMES = 6  # a number more than so many times another counts something else
MOST_MONEY = 25  # the same for money, which is told in all sizes
COMMON = 40  # figures with a word about them before it brings nothing together
LEAST = 0.4  # likelihood from which on two figures are of one thing
WEEK, MONTH = 8, 32  # days
CLOSE, NEAR = 300, 900  # characters between two figures of one report
BITS = (4.0, 8.0, 14.0, 22.0)
COVERED = (0.1, 0.2, 0.35, 0.5)
TIMES = (1.2, 2.0, 3.5)
SOME, MUCH = 2, 3  # how far words about two figures cover each other, by number in COVERED
# Nouns that any people can be counted by.
GENERIC = frozenset("people person dead body victim casualty toll death life".split())
CASUALTIES = frozenset({"killed", "wounded", "missing", "displaced", "arrested", "abducted"})
# Words by which a report sets one figure against another, and adds one to another.
CONTRAST = re.compile(
    r"\b(?:but|whereas|however|though|although|instead|contrary|disput\w+|den(?:y|ie[sd])"
    r"|claim\w*|puts?|version|contradict\w*|reject\w*|conflicting|differ\w*"
    r"|for (?:its|their) part)\b",
    re.IGNORECASE,
)
FURTHER = re.compile(r"\b(?:another|others?|further|additional|more(?! than))\b", re.IGNORECASE)
ONE_SIDED = frozenset({"planned", "conditional"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with the words about it, whose word it is, its sentence, and when it holds.

    `noun` is what it counts, in one word; `happening` the event that it belongs to. It is
    `contrasted` if it is set against another figure, `further` if it is added to one.
    """

    figure: Figure
    noun: str
    about: frozenset[str]
    source: str
    sentence: tuple[int, int]
    when: When
    published: When
    story: str
    happening: str
    contrasted: bool
    further: bool

    @property
    def size(self) -> float:
        """Return the number, or its bound."""
        given = (self.figure.value, self.figure.low, self.figure.high)
        return next((value for value in given if value is not None), 0.0)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of all reports: actors, stories of reports, happenings of events."""

    identity: Mapping[str, str]
    stories: Mapping[str, str]
    happenings: Mapping[str, str]


def figures_that_differ(readings: Sequence[Reading], setting: Setting) -> Iterator[Dispute]:
    """Yield a dispute for figures of one kind and thing that can't both hold, told by two."""
    found = [one for reading in readings for one in counted(reading, setting)]
    bits = bits_of(found)
    links: dict[str, dict[str, float]] = defaultdict(dict)
    by_id = {one.figure.id: one.figure for one in found}
    for one, other in pairs(found, bits):
        signs = features(one, other, bits)
        likely = weighed(signs, weights("numbers"))
        if likely >= LEAST and _is_close(one, other, signs):
            links[one.figure.id][other.figure.id] = likely
            links[other.figure.id][one.figure.id] = likely
    seen: set[str] = set()
    for key in sorted(links):
        if key not in seen:
            group = _reached(key, links)
            seen |= group
            likely = max(likely for one in group for likely in links[one].values())
            yield _dispute([by_id[one] for one in group], likely)


def counted(reading: Reading, setting: Setting) -> Iterator[Counted]:
    """Yield the figures of a report that others can contradict."""
    report = reading.report
    speakers = {s.id: s.speaker for s in reading.statements}
    whens = {event.id: event.when for event in reading.events}
    names = frozenset(word for e in reading.entities for word in e.name.casefold().split())
    for figure in reading.figures:
        if figure.how == "person" or figure.standing in ONE_SIDED or not figure.unit:
            continue
        if figure.kind == "share" or figure.unit.startswith("percent"):
            continue
        span, text = figure.span, report.text
        around = text[max(0, span.start - AROUND) : span.end + AROUND]
        speaker = speakers.get(figure.statement or "")
        source = ""
        if speaker:
            source = setting.identity.get(speaker.actor or "", speaker.actor or speaker.name)
        sentence = _sentence(text, span.start, span.end)
        when = figure.when if figure.when != When() else whens.get(figure.event or "", When())
        when = when if when != When() else _dated(reading.times, sentence)
        yield Counted(
            figure=figure,
            noun=_noun(figure),
            about=stems(around) | stems(figure.of) | (names & set(around.casefold().split())),
            source=source or report.id,
            sentence=sentence,
            when=when,
            published=When(report.published.earliest, report.published.latest),
            story=setting.stories.get(report.id, report.id),
            happening=setting.happenings.get(figure.event or "", figure.event or ""),
            contrasted=_is_contrasted(figure, text[slice(*sentence)]),
            further=bool(FURTHER.search(text[max(sentence[0], span.start - BEFORE) : span.end])),
        )


def _is_contrasted(figure: Figure, sentence: str) -> bool:
    """Tell whether a sentence sets a figure against another, or leaves out what it counts."""
    plain = figure.kind not in CASUALTIES and figure.kind != "money"
    bare = plain and not any(map(str.isalpha, figure.span.text))
    return bare or CONTRAST.search(sentence) is not None


def _noun(figure: Figure) -> str:
    """Return what a figure counts in one word, without its ending."""
    words = figure.unit.casefold().split()
    if figure.kind != "other" and len(words) > 1:
        words = words[:-1]
    return stem(words[-1])


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    marks = (". ", "\n", "? ", "! ", ".” ")
    first = max(text.rfind(mark, 0, start) for mark in marks)
    lasts = [at for mark in marks if (at := text.find(mark, end)) >= 0]
    return first + 1, min(lasts, default=len(text))


def _dated(times: Sequence[Time], sentence: tuple[int, int]) -> When:
    """Return the one date that a sentence tells, else nothing."""
    found = {
        time.when
        for time in times
        if time.kind == "date" and sentence[0] <= time.span.start < sentence[1]
    } - {When()}
    return next(iter(found)) if len(found) == 1 else When()


def bits_of(found: Sequence[Counted]) -> Mapping[str, float]:
    """Return how much it tells, in bits, that the words about two figures share a stem."""
    counts = Counter(word for one in found for word in one.about)
    size = max(64, len(found))
    return {word: math.log2(size / count) for word, count in counts.items() if count < size}


def pairs(found: Sequence[Counted], bits: Mapping[str, float]) -> Iterator[tuple[Counted, Counted]]:
    """Yield two figures of one kind on two words that share a word and can't both hold."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        by_kind[_kind(one)].append(number)
    for key in sorted(by_kind):
        holders: dict[str, list[int]] = defaultdict(list)
        for number in by_kind[key]:
            for word in found[number].about:
                holders[word].append(number)
        telling = {
            word: some
            for word, some in holders.items()
            if 1 < len(some) <= COMMON and bits.get(word, 0.0) > 0
        }
        for number in by_kind[key]:
            one = found[number]
            met = {b for word in one.about for b in telling.get(word, ()) if b > number}
            for other in (found[b] for b in sorted(met)):
                if one.source != other.source and _countable(one, other) and _differing(one, other):
                    yield one, other


def _differing(one: Counted, other: Counted) -> bool:
    return differ(one.figure, other.figure) and not apart(one.when, other.when)


def _kind(one: Counted) -> str:
    """Return what must be the same of two figures: the kind, and money's unit."""
    if one.figure.kind == "money":
        return f"money {one.figure.unit}"
    return "other" if one.figure.kind == "troops" else one.figure.kind


def _countable(one: Counted, other: Counted) -> bool:
    """Tell whether two figures may count one thing: by the noun, and by their sizes."""
    generic = {one.noun, other.noun} & GENERIC
    if one.noun != other.noun and not (generic and one.figure.kind in CASUALTIES):
        return False
    small, large = sorted((one.size, other.size))
    return large <= (MOST_MONEY if one.figure.kind == "money" else MOST_TIMES) * small


def _gap(one: Counted, other: Counted) -> int:
    return abs(one.figure.span.start - other.figure.span.start)


def features(one: Counted, other: Counted, bits: Mapping[str, float]) -> frozenset[str]:
    """Return the signs of whether two figures are of one thing."""
    return frozenset(
        {
            f"kind {one.figure.kind}",
            *_counting(one, other),
            *_standing(one, other),
            *_worded(one, other, bits),
            *_timed(one, other),
        }
    )


def _is_close(one: Counted, other: Counted, signs: frozenset[str]) -> bool:
    """Tell whether words or events hold two figures together, not their likeness in kind alone.

    A report that gives many figures contradicts itself in none of them: of one report, one must be
    somebody's words, and the report must set them against each other.
    """
    covered = max(n for n in range(len(COVERED) + 1) if not signs.isdisjoint(_covered(n)))
    if one.further or other.further:
        return False
    if one.figure.report == other.figure.report:
        said = one.figure.statement is not None or other.figure.statement is not None
        return said and covered >= SOME and (one.contrasted or other.contrasted)
    if "one time" not in signs and "apart months" in signs:
        return False
    if one.figure.kind not in CASUALTIES or "one time" not in signs:
        return covered >= MUCH or ("one happening" in signs and covered >= SOME)
    return "one happening" in signs or covered >= (SOME if one.story == other.story else MUCH)


def _covered(number: int) -> frozenset[str]:
    return frozenset({f"covered {number} here", f"covered {number} elsewhere"})


def _counting(one: Counted, other: Counted) -> Iterator[str]:
    if one.noun == other.noun:
        yield "one noun"
    elif one.noun in GENERIC or other.noun in GENERIC:
        yield "one noun and any people"
    else:
        yield f"two nouns {one.figure.kind}"
    small, large = sorted((one.size, other.size))
    yield f"times {band(large / small if small else 99.0, TIMES)}"
    bounds = (one.figure.low is None or one.figure.high is None) + (
        other.figure.low is None or other.figure.high is None
    )
    yield f"bounds {bounds}"
    if {one.figure.standing, other.figure.standing} & {"denied"}:
        yield "one denied"


def _standing(one: Counted, other: Counted) -> Iterator[str]:
    told = (one.figure.statement is None) + (other.figure.statement is None)
    yield f"told by reports {told}"
    if one.figure.report != other.figure.report:
        yield "one story" if one.story == other.story else "two stories"
        return
    yield "one report"
    if one.sentence == other.sentence:
        yield "one sentence"
    gap = _gap(one, other)
    yield "gap " + ("close" if gap < CLOSE else "near" if gap < NEAR else "far")


def _worded(one: Counted, other: Counted, bits: Mapping[str, float]) -> Iterator[str]:
    shared = sum(bits.get(word, 0.0) for word in one.about & other.about)
    smaller = min(sum(bits.get(word, 0.0) for word in c.about) for c in (one, other))
    where = "here" if one.figure.report == other.figure.report else "elsewhere"
    yield f"bits {band(shared, BITS)} {where}"
    yield f"covered {band(shared / smaller if smaller else 0.0, COVERED)} {where}"


def _timed(one: Counted, other: Counted) -> Iterator[str]:
    if one.happening and other.happening:
        yield "one happening" if one.happening == other.happening else "two happenings"
    if one.when != When() and other.when != When():
        yield "one time"
    elif one.when != When() or other.when != When():
        yield "one dated"
    apart = days_apart(one.published, other.published)
    if one.figure.report != other.figure.report:
        yield "apart " + ("days" if apart < WEEK else "weeks" if apart < MONTH else "months")
        first, second = sorted((one, other), key=lambda counted: sort_key(counted.published))
        if apart > 0 and second.size > first.size:
            yield "risen"
            if first.figure.high is None or first.figure.low is None:
                yield "risen from a bound"


def _reached(start: str, links: Mapping[str, Iterable[str]]) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        fresh = set(links[waiting.pop()]) - seen
        seen |= fresh
        waiting += sorted(fresh)
    return seen


def _dispute(figures: Sequence[Figure], likely: float) -> Dispute:
    ordered = sorted(figures, key=lambda f: (f.report, f.span.start))
    texts = dict.fromkeys(" ".join(figure.span.text.split()) for figure in ordered)
    units = dict.fromkeys(figure.unit for figure in ordered)
    return Dispute(
        id=make_id("dispute", "figure", sorted(figure.id for figure in figures)),
        kind="figure",
        claim=None,
        statements=tuple(sorted({f.statement for f in ordered if f.statement})),
        figures=tuple(figure.id for figure in ordered),
        text=" / ".join(texts),
        why=f"figures for {' and '.join(units)} that can't all hold",
        likely=round(likely, 2),
    )
