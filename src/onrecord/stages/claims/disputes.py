"""The three kinds of dispute: a claim denied, figures that differ, one quotation of two."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from onrecord.ids import make_id
from onrecord.stages.claims.words import SameWords
from onrecord.stages.copies.differences import called
from onrecord.types import HAPPENED, Claim, Dispute, Figure, Reading, Statement, When

# Units of which a story has one number for one happening; others differ for many reasons.
COUNTED = ("killed", "wounded", "injured", "dead", "missing", "displaced", "arrested", "captured")
ALIKE = 0.5  # share of the shorter description that two figures must have in common
NEAR = 250  # characters about a figure in which a name tells what it is of
MOST_TIMES = 5  # a number more than five times another counts something else
MOST_DAYS = 30  # days between reports whose figures are compared
MOST_FIGURES = 200  # of one unit in one story; more are a list, not a dispute
EMPTY_WORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "to",
        "by",
        "and",
        "or",
        "people",
        "persons",
        "were",
        "was",
    ]
)


def denials(claims: Sequence[Claim], statements: Mapping[str, Statement]) -> Iterator[Dispute]:
    """Yield a dispute for each claim that is both put forward, or told, and denied by another."""
    for claim in claims:
        if not claim.denied or not (claim.asserted or claim.told):
            continue
        for_it = {_speaker(statements[key]) for key in claim.asserted}
        against = {_speaker(statements[key]) for key in claim.denied}
        if for_it and not claim.told and for_it == against:
            continue
        keys = (*claim.asserted, *claim.denied)
        yield Dispute(
            id=make_id("dispute", "denial", claim.id),
            kind="denial",
            claim=claim.id,
            statements=keys,
            figures=(),
            text=claim.text,
            why=claim.why or "one side puts it forward, another denies it",
        )


def _speaker(statement: Statement) -> str:
    told = statement.speaker.name.casefold() if statement.speaker.is_told else statement.id
    return statement.speaker.actor or told


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with what tells what it counts: words, and who and where is named near it."""

    figure: Figure
    things: frozenset[str]
    named: frozenset[str]
    published: When


def figures_that_differ(
    readings: Sequence[Reading], stories: Mapping[str, str], identity: Mapping[str, str]
) -> Iterator[Dispute]:
    """Yield a dispute for figures of one unit and thing in one story that can't both hold."""
    groups: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for reading in readings:
        story = stories.get(reading.report.id, reading.report.id)
        for counted in _counted(reading, identity):
            groups[story, counted.figure.unit].append(counted)
    for key in sorted(groups):
        group = sorted(groups[key], key=lambda counted: counted.figure.id)[:MOST_FIGURES]
        differing = [
            (one.figure, other.figure)
            for one, other in combinations(group, 2)
            if one.figure.report != other.figure.report
            and _same_thing(one, other)
            and differ(one.figure, other.figure)
        ]
        if differing:
            yield _figure_dispute(differing)


def _counted(reading: Reading, identity: Mapping[str, str]) -> Iterator[Counted]:
    telling = {e.id for e in reading.entities if e.named and e.kind != "state"}
    published = reading.report.published
    for figure in reading.figures:
        if figure.how == "person" or figure.standing not in HAPPENED:
            continue
        if not any(word in figure.unit for word in COUNTED):
            continue
        near = range(figure.span.start - NEAR, figure.span.end + NEAR)
        named = {
            identity.get(mention.actor, mention.actor)
            for mention in reading.mentions
            if mention.span.start in near and mention.actor in telling
        }
        when = When(published.earliest, published.latest)
        yield Counted(figure, _things(figure), frozenset(named), when)


def _things(figure: Figure) -> frozenset[str]:
    words = (word.strip(".,'\"’”()").casefold() for word in figure.of.split())
    return frozenset(word for word in words if word and word not in EMPTY_WORDS)


def _same_thing(one: Counted, other: Counted) -> bool:
    """Tell whether two figures count one thing: by words or names near, size and days apart."""
    alike = len(one.things & other.things) >= ALIKE * max(
        1, min(len(one.things), len(other.things))
    )
    first, second = sorted(_size(counted.figure) for counted in (one, other))
    return (
        (alike or bool(one.named & other.named))
        and second <= MOST_TIMES * first
        and _days_apart(one.published, other.published) <= MOST_DAYS
    )


def _size(figure: Figure) -> float:
    return next((v for v in (figure.value, figure.low, figure.high) if v is not None), 0.0)


def _days_apart(one: When, other: When) -> int:
    """Return the least number of days between two intervals; 0 where that can't be told."""
    gaps = [
        (later.earliest - sooner.latest).days
        for sooner, later in ((one, other), (other, one))
        if later.earliest and sooner.latest
    ]
    return max([0, *gaps])


def differ(one: Figure, other: Figure) -> bool:
    """Tell whether two figures can't both hold: not at different times, and no common value."""
    (low, high), (from_, to) = _bounds(one), _bounds(other)
    apart = low > to or from_ > high
    first, last = one.when, other.when
    later = bool(first.latest and last.earliest and first.latest < last.earliest)
    earlier = bool(last.latest and first.earliest and last.latest < first.earliest)
    return apart and not later and not earlier


def _bounds(figure: Figure) -> tuple[float, float]:
    infinity = float("inf")
    if figure.low is None and figure.high is None and figure.value is not None:
        return figure.value, figure.value
    low = figure.low if figure.low is not None else -infinity
    return low, figure.high if figure.high is not None else infinity


def _figure_dispute(pairs: Sequence[tuple[Figure, Figure]]) -> Dispute:
    figures = {figure.id: figure for pair in pairs for figure in pair}
    ordered = sorted(figures.values(), key=lambda f: (f.report, f.span.start))
    said = sorted({f.statement for f in ordered if f.statement})
    texts = dict.fromkeys(" ".join(figure.span.text.split()) for figure in ordered)
    return Dispute(
        id=make_id("dispute", "figure", sorted(figures)),
        kind="figure",
        claim=None,
        statements=tuple(said),
        figures=tuple(figure.id for figure in ordered),
        text=" / ".join(texts),
        why=f"figures for {ordered[0].unit} that can't all hold",
    )


def speakers_that_differ(
    same: Iterable[SameWords],
    statements: Mapping[str, Statement],
    names: Mapping[str, frozenset[str]],
) -> Iterator[Dispute]:
    """Yield a dispute for each set of statements in the same words given to different speakers.

    `names` gives the names of each actor; a surname and its full name are one speaker.
    """
    for words in same:
        group = [statements[key] for key in words.statements]
        quoted = [s for s in group if s.mode != "indirect" and s.source and s.speaker.is_told]
        speakers = {_speaker(s): s for s in quoted}
        apart = [pair for pair in combinations(sorted(speakers), 2) if _two(pair, speakers, names)]
        if apart:
            printed = dict.fromkeys(s.speaker.name for s in quoted)
            yield Dispute(
                id=make_id("dispute", "speaker", words.statements),
                kind="speaker",
                claim=None,
                statements=words.statements,
                figures=(),
                text=" ".join(quoted[0].content[0].text.split()),
                why="the same words are given to " + " and to ".join(printed),
            )


def _two(
    pair: tuple[str, str],
    speakers: Mapping[str, Statement],
    names: Mapping[str, frozenset[str]],
) -> bool:
    """Tell whether two keys of speakers can't be one speaker.

    A name and a description may well be; two descriptions are two speakers when what they call
    the speaker (the last word of the first noun phrase) differs.
    """
    one, other = (speakers[key] for key in pair)
    if one.speaker.unnamed != other.speaker.unnamed:
        return False
    if one.speaker.unnamed:
        return called(one.speaker.name) != called(other.speaker.name)
    ours, theirs = (
        {speakers[key].speaker.name.casefold(), *names.get(key, frozenset())} for key in pair
    )
    return not any(
        set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split())
        for a in ours
        for b in theirs
    )
