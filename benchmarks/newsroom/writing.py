"""Drafts: paragraphs with the marks of their statements, written from a story's templates.

A marked sentence has `~` with mode ("!" direct, "?" indirect) and the key of a speaker before each
statement, then `<content>`, `[source]`, `^cue^` and `@hand@` in any order.
"""

import random
import re
from dataclasses import dataclass, field

from .grammar import sentence, written
from .truth import Change, Edition
from .world import Outlet, Story, World, person

MARKS = re.compile(r"([~<>\[\]^@])")
Span = tuple[int, int]
Key = tuple["int | str", int, int]  # a quotation: where it begins, its paragraph, its number there
# What follows the lead, by how often.
KINDS = (
    *("fact",) * 24,
    *("quote",) * 22,
    *("indirect",) * 11,
    *("react",) * 10,
    *("colour",) * 9,
    *("num",) * 9,
    *("back",) * 8,
    *("anon",) * 6,
    *("cite",) * 6,
    *("told_self",) * 2,
)
SPEAKERS = "111222334"
UNNAMED, CITED = "_", "="


@dataclass(slots=True)
class Said:
    """A statement of a paragraph, with offsets into its text."""

    mode: str
    key: str
    source: Span | None = None
    cue: Span | None = None
    hop: Span | None = None
    content: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class Para:
    """A paragraph: its marked sentences, and where its words begin.

    `origin` is the number of a draft or the name of an agency, `quotes` the same for each direct
    quotation in order.
    """

    sentences: tuple[str, ...]
    origin: int | str
    number: int
    text: str
    said: tuple[Said, ...]
    quotes: tuple[Key, ...]
    kept: float = 1.0
    renders: int | str | None = None


@dataclass(slots=True)
class Draft:
    """A report before it is set as a page."""

    number: int
    outlet: Outlet
    day: int
    made_as: Edition
    title: str
    head: str = ""
    foot: str = ""
    paras: list[Para] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    depth: int = 0
    happening: str = ""


def para(
    sentences: tuple[str, ...],
    origin: int | str,
    number: int,
    *,
    quotes: tuple[Key, ...] | None = None,
    kept: float = 1.0,
    renders: int | str | None = None,
) -> Para:
    """Return a paragraph of marked sentences; its own quotations begin here unless told."""
    text, said = parsed(sentences)
    spans = sum(len(one.content) for one in said if one.mode == "!") if said else 0
    if quotes is None or len(quotes) != spans:
        quotes = tuple((origin, number, i) for i in range(spans))
    return Para(sentences, origin, number, text, said, quotes, kept, renders)


def parsed(sentences: tuple[str, ...]) -> tuple[str, tuple[Said, ...]]:
    """Return the text of marked sentences, and the statements: at most one in each of them."""
    out: list[str] = []
    found: list[Said] = []
    place = 0
    for one in sentences:
        if "~" in one:
            text, said = _statement(one, place)
            found.append(said)
        else:
            text = one
        out.append(text)
        place += len(text) + 1
    return " ".join(out), tuple(found)


def _statement(marked: str, place: int) -> tuple[str, Said]:
    """Return a sentence without its marks, and its statement with offsets from `place`."""
    out: list[str] = []
    said = Said("?", UNNAMED)
    opened: dict[str, int] = {}
    pieces = MARKS.split(marked)
    out.append(pieces[0])
    place += len(pieces[0])
    for i in range(1, len(pieces), 2):
        mark, piece = pieces[i], pieces[i + 1]
        if mark == "~":
            said.mode, said.key, piece = piece[0], piece[1], piece[2:]
        elif mark in "<[" or (mark in "^@" and mark not in opened):
            opened[mark] = place
        elif mark == ">":
            said.content.append((opened["<"], place))
        elif mark == "]":
            said.source = opened["["], place
        elif mark == "^":
            said.cue = opened[mark], place
        else:
            said.hop = opened[mark], place
        out.append(piece)
        place += len(piece)
    return "".join(out), said


class Desk:
    """Somebody at an outlet who writes up a story in words of their own."""

    def __init__(
        self, made: World, story: Story, outlet: Outlet, chance: random.Random, number: int | str
    ) -> None:
        self.world, self.story, self.outlet = made, story, outlet
        self.chance, self.number = chance, number
        self.bound = {**story.bound, "SELF": outlet.printed}
        self.met: set[str] = set()
        self.turns: dict[str, int] = {}

    def one(self, name: str) -> str:
        """Return the next sentence of a name; no template comes twice before all have come."""
        found = self.world.banks[name]
        turn = self.turns.get(name)
        if turn is None:
            turn = int(self.chance.random() * len(found))
        self.turns[name] = turn + 1
        text = sentence(found[turn % len(found)], self.chance.random, self.bound)
        if "?" in text:
            text = text.replace("?,", "?").replace("?.", "?")
        return text.replace("m..", "m.") if "m.." in text else text

    def new(self, *sentences: str) -> Para:
        """Return a new paragraph that begins here."""
        return para(sentences, self.number, self.story.number())

    def speaker(self, key: str) -> None:
        """Bind who speaks: in full the first time, then by the family name."""
        somebody = self.story.cast[key]
        self.bound["K"] = key
        if key in self.met:
            self.bound |= {"S_NAME": somebody.family, "S_ROLE": "", "S_END": ""}
            return
        self.met.add(key)
        told = self.chance.random() < 0.5
        self.bound["S_NAME"] = somebody.full
        self.bound["S_END"] = f", {somebody.role}" if told else ""
        self.bound["S_ROLE"] = f", {somebody.role}," if told else ""

    def paragraph(self, kind: str) -> Para:
        """Return a paragraph of a kind."""
        rnd = self.chance.random
        topic = self.story.topic
        if kind in ("quote", "indirect", "cite", "told_self"):
            self.speaker(SPEAKERS[int(rnd() * len(SPEAKERS))])
            if kind == "cite":
                outlets = self.world.outlets
                self.bound["OTHER"] = outlets[int(rnd() * len(outlets))].printed
            return self.new(self.one(kind))
        if kind == "fact":
            name = f"{topic}.fact"
            return (
                self.new(self.one(name), self.one(name))
                if rnd() < 0.3
                else self.new(self.one(name))
            )
        if rnd() < 0.2:
            return self.new(self.one(kind), self.one("colour"))
        return self.new(self.one(kind))

    def body(self, words: int) -> list[Para]:
        """Return the paragraphs of a report of about that many words."""
        rnd = self.chance.random
        made = [self.new(self.one(f"{self.story.topic}.lead"))]
        left = words * (0.5 + 1.1 * rnd()) - made[0].text.count(" ")
        while left > 0:
            one = self.paragraph(KINDS[int(rnd() * len(KINDS))])
            made.append(one)
            left -= one.text.count(" ")
        if rnd() < 0.1:
            made.append(self.new(self.one("stock")))
        return made

    def later(self, words: int) -> list[Para]:
        """Return the paragraphs of a report of what came of it weeks later."""
        made = [self.new(self.one("later"))]
        left = words * (0.4 + 0.8 * self.chance.random())
        kinds = ("later", "quote", "quote", "react", "colour", "indirect", "back")
        while left > 0:
            one = self.paragraph(kinds[int(self.chance.random() * len(kinds))])
            made.append(one)
            left -= one.text.count(" ")
        return made

    def local(self) -> list[Para]:
        """Return paragraphs of the outlet's own town, most with an interview."""
        rnd, banks = self.chance.random, self.world.banks
        self.bound["L_TOWN"] = self.outlet.town
        made = [self.new(self.one("local"))]
        if rnd() < 0.75:
            name = f"{written(banks['first'], rnd, {})} {written(banks['family'], rnd, {})}"
            key = chr(0x2460 + len(self.story.cast))
            self.story.cast[key] = person(self.world, self.chance, name, "c", self.bound)
            self.speaker(key)
            made += [self.new(self.one("told_self" if rnd() < 0.3 else "quote"))]
            if rnd() < 0.4:
                self.speaker(key)
                made += [self.new(self.one("quote"))]
        return made

    def title(self, name: str = "head") -> str:
        """Return a headline."""
        return self.one(name)
