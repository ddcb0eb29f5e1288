"""Accusations answered: who rejects what was laid at their door, though in other words."""

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from onrecord.types import Statement


@dataclass(frozen=True, slots=True)
class Answer:
    """A denial and the accusation that it answers, by id, with the reason in words."""

    accusation: str
    denial: str
    why: str


@functools.cache
def rejection() -> re.Pattern[str]:
    """Return the pattern of words that reject what somebody else said."""
    text = resources.files("onrecord.lexicon").joinpath("rejections.txt").read_text("utf-8")
    words = [line for line in text.splitlines() if line and not line.startswith("#")]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def answers(
    statements: Sequence[Statement],
    sides: Mapping[str, frozenset[str]],
    about: Mapping[str, frozenset[str]],
    stories: Mapping[str, str],
) -> Iterator[Answer]:
    """Yield each denial with the accusation that it answers.

    `sides` gives for each statement the actors whose word it is (the speaker and whom it speaks
    for), `about` the actors spoken of, `stories` the story of each report. The accusation is of the
    denier's side; in the same report the nearest before, else one in the same story whose accuser
    the denial names.
    """
    by_story: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_story[stories.get(statement.report, statement.report)].append(statement)
    for story in sorted(by_story):
        ordered = sorted(by_story[story], key=lambda s: (s.report, s.content[0].start, s.id))
        charges = [s for s in ordered if s.act == "accuse"]
        for denial in ordered:
            if _rejects(denial):
                yield from _answer(denial, charges, sides, about)


def _rejects(statement: Statement) -> bool:
    if statement.act == "deny":
        return True
    words = " ".join(span.text for span in (*statement.cue, *statement.content))
    return statement.act != "accuse" and bool(rejection().search(words))


def _answer(
    denial: Statement,
    charges: Sequence[Statement],
    sides: Mapping[str, frozenset[str]],
    about: Mapping[str, frozenset[str]],
) -> Iterator[Answer]:
    own = sides[denial.id]
    fitting = [
        charge
        for charge in charges
        if charge.id != denial.id and about[charge.id] & own and not sides[charge.id] & own
    ]
    here = [c for c in fitting if c.report == denial.report]
    before = [c for c in here if c.content[0].start < denial.content[0].start]
    if before:
        yield Answer(before[-1].id, denial.id, "rejects the accusation before it")
        return
    named = [c for c in fitting if sides[c.id] & about[denial.id]]
    if named:
        yield Answer(named[0].id, denial.id, "rejects, naming the accuser")
