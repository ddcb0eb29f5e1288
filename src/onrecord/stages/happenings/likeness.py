"""What speaks for two tellings being of one happening, and what speaks against it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from onrecord.intervals import overlaps, sort_key
from onrecord.types import Act, Event, When

ALIKE = 75.0  # percent of two sentences, their words sorted, for being told in like words
RECIPROCAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
NARROW = 7  # days between the bounds of a time that tells something
# Points for each ground. Who suffers tells an event apart better than who acts, who may act often.
POINTS = {
    "reports of one story": 2,
    "the same recipient": 2,
    "told in like words": 2,
    "the same actor": 1,
    "the same place": 1,
    "the same days": 1,
}


@dataclass(frozen=True, slots=True)
class Telling:
    """An event of one report, with its sides and place as actors, its story, its report's day."""

    event: Event
    actor: frozenset[str]
    recipient: frozenset[str]
    place: str | None
    story: str | None
    published: When
    act: Act | None = None
    described: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())

    @property
    def sort_key(self) -> tuple[date, date]:
        """What puts tellings in the order of their events."""
        known = self.event.when if self.event.when != When() else self.published
        return sort_key(known)


def against(one: Telling, other: Telling) -> str:
    """Return in words what speaks against two tellings being one, or nothing."""
    first, second = one.event, other.event
    if first.report == second.report:
        return "one report tells them as two"
    if first.mode and second.mode and first.mode != second.mode:
        return f"one is {first.mode}, the other {second.mode}"
    if not overlaps(first.when, second.when.earliest, second.when.latest):
        return "they were on other days"
    if one.place and other.place and one.place != other.place:
        return "they were in other places"
    swapped = one.actor & other.recipient or one.recipient & other.actor
    if swapped and first.event not in RECIPROCAL:
        return "what acts in one suffers in the other"
    for mine, theirs in ((one.actor, other.actor), (one.recipient, other.recipient)):
        if mine and theirs and not mine & theirs:
            return "other sides"
    return ""


def grounds(one: Telling, other: Telling) -> Iterator[str]:
    """Yield in words what speaks for two tellings being one."""
    if one.story is not None and one.story == other.story:
        yield "reports of one story"
    if one.actor & other.actor:
        yield "the same actor"
    if one.recipient & other.recipient:
        yield "the same recipient"
    if one.place is not None and one.place == other.place:
        yield "the same place"
    if fuzz.token_sort_ratio(_words(one), _words(other), score_cutoff=ALIKE):
        yield "told in like words"
    if _is_narrow(one.event.when) and _is_narrow(other.event.when):
        yield "the same days"


def score(one: Telling, other: Telling) -> int:
    """Return the points for two tellings being one; none without a story or days in common."""
    told = set(grounds(one, other))
    if not told & {"reports of one story", "the same days"}:
        return 0
    return sum(POINTS[ground] for ground in told)


def _words(telling: Telling) -> str:
    return telling.event.evidence[0].text.casefold()


def _is_narrow(when: When) -> bool:
    if when.earliest is None or when.latest is None:
        return False
    return (when.latest - when.earliest).days <= NARROW
