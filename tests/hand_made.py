"""Readings made by hand, so that stages are tested without those before them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from onrecord.ids import make_id
from onrecord.parsing import evidence, parse
from onrecord.settings import Settings
from onrecord.stages.date import date as dated
from onrecord.stages.ties import ties
from onrecord.types import (
    Act,
    Actor,
    ActorKind,
    Block,
    Corpus,
    Dating,
    Entity,
    Event,
    Evidence,
    Figure,
    Mention,
    Mode,
    Reading,
    Report,
    Speaker,
    Standing,
    Statement,
    Story,
    When,
)


class Page:
    """A report being made: say which words are whose, and take its `reading`."""

    def __init__(self, name: str, text: str, *, published: date | None = None) -> None:
        blocks = tuple(Block(start, end, "body", "running text") for start, end in _lines(text))
        self.report = Report(
            id=make_id("report", name),
            path=name,
            sha256="0" * 64,
            text=text,
            source=name,
            blocks=blocks,
            published=Dating(published, published),
        )
        self.entities: dict[str, Entity] = {}
        self.mentions: list[Mention] = []
        self.statements: list[Statement] = []
        self.events: list[Event] = []
        self.figures: list[Figure] = []

    def words(self, words: str, nth: int = 1) -> Evidence:
        start = -1
        for _ in range(nth):
            start = self.report.text.index(words, start + 1)
        return evidence(self.report, start, start + len(words))

    def actor(self, *names: str, kind: ActorKind = "organisation") -> str:
        """Name an entity and every place where one of its names stands; return its id."""
        entity = Entity(
            make_id("entity", self.report.id, names), self.report.id, names[0], kind, names
        )
        self.entities[names[0]] = entity
        for name in names:
            for nth in range(1, self.report.text.count(name) + 1):
                span = self.words(name, nth)
                if not any(
                    m.span.start < span.end and m.span.end > span.start for m in self.mentions
                ):
                    key = make_id("mention", self.report.id, span.start)
                    self.mentions.append(Mention(key, self.report.id, span, entity.id, "name"))
        return entity.id

    def statement(
        self,
        content: str,
        *,
        by: str,
        act: Act = "say",
        mode: Mode = "indirect",
        unnamed: bool = False,
        represents: str | None = None,
    ) -> str:
        """Add a statement; return its id. `by` is the name of an entity, or a description."""
        span = self.words(content)
        entity = self.entities.get(by)
        about = {m.actor for m in self.mentions if span.start <= m.span.start < span.end}
        made = Statement(
            id=make_id("statement", self.report.id, span.start),
            report=self.report.id,
            source=(self.words(by),) if by in self.report.text else (),
            cue=(),
            content=(span,),
            speaker=Speaker(by, entity.id if entity else None, unnamed, represents=represents),
            voiced=True,
            act=act,
            mode=mode,
            hedge=None,
            said=When(),
            about=tuple(sorted(about)),
        )
        self.statements.append(made)
        return made.id

    def event(
        self,
        trigger: str,
        kind: str,
        *,
        actor: str,
        recipient: str | None = None,
        standing: Standing = "told",
        statement: str | None = None,
    ) -> str:
        """Add an event between entities; return its id."""
        span = self.words(trigger)
        key = make_id("event", self.report.id, span.start)
        to = (self.entities[recipient].id,) if recipient else ()
        made = Event(
            key,
            self.report.id,
            kind,
            None,
            span,
            (self.entities[actor].id,),
            to,
            None,
            When(),
            standing,
            statement,
            (span,),
        )
        self.events.append(made)
        return key

    def figure(
        self,
        words: str,
        unit: str,
        of: str,
        *,
        value: float | None = None,
        low: float | None = None,
    ) -> str:
        """Add a figure; return its id."""
        span = self.words(words)
        key = make_id("figure", self.report.id, span.start)
        low, high = (low, None) if low is not None else (value, value)
        self.figures.append(
            Figure(key, self.report.id, span, value, low, high, unit, of, When(), None)
        )
        return key

    @property
    def reading(self) -> Reading:
        return Reading(
            report=self.report,
            entities=tuple(sorted(self.entities.values(), key=lambda e: e.id)),
            mentions=tuple(sorted(self.mentions, key=lambda m: m.span.start)),
            statements=tuple(sorted(self.statements, key=lambda s: s.id)),
            events=tuple(sorted(self.events, key=lambda e: e.id)),
            figures=tuple(sorted(self.figures, key=lambda f: f.id)),
        )


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def tied(page: Page) -> Reading:
    """Return the reading of a page with the ties that its words tell."""
    reading = page.reading
    parsed = next(parse([reading.report], model=Settings().model))
    timed = replace(reading, times=dated(reading, parsed).times)
    return ties(timed, parsed)


def corpus(*pages: Page, one_story: bool = True) -> Corpus:
    """Return the corpus of the pages; entities of one name are one actor whose id is the name."""
    readings = tuple(sorted((tied(page) for page in pages), key=lambda r: r.report.id))
    by_name: dict[str, list[Entity]] = {}
    for reading in readings:
        for entity in reading.entities:
            by_name.setdefault(entity.name, []).append(entity)
    actors = tuple(
        Actor(name, name, group[0].kind, group[0].names, entities=tuple(e.id for e in group))
        for name, group in sorted(by_name.items())
    )
    reports = tuple(reading.report.id for reading in readings)
    stories = (Story("story-1", "one story", reports, When()),) if one_story else ()
    identity = {e.id: name for name, group in by_name.items() for e in group}
    return replace(Corpus(readings=readings), actors=actors, stories=stories, identity=identity)
