"""Lists in their order, made when the reports are joined, so that a part of any is found at once.

A row says that `id` stands at `rank` of a list: of all statements, of those by an actor, of the
disputes about one. It has beside it what the list is narrowed by, so that the nouns themselves are
read only for the lines that are shown. Everything here is made from the other tables.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    and_,
    case,
    cast,
    delete,
    desc,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    union,
)

from onrecord.components import components
from onrecord.counting import by_month, month_of
from onrecord.decisions import judged, standing
from onrecord.ids import make_id
from onrecord.intervals import sort_key
from onrecord.store.database import Database
from onrecord.store.schema import TABLES, identity, link, listed
from onrecord.types import (
    LIKELY,
    PRONOUNS,
    Actor,
    Claim,
    Corpus,
    Dispute,
    Entity,
    Event,
    Figure,
    Happening,
    Mention,
    Relation,
    Report,
    Speaker,
    Statement,
    When,
)

COLUMNS = ("list", "whom", "rank", "id", "what", "how", "likely", "earliest", "latest")
# Lists that have a line for each outcome, or kind.
TWICE = frozenset({"promise", "promise by", "counted"})
CHUNK = 500  # ids asked for at once
SURE = 0.8  # confidence from which on a statement is not asked about
MOST = 200  # actors and speakers that are kept as those most spoken of and speaking
LONGEST = 300  # characters of a name that lists are found by: keys have their limits
AT_ONCE = 10_000  # rows that are written at once
Row = dict[str, Any]
NO_DAY = cast(null(), Date)


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked of lists: which, and of whom ("": of all).

    `what` and `how` are what a list is narrowed by: the act of statements and "unnamed", the type
    of events and their standing, the kind of actors, figures, disputes and relations. An id must be
    in the part `among`, not in the part `without`, one of `ids` and none of `but`.
    """

    lists: tuple[str, ...]
    whom: tuple[str, ...] = ("",)
    what: str | None = None
    how: str | None = None
    likely: bool | None = None
    since: date | None = None
    until: date | None = None
    bounded: bool = True  # with a day asked for, only what has a bound at all
    after: date | None = None  # not wholly before that day
    among: "Part | None" = None
    without: "Part | None" = None
    ids: tuple[str, ...] | None = None
    but: tuple[str, ...] = ()
    report: tuple[str, str] | None = None  # the table, and the report that its rows stand in


def found(part: Part) -> Select[Any]:
    """Return the ranks and ids of a part, in its order."""
    c = listed.c
    if _is_once(part):
        return select(c.id, c.rank).where(*_conditions(part)).order_by(c.rank, c.id)
    number = func.min(c.rank)
    query = select(c.id, number).where(*_conditions(part)).group_by(c.id)
    return query.order_by(number, c.id)


def _is_once(part: Part) -> bool:
    """Tell whether an id can be but once among the rows that are asked for."""
    first = part.lists[0] not in TWICE or part.how == ""
    return len(part.lists) == 1 and len(part.whom) == 1 and first


def counted(part: Part) -> Select[Any]:
    """Return how many there are of a part."""
    what = func.count() if _is_once(part) else func.count(listed.c.id.distinct())
    return select(what).select_from(listed).where(*_conditions(part))


def tallied(part: Part, column: str) -> Select[Any]:
    """Return how many there are of a part for each value of what or how."""
    what = func.count() if _is_once(part) else func.count(listed.c.id.distinct())
    return select(listed.c[column], what).where(*_conditions(part)).group_by(listed.c[column])


def _type_of(name: ColumnElement[str]) -> ColumnElement[str]:
    return case((name == "by", "statement"), (name == "role", "role"), else_="event")


def _conditions(part: Part) -> list[ColumnElement[bool]]:
    c = listed.c
    made: list[ColumnElement[bool]] = [_any(c.list, part.lists)]
    made.append(_any(c.whom, [name[:LONGEST] for name in part.whom]))
    for column, wanted in (
        (c.what, part.what and part.what[:LONGEST]),
        (c.how, part.how),
        (c.likely, part.likely),
    ):
        if wanted is not None:
            made.append(column.is_(wanted) if column is c.likely else column == wanted)
    return [*made, *_overlapping(part), *_chosen(part)]


def _chosen(part: Part) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions on which ids are asked for."""
    c = listed.c
    if part.among:
        yield c.id.in_(_ids(part.among))
    if part.without:
        yield c.id.not_in(_ids(part.without))
    if part.ids is not None:
        yield c.id.in_(part.ids)
    if part.but:
        yield c.id.not_in(part.but)
    if part.report:
        name, report = part.report
        table = next(table for table in TABLES.values() if table.name == name)
        yield c.id.in_(select(table.c.id).where(table.c.report == report))


def _ids(part: Part) -> Select[Any]:
    return select(listed.c.id).where(*_conditions(part)).correlate(None)


def _cut(column: ColumnElement[str]) -> ColumnElement[str]:
    """Return as much of a name as lists are found by."""
    return func.substr(column, 1, LONGEST)


def _any(column: ColumnElement[str], values: Sequence[str]) -> ColumnElement[bool]:
    return column == values[0] if len(values) == 1 else column.in_(values)


def _overlapping(part: Part) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions on when it was."""
    c = listed.c
    if part.bounded and (part.since or part.until):
        yield or_(c.earliest.is_not(None), c.latest.is_not(None))
    for first in (part.since, part.after):
        if first:
            yield or_(c.latest.is_(None), c.latest >= first)
    if part.until:
        yield or_(c.earliest.is_(None), c.earliest <= part.until)


# Making the lists


def renew(database: Database, connection: Connection, corpus: Corpus) -> Mapping[str, int]:
    """Make all lists anew from the other tables; return how many lines each actor has."""
    connection.execute(delete(listed))
    _list_statements(connection)
    _list_events(connection)
    _list_figures(connection)
    _list_mentions(connection)
    _settle(database, connection, corpus)
    weights = _weights(connection)
    _write(database, connection, _rows(connection, corpus, weights))
    _list_disputes(connection)
    _list_promisers(connection)
    _list_times(connection)
    return weights


def summary(connection: Connection) -> str:
    """Return as JSON how much there is of each noun, and who is spoken of and speaks most."""
    counts = {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for noun, table in TABLES.items()
        if noun is not Entity
    }
    c, statement = listed.c, TABLES[Statement].c
    about = select(c.whom, func.count(c.id.distinct()).label("n")).where(c.list == "about")
    about = about.group_by(c.whom).order_by(desc("n"), c.whom).limit(MOST)
    speaking = select(statement.speaker_name, func.count().label("n"))
    speaking = speaking.group_by(statement.speaker_name).order_by(desc("n"), statement.speaker_name)
    told = [
        [name, count]
        for name, count in connection.execute(speaking.limit(MOST + len(PRONOUNS) + 1))
        if Speaker(name).is_told
    ]
    days = select(func.min(c.earliest), func.max(c.latest)).where(c.list == "report")
    first, last = connection.execute(days).one()
    both = select(c.earliest, c.latest).where(c.list == "report", c.earliest.is_not(None))
    months_ = Counter(month_of(When(*row)) for row in connection.execute(both))
    return json.dumps(
        {
            "counts": counts,
            "earliest": first and first.isoformat(),
            "latest": last and last.isoformat(),
            "kinds": {name: _whats(connection, name) for name in ("figure", "relation")},
            "published": sorted((month, n) for month, n in months_.items() if month),
            "spoken_of": [list(row) for row in connection.execute(about)],
            "speaking": told[:MOST],
        }
    )


def _whats(connection: Connection, name: str) -> list[str]:
    """Return what the lines of a list are narrowed by; of figures only the numbers."""
    c = listed.c
    query = select(c.what).where(c.list == name, c.whom == "", c.how != "person").distinct()
    return sorted(connection.execute(query).scalars())


def months(corpus: Corpus) -> str:
    """Return as JSON the happenings counted by month, type and standing."""
    return json.dumps([list(astuple(one)) for one in by_month(corpus.happenings, corpus.copies)])


def _into(connection: Connection, query: Any) -> None:
    connection.execute(insert(listed).from_select(COLUMNS, query))


def _settle(database: Database, connection: Connection, corpus: Corpus) -> None:
    """Put statements that reviewers settled in the lists that they belong in by that."""
    settled = judged(corpus.decisions)
    if not settled:
        return
    c, rows = listed.c, []
    found = [
        statement
        for reading in corpus.readings
        for statement in reading.statements
        if statement.id in settled
    ]
    for one in found:
        query = select(c.rank).where(c.list == "said", c.id == one.id)
        number = connection.execute(query).scalar_one()
        given: Row = {"what": one.act, "how": "unnamed" if one.speaker.unnamed else ""}
        given |= {"likely": one.is_likely} | _days(one.said)
        actor = corpus.identity.get(one.speaker.actor or "")
        about = {corpus.identity.get(entity) for entity in one.about}
        names = (one.speaker.name, one.speaker.represents or "")
        printed = {name.casefold()[:LONGEST] for name in names}
        whom = [("said", ""), ("act", one.act), *(("by", actor) for _ in range(bool(actor)))]
        whom += [("about", key) for key in sorted(filter(None, about))]
        whom += [("printed", name) for name in sorted(filter(None, printed))]
        rows += [_row(name, key or "", number, one.id, **given) for name, key in whom]
    lists = ("said", "act", "by", "about", "printed")
    connection.execute(delete(listed).where(c.id.in_(settled), c.list.in_(lists)))
    _write(database, connection, rows)


def _own(name: str, whom: Any, number: Any, table: Any, **given: Any) -> Select[Any]:
    """Return rows of a list for the rows of a table."""
    values: dict[str, Any] = {"what": literal(""), "how": literal(""), "likely": literal(True)}
    values |= {"earliest": NO_DAY, "latest": NO_DAY} | given
    named = [value.label(key) for key, value in values.items()]
    return select(literal(name), whom, number, table.c.id, *named)


def _again(name: str, whom: Any, of: str) -> Select[Any]:
    """Return rows of a list that is part of another, at the ranks that they have there."""
    c = listed.c
    columns = (c.rank, c.id, c.what, c.how, c.likely, c.earliest, c.latest)
    return select(literal(name), whom, *columns).where(c.list == of, c.whom == "").distinct()


def _list_statements(connection: Connection) -> None:
    t = TABLES[Statement]
    number = func.row_number().over(order_by=(t.c.report, t.c.place, t.c.id)) - 1
    _into(
        connection,
        _own(
            "said",
            literal(""),
            number,
            t,
            what=t.c.act,
            how=case((t.c.speaker_unnamed, "unnamed"), else_=""),
            likely=t.c.confidence >= LIKELY,
            earliest=t.c.said_earliest,
            latest=t.c.said_latest,
        ),
    )
    c = listed.c
    of = select(literal("act"), c.what, c.rank, c.id, c.what, c.how, c.likely, c.earliest, c.latest)
    _into(connection, of.where(c.list == "said", c.whom == ""))
    by = _again("by", identity.c.actor, "said").join_from(listed, t, t.c.id == c.id)
    _into(connection, by.join(identity, identity.c.entity == t.c.speaker_actor))
    by_, for_ = _cut(t.c.spoken_by), _cut(t.c.spoken_for)
    for column, other in ((by_, literal("")), (for_, by_)):
        printed = _again("printed", column, "said").join_from(listed, t, t.c.id == c.id)
        _into(connection, printed.where(column != "", column != other))
    _into(connection, _linked("about", "said", "statement.about"))


def _linked(name: str, of: str, kind: str) -> Select[Any]:
    """Return rows of the list of what names each actor in a list of ids."""
    joined = _again(name, identity.c.actor, of).join_from(
        listed, link, and_(link.c.owner == listed.c.id, link.c.kind == kind)
    )
    return joined.join(identity, identity.c.entity == link.c.target)


def _list_events(connection: Connection) -> None:
    t = TABLES[Event]
    number = func.row_number().over(order_by=(t.c.report, t.c.trigger_start, t.c.id)) - 1
    given = {"what": t.c.event, "how": t.c.standing}
    given |= {"earliest": t.c.when_earliest, "latest": t.c.when_latest}
    _into(connection, _own("done", literal(""), number, t, **given))
    c = listed.c
    of = select(
        literal("type"), c.what, c.rank, c.id, c.what, c.how, c.likely, c.earliest, c.latest
    )
    _into(connection, of.where(c.list == "done", c.whom == ""))
    for name, field in (("did", "actor"), ("suffered", "recipient")):
        _into(connection, _linked(name, "done", f"event.{field}"))


def _list_figures(connection: Connection) -> None:
    t = TABLES[Figure]
    number = func.row_number().over(order_by=(t.c.report, t.c.span_start, t.c.id)) - 1
    given = {"what": t.c.kind, "how": t.c.how}
    _into(connection, _own("figure", literal(""), number, t, **given))
    _into(
        connection,
        _again("unit", _cut(t.c.unit), "figure").join_from(listed, t, t.c.id == listed.c.id),
    )


def _list_mentions(connection: Connection) -> None:
    """List the reports that mention each actor, those that do most often first.

    And by their ids, each at the place that its first mention has among all of the actor.
    """
    t, blank = TABLES[Mention], (literal(""), literal(""), literal(True), NO_DAY, NO_DAY)
    query = select(literal("mentioned"), identity.c.actor, -func.count(), t.c.report, *blank)
    query = query.join_from(t, identity, identity.c.entity == t.c.actor)
    _into(connection, query.group_by(identity.c.actor, t.c.report))
    c = listed.c
    before = func.sum(-c.rank).over(partition_by=c.whom, order_by=c.id) + c.rank
    place = cast(before, Integer)  # the sum of whole numbers is none on every database
    query = select(literal("mention"), c.whom, place, c.id, *blank)
    _into(connection, query.where(c.list == "mentioned"))


def _list_promisers(connection: Connection) -> None:
    """List what each actor promised or threatened, at the ranks that it has among all."""
    by = listed.alias()
    rows = _again("promise by", by.c.whom, "promise")
    _into(connection, rows.join_from(listed, by, and_(by.c.id == listed.c.id, by.c.list == "by")))


def _list_times(connection: Connection) -> None:
    """List what each actor did, suffered and said, and its roles, by date; undated last."""
    c = listed.c
    first, last = func.min(func.coalesce(c.earliest, c.latest)), func.min(c.latest)
    type_ = func.min(_type_of(c.list))
    lines = (
        select(c.whom, c.id, first.label("first"), last.label("last"), type_.label("type"))
        .where(c.list.in_(("by", "did", "suffered", "role")), c.likely.is_(True))
        .group_by(c.whom, c.id)
    ).subquery()
    at = lines.c
    order = (at.first.is_(None), at.first, at.last.is_(None), at.last, at.type, at.id)
    place = func.row_number().over(partition_by=at.whom, order_by=order) - 1
    blank = (literal(""), literal(""), literal(True), NO_DAY, NO_DAY)
    _into(connection, select(literal("time"), at.whom, place, at.id, *blank))


def _list_disputes(connection: Connection) -> None:
    """List the disputes that each actor speaks in or is spoken of in."""
    c, dispute, said = listed.c, TABLES[Dispute], listed.alias()
    of_claim = (
        select(link.c.target.label("actor"), dispute.c.id)
        .join_from(dispute, link, link.c.owner == dispute.c.claim)
        .where(link.c.kind == "claim.about")
    )
    in_words = (
        select(said.c.whom, link.c.owner)
        .join_from(link, said, said.c.id == link.c.target)
        .where(link.c.kind == "dispute.statements", said.c.likely.is_(True))
        .where(said.c.list.in_(("by", "about")))
    )
    pairs = union(of_claim, in_words).subquery()
    rows = _again("dispute of", pairs.c.actor, "dispute")
    _into(connection, rows.join_from(listed, pairs, pairs.c.id == c.id))


def _weights(connection: Connection) -> Counter[str]:
    """Return how many statements and events name each actor."""
    weights: Counter[str] = Counter()
    c = listed.c
    query = select(c.whom, func.count()).where(c.list.in_(("about", "did", "suffered")))
    weights.update({row[0]: row[1] for row in connection.execute(query.group_by(c.whom))})
    return weights


def _write(database: Database, connection: Connection, rows: Iterable[Row]) -> None:
    waiting: list[Row] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == AT_ONCE:
            database.insert(connection, listed, waiting)
            waiting = []
    if waiting:
        database.insert(connection, listed, waiting)


def _row(name: str, whom: str, number: int, key: str, **given: Any) -> Row:
    blank = {"what": "", "how": "", "likely": True, "earliest": None, "latest": None}
    row: Row = {"list": name, "whom": whom[:LONGEST], "rank": number, "id": key} | blank | given
    return row | {"what": row["what"][:LONGEST]}


def _days(when: When) -> Row:
    return {"earliest": when.earliest, "latest": when.latest}


def _rows(connection: Connection, corpus: Corpus, weights: Mapping[str, int]) -> Iterator[Row]:
    yield from _actor_rows(corpus.actors, weights)
    yield from _doubt_rows(corpus, weights)
    yield from _unsure_rows(connection, corpus)
    yield from _counted_rows(connection)
    yield from _claim_rows(corpus.claims)
    disputes = sorted(corpus.disputes, key=dispute_key)
    for number, dispute in enumerate(disputes):
        yield _row("dispute", "", number, dispute.id, what=dispute.kind)
    stories = sorted(corpus.stories, key=lambda story: (-len(story.reports), story.id))
    for number, story in enumerate(stories):
        yield _row("story", "", number, story.id)
    yield from _relation_rows(corpus.relations, {actor.id: actor.name for actor in corpus.actors})
    yield from _happening_rows(corpus.happenings)
    yield from _report_rows(connection, corpus)
    yield from _family_rows(connection, corpus)
    yield from _promise_rows(connection, corpus)


def dispute_key(dispute: Dispute) -> tuple[float, int, str]:
    """Return what puts disputes in order: the likeliest first, of those the ones of most lines."""
    return -round(dispute.likely, 1), -len(dispute.statements + dispute.figures), dispute.id


def _doubt_rows(corpus: Corpus, weights: Mapping[str, int]) -> Iterator[Row]:
    """List the pairs of actors that may be one and are not decided on, by what joining moves."""

    def weight(key: str) -> int:
        return weights.get(key, 0)

    by_id = {actor.id: actor for actor in corpus.actors}
    settled = {frozenset(decision.on) for decision in standing(corpus.decisions)}
    pairs = {
        frozenset((actor.id, other)): why
        for actor in corpus.actors
        for other, why in zip_longest(actor.maybe, actor.doubts, fillvalue="")
        if other in by_id
    }
    found = []
    for pair in pairs.keys() - settled:
        one, other = sorted(pair, key=lambda key: (-weight(key), key))
        found.append((-weight(other), -weight(one), one, other, pairs[pair]))
    for number, (moved, _, one, other, why) in enumerate(sorted(found)):
        yield _row("doubt", "", number, one, what=other, how=why)
        yield _row("question", "", moved, one, what=other, how=why)


def _unsure_rows(connection: Connection, corpus: Corpus) -> Iterator[Row]:
    """List the statements that disputes rest on and that are not surely read."""
    c = TABLES[Statement].c
    lines: Counter[str] = Counter()
    for dispute in corpus.disputes:
        lines.update(dict.fromkeys(dispute.statements, len(dispute.statements + dispute.figures)))
    settled = judged(corpus.decisions)
    some = [key for key in lines if key not in settled]
    for first in range(0, len(some), CHUNK):
        part = some[first : first + CHUNK]
        query = select(c.id, c.confidence).where(c.id.in_(part), c.confidence < SURE)
        for key, confidence in connection.execute(query):
            why = f"read at {confidence:.0%}, and a dispute rests on it"
            yield _row("question", "", -lines[key], key, how=why)


def _actor_rows(actors: Iterable[Actor], weights: Mapping[str, int]) -> Iterator[Row]:
    ordered = sorted(actors, key=lambda one: (-weights.get(one.id, 0), one.name, one.id))
    for number, actor in enumerate(ordered):
        yield _row("actor" if actor.named else "described", "", number, actor.id, what=actor.kind)
        for name in {name.casefold()[:LONGEST] for name in (actor.name, *actor.names)}:
            how = "" if actor.named else "described"
            yield _row("called", name, number, actor.id, how=how)
        for place, role in enumerate(actor.roles):
            yield _row("role", actor.id, place, f"{actor.id}#{place:04}", **_days(role.when))


def _claim_rows(claims: Iterable[Claim]) -> Iterator[Row]:
    ordered = sorted(claims, key=lambda c: (-len(c.asserted + c.denied + c.told), c.id))
    for number, claim in enumerate(ordered):
        yield _row("claim", "", number, claim.id)
        for actor in dict.fromkeys(claim.about):
            yield _row("claim of", actor, number, claim.id)


def _relation_rows(relations: Iterable[Relation], names: Mapping[str, str]) -> Iterator[Row]:
    def key(one: Relation) -> tuple[str, str, str, str]:
        subject, object_ = names.get(one.subject, one.subject), names.get(one.object, one.object)
        return subject, one.kind, object_, one.id

    for number, one in enumerate(sorted(relations, key=key)):
        given = {"what": one.kind, "how": one.status} | _days(one.held)
        yield _row("relation", "", number, one.id, **given)
        for actor in {one.subject, one.object}:
            yield _row("relation of", actor, number, one.id, **given)


def _happening_rows(happenings: Iterable[Happening]) -> Iterator[Row]:
    ordered = sorted(happenings, key=lambda one: (sort_key(one.when), one.id))
    for number, one in enumerate(ordered):
        given = {"what": one.event, "how": one.standings[0]} | _days(one.when)
        yield _row("happening", "", number, one.id, **given)
        for actor in {*one.actor, *one.recipient}:
            yield _row("happening of", actor, number, one.id, **given)


def _report_rows(connection: Connection, corpus: Corpus) -> Iterator[Row]:
    """List the reports by the day of publication; those that could not be read come first."""
    c = TABLES[Report].c
    query = select(c.id, c.published_earliest, c.published_latest, c.problem, c.source)
    narrowed = {one.report: one.published for one in corpus.narrowings}
    found = []
    for key, earliest, latest, problem, source in connection.execute(query):
        when = narrowed.get(key)
        if when:
            earliest, latest = when.earliest, when.latest
        day = earliest or latest
        order = (problem is None, day.isoformat() if day else "9999", key)
        found.append((order, key, earliest, latest, problem, source))
    found.sort()
    for number, (_, key, earliest, latest, problem, source) in enumerate(found):
        how = "" if problem is None else "problem"
        days = {"earliest": earliest, "latest": latest}
        yield _row("report", "", number, key, what=source or "", how=how, **days)
    dated = (one for one in reversed(found) if one[2] and not one[4])
    for number, (_, key, *_rest) in enumerate(dated):
        yield _row("newest", "", number, key)


def _counted_rows(connection: Connection) -> Iterator[Row]:
    """List what numbers count, what more reports count first, and the numbers of each by size."""
    c = TABLES[Figure].c
    query = select(c.id, c.report, c.of, c.unit, c.kind, c.value, c.low, c.high)
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in connection.execute(query.where(c.how == "number")):
        groups[row.of.casefold(), row.unit].append(row)

    def order(key: tuple[str, str]) -> tuple[bool, int, int, tuple[str, str]]:
        rows = groups[key]
        return not key[0], -len({row.report for row in rows}), -len(rows), key

    for number, key in enumerate(sorted(groups, key=order)):
        name = counted_key(*key)
        for again, kind in enumerate(sorted({row.kind for row in groups[key]})):
            yield _row("counted", "", number, name, what=kind, how="again" if again else "")
        yield _row("unit of", key[1], number, name)
        for place, row in enumerate(sorted(groups[key], key=_size)):
            yield _row("count", name, place, row.id)


def counted_key(of: str, unit: str) -> str:
    """Return the key of what figures count."""
    return make_id("counted", of.casefold(), unit)


def _size(figure: Any) -> tuple[float, str]:
    given = (figure.value, figure.low, figure.high)
    return next((value for value in given if value is not None), 0), figure.id


def _family_rows(connection: Connection, corpus: Corpus) -> Iterator[Row]:
    """List the families of reports that copies or a shared origin tie, the largest first."""
    ties = [(copy.from_report, copy.to_report) for copy in corpus.copies]
    for origin in corpus.origins:
        first, *others = origin.reports or ("",)
        ties += [(first, other) for other in others]
    groups = sorted(components(ties), key=lambda group: (-len(group), group))
    for number, group in enumerate(groups):
        yield _row("family", "", number, group[0])
        for place, member in enumerate(group):
            yield _row("kin", group[0], place, member)
    tied = {member for group in groups for member in group}
    c = TABLES[Report].c
    readable = connection.execute(select(c.id).where(c.problem.is_(None)).order_by(c.id)).scalars()
    alone = (key for key in readable if key not in tied)
    for number, key in enumerate(alone):
        yield _row("alone", "", number, key)


def _promise_rows(connection: Connection, corpus: Corpus) -> Iterator[Row]:
    """List what is promised or threatened, with its outcomes; what has one comes first."""
    event, c = TABLES[Event], listed.c
    words = {row[0]: row[1] for row in connection.execute(select(event.c.id, event.c.statement))}
    told: dict[str, set[str]] = defaultdict(set)
    for one in corpus.sequels:
        told[words.get(one.first) or one.first].add(one.kind)
    said = select(c.id, c.rank, c.what).where(c.list == "said", c.whom == "", c.likely.is_(True))
    promised = [
        (key not in told, number, key)
        for key, number, act in connection.execute(said)
        if act in ("promise", "threaten") or key in told
    ]
    for number, (_, _, key) in enumerate(sorted(promised)):
        for outcome in sorted(told.get(key, {"open"})):
            yield _row("promise", "", number, key, what=outcome)
