"""Which of two reports took from the other, and the reasons in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.stages.copies.alignment import Run
from onrecord.stages.copies.outlets import naming, source_key
from onrecord.stages.copies.words import Words

WHOLE = 0.85  # share of a report's words in the other, from which on it is all there
PARAGRAPH = 12  # words of a block that weighs when paragraphs were cut
TAKEN = 0.5  # share of a block's words in the other report, from which on the block is shared
CUT = 2  # paragraphs that the longer text goes on for after the shorter one ends
LEAST_SHARED = 3  # shared paragraphs without which the shape of two texts says nothing

Way = Literal[1, 0, -1]  # 1: from the first report, -1: from the second, 0: cannot be told


@dataclass(frozen=True, slots=True)
class Direction:
    """Which way the words went, and why."""

    way: Way
    why: tuple[str, ...]


def direction(a: Words, b: Words, runs: Sequence[Run]) -> Direction:
    """Return which way the words went: by dates and credits, else by the shape of the texts.

    Reasons that contradict each other leave it open.
    """
    strong = [*_by_date(a, b), *_by_credit(a, b)]
    found = strong or list(_by_shape(a, b, runs))
    ways = {way for way, _ in found}
    why = tuple(reason for _, reason in found)
    if len(ways) == 1:
        return Direction(found[0][0], why)
    if ways:
        return Direction(0, (*why, "the reasons contradict each other"))
    return Direction(0, ("nothing tells which came first",))


def _by_date(a: Words, b: Words) -> Iterator[tuple[Way, str]]:
    pairs: tuple[tuple[Way, Words, Words], ...] = ((1, a, b), (-1, b, a))
    for way, first, second in pairs:
        latest, earliest = first.report.published.latest, second.report.published.earliest
        if latest and earliest and latest < earliest:
            yield way, f"one was published by {latest}, the other not before {earliest}"


def _by_credit(a: Words, b: Words) -> Iterator[tuple[Way, str]]:
    if source_key(a.report) == source_key(b.report):
        return
    pairs: tuple[tuple[Way, Words, Words], ...] = ((1, a, b), (-1, b, a))
    for way, first, second in pairs:
        source = first.report.source
        if source and naming(second.report, source):
            yield way, f"one names {source}, the outlet of the other"


def _by_shape(a: Words, b: Words, runs: Sequence[Run]) -> Iterator[tuple[Way, str]]:
    """Yield what it tells that one report has all of another outlet's and then goes on."""
    if a.report.source and source_key(a.report) == source_key(b.report):
        return  # an outlet adds to its own report as often as it cuts it
    in_a = _shared(a, ((s.a, s.count) for run in runs for s in run.segments))
    in_b = _shared(b, ((s.b, s.count) for run in runs for s in run.segments))
    cases: tuple[tuple[Way, list[float], Words, list[float]], ...] = (
        (1, in_a, b, in_b),
        (-1, in_b, a, in_a),
    )
    for way, longer, short, shorter in cases:
        if not _all_there(short, shorter):
            continue
        taken = [share >= TAKEN for share in longer if share >= 0]
        if sum(taken) < LEAST_SHARED or all(taken):
            continue
        last = len(taken) - 1 - taken[::-1].index(True)
        # Paragraphs that only one has in between may be added or cut, so they tell nothing.
        if all(taken[: last + 1]) and len(taken) - 1 - last >= CUT:
            yield way, "one breaks off where the other goes on: cut from the bottom"


def _shared(text: Words, spans: Iterator[tuple[int, int]]) -> list[float]:
    """Return for each block the share of its words in the spans; -1 where the block is short."""
    totals = [0] * (text.blocks[-1] + 1 if len(text) else 0)
    found = totals[:]
    for block in text.blocks:
        totals[block] += 1
    for start, count in spans:
        for block in text.blocks[start : start + count]:
            found[block] += 1
    return [
        shared / total if total >= PARAGRAPH else -1.0
        for shared, total in zip(found, totals, strict=True)
    ]


def _all_there(text: Words, shares: list[float]) -> bool:
    """Return whether nearly all long paragraphs of a report stand in the other one."""
    weighed = [share for share in shares if share >= 0]
    return bool(weighed) and len(text) > 0 and sum(weighed) / len(weighed) >= WHOLE
