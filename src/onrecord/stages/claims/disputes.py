"""The three kinds of dispute: a claim denied, figures that differ, one quotation of two."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from onrecord.ids import make_id
from onrecord.stages.claims.words import SameWords
from onrecord.types import Claim, Dispute, Figure, Reading, Statement

# Units of which a story has one number for one happening; others differ for many reasons.
COUNTED = ("killed", "wounded", "injured", "dead", "missing", "displaced", "arrested", "captured")
ALIKE = 0.5  # share of the shorter description that two figures must have in common
PHRASE_END = re.compile(r",|\b(?:in|of|at|from|with|who|which|that|on|for|close|near|inside)\b")
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
    return statement.speaker.actor or statement.speaker.name.casefold()


def figures_that_differ(
    readings: Sequence[Reading], stories: Mapping[str, str]
) -> Iterator[Dispute]:
    """Yield a dispute for figures of one unit and thing in one story that can't both hold."""
    groups: dict[tuple[str, str], list[tuple[Figure, frozenset[str]]]] = defaultdict(list)
    for reading in readings:
        story = stories.get(reading.report.id, reading.report.id)
        for figure in reading.figures:
            if any(word in figure.unit for word in COUNTED):
                groups[story, figure.unit].append((figure, _things(figure)))
    for key in sorted(groups):
        group = sorted(groups[key], key=lambda item: item[0].id)[:MOST_FIGURES]
        differing = [
            (one, other)
            for (one, ours), (other, theirs) in combinations(group, 2)
            if one.report != other.report and _same_thing(ours, theirs) and differ(one, other)
        ]
        if differing:
            yield _figure_dispute(differing)


def _things(figure: Figure) -> frozenset[str]:
    words = (word.strip(".,'\"’”").casefold() for word in figure.of.split())
    return frozenset(word for word in words if word and word not in EMPTY_WORDS)


def _same_thing(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    if not ours or not theirs:
        return True
    return len(ours & theirs) >= ALIKE * min(len(ours), len(theirs))


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
        quoted = [s for s in group if s.mode != "indirect" and s.source and s.speaker.name]
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
        return _called(one.speaker.name) != _called(other.speaker.name)
    ours, theirs = (
        {speakers[key].speaker.name.casefold(), *names.get(key, frozenset())} for key in pair
    )
    return not any(
        set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split())
        for a in ours
        for b in theirs
    )


def _called(description: str) -> str:
    """Return the noun that a description calls somebody by: "source" of "a rebel source in X"."""
    phrase = PHRASE_END.split(description.casefold(), maxsplit=1)[0]
    return phrase.split()[-1] if phrase.split() else ""
