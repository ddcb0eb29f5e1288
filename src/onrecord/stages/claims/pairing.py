"""Which statements are laid beside each other: those of one report, and those that share words."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from onrecord.stages.claims.utterances import CONTRADICTS, Utterance

COMMON = 60  # statements that may have a word before it brings nobody together
MOST = 12  # statements of other reports that one is laid beside, those with most in common
FEWEST_BITS = 6.0  # bits of shared words without which two of different reports are not
BACK, AHEAD = 8, 3  # statements before and after one in its report that it may answer
UNKNOWN = 64  # statements whose words tell what they would in so many, where there are fewer


# Signs one of which nearly every answer has.
ANSWERING = frozenset(
    {
        "act deny",
        "act criticise",
        "act accuse",
        "cue cue",
        "cue phrase",
        "cue concede",
        "cue insist",
        "says negative",
        "says false",
        "framed by false",
        "framed by claim",
        "framed by negative",
        "in reply",
        "set against",
        CONTRADICTS,
    }
)


# Those by which a statement rejects something outright.
REJECTING = frozenset({"act deny", "cue cue", "cue phrase", "says false", "framed by false"})


def bits_of(found: Sequence[Utterance]) -> Mapping[str, float]:
    """Return how much it tells, in bits, that two statements share a stem."""
    counts = Counter(word for one in found for word in one.stems)
    size = max(UNKNOWN, len(found))
    return {word: math.log2(size / count) for word, count in counts.items() if count < size}


def may_answer(one: Utterance) -> bool:
    """Tell whether a statement has any sign of answering another."""
    return "turns down" not in one.signs and not ANSWERING.isdisjoint(one.signs)


def pairs(found: Sequence[Utterance]) -> Iterator[tuple[Utterance, Utterance]]:
    """Yield each two statements of two sides of which the second may answer the first."""
    by_report: dict[str, list[Utterance]] = defaultdict(list)
    for one in found:
        by_report[one.statement.report].append(one)
    for report in sorted(by_report):
        said = by_report[report]
        for at, answer in enumerate(said):
            for first in said[max(0, at - BACK) : at + AHEAD + 1] if may_answer(answer) else ():
                if first is not answer and _are_two(first, answer):
                    yield first, answer
            charge = _charge(said[: max(0, at - BACK)], answer)
            if charge:
                yield charge, answer
    yield from _across(found)


def _charge(before: Sequence[Utterance], answer: Utterance) -> Utterance | None:
    """Return the last accusation of whoever rejects something, if it stands farther back."""
    if REJECTING.isdisjoint(answer.signs):
        return None
    charges = (
        one
        for one in reversed(before)
        if "act accuse" in one.signs and one.about & answer.own and not one.own & answer.own
    )
    return next(charges, None)


def _across(found: Sequence[Utterance]) -> Iterator[tuple[Utterance, Utterance]]:
    """Yield pairs of different reports that share rare words."""
    bits = bits_of(found)
    holders: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        for word in one.stems:
            holders[word].append(number)
    for answer in filter(may_answer, found):
        weight: dict[int, float] = defaultdict(float)
        for word in answer.stems:
            if 1 < len(holders[word]) <= COMMON:
                for number in holders[word]:
                    weight[number] += bits.get(word, 0.0)
        others = [
            (-total, number)
            for number, total in weight.items()
            if total >= FEWEST_BITS
            and found[number].statement.report != answer.statement.report
            and _are_two(found[number], answer)
        ]
        for _, number in sorted(others)[:MOST]:
            yield found[number], answer


def _are_two(first: Utterance, answer: Utterance) -> bool:
    """Tell whether two statements are of two sides, and the first puts something forward.

    What holds the words of the other is the same saying, read twice.
    """
    if first.statement.act == "demand" or first.own & answer.own:
        return False
    apart = first.start >= answer.end or answer.start >= first.end
    return apart or first.statement.report != answer.statement.report
