"""What holds between two actors: from ties, events, accusations, memberships and offices.

Each relation has two time lines, when it held and when it was reported, gathered from what single
reports tell; open bounds stay open. It does not yet follow a relation's beginning and end, nor tell
a relation that ended from one that never was.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from onrecord.bitemporal import gathered
from onrecord.ids import make_id
from onrecord.stages.claims.propositions import ASSERTING
from onrecord.stages.ties.lexicon import kinds, of_events
from onrecord.types import (
    Actor,
    Corpus,
    Event,
    Evidence,
    Reading,
    Relation,
    Telling,
    TellingHow,
    Tie,
    When,
)

BOTH = frozenset(kind.name for kind in kinds().values() if kind.both)
LEADING = frozenset(
    "leader chief head chairman chairwoman commander president founder emir secretary-general "
    "director".split()
)
Key = tuple[str, str, str]
Drafts = dict[Key, list[Telling]]


def relations(corpus: Corpus) -> Corpus:
    """Return the corpus with its relations, sorted by id."""
    drafts: Drafts = defaultdict(list)
    for reading in corpus.readings:
        for key, telling in _told_in(reading, corpus.identity):
            drafts[key].append(telling)
    published = {reading.report.id: _published(reading) for reading in corpus.readings}
    _from_memberships(corpus.actors, published, drafts)
    _from_offices(corpus.actors, published, drafts)
    claims = _claims(corpus)
    made = (
        _relation(key, tellings, claims.get(key, ()))
        for key, tellings in drafts.items()
        if key[0] != key[2]
    )
    return replace(corpus, relations=tuple(sorted(made, key=lambda r: r.id)))


def _claims(corpus: Corpus) -> Mapping[Key, Iterable[str]]:
    """Return the claims that put a relation forward, by its key."""
    found: dict[Key, set[str]] = defaultdict(set)
    for claim in corpus.claims:
        if len(claim.about) == 2:
            kind = of_events().get(claim.predicate, claim.predicate)
            found[_key(claim.about[0], kind, claim.about[1])].add(claim.id)
    return found


def _published(reading: Reading) -> When:
    published = reading.report.published
    return When(published.earliest, published.latest)


def _key(subject: str, kind: str, other: str) -> Key:
    if kind in BOTH:
        subject, other = sorted((subject, other))
    return subject, kind, other


def _told_in(reading: Reading, identity: Mapping[str, str]) -> Iterator[tuple[Key, Telling]]:
    """Yield what one report tells of relations."""
    acts = {s.id: s.act for s in reading.statements if s.is_likely}
    reported = _published(reading)
    for noun, kind, pairs in _pairs(reading):
        how = _how(noun, acts.get(noun.statement or ""))
        for one, other in pairs if how else ():
            subject, target = identity.get(one, one), identity.get(other, other)
            telling = Telling(
                report=noun.report,
                how=how or "told",
                held=noun.when,
                reported=reported,
                statement=noun.statement if noun.statement in acts else None,
                by=noun.id,
                evidence=noun.evidence,
            )
            yield _key(subject, kind, target), telling


def _pairs(reading: Reading) -> Iterator[tuple[Tie | Event, str, list[tuple[str, str]]]]:
    """Yield each tie and each event that is a relation, its kind, and who it is between."""
    for tie in reading.ties:
        if tie.object:
            yield tie, tie.kind, [(tie.subject, tie.object)]
    for event in reading.events:
        kind = of_events().get(event.event)
        if kind and event.standing not in ("planned", "conditional"):
            yield event, kind, [(a, r) for a in event.actor for r in event.recipient if a != r]


def _how(noun: Tie | Event, act: str | None) -> TellingHow | None:
    """Return how a report gives what it tells, None where it puts nothing forward."""
    if noun.statement and act not in ASSERTING:
        return None
    if noun.standing in ("planned", "conditional"):
        return None
    if noun.standing == "denied":
        return "denied"
    return "told" if noun.standing == "told" and not noun.statement else "asserted"


def _from_memberships(
    actors: Iterable[Actor], published: Mapping[str, When], drafts: Drafts
) -> None:
    for actor in actors:
        for part in actor.part_of:
            key = actor.id, "part of", part.actor
            drafts[key] += _by_evidence(actor.id, part.when, part.evidence, published)


def _by_evidence(
    actor: str, held: When, evidence: Iterable[Evidence], published: Mapping[str, When]
) -> Iterator[Telling]:
    """Yield what each report tells by the words that an actor's role or membership rests on."""
    for span in evidence:
        yield Telling(span.report, "told", held, published[span.report], None, actor, (span,))


def _from_offices(actors: Iterable[Actor], published: Mapping[str, When], drafts: Drafts) -> None:
    by_name: dict[str, set[str]] = defaultdict(set)
    for actor in actors:
        for name in (actor.name, *actor.names):
            by_name[name.casefold()].add(actor.id)
    for actor in actors:
        for role in actor.roles:
            bodies = by_name.get((role.of or "").casefold(), set())
            kind = _office(role.role)
            if kind and len(bodies) == 1:
                key = actor.id, kind, next(iter(bodies))
                drafts[key] += _by_evidence(actor.id, role.when, role.evidence, published)


def _office(role: str) -> str | None:
    words = role.casefold().split()
    if any(word.startswith("spokes") for word in words):
        return "speaks for"
    return "leads" if words and words[-1] in LEADING else None


def _relation(key: Key, tellings: list[Telling], claims: Iterable[str]) -> Relation:
    subject, kind, other = key
    relation = Relation(
        id=make_id("relation", *key),
        subject=subject,
        kind=kind,
        object=other,
        held=When(),
        reported=When(),
        status="told",
        claims=tuple(sorted(claims)),
        events=tuple(sorted({t.by for t in tellings if t.by.startswith("event-")})),
    )
    return gathered(relation, tellings)
