"""The ties stage: what a report tells, or lets somebody say, to hold between two actors.

Ties are found as events are: words of a lexicon over the parser's tree, with the entities of the
actors stage on both sides, and a standing by what governs them and whose words they stand in. A
state's time is what its clause tells: "since" leaves the end open, "until" the beginning.

Conventions:

- Each pair of actors is a tie of its own ("A and B fund C and D" are four).
- "We" and "our" in somebody's words are whom the speaker speaks for, else the speaker.
- A tie of somebody to nobody named ("we shelter no one") has no object.

It does not yet read a tie out of several sentences, of parties that only the context names, or of
words that imply it ("the Guard in a necktie").
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from spacy.tokens import Token

from onrecord.ids import make_id
from onrecord.models.attribution import Tags, tag
from onrecord.parsing import Parse
from onrecord.stages.date import when_told
from onrecord.stages.events.coding import Coder, Parties
from onrecord.stages.events.learned import stood
from onrecord.stages.events.lexicon import Pattern
from onrecord.stages.events.places import time_of
from onrecord.stages.events.syntax import clause_of
from onrecord.stages.events.triggers import Trigger, triggers
from onrecord.stages.ties.lexicon import RELATIONS, compounds, kinds
from onrecord.stages.ties.selves import Selves
from onrecord.types import Entity, Event, Reading, Tie, When

__all__ = ["ties"]

# What can be on the one side of a relation, and on the other.
ACTING = frozenset(
    {"person", "armed group", "state", "government", "party", "organisation", "outlet", "people"}
)
SUFFERING = ACTING | {"place", "unknown"}
PERSONS = frozenset({"person", "unknown"})  # who can lead
BODIES = SUFFERING - {"person"}  # what can be led, and be had a part in
# Who can be a side that another mediates between.
SIDES = frozenset({"armed group", "state", "government", "party", "organisation"})
TWO = 2
BRINGING = frozenset({"broker", "mediate", "arbitrate", "facilitate", "moderate", "negotiate"})
NOT_LEADING = frozenset({"deputy", "vice", "assistant", "former", "ex", "ex-", "outgoing"})
HYPHENS = frozenset({"-", "–", "‑"})
PRESENT = frozenset({"VBZ", "VBP"})
FORMER = frozenset({"former", "late", "ex", "onetime", "erstwhile", "then"})
# Relations that somebody can be said to have with nobody in particular.
OPEN = frozenset(
    {"harbours", "funds", "arms", "trains", "supports", "allied with", "linked to", "protects"}
)


def ties(reading: Reading, parse: Parse) -> Reading:
    """Return the reading with its ties, sorted by place."""
    if not len(parse.doc):
        return reading
    tags = tag(parse.report.text, parse.ranges)
    coder, selves = Coder(reading, parse, bodies=True), Selves(reading, parse)
    found: dict[str, Tie] = {}
    alone = (t for t in triggers(parse, RELATIONS) if not _is_compound(t.token))
    told = [*_compounded(coder), *((t, selves.filled(t, coder.parties(t))) for t in alone)]
    for trigger, parties in told:
        for tie in _ties_of(trigger, parties, coder, tags):
            found.setdefault(tie.id, tie)
    ordered = sorted(found.values(), key=lambda tie: (tie.span.start, tie.span.end, tie.id))
    return replace(reading, ties=tuple(ordered))


def _is_anothers(trigger: Trigger) -> bool:
    """Tell whether an office is told of somebody's deputy, or of who had it before."""
    words = {child.lower_ for child in trigger.token.children if child.dep_ != "poss"}
    return trigger.pattern.event == "leads" and not words.isdisjoint(NOT_LEADING)


def _compounded(coder: Coder) -> Iterator[tuple[Trigger, Parties]]:
    """Yield "backed" in "Foo-backed Bar" with its two sides."""
    doc = coder.parse.doc
    spans = (
        (coder.parse.tokens_in(mention.span.start, mention.span.end), mention.actor)
        for mention in coder.reading.mentions
    )
    places = [(tokens[0], tokens[-1], actor) for tokens, actor in spans if tokens]
    starting = {first: actor for first, _, actor in places}
    ending = {last: actor for _, last, actor in places}
    for token in doc:
        subject = ending.get(token.i - 2) if _is_compound(token) else None
        if subject:
            kind = compounds()[token.lower_]
            pattern = Pattern(kind, None, "adj", token.lower_, (), (), ())
            trigger = Trigger(pattern, token, None, token.i, token.i + 1)
            behind = starting.get(token.i + 1)
            objects = [behind] if behind else coder.cast.of_all([token.head])
            yield trigger, Parties([subject], [one for one in objects if one != subject][:1])


def _is_compound(token: Token) -> bool:
    """Tell whether a word is "backed" in "Foo-backed Bar"."""
    known = token.lower_ in compounds() and token.i > 1 and token.dep_ == "amod"
    return known and token.nbor(-1).text in HYPHENS


def _above(trigger: Trigger, coder: Coder) -> list[str]:
    """Return who does something "under Foo's protection"."""
    prep = trigger.token.head
    if prep.lower_ != "under" or prep.head.pos_ not in ("VERB", "AUX"):
        return []
    return coder.cast.of_all(clause_of(prep.head).subjects)


def _ties_of(trigger: Trigger, parties: Parties, coder: Coder, tags: Tags) -> Iterator[Tie]:
    stand = coder.stand(trigger)
    if stand.dropped or _is_anothers(trigger):
        return
    if "above" in trigger.pattern.recipient and trigger.clause is None:
        parties.recipient += _above(trigger, coder)
        if not parties.recipient:
            return
    if trigger.pattern.event == "mediates between" and not parties.recipient:
        parties.recipient += _sides(trigger, coder, parties.actor)
    pairs = list(_pairs(trigger.pattern.event, parties, coder.cast.entities))
    if not pairs:
        return
    when = _when(coder, trigger)
    event = coder.event(trigger.pattern.event, trigger, parties, stand, (None, None, when))
    coder.triggers[event.id] = trigger
    event = stood(event, coder, tags)
    spoken = coder.contents.at(coder.parse.starts[trigger.token.i])
    if _is_compound(trigger.token) and spoken and spoken.mode != "direct":
        # What is only mentioned by the way in a paraphrase is the report's own word.
        event = replace(event, statement=None, standing="told")
    now = when == When() and _is_now(trigger)
    for subject, other in pairs:
        yield _tie(event, subject, other, now=now)


def _pairs(
    kind: str, parties: Parties, entities: dict[str, Entity]
) -> Iterator[tuple[str, str | None]]:
    """Yield who is tied to whom; of those on one side of what runs both ways, each to each."""
    acting = PERSONS if kind == "leads" else ACTING
    suffering = BODIES if kind in ("leads", "part of") else SUFFERING
    subjects = [e for e in parties.actor if _is_one_of(entities.get(e), acting)]
    objects = [e for e in parties.recipient if _is_one_of(entities.get(e), suffering)]
    if kinds()[kind].both and (not objects or objects == subjects):
        yield from combinations(subjects, 2)
        if len(subjects) == 1 and kind in OPEN:
            yield subjects[0], None
        return
    for subject in subjects:
        for other in objects:
            if other != subject:
                yield subject, other
        if not objects and kind in OPEN:
            yield subject, None


def _sides(trigger: Trigger, coder: Coder, mediators: Iterable[str]) -> list[str]:
    """Return the two bodies that a sentence names together, if it is two and no more.

    "Foo and Bar signed a truce brokered by Baz": whoever else is named may be anything.
    """
    sentence, starts = trigger.token.sent, coder.parse.starts
    first, last = starts[sentence.start], coder.parse.end(sentence.end - 1)
    heads: dict[str, Token] = {}
    for mention in coder.reading.mentions:
        inside = first <= mention.span.start < last
        if inside and mention.actor not in mediators and _is_side(mention.actor, coder):
            tokens = coder.parse.tokens_in(mention.span.start, mention.span.end)
            heads.setdefault(mention.actor, coder.parse.doc[tokens[-1]])
    if len(heads) != TWO or not mediators or trigger.pattern.lemma not in BRINGING:
        return []
    one, other = sorted(heads.values(), key=lambda token: token.i)
    return list(heads) if other in one.conjuncts else []


def _is_side(entity: str, coder: Coder) -> bool:
    return _is_one_of(coder.cast.entities.get(entity), SIDES)


def _is_one_of(entity: Entity | None, known: Iterable[str]) -> bool:
    return entity is not None and entity.kind in known


def _when(coder: Coder, trigger: Trigger) -> When:
    """Return when a tie held by its own clause; what began before the report may go on."""
    when = time_of(coder.reading, coder.parse, trigger)
    if when.earliest is None or when.latest != coder.reading.report.published.latest:
        return when
    top = trigger.token
    span = range(top.left_edge.i, top.right_edge.i + 1)
    return when_told(coder.reading, coder.parse, span, {top.i}, capped=False)


def _is_now(trigger: Trigger) -> bool:
    """Tell whether a tie is told as holding now: in the present, or of what somebody is called."""
    token = trigger.token
    if trigger.clause is None:
        for word in (token, *token.ancestors):
            if word.dep_ in ("appos", "compound") and word.sent.root != word:
                return not FORMER & {child.lower_ for child in token.lefts}
            if word.pos_ in ("VERB", "AUX"):
                token = word
                break
    helpers = {child.tag_ for child in token.children if child.dep_ in ("aux", "auxpass")}
    return token.tag_ in PRESENT or bool(helpers & PRESENT)


def _tie(event: Event, subject: str, other: str | None, *, now: bool) -> Tie:
    return Tie(
        id=make_id("tie", event.id, subject, other),
        report=event.report,
        kind=event.event,
        subject=subject,
        object=other,
        span=event.trigger,
        when=event.when,
        standing=event.standing,
        statement=event.statement,
        evidence=event.evidence,
        why=event.why,
        now=now,
    )
