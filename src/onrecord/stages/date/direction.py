"""Whether a clause tells of the past or the future, by the verb that governs its words."""

from typing import Literal

from spacy.tokens import Doc, Token

from onrecord.stages.date.grammar import beside

Direction = Literal["past", "present", "future"]
FUTURE = frozenset({"will", "'ll", "’ll", "shall", "wo", "gonna"})
OPEN = frozenset({"would", "might", "may", "should", "must", "can", "ca"})
PURPOSE = frozenset({"advcl", "csubj"})
# Nouns whose infinitive lies ahead of them: "a plan to meet on Friday".
PLANS = frozenset(
    "plan decision deal agreement promise pledge vow offer bid intention proposal vote order "
    "deadline schedule invitation request commitment chance ability".split()
)
AHEAD = frozenset({"until", "till", "to", "for"})
DEEPEST = 12  # steps up the tree; a verb further away does not govern the expression


def governing_verb(doc: Doc, first: int, last: int) -> Token | None:
    """Return the verb that the tokens [first, last) depend on; None in a clause without one."""
    token = _root(doc, first, last)
    for _ in range(DEEPEST):
        if token.pos_ in {"VERB", "AUX"} and not first <= token.i < last:
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _root(doc: Doc, first: int, last: int) -> Token:
    for token in doc[first:last]:
        if not first <= token.head.i < last or token.head.i == token.i:
            return token
    return doc[first]


def direction(doc: Doc, first: int, last: int) -> Direction | None:
    """Return where the clause of the tokens [first, last) looks; None where no verb tells."""
    verb = governing_verb(doc, first, last)
    if verb is None:
        return None
    if (
        first
        and doc[first - 1].lower_ in AHEAD
        and verb.lemma_.lower() in beside("MOVES") | beside("FORWARD")
    ):
        return "future"
    told = looks(verb)
    # "attempts to explain Monday's debate": a possessive is not what the infinitive plans.
    planned = verb.dep_ == "ROOT" or any(child.lower_ in FUTURE for child in verb.children)
    if doc[last - 1].tag_ == "POS" and verb.tag_ == "VB" and told == "future" and not planned:
        return "past"
    return told


def looks(verb: Token) -> Direction | None:
    """Return where a verb looks by its auxiliaries, mood and tag."""
    for _ in range(DEEPEST):
        told = _by_auxiliaries(verb)
        if told is not None:
            return told
        if verb.tag_ in {"VBN", "VBD"}:
            return "past"
        if verb.tag_ in {"VBZ", "VBP"}:
            return "future" if verb.lemma_.lower() in beside("FORWARD") else "present"
        above = governing_verb(verb.doc, verb.i, verb.i + 1)
        if above is None:
            return None
        verb = above
    return None


def _by_auxiliaries(verb: Token) -> Direction | None:
    words = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    tags = {child.tag_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if any(child.lower_ in {"if", "unless"} for child in verb.children if child.dep_ == "mark"):
        return "future"  # "she would tear it up if she won in the autumn"
    if words & FUTURE or (words & OPEN and "have" not in words):
        return "future"
    if "to" in words and "have" not in words and verb.tag_ == "VB":
        if verb.dep_ in PURPOSE or (verb.dep_ == "acl" and verb.head.lemma_ not in PLANS):
            return None  # "flew in to meet him on Friday" is as past as the flight
        return "past" if _is_pluperfect(verb.head) else "future"
    if verb.lemma_.lower() in beside("FORWARD") and verb.tag_ in {"VBN", "VBG"}:
        return "future"
    if tags & {"VBD"} or words & {"have", "has", "had", "'ve", "’ve"}:
        return "past"
    if tags & {"VBZ", "VBP"}:
        return "present"
    return None


def _is_pluperfect(verb: Token) -> bool:
    """Return whether "had" stands with a verb: "had been due to expire Friday"."""
    return any(child.lower_ == "had" and child.dep_ == "aux" for child in verb.children)
