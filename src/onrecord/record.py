"""Everything that a reader can ask of a record; every answer carries its evidence."""

import dataclasses
import functools
import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Self, TypeVar

from rapidfuzz import fuzz, process

from onrecord import wording
from onrecord.bitemporal import Known, as_known
from onrecord.counting import Tally, by_month
from onrecord.decisions import Judgement, honoured, judged
from onrecord.errors import OnRecordError
from onrecord.evidence import TextOf, evidence_in, fault, paragraphs_of
from onrecord.found import AT_ONCE, Fetch, Found
from onrecord.geography import fold
from onrecord.intervals import overlaps
from onrecord.resolving import resolved
from onrecord.searching import Matches, find
from onrecord.store import JOINED, Address, Store
from onrecord.store.lines import counted_key, dispute_key
from onrecord.store.lists import Part
from onrecord.store.schema import LINKS, NOUNS, table_name
from onrecord.toll import Toll, toll
from onrecord.types import (
    Actor,
    Candidate,
    Claim,
    Copy,
    Counted,
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
    Origin,
    Overview,
    Paragraph,
    Promised,
    Question,
    Reading,
    Relation,
    Report,
    Sequel,
    Shown,
    Statement,
    Story,
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
OFFERED = 5_000  # actors among whom names are offered: those most spoken of
COUNTS_KEPT = 1_024  # numbers of lines of lists that stay in memory
NAMES_KEPT = 65_536  # names of actors that stay in memory
ROLE = "#"  # between an actor's id and the number of a role of it, in a list


class UnknownError(OnRecordError):
    """The record holds nothing of that id or name; the remedy names what is close."""


class Record:
    """A record, opened for reading. Use it in a `with` block, or call `close`.

    Raises `RunError` when the file is no record. Example::

        with onrecord.open("talks.db") as record:
            for statement in record.statements(by="Foreign Ministry", act="deny"):
                print(statement.speaker.name, statement.content[0].text)
    """

    def __init__(self, path: Address) -> None:
        self._store = Store(path)
        self.name = self._store.name
        self._names: dict[str, tuple[str, bool]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()

    def stamp(self) -> tuple[Any, ...]:
        """Return which database it is, and what is another when what was asked may be."""
        return self._store.stamp()

    # Reports

    def reports(self, *, problem: bool | None = None) -> Sequence[Report]:
        """Return the reports by id; only those with a problem, or only those without, if asked."""
        if problem is None:
            return self._by_id(Report)
        wanted = self._listed(Report, Part(("report",), how="problem" if problem else ""))
        return sorted(wanted, key=lambda report: report.id)

    def reports_by_day(
        self, *, since: date | None = None, until: date | None = None, outlet: str | None = None
    ) -> Sequence[Report]:
        """Return the reports by the day of publication; those that could not be read, first.

        Those that may have been published between two days, by one source as named, if asked.
        """
        return self._listed(Report, Part(("report",), what=outlet, since=since, until=until))

    def latest(self, limit: int) -> list[Report]:
        """Return the reports that were published last, as far as that can be told, newest first."""
        return self._listed(Report, Part(("newest",)))[:limit]

    def published(self) -> list[tuple[str, int]]:
        """Return how many reports were published in each month, as YYYY-MM."""
        told = json.loads(self._store.known_as("overview") or "{}")
        return [(month, count) for month, count in told.get("published", [])]

    def report(self, key: str) -> Report:
        """Return the report with that id, path, or file name; raises `UnknownError`."""
        found = self._store.get(Report, key) or self._store.report_at(key)
        if found:
            return self._resolved(found)
        raise UnknownError(f"no report {key!r}", remedy="`onrecord reports` lists them")

    def reading(self, key: str) -> Reading:
        """Return all that was read of one report, its actors resolved."""
        reading = self._store.reading(self.report(key))
        return dataclasses.replace(
            reading,
            mentions=tuple(self._all_resolved(reading.mentions)),
            statements=tuple(self._all_resolved(reading.statements)),
            events=tuple(self._all_resolved(reading.events)),
            ties=tuple(self._all_resolved(reading.ties)),
        )

    # Actors

    def actors(
        self,
        *,
        kind: str | None = None,
        named: bool = True,
        limit: int | None = None,
        lean: bool = False,
    ) -> Sequence[Actor]:
        """Return the actors, those that most statements and events name first.

        With `named` false instead those that reports describe and never name; with `lean` without
        the entities that each was joined from.
        """
        part = Part(("actor" if named else "described",), what=kind)
        found = self._read(part, functools.partial(self.many, Actor, lean=lean))
        return found if limit is None else found[:limit]

    def doubtful(self) -> Sequence[Doubt]:
        """Return pairs of actors that may be one; the one that a decision changes most comes first.

        Joining moves the lines of the one of the two that has fewer. What a reviewer decided on is
        left out.
        """
        store = self._store

        def pairs(keys: Sequence[tuple[str, str, str]]) -> list[Doubt]:
            ids = [key for one, other, _ in keys for key in (one, other)]
            some = self.many(Actor, list(dict.fromkeys(ids)), lean=True)
            by_id = {actor.id: actor for actor in some}
            return [
                Doubt(by_id[one], by_id[other], why, self._lines(other)) for one, other, why in keys
            ]

        return Found(store.doubts, pairs, lambda: store.count_listed(Part(("doubt",))))

    def _lines(self, actor: str) -> int:
        """Return how many statements and events name an actor."""
        lists = ("about", "did", "suffered")
        return sum(self._store.count_listed(Part((name,), (actor,))) for name in lists)

    def actor(self, name: str) -> Actor:
        """Return the actor of that id or name, however written; raises `UnknownError`."""
        found = self.actors_named(name)
        if found:
            return found[0]
        names = {
            n: actor.name for actor in self.actors(limit=OFFERED, lean=True) for n in actor.names
        }
        close = process.extract(
            name, sorted(names), scorer=fuzz.WRatio, limit=3, score_cutoff=CLOSE_NAME
        )
        offered = ", ".join(dict.fromkeys(names[match[0]] for match in close))
        remedy = f"Did you mean: {offered}?" if offered else "`onrecord actors` lists them"
        raise UnknownError(f"no actor {name!r} in this record", remedy=remedy)

    def _id(self, name: str) -> str:
        """Return the id of the actor of that id or name; raises `UnknownError`."""
        return name if self.many(Actor, [name], lean=True) else self.actor(name).id

    def actors_named(self, name: str) -> list[Actor]:
        """Return every actor of that id or name, the one most spoken of first."""
        exact = self._store.get(Actor, name)
        if exact:
            return [exact]
        return list(self._listed(Actor, Part(("called",), (name.casefold(),), how="")))

    def actors_like(self, words: str, *, limit: int = 20) -> list[Actor]:
        """Return the actors with all the words in their names, the most spoken of first.

        Without the entities that each was joined from.
        """
        wanted = words.casefold().split()
        return self.many(Actor, self._store.called(wanted, limit), lean=True) if wanted else []

    def name_of(self, actor: str) -> str:
        """Return the name of the actor with that id, or the id when there is none."""
        return self._called(actor)[0]

    def is_named(self, actor: str) -> bool:
        """Tell whether an actor has a name, not only descriptions."""
        return self._called(actor)[1]

    def _called(self, actor: str) -> tuple[str, bool]:
        found = self._names.get(actor)
        if found is None:
            self._learn([actor])
            found = self._names.get(actor, (actor, True))
        return found

    def _learn(self, actors: Iterable[str]) -> None:
        """Take names that are about to be asked for into memory, all at once."""
        new = [actor for actor in dict.fromkeys(actors) if actor not in self._names]
        if len(self._names) + len(new) > NAMES_KEPT:
            self._names = {}
        known = self._store.names(new) if new else {}
        self._names |= {actor: known.get(actor, (actor, True)) for actor in new}

    def mentions(self, actor: str) -> Sequence[Mention]:
        """Return where an actor is mentioned, by report and place."""
        key = self._id(actor)
        return Found(
            functools.partial(self._store.mentions, key),
            functools.partial(self.many, Mention),
            lambda: self._store.count_mentions(key),
        )

    def mentions_within(self, actor: str, reports: Sequence[str]) -> list[Mention]:
        """Return where an actor, by its id, is mentioned in some reports, by report and place."""
        return self.many(Mention, self._store.mentions_within(actor, reports))

    def mentioned_in(self, actor: str) -> Sequence[tuple[str, int]]:
        """Return the reports that mention an actor, with how often, most first."""
        part = Part(("mentioned",), (self._id(actor),))
        return Found(
            functools.partial(self._store.ranks, part),
            lambda pairs: [(report, -rank) for report, rank in pairs],
            lambda: self._store.count_listed(part),
        )

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
    ) -> Sequence[Statement]:
        """Return the statements that meet every condition, by report and place.

        With `likely` only those that are surely enough read; with False only the doubtful ones.

        `by` and `about` are names or ids of actors; `by` also finds a speaker as printed. A
        statement meets `since` and `until` when it may have been made between them and at least one
        of its bounds is known. `claim` is the id of a claim that it bears on, on one `side` if that
        is given. `after` is the id of a statement or event that it may have been made after: not
        on an earlier day, nor above it in its own report.
        """
        lists: tuple[str, ...] = ("said",)
        whom: tuple[str, ...] = ("",)
        among, what, table = None, act, ("statement", self.report(report).id) if report else None
        if by:
            lists, whom = self._spoken(by)
            if about:
                among = Part(("about",), (self._id(about),))
        elif about:
            lists, whom = ("about",), (self._id(about),)
        elif act:
            lists, whom, what = ("act",), (act,), None
        part = Part(
            lists,
            whom,
            what=what,
            how=None if unnamed is None else "unnamed" if unnamed else "",
            likely=likely,
            since=since,
            until=until,
            among=among,
            report=table,
        )
        if claim:
            part = dataclasses.replace(part, ids=self._bearing(claim, side))
        return self._listed(Statement, self._after(part, after) if after else part)

    def acts(self, *, by: str | None = None, about: str | None = None) -> dict[str, int]:
        """Return how many likely statements of each act there are, by an actor or about one."""
        part = Part(("said",), likely=True)
        if by:
            part = Part(*self._spoken(by), likely=True)
        elif about:
            part = Part(("about",), (self._id(about),), likely=True)
        return self._store.tally_listed(part, "what")

    def _spoken(self, by: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the lists that tell whose words are meant, and of whom.

        Of an actor by its id; else of the actors of a name, and of whoever is printed so.
        """
        if self.many(Actor, [by], lean=True):
            return ("by",), (by,)
        named = (actor.id for actor in self.actors_named(by))
        return ("by", "printed"), (*named, by.casefold())

    def _bearing(self, claim: str, side: LinkSide | None) -> tuple[str, ...]:
        """Return the statements on a side of a claim, on both where none is asked for."""
        noun = self.get(claim)
        if not isinstance(noun, Claim):
            raise UnknownError(f"{claim!r} is no claim", remedy="`onrecord claims` lists them")
        sides = {"for": noun.asserted, "against": noun.denied}
        return sides[side] if side else (*noun.asserted, *noun.denied)

    def _after(self, part: Part, key: str) -> Part:
        """Return the part of what may have been said after a statement, or after an event."""
        noun = self.get(key)
        if not isinstance(noun, Statement | Event):
            remedy = "`onrecord statements` and `onrecord events` list them"
            raise UnknownError(f"{key!r} is no statement or event", remedy=remedy)
        when = noun.said if isinstance(noun, Statement) else noun.when
        above = self._store.above(noun.report, _place(noun)[1])
        return dataclasses.replace(part, after=when.earliest or when.latest, but=(*above, key))

    def events(
        self,
        *,
        actor: str | None = None,
        event: str | None = None,
        standing: str | None = None,
        since: date | None = None,
        until: date | None = None,
        report: str | None = None,
    ) -> Sequence[Event]:
        """Return the events that meet every condition; `actor` is who did or suffered them."""
        lists: tuple[str, ...] = ("done",)
        whom, what = "", event
        if actor:
            lists, whom = ("did", "suffered"), self._id(actor)
        elif event:
            lists, whom, what = ("type",), event, None
        table = ("event", self.report(report).id) if report else None
        part = Part(lists, (whom,), what, standing, since=since, until=until, report=table)
        return self._listed(Event, part)

    def events_of(self, actor: str, side: str) -> Sequence[Event]:
        """Return what an actor did, or suffered at the hands of others, by report and place."""
        key = self._id(actor)
        if side == "did":
            return self._listed(Event, Part(("did",), (key,)))
        among = Part(("did",), (key,))
        return self._listed(Event, Part(("suffered",), (key,), without=among))

    def happenings(
        self,
        *,
        actor: str | None = None,
        between: tuple[str, str] | None = None,
        event: str | None = None,
        standing: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Sequence[Happening]:
        """Return what happened, once each however many reports tell it, by time.

        `between` is two actors that are on either side; `standing` the firmest that a report gives.
        """
        lists, whom = ("happening",), ("",)
        if between:
            pair = tuple(self._id(name) for name in between)
            actor = pair[0]
        if actor:
            lists, whom = ("happening of",), (self._id(actor),)
        part = Part(lists, whom, event, standing, since=since, until=until)
        found = self._listed(Happening, part)
        if not between:
            return found
        return [one for one in found if _between(one, pair) or _between(one, pair[::-1])]

    def sequels(self, *, of: str | None = None) -> Sequence[Sequel]:
        """Return what became of what was announced; of one statement or event, by id, if asked."""
        if of is None:
            return self._by_id(Sequel)
        found = [*self._store.rows(Sequel, first=of), *self._store.rows(Sequel, then=of)]
        return sorted({one.id: one for one in found}.values(), key=lambda one: one.id)

    def promises(self, *, by: str | None = None, outcome: str | None = None) -> Sequence[Promised]:
        """Return what is promised or threatened in words, and its outcome.

        What more is told of comes first, then by report and place. Of one speaker, and with one
        outcome, if asked; "open" is that of which no more is told.
        """
        lists, whom = self._spoken(by) if by else ((), ("",))
        if lists == ("by",):  # of actors there is a list, of names as printed none
            return self._read(Part(("promise by",), whom, what=outcome), self._promised)
        among = Part(lists, whom) if lists else None
        return self._read(Part(("promise",), what=outcome, among=among), self._promised)

    def _promised(self, keys: Sequence[str]) -> list[Promised]:
        # An act announced in somebody's words is an event, whose sequels are its promise's too.
        words = {e.id: e.statement for e in self._store.rows(Event, statement=list(keys))}
        told: dict[str, list[Sequel]] = {}
        for one in self._store.rows(Sequel, first=[*keys, *words]):
            told.setdefault(words.get(one.first) or one.first, []).append(one)
        return [
            Promised(said, tuple(sorted(told.get(said.id, ()), key=lambda one: one.id)))
            for said in self.many(Statement, keys)
        ]

    def by_month(self, happenings: Iterable[Happening]) -> list[Tally]:
        """Return happenings counted by month, type and standing, with what they rest on."""
        return by_month(happenings, self._store.rows(Copy))

    def months(self) -> list[Tally]:
        """Return all happenings counted by month, type and standing, with what they rest on."""
        return [Tally(*row) for row in json.loads(self._store.known_as("months") or "[]")]

    def figures(
        self,
        *,
        unit: str | None = None,
        kind: str | None = None,
        how: str | None = None,
        event: str | None = None,
        report: str | None = None,
    ) -> Sequence[Figure]:
        """Return the figures by report and place: of one unit, kind, event or report, if asked.

        `how` tells numbers from single persons.
        """
        if event:
            found = self._store.rows(Figure, event=event)
            chosen = (f for f in found if unit in (None, f.unit) and kind in (None, f.kind))
            return sorted((f for f in chosen if how in (None, f.how)), key=_place)
        lists, whom = (("unit",), (unit,)) if unit else (("figure",), ("",))
        table = ("figure", self.report(report).id) if report else None
        return self._listed(Figure, Part(lists, whom, kind, how, report=table))

    def counted(self, *, unit: str | None = None, kind: str | None = None) -> Sequence[Counted]:
        """Return what figures count, what more reports count first, each with its figures by size.

        Only figures that were printed as numbers; those that cannot be told to be about anything
        come last.
        """
        among = Part(("unit of",), (unit,)) if unit else None
        part = Part(("counted",), what=kind, how=None if kind else "", among=among)
        return self._read(part, lambda keys: [self.counted_as(key) for key in keys])

    def counted_as(self, key: str) -> Counted:
        """Return one thing that figures count, by its key."""
        return Counted(key, self._listed(Figure, Part(("count",), (key,))))

    def beside(self, figure: Figure) -> Sequence[Figure]:
        """Return the numbers that count what a figure counts, it among them, by size."""
        return self.counted_as(counted_key(figure.of, figure.unit)).figures if figure.of else ()

    def kinds_of_figures(self) -> list[str]:
        """Return the kinds of figures that were printed as numbers."""
        return self._kinds("figure")

    def toll(self, report: str) -> Toll:
        """Return how many a report tells as killed and wounded."""
        found = self.report(report)
        return toll(self.figures(report=found.id), found.text)

    def times(self, report: str) -> list[Time]:
        """Return the time expressions of a report in their order."""
        return sorted(self._store.rows(Time, report=self.report(report).id), key=_place)

    def timeline(self, actor: str) -> Sequence[TimelineLine]:
        """Return what an actor did, suffered and said, and its roles, by date; undated last."""
        found = self.actor(actor)
        part = Part(("time",), (found.id,))
        return self._read(part, functools.partial(self._timed, found))

    def _timed(self, actor: Actor, keys: Sequence[str]) -> list[TimelineLine]:
        """Return lines of a time line by their keys."""
        lines = {
            e.id: TimelineLine(e.when, self.describe(e), "event", e.id, e.report)
            for e in self.many(Event, keys)
        }
        lines |= {
            s.id: TimelineLine(s.said, self.describe(s), "statement", s.id, s.report)
            for s in self.many(Statement, [key for key in keys if key not in lines])
        }
        for key in keys:
            of, sign, number = key.rpartition(ROLE)
            if sign and of == actor.id:
                role = actor.roles[int(number)]
                words = wording.role_words(role.role, role.of)
                report = role.evidence[0].report if role.evidence else ""
                lines[key] = TimelineLine(role.when, words, "role", actor.id, report)
        return [lines[key] for key in keys if key in lines]

    # What the reports hold together

    def copies(self) -> Sequence[Copy]:
        """Return who took which passages from whom."""
        return self._by_id(Copy)

    def origins(self) -> Sequence[Origin]:
        """Return where the lines of copies and citations end."""
        return self._by_id(Origin)

    def stories(self) -> Sequence[Story]:
        """Return the stories, those in most reports first."""
        return self._listed(Story, Part(("story",)))

    def families(self) -> Sequence[Sequence[str]]:
        """Return the ids of reports that copies or a shared origin tie, the most first."""
        part = Part(("family",))
        kin = self._store.listed
        return self._read(part, lambda keys: [kin(Part(("kin",), (key,))) for key in keys])

    def alone(self) -> Sequence[Report]:
        """Return the reports that share nothing with another."""
        return self._listed(Report, Part(("alone",)))

    def claims(self, *, about: str | None = None, known_by: date | None = None) -> Sequence[Claim]:
        """Return the claims, those that most statements and events bear on first.

        About one actor if asked; with `known_by` as they stood in reports that may have been
        published by that day.
        """
        whom = self._id(about) if about else ""
        found = self._listed(Claim, Part(("claim of" if about else "claim",), (whom,)))
        if not known_by:
            return found
        known = self._known(known_by)
        then = [one for claim in found if (one := known.claim(claim))]
        return sorted(then, key=lambda c: (-len(c.asserted + c.denied + c.told), c.id))

    def disputes(
        self,
        *,
        about: str | None = None,
        kind: str | None = None,
        known_by: date | None = None,
    ) -> Sequence[Dispute]:
        """Return the disputes, the likeliest first, of those the ones of most lines.

        About one actor if asked; with `known_by` those that had two sides in reports that may have
        been published by that day.
        """
        whom = self._id(about) if about else ""
        part = Part(("dispute of" if about else "dispute",), (whom,), what=kind)
        found = self._listed(Dispute, part)
        if not known_by:
            return found
        known = self._known(known_by)
        claims_ = {claim.id: claim for claim in self._store.rows(Claim)}
        then = [r for d in found if (r := known.dispute(d, claims_.get(d.claim or "")))]
        return sorted(then, key=dispute_key)

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
        other: str | None = None,
        kind: str | None = None,
        as_of: date | When | None = None,
        known_by: date | None = None,
    ) -> Sequence[Relation]:
        """Return the relations, those that an actor, or two, are part of if asked.

        With `as_of` those that may have held on that day, or within those days; with `known_by`
        as reports tell of them that may have been published by that day.
        """
        one, two = (actor, other) if actor else (other, None)
        lists, whom = (("relation of",), self._id(one)) if one else (("relation",), "")
        among = Part(("relation of",), (self._id(two),)) if two else None
        days = as_of if isinstance(as_of, When) else When(as_of, as_of)
        if not known_by:
            first, last = days.earliest, days.latest
            part = Part(lists, (whom,), kind, since=first, until=last, bounded=False, among=among)
            return self._listed(Relation, part)
        found = self._listed(Relation, Part(lists, (whom,), what=kind, among=among))
        then = (known for r in found if (known := as_known(r, known_by)))
        return [r for r in then if overlaps(r.held, days.earliest, days.latest)]

    def kinds_of_relations(self) -> list[str]:
        """Return the kinds of relations that there are."""
        return self._kinds("relation")

    def _kinds(self, of: str) -> list[str]:
        told = json.loads(self._store.known_as("overview") or "{}")
        return list(told.get("kinds", {}).get(of, ()))

    def decisions(self) -> list[Decision]:
        """Return what reviewers said, in the order of time."""
        return sorted(self._store.rows(Decision), key=lambda decision: (decision.at, decision.id))

    def waiting(self) -> list[Decision]:
        """Return the decisions that no build has honoured yet."""
        known = {one.id for one in self._honoured()}
        return [one for one in self.decisions() if one.id not in known]

    def questions(self) -> Sequence[Question]:
        """Return what a reviewer could settle, what a decision would change most comes first.

        Pairs of actors that may be one, and statements that disputes rest on and that are not
        surely read.
        """
        store = self._store

        def asked(rows: Sequence[tuple[str, str, str, int]]) -> list[Question]:
            return [Question(one, other, why, lines) for one, other, why, lines in rows]

        return Found(store.questions, asked, lambda: store.count_listed(Part(("question",))))

    def entities(self, report: str) -> list[Entity]:
        """Return who is spoken of in one report, by their ids within it."""
        return list(self._store.rows(Entity, report=self.report(report).id))

    def candidates(self, *, actor: str | None = None) -> list[Candidate]:
        """Return what outside registers know, by id; of one actor what bears one of its names."""
        found = list(self._store.rows(Candidate))
        if actor is None or not found:
            return found
        named = self.many(Actor, [actor], lean=True) or [self.actor(actor)]
        forms = {fold(name) for name in named[0].names}
        return [one for one in found if forms & {fold(name) for name in one.names}]

    def origin_names(self, claim: Claim) -> list[str]:
        """Return the names of the origins that a claim rests on, each once."""
        found = self.many(Origin, claim.origins)
        return list(dict.fromkeys(origin.name for origin in found))

    # Finding and opening

    def get(self, key: str) -> object:
        """Return the noun of any type with that id; raises `UnknownError`."""
        told = key.partition("-")[0]  # ids begin with what they are of, those of the record do
        for noun in sorted(NOUNS, key=lambda noun: table_name(noun) != told):
            found = self._store.get(noun, key)
            if found is not None and not isinstance(found, Entity):
                return self._resolved(found)
        raise UnknownError(f"nothing with the id {key!r} in this record")

    def many(self, noun: type[Noun], keys: Sequence[str], *, lean: bool = False) -> list[Noun]:
        """Return the nouns with those ids, in the order of the ids.

        With `lean` without the lists that grow with the record: an actor's entities.
        """
        rows = self._store.rows(noun, lean=lean, id=list(keys))
        found = {item.id: item for item in rows}  # type: ignore[attr-defined]
        return self._all_resolved(found[key] for key in keys if key in found)

    def naming(self, noun: type[Noun], *keys: str) -> list[Noun]:
        """Return the nouns of a type that name any of some ids, none an actor's.

        The claims of a statement, the copies of a report.
        """
        lists = [f"{table_name(kind)}.{field}" for kind, field in LINKS if kind is noun]
        found = {owner for kind in lists for owner in self._store.owners(kind, keys)}
        for column in NAMES_ONE.get(noun, ()):
            wanted: dict[str, Any] = {column: keys}
            found |= {item.id for item in self._store.rows(noun, **wanted)}  # type: ignore[attr-defined]
        return self.many(noun, sorted(found))

    def all(self, noun: type[Noun]) -> Iterator[Noun]:
        """Yield every noun of a type, by id, its actors resolved."""
        rows = self._store.rows(noun)
        while part := list(itertools.islice(rows, AT_ONCE)):
            yield from self._all_resolved(part)

    def search(self, words: str, *, limit: int = 20) -> list[Hit]:
        """Return the reports and statements that hold all the words, best first in each."""
        hits = self.search_reports(words, limit=limit)
        found = self._store.search(Statement, words, limit)
        said = {one.id: one for one in self._store.rows(Statement, id=[key for key, _ in found])}
        for key, snippet in found:
            one = said[key]
            hits.append(Hit("statement", key, one.report, one.speaker.name, snippet))
        return hits

    def search_reports(self, words: str, *, limit: int = 20) -> list[Hit]:
        """Return the reports that hold all the words, best first."""
        found = self._store.search(Report, words, limit)
        reports = {report.id: report for report in self.many(Report, [key for key, _ in found])}
        return [
            Hit("report", key, key, reports[key].title or reports[key].path, snippet)
            for key, snippet in found
        ]

    def find(self, words: str, **asked: str) -> Matches:
        """Return the statements that hold all the words, narrowed by values of facets.

        Facets are speaker (a name as printed), about (an actor's id), act, outlet, year of
        publication, and standing (`searching.DISPUTED` or not).
        """
        return find(self._store, words, asked)

    def snippets(self, words: str, statements: Sequence[str]) -> list[tuple[str, str]]:
        """Return statements by id with the words that were found, marked as `search` does."""
        return self._store.snippets(Statement, words, statements)

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
        told = json.loads(self._store.known_as("overview") or "{}")
        live = (Report, Decision, Candidate) if told else NOUNS
        counts = dict(told.get("counts", {}))
        counts |= {table_name(noun): self._store.count(noun) for noun in live if noun is not Entity}
        about = told.get("spoken_of", [])[:limit]
        some = self.many(Actor, [key for key, _ in about], lean=True)
        actors = {actor.id: actor for actor in some}
        earliest, latest = (told.get(name) for name in ("earliest", "latest"))
        return Overview(
            counts=counts,
            earliest=date.fromisoformat(earliest) if earliest else None,
            latest=date.fromisoformat(latest) if latest else None,
            spoken_of=tuple((actors[key], n) for key, n in about if key in actors),
            speaking=tuple((name, count) for name, count in told.get("speaking", [])[:limit]),
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

    def _resolved(self, noun: Noun) -> Noun:
        (found,) = self._all_resolved([noun])
        return found

    def _all_resolved(self, nouns: Iterable[Noun]) -> list[Noun]:
        settled = self._settled
        told: Iterable[Any] = nouns
        if settled:
            told = (
                honoured(noun, settled[noun.id])
                if isinstance(noun, Statement) and noun.id in settled
                else noun
                for noun in nouns
            )
        return resolved(told, self._actors, self._dates)

    def _actors(self, entities: Iterable[str]) -> dict[str, str]:
        found = self._store.actors_of(entities)
        self._learn(found.values())  # whoever asks for these will name them
        return found

    @functools.cached_property
    def _settled(self) -> dict[str, Judgement]:
        return judged(self._honoured())

    def _honoured(self) -> list[Decision]:
        """Return the decisions that were there when the reports were joined."""
        known = frozenset(json.loads(self._store.known_as("honoured") or "[]"))
        return [one for one in self._store.rows(Decision) if one.id in known]

    def _dates(self, reports: Iterable[str]) -> dict[str, Dating]:
        return {key: one.published for key, one in self._store.narrowed(reports).items()}

    def forget(self) -> None:
        """Drop what is kept in memory of the file, since it may have changed."""
        self._names = {}
        self._counted.cache_clear()
        self.__dict__.pop("_settled", None)

    # Lists that are read as far as they are looked at

    def _listed(self, noun: type[Noun], part: Part) -> Found[Noun]:
        """Return the nouns of a part of lists."""
        return self._read(part, functools.partial(self.many, noun))

    def _read(self, part: Part, fetch: Fetch[Noun]) -> Found[Noun]:
        """Return a part of lists, of whose ids `fetch` makes what is asked for."""
        ids = functools.partial(self._store.listed, part)
        return Found(ids, fetch, functools.partial(self._counted, part))

    @functools.cached_property
    def _counted(self) -> Any:
        return functools.lru_cache(maxsize=COUNTS_KEPT)(self._store.count_listed)

    def _by_id(self, noun: type[Noun]) -> Found[Noun]:
        return Found(
            functools.partial(self._store.ids, noun),
            functools.partial(self.many, noun),
            lambda: self._store.count(noun),
        )


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
