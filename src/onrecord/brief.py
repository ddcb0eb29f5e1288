"""What a record holds on a topic, as Markdown: words of the record, fixed headings, references.

Nothing in it is generated: each line quotes or counts what the record holds and ends in a number
that leads to the report, the place in it, and the id to open it by. It does not rank or sum up.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from onrecord.evidence import evidence_in
from onrecord.record import Record, UnknownError
from onrecord.types import (
    Actor,
    Claim,
    Dispute,
    Event,
    Evidence,
    Figure,
    Relation,
    Report,
    Statement,
)
from onrecord.wording import amount, iso_words

Noun = TypeVar("Noun")
MOST = 60  # lines of one heading: what a reader takes in; the rest is counted and can be asked for
FOUND = 1000  # matches of a topic's words that are looked at
NOBODY = "no speaker named"
MARKUP = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>|#"})


def brief(record: Record, topic: str) -> str:
    """Return what the record holds on an actor, or on words, as Markdown.

    Raises `UnknownError` when it holds nothing.
    """
    found = _on_actor(record, topic) or _on_words(record, topic)
    if not found:
        remedy = "`onrecord actors` lists who is in it; `onrecord search` finds words"
        raise UnknownError(f"nothing on {topic!r} in this record", remedy=remedy)
    pages = _References(record)
    lines = [f"# {_plain(topic)}"]
    for heading, section in SECTIONS:
        written = list(section(found, pages))
        if written:
            lines += ["", f"## {heading}", "", *written]
    lines += ["", "## References", "", *pages.listed()]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Found:
    """What a record holds on a topic."""

    record: Record
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    claims: tuple[Claim, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    relations: tuple[Relation, ...] = ()

    def __bool__(self) -> bool:
        return any((self.actors, self.statements, self.events, self.figures, self.claims))


@dataclass(slots=True)
class _References:
    """The places that lines refer to, numbered in the order in which they are first needed."""

    record: Record
    numbers: dict[tuple[str, int, int, str], int] = field(default_factory=dict)

    def to(self, *nouns: Any) -> str:
        """Return the references to the words of each noun, as ` [1] [2]`."""
        found = [(span, noun.id) for noun in nouns if (span := _words_of(noun))]
        return "".join(f" [{self._number(span, key)}]" for span, key in found)

    def _number(self, span: Evidence, key: str) -> int:
        place = (span.report, span.start, span.end, key)
        return self.numbers.setdefault(place, len(self.numbers) + 1)

    def listed(self) -> Iterator[str]:
        """Yield the lines of the list of references."""
        reports = {r.id: r for r in self.record.many(Report, [key[0] for key in self.numbers])}
        for (key, start, end, noun), number in self.numbers.items():
            report = reports[key]
            named = [report.title or report.path, report.source, _published(report)]
            words = ", ".join(_plain(part) for part in named if part)
            yield f"{number}. {words}; characters {start}–{end} of `{key}`; `{noun}`"


def _words_of(noun: Any) -> Evidence | None:
    """Return where a noun's words stand: what was said, an event's sentence, else the first."""
    if isinstance(noun, Statement):
        return noun.content[0]
    if isinstance(noun, Event) and noun.evidence:
        return noun.evidence[0]
    return next(evidence_in(noun), None)


def _published(report: Report) -> str:
    published = report.published
    if published.earliest or published.latest:
        return f"published {iso_words(published)}"
    return "date of publication cannot be told"


def _on_actor(record: Record, topic: str) -> _Found | None:
    actors = record.actors_named(topic)
    if not actors:
        return None
    statements: list[Statement] = []
    events: list[Event] = []
    claims: list[Claim] = []
    disputes: list[Dispute] = []
    relations: list[Relation] = []
    for actor in actors:
        statements += record.statements(by=actor.id, likely=True)
        statements += record.statements(about=actor.id, likely=True)
        events += record.events(actor=actor.id)
        claims += record.claims(about=actor.id)
        disputes += record.disputes(about=actor.id)
        relations += record.relations(actor=actor.id)
    said = _once(statements)
    claimed = {key for claim in claims for key in (*claim.asserted, *claim.denied)}
    word = {statement.id for statement in said} | claimed
    names = {name.casefold() for actor in actors for name in actor.names}
    return _Found(
        record,
        actors=tuple(actors),
        statements=said,
        events=_once(events),
        figures=tuple(
            figure
            for figure in record.figures()
            if figure.how == "number"
            and (figure.statement in word or any(name in figure.of.casefold() for name in names))
        ),
        claims=_once(claims),
        disputes=_once(disputes),
        relations=_once(relations),
    )


def _on_words(record: Record, topic: str) -> _Found:
    """Return what holds all the words of a topic; a report's events and figures only where they do.

    Full-text search finds the forms of a word; in a sentence its beginning is looked for.
    """
    hits = record.search(topic, limit=FOUND)
    statements = record.many(Statement, sorted(hit.id for hit in hits if hit.type == "statement"))
    stems = [word.casefold()[: max(4, len(word) - 2)] for word in topic.split()]

    def holds(*words: str) -> bool:
        text = " ".join(words).casefold()
        return all(stem in text for stem in stems)

    reports = [hit.report for hit in hits if hit.type == "report"]
    events = [e for key in reports for e in record.events(report=key)]
    figures = [f for key in reports for f in record.figures(report=key) if f.how == "number"]
    said = {statement.id for statement in statements}
    claims = [c for c in record.claims() if said & {*c.asserted, *c.denied} or holds(c.text)]
    keys = {claim.id for claim in claims}
    return _Found(
        record,
        statements=tuple(statements),
        events=_once(e for e in events if holds(*(span.text for span in e.evidence))),
        figures=_once(f for f in figures if f.statement in said or holds(f.of, f.unit)),
        claims=tuple(claims),
        disputes=tuple(d for d in record.disputes() if d.claim in keys or said & set(d.statements)),
    )


def _once(nouns: Iterable[Noun]) -> tuple[Noun, ...]:
    found = {noun.id: noun for noun in nouns}  # type: ignore[attr-defined]
    return tuple(found.values())


# The sections, each a function from what was found to lines


def _names(found: _Found, _: _References) -> Iterator[str]:
    for actor in found.actors:
        names = "; ".join(_plain(name) for name in actor.names)
        yield f"- {_plain(actor.name)} ({actor.kind}): {names}; `{actor.id}`"


def _statements(found: _Found, pages: _References) -> Iterator[str]:
    by_speaker: dict[str, list[Statement]] = {}
    for statement in found.statements:
        by_speaker.setdefault(statement.speaker.name, []).append(statement)
    ordered = sorted(by_speaker, key=lambda name: (-len(by_speaker[name]), name))
    lines = [_statement(s, pages) for name in ordered for s in by_speaker[name][:MOST]]
    yield from _first(lines, len(found.statements), lambda line: line())


def _statement(statement: Statement, pages: _References) -> Callable[[], str]:
    return lambda: f"- {_said(statement)}{pages.to(statement)}"


def _said(statement: Statement) -> str:
    """Return a statement on one line: who, what the words do, when, through whom, the words."""
    marks = [statement.act, iso_words(statement.said)]
    marks += [f"“{statement.hedge}”"] if statement.hedge else []
    marks += [] if statement.voiced else ["not in words"]
    hands = "".join(f", by way of {_plain(hop.name)}" for hop in statement.chain)
    words = " … ".join(span.text for span in statement.content)
    name = _plain(statement.speaker.name) if statement.speaker.is_told else NOBODY
    return f"**{name}** ({', '.join(marks)}){hands}: “{_plain(words)}”"


def _claims(found: _Found, pages: _References) -> Iterator[str]:
    """Yield the claims that somebody denies, and those that more than one statement bears on."""
    chosen = [c for c in found.claims if c.denied or len(c.asserted) + len(c.told) > 1]
    yield from _first(chosen, len(chosen), lambda claim: _claim(claim, found, pages))


def _claim(claim: Claim, found: _Found, pages: _References) -> str:
    origins = found.record.origin_names(claim)
    sides = [found.record.many(Statement, keys) for keys in (claim.asserted, claim.denied)]
    events = found.record.many(Event, claim.told)
    reports = {item.report for item in sides[0]} | {event.report for event in events}
    count = f"{_counted(len(reports), 'report')}, {_counted(len(origins), 'origin')}"
    names = "; ".join(map(_plain, origins))
    lines = [f"- {_plain(claim.text)} — {count}{': ' if names else ''}{names}{pages.to(claim)}"]
    hows = {link.statement: link for link in claim.links}
    for heading, statements in zip(("asserted", "denied"), sides, strict=True):
        for item in statements:
            link = hows.get(item.id)
            how = f" ({link.how}: {link.why})" if link else ""
            lines.append(f"  - {heading}: {_said(item)}{_plain(how)}{pages.to(item)}")
    lines += [f"  - told: {_plain(found.record.describe(e))}{pages.to(e)}" for e in events]
    return "\n".join(lines)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _disputes(found: _Found, pages: _References) -> Iterator[str]:
    """Yield the disputes that are no denial: those stand under the claims."""
    chosen = [d for d in found.disputes if d.kind != "denial" or d.claim is None]
    yield from _first(chosen, len(chosen), lambda dispute: _dispute(dispute, found, pages))


def _dispute(dispute: Dispute, found: _Found, pages: _References) -> str:
    lines = [f"- {_plain(dispute.text)} ({dispute.kind})"]
    statements = found.record.many(Statement, dispute.statements)
    lines += [f"  - {_said(item)}{pages.to(item)}" for item in statements]
    figures = found.record.many(Figure, dispute.figures)
    lines += [f"  - {_plain(found.record.describe(f))}{pages.to(f)}" for f in figures]
    if len(lines) == 1:
        lines[0] += f" `{dispute.id}`"
    return "\n".join(lines)


def _figures(found: _Found, pages: _References) -> Iterator[str]:
    ordered = sorted(found.figures, key=lambda f: (f.unit, f.of.casefold(), f.report, f.id))
    if not ordered:
        return
    said = [figure.statement for figure in ordered if figure.statement]
    speakers = {s.id: s.speaker.name for s in found.record.many(Statement, said)}
    yield "| value | unit | of | as of | on the word of | |"
    yield "| --- | --- | --- | --- | --- | --- |"

    def row(figure: Figure) -> str:
        word = speakers.get(figure.statement or "", "the report")
        words = [amount(figure), figure.unit, figure.of, iso_words(figure.when), word]
        return "| " + " | ".join(map(_plain, words)) + f" |{pages.to(figure)} |"

    yield from map(row, ordered[:MOST])
    if len(ordered) > MOST:
        yield f"\nand {len(ordered) - MOST:,} more"


def _timeline(found: _Found, pages: _References) -> Iterator[str]:
    dated: list[Event | Statement] = []
    dated += [e for e in found.events if e.when.earliest or e.when.latest]
    dated += [s for s in found.statements if s.said.earliest or s.said.latest]

    def line(noun: Event | Statement) -> str:
        words = _plain(found.record.describe(noun))
        return f"- {iso_words(_when(noun))}: {words}{pages.to(noun)}"

    yield from _first(sorted(dated, key=_by_day), len(dated), line)


def _undated(found: _Found, pages: _References) -> Iterator[str]:
    events = [e for e in found.events if not (e.when.earliest or e.when.latest)]
    yield from _first(
        events, len(events), lambda e: f"- {_plain(found.record.describe(e))}{pages.to(e)}"
    )


def _when(noun: Event | Statement) -> Any:
    return noun.when if isinstance(noun, Event) else noun.said


def _by_day(noun: Event | Statement) -> tuple[date, date, str]:
    when = _when(noun)
    return when.earliest or when.latest, when.latest or date.max, noun.id


def _roles(found: _Found, pages: _References) -> Iterator[str]:
    for actor in found.actors:
        for role in actor.roles:
            of = f" of {_plain(role.of)}" if role.of else ""
            number = "".join(f" [{pages._number(span, actor.id)}]" for span in role.evidence[:1])
            name = _plain(actor.name)
            yield f"- {name}: {_plain(role.role)}{of}, {iso_words(role.when)}{number}"
        for part in actor.part_of:
            number = "".join(f" [{pages._number(span, actor.id)}]" for span in part.evidence[:1])
            whole = _plain(found.record.name_of(part.actor))
            yield f"- {_plain(actor.name)}: part of {whole}, {iso_words(part.when)}{number}"


def _relations(found: _Found, pages: _References) -> Iterator[str]:
    yield from _first(
        found.relations, len(found.relations), lambda item: _relation(item, found.record, pages)
    )


def _relation(item: Relation, record: Record, pages: _References) -> str:
    held, reported = iso_words(item.held), iso_words(item.reported)
    beneath = [*record.many(Statement, item.statements), *record.many(Event, item.events)]
    numbers = pages.to(item) or pages.to(*beneath[:3])
    words = _plain(record.describe(item))
    return f"- {words}: {item.status}; held {held}; reported {reported}{numbers}"


def _first(nouns: Sequence[Noun], of: int, line: Callable[[Noun], str]) -> Iterator[str]:
    """Yield a line for each of the first so many, and how many more there are."""
    yield from map(line, nouns[:MOST])
    if of > MOST:
        yield f"\nand {of - MOST:,} more"


def _plain(words: str) -> str:
    """Return words on one line, with what Markdown would take for markup escaped."""
    return " ".join(words.split()).translate(MARKUP)


SECTIONS: tuple[tuple[str, Callable[[_Found, _References], Iterator[str]]], ...] = (
    ("Names", _names),
    ("Who says what", _statements),
    ("Claims: who asserts and who denies them", _claims),
    ("Other disputes", _disputes),
    ("Figures side by side", _figures),
    ("Time line", _timeline),
    ("Undated events", _undated),
    ("Roles", _roles),
    ("Relations", _relations),
)
