"""Events that lie in how another one is put: an intent agrees or threatens, a duty demands.

PLOVER codes an announced act by the announcement: a cooperative one is AGREE, a hostile one
THREATEN, a refusal REJECT, and saying that somebody must do something is REQUEST.
"""

from spacy.tokens import Token

from onrecord.stages.events.lexicon import governors

COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
HOSTILE = frozenset({"SANCTION", "COERCE", "ASSAULT", "PROTEST"})
PROMISES = frozenset({"promise", "pledge", "vow", "swear", "guarantee", "undertake"})
DUTIES = frozenset({"must", "should", "ought"})


def announced(event: str, *, negated: bool) -> str | None:
    """Return the type of the event that announcing one of `event` is, or None."""
    if event in COOPERATIVE:
        return "REJECT" if negated else "AGREE"
    if event in HOSTILE and not negated:
        return "THREATEN"
    return None


def saying_over(verb: Token) -> Token | None:
    """Return the verb of saying whose content clause a verb heads, or None."""
    if verb.dep_ not in ("ccomp", "conj") or verb.head == verb:
        return None
    head = verb.head
    if verb.dep_ == "conj":
        if head.dep_ != "ccomp":
            return None
        head = head.head
    return head if "said" in governors().get(head.lemma_.lower(), ()) else None


def duty(token: Token) -> Token | None:
    """Return the verb that a word makes a duty of ("must leave", "has to leave"), or None."""
    if token.dep_ == "aux" and token.lower_ in DUTIES:
        return token.head
    return None
