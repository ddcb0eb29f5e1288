"""What holds between two actors: from ties, events, accusations, memberships and offices.

Each relation has two time lines, when it held and when it was reported, gathered from what single
reports tell; open bounds stay open. It does not yet follow a relation's beginning and end, nor tell
a relation that ended from one that never was.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.bitemporal import gathered
from onrecord.geography import fold
from onrecord.ids import make_id
from onrecord.stages.claims.propositions import ASSERTING
from onrecord.stages.claims.utterances import Sides
from onrecord.stages.ties.lexicon import kinds, of_events
from onrecord.types import (
    Actor,
    Corpus,
    Event,
    Evidence,
    Reading,
    Relation,
    Role,
    Statement,
    Telling,
    TellingHow,
    Tie,
    When,
)

BOTH = frozenset(kind.name for kind in kinds().values() if kind.both)
LEADING = frozenset(
    "leader chief head chair chairman chairwoman chairperson commander president premier founder "
    "emir secretary-general director executive".split()
)
NO_BODIES = frozenset({"person", "place", "state"})  # what hardly anybody is a part of by an office
GOVERNING = frozenset(
    {"minister", "secretary", "chancellor", "ambassador", "envoy", "vice-president"}
)
OWNING = frozenset({"its", "their", "his", "her"})
FORMER = frozenset({"former", "ex", "late", "outgoing", "exiled", "deposed"})
UNDER = frozenset({"deputy", "vice", "assistant"})  # who has an office under another
Key = tuple[str, str, str]
Drafts = dict[Key, list[Telling]]


def relations(corpus: Corpus) -> Corpus:
    """Return the corpus with its relations, sorted by id."""
    drafts: Drafts = defaultdict(list)
    sides = Sides(corpus.actors, corpus.identity)
    for reading in corpus.readings:
        told = (
            *_told_in(reading, corpus.identity),
            *_accusations(reading, sides, corpus.identity),
        )
        for key, telling in told:
            drafts[key].append(telling)
    published = {reading.report.id: _published(reading) for reading in corpus.readings}
    _from_memberships(corpus.actors, published, drafts)
    _from_offices(corpus, published, drafts)
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


def _accusations(
    reading: Reading, sides: Sides, named: Mapping[str, str]
) -> Iterator[tuple[Key, Telling]]:
    """Yield who accuses whom: the state or the body that a speaker speaks for, else the speaker."""
    reported = _published(reading)
    targets: dict[Evidence, list[str]] = defaultdict(list)
    for event in reading.events:
        if event.event == "ACCUSE":
            targets[event.evidence[0]] += event.recipient
    for statement in reading.statements:
        if statement.act != "accuse" or not statement.is_likely or not statement.speaker.is_told:
            continue
        speaker = sides.voice(statement)
        found = _accused(statement, reading, targets)
        accused = next((a for e in found if (a := named.get(e, e)) not in sides.own(statement)), "")
        if speaker and accused:
            telling = Telling(
                report=statement.report,
                how="told",
                held=statement.said if statement.said != When() else reported,
                reported=reported,
                statement=None,
                by=statement.id,
                evidence=statement.content,
            )
            yield (speaker, "accuses", accused), telling


def _accused(
    statement: Statement, reading: Reading, targets: Mapping[Evidence, Sequence[str]]
) -> list[str]:
    """Return whom a statement may accuse, the likeliest first: whom its verb is said of."""
    spans = (*statement.source, *statement.cue, *statement.content)
    told = [
        entity
        for evidence, entities in targets.items()
        if any(evidence.start <= span.start < evidence.end for span in spans)
        for entity in entities
    ]
    ties = [tie.subject for tie in reading.ties if tie.statement == statement.id and tie.subject]
    done = [e for e in reading.events if e.statement == statement.id and e.event != "ACCUSE"]
    acting = [actor for event in done if event.standing != "denied" for actor in event.actor]
    # Of whom it is said that they did not do it, they are not accused of it.
    cleared = {actor for event in done if event.standing == "denied" for actor in event.actor}
    return [*told, *ties, *acting, *(entity for entity in statement.about if entity not in cleared)]


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
                held=reported if isinstance(noun, Tie) and noun.now else noun.when,
                reported=reported,
                statement=noun.statement if noun.statement in acts else None,
                by=noun.id,
                evidence=noun.evidence,
            )
            yield _key(subject, kind, target), telling


def _pairs(reading: Reading) -> Iterator[tuple[Tie | Event, str, list[tuple[str, str]]]]:
    """Yield each tie and each event that is a relation, its kind, and who it is between.

    A place is no side of what happened there.
    """
    for tie in reading.ties:
        if tie.object:
            yield tie, tie.kind, [(tie.subject, tie.object)]
    places = {entity.id for entity in reading.entities if entity.kind == "place"}
    for event in reading.events:
        kind = of_events().get(event.event)
        if kind and event.event != "ACCUSE" and event.standing not in ("planned", "conditional"):
            pairs = [(a, r) for a in event.actor for r in event.recipient if a != r]
            yield event, kind, [pair for pair in pairs if places.isdisjoint(pair)]


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
    """Yield what each report tells by the words that an actor's role or membership rests on.

    Without a time of its own it held when the report was published.
    """
    for span in evidence:
        reported = published[span.report]
        when = held if held != When() else reported
        yield Telling(span.report, "told", when, reported, None, actor, (span,))


def _from_offices(corpus: Corpus, published: Mapping[str, When], drafts: Drafts) -> None:
    """Add who leads, speaks for or serves in a body that the report of the words knows by name."""
    kind_of = {actor.id: actor.kind for actor in corpus.actors}
    bodies = Bodies(corpus)
    for actor in corpus.actors:
        for role in actor.roles:
            kind = _office(role.role)
            for span in role.evidence if kind else ():
                body = bodies.of(role, span)
                if body and body != actor.id and _may_be(kind, role.role, kind_of.get(body)):
                    key = actor.id, kind or "", body
                    drafts[key] += _by_evidence(actor.id, role.when, (span,), published)


class Bodies:
    """The bodies whose offices are told of, by the name that a report gives them, or "its"."""

    def __init__(self, corpus: Corpus) -> None:
        self._identity = corpus.identity
        self._named: dict[tuple[str, str], str] = {}
        self._owners: dict[tuple[str, int], str] = {}
        for reading in corpus.readings:
            report = reading.report.id
            for entity in reading.entities:
                for name in (*entity.names, entity.name):
                    self._named[report, fold(name)] = entity.id
            for mention in reading.mentions:
                if mention.how == "pronoun" and mention.span.text.casefold() in OWNING:
                    self._owners[report, mention.span.start] = mention.actor
                    self._owners[report, mention.span.end + 1] = mention.actor

    def of(self, role: Role, span: Evidence) -> str | None:
        """Return the actor whose office a role is, as these words of a report tell it."""
        if role.of:
            found = self._named.get((span.report, fold(role.of)))
        else:
            # "its chairman, NAME": the words begin with the owner, or right behind it.
            found = self._owners.get((span.report, span.start))
        return self._identity.get(found, found) if found else None


def _may_be(kind: str | None, role: str, body: str | None) -> bool:
    """Tell whether an office makes one part of a body: of a state only who governs it is."""
    if kind != "part of" or body not in NO_BODIES:
        return True
    return body == "state" and not GOVERNING.isdisjoint(role.casefold().split())


def _office(role: str) -> str | None:
    words = role.casefold().split()
    if not words or words[0] in FORMER:
        return None
    if any(word.startswith("spokes") for word in words):
        return "speaks for"
    if not UNDER.isdisjoint(words):
        return "part of"
    leads = words[-1] in LEADING or words[-2:] == ["prime", "minister"]
    return "leads" if leads else "part of"


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
