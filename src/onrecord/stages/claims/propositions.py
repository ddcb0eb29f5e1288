"""What is put forward, by whom, for or against: statements and events as propositions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from onrecord.stages.claims.utterances import stem
from onrecord.stages.ties.lexicon import kinds
from onrecord.types import Act, Evidence, Reading, Tie, When

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


@dataclass(frozen=True, slots=True)
class Proposition:
    """One predicate about a subject and perhaps an object (actor ids), put forward or denied.

    `statement` is None where the report tells it itself. Propositions of events hold within one
    `story`; those of relations hold across stories and have none. `at_place`: the
    object is a place, which may lie in what another report names; `word` is the event's own.
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
    word: str = ""


def propositions(reading: Reading, identity: Identity, story: str | None) -> Iterator[Proposition]:
    """Yield the propositions of one report, told and stated.

    An event of the type that a tie in the same sentence belongs with is that tie.
    """
    found = list(_of_ties(reading, identity))
    yield from found
    told = {(kinds()[p.predicate].plover, p.subject, p.evidence) for p in found}
    for proposition in _of_events(reading, identity, story):
        if (proposition.predicate, proposition.subject, proposition.evidence) not in told:
            yield proposition


def _of_ties(reading: Reading, identity: Identity) -> Iterator[Proposition]:
    acts: dict[str, Act] = {statement.id: statement.act for statement in reading.statements}
    said = {statement.id: statement.said for statement in reading.statements}
    named = {entity.id for entity in reading.entities if entity.named}
    kept: dict[tuple[str, str, str | None, str | None], Proposition] = {}
    for tie in reading.ties:
        act = acts.get(tie.statement or "")
        if tie.statement and act not in ASSERTING:
            continue
        if tie.standing in ("planned", "conditional") or (tie.kind in BACKGROUND and act == "deny"):
            continue
        if tie.standing == "alleged" and not tie.statement:
            continue  # on nobody's word
        if tie.object not in named:
            tie = replace(tie, object=None)  # "no terrorists": nobody in particular
        made = _of_tie(tie, identity, said.get(tie.statement or "", When()))
        if made.subject != made.object:
            kept.setdefault((made.predicate, made.subject, made.object, made.statement), made)
    yield from kept.values()


def _of_tie(tie: Tie, identity: Identity, said: When) -> Proposition:
    both = kinds()[tie.kind].both
    subject = identity.get(tie.subject, tie.subject)
    other = identity.get(tie.object, tie.object) if tie.object else None
    if both and other and other < subject:
        subject, other = other, subject
    return Proposition(
        predicate=tie.kind,
        both=both,
        subject=subject,
        object=other,
        denied=tie.standing == "denied",
        report=tie.report,
        story=None,
        statement=tie.statement,
        event=None,
        when=said,
        evidence=tie.evidence[0],
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
            word=stem(event.trigger.text.split()[-1].casefold()),
            at_place=bool(event.recipient) and kinds.get(event.recipient[0]) == "place",
        )
