"""Everything that a reader can ask of a record; every answer carries its evidence."""

import dataclasses
import functools
import itertools
import typing
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Self, TypeVar

from rapidfuzz import fuzz, process

from onrecord import wording
from onrecord.bitemporal import Known, as_known
from onrecord.counting import Tally, by_month
from onrecord.decisions import standing
from onrecord.errors import OnRecordError
from onrecord.evidence import TextOf, evidence_in, fault, paragraphs_of
from onrecord.geography import fold
from onrecord.intervals import overlaps, sort_key, within
from onrecord.store import JOINED, Store
from onrecord.store.schema import LINKS, NOUNS, table_name
from onrecord.toll import Toll, toll
from onrecord.types import (
    Actor,
    Candidate,
    Claim,
    Copy,
    Dating,
    Decision,
    Dispute,
    Doubt,
    Entity,
    Event,
    Evidence,
    Figure,
    Happening,
    Hit,
    LinkSide,
    Mention,
    Narrowing,
    Origin,
    Overview,
    Paragraph,
    Promised,
    Reading,
    Relation,
    Report,
    Sequel,
    Shown,
    Statement,
    Story,
    Tie,
    Time,
    TimelineLine,
    When,
)

Noun = TypeVar("Noun")
# The single ids by which a noun names another; the lists of ids are `LINKS`.
NAMES_ONE: dict[type[Any], tuple[str, ...]] = {
    Event: ("statement",),
    Figure: ("statement", "event"),
    Copy: ("from_report", "to_report"),
    Dispute: ("claim",),
}
CLOSE_NAME = 80  # of 100, by rapidfuzz: names offered when none is the one asked for


class UnknownError(OnRecordError):
    """The record holds nothing of that id or name; the remedy names what is close."""


class Record:
    """A record, opened for reading. Use it in a `with` block, or call `close`.

    Raises `RunError` when the file is no record. Example::

        with onrecord.open("talks.db") as record:
            for statement in record.statements(by="Foreign Ministry", act="deny"):
                print(statement.speaker.name, statement.content[0].text)
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._store = Store(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    # Reports

    def reports(self, *, problem: bool | None = None) -> list[Report]:
        """Return the reports by id; only those with a problem, or only those without, if asked."""
        found = self.all(Report)
        return [r for r in found if problem is None or (r.problem is not None) == problem]

    def report(self, key: str) -> Report:
        """Return the report with that id, path, or file name; raises `UnknownError`."""
        found = self._store.get(Report, key)
        if found:
            return self._resolved(found)
        for report in self.all(Report):
            if key in (report.path, Path(report.path).name, Path(report.path).stem, report.url):
                return report
        raise UnknownError(f"no report {key!r}", remedy="`onrecord reports` lists them")

    def reading(self, key: str) -> Reading:
        """Return all that was read of one report, its actors resolved."""
        reading = self._store.reading(self.report(key))
        return dataclasses.replace(
            reading,
            mentions=tuple(self._resolved(m) for m in reading.mentions),
            statements=tuple(self._resolved(s) for s in reading.statements),
            events=tuple(self._resolved(e) for e in reading.events),
            ties=tuple(self._resolved(tie) for tie in reading.ties),
        )

    # Actors

    def actors(
        self, *, kind: str | None = None, named: bool = True, limit: int | None = None
    ) -> list[Actor]:
        """Return the actors, those that most statements and events name first.

        With `named` false instead those that reports describe and never name.
        """
        wanted: dict[str, Any] = {"named": named} | ({"kind": kind} if kind else {})
        found = list(self._store.rows(Actor, **wanted))
        weight = self._weight()
        found.sort(key=lambda actor: (-weight[actor.id], actor.name, actor.id))
        return found[:limit]

    def doubtful(self) -> list[Doubt]:
        """Return pairs of actors that may be one; the one that a decision changes most comes first.

        Joining moves the lines of the one of the two that has fewer. What a reviewer decided on is
        left out.
        """
        weight = self._weight()
        by_id = {actor.id: actor for actor in self._store.rows(Actor)}
        settled = {frozenset(d.on) for d in standing(self.decisions())}
        pairs = {
            frozenset((actor.id, other)): why
            for actor in by_id.values()
            for other, why in itertools.zip_longest(actor.maybe, actor.doubts, fillvalue="")
            if other in by_id
        }
        found = []
        for pair in pairs.keys() - settled:
            one, other = sorted(pair, key=lambda key: (-weight[key], key))
            found.append(Doubt(by_id[one], by_id[other], pairs[pair], weight[other]))
        return sorted(found, key=lambda d: (-d.lines, -weight[d.one.id], d.one.id, d.other.id))

    def actor(self, name: str) -> Actor:
        """Return the actor of that id or name, however written; raises `UnknownError`."""
        found = self.actors_named(name)
        if found:
            return found[0]
        names = {n: actor.name for actor in self.actors() for n in actor.names}
        close = process.extract(
            name, sorted(names), scorer=fuzz.WRatio, limit=3, score_cutoff=CLOSE_NAME
        )
        offered = ", ".join(dict.fromkeys(names[match[0]] for match in close))
        remedy = f"Did you mean: {offered}?" if offered else "`onrecord actors` lists them"
        raise UnknownError(f"no actor {name!r} in this record", remedy=remedy)

    def actors_named(self, name: str) -> list[Actor]:
        """Return every actor of that id or name, the one most spoken of first."""
        folded = name.casefold()
        exact = self._store.get(Actor, name)
        if exact:
            return [exact]
        return [
            actor
            for actor in self.actors()
            if actor.name.casefold() == folded or folded in (n.casefold() for n in actor.names)
        ]

    def actors_like(self, words: str, *, limit: int = 20) -> list[Actor]:
        """Return the actors with all the words in their names, the most spoken of first."""
        wanted = words.casefold().split()
        named = ((actor, "\n".join(actor.names).casefold()) for actor in self.actors() if wanted)
        found = (actor for actor, names in named if all(word in names for word in wanted))
        return list(itertools.islice(found, limit))

    def name_of(self, actor: str) -> str:
        """Return the name of the actor with that id, or the id when there is none."""
        return self._names.get(actor, actor)

    def is_named(self, actor: str) -> bool:
        """Tell whether an actor has a name, not only descriptions."""
        return actor not in self._described

    def mentions(self, actor: str) -> list[Mention]:
        """Return where an actor is mentioned, by report and place."""
        entities = self.actor(actor).entities
        found = self._store.rows(Mention, actor=list(entities))
        placed = sorted(found, key=lambda mention: (mention.report, mention.span.start))
        return [self._resolved(mention) for mention in placed]

    # What is said and done

    def statements(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        act: str | None = None,
        since: date | None = None,
        until: date | None = None,
        unnamed: bool | None = None,
        report: str | None = None,
        likely: bool | None = None,
        claim: str | None = None,
        side: LinkSide | None = None,
        after: str | None = None,
    ) -> list[Statement]:
        """Return the statements that meet every condition, by report and place.

        With `likely` only those that are surely enough read; with False only the doubtful ones.

        `by` and `about` are names or ids of actors; `by` also finds a speaker as printed. A
        statement meets `since` and `until` when it may have been made between them and at least one
        of its bounds is known. `claim` is the id of a claim that it bears on, on one `side` if that
        is given. `after` is the id of a statement or event that it may have been made after: not
        on an earlier day, nor above it in its own report.
        """
        wanted: dict[str, object] = {"act": act} if act else {}
        if unnamed is not None:
            wanted["speaker_unnamed"] = unnamed
        if report:
            wanted["report"] = self.report(report).id
        if claim:
            wanted["id"] = self._bearing(claim, side)
        found: Iterable[Statement] = self._store.rows(Statement, **wanted)
        if by:
            found = self._by(found, by)
        if about:
            keys = set(self._store.owners("statement.about", self.actor(about).entities))
            found = (statement for statement in found if statement.id in keys)
        if after:
            found = self._after(found, after)
        chosen = [
            s for s in found if within(s.said, since, until) and likely in (None, s.is_likely)
        ]
        return [self._resolved(statement) for statement in sorted(chosen, key=_place)]

    def _bearing(self, claim: str, side: LinkSide | None) -> list[str]:
        """Return the statements on a side of a claim, on both where none is asked for."""
        noun = self.get(claim)
        if not isinstance(noun, Claim):
            raise UnknownError(f"{claim!r} is no claim", remedy="`onrecord claims` lists them")
        sides = {"for": noun.asserted, "against": noun.denied}
        return list(sides[side] if side else (*noun.asserted, *noun.denied))

    def _after(self, found: Iterable[Statement], key: str) -> Iterator[Statement]:
        """Yield the statements that may have been made after another, or after an event."""
        noun = self.get(key)
        if not isinstance(noun, Statement | Event):
            remedy = "`onrecord statements` and `onrecord events` list them"
            raise UnknownError(f"{key!r} is no statement or event", remedy=remedy)
        when = noun.said if isinstance(noun, Statement) else noun.when
        first = when.earliest or when.latest
        for statement in found:
            above = statement.report == noun.report and _place(statement)[1] <= _place(noun)[1]
            if overlaps(statement.said, first, None) and not above and statement.id != key:
                yield statement

    def _by(self, found: Iterable[Statement], by: str) -> Iterator[Statement]:
        folded = by.casefold()
        actors = self.actors_named(by)
        entities = {entity for actor in actors for entity in actor.entities}
        for statement in found:
            speaker = statement.speaker
            printed = folded in (speaker.name.casefold(), (speaker.represents or "").casefold())
            if speaker.actor in entities or printed:
                yield statement

    def events(
        self,
        *,
        actor: str | None = None,
        event: str | None = None,
        standing: str | None = None,
        since: date | None = None,
        until: date | None = None,
        report: str | None = None,
    ) -> list[Event]:
        """Return the events that meet every condition; `actor` is who did or suffered them."""
        wanted: dict[str, object] = {"event": event} if event else {}
        if standing:
            wanted["standing"] = standing
        if report:
            wanted["report"] = self.report(report).id
        found: Iterable[Event] = self._store.rows(Event, **wanted)
        if actor:
            entities = self.actor(actor).entities
            keys = set(self._store.owners("event.actor", entities))
            keys |= set(self._store.owners("event.recipient", entities))
            found = (item for item in found if item.id in keys)
        chosen = [item for item in found if within(item.when, since, until)]
        return [self._resolved(item) for item in sorted(chosen, key=_place)]

    def happenings(
        self,
        *,
        actor: str | None = None,
        between: tuple[str, str] | None = None,
        event: str | None = None,
        standing: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> list[Happening]:
        """Return what happened, once each however many reports tell it, by time.

        `between` is two actors that are on either side; `standing` the firmest that a report gives.
        """
        found: Iterable[Happening] = self._store.rows(
            Happening, **({"event": event} if event else {})
        )
        if actor:
            id_ = self.actor(actor).id
            found = (one for one in found if id_ in (*one.actor, *one.recipient))
        if between:
            pair = tuple(self.actor(name).id for name in between)
            found = (one for one in found if _between(one, pair) or _between(one, pair[::-1]))
        if standing:
            found = (one for one in found if one.standings[0] == standing)
        chosen = [one for one in found if within(one.when, since, until)]
        return sorted(chosen, key=lambda one: (sort_key(one.when), one.id))

    def sequels(self, *, of: str | None = None) -> list[Sequel]:
        """Return what became of what was announced; of one statement or event, by id, if asked."""
        found = self._store.rows(Sequel)
        return [one for one in found if of is None or of in (one.first, one.then)]

    def promises(self, *, by: str | None = None, outcome: str | None = None) -> list[Promised]:
        """Return what is promised or threatened in words, by report and place, and its outcome.

        Of one speaker, and with one outcome, if asked; "open" is that of which no more is told.
        """
        # An act announced in somebody's words is an event, whose sequels are its promise's too.
        words = {event.id: event.statement for event in self._store.rows(Event)}
        told: dict[str, list[Sequel]] = {}
        for one in self._store.rows(Sequel):
            told.setdefault(words.get(one.first) or one.first, []).append(one)
        found = (
            Promised(said, tuple(told.get(said.id, ())))
            for said in self.statements(by=by, likely=True)
            if said.act in ("promise", "threaten") or said.id in told
        )
        return [one for one in found if outcome is None or outcome in one.outcomes]

    def by_month(self, happenings: Iterable[Happening]) -> list[Tally]:
        """Return happenings counted by month, type and standing, with what they rest on."""
        return by_month(happenings, self._store.rows(Copy))

    def figures(
        self,
        *,
        unit: str | None = None,
        kind: str | None = None,
        event: str | None = None,
        report: str | None = None,
    ) -> list[Figure]:
        """Return the figures by report and place: of one unit, kind, event or report, if asked."""
        asked = {"unit": unit, "kind": kind, "event": event}
        wanted: dict[str, object] = {name: value for name, value in asked.items() if value}
        if report:
            wanted["report"] = self.report(report).id
        return sorted(self._store.rows(Figure, **wanted), key=_place)

    def toll(self, report: str) -> Toll:
        """Return how many a report tells as killed and wounded."""
        found = self.report(report)
        return toll(self.figures(report=found.id), found.text)

    def times(self, report: str) -> list[Time]:
        """Return the time expressions of a report in their order."""
        return sorted(self._store.rows(Time, report=self.report(report).id), key=_place)

    def timeline(self, actor: str) -> list[TimelineLine]:
        """Return what an actor did, suffered and said, and its roles, by date; undated last."""
        found = self.actor(actor)
        lines = [
            TimelineLine(e.when, self.describe(e), "event", e.id, e.report)
            for e in self.events(actor=found.id)
        ]
        lines += [
            TimelineLine(s.said, self.describe(s), "statement", s.id, s.report)
            for s in self.statements(by=found.id, likely=True)
        ]
        lines += [
            TimelineLine(
                role.when, wording.role_words(role.role, role.of), "role", found.id, span.report
            )
            for role in found.roles
            for span in role.evidence[:1]
        ]
        return sorted(lines, key=lambda line: (sort_key(line.when), line.type, line.id))

    # What the reports hold together

    def copies(self) -> list[Copy]:
        """Return who took which passages from whom."""
        return list(self._store.rows(Copy))

    def origins(self) -> list[Origin]:
        """Return where the lines of copies and citations end."""
        return list(self._store.rows(Origin))

    def stories(self) -> list[Story]:
        """Return the stories, those in most reports first."""
        return sorted(self._store.rows(Story), key=lambda s: (-len(s.reports), s.id))

    def claims(self, *, about: str | None = None, known_by: date | None = None) -> list[Claim]:
        """Return the claims, those that most statements and events bear on first.

        About one actor if asked; with `known_by` as they stood in reports that may have been
        published by that day.
        """
        found = [self._resolved(claim) for claim in self._store.rows(Claim)]
        if about:
            actor = self.actor(about).id
            found = [claim for claim in found if actor in claim.about]
        if known_by:
            known = self._known(known_by)
            found = [then for claim in found if (then := known.claim(claim))]
        return sorted(found, key=lambda c: (-len(c.asserted + c.denied + c.told), c.id))

    def disputes(self, *, about: str | None = None, known_by: date | None = None) -> list[Dispute]:
        """Return the disputes, the likeliest first, of those the ones of most lines.

        About one actor if asked; with `known_by` those that had two sides in reports that may have
        been published by that day.
        """
        rows: Iterable[Dispute] = self._store.rows(Dispute)
        if known_by:
            known = self._known(known_by)
            claims_ = {claim.id: claim for claim in self._store.rows(Claim)}
            rows = [r for d in rows if (r := known.dispute(d, claims_.get(d.claim or "")))]
        found = sorted(
            rows, key=lambda d: (-round(d.likely, 1), -len(d.statements + d.figures), d.id)
        )
        if not about:
            return found
        actor = self.actor(about)
        claims = {claim.id for claim in self.claims(about=actor.id)}
        said = {s.id for s in self.statements(about=actor.id, likely=True)}
        said |= {s.id for s in self.statements(by=actor.id, likely=True)}
        return [d for d in found if d.claim in claims or said & set(d.statements)]

    def _known(self, day: date) -> Known:
        """Return what stands in reports that may have been published by a day."""
        rows = self._store.rows
        reports = frozenset(r.id for r in rows(Report) if (r.published.earliest or day) <= day)
        statements = {said.id: said for said in rows(Statement) if said.report in reports}
        return Known(
            reports=reports,
            statements=statements,
            events=frozenset(event.id for event in rows(Event) if event.report in reports),
            figures={figure.id: figure for figure in rows(Figure) if figure.report in reports},
            origins=frozenset(
                one.id for one in rows(Origin) if not statements.keys().isdisjoint(one.statements)
            ),
        )

    def relations(
        self,
        *,
        actor: str | None = None,
        kind: str | None = None,
        as_of: date | When | None = None,
        known_by: date | None = None,
    ) -> list[Relation]:
        """Return the relations, those that an actor is part of on either side if asked.

        With `as_of` those that may have held on that day, or within those days; with `known_by`
        as reports tell of them that may have been published by that day.
        """
        wanted = {"kind": kind} if kind else {}
        found = list(self._store.rows(Relation, **wanted))
        if actor:
            key = self.actor(actor).id
            found = [r for r in found if key in (r.subject, r.object)]
        if known_by:
            found = [known for r in found if (known := as_known(r, known_by))]
        if as_of:
            days = as_of if isinstance(as_of, When) else When(as_of, as_of)
            found = [r for r in found if overlaps(r.held, days.earliest, days.latest)]
        return found

    def decisions(self) -> list[Decision]:
        """Return what reviewers said, in the order of time."""
        return sorted(self._store.rows(Decision), key=lambda decision: (decision.at, decision.id))

    def candidates(self, *, actor: str | None = None) -> list[Candidate]:
        """Return what outside registers know, by id; of one actor what bears one of its names."""
        found = list(self._store.rows(Candidate))
        if actor is None:
            return found
        forms = {fold(name) for name in self.actor(actor).names}
        return [one for one in found if forms & {fold(name) for name in one.names}]

    def origin_names(self, claim: Claim) -> list[str]:
        """Return the names of the origins that a claim rests on, each once."""
        found = self.many(Origin, claim.origins)
        return list(dict.fromkeys(origin.name for origin in found))

    # Finding and opening

    def get(self, key: str) -> object:
        """Return the noun of any type with that id; raises `UnknownError`."""
        for noun in NOUNS:
            found = self._store.get(noun, key)
            if found is not None and not isinstance(found, Entity):
                return self._resolved(found)
        raise UnknownError(f"nothing with the id {key!r} in this record")

    def many(self, noun: type[Noun], keys: Sequence[str]) -> list[Noun]:
        """Return the nouns with those ids, in the order of the ids."""
        found = {item.id: item for item in self._store.rows(noun, id=list(keys))}  # type: ignore[attr-defined]
        return [self._resolved(found[key]) for key in keys if key in found]

    def naming(self, noun: type[Noun], key: str) -> list[Noun]:
        """Return the nouns of a type that name an id, not an actor's: the claims of a statement."""
        lists = [f"{table_name(kind)}.{field}" for kind, field in LINKS if kind is noun]
        keys = {owner for kind in lists for owner in self._store.owners(kind, [key])}
        for column in NAMES_ONE.get(noun, ()):
            keys |= {item.id for item in self._store.rows(noun, **{column: key})}  # type: ignore[attr-defined]
        return self.many(noun, sorted(keys))

    def all(self, noun: type[Noun]) -> Iterator[Noun]:
        """Yield every noun of a type, by id, its actors resolved."""
        for item in self._store.rows(noun):
            yield self._resolved(item)

    def search(self, words: str, *, limit: int = 20) -> list[Hit]:
        """Return the reports and statements that hold all the words, best first in each."""
        hits = []
        for key, snippet in self._store.search(Report, words, limit):
            report = self.report(key)
            hits.append(Hit("report", key, key, report.title or report.path, snippet))
        for key, snippet in self._store.search(Statement, words, limit):
            statement = self._store.get(Statement, key)
            if statement:
                hits.append(
                    Hit("statement", key, statement.report, statement.speaker.name, snippet)
                )
        return hits

    def show(self, key: str) -> Shown:
        """Return a line of the record with its evidence in the paragraphs that it stands in."""
        noun = self.get(key)
        spans = list(dict.fromkeys(evidence_in(noun)))
        if isinstance(noun, Relation | Dispute):
            spans += self._evidence_beneath(noun)
        return Shown(table_name(type(noun)), noun, tuple(self.paragraphs(spans)))

    def _evidence_beneath(self, noun: Relation | Dispute) -> list[Evidence]:
        beneath: list[Any] = list(self.many(Statement, noun.statements))
        if isinstance(noun, Relation):
            beneath += self.many(Event, noun.events)
        else:
            beneath += self.many(Figure, noun.figures)
        return [span for item in beneath for span in evidence_in(item)]

    def paragraphs(self, spans: Iterable[Evidence]) -> Iterator[Paragraph]:
        """Yield the blocks of the reports that the spans stand in, with their places marked."""
        by_report: dict[str, list[Evidence]] = {}
        for span in spans:
            by_report.setdefault(span.report, []).append(span)
        for key in sorted(by_report):
            yield from paragraphs_of(self.report(key), by_report[key])

    def describe(self, noun: object) -> str:
        """Return one line of plain words about a noun, made of what it holds and nothing else."""
        return wording.describe(noun, self.name_of)

    def overview(self, *, limit: int = 12) -> Overview:
        """Return how much the record holds, and who is most spoken of and speaks most."""
        counts = {table_name(n): self._store.count(n) for n in NOUNS if n is not Entity}
        dated = [r.published for r in self.all(Report)]
        first = [d.earliest for d in dated if d.earliest]
        last = [d.latest for d in dated if d.latest]
        about = self._store.tally("statement.about")[:limit]
        actors = {actor.id: actor for actor in self.many(Actor, [key for key, _ in about])}
        speakers = (s.speaker for s in self._store.rows(Statement))
        speaking = Counter(speaker.name for speaker in speakers if speaker.is_told)
        return Overview(
            counts=counts,
            earliest=min(first, default=None),
            latest=max(last, default=None),
            spoken_of=tuple((actors[key], n) for key, n in about if key in actors),
            speaking=tuple(sorted(speaking.items(), key=lambda item: (-item[1], item[0]))[:limit]),
            problems=tuple(self.reports(problem=True)),
        )

    def verify(self) -> Iterator[str]:
        """Yield what is wrong: each row whose evidence is not the exact words at its place."""
        yield from (fault for fault in self.proofs() if fault is not None)

    def proofs(self) -> Iterator[str | None]:
        """Yield for each piece of evidence in the record None when it is proved, else its fault.

        A row that cannot be read, or carries no evidence where it must, is a fault too.
        """
        texts = functools.lru_cache(maxsize=256)(self._text)
        for noun in NOUNS:
            name = table_name(noun)
            try:
                for item in self._store.rows(noun):
                    yield from _proofs(item, name, texts)
            except ValueError as error:
                yield f"{name}: a row that cannot be read ({str(error).splitlines()[0]})"

    def _text(self, report: str) -> str | None:
        found = self._store.get(Report, report)
        return found.text if found else None

    # Actors in place of the entities of single reports

    @functools.cached_property
    def _identity(self) -> dict[str, str]:
        return self._store.identity()

    @functools.cached_property
    def _described(self) -> frozenset[str]:
        return frozenset(actor.id for actor in self._store.rows(Actor, named=False))

    @functools.cached_property
    def _names(self) -> dict[str, str]:
        return {actor.id: actor.name for actor in self._store.rows(Actor)}

    @functools.cached_property
    def _narrowed(self) -> dict[str, Dating]:
        return {found.report: found.published for found in self._store.rows(Narrowing)}

    def _weight(self) -> Counter[str]:
        weight: Counter[str] = Counter()
        for kind in ("statement.about", "event.actor", "event.recipient"):
            weight.update(dict(self._store.tally(kind)))
        return weight

    def _resolved(self, noun: Noun) -> Noun:
        """Return a noun that names actors where it named entities, dated as its copies tell."""
        item: Any = noun
        if isinstance(item, Report):
            published = self._narrowed.get(item.id, item.published)
            item = dataclasses.replace(item, published=published)
        elif isinstance(item, Mention):
            item = dataclasses.replace(item, actor=self._actor(item.actor))
        elif isinstance(item, Event):
            item = dataclasses.replace(
                item,
                actor=self._many_actors(item.actor),
                recipient=self._many_actors(item.recipient),
                place_actor=self._maybe(item.place_actor),
            )
        elif isinstance(item, Tie):
            item = dataclasses.replace(
                item, subject=self._actor(item.subject), object=self._maybe(item.object)
            )
        elif isinstance(item, Statement):
            speaker = dataclasses.replace(item.speaker, actor=self._maybe(item.speaker.actor))
            chain = (dataclasses.replace(hop, actor=self._maybe(hop.actor)) for hop in item.chain)
            item = dataclasses.replace(
                item, speaker=speaker, chain=tuple(chain), about=self._many_actors(item.about)
            )
        return typing.cast(Noun, item)

    def _maybe(self, entity: str | None) -> str | None:
        return self._actor(entity) if entity else None

    def _actor(self, entity: str) -> str:
        return self._identity.get(entity, entity)

    def _many_actors(self, entities: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._actor(entity) for entity in entities))


def _proofs(item: Any, name: str, texts: TextOf) -> Iterator[str | None]:
    spans = list(evidence_in(item))
    if not spans and name not in JOINED:
        yield f"{name} {item.id}: it carries no evidence"
    for span in spans:
        problem = fault(span, texts(span.report))
        yield f"{name} {item.id}: {problem}" if problem else None


def _place(noun: Any) -> tuple[str, int, str]:
    span = next(evidence_in(noun))
    return noun.report, span.start, noun.id


def _between(one: Happening, pair: tuple[str, ...]) -> bool:
    return pair[0] in one.actor and pair[1] in one.recipient
