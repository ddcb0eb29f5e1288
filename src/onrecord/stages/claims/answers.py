"""Statements answered: which one another denies, rejects, contradicts or takes back, and how."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.stages.claims.contradiction import SURE, features, is_far, likelihood
from onrecord.stages.claims.pairing import FEWEST_BITS, REJECTING, bits_of, pairs
from onrecord.stages.claims.utterances import CONTRADICTS, TAKES_BACK, Utterance
from onrecord.types import LinkHow

LEAST = 0.4  # likelihood from which on one statement is held to contradict another
SECOND = 0.7  # share of the likeliest one's that another needs to be answered too


@dataclass(frozen=True, slots=True)
class Answer:
    """A statement and the one that it answers, by id: how it does so, how likely, and why."""

    first: str
    answer: str
    how: LinkHow
    likely: float
    why: str


def answers(found: Sequence[Utterance]) -> list[Answer]:
    """Return which statements answer which: each the likeliest, and those hardly less likely.

    In the order of the ids of the answers, the likeliest first.
    """
    bits = bits_of(found)
    weighed: dict[str, list[Answer]] = defaultdict(list)
    for first, answer in pairs(found):
        signs = features(first, answer, bits)
        likely = likelihood(signs)
        if likely >= LEAST * SECOND and not is_far(signs):
            one = Answer(
                first.statement.id, answer.statement.id, how_of(answer), likely, _why(signs)
            )
            weighed[answer.statement.id].append(one)
    made: list[Answer] = []
    for key in sorted(weighed):
        ordered = sorted(weighed[key], key=lambda one: (-one.likely, one.first))
        best = ordered[0]
        if best.likely >= LEAST:
            made += [one for one in ordered if one.likely >= SECOND * best.likely]
    return made


def withdrawals(found: Sequence[Utterance]) -> list[Answer]:
    """Return which statements take back what the same speaker has said before, by their ids.

    That is what it shares most telling words with, else its last charge against whom both name.
    """
    bits = bits_of(found)
    said: dict[str, list[Utterance]] = defaultdict(list)
    for one in found:
        said[one.speaker].append(one)
    made = {}
    for later in found:
        if TAKES_BACK in later.signs and later.speaker:
            before = [one for one in said[later.speaker] if _is_before(one, later)]
            ranked = [(_withdrawn(one, later, bits), one.place, one.statement.id) for one in before]
            weight, _, first = max(ranked, default=(0.0, 0, ""))
            if weight >= FEWEST_BITS:
                key = later.statement.id
                made[key] = Answer(first, key, "withdrawal", SURE, "takes back what it said before")
    return [made[key] for key in sorted(made)]


def _is_before(one: Utterance, later: Utterance) -> bool:
    """Tell whether a statement may have been made before another, which is none of its kind."""
    if one.statement.id == later.statement.id or TAKES_BACK in one.signs:
        return False
    if one.statement.report == later.statement.report:
        return one.place < later.place
    first, then = one.statement.said, later.statement.said
    return not (first.earliest and then.latest and first.earliest > then.latest)


def _withdrawn(one: Utterance, later: Utterance, bits: Mapping[str, float]) -> float:
    """Return how much tells that it is this statement that is taken back."""
    charge = "act accuse" in one.signs and bool(one.about & later.about)
    shared = math.fsum(bits.get(word, 0.0) for word in one.stems & later.stems)
    return shared + (FEWEST_BITS if charge else 0.0)


def how_of(answer: Utterance) -> LinkHow:
    """Return in what way a statement that contradicts another does so, by its own signs."""
    signs = answer.signs
    if CONTRADICTS in signs and "act deny" not in signs:
        return "contradiction"
    if "cue concede" in signs:
        return "concession"
    if "says in part" in signs and not signs.isdisjoint(REJECTING):
        return "partial denial"
    if signs & {"says false", "framed by false", "cue phrase"}:
        return "rejection"
    if signs & {"act deny", "cue cue", "says negative"}:
        return "denial"
    return "counter-claim" if "act accuse" in signs else "contradiction"


def _why(signs: frozenset[str]) -> str:
    """Return in words what shows that one statement answers another."""
    told = [
        words
        for sign, words in (
            ("reply of one accused", "as the one accused"),
            ("names who said it", "naming who says it"),
            (f"a {CONTRADICTS}", "as the report itself says"),
            ("one story", "in a report of the same story"),
            ("apart years", "years apart"),
        )
        if sign in signs
    ]
    if signs & {"place +1", "place +2"}:
        told.append("just after it")
    elif any(sign.startswith("place +") for sign in signs):
        told.append("after it in the report")
    if signs & {"bits 2", "bits 3", "bits 4"}:
        told.append("in words that both have")
    what = "rejects it" if "a says false" in signs or "a framed by false" in signs else "denies it"
    if not signs & {"a act deny", "a cue cue", "a says negative", "a says false"}:
        what = "says otherwise"
    return ", ".join([what, *told])
