"""What holds between two actors: from claims, told words, events, memberships and offices.

Each relation has two time lines, when it held and when it was reported; open bounds stay open. It
does not yet follow a relation's beginning and end, nor tell a relation that ended from one that
never was.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from onrecord.ids import make_id
from onrecord.stages.claims.propositions import propositions
from onrecord.stages.claims.slots import patterns
from onrecord.types import Corpus, Evidence, Relation, RelationStatus, When

# PLOVER events that are also a relation between who did it and whom it was done to.
OF_EVENTS = {
    "ASSAULT": "attacks",
    "AID": "aids",
    "SUPPORT": "supports",
    "CONSULT": "negotiates with",
    "AGREE": "agrees with",
}
BOTH = frozenset({"agrees with"} | {p.kind for p in patterns() if p.both})
LEADING = frozenset(
    "leader chief head chairman chairwoman commander president founder emir secretary-general "
    "director".split()
)
Key = tuple[str, str, str]


@dataclass(slots=True)
class Draft:
    """What bears on one relation, gathered from all reports."""

    told: list[Evidence] = field(default_factory=list)
    denied_here: list[Evidence] = field(default_factory=list)
    asserted: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    held: list[When] = field(default_factory=list)
    reports: set[str] = field(default_factory=set)


def relations(corpus: Corpus) -> Corpus:
    """Return the corpus with its relations, sorted by id."""
    drafts: dict[Key, Draft] = defaultdict(Draft)
    _from_words(corpus, drafts)
    _from_memberships(corpus, drafts)
    _from_offices(corpus, drafts)
    claims: dict[Key, set[str]] = defaultdict(set)
    for claim in corpus.claims:
        if len(claim.about) == 2:
            kind = OF_EVENTS.get(claim.predicate, claim.predicate)
            claims[_key(claim.about[0], kind, claim.about[1])].add(claim.id)
    published = {
        r.report.id: (r.report.published.earliest, r.report.published.latest)
        for r in corpus.readings
    }
    made = [
        _relation(key, draft, claims[key], [published[r] for r in sorted(draft.reports)])
        for key, draft in sorted(drafts.items())
        if key[0] != key[2]
    ]
    return replace(corpus, relations=tuple(sorted(made, key=lambda r: r.id)))


def _key(subject: str, kind: str, other: str) -> Key:
    if kind in BOTH:
        subject, other = sorted((subject, other))
    return subject, kind, other


def _from_words(corpus: Corpus, drafts: dict[Key, Draft]) -> None:
    whens = {event.id: event.when for r in corpus.readings for event in r.events}
    for reading in corpus.readings:
        for found in propositions(reading, corpus.identity, None):
            kind = OF_EVENTS.get(found.predicate, found.predicate)
            if not found.object or (found.event and found.predicate not in OF_EVENTS):
                continue
            if found.event and kind in BOTH and not found.both:
                continue  # a promise or an offer to somebody is not an agreement with them
            draft = drafts[_key(found.subject, kind, found.object)]
            draft.reports.add(found.report)
            if found.event:
                draft.events.add(found.event)
                draft.held.append(whens[found.event])
            if found.statement:
                (draft.denied if found.denied else draft.asserted).add(found.statement)
            elif found.denied:
                draft.denied_here.append(found.evidence)
            else:
                draft.told.append(found.evidence)


def _from_memberships(corpus: Corpus, drafts: dict[Key, Draft]) -> None:
    for actor in corpus.actors:
        for part in actor.part_of:
            draft = drafts[actor.id, "part of", part.actor]
            draft.told += part.evidence
            draft.held.append(part.when)
            draft.reports |= {span.report for span in part.evidence}


def _from_offices(corpus: Corpus, drafts: dict[Key, Draft]) -> None:
    by_name: dict[str, set[str]] = defaultdict(set)
    for actor in corpus.actors:
        for name in (actor.name, *actor.names):
            by_name[name.casefold()].add(actor.id)
    for actor in corpus.actors:
        for role in actor.roles:
            bodies = by_name.get((role.of or "").casefold(), set())
            kind = _office(role.role)
            if kind and len(bodies) == 1:
                draft = drafts[actor.id, kind, next(iter(bodies))]
                draft.told += role.evidence
                draft.held.append(role.when)
                draft.reports |= {span.report for span in role.evidence}


def _office(role: str) -> str | None:
    words = role.casefold().split()
    if any(word.startswith("spokes") for word in words):
        return "speaks for"
    return "leads" if words and words[-1] in LEADING else None


def _relation(
    key: Key, draft: Draft, claims: set[str], published: list[tuple[date | None, date | None]]
) -> Relation:
    subject, kind, other = key
    return Relation(
        id=make_id("relation", *key),
        subject=subject,
        kind=kind,
        object=other,
        held=_spanned(draft.held),
        reported=_spanned([When(first, last) for first, last in published]),
        status=_status(draft),
        claims=tuple(sorted(claims)),
        events=tuple(sorted(draft.events)),
        evidence=tuple(sorted(set(draft.told + draft.denied_here))),
        statements=tuple(sorted(draft.asserted | draft.denied)),
    )


def _status(draft: Draft) -> RelationStatus:
    against = bool(draft.denied or draft.denied_here)
    if draft.told or draft.asserted:
        if against:
            return "disputed"
        return "told" if draft.told else "asserted"
    return "denied"


def _spanned(whens: list[When]) -> When:
    """Return the interval from the earliest to the latest, open where any of them is."""
    return When(_end(whens, first=True), _end(whens, first=False))


def _end(whens: list[When], *, first: bool) -> date | None:
    ends = list(_ends(whens, first=first))
    if not ends or len(ends) < len(whens):
        return None
    return min(ends) if first else max(ends)


def _ends(whens: list[When], *, first: bool) -> Iterator[date]:
    for when in whens:
        end = when.earliest if first else when.latest
        if end:
            yield end
