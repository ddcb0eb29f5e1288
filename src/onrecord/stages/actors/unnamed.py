"""Whom a report speaks of without a name: entities for chains of phrases, and who phrases mean.

A chain with a named mention means that entity. Of the others, those that a report calls by one
noun are one ("a driver", "the driver"), unless it says that there is another.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from onrecord.ids import make_id
from onrecord.stages.actors.coref import chains
from onrecord.stages.actors.lookup import mentions_in
from onrecord.stages.actors.page import Page
from onrecord.stages.actors.phrases import Phrase, by_pronoun
from onrecord.stages.actors.words import is_title, person_nouns
from onrecord.types import ActorKind, Entity, Mention, MentionHow, Reading

KINDS: dict[str, ActorKind] = {"person": "person", "organisation": "organisation", "place": "place"}
ANOTHER = frozenset({"another", "other", "second", "third", "different"})
DEFINITE = frozenset({"the", "this", "that"})
PERSONAL = frozenset({"person", "unknown"})  # kinds that "he" and "she" may mean
ACTING = frozenset({"person", "organisation"})  # meanings of what can have a side in an event
FRESH = frozenset({"a", "an", "another"})
BODIES = frozenset({"armed group", "party", "organisation", "government", "outlet", "unknown"})
Span = tuple[int, int]
Meant = tuple[tuple[Entity, ...], dict[Span, str]]  # entities, and the one of each phrase


def described(reading: Reading, page: Page, found: Sequence[Phrase], who: Meant) -> Reading:
    """Return the reading with whom its pronouns and descriptions mean, by the chains they stand in.

    Adds mentions of the entities that it has, and entities that have no name, with theirs.
    """
    entities, entity_of = who
    known = {entity.id: entity for entity in entities}
    clear = set()
    for phrase in found:
        entity = known[entity_of[_span(page, phrase)]]
        if entity.named or page.pos[phrase.head] not in ("NOUN", "PROPN"):
            continue
        clear.add(entity.id)
        if "Number=Plur" in str(page.parse.doc[phrase.head].morph):
            known[entity.id] = replace(entity, kind="unknown")
    there = {entity.id for entity in reading.entities}
    mentions = list(reading.mentions)
    for phrase in found:
        entity = known[entity_of[_span(page, phrase)]]
        if not entity.named:
            fits = phrase.meaning in ACTING and entity.id in clear
        else:
            fits = entity.id in there and _surely(page, phrase, entity)
        place = _free(reading, page, phrase) if fits else None
        if place is not None:
            span = page.parse.evidence(*place)
            how: MentionHow = "pronoun" if phrase.form == "pronoun" else "description"
            id_ = make_id("mention", span.report, span.start, span.end)
            mentions.append(Mention(id_, span.report, span, entity.id, how))
    mentioned = {mention.actor for mention in mentions}
    kept = (known[e.id] for e in entities if e.id in there or e.id in mentioned)
    ordered = sorted(mentions, key=lambda mention: (mention.span.start, mention.span.end))
    return replace(reading, entities=tuple(kept), mentions=_apart(ordered))


def _surely(page: Page, phrase: Phrase, entity: Entity) -> bool:
    """Tell whether a phrase is of a sort that chains are mostly right on, for a named entity."""
    if phrase.form == "pronoun":
        pronoun = by_pronoun(page, phrase)
        return (pronoun in ("he", "she") and entity.kind in PERSONAL) or (
            pronoun == "it" and entity.kind in BODIES
        )
    definite = page.lower[phrase.first] in DEFINITE
    return definite and phrase.form == "noun" and entity.kind in BODIES - PERSONAL


def _free(reading: Reading, page: Page, phrase: Phrase) -> tuple[int, int] | None:
    """Return the tokens of a phrase up to its head, or the head alone, where nothing is named."""
    for first in (phrase.first, phrase.head):
        start, end = page.parse.starts[first], page.parse.end(phrase.head)
        if not mentions_in(reading, start, end):
            return first, phrase.head + 1
    return None


def _apart(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return mentions without those that begin inside the one before."""
    kept: list[Mention] = []
    for mention in mentions:
        if not kept or mention.span.start >= kept[-1].span.end:
            kept.append(mention)
    return tuple(kept)


def without(reading: Reading, used: Collection[str]) -> Reading:
    """Return the reading with no entity without a name but those used."""
    gone = {e.id for e in reading.entities if not e.named} - set(used)
    return replace(
        reading,
        entities=tuple(e for e in reading.entities if e.id not in gone),
        mentions=tuple(m for m in reading.mentions if m.actor not in gone),
    )


def meant(reading: Reading, page: Page, found: Sequence[Phrase], *, strict: bool = False) -> Meant:
    """Return the entities of a report with those that have no name, and the entity by phrase.

    Phrases are given by their offsets in the report. When `strict`, nouns mean one only where they
    are the same, and one that is not in a chain with an earlier one only as "the driver".
    """
    of = chains(page, list(found))
    own = [_named(reading, page, phrase) for phrase in found]
    named: dict[int, Counter[str]] = defaultdict(Counter)
    for chain, id_ in zip(of, own, strict=True):
        if id_ is not None:
            named[chain][id_] += 1
    entities = {entity.id: entity for entity in reading.entities}
    by_noun: dict[str, str] = {}
    by_chain: dict[tuple[int, str], str] = {}
    last: dict[int, str] = {}
    by_head: dict[int, str] = {}
    for phrase, chain, id_ in zip(found, of, own, strict=True):
        if id_ is None and named[chain]:
            id_ = min(named[chain], key=lambda key: (-named[chain][key], key))
        if id_ is None and phrase.form == "pronoun" and chain in last:
            id_ = last[chain]
        if id_ is None:
            entity = _unnamed(reading, page, phrase)
            noun = _noun(page, phrase, counted=strict)
            again = not strict or page.lower[phrase.first] in DEFINITE
            there = by_noun.get(noun) if phrase.form != "pronoun" and again else None
            key = (chain, noun if strict else "")
            if strict and _brings_in(page, phrase):
                by_chain[key] = by_noun[noun] = entity.id
            id_ = by_chain.setdefault(key, there or entity.id)
            if id_ == entity.id:
                entities.setdefault(id_, entity)
            if phrase.form != "pronoun":
                by_noun.setdefault(noun, id_)
            last[chain] = id_
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
    words = page.words(phrase.first, phrase.head + 1)
    entity = Entity(id_, reading.report.id, words, kind, (), named=False)
    noun = page.lower[phrase.head]
    words = page.words(phrase.first, phrase.last)
    called = is_title(noun) or noun in person_nouns() or words.islower()
    if phrase.form == "name" and not called:
        return replace(entity, name=words, names=(words,), named=True)
    return entity


def _noun(page: Page, phrase: Phrase, *, counted: bool) -> str:
    """Return what a report calls somebody by, with "another" where there is a second one.

    When `counted`, with the numbers before it, too: 35 people are not the 350 people of a sentence.
    """
    noun = page.lower[phrase.head]
    if counted and page.lower[phrase.first] not in DEFINITE:
        numbers = (i for i in range(phrase.first, phrase.head) if page.pos[i] == "NUM")
        noun = " ".join((*(page.lower[i] for i in numbers), noun))
    return f"another {noun}" if _another(page, phrase) else noun


def _brings_in(page: Page, phrase: Phrase) -> bool:
    """Tell whether a phrase speaks of somebody new ("a driver"), not of what somebody is."""
    return page.lower[phrase.first] in FRESH and page.dep[phrase.head] not in ("appos", "attr")


def _another(page: Page, phrase: Phrase) -> bool:
    return not ANOTHER.isdisjoint(page.lower[phrase.first : phrase.head])
