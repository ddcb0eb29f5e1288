"""Nouns of reports as readers see them: actors in place of entities, dates as copies tell them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar, cast

from onrecord.types import Dating, Event, Mention, Report, Statement, Tie

Noun = TypeVar("Noun")
Actors = Callable[[Iterable[str]], Mapping[str, str]]
Dates = Callable[[Iterable[str]], Mapping[str, Dating]]


def resolved(nouns: Iterable[Noun], actors: Actors, dates: Dates) -> list[Noun]:
    """Return nouns that name actors where they named entities, dated as their copies tell.

    `actors` gives the actor of each of some entities, `dates` the narrower dating of each of some
    reports; both are asked once for all.
    """
    found = list(nouns)
    entities = [entity for noun in found for entity in _entities(noun)]
    identity = actors(dict.fromkeys(entities)) if entities else {}
    reports = [noun.id for noun in found if isinstance(noun, Report)]
    published = dates(reports) if reports else {}
    return [_resolved(noun, identity, published) for noun in found]


def _entities(noun: object) -> Iterator[str]:
    """Yield the entities that a noun names."""
    if isinstance(noun, Mention):
        yield noun.actor
    elif isinstance(noun, Event):
        yield from noun.actor
        yield from noun.recipient
        yield from _given(noun.place_actor)
    elif isinstance(noun, Tie):
        yield noun.subject
        yield from _given(noun.object)
    elif isinstance(noun, Statement):
        yield from _given(noun.speaker.actor)
        yield from noun.about
        for hop in noun.chain:
            yield from _given(hop.actor)


def _given(entity: str | None) -> tuple[str, ...]:
    return (entity,) if entity else ()


def _resolved(noun: Noun, identity: Mapping[str, str], published: Mapping[str, Dating]) -> Noun:
    def one(entity: str | None) -> Any:
        return identity.get(entity, entity) if entity else None

    def many(entities: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(one, entities)))

    item: Any = noun
    if isinstance(item, Report):
        if item.id in published:
            item = replace(item, published=published[item.id])
    elif isinstance(item, Mention):
        item = replace(item, actor=one(item.actor))
    elif isinstance(item, Event):
        item = replace(
            item,
            actor=many(item.actor),
            recipient=many(item.recipient),
            place_actor=one(item.place_actor),
        )
    elif isinstance(item, Tie):
        item = replace(item, subject=one(item.subject), object=one(item.object))
    elif isinstance(item, Statement):
        speaker = replace(item.speaker, actor=one(item.speaker.actor))
        chain = tuple(replace(hop, actor=one(hop.actor)) for hop in item.chain)
        item = replace(item, speaker=speaker, chain=chain, about=many(item.about))
    return cast(Noun, item)
