"""How one report is made from another: the editions, each a function of draft and parent."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from .edits import COMMON, lightly, quotation_altered, rendered, slipped, spelled
from .grammar import capital, sentence, written
from .truth import Edition
from .world import WEEKDAYS, Outlet, Story, World
from .writing import Desk, Draft, Key, Para, para

KEPT_CITED = 0.85  # of a paragraph's words, where it is told as what an outlet says
LONG_QUOTATION = 10  # words of a quotation that a heavy rewrite keeps
SLIPS = 0.12  # of reports, with a typo of their own
# Of 100 copies.
SHARES: tuple[tuple[Edition, int], ...] = (
    ("full", 27),
    ("cut", 18),
    ("headline", 9),
    ("spelling", 6),
    ("local", 9),
    ("merged", 8),
    ("light", 9),
    ("heavy", 7),
    ("translated", 4),
    ("follow_up", 3),
)
DEALT: tuple[Edition, ...] = tuple(kind for kind, share in SHARES for _ in range(share))


@dataclass(slots=True)
class Room:
    """What an edition is made with."""

    world: World
    story: Story
    chance: random.Random
    words: int
    drafts: list[Draft]


def original(room: Room, outlet: Outlet, day: int, made_as: Edition) -> Draft:
    """Return a report in its outlet's own words."""
    number: int = len(room.drafts)
    desk = Desk(room.world, room.story, outlet, room.chance, number)
    draft = Draft(number, outlet, day, made_as, desk.title(), happening=room.story.id)
    draft.paras = desk.body(room.words)
    if outlet.american:
        draft.paras = [spelled(one, american=True) for one in draft.paras]
    if outlet.agency:
        draft.head = _head(room, outlet)
    _slip(room, draft)
    return draft


def _head(room: Room, outlet: Outlet) -> str:
    town = room.story.bound["TOWN"]
    drawn = room.chance.random()
    if drawn < 0.5:
        return f"{town} ({outlet.sign}) — "
    return f"{town.upper()} ({outlet.sign}) - " if drawn < 0.8 else f"({outlet.sign}) — "


def copy(room: Room, parent: Draft, outlet: Outlet, day: int, made_as: Edition) -> Draft:
    """Return a report made from another one."""
    draft = Draft(len(room.drafts), outlet, day, made_as, parent.title, happening=room.story.id)
    draft.paras = list(parent.paras)
    draft.parents = [parent.number]
    draft.depth = parent.depth + 1
    draft.head = parent.head
    _sign(room, parent, draft)
    EDITIONS[made_as](room, parent, draft)
    if made_as in ("full", "cut", "local") and room.chance.random() < 0.3:
        draft.title = Desk(room.world, room.story, outlet, room.chance, draft.number).title()
    _slip(room, draft)
    return draft


def _sign(room: Room, parent: Draft, draft: Draft) -> None:
    """Keep the signature of an agency or lose it, and credit the parent or not."""
    drawn = room.chance.random()
    if draft.head and drawn < 0.35:
        draft.head = ""
        if drawn < 0.12:
            draft.foot = f"({parent.outlet.sign})" if parent.outlet.agency else ""
    if parent.outlet is draft.outlet or parent.outlet.agency:
        return
    if room.chance.random() < 0.22:
        name = "credit" if room.chance.random() < 0.5 else "credit_end"
        bound = {**room.story.bound, "PARENT": parent.outlet.name}
        text = written(room.world.banks[name], room.chance.random, bound)
        draft.foot = capital(text)


def _slip(room: Room, draft: Draft) -> None:
    if room.chance.random() < SLIPS and draft.paras:
        at = int(room.chance.random() * len(draft.paras))
        draft.paras[at] = slipped(draft.paras[at], room.chance, draft.changed)


def _full(_room: Room, _parent: Draft, _draft: Draft) -> None:
    """Leave all as it is."""


def _cut(room: Room, _parent: Draft, draft: Draft) -> None:
    """Drop paragraphs from the bottom."""
    count = len(draft.paras)
    kept = max(2, int(count * (0.3 + 0.55 * room.chance.random())))
    del draft.paras[kept:]


def _headline(room: Room, _parent: Draft, draft: Draft) -> None:
    """Change the headline only."""
    draft.title = Desk(room.world, room.story, draft.outlet, room.chance, draft.number).title()


def _spelling(_room: Room, parent: Draft, draft: Draft) -> None:
    """Print in the other spelling, and some words in the outlet's own."""
    draft.paras = [spelled(one, american=not parent.outlet.american) for one in draft.paras]


def _local(room: Room, _parent: Draft, draft: Draft) -> None:
    """Add paragraphs from the outlet's own town; some cut the rest for it."""
    desk = Desk(room.world, room.story, draft.outlet, room.chance, draft.number)
    if room.chance.random() < 0.3:
        _cut(room, _parent, draft)
    at = 1 + int(room.chance.random() * len(draft.paras))
    draft.paras[at:at] = desk.local()


def _merged(room: Room, parent: Draft, draft: Draft) -> None:
    """Print the upper part of one report with what another one has."""
    roots = {one.origin for one in parent.paras}
    others = [
        one
        for one in room.drafts
        if one.number != parent.number
        and one.day <= draft.day
        and one.made_as != "follow_up"
        and not roots & {p.origin for p in one.paras}
    ]
    if not others:
        draft.made_as = "cut"
        _cut(room, parent, draft)
        return
    other = others[int(room.chance.random() * len(others))]
    _cut(room, parent, draft)
    start = int(room.chance.random() * 2)
    taken = other.paras[start : start + 2 + int(room.chance.random() * 5)]
    at = 1 + int(room.chance.random() * len(draft.paras))
    draft.paras[at:at] = taken
    draft.parents.append(other.number)
    draft.depth = max(draft.depth, other.depth + 1)


def _light(room: Room, parent: Draft, draft: Draft) -> None:
    """Change words, clauses and some of the meaning."""
    draft.paras = [
        lightly(one, room.world, room.story, room.chance, draft.changed) for one in parent.paras
    ]
    if room.chance.random() < 0.5:
        _headline(room, parent, draft)


def _heavy(room: Room, parent: Draft, draft: Draft) -> None:
    """Write anew, and keep two quotations."""
    desk = Desk(room.world, room.story, draft.outlet, room.chance, draft.number)
    draft.title, draft.head = desk.title(), ""
    found = quotations(parent)
    room.chance.shuffle(found)
    draft.paras = desk.body(int(room.words * 0.7))
    for words, speaker, key in found[:2]:
        at = 1 + int(room.chance.random() * len(draft.paras))
        draft.paras.insert(at, _kept_quotation(desk, draft, words, speaker, key))
    if room.chance.random() < 0.35 and parent.outlet is not draft.outlet:
        _cite(room, parent, draft)


def quotations(parent: Draft) -> list[tuple[str, str, Key]]:
    """Return the long quotations of a report: words, key of the speaker, and lineage."""
    found: list[tuple[str, str, Key]] = []
    for one in parent.paras:
        spans = ((said.key, span) for said in one.said if said.mode == "!" for span in said.content)
        for (speaker, (start, end)), key in zip(spans, one.quotes, strict=True):
            words = one.text[start:end]
            if words.count(" ") >= LONG_QUOTATION:
                found.append((words.rstrip(",."), speaker, key))
    return found


def _kept_quotation(desk: Desk, draft: Draft, words: str, speaker: str, key: Key) -> Para:
    desk.speaker(speaker)
    words = quotation_altered(words, desk.chance, draft.changed)
    frames = desk.world.banks["kept"]
    desk.bound["KEPT"] = words
    text = sentence(frames[int(desk.chance.random() * len(frames))], desk.chance.random, desk.bound)
    return para((text,), draft.number, desk.story.number(), quotes=(key,))


def _cite(room: Room, parent: Draft, draft: Draft) -> None:
    """Put in a paragraph that tells what the parent has, and names it."""
    one = next((one for one in parent.paras[:4] if not one.said), None)
    if one is None:
        return
    bound = {**room.story.bound, "PARENT": parent.outlet.name}
    lead = written(room.world.banks["citing"], room.chance.random, bound)
    first, _, rest = one.text.rstrip(".").partition(" ")
    claim = f"{first.lower() if first in COMMON else first} {rest}"
    text = lead.replace("%", claim)
    made = para((text,), one.origin, one.number, kept=one.kept * KEPT_CITED, renders=one.renders)
    draft.paras.insert(1, made)


def _translated(room: Room, parent: Draft, draft: Draft) -> None:
    """Print it as a translation of a translation would read."""
    draft.paras = [
        para(sentences, draft.number, room.story.number(), renders=one.origin)
        for sentences, one in rendered(parent.paras, room.world, room.chance)
    ]
    draft.head = ""
    _headline(room, parent, draft)


def _follow_up(room: Room, parent: Draft, draft: Draft) -> None:
    """Tell what came of it weeks later, with one paragraph of then."""
    desk = Desk(room.world, room.story, draft.outlet, room.chance, draft.number)
    draft.title, draft.head, draft.foot = desk.title("later_head"), "", ""
    draft.happening = f"{room.story.id}-later-{draft.number}"
    desk.bound["DAY2"] = WEEKDAYS[(draft.day - 2) % 7]
    background = parent.paras[-1 - int(room.chance.random() * min(4, len(parent.paras)))]
    draft.paras = [*desk.later(int(room.words * 0.8)), background]


EDITIONS: dict[Edition, Callable[[Room, Draft, Draft], None]] = {
    "full": _full,
    "cut": _cut,
    "headline": _headline,
    "spelling": _spelling,
    "local": _local,
    "merged": _merged,
    "light": _light,
    "heavy": _heavy,
    "translated": _translated,
    "follow_up": _follow_up,
}
