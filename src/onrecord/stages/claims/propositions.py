"""What is put forward, by whom, for or against: statements and events as propositions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from onrecord.stages.claims.slots import (
    LONGEST_SENTENCE,
    Found,
    Said,
    Sentence,
    content_range,
    patterns,
    relations_in,
    sentences,
)
from onrecord.types import Evidence, Mention, Reading, Statement, When

Identity = Mapping[str, str]
# Acts that put something forward or reject it; what is promised, threatened or asked for is not.
ASSERTING = frozenset({"say", "accuse", "deny", "criticise"})
# Told in passing ("X, a faction of Y, …"): no part of what is charged or denied.
BACKGROUND = frozenset({"part of", "leads"})
# Events that did or did not happen; words alone (a demand, a rejection) are statements already.
HAPPENINGS = frozenset(
    {
        "AGREE",
        "AID",
        "ASSAULT",
        "COERCE",
        "CONSULT",
        "COOPERATE",
        "MOBILIZE",
        "PROTEST",
        "RETREAT",
        "SANCTION",
    }
)
# Kinds that can be the subject of a relation.
ACTING = frozenset(
    {"person", "armed group", "state", "government", "party", "organisation", "outlet", "people"}
)
PLOVER = {pattern.kind: pattern.plover for pattern in patterns()}


@dataclass(frozen=True, slots=True)
class Proposition:
    """One predicate about a subject and perhaps an object (actor ids), put forward or denied.

    `statement` is None where the report tells it itself. Propositions of events hold within one
    `story`; those of relations hold across stories and have none. `at_place`: the
    object is a place, which may lie in what another report names.
    """

    predicate: str
    both: bool
    subject: str
    object: str | None
    denied: bool
    report: str
    story: str | None
    statement: str | None
    event: str | None
    when: When
    evidence: Evidence
    at_place: bool = False


def propositions(reading: Reading, identity: Identity, story: str | None) -> Iterator[Proposition]:
    """Yield the propositions of one report, told and stated.

    An event of the type that a relation in the same sentence belongs with is that relation.
    """
    relations = list(_of_relations(reading, identity))
    yield from relations
    told = {(PLOVER.get(r.predicate), r.subject, r.evidence.start) for r in relations}
    for proposition in _of_events(reading, identity, story):
        spans = range(proposition.evidence.start + 1)
        near = any(
            kind == proposition.predicate and subject == proposition.subject and start in spans
            for kind, subject, start in told
            if kind and proposition.evidence.start - start < LONGEST_SENTENCE
        )
        if not near:
            yield proposition


def _of_relations(reading: Reading, identity: Identity) -> Iterator[Proposition]:
    acting = {entity.id for entity in reading.entities if entity.kind in ACTING}
    mentions = tuple(sorted(_actors_only(reading), key=lambda m: (m.span.start, -m.span.end)))
    statements = sorted(reading.statements, key=content_range)
    for sentence in sentences(reading, mentions):
        covering = [s for s in statements if _reaches(s, sentence)]
        seen: set[tuple[str, str | None, str | None, str | None]] = set()
        for found, statement in _found_in(reading, sentence, covering):
            key = found.kind, found.subject, found.object, statement.id if statement else None
            if found.subject in acting and key not in seen:
                seen.add(key)
                yield _proposition(found, reading, identity, statement)


def _found_in(
    reading: Reading, sentence: Sentence, covering: list[Statement]
) -> Iterator[tuple[Found, Statement | None]]:
    """Yield each relation of a sentence with the statement that it stands in, if any."""
    for statement in (s for s in covering if s.act in ASSERTING):
        start, end = content_range(statement)
        said = Said(statement.speaker.actor, start, end, statement.mode == "direct")
        for found in relations_in(reading, sentence, said):
            aside = found.kind in BACKGROUND and statement.act != "say"
            if _holds(statement, found) and not aside:
                yield found, statement
    for found in relations_in(reading, sentence, None):
        if not any(_holds(statement, found) for statement in covering):
            yield found, None


def _actors_only(reading: Reading) -> Iterable[Mention]:
    kinds = {entity.id: entity.kind for entity in reading.entities if entity.named}
    return (m for m in reading.mentions if kinds.get(m.actor) not in ("document", None))


def _reaches(statement: Statement, sentence: Sentence) -> bool:
    return any(
        span.start < sentence.end and span.end > sentence.start for span in statement.content
    )


def _holds(statement: Statement, found: Found) -> bool:
    """Tell whether a relation's own words stand within what was said."""
    return any(span.start < found.end and span.end > found.start for span in statement.content)


def _proposition(
    found: Found, reading: Reading, identity: Identity, statement: Statement | None
) -> Proposition:
    subject = identity.get(found.subject or "", found.subject or "")
    other = identity.get(found.object, found.object) if found.object else None
    if found.both and other and other < subject:
        subject, other = other, subject
    return Proposition(
        predicate=found.kind,
        both=found.both,
        subject=subject,
        object=other,
        denied=found.negated or (statement is not None and statement.act == "deny"),
        report=reading.report.id,
        story=None,
        statement=statement.id if statement else None,
        event=None,
        when=statement.said if statement else When(),
        evidence=found.evidence,
    )


def _of_events(reading: Reading, identity: Identity, story: str | None) -> Iterator[Proposition]:
    acts = {statement.id: statement.act for statement in reading.statements}
    kinds = {entity.id: entity.kind for entity in reading.entities if entity.named}
    for event in reading.events:
        stated = event.statement if acts.get(event.statement or "") in ASSERTING else None
        if event.event not in HAPPENINGS or event.standing in ("planned", "conditional"):
            continue
        acting = [e for e in event.actor if kinds.get(e) in ACTING]
        actors = list(dict.fromkeys(identity.get(e, e) for e in acting))
        others = [identity.get(e, e) for e in event.recipient if e in kinds]
        if not actors or (stated is None and event.standing != "told"):
            continue
        yield Proposition(
            predicate=event.event,
            both=len(actors) > 1,
            subject=actors[0],
            object=next((e for e in (*actors[1:], *others) if e != actors[0]), None),
            denied=event.standing == "denied",
            report=reading.report.id,
            story=story,
            statement=stated,
            event=event.id,
            when=event.when,
            evidence=event.evidence[0],
            at_place=bool(event.recipient) and kinds.get(event.recipient[0]) == "place",
        )
