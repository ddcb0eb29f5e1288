"""Whom a report speaks of without a name: entities for chains of phrases, and who phrases mean.

A chain with a named mention means that entity. Of the others, those that a report calls by one
noun are one ("the driver", "a driver"), unless it says that there is another.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from onrecord.ids import make_id
from onrecord.stages.actors.coref import chains
from onrecord.stages.actors.lookup import mentions_in
from onrecord.stages.actors.page import Page
from onrecord.stages.actors.phrases import Phrase
from onrecord.stages.actors.words import is_title, person_nouns
from onrecord.types import ActorKind, Entity, Reading

KINDS: dict[str, ActorKind] = {"person": "person", "organisation": "organisation", "place": "place"}
ANOTHER = frozenset({"another", "other", "second", "third", "different"})
Span = tuple[int, int]


def meant(
    reading: Reading, page: Page, found: Sequence[Phrase]
) -> tuple[tuple[Entity, ...], dict[Span, str]]:
    """Return the entities of a report with those that have no name, and the entity by phrase.

    Phrases are given by their offsets in the report.
    """
    of = chains(page, list(found))
    own = [_named(reading, page, phrase) for phrase in found]
    named: dict[int, Counter[str]] = defaultdict(Counter)
    for chain, id_ in zip(of, own, strict=True):
        if id_ is not None:
            named[chain][id_] += 1
    entities = {entity.id: entity for entity in reading.entities}
    by_noun: dict[tuple[str, str], str] = {}
    by_chain: dict[int, str] = {}
    by_head: dict[int, str] = {}
    for phrase, chain, id_ in zip(found, of, own, strict=True):
        if id_ is None and named[chain]:
            id_ = min(named[chain], key=lambda key: (-named[chain][key], key))
        if id_ is None:
            entity = _unnamed(reading, page, phrase)
            key = (entity.name, entity.kind)
            if phrase.form != "pronoun" and key in by_noun:
                id_ = by_chain.setdefault(chain, by_noun[key])
            else:
                id_ = by_chain.setdefault(chain, entity.id)
            if id_ == entity.id:
                entities.setdefault(id_, entity)
            if phrase.form != "pronoun":
                by_noun.setdefault(key, id_)
        by_head[phrase.head] = id_
    spans = {_span(page, phrase): by_head[phrase.head] for phrase in found}
    return tuple(entities[id_] for id_ in sorted(entities)), spans


def _span(page: Page, phrase: Phrase) -> Span:
    return page.parse.starts[phrase.first], page.parse.end(phrase.last - 1)


def _named(reading: Reading, page: Page, phrase: Phrase) -> str | None:
    """Return the entity of the mention at the head of a phrase."""
    start, end = page.parse.starts[phrase.head], page.parse.end(phrase.head)
    found = mentions_in(reading, start, end)
    return found[0].actor if found else None


def _unnamed(reading: Reading, page: Page, phrase: Phrase) -> Entity:
    """Return an entity for a phrase: with its words where it is a name, else with its noun."""
    kind = KINDS.get(phrase.meaning, "unknown")
    id_ = make_id("entity", reading.report.id, *_span(page, phrase))
    noun = page.lower[phrase.head]
    noun = f"another {noun}" if _another(page, phrase) else noun
    entity = Entity(id_, reading.report.id, noun, kind, (), named=False)
    words = page.words(phrase.first, phrase.last)
    called = is_title(noun) or noun in person_nouns() or words.islower()
    if phrase.form == "name" and not called:
        return replace(entity, name=words, names=(words,), named=True)
    return entity


def _another(page: Page, phrase: Phrase) -> bool:
    return not ANOTHER.isdisjoint(page.lower[phrase.first : phrase.head])
