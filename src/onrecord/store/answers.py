"""The questions that a store answers, each by one query or a few."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, func, literal, select, union

from onrecord.store import lists
from onrecord.store.database import Database
from onrecord.store.lists import Part
from onrecord.store.rows import from_row
from onrecord.store.schema import TABLES, identity, kept, link, listed, meta, table_name
from onrecord.store.writing import READING_FIELDS
from onrecord.types import Actor, Mention, Narrowing, Reading, Report, Statement

Noun = TypeVar("Noun")
CHUNK = 500  # ids asked for at once; SQLite takes some thousands
STREAMED = 1_000  # rows of a whole table that are fetched at once
LONG: dict[type[Any], tuple[str, ...]] = {Actor: ("entities",)}
WEIGHED = 5_000  # matches of words that are put in order: as many as can be in time
# The kind of a link where the target leads to it: SQLite would go through all links of a kind.
KIND = link.c.kind.concat("")


class Answers(ABC):
    """What can be asked of a store."""

    database: Database

    @abstractmethod
    def asking(self) -> AbstractContextManager[Connection]:
        """Give a connection to ask on."""

    def get(self, noun: type[Noun], key: str) -> Noun | None:
        """Return the noun with that id, or None."""
        return next(self.rows(noun, id=key), None)

    def rows(self, noun: type[Noun], *, lean: bool = False, **wanted: object) -> Iterator[Noun]:
        """Yield the nouns by id whose columns equal what is wanted; a list means any of them.

        With `lean` the lists that grow with the record are empty: an actor's entities.
        """
        table = TABLES[noun]
        lists = {name: value for name, value in wanted.items() if isinstance(value, (list, tuple))}
        left = LONG.get(noun, ()) if lean else ()
        query = select(*(literal("[]").label(c.name) if c.name in left else c for c in table.c))
        for name, value in wanted.items():
            if name not in lists:
                query = query.where(table.c[name] == value)
        query = query.order_by(table.c.id)
        if not lists:
            yield from self._nouns(noun, query, STREAMED if not wanted else None)
            return
        (name, values), *others = lists.items()
        assert not others, "one list of values at a time"
        chosen = list(dict.fromkeys(values))
        many = query.where(table.c[name].in_(bindparam("values", expanding=True)))
        for first in range(0, len(chosen), CHUNK):
            part = chosen[first : first + CHUNK]
            yield from self._nouns(noun, many.params(values=part))

    def _nouns(self, noun: type[Noun], query: Any, at_once: int | None = None) -> Iterator[Noun]:
        """Yield the nouns that a query finds, of very many only so many at once in memory."""
        with self.asking() as connection:
            if at_once:
                connection = connection.execution_options(yield_per=at_once)
            with connection.execute(query) as found:  # closed even if not read to its end
                for row in found.mappings():
                    yield from_row(noun, dict(row))

    def last_number(self, noun: type[Any]) -> int:
        """Return the highest number of the rows of a noun that has them, 0 for none."""
        with self.asking() as connection:
            return int(connection.execute(select(func.max(TABLES[noun].c.number))).scalar() or 0)

    def numbered(self, noun: type[Any], first: int, end: int) -> list[str]:
        """Return the ids of the rows of a noun with numbers from one up to another."""
        c = TABLES[noun].c
        with self.asking() as connection:
            # By the rows themselves: an index may be damaged where they are not.
            query = select(c.id, c.path if noun is Report else c.id)
            query = query.where(c.number >= first, c.number < end).order_by(c.number)
            return [row[0] for row in connection.execute(query)]

    def made_by(self, noun: type[Any], report: str) -> str:
        """Return what made the rows of a noun for a report, "" where there are none."""
        c = TABLES[noun].c
        of = c.id if noun is Report else c.report
        with self.asking() as connection:
            found = connection.execute(select(c.made_by).where(of == report).limit(1)).scalar()
            return str(found or "")

    def count(self, noun: type[Any], **wanted: object) -> int:
        """Return how many nouns there are whose columns equal what is wanted."""
        table = TABLES[noun]
        query = select(func.count()).select_from(table)
        for name, value in wanted.items():
            query = query.where(table.c[name] == value)
        with self.asking() as connection:
            return int(connection.execute(query).scalar_one())

    def known(self) -> dict[str, tuple[str, str]]:
        """Return by id what made each report's rows, "" for one that failed, and its path."""
        failed = self._failed()
        return {
            key: ("" if key in failed else made, path)
            for key, (made, path) in self._placed().items()
        }

    def paths(self) -> dict[str, str]:
        """Return by id where each report lies."""
        return {key: path for key, (_, path) in self._placed().items()}

    def made(self) -> dict[str, str]:
        """Return by id what made each report's rows, of those too that failed."""
        return {key: made for key, (made, _) in self._placed().items()}

    def _placed(self) -> dict[str, tuple[str, str]]:
        table = TABLES[Report]
        with self.asking() as connection:
            rows = connection.execute(select(table.c.id, table.c.made_by, table.c.path))
            return {row.id: (row.made_by, row.path) for row in rows}

    def _failed(self) -> set[str]:
        table = TABLES[Report]
        with self.asking() as connection:
            query = select(table.c.id).where(table.c.problem.is_not(None))
            return set(connection.execute(query).scalars())

    def known_as(self, name: str) -> str | None:
        """Return what was noted when the reports were joined.

        Under "corpus" the key of the reports, under "overview" how much there is of everything,
        under "months" how many happenings.
        """
        with self.asking() as connection:
            return connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar()

    # Lists in their order

    def listed(self, part: Part, offset: int = 0, limit: int | None = None) -> list[str]:
        """Return the ids of a part of lists, in order, from one on and at most so many."""
        query = lists.found(part).offset(offset).limit(limit)
        with self.asking() as connection:
            return list(connection.execute(query).scalars())

    def count_listed(self, part: Part) -> int:
        """Return how many there are of a part of lists."""
        with self.asking() as connection:
            return int(connection.execute(lists.counted(part)).scalar_one())

    def tally_listed(self, part: Part, column: str) -> dict[str, int]:
        """Return how many there are of a part of lists, by what or by how."""
        with self.asking() as connection:
            rows = connection.execute(lists.tallied(part, column))
            return {row[0]: row[1] for row in rows}

    def ranks(self, part: Part, offset: int = 0, limit: int | None = None) -> list[tuple[str, int]]:
        """Return the ids of a part of lists with the ranks that they have there."""
        query = lists.found(part).offset(offset).limit(limit)
        with self.asking() as connection:
            return [(row[0], row[1]) for row in connection.execute(query)]

    def ids(self, noun: type[Any], offset: int = 0, limit: int | None = None) -> list[str]:
        """Return the ids of nouns in their order."""
        c = TABLES[noun].c
        with self.asking() as connection:
            query = select(c.id).order_by(c.id).offset(offset).limit(limit)
            return list(connection.execute(query).scalars())

    def doubts(self, offset: int = 0, limit: int | None = None) -> list[tuple[str, str, str]]:
        """Return the pairs of actors that may be one, each with why."""
        c = listed.c
        query = select(c.id, c.what, c.how).where(c.list == "doubt").order_by(c.rank)
        with self.asking() as connection:
            rows = connection.execute(query.offset(offset).limit(limit))
            return [(row[0], row[1], row[2]) for row in rows]

    def questions(
        self, offset: int = 0, limit: int | None = None
    ) -> list[tuple[str, str, str, int]]:
        """Return what can be settled: a statement or two actors, why, how many lines it moves."""
        c = listed.c
        query = select(c.id, c.what, c.how, c.rank).where(c.list == "question").order_by(c.rank)
        with self.asking() as connection:
            rows = connection.execute(query.offset(offset).limit(limit))
            return [(row[0], row[1], row[2], -row[3]) for row in rows]

    def mentions(self, actor: str, offset: int = 0, limit: int | None = None) -> list[str]:
        """Return the ids of the mentions of an actor, by report and place."""
        c = listed.c
        there = select(c.rank, c.id).where(c.list == "mention", c.whom == actor)
        first = there.where(c.rank <= offset).order_by(c.rank.desc()).limit(1)
        with self.asking() as connection:
            begin = connection.execute(first).first()
            if begin is None:
                return []
            rest = there.where(c.rank >= begin.rank).order_by(c.rank)
            if limit is not None:
                rest = rest.where(c.rank < offset + limit)
            reports = [row.id for row in connection.execute(rest)]
        skipped = offset - begin.rank
        found = self.mentions_within(actor, reports)[skipped:]
        return found if limit is None else found[:limit]

    def mentions_within(self, actor: str, reports: Sequence[str]) -> list[str]:
        """Return the ids of the mentions of an actor in some reports, by report and place."""
        c = TABLES[Mention].c
        query = select(c.id, c.report, c.span_start).join(identity, identity.c.entity == c.actor)
        # Of an actor there are many entities, of a report few mentions: these are gone through.
        query = query.where(identity.c.actor.concat("").__eq__(actor))
        found = self._rows_of(query, c.report, reports)
        return [row[0] for row in sorted(found, key=lambda row: (row[1], row[2], row[0]))]

    def count_mentions(self, actor: str) -> int:
        """Return how many mentions of an actor there are."""
        c = listed.c
        last = select(c.rank, c.id).where(c.list == "mention", c.whom == actor)
        with self.asking() as connection:
            end = connection.execute(last.order_by(c.rank.desc()).limit(1)).first()
        return end.rank + len(self.mentions_within(actor, [end.id])) if end else 0

    def above(self, report: str, place: int) -> list[str]:
        """Return the statements of a report that begin at a place or before it."""
        c = TABLES[Statement].c
        with self.asking() as connection:
            query = select(c.id).where(c.report == report, c.place <= place)
            return list(connection.execute(query).scalars())

    def called(self, words: Sequence[str], limit: int) -> list[str]:
        """Return the named actors with each of some folded words in a name, in their order."""
        c = listed.c
        alike = [
            select(c.id).where(c.list == "called", c.whom.contains(word, autoescape=True))
            for word in words
        ]
        query = select(c.id).where(c.list == "actor", c.whom == "")
        query = query.where(*(c.id.in_(some) for some in alike)).order_by(c.rank).limit(limit)
        with self.asking() as connection:
            return list(connection.execute(query).scalars())

    def actors_of(self, entities: Iterable[str]) -> dict[str, str]:
        """Return the actors of some entities; those that have none are left out."""
        return dict(self._pairs(identity.c.entity, identity.c.actor, entities))

    def names(self, actors: Iterable[str]) -> dict[str, tuple[str, bool]]:
        """Return what actors are called, and whether that is a name."""
        c = TABLES[Actor].c
        found = self._pairs(c.id, c.name, actors), self._pairs(c.id, c.named, actors)
        named = dict(found[1])
        return {key: (name, named[key]) for key, name in found[0]}

    def narrowed(self, reports: Iterable[str]) -> dict[str, Narrowing]:
        """Return what copies tell of the dates of some reports."""
        return {one.report: one for one in self.rows(Narrowing, report=list(reports))}

    def _pairs(self, key: Any, value: Any, wanted: Iterable[str]) -> list[tuple[str, Any]]:
        query = select(key, value).where(key.in_(bindparam("wanted", expanding=True)))
        chosen, found = list(dict.fromkeys(wanted)), list[tuple[str, Any]]()
        with self.asking() as connection:
            for first in range(0, len(chosen), CHUNK):
                part = {"wanted": chosen[first : first + CHUNK]}
                found += [(row[0], row[1]) for row in connection.execute(query, part)]
        return found

    def report_at(self, key: str) -> Report | None:
        """Return the first report by id that has a path, a file's name or an address."""
        c = TABLES[Report].c
        queries = [select(c.id).where(column == key) for column in (c.path, c.file, c.stem, c.url)]
        query = union(*queries)
        with self.asking() as connection:
            ids = sorted(connection.execute(query).scalars())
        return self.get(Report, ids[0]) if ids else None

    def kept(self, name: str, made_by: str) -> list[bytes]:
        """Return the parts of what a stage kept, if it was made by that."""
        query = select(kept.c.bytes).where(kept.c.name == name, kept.c.made_by == made_by)
        with self.asking() as connection:
            return list(connection.execute(query.order_by(kept.c.part)).scalars())

    def identity(self) -> dict[str, str]:
        """Return the actor of each entity."""
        with self.asking() as connection:
            rows = connection.execute(select(identity.c.entity, identity.c.actor))
            return {row.entity: row.actor for row in rows}

    def owners(self, kind: str, targets: Sequence[str]) -> list[str]:
        """Return who names any of the ids in a list; `kind` is noun.field, as "statement.about"."""
        found: set[str] = set()
        with self.asking() as connection:
            for first in range(0, len(targets), CHUNK):
                part = list(targets[first : first + CHUNK])
                query = select(link.c.owner).where(KIND.__eq__(kind), link.c.target.in_(part))
                found.update(connection.execute(query).scalars())
        return sorted(found)

    def search(self, noun: type[Any], words: str, limit: int) -> list[tuple[str, str]]:
        """Return ids and snippets of the best matches of all words, best first.

        In a snippet the matching words stand between the control characters 2 and 3.
        """
        return self.snippets(noun, words, self.matches(words, limit, noun))

    def matches(self, words: str, limit: int, noun: type[Any] = Statement) -> list[str]:
        """Return the ids of the best matches of all words, best first.

        Where there are very many, they are the best of as many as can be looked at in time.
        """
        asked = self.database.asked(words)
        if not asked:
            return []
        query = self.database.matches(table_name(noun), WEIGHED)
        with self.asking() as connection:
            return list(connection.execute(query, {"words": asked, "limit": limit}).scalars())

    def snippets(self, noun: type[Any], words: str, ids: Sequence[str]) -> list[tuple[str, str]]:
        """Return matches with the words around, in the order of the ids."""
        asked, found = self.database.asked(words), dict[str, str]()
        query = self.database.snippets(table_name(noun))
        with self.asking() as connection:
            for first in range(0, len(ids) if asked else 0, CHUNK):
                given = {"words": asked, "ids": list(ids[first : first + CHUNK])}
                found |= {row[0]: row[1] for row in connection.execute(query, given)}
        return [(key, found[key]) for key in ids if key in found]

    def facts(self, ids: Sequence[str]) -> list[Any]:
        """Return in short what statements are, with the source and the days of their reports."""
        s, r = TABLES[Statement].c, TABLES[Report].c
        days = r.published_earliest.label("earliest"), r.published_latest.label("latest")
        query = select(s.id, s.act, s.speaker_name.label("speaker"), r.source, r.url, *days)
        query = query.join_from(TABLES[Statement], TABLES[Report], s.report == r.id)
        return self._rows_of(query, s.id, ids)

    def abouts(self, ids: Sequence[str]) -> dict[str, set[str]]:
        """Return whom statements are about, as actors."""
        query = select(link.c.owner, identity.c.actor).where(link.c.kind == "statement.about")
        query = query.join(identity, identity.c.entity == link.c.target)
        found: dict[str, set[str]] = {}
        for row in self._rows_of(query, link.c.owner, ids):
            found.setdefault(row[0], set()).add(row[1])
        return found

    def disputed(self, ids: Sequence[str]) -> set[str]:
        """Return which statements are in a dispute."""
        query = select(link.c.target).where(KIND == "dispute.statements")
        return {row[0] for row in self._rows_of(query, link.c.target, ids)}

    def _rows_of(self, query: Any, column: Any, ids: Sequence[str]) -> list[Any]:
        """Return the rows of a query whose column has one of the ids."""
        query = query.where(column.in_(bindparam("some", expanding=True)))
        found: list[Any] = []
        with self.asking() as connection:
            for first in range(0, len(ids), CHUNK):
                given = {"some": list(ids[first : first + CHUNK])}
                found += connection.execute(query, given).all()
        return found

    def readings(self) -> Iterator[Reading]:
        """Yield all that was read of each report, by id; reports with a problem are left out."""
        for report in self.rows(Report):
            if report.problem is None:
                yield self.reading(report)

    def reading(self, report: Report) -> Reading:
        """Return all that was read of one report."""
        found = {
            field: tuple(self.rows(kind, report=report.id))
            for field, kind in READING_FIELDS.items()
        }
        return Reading(report=report, **found)
