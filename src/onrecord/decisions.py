"""What reviewers decide on actors: that two are one or two, a name, and what is taken back.

Decisions are added and never overwritten; each names what it is on, who made it and when. A build
honours those that stand: neither taken back nor followed by another on the same actors.
"""

from collections.abc import Iterable
from typing import Literal, get_args

from onrecord.ids import make_id
from onrecord.types import Decision

What = Literal["same", "different", "rename", "undo"]
WHATS: tuple[str, ...] = get_args(What)


def make(what: What, on: tuple[str, ...], *, by: str, at: str, note: str = "") -> Decision:
    """Return a decision; `on` has actors, or for "undo" the id of a decision.

    `at` is an ISO time. For "rename" the note is the new name.
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
