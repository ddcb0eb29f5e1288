"""What is known of a made report, since it was made: its parents, its lineage, its changes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from onrecord.types import READ_KINDS, Reading, Report

Edition = Literal[
    "original",
    "independent",
    "full",
    "cut",
    "headline",
    "spelling",
    "local",
    "merged",
    "light",
    "heavy",
    "translated",
    "follow_up",
]
ChangeKind = Literal[
    "number rounded",
    "hedge dropped",
    "source promoted",
    "speaker swapped",
    "quotation altered",
    "typo",
]
MOST = 0.5  # share of a paragraph's words that two reports must both have kept
QUOTED = 8  # words of a quotation that two reports share by descent
SHORT = 12  # words of a paragraph that is worth calling shared
CUT = 2  # paragraphs cut from the bottom that tell which way the words went
LEFT = 3  # paragraphs that must be left for it


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where the words at [start, end) of a report begin.

    `origin` is the id of a report, or the name of an agency outside of the corpus; `paragraph`
    numbers its paragraphs, `quotation` the quotations of one, and is -1 where the whole paragraph
    is meant. `kept` is the share of the words that editions have left. `renders` is the report
    whose words these are a translation of.
    """

    start: int
    end: int
    origin: str
    paragraph: int
    quotation: int
    words: int
    kept: float = 1.0
    renders: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A change of meaning, or a slip, that an edition made: what stood there, and what stands."""

    kind: ChangeKind
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Made:
    """A report with the truth of how it came about.

    `told_by` has why a reader of both texts can tell the direction from every parent; `furniture`
    the spans of page furniture, whatever kind its blocks have.
    """

    reading: Reading
    parents: tuple[str, ...]
    made_as: Edition
    passages: tuple[Lineage, ...]
    told_by: tuple[str, ...]
    changed: tuple[Change, ...]
    happening: str
    tree: int
    furniture: tuple[tuple[int, int], ...]

    @property
    def id(self) -> str:
        """The id of the report."""
        return self.reading.report.id


def true_pairs(made: Iterable[Made]) -> set[tuple[str, str]]:
    """Return the sorted pairs of ids that share a paragraph or a quotation by descent."""
    found: set[tuple[str, str]] = set()
    for members in _sharing(made).values():
        for (one, kept), (other, kept_too) in combinations(members, 2):
            if one != other and kept * kept_too >= MOST:
                found.add((min(one, other), max(one, other)))
    return found


def _sharing(made: Iterable[Made]) -> dict[tuple[int, str, int, int], list[tuple[str, float]]]:
    """Return for each paragraph or quotation the reports that have it, and what they kept."""
    sharing: dict[tuple[int, str, int, int], list[tuple[str, float]]] = defaultdict(list)
    for one in made:
        for part in one.passages:
            if part.words >= (SHORT if part.quotation < 0 else QUOTED):
                # An agency outside of the corpus is an origin in many trees.
                key = one.tree, part.origin, part.paragraph, part.quotation
                sharing[key].append((one.id, part.kept))
    return sharing


def translated_pairs(made: Iterable[Made]) -> set[tuple[str, str]]:
    """Return the sorted pairs of which one renders what the other has; most are no true pairs."""
    holders: dict[str, set[str]] = defaultdict(set)
    renderers: dict[str, set[str]] = defaultdict(set)
    for one in made:
        for part in one.passages:
            holders[part.origin].add(one.id)
            if part.renders:
                renderers[part.renders].add(one.id)
    return {
        (min(one, other), max(one, other))
        for origin, found in renderers.items()
        for one in found
        for other in holders[origin] | found
        if one != other
    }


def reasons(child: Made, parent: Made) -> tuple[str, ...]:
    """Return why a reader of both texts can tell that the child's words are the parent's."""
    return tuple(_reasons(child, parent))


def _reasons(child: Made, parent: Made) -> Iterator[str]:
    ours, theirs = child.reading.report, parent.reading.report
    latest, earliest = theirs.published.latest, ours.published.earliest
    if latest and earliest and latest < earliest:
        yield "date"
    if ours.source == theirs.source:
        return
    if _names(ours, theirs) and not _names(theirs, ours):
        yield "credit"
    if theirs.source and any(
        hand == theirs.source.removeprefix("The ") for hand in _hands(child.reading)
    ):
        yield "citation"
    if child.made_as == "cut" and parent.id in child.parents and _is_cut(child, parent):
        yield "cut"


def _names(report: Report, other: Report) -> bool:
    """Return whether a report's read words or its byline name the outlet of the other."""
    name = (other.source or "").removeprefix("The ")
    place = report.text.find(name) if name else -1
    if place < 0:
        return False
    return any(
        block.start <= report.text.find(name, block.start) < block.end
        for block in report.blocks
        if block.kind in READ_KINDS or block.kind == "byline"
    )


def _hands(reading: Reading) -> Iterator[str]:
    """Yield the outlets that statements are said to have passed through."""
    for statement in reading.statements:
        for hop in statement.chain:
            yield hop.name
        yield statement.speaker.name


def _is_cut(child: Made, parent: Made) -> bool:
    left, whole = _paragraphs(child), _paragraphs(parent)
    return LEFT <= left <= whole - CUT


def _paragraphs(made: Made) -> int:
    return sum(part.quotation < 0 for part in made.passages)
