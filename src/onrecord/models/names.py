"""What the branch for names says of a text: names with their kinds, and what nouns mean.

It stands on the middle of the attribution encoder, so that one pass serves both.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.models.decoding import Floats
from onrecord.types import ActorKind

# The kinds of names in the order of the branch's tags; "event" stands for all that is no actor.
KINDS: tuple[ActorKind | str, ...] = (
    "person",
    "armed group",
    "party",
    "government",
    "organisation",
    "outlet",
    "state",
    "place",
    "people",
    "event",
)
TAGS = 1 + 2 * len(KINDS)
NOUNS = ("person", "organisation", "place", "other")
NEVER = -1e4
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Named:
    """A name: its words [first, last), and the share of each kind, in the order of KINDS."""

    first: int
    last: int
    kinds: Floats

    @property
    def sure(self) -> float:
        """How sure it is that a name stands there at all."""
        return float(self.kinds.sum())


def _moves() -> Floats:
    """Return what it costs to go from one tag to the next: I stands only after B or I alike."""
    moves = np.zeros((TAGS, TAGS), dtype=np.float32)
    for kind in range(len(KINDS)):
        begin, inside = 1 + 2 * kind, 2 + 2 * kind
        moves[:, inside] = NEVER
        moves[begin, inside] = moves[inside, inside] = 0.0
    return moves


MOVES = _moves()


def best_path(logs: Floats) -> list[int]:
    """Return the likeliest tags of a run of words, given the log share of each (words, TAGS)."""
    score = logs[0].copy()
    score[2::2] = NEVER
    back = []
    for row in logs[1:]:
        before = score[:, None] + MOVES
        back.append(before.argmax(axis=0))
        score = before.max(axis=0) + row
    path = [int(score.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def named(logs: Floats, opens: Sequence[bool]) -> Iterator[Named]:
    """Yield the names of a text in their order, given the log share of each tag (words, TAGS).

    `opens` tells the words that begin a paragraph, which no name crosses.
    """
    starts = [0, *(word for word, first in enumerate(opens) if first), len(opens)]
    for start, end in itertools.pairwise(starts):
        if start < end:
            yield from _runs(logs[start:end], start)


def _runs(logs: Floats, offset: int) -> Iterator[Named]:
    shares = np.exp(logs)
    by_kind = shares[:, 1::2] + shares[:, 2::2]
    first = None
    for word, tag in enumerate([*best_path(logs), 0]):
        if first is not None and (tag == 0 or tag % 2 == 1):
            yield Named(offset + first, offset + word, by_kind[first:word].mean(axis=0))
            first = None
        if tag % 2 == 1:
            first = word
