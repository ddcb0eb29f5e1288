"""A draft set as a page: the report with its blocks and statements, and the truth of it."""

import hashlib
import random
import re
from datetime import date

from onrecord.ids import make_id
from onrecord.types import (
    Block,
    BlockKind,
    Dating,
    Evidence,
    Hop,
    Reading,
    Report,
    Speaker,
    Statement,
    When,
)

from .editions import Room
from .truth import Lineage, Made
from .world import Outlet
from .writing import CITED, UNNAMED, Draft, Para, Said

# Quotation marks and dashes by outlet; every pair is one character for one, so offsets hold.
QUOTES = (
    (),
    (("“", '"'), ("”", '"'), ("’", "'"), ("—", "-")),
    (("“", "‘"), ("”", "’")),
    (("’", "'"),),
)
FURNISHED = 0.55  # of the reports of an outlet that has furniture
AS_BODY = 0.6  # of furniture that cleaning has left as body
NOT_TOLD = When()
SLUG = re.compile(r"[a-z]+")


class Page:
    """The text of a report while its blocks are set one below the other."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []

    def put(self, text: str, kind: BlockKind, why: str) -> int:
        """Set a block and return where it starts."""
        start = self.length
        self.parts.append(text)
        self.length = start + len(text) + 2
        self.blocks.append(Block(start, start + len(text), kind, why))
        return start


def made(room: Room, draft: Draft, ids: list[str], tree: int) -> Made:
    """Return the report of a draft; `ids` has the ids of the drafts before it, and gets its own."""
    chance, outlet = room.chance, draft.outlet
    page = Page()
    day = date.fromordinal(draft.day)
    if chance.random() < 0.96:
        page.put(draft.title, "title", "the first line")
    byline, dated = _byline(room, draft, day)
    if byline:
        page.put(byline, "byline", "names the writer or the day")
    furniture: list[tuple[int, int]] = []
    placed: list[tuple[int, Para]] = []
    fixed = outlet.furniture if chance.random() < FURNISHED else ()
    middle = int(chance.random() * 6) if fixed else -1
    for number, one in enumerate(draft.paras):
        if number == 0 and draft.head:
            placed.append((page.put(draft.head + one.text, "body", "running text"), one))
        else:
            placed.append((page.put(one.text, "body", "running text"), one))
        if number == middle:
            _furnish(page, chance, fixed[:1], furniture)
    if draft.foot:
        page.put(draft.foot, "body", "running text")
    _furnish(page, chance, fixed[1:] if middle >= 0 else fixed, furniture)
    text = _printed("\n\n".join(page.parts), outlet)
    name = f"{outlet.domain}/{day:%Y/%m}/{_slug(draft.title)}-{tree}-{draft.number}"
    sha = hashlib.sha256(text.encode()).hexdigest()
    key = make_id("report", sha, f"https://{name}")
    ids[draft.number] = key
    report = Report(
        id=key,
        path=name,
        sha256=sha,
        text=text,
        url=f"https://{name}",
        source=outlet.source if chance.random() < 0.97 else None,
        title=_printed(draft.title, outlet),
        byline=_printed(byline, outlet) or None,
        language="en",
        published=_dating(chance, day, key, text, dated),
        blocks=tuple(page.blocks),
    )
    return Made(
        reading=Reading(report=report, statements=tuple(_statements(room, report, draft, placed))),
        parents=tuple(ids[number] for number in draft.parents if ids[number][:6] == "report"),
        made_as=draft.made_as,
        passages=tuple(_passages(draft, placed, ids)),
        told_by=(),
        changed=tuple(draft.changed),
        happening=draft.happening,
        tree=tree,
        furniture=tuple(furniture),
    )


def _printed(text: str, outlet: Outlet) -> str:
    for mark, printed in QUOTES[outlet.quotes]:
        text = text.replace(mark, printed)
    return text


def _slug(title: str) -> str:
    return "-".join(SLUG.findall(title.lower())[:6])


def _byline(room: Room, draft: Draft, day: date) -> tuple[str, str]:
    """Return the line with the writer and the day, and the day as printed in it."""
    outlet, rnd = draft.outlet, room.chance.random
    if outlet.agency or rnd() < 0.3:
        return "", ""
    printed = f"{day.day} {day:%B %Y}" if not outlet.american else f"{day:%B} {day.day}, {day.year}"
    staff = room.world.staff
    writer = staff[int(rnd() * len(staff))]
    if outlet.dated:
        return (f"By {writer}, {printed}" if rnd() < 0.7 else f"Published: {printed}"), printed
    return f"By {writer}", ""


def _dating(chance: random.Random, day: date, key: str, text: str, dated: str) -> Dating:
    """Return the day of publication, or the bounds that are left of it."""
    if dated:
        place = text.index(dated)
        words = Evidence(key, place, place + len(dated), dated)
        return Dating(day, day, (words,), ("printed beside the byline",))
    drawn = chance.random()
    if drawn < 0.78:
        return Dating(day, day, (), ("page metadata",))
    if drawn < 0.9:
        return Dating()
    later = date.fromordinal(day.toordinal() + int(chance.random() * 20))
    if drawn < 0.95:
        return Dating(None, later, (), ("fetched then",))
    return Dating(day, later, (), ("told by its words",))


def _furnish(
    page: Page, chance: random.Random, fixed: tuple[str, ...], found: list[tuple[int, int]]
) -> None:
    """Set the fixed sentences of an outlet, most as if they were body."""
    for text in fixed:
        body = chance.random() < AS_BODY
        why = "running text" if body else "page furniture"
        start = page.put(text, "body" if body else "boilerplate", why)
        found.append((start, start + len(text)))


def _passages(draft: Draft, placed: list[tuple[int, Para]], ids: list[str]) -> list[Lineage]:
    """Return the lineage of each paragraph, and of the quotations in it."""
    found: list[Lineage] = []
    for number, (start, one) in enumerate(placed):
        offset = start + (len(draft.head) if number == 0 else 0)
        origin = one.origin if isinstance(one.origin, str) else ids[one.origin]
        renders = ids[one.renders] if isinstance(one.renders, int) else one.renders
        end = offset + len(one.text)
        words = one.text.count(" ") + 1
        found.append(Lineage(offset, end, origin, one.number, -1, words, one.kept, renders))
        if one.quotes:
            spans = (span for said in one.said if said.mode == "!" for span in said.content)
            for (first, last), (began, paragraph, nth) in zip(spans, one.quotes, strict=True):
                words = one.text.count(" ", first, last) + 1
                origin = began if isinstance(began, str) else ids[began]
                found.append(Lineage(offset + first, offset + last, origin, paragraph, nth, words))
    return found


def _statements(
    room: Room, report: Report, draft: Draft, placed: list[tuple[int, Para]]
) -> list[Statement]:
    """Return the statements of a report in order of their ids."""
    found = [
        _statement(room, report, start + (len(draft.head) if number == 0 else 0), said)
        for number, (start, one) in enumerate(placed)
        for said in one.said
    ]
    return sorted(found, key=_id_of)


def _id_of(statement: Statement) -> str:
    return statement.id


def _statement(room: Room, report: Report, offset: int, said: Said) -> Statement:
    """Return a statement with its evidence."""
    key, text = report.id, report.text

    def at(span: tuple[int, int]) -> Evidence:
        start, end = span[0] + offset, span[1] + offset
        return Evidence(key, start, end, text[start:end])

    source = (at(said.source),) if said.source else ()
    hop: tuple[Hop, ...] = ()
    if said.hop:
        words = at(said.hop)
        hop = (Hop(_outlet_name(words.text), None, (words,)),)
    content = tuple(at(span) for span in said.content)
    return Statement(
        id=make_id("statement", key, content[0].start),
        report=key,
        source=source,
        cue=(at(said.cue),) if said.cue else (),
        content=content,
        speaker=_speaker(room, said.key, source[0].text if source else ""),
        voiced=True,
        act="say",
        mode="direct" if said.mode == "!" else "indirect",
        hedge=None,
        said=NOT_TOLD,
        chain=hop,
        why="made so",
    )


def _outlet_name(printed: str) -> str:
    return printed[4:] if printed[:4] in ("the ", "The ") else printed


def _speaker(room: Room, key: str, printed: str) -> Speaker:
    if key == UNNAMED:
        return Speaker(printed, unnamed=True)
    if key == CITED:
        return Speaker(_outlet_name(printed))
    somebody = room.story.cast[key]
    return Speaker(somebody.full, role=somebody.role, represents=somebody.body)
