"""One event told twice in a report becomes one event with two evidences."""

from dataclasses import replace

from onrecord.types import Event, When

# Speech acts are not merged: saying a thing twice is doing it twice.
HAPPENINGS = frozenset(
    {"ASSAULT", "COERCE", "CONSULT", "AGREE", "PROTEST", "MOBILIZE", "RETREAT", "SANCTION", "AID"}
)


def absorbed(events: list[Event], consequences: set[str]) -> list[Event]:
    """Return the events with each outcome of an attack taken into the attack of its sentence.

    An outcome that befell somebody else than the attack was on stays an event of its own, by
    the attack's actor.
    """
    attacks = {
        (event.evidence, event.standing): event
        for event in reversed(events)
        if event.event == "ASSAULT" and event.id not in consequences
    }
    kept = []
    filled: dict[str, Event] = {}
    for event in events:
        attack = attacks.get((event.evidence, event.standing))
        if event.id not in consequences or attack is None:
            kept.append(event)
            continue
        attack = filled.get(attack.id, attack)
        others = set(event.recipient) - set(attack.recipient)
        if not attack.recipient or not others:
            filled[attack.id] = _joined(attack, event, "")
        else:
            actor = event.actor or tuple(a for a in attack.actor if a not in others)
            kept.append(replace(event, actor=actor))
    return [filled.get(event.id, event) for event in kept]


def merged(events: list[Event]) -> list[Event]:
    """Return the events with later tellings of one happening joined to the first.

    Two tellings are joined only when type, standing and statement are the same, no party, place
    or time contradicts, a party is shared, and place or time says the same in both.
    """
    kept: list[Event] = []
    places: dict[tuple[str, str], list[int]] = {}
    for event in events:
        twin = _twin(event, kept, places)
        if twin is not None:
            kept[twin] = _joined(kept[twin], event)
            continue
        for party in {*event.actor, *event.recipient}:
            places.setdefault((event.event, party), []).append(len(kept))
        kept.append(event)
    return kept


def _twin(event: Event, kept: list[Event], places: dict[tuple[str, str], list[int]]) -> int | None:
    if event.event not in HAPPENINGS or event.standing != "told":
        return None
    candidates = {
        index
        for party in (*event.actor, *event.recipient)
        for index in places.get((event.event, party), [])[-LOOK_BACK:]
    }
    for index in sorted(candidates):
        if _same(kept[index], event):
            return index
    return None


LOOK_BACK = 20  # earlier events of one party compared with a new one; keeps long reports linear


def _same(one: Event, other: Event) -> bool:
    if one.standing != other.standing or one.statement != other.statement:
        return False
    if one.mode and other.mode and one.mode != other.mode:
        return False
    if not (_agree(one.actor, other.actor) and _agree(one.recipient, other.recipient)):
        return False
    same_place = bool(one.place) and one.place == other.place
    same_time = one.when != When() and one.when == other.when
    if one.place and other.place and not same_place:
        return False
    if one.when != When() and other.when != When() and not same_time:
        return False
    return same_place or same_time


def headed(events: list[Event], title: int, lead: int) -> list[Event]:
    """Return the events with those of a headline joined to, or dated by, the lead's telling.

    The headline ends at offset `title`, the lead at `lead`. Where both stand alike they become one;
    else the headline's event takes the time and place that the lead tells.
    """
    heads = [event for event in events if event.trigger.start < title]
    leads = [event for event in events if title <= event.trigger.start < lead]
    changed: dict[str, Event | None] = {}
    for head in heads:
        twin = next((event for event in leads if _may_be_one(head, event)), None)
        if twin is None or twin.id in changed:
            continue
        if head.standing == twin.standing and head.statement == twin.statement:
            changed[head.id] = _joined(head, twin)
            changed[twin.id] = None
        else:
            place, place_actor = (head.place, head.place_actor)
            if place is None:
                place, place_actor = twin.place, twin.place_actor
            when = head.when if head.when != When() else twin.when
            changed[head.id] = replace(head, place=place, place_actor=place_actor, when=when)
    found = (changed.get(event.id, event) for event in events)
    return [event for event in found if event is not None]


def _may_be_one(one: Event, other: Event) -> bool:
    if one.event != other.event:
        return False
    parties = _overlap(one.actor, other.actor) and _overlap(one.recipient, other.recipient)
    places = not one.place or not other.place or one.place == other.place
    return parties and places and (one.when == When() or one.when == other.when)


def _overlap(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two sides share a party or one is silent."""
    return not one or not other or not set(one).isdisjoint(other)


def bounded(event: Event, published: When) -> Event:
    """Return an event that is told without a time as one of no later than the report."""
    happened = event.standing in ("told", "alleged")
    if event.when != When() or not happened or published.latest is None:
        return event
    return replace(event, when=When(None, published.latest))


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two sides name the same parties or one is silent."""
    return not one or not other or set(one) == set(other)


def _joined(one: Event, other: Event, why: str = "; told again") -> Event:
    """Return the first telling with what only the second one says."""
    return replace(
        one,
        actor=one.actor or other.actor,
        recipient=one.recipient or other.recipient,
        place=one.place or other.place,
        place_actor=one.place_actor or other.place_actor,
        when=one.when if one.when != When() else other.when,
        mode=one.mode or other.mode,
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
        why=f"{one.why}{why}",
    )
