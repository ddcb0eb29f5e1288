"""Makes the lists anew from the other tables, in the database itself where that can be."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import astuple
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
    select,
    union,
)

from onrecord.counting import by_month, month_of
from onrecord.decisions import judged
from onrecord.store.database import Database
from onrecord.store.lines import Row, days_of, row_of, rows_of
from onrecord.store.lists import LONGEST
from onrecord.store.schema import TABLES, identity, link, listed
from onrecord.types import (
    LIKELY,
    PRONOUNS,
    Corpus,
    Dispute,
    Entity,
    Event,
    Figure,
    Mention,
    Speaker,
    Statement,
    When,
)

COLUMNS = ("list", "whom", "rank", "id", "what", "how", "likely", "earliest", "latest")
MOST = 200  # actors and speakers that are kept as those most spoken of and speaking
AT_ONCE = 10_000  # rows that are written at once
NO_DAY = cast(null(), Date)


def renew(database: Database, connection: Connection, corpus: Corpus) -> Mapping[str, int]:
    """Make all lists anew from the other tables; return how many lines each actor has."""
    connection.execute(delete(listed))
    _list_statements(connection)
    _list_events(connection)
    _list_figures(connection)
    _list_mentions(connection)
    _settle(database, connection, corpus)
    weights = _weights(connection)
    _write(database, connection, rows_of(connection, corpus, weights))
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
        given |= {"likely": one.is_likely} | days_of(one.said)
        actor = corpus.identity.get(one.speaker.actor or "")
        about = {corpus.identity.get(entity) for entity in one.about}
        names = (one.speaker.name, one.speaker.represents or "")
        printed = {name.casefold()[:LONGEST] for name in names}
        whom = [("said", ""), ("act", one.act), *(("by", actor) for _ in range(bool(actor)))]
        whom += [("about", key) for key in sorted(filter(None, about))]
        whom += [("printed", name) for name in sorted(filter(None, printed))]
        rows += [row_of(name, key or "", number, one.id, **given) for name, key in whom]
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


def _type_of(name: ColumnElement[str]) -> ColumnElement[str]:
    return case((name == "by", "statement"), (name == "role", "role"), else_="event")


def _cut(column: ColumnElement[str]) -> ColumnElement[str]:
    """Return as much of a name as lists are found by."""
    return func.substr(column, 1, LONGEST)


def _write(database: Database, connection: Connection, rows: Iterable[Row]) -> None:
    waiting: list[Row] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == AT_ONCE:
            database.insert(connection, listed, waiting)
            waiting = []
    if waiting:
        database.insert(connection, listed, waiting)
