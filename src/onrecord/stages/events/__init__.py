"""The events stage: who did what to whom, and the figures that a report gives.

Events are coded by PLOVER from a lexicon of verbs, light verbs and event nouns over the parser's
tree, with the entities of the actors stage as parties. Conventions:

- Parties that act on each other (they met, talks between them) stand on both sides.
- A recipient is whom the act is done to, else whose thing it concerns ("rejected their plan").
- An announced act is the announcement (AGREE, THREATEN, REJECT) and, beside it, the act as
  planned; a thing only demanded of somebody is a REQUEST and no event of its own.
- A verb that reports speech and accuses, rejects, threatens, demands or supports is an event
  told, of the speaker.
- Something blown up, hit or raided without a named victim has the named place for recipient.

A headline's event takes the time and place of the lead that tells it again. What a report tells as
having happened, without a time, happened no later than the report.

It does not yet: read an event out of a chain of sentences, join tellings that share no place or
time, find parties across sentences but through the mentions of the actors stage,
or do well on texts all in capitals, where the parser's tree is poor.
"""

from collections.abc import Iterable
from dataclasses import replace

from onrecord.models.attribution import tag
from onrecord.parsing import Parse
from onrecord.stages.actors.page import lay_out
from onrecord.stages.actors.phrases import phrases, things_of
from onrecord.stages.actors.unnamed import described, meant, without
from onrecord.stages.events.casualties import casualties
from onrecord.stages.events.coding import Coder
from onrecord.stages.events.contexts import in_context
from onrecord.stages.events.figures import figures
from onrecord.stages.events.intents import DUTIES
from onrecord.stages.events.learned import stood
from onrecord.stages.events.merge import absorbed, bounded, headed, merged
from onrecord.stages.events.things import things
from onrecord.stages.events.told_of import placed
from onrecord.stages.events.triggers import triggers
from onrecord.types import Event, Reading, When

__all__ = ["events"]


def events(reading: Reading, parse: Parse) -> Reading:
    """Return the reading with its events and figures, and with who in them has no name."""
    if len(parse.doc):
        tags = tag(parse.report.text, parse.ranges)
        page = lay_out(parse)
        spoken, no_people = phrases(page, tags), things_of(page, tags)
        who = meant(reading, page, spoken, strict=True)
        harmed = casualties(reading, parse, spoken, who)
        reading = described(reading, page, spoken, who)
        coder, coded = events_of(reading, parse)
        standing = tuple(stood(event, coder, tags) for event in coded)
        found = things(_bounded(standing, coder), reading, parse, spoken)
    else:
        found, harmed, no_people = (), (), frozenset()
    found = in_context(found, parse)
    used = {party for event in found for party in (*event.actor, *event.recipient)}
    reading = without(reading, used)
    given = placed((*figures(reading, parse), *harmed), found, parse, no_people)
    return replace(reading, events=found, figures=given)


def events_of(reading: Reading, parse: Parse) -> tuple[Coder, tuple[Event, ...]]:
    """Return the events of a report as the rules have them, and the coder with their triggers."""
    named, unnamed = _by_name(reading)
    coder = Coder(named, parse)
    found: dict[str, Event] = {}
    for trigger in triggers(parse):
        for event in coder.code(trigger):
            found.setdefault(event.id, event)
    for token in parse.doc:
        if token.lower_ in DUTIES and (demand := coder.demanded(token)):
            found.setdefault(demand.id, demand)
    ordered = sorted(found.values(), key=lambda e: (e.trigger.start, e.trigger.end, e.id))
    joined = headed(merged(absorbed(ordered, coder.consequences)), *_title_and_lead(parse))
    other = Coder(unnamed, parse, deep=False)
    return coder, tuple(_filled(event, coder, other) for event in joined)


def _bounded(found: Iterable[Event], coder: Coder) -> tuple[Event, ...]:
    published = coder.reading.report.published
    when = When(published.earliest, published.latest)
    return tuple(bounded(event, when) for event in found)


def _by_name(reading: Reading) -> tuple[Reading, Reading]:
    """Return the reading with mentions of those with a name only, and of those without."""
    names = {entity.id for entity in reading.entities if entity.named}
    named = tuple(m for m in reading.mentions if m.actor in names)
    unnamed = tuple(m for m in reading.mentions if m.actor not in names)
    return replace(reading, mentions=named), replace(reading, mentions=unnamed)


def _filled(event: Event, coder: Coder, other: Coder) -> Event:
    """Return the event with who has no name on the sides where nobody named stands."""
    trigger = coder.triggers.get(event.id)
    if trigger is None or (event.actor and event.recipient):
        return event
    parties = other.parties(trigger)
    actor = event.actor or tuple(parties.actor)
    recipient = tuple(party for party in parties.recipient if party not in actor)
    return replace(event, actor=actor, recipient=event.recipient or recipient)


def _title_and_lead(parse: Parse) -> tuple[int, int]:
    """Return where the headline and the report's first body block end; 0, 0 without a headline."""
    if not parse.blocks or parse.blocks[0].kind != "title":
        return 0, 0
    title = parse.blocks[0].end
    bodies = (block for block in parse.blocks[1:] if block.kind == "body")
    lead = next(bodies, None)
    return (title, lead.end) if lead is not None else (0, 0)
