"""Happenings: events that several reports tell are one, and what was promised is followed.

Tellings are compared by type, mode, sides, place and time, within blocks of one type that share a
side or a story; what speaks against their being one (other sides, another place or day, told in
one report as two) always holds. Each report's telling stays an event of its own. A promise, plan
or threat is linked to the later telling that it was carried out or not.

It does not yet compare the figures of two tellings, join two tellings in one report that the events
stage kept apart, or know that a district is in a city.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from onrecord.geography import fold
from onrecord.ids import make_id
from onrecord.stages.happenings.likeness import Telling, against, grounds, score
from onrecord.stages.happenings.sequels import sequels
from onrecord.types import Corpus, Event, Happening, Standing, When

NEAREST = 40  # tellings before it in a block that a telling is compared with
ENOUGH = 4  # points for two tellings to be one
FUTURE: frozenset[Standing] = frozenset({"planned", "conditional"})
ORDER: tuple[Standing, ...] = ("told", "alleged", "denied", "planned", "conditional")


def happenings(corpus: Corpus) -> Corpus:
    """Return the corpus with its happenings and sequels; every event is in one happening."""
    tellings = tuple(_tellings(corpus))
    groups = _grouped(tellings)
    made = [_happening(group) for group in groups]
    return replace(
        corpus,
        happenings=tuple(sorted(made, key=lambda one: one.id)),
        sequels=tuple(sorted(sequels(tellings), key=lambda one: one.id)),
    )


def _tellings(corpus: Corpus) -> Iterator[Telling]:
    """Yield the events of all reports with what they are compared by."""
    story_of = {report: story.id for story in corpus.stories for report in story.reports}
    acts = {s.id: s.act for reading in corpus.readings for s in reading.statements}
    for reading in corpus.readings:
        named = {entity.id for entity in reading.entities if entity.named}
        unnamed = {entity.id for entity in reading.entities if not entity.named}
        for event in reading.events:
            yield Telling(
                event=event,
                actor=_sides(event.actor, named, corpus.identity),
                recipient=_sides(event.recipient, named, corpus.identity),
                place=_place(event, corpus.identity),
                story=story_of.get(reading.report.id),
                published=When(reading.report.published.earliest, reading.report.published.latest),
                act=acts.get(event.statement or ""),
                described=(
                    _sides(event.actor, unnamed, corpus.identity),
                    _sides(event.recipient, unnamed, corpus.identity),
                ),
            )


def _sides(ids: tuple[str, ...], among: set[str], identity: Mapping[str, str]) -> frozenset[str]:
    """Return the actors of a side who are among some entities."""
    return frozenset(identity.get(id_, id_) for id_ in ids if id_ in among)


def _place(event: Event, identity: Mapping[str, str]) -> str | None:
    if event.place_actor is not None:
        return identity.get(event.place_actor, event.place_actor)
    return fold(event.place) if event.place else None


def _grouped(tellings: tuple[Telling, ...]) -> list[list[Telling]]:
    """Return the tellings of each happening, those that are surely one joined first."""
    group_of = {one.event.id: [one] for one in tellings}
    found = sorted(
        {pair: score(*pair) for pair in _pairs(tellings)}.items(),
        key=lambda item: (-item[1], item[0][0].event.id, item[0][1].event.id),
    )
    for (one, other), points in found:
        mine, theirs = group_of[one.event.id], group_of[other.event.id]
        if points < ENOUGH or mine is theirs:
            continue
        if any(against(a, b) for a in mine for b in theirs):
            continue
        mine.extend(theirs)
        for telling in theirs:
            group_of[telling.event.id] = mine
    whole = {id(group): group for group in group_of.values()}
    return [sorted(group, key=lambda one: one.event.id) for group in whole.values()]


def _pairs(tellings: tuple[Telling, ...]) -> Iterator[tuple[Telling, Telling]]:
    """Yield pairs of tellings of two reports that share a type and a side or a story."""
    blocks: dict[tuple[str, bool, str], list[Telling]] = defaultdict(list)
    for one in tellings:
        future = one.event.standing in FUTURE
        for key in {*one.actor, *one.recipient, *([one.story] if one.story else [])}:
            blocks[one.event.event, future, key].append(one)
    for block in blocks.values():
        block.sort(key=lambda one: (*one.sort_key, one.event.id))
        for place, one in enumerate(block):
            before = block[max(0, place - NEAREST) : place]
            for other in islice(reversed(before), NEAREST):
                if one.event.report != other.event.report and not against(one, other):
                    yield min(one, other, key=_id), max(one, other, key=_id)


def _id(telling: Telling) -> str:
    return telling.event.id


def _happening(group: list[Telling]) -> Happening:
    first = min(group, key=lambda one: (one.published.earliest is None, *one.sort_key, _id(one)))
    standings = {one.event.standing for one in group}
    why = {ground for one in group[1:] for ground in grounds(group[0], one)}
    return Happening(
        id=make_id("happening", first.event.id),
        event=first.event.event,
        mode=next((one.event.mode for one in group if one.event.mode), None),
        events=tuple(one.event.id for one in group),
        reports=tuple(sorted({one.event.report for one in group})),
        actor=_side([one.actor for one in group], first.described[0]),
        recipient=_side([one.recipient for one in group], first.described[1]),
        place=next((one.event.place for one in group if one.event.place), None),
        when=_narrowest([one.event.when for one in group]),
        standings=tuple(standing for standing in ORDER if standing in standings),
        why=tuple(sorted(why)),
    )


def _side(named: list[frozenset[str]], described: frozenset[str]) -> tuple[str, ...]:
    """Return those named in any telling, else those that the first one describes."""
    return tuple(sorted(frozenset().union(*named) or described))


def _narrowest(whens: list[When]) -> When:
    """Return the days that all tellings leave open; they overlap, else they were not joined."""
    earliest = max((w.earliest for w in whens if w.earliest), default=None)
    latest = min((w.latest for w in whens if w.latest), default=None)
    if earliest and latest and earliest > latest:  # each two overlap, all together do not
        earliest = min(w.earliest for w in whens if w.earliest)
        latest = max(w.latest for w in whens if w.latest)
    return When(earliest, latest)
