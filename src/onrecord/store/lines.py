"""Lines of lists that are worked out from what all reports hold together, row by row."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from sqlalchemy import (
    Connection,
    select,
)

from onrecord.components import components
from onrecord.decisions import judged, standing
from onrecord.ids import make_id
from onrecord.intervals import sort_key
from onrecord.store.lists import LONGEST
from onrecord.store.schema import TABLES, listed
from onrecord.types import (
    Actor,
    Claim,
    Corpus,
    Dispute,
    Event,
    Figure,
    Happening,
    Relation,
    Report,
    Statement,
    When,
)

CHUNK = 500  # ids asked for at once
SURE = 0.8  # confidence from which on a statement is not asked about
Row = dict[str, Any]


def row_of(name: str, whom: str, number: int, key: str, **given: Any) -> Row:
    """Return a line of a list, with what it is narrowed by where that is given."""
    blank = {"what": "", "how": "", "likely": True, "earliest": None, "latest": None}
    row: Row = {"list": name, "whom": whom[:LONGEST], "rank": number, "id": key} | blank | given
    return row | {"what": row["what"][:LONGEST]}


def days_of(when: When) -> Row:
    """Return the days that a line is narrowed by."""
    return {"earliest": when.earliest, "latest": when.latest}


def rows_of(connection: Connection, corpus: Corpus, weights: Mapping[str, int]) -> Iterator[Row]:
    """Yield the lines of all lists that need more than the tables to be put in order."""
    yield from _actor_rows(corpus.actors, weights)
    yield from _doubt_rows(corpus, weights)
    yield from _unsure_rows(connection, corpus)
    yield from _counted_rows(connection)
    yield from _claim_rows(corpus.claims)
    disputes = sorted(corpus.disputes, key=dispute_key)
    for number, dispute in enumerate(disputes):
        yield row_of("dispute", "", number, dispute.id, what=dispute.kind)
    stories = sorted(corpus.stories, key=lambda story: (-len(story.reports), story.id))
    for number, story in enumerate(stories):
        yield row_of("story", "", number, story.id)
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
        yield row_of("doubt", "", number, one, what=other, how=why)
        yield row_of("question", "", moved, one, what=other, how=why)


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
            yield row_of("question", "", -lines[key], key, how=why)


def _actor_rows(actors: Iterable[Actor], weights: Mapping[str, int]) -> Iterator[Row]:
    ordered = sorted(actors, key=lambda one: (-weights.get(one.id, 0), one.name, one.id))
    for number, actor in enumerate(ordered):
        yield row_of("actor" if actor.named else "described", "", number, actor.id, what=actor.kind)
        for name in {name.casefold()[:LONGEST] for name in (actor.name, *actor.names)}:
            how = "" if actor.named else "described"
            yield row_of("called", name, number, actor.id, how=how)
        for place, role in enumerate(actor.roles):
            yield row_of("role", actor.id, place, f"{actor.id}#{place:04}", **days_of(role.when))


def _claim_rows(claims: Iterable[Claim]) -> Iterator[Row]:
    ordered = sorted(claims, key=lambda c: (-len(c.asserted + c.denied + c.told), c.id))
    for number, claim in enumerate(ordered):
        yield row_of("claim", "", number, claim.id)
        for actor in dict.fromkeys(claim.about):
            yield row_of("claim of", actor, number, claim.id)


def _relation_rows(relations: Iterable[Relation], names: Mapping[str, str]) -> Iterator[Row]:
    def key(one: Relation) -> tuple[str, str, str, str]:
        subject, object_ = names.get(one.subject, one.subject), names.get(one.object, one.object)
        return subject, one.kind, object_, one.id

    for number, one in enumerate(sorted(relations, key=key)):
        given = {"what": one.kind, "how": one.status} | days_of(one.held)
        yield row_of("relation", "", number, one.id, **given)
        for actor in {one.subject, one.object}:
            yield row_of("relation of", actor, number, one.id, **given)


def _happening_rows(happenings: Iterable[Happening]) -> Iterator[Row]:
    ordered = sorted(happenings, key=lambda one: (sort_key(one.when), one.id))
    for number, one in enumerate(ordered):
        given = {"what": one.event, "how": one.standings[0]} | days_of(one.when)
        yield row_of("happening", "", number, one.id, **given)
        for actor in {*one.actor, *one.recipient}:
            yield row_of("happening of", actor, number, one.id, **given)


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
        yield row_of("report", "", number, key, what=source or "", how=how, **days)
    dated = (one for one in reversed(found) if one[2] and not one[4])
    for number, (_, key, *_rest) in enumerate(dated):
        yield row_of("newest", "", number, key)


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
            yield row_of("counted", "", number, name, what=kind, how="again" if again else "")
        yield row_of("unit of", key[1], number, name)
        for place, row in enumerate(sorted(groups[key], key=_size)):
            yield row_of("count", name, place, row.id)


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
        yield row_of("family", "", number, group[0])
        for place, member in enumerate(group):
            yield row_of("kin", group[0], place, member)
    tied = {member for group in groups for member in group}
    c = TABLES[Report].c
    readable = connection.execute(select(c.id).where(c.problem.is_(None)).order_by(c.id)).scalars()
    alone = (key for key in readable if key not in tied)
    for number, key in enumerate(alone):
        yield row_of("alone", "", number, key)


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
            yield row_of("promise", "", number, key, what=outcome)
