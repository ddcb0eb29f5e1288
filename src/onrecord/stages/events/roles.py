"""Who does harm, to whom, to what and with what: roles of nouns, by weights that can be read.

Each noun of a report is given the chance of each role by a logistic regression over readable
features: how it hangs on words for events, on which side of the coded events it stands, what it
means, its own word where that is no name. Roles are those of MUC-4's templates; weights were
learned from its texts (`models/roles.md`).
"""

import functools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.models.weights import weights_json
from onrecord.parsing import Parse
from onrecord.stages.actors.phrases import Phrase
from onrecord.stages.events.triggers import Trigger
from onrecord.types import Event, Reading

ROLES = ("perpetrator", "target", "victim", "instrument")
HARMFUL = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "THREATEN"})
MODIFIERS = frozenset({"compound", "nmod", "amod", "nummod"})
QUALIFIERS = frozenset({"compound", "amod", "nummod", "det", "poss"})
UP = 4  # steps from a noun up to the word for an event
UP_VERB = 3  # steps up to its verb
SENTENCES = 3  # sentences that one step of a noun's place in the report holds
LAST_STEP = 4


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun by its token, with the features that tell its role."""

    token: int
    features: frozenset[str]


def nouns(
    reading: Reading,
    parse: Parse,
    found: Sequence[Trigger],
    events: Sequence[Event],
    phrases: Sequence[Phrase],
) -> Iterator[Noun]:
    """Yield the nouns of a report that are no modifiers; nothing where nobody does harm."""
    by_token = {trigger.token.i: trigger for trigger in found}
    number, harm = _sentences(parse, by_token)
    if not any(harm):
        return
    meaning = {phrase.head: phrase.meaning for phrase in phrases}
    kinds = _kinds(reading, parse)
    sides = _sides(events)
    for token in parse.doc:
        if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in MODIFIERS or len(token) < 2:
            continue
        features = {f"lem {token.lemma_.lower()}", f"dep {token.dep_}"}
        features |= _around(token, harm[number[token.i]], meaning.get(token.i, "-"))
        features |= set(_path(token, by_token)) | set(_verb(token))
        features |= _who(token, kinds, sides)
        features.add(f"sn {min(LAST_STEP, number[token.i] // SENTENCES)}")
        yield Noun(token.i, frozenset(features))


def _sentences(
    parse: Parse, by_token: Mapping[int, Trigger]
) -> tuple[list[int], list[frozenset[str]]]:
    """Return the sentence of each token, and the harmful types that each sentence has."""
    number: list[int] = []
    harm = []
    for place, sentence in enumerate(parse.doc.sents):
        number.extend([place] * len(sentence))
        types = {by_token[t.i].pattern.event for t in sentence if t.i in by_token}
        harm.append(frozenset(types & HARMFUL))
    return number, harm


def _kinds(reading: Reading, parse: Parse) -> dict[int, tuple[str, str, bool]]:
    """Return the entity, its kind and whether it is named, for each token of a mention."""
    entities = {entity.id: entity for entity in reading.entities}
    return {
        i: (mention.actor, entities[mention.actor].kind, entities[mention.actor].named)
        for mention in reading.mentions
        if mention.actor in entities
        for i in parse.tokens_in(mention.span.start, mention.span.end)
    }


def _sides(events: Sequence[Event]) -> dict[str, set[str]]:
    sides: dict[str, set[str]] = {}
    for event in events:
        if event.event in HARMFUL:
            for side, ids in (("actor", event.actor), ("recipient", event.recipient)):
                for id_ in ids:
                    sides.setdefault(id_, set()).add(f"side {side} {event.event}")
    return sides


def _around(token: Token, harm: frozenset[str], meaning: str) -> set[str]:
    features = {f"sent {event}" for event in harm} or {"sent none"}
    features |= {f"mean {meaning} sent {event}" for event in harm} | {f"mean {meaning}"}
    return features | {f"mod {c.lower_}" for c in token.lefts if c.dep_ in QUALIFIERS}


def _step(node: Token) -> str:
    return f"{node.dep_}:{node.lower_}" if node.dep_ == "prep" else node.dep_


def _path(token: Token, by_token: Mapping[int, Trigger]) -> Iterator[str]:
    """Yield the way from a noun up to a word for an event."""
    if token.i in by_token:
        yield f"self {by_token[token.i].pattern.event}"
    node = token
    path: list[str] = []
    for _ in range(UP):
        if node is not token and node.i in by_token:
            pattern, way = by_token[node.i].pattern, " ".join(path)
            yield from (f"path {way} {pattern.event}", f"plem {way} {pattern.lemma}")
            yield f"gov {pattern.event}"
            return
        if node.head == node:
            return
        path.append(_step(node))
        node = node.head


def _verb(token: Token) -> Iterator[str]:
    """Yield the way from a noun up to its verb."""
    node, path = token, []
    for _ in range(UP_VERB):
        if node.head == node:
            break
        path.append(_step(node))
        node = node.head
        if node.pos_ == "VERB":
            break
    way = " ".join(path)
    yield from (f"vdep {way}", f"vpath {way} {node.lemma_.lower()}")


def _who(
    token: Token, kinds: Mapping[int, tuple[str, str, bool]], sides: Mapping[str, set[str]]
) -> set[str]:
    if token.i not in kinds:
        return {"nomention"}
    id_, kind, named = kinds[token.i]
    return {f"kind {kind}", f"named {named}"} | sides.get(id_, {"side none"})


@functools.cache
def _weights() -> dict[str, list[float]]:
    loaded: dict[str, list[float]] = weights_json("roles.json")
    return loaded


def chances(noun: Noun) -> dict[str, float]:
    """Return the chance of each role, from 0 to 1, in the order of `ROLES`."""
    weights = _weights()
    sums = list(weights[""])
    for feature in noun.features:
        for place, weight in enumerate(weights.get(feature, ())):
            sums[place] += weight
    return {role: 1 / (1 + math.exp(-total)) for role, total in zip(ROLES, sums, strict=True)}
