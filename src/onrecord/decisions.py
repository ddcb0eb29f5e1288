"""What reviewers decide: that two actors are one or two, a name, whether a statement is read right.

Decisions are added and never overwritten; each names what it is on, who made it and when. A build
honours those that stand: neither taken back nor followed by another on the same thing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal, get_args

from onrecord.ids import make_id
from onrecord.types import Act, Decision, Statement

What = Literal["same", "different", "rename", "right", "wrong", "edit", "unsure", "undo"]
WHATS: tuple[str, ...] = get_args(What)
OF_STATEMENTS = frozenset({"right", "wrong", "edit"})
ACT = "act:"  # what an edit of an act begins with; any other is the entity that speaks
ACTS: tuple[Act, ...] = get_args(Act)


def make(what: What, on: tuple[str, ...], *, by: str, at: str, note: str = "") -> Decision:
    """Return a decision; `on` has actors, a statement, or for "undo" the id of a decision.

    `at` is an ISO time. For "rename" the note is the new name. For "edit" `on` has the statement
    and either "act:" with the act that it is, or the entity that speaks, whose name the note is.
    """
    return Decision(make_id("decision", at, by, what, on, note), at, by, what, on, note)


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that nobody took back, in the order of time.

    Taking back what takes back makes the first stand again.
    """
    ordered = sorted(decisions, key=lambda decision: (decision.at, decision.id))
    undone: set[str] = set()
    for decision in reversed(ordered):
        if decision.what == "undo" and decision.id not in undone:
            undone.update(decision.on)
    return tuple(d for d in ordered if d.what != "undo" and d.id not in undone)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What reviewers settled of a statement: whether it is read right, its act, who speaks."""

    right: bool = True
    act: Act | None = None
    speaker: tuple[str, str] | None = None  # the entity, and its name


def judged(decisions: Iterable[Decision]) -> dict[str, Judgement]:
    """Return by its id what stands of each statement that was decided on; the last word counts.

    Who edits a statement takes what is left of it for right.
    """
    found: dict[str, Judgement] = {}
    for one in standing(decisions):
        if one.what not in OF_STATEMENTS or not one.on:
            continue
        statement, *put = one.on
        known = replace(found.get(statement, Judgement()), right=one.what != "wrong")
        for edit in put:
            act = next((act for act in ACTS if f"{ACT}{act}" == edit), None)
            known = replace(known, act=act) if act else replace(known, speaker=(edit, one.note))
        found[statement] = known
    return found


def honoured(statement: Statement, judgement: Judgement) -> Statement:
    """Return a statement as reviewers settled it: surely read or surely not, and as edited."""
    speaker = statement.speaker
    if judgement.speaker:
        entity, name = judgement.speaker
        speaker = replace(speaker, name=name, actor=entity, unnamed=False)
    return replace(
        statement,
        confidence=1.0 if judgement.right else 0.0,
        act=judgement.act or statement.act,
        speaker=speaker,
        why="; ".join(filter(None, (statement.why, "as a reviewer decided"))),
    )


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers beside each other: what both decided on, where alike, and Cohen's kappa.

    `kappa` is None where chance alone would have them agree on everything.
    """

    one: str
    other: str
    both: int
    alike: int
    kappa: float | None


def agreements(decisions: Iterable[Decision]) -> list[Agreement]:
    """Return how far each two reviewers agree, those with most in common first.

    The last decision of each counts; "unsure" is an answer too, an edit says that a reading was
    wrong.
    """
    said: dict[str, dict[frozenset[str], str]] = defaultdict(dict)
    for one in standing(decisions):
        if one.what != "rename":
            on = one.on[:1] if one.what in OF_STATEMENTS else one.on
            said[one.by][frozenset(on)] = "wrong" if one.what == "edit" else one.what
    found = [_agreement(one, other, said) for one, other in combinations(sorted(said), 2)]
    return sorted((a for a in found if a.both), key=lambda a: (-a.both, a.one, a.other))


def _agreement(one: str, other: str, said: Mapping[str, Mapping[frozenset[str], str]]) -> Agreement:
    both = sorted(said[one].keys() & said[other].keys(), key=sorted)
    pairs = [(said[one][on], said[other][on]) for on in both]
    alike = sum(a == b for a, b in pairs)
    firsts, seconds = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    count = len(pairs)
    chance = sum(firsts[what] * seconds[what] for what in firsts) / count**2 if count else 1.0
    kappa = (alike / count - chance) / (1 - chance) if chance < 1 else None
    return Agreement(one, other, count, alike, kappa)
