"""Where an event took place, and when."""

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.parsing import Parse
from onrecord.stages.date import when_told
from onrecord.stages.events.arguments import Cast
from onrecord.stages.events.lexicon import governors, noun_classes
from onrecord.stages.events.syntax import preps_of, shared
from onrecord.stages.events.triggers import RESULTS, Trigger
from onrecord.types import Reading, When

PLACE_PREPS = ("in", "at", "near", "outside", "inside", "around", "on", "across")
PLACE_KINDS = frozenset({"place", "state"})
ARRIVING = frozenset({"reach", "enter", "arrive", "cross", "come", "go", "head", "land"})
SHARED_VERBS = 3  # verbs in a row that share one time
# Effects of verbs that say of an event noun that it takes, took or shall take place.
HAPPENING = frozenset({"light", "occur", "planned", "fact"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


def place_of(cast: Cast, trigger: Trigger) -> tuple[str | None, str | None]:
    """Return the place of an event as printed and the entity it is, each None if not told.

    Only phrases that hang on the event itself count, the nearest first, and only names: a place
    that is merely described is left out.
    """
    for noun in _place_nouns(trigger):
        mention = cast.at.get(noun.i)
        if mention and (_is_place(cast, mention.actor) or _is_named_place(cast, noun)):
            return mention.span.text, mention.actor
        if mention is None and noun.pos_ == "PROPN" and noun.ent_type_ in PLACE_LABELS:
            return _name(cast.parse, noun), None
    return None, None


def side_of(cast: Cast, trigger: Trigger) -> str | None:
    """Return whose the nearest place of an event is ("the Ruritanian town of X"), else None."""
    for noun in _place_nouns(trigger):
        if noun.pos_ == "NOUN" and (owner := cast.modifier_of(noun)):
            return owner
    return None


def _is_place(cast: Cast, entity: str) -> bool:
    found = cast.entities.get(entity)
    return found is not None and found.kind in PLACE_KINDS


def _is_named_place(cast: Cast, noun: Token) -> bool:
    """Return whether a name that is no person's stands as a place's ("in the town of X")."""
    mention = cast.at[noun.i]
    entity = cast.entities.get(mention.actor)
    if entity is None or entity.kind in ("person", "outlet") or noun.pos_ != "PROPN":
        return False
    of = noun.dep_ == "pobj" and noun.head.lower_ == "of"
    return of and noun.head.head.lemma_.lower() in noun_classes()["site"]


def _name(parse: Parse, noun: Token) -> str:
    first = min([noun.i, *(c.i for c in noun.lefts if c.dep_ == "compound")])
    return parse.evidence(first, noun.i + 1).text


def _place_nouns(trigger: Trigger) -> Iterator[Token]:
    """Yield the nouns of place phrases on the trigger, its objects, and the verb over it."""
    holders = [trigger.token]
    holders += [c for c in trigger.token.children if c.dep_ == "acl" and _has(c, HAPPENING)]
    if trigger.clause:
        holders += shared(trigger.clause.objects)
    elif trigger.token.head.pos_ == "VERB":
        verb = trigger.token.head
        holders.append(verb)
        if verb.lemma_.lower() in ARRIVING and trigger.token.dep_ == "nsubj":
            yield from (child for child in verb.children if child.dep_ == "dobj")
    yield from _ring(holders)
    # "an attack on the station in X", "talks with their envoy in X"
    inner = [noun for holder in holders for found in preps_of(holder).values() for noun in found]
    yield from _ring(inner)


def _ring(holders: list[Token]) -> Iterator[Token]:
    for word in PLACE_PREPS:
        for holder in holders:
            for noun in preps_of(holder).get(word, []):
                yield noun
                # "in the town of X", "in the capital, X"
                yield from preps_of(noun).get("of", [])
                yield from (c for c in noun.children if c.dep_ in ("appos", "compound"))


def time_of(reading: Reading, parse: Parse, trigger: Trigger) -> When:
    """Return when an event took place by the time expressions of its own clause, else empty.

    A verb that shares its subject with the one before it, or only goes on with it ("…, killing
    nine"), shares its time too.
    """
    top, heads = _dated_by(trigger)
    for _ in range(SHARED_VERBS):
        span = range(top.left_edge.i, top.right_edge.i + 1)
        found = when_told(reading, parse, span, heads)
        if found != When() or not _shares_time(top):
            return found
        top = top.head
        heads = {top.i}
    return When()


def _dated_by(trigger: Trigger) -> tuple[Token, set[int]]:
    """Return the outermost word whose time expressions are the event's, and all such words."""
    token = trigger.token
    heads = {token.i}
    if trigger.clause is not None:
        heads |= {noun.i for noun in trigger.clause.objects if noun.i in trigger_words(trigger)}
        return _aspectual(token, heads)
    heads |= {c.i for c in token.children if c.dep_ in ("acl", "relcl") and _has(c, HAPPENING)}
    verb = token.head
    if token.dep_ == "pobj" and verb.lower_ in ("in", "by") and verb.dep_ in ("prep", "agent"):
        verb = verb.head
        if verb.lemma_.lower() in RESULTS:
            return verb, heads | {verb.i}
    elif token.dep_ in ("dobj", "attr", "nsubj", "nsubjpass") and _tells_of(verb):
        return _aspectual(verb, heads | {verb.i})
    return token, heads


def _tells_of(verb: Token) -> bool:
    """Return whether a verb says that its noun took place, or what came of it."""
    if verb.pos_ not in ("VERB", "AUX"):
        return False
    return verb.pos_ == "AUX" or _has(verb, HAPPENING) or verb.lemma_.lower() in RESULTS


def trigger_words(trigger: Trigger) -> range:
    """Return the token indexes of a trigger's own words."""
    return range(trigger.first, trigger.last)


def _aspectual(verb: Token, heads: set[int]) -> tuple[Token, set[int]]:
    """Take in the verb that only says that another one began, went on or ended."""
    if verb.dep_ == "xcomp" and _has(verb.head, {"fact", "occur"}) and verb.head.pos_ == "VERB":
        return verb.head, heads | {verb.head.i}
    return verb, heads


def _has(word: Token, effects: frozenset[str] | set[str]) -> bool:
    return not effects.isdisjoint(governors().get(word.lemma_.lower(), frozenset()))


def _shares_time(verb: Token) -> bool:
    if verb.head == verb or verb.head.pos_ not in ("VERB", "AUX"):
        return False
    if verb.dep_ == "conj":
        return not any(child.dep_ in ("nsubj", "nsubjpass", "aux") for child in verb.children)
    marked = any(child.dep_ == "mark" for child in verb.lefts)
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and not marked
