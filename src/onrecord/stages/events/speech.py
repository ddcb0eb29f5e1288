"""Words for deeds that tell of no deed: accidents, sport, figures of speech."""

from spacy.tokens import Doc, Token

from onrecord.stages.events.lexicon import figurative, noun_classes
from onrecord.stages.events.triggers import Trigger

# What is done and not said: a word for it that introduces somebody's words is only lively.
DEEDS = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "RETREAT", "AID"})
# What is said or agreed, and is nothing without somebody who does so.
SAID = frozenset({"SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "CONSULT"})
ANYBODY = frozenset({"you", "one", "it", "this", "that", "there"})
# Verbs that tell what befell people or things, by whatever cause.
BEFALLING = frozenset(
    "kill die perish injure wound maim hit strike rock shake destroy damage slam batter pound rip "
    "tear level hurt ravage wreck burn lose".split()
)
TOPIC_WORDS = 150  # words from the start of a report that tell what it is about
SPORTS = 4  # different words of sport among them by which a report is about sport
SPACE = 2  # the same for flights into space, whose words are rarer elsewhere
LAUNCHES = frozenset({"launch", "fire", "test", "send", "blast", "explode"})
LEAD_WORDS = 60


class Topic:
    """What a report is about, as far as it bears on whether words for deeds are meant so."""

    def __init__(self, doc: Doc) -> None:
        words = {token.lemma_.lower() for token in doc[:TOPIC_WORDS]}
        self.sport = len(words & figurative()["sport"]) >= SPORTS
        self.space = len(words & figurative()["space"]) >= SPACE
        lead = {token.lemma_.lower() for token in doc[:LEAD_WORDS]}
        attack = noun_classes()["attack"] | noun_classes()["weapon"] | noun_classes()["forces"]
        self.accident = bool(lead & figurative()["accident"]) and not lead & attack


def is_figurative(trigger: Trigger, topic: Topic) -> bool:
    """Return whether a trigger tells of an accident, a game, or of nothing but in words."""
    event, clause = trigger.pattern.event, trigger.clause
    if event not in DEEDS:
        return clause is not None and event in SAID and _by_anybody(trigger)
    if topic.sport:
        return True
    if topic.space and trigger.pattern.lemma in LAUNCHES:
        return True
    if clause is None:
        return _is_another_thing(trigger.token)
    if event == "ASSAULT" and trigger.pattern.lemma in BEFALLING and _by_chance(trigger, topic):
        return True
    if any(need.words for need in trigger.pattern.needs):
        return any(_is_another_thing(noun) for noun in clause.objects)
    return event in ("ASSAULT", "COERCE") and any(map(_is_no_victim, clause.objects))


def _is_another_thing(noun: Token) -> bool:
    """Return whether a modifier makes an event noun a word for something else ("heart attack")."""
    words = (child.lemma_.lower() for child in noun.lefts if child.dep_ != "poss")
    return any(word in figurative()["modifier"] for word in words)


def _is_no_victim(noun: Token) -> bool:
    return noun.ent_type_ in ("DATE", "TIME") or noun.lemma_.lower() in figurative()["object"]


def _by_anybody(trigger: Trigger) -> bool:
    """Return whether a speech act is bidden or nobody's in particular ("Thank you")."""
    clause = trigger.clause
    assert clause
    if not clause.subjects:
        return trigger.token.dep_ == "ROOT" and trigger.token.tag_ == "VB" and not clause.passive
    return all(subject.lower_ in ANYBODY - {"it"} for subject in clause.subjects)


def _by_chance(trigger: Trigger, topic: Topic) -> bool:
    """Return whether what befell somebody is an accident's doing and nobody's."""
    clause = trigger.clause
    assert clause
    causes = list(clause.subjects)
    for word in ("in", "by", "from", "of", "during", "after", "when"):
        causes += clause.preps.get(word, [])
    words = {cause.lemma_.lower() for cause in causes}
    words |= {child.lemma_.lower() for cause in causes for child in cause.lefts}
    if words & figurative()["accident"]:
        return True
    told = any(cause.lemma_.lower() in noun_classes()["attack"] for cause in causes)
    agent = any(cause.pos_ in ("PROPN", "NOUN") for cause in clause.subjects)
    return topic.accident and not told and not agent
