"""Trees of copies, one after the other: each depends on seed, bank and its number alone."""

import random
from collections.abc import Iterator
from dataclasses import replace

from .editions import DEALT, Room, copy, original
from .pages import made
from .truth import Edition, Made, reasons
from .world import Bank, Outlet, skewed, story, world
from .writing import Draft

DEEPEST = 5  # editions from the first report
LARGEST = 200  # reports of a tree
ALONE = 0.56  # of trees that are one report
LAGS = (0, 0, 0, 0, 1, 1, 1, 2, 2, 3)  # days from a report to its copy


def newsroom(
    count: int, *, seed: int, bank: Bank, words: int = 300, start: int = 0
) -> Iterator[Made]:
    """Yield that many reports from tree number `start` on; parents stand before their copies."""
    number = start
    while count > 0:
        for one in tree(number, seed=seed, bank=bank, words=words):
            if count > 0:
                yield one
            count -= 1
        number += 1


def trees(
    count: int, *, seed: int, bank: Bank, words: int = 300, start: int = 0
) -> Iterator[tuple[Made, ...]]:
    """Yield the reports of that many happenings, each with its tree of copies."""
    for number in range(start, start + count):
        yield tree(number, seed=seed, bank=bank, words=words)


def tree(number: int, *, seed: int, bank: Bank, words: int = 300) -> tuple[Made, ...]:
    """Return the reports of a happening: a tree of copies, and reports in words of their own."""
    here = world(bank, seed)
    chance = random.Random(f"newsroom/{bank}/{seed}/{number}")
    room = Room(here, story(here, chance, number), chance, words, [])
    size = _size(chance)
    hidden = _roots(room, size)
    while len(room.drafts) < size:
        room.drafts.append(_copied(room))
    return tuple(_set(room, number, hidden=hidden))


def _size(chance: random.Random) -> int:
    """Return the size of a tree: most are one report, a few are very large."""
    if chance.random() < ALONE:
        return 1
    return min(LARGEST, 1 + int(chance.random() ** (-1 / 1.05)))


def _roots(room: Room, size: int) -> bool:
    """Write the reports that are not copies; return whether the first is out of the corpus."""
    chance = room.chance
    day = room.story.day + int(chance.random() * 2)
    wired = chance.random() < (0.12 if size == 1 else 0.45 if size < 6 else 0.85)
    agencies = room.world.agencies
    outlet = agencies[skewed(chance, len(agencies))] if wired else _outlet(room)
    room.drafts.append(original(room, outlet, day, "original"))
    independents = 0
    if chance.random() < (0.12 if size == 1 else 0.5):
        independents = 1 + int(chance.random() * 3)
    for _ in range(independents):
        later = day + int(chance.random() * 3)
        room.drafts.append(original(room, _outlet(room), later, "independent"))
    return wired and size > 2 and chance.random() < 0.2


def _outlet(room: Room) -> Outlet:
    """Return an outlet, if possible one that has not told of the happening yet."""
    outlets: tuple[Outlet, ...] = room.world.outlets
    taken = {draft.outlet.name for draft in room.drafts[-60:]}
    for _ in range(4):
        found = outlets[skewed(room.chance, len(outlets))]
        if found.name not in taken:
            break
    return found


def _copied(room: Room) -> Draft:
    """Return a copy of one of the drafts."""
    chance = room.chance
    kind: Edition = DEALT[int(chance.random() * len(DEALT))]
    parent = room.drafts[0]
    if chance.random() > 0.6:
        parent = room.drafts[int(chance.random() * len(room.drafts))]
    if parent.depth >= DEEPEST or parent.made_as == "follow_up":
        parent = room.drafts[0]
    if kind == "follow_up" and not parent.outlet.agency:
        return copy(room, parent, parent.outlet, parent.day + 14 + int(chance.random() * 50), kind)
    if kind == "follow_up":
        kind = "full"
    day = parent.day + LAGS[int(chance.random() * len(LAGS))]
    return copy(room, parent, _outlet(room), day, kind)


def _set(room: Room, number: int, *, hidden: bool) -> Iterator[Made]:
    """Yield the drafts as reports; what begins in a hidden draft begins with its agency."""
    ids = [""] * len(room.drafts)
    done: dict[str, Made] = {}
    for draft in room.drafts:
        if hidden and draft.number == 0:
            ids[0] = draft.outlet.name
            continue
        one = made(room, draft, ids, number)
        told = [reasons(one, done[parent]) for parent in one.parents]
        if told and all(told):
            kept = tuple(reason for reason in told[0] if all(reason in other for other in told))
            one = replace(one, told_by=kept)
        done[one.id] = one
        yield one
