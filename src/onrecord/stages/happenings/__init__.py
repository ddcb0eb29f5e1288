"""Happenings: events that several reports tell are one, and what was promised is followed.

Tellings are compared by type, mode, sides, place and time, within blocks of one type that share a
side or a story; what speaks against their being one (other sides, another place or day, told in
one report as two) always holds. Each report's telling stays an event of its own. A promise, plan
or threat is linked to the later telling that it was carried out or not.

It does not yet compare the figures of two tellings, join two tellings in one report that the events
stage kept apart, or know that a district is in a city.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.geography import fold
from onrecord.ids import make_id
from onrecord.spread import chosen, parts
from onrecord.stages.happenings.likeness import Telling, against, grounds, score
from onrecord.stages.happenings.sequels import sequels
from onrecord.types import Corpus, Event, Happening, Standing, When

NEAREST = 40  # tellings before it in a block that a telling is compared with
COMPARED = 12  # tellings of a large group that speak for it
BLOCKS = 200  # blocks that are worked on before results are sent on
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
    # An entity that a report only describes may be an actor that another names.
    named = {actor.id for actor in corpus.actors if actor.named}
    for reading in corpus.readings:
        for event in reading.events:
            actor = _resolved(event.actor, corpus.identity)
            recipient = _resolved(event.recipient, corpus.identity) - actor
            both = event.actor == event.recipient
            recipient = actor if both else recipient
            yield Telling(
                event=event,
                actor=frozenset(actor & named),
                recipient=frozenset(recipient & named),
                place=_place(event, corpus.identity),
                story=story_of.get(reading.report.id),
                published=When(reading.report.published.earliest, reading.report.published.latest),
                act=acts.get(event.statement or ""),
                described=(frozenset(actor - named), frozenset(recipient - named)),
            )


def _resolved(ids: tuple[str, ...], identity: Mapping[str, str]) -> set[str]:
    return {identity.get(id_, id_) for id_ in ids}


def _place(event: Event, identity: Mapping[str, str]) -> str | None:
    if event.place_actor is not None:
        return identity.get(event.place_actor, event.place_actor)
    return fold(event.place) if event.place else None


@dataclass(slots=True)
class Group:
    """Tellings taken for one happening, the reports that they are of, and why they are one."""

    tellings: list[Telling]
    reports: set[str]
    why: set[str] = field(default_factory=set)

    def takes(self, other: "Group") -> bool:
        """Tell whether nothing speaks against another group's being of the same happening."""
        if not self.reports.isdisjoint(other.reports):
            return False
        mine, theirs = self.tellings[:COMPARED], other.tellings[:COMPARED]
        return not any(against(one, two) for one in mine for two in theirs)


def _grouped(tellings: tuple[Telling, ...]) -> list[Group]:
    """Return the tellings of each happening, those that are surely one joined first."""
    group_of = {one.event.id: Group([one], {one.event.report}) for one in tellings}
    by_id = {one.event.id: one for one in tellings}
    blocks = parts(_blocks(tellings), BLOCKS)
    likely = {pair for some in chosen(_likely, blocks) for pair in some}
    for _, a, b in sorted(likely, key=lambda pair: (-pair[0], pair[1], pair[2])):
        mine, theirs = group_of[a], group_of[b]
        if mine is theirs or not mine.takes(theirs):
            continue
        mine.tellings = sorted(mine.tellings + theirs.tellings, key=_id)
        mine.reports |= theirs.reports
        mine.why |= theirs.why | set(grounds(by_id[a], by_id[b]))
        for telling in theirs.tellings:
            group_of[telling.event.id] = mine
    return list({id(group): group for group in group_of.values()}.values())


def _blocks(tellings: tuple[Telling, ...]) -> list[list[Telling]]:
    """Return the tellings that share a type and a side or a story, in each block by their time."""
    blocks: dict[tuple[str, bool, str], list[Telling]] = defaultdict(list)
    for one in tellings:
        future = one.event.standing in FUTURE
        for key in {*one.actor, *one.recipient, *([one.story] if one.story else [])}:
            blocks[one.event.event, future, key].append(one)
    for block in blocks.values():
        block.sort(key=lambda one: (*one.sort_key, one.event.id))
    return [block for block in blocks.values() if len(block) > 1]


def _likely(blocks: Sequence[list[Telling]]) -> set[tuple[int, str, str]]:
    """Return pairs of tellings of two reports that are likely one, with their points, by id."""
    found = set()
    for block in blocks:
        for place, one in enumerate(block):
            for other in block[max(0, place - NEAREST) : place]:
                if one.event.report != other.event.report and not against(one, other):
                    first, second = sorted((one, other), key=_id)
                    if (points := score(first, second)) >= ENOUGH:
                        found.add((points, first.event.id, second.event.id))
    return found


def _id(telling: Telling) -> str:
    return telling.event.id


def _happening(whole: Group) -> Happening:
    group = whole.tellings
    first = min(group, key=lambda one: (one.published.earliest is None, *one.sort_key, _id(one)))
    standings = {one.event.standing for one in group}
    return Happening(
        id=make_id("happening", first.event.id),
        event=first.event.event,
        mode=next((one.event.mode for one in group if one.event.mode), None),
        events=tuple(one.event.id for one in group),
        reports=tuple(sorted({one.event.report for one in group})),
        actor=_side([one.actor for one in group], [one.described[0] for one in group]),
        recipient=_side([one.recipient for one in group], [one.described[1] for one in group]),
        place=next((one.event.place for one in group if one.event.place), None),
        when=_narrowest([one.event.when for one in group]),
        standings=tuple(standing for standing in ORDER if standing in standings),
        why=tuple(sorted(whole.why)),
    )


def _side(named: list[frozenset[str]], described: list[frozenset[str]]) -> tuple[str, ...]:
    """Return those named in any telling, else those that the first telling to do so describes."""
    first = next((ids for ids in described if ids), frozenset())
    return tuple(sorted(frozenset[str]().union(*named) or first))


def _narrowest(whens: list[When]) -> When:
    """Return the days that all tellings leave open: any two overlap, else they were not joined."""
    earliest = max((w.earliest for w in whens if w.earliest), default=None)
    latest = min((w.latest for w in whens if w.latest), default=None)
    if earliest and latest and earliest > latest:  # in a group too large to compare each with each
        return When(latest, earliest)
    return When(earliest, latest)
