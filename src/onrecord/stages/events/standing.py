"""How an event stands: told as fact, alleged, denied, planned or conditional.

Effects of governing words follow the factuality lexicons of Saurí and Pustejovsky (2009),
reduced to the five standings of the record.
"""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.stages.events.lexicon import governors
from onrecord.types import Standing, Statement

NEGATIONS = frozenset(
    {"not", "n't", "never", "n’t", "neither", "nor", "hardly", "nobody", "nothing"}
)
FUTURE = frozenset({"will", "'ll", "’ll", "shall", "wo", "gon"})
MODALS = frozenset({"would", "could", "may", "might", "should", "must", "can", "ca", "'d", "’d"})
ASKING = frozenset({"WRB", "WP", "WDT"})
NEARLY = frozenset({"almost", "nearly"})
INVERTED = frozenset({"had", "should", "were"})  # "had the bomb exploded"
CONDITIONS = frozenset({"if", "unless", "whether", "lest", "should"})
ASKED = "asked in a question"
# What follows these has happened, whatever the clause around them supposes.
FACTIVE_PREPS = frozenset({"after", "before", "since", "despite", "while", "following", "amid"})
# Beyond this many steps up the tree nothing bears on the event any more.
MAX_STEPS = 15
# What is done by saying it.
PERFORMED = frozenset(
    "appeal urge demand call ask beg request insist condemn denounce accuse blame reject deny "
    "welcome support endorse applaud commend thank congratulate promise pledge vow warn".split()
)
# What is done to an event, known or not, so that it never is or was.
NEVER = frozenset(
    "deny cancel abort foil prevent thwart avert abandon postpone block avoid refuse".split()
)
HEARSAY = frozenset(
    "allegedly reportedly supposedly purportedly apparently alleged supposed purported reported "
    "suspected".split()
)
RUMOURS = frozenset({"rumour", "rumor", "allegation", "speculation", "hearsay"})
KNOWN = frozenset({"the", "this", "that", "these", "those"})


@dataclass(frozen=True, slots=True)
class Stand:
    """A standing with its reason; `dropped` where a happening is only demanded of somebody."""

    standing: Standing
    why: str
    statement: str | None = None
    dropped: bool = False
    future: bool = False


class Contents:
    """The stretches of a report that are somebody's words, for finding the innermost at a place.

    Doubtful statements count too: better an event is called alleged than wrongly told.
    """

    def __init__(self, statements: tuple[Statement, ...]) -> None:
        spans = [(e.start, e.end, s) for s in statements for e in s.content]
        self.spans = sorted(spans, key=lambda span: (span[0], -span[1], span[2].id))
        self.starts = [span[0] for span in self.spans]
        self.reach = max((end - start for start, end, _ in self.spans), default=0)

    def at(self, offset: int) -> Statement | None:
        """Return the statement whose content most closely surrounds an offset of the report."""
        best: tuple[int, Statement] | None = None
        index = bisect.bisect_right(self.starts, offset) - 1
        while index >= 0 and self.spans[index][0] >= offset - self.reach:
            start, end, statement = self.spans[index]
            if end > offset and (best is None or end - start < best[0]):
                best = (end - start, statement)
            index -= 1
        return best[1] if best else None


def is_asked(token: Token, contents: Contents, starts: Sequence[int]) -> bool:
    """Tell whether a question that whoever speaks asks holds a token."""
    mark = token.sent[-1]
    if mark.text != "?":
        return False
    return contents.at(starts[mark.i - 1]) == contents.at(starts[token.i])


def stand_of(
    token: Token, statement: Statement | None, *, asked: bool, purposeful: bool = False
) -> Stand:
    """Return how the event of a trigger stands, from its clause and what governs that.

    What is only a purpose ("met to discuss") is dropped, unless `purposeful`: those who gather
    to protest do protest.
    """
    effects: dict[str, str] = {}
    given = _climb(token, effects)
    if asked and not given and not (_is_known(token) and token.dep_ == "pobj"):
        effects.setdefault("conditional", ASKED)
    inside = statement.id if statement else None
    if "purpose" in effects and not purposeful:
        return Stand("planned", effects["purpose"], inside, dropped=True)
    if "demanded" in effects:
        return Stand("planned", effects["demanded"], inside, dropped=True)
    return _by_effects(effects, statement, given=given) or _by_words(token, statement, effects)


def _by_effects(
    effects: dict[str, str], statement: Statement | None, *, given: bool
) -> Stand | None:
    """Return the standing that negation, conditions and intent give an event, if any does."""
    inside = statement.id if statement else None
    if statement and statement.act == "deny" and "denied" not in effects and not given:
        return Stand("denied", "within a denial", inside)
    if "if" in effects:
        return Stand("conditional", effects["if"], inside)
    future = effects.get("planned", "").startswith("will")
    for effect, standing in STANDINGS.items():
        if effect in effects:
            return Stand(standing, effects[effect], inside, future=future)
    return None


def _by_words(token: Token, statement: Statement | None, effects: dict[str, str]) -> Stand:
    """Return the standing of an event that nothing makes less than told: by whose words it is."""
    inside = statement.id if statement else None
    if effects.get("said", "").startswith("hearsay"):
        return Stand("alleged", effects["said"], inside)
    known = _is_known(token) and _is_settled(token)
    if statement and (_is_performed(token) or (known and statement.mode == "indirect")):
        return Stand("told", "done or taken as known by who speaks", inside)
    if statement:
        return Stand("alleged", "within a statement", inside)
    if "said" in effects:
        return Stand("alleged", effects["said"])
    return Stand("told", "told by the report")


STANDINGS: dict[str, Standing] = {
    "denied": "denied",
    "conditional": "conditional",
    "planned": "planned",
}


def _climb(token: Token, effects: dict[str, str]) -> bool:
    """Collect what the words over a trigger do to it; return whether it is only mentioned there.

    "Those who attacked the town must leave": the attack is taken as known, whatever is demanded.
    """
    node, open_scope, given = token, True, False
    if token.pos_ in ("NOUN", "PROPN"):
        node, open_scope = _climb_noun(token, effects)
        if node == token:
            return False
    for _ in range(MAX_STEPS):
        if open_scope:
            _own_marks(node, effects)
        if node.head == node:
            break
        if open_scope and not effects and _is_given(node):
            given = True
        open_scope = _step(node, effects, open_scope=open_scope)
        node = node.head
    return given


def _is_given(clause: Token) -> bool:
    """Tell whether a clause at a noun tells what has happened or does: "who fled", "held there"."""
    if clause.dep_ not in ("relcl", "acl") or any(c.dep_ == "mark" for c in clause.lefts):
        return False
    return clause.tag_ in ("VBD", "VBN", "VBZ") or any(
        child.tag_ in ("VBD", "VBZ", "VBP") and child.dep_ in ("aux", "auxpass")
        for child in clause.lefts
    )


def _is_settled(noun: Token) -> bool:
    """Tell whether the verb over a noun tells what is or was, not what may or will be."""
    verb = next((word for word in noun.ancestors if word.pos_ in ("VERB", "AUX")), None)
    if verb is None or verb.tag_ not in ("VBD", "VBN", "VBZ", "VBP"):
        return False
    return not any(
        child.dep_ == "neg" or child.lower_ in MODALS | FUTURE | CONDITIONS for child in verb.lefts
    )


def is_firm(token: Token, stand: Stand) -> bool:
    """Tell whether a rule of negation or condition leaves no doubt, however the rest looks.

    "Did not attack", "foiled a raid", "if they attack", "did they attack?"; not "his attack was
    not the first", which happened.
    """
    why, known = stand.why, _is_known(token)
    over = token.head
    if stand.standing == "denied" and why.startswith("negated"):
        return not known or "occur" in governors().get(over.lemma_.lower(), ())
    if why.startswith(("hearsay", "“")):
        return True
    if why.startswith("object of"):
        return over.lemma_.lower() in NEVER
    if stand.standing != "conditional":
        return False
    if why.startswith("under"):
        return not known and any(f"“{word}”" in why for word in CONDITIONS | INVERTED)
    return why == ASKED and not known and not any(word.tag_ in ASKING for word in token.sent)


def may_be_told(token: Token, stand: Stand) -> bool:
    """Tell whether an event may be told as fact though rules have it otherwise.

    Not what may or will do something ("the invasion would cost lives"), nor a verb in a denial.
    """
    if stand.standing == "told":
        return True
    if stand.standing == "denied" and token.pos_ == "VERB" and token.dep_ != "relcl":
        return False
    return token.dep_ not in ("nsubj", "nsubjpass") or not any(
        child.lower_ in MODALS | FUTURE for child in token.head.lefts
    )


def _is_performed(token: Token) -> bool:
    """Tell whether a speaker does by these words what they say: "we appeal to all sides"."""
    subjects = [child.lower_ for child in token.lefts if child.dep_ == "nsubj"]
    helped = any(child.dep_ in ("aux", "neg") for child in token.lefts)
    spoken = token.lemma_.lower() in PERFORMED and token.tag_ == "VBP" and not helped
    return spoken and bool({"i", "we"}.intersection(subjects))


def _is_known(token: Token) -> bool:
    """Tell whether a noun speaks of an event as known: "the attack", "Monday's raid"."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    return any(
        child.dep_ == "poss" or (child.dep_ == "det" and child.lower_ in KNOWN)
        for child in token.lefts
    )


def _step(node: Token, effects: dict[str, str], *, open_scope: bool) -> bool:
    """Apply what a word hangs on; return whether the mood of that still bears on the event."""
    head, relation = node.head, node.dep_
    if relation in ("relcl", "advcl", "parataxis", "appos"):
        return _adjunct(node, relation, effects) and open_scope
    if relation in ("csubj", "csubjpass") or (relation == "ccomp" and _is_asked(node)):
        return False  # "it does not say who shot him": he was shot
    if relation == "conj":
        return open_scope and _shares_auxiliary(node)
    if relation == "pcomp":
        return _after_preposition(node, effects, open_scope=open_scope)
    if relation == "amod" or (relation == "acl" and node.tag_ in ("VBN", "VBG")):
        return False  # "captured soldiers", "the truce signed in May": it has happened
    if relation == "ccomp" and head.lemma_.lower() not in governors():
        return False  # sentences run together, not one governed by the other
    if relation in ("xcomp", "ccomp", "acl"):
        if relation == "acl" and _is_none(head):
            effects.setdefault("denied", "negated: no")  # "no evidence that …"
        elif relation == "acl" and head.lemma_.lower() in RUMOURS:
            effects.setdefault("said", f"hearsay: {head.lower_}")
        _governed(node, head, effects, open_scope=open_scope)
    return open_scope


def _after_preposition(node: Token, effects: dict[str, str], *, open_scope: bool) -> bool:
    """Apply the preposition that governs a gerund: "after bombing", "without bombing"."""
    prep = node.head
    if prep.lower_ in FACTIVE_PREPS:
        return False
    if prep.lower_ == "without" or prep.head.lower_ == "instead":
        effects.setdefault("denied", f"negated: {prep.lower_}")
    _governed(node, prep.head, effects, open_scope=open_scope)
    return open_scope


def _is_asked(clause: Token) -> bool:
    """Tell whether a clause asks how, why, when or where something happened, or who did it."""
    return any(child.tag_ in ("WRB", "WP") for child in clause.lefts)


def _climb_noun(noun: Token, effects: dict[str, str]) -> tuple[Token, bool]:
    """Apply what stands around an event noun.

    Returns the verb to go on from (the noun itself where there is none), and whether the mood
    of that verb bears on the event: "will hold talks" does, "will condemn the raid" does not.
    """
    if any(child.lower_ == "no" for child in noun.lefts):
        effects["denied"] = "negated: no"
    _participles(noun, effects)
    top = _top_noun(noun, effects)
    head = top.head
    if head == top or head.pos_ not in ("VERB", "AUX"):
        return noun, False
    bearing = governors().get(head.lemma_, frozenset())
    if top.dep_ in ("nsubj", "nsubjpass"):
        if top == noun and top.dep_ == "nsubjpass":
            _verb_over_noun(noun, head, effects)
        return head, "occur" in bearing or head.pos_ == "AUX"
    if top == noun and top.dep_ in ("dobj", "attr"):
        _verb_over_noun(noun, head, effects)
        return head, bool(bearing & {"light", "occur", "fact"}) or head.pos_ == "AUX"
    if top == noun and top.dep_ in ("pobj", "prep"):
        _noun_governor(head, effects)
    return head, False


def _top_noun(noun: Token, effects: dict[str, str]) -> Token:
    """Return the outermost noun that an event noun hangs on, applying those it is "of"."""
    top = noun
    for _ in range(4):
        if top.dep_ not in ("conj", "pobj", "prep", "appos", "compound"):
            break
        if top.dep_ == "pobj" and top.head.lower_ in ("of", "for"):
            _noun_governor(top.head.head, effects)
        if top.head.pos_ in ("VERB", "AUX"):
            break
        top = top.head
    return top


def _participles(noun: Token, effects: dict[str, str]) -> None:
    """Apply what a participle says of its event noun ("talks planned for May", "a foiled raid")."""
    for child in noun.children:
        if child.dep_ == "amod" and child.lower_ in HEARSAY:
            effects.setdefault("said", f"hearsay: {child.lower_}")
        elif child.dep_ in ("acl", "amod") and child.tag_ == "VBN":
            bearing = governors().get(child.lemma_.lower(), frozenset())
            for effect in ("denied", "planned"):
                if effect in bearing and not bearing & {"light", "occur", "fact"}:
                    effects.setdefault(effect, f"“{child.lower_}”")


def _noun_governor(governor: Token, effects: dict[str, str]) -> None:
    lemma = governor.lemma_.lower()
    for effect in ("demanded", "conditional", "planned"):
        if effect in governors().get(lemma, ()):
            effects.setdefault(effect, f"under “{lemma}”")
            return


def _verb_over_noun(noun: Token, verb: Token, effects: dict[str, str]) -> None:
    """Apply a verb to the event noun that is its object ("planned an attack")."""
    lemma = verb.lemma_.lower()
    definite = _is_known(noun) and lemma not in NEVER
    for effect in ("denied", "demanded", "planned"):
        if effect in governors().get(lemma, ()) and not (definite and effect == "denied"):
            effects.setdefault(effect, f"object of “{lemma}”")
            return


def _own_marks(node: Token, effects: dict[str, str]) -> None:
    """Collect negation, modals and conditions that stand in a word's own clause."""
    first = next(iter(node.lefts), None)
    inverted = first is not None and first.dep_ == "aux" and first.lower_ in INVERTED
    if inverted and first is not None and node.dep_ in ("advcl", "ccomp"):
        effects.setdefault("if", f"under “{first.lower_}”")
    for child in node.children:
        word = child.lower_
        if child.dep_ == "neg" or word in NEGATIONS or (word in NEARLY and child.i == node.i - 1):
            effects.setdefault("denied", f"negated: {word}")
        elif word in HEARSAY:
            effects.setdefault("said", f"hearsay: {word}")
        elif child.dep_ == "aux" and word in FUTURE and not _is_name(child):
            effects.setdefault("planned", "will")
        elif child.dep_ == "aux" and word in MODALS:
            _modal(node, word, effects)
        elif child.dep_ == "mark" and word in CONDITIONS:
            effects.setdefault("if", f"under “{word}”")
        elif child.dep_ == "advcl" and _is_condition(child):
            effects.setdefault("conditional", "with a condition")
        elif child.dep_ in ("nsubj", "nsubjpass", "dobj") and _is_none(child):
            effects.setdefault("denied", f"negated: {word}")


def _is_name(word: Token) -> bool:
    """Tell whether "Will" is somebody: with a capital, and not where a sentence begins."""
    return word.text == "Will" and word.i > word.sent.start


def _is_condition(clause: Token) -> bool:
    """Return whether a clause is a condition: "if …", "unless …", "should this not be met"."""
    words = [child.lower_ for child in clause.lefts]
    return bool(words) and ("if" in words or "unless" in words or words[0] in ("should", "were"))


def _is_none(noun: Token) -> bool:
    return noun.lower_ in ("nobody", "none", "nothing", "neither") or any(
        (child.lower_ == "no" and child.dep_ == "det") or child.lower_ == "neither"
        for child in noun.lefts
    )


def _modal(node: Token, word: str, effects: dict[str, str]) -> None:
    """Read "would" after a verb of saying in the past as its future, other modals as open."""
    conditioned = any(child.dep_ == "advcl" and _is_condition(child) for child in node.children)
    if word in ("would", "'d", "’d") and node.dep_ in ("ccomp", "conj", "acl") and not conditioned:
        effects.setdefault("planned", "will (would)")
    elif word in ("should", "must"):
        effects.setdefault("demanded", f"only demanded: {word}")
    else:
        effects.setdefault("conditional", f"only {word}")


def _adjunct(node: Token, relation: str, effects: dict[str, str]) -> bool:
    """Apply an adjunct clause; return whether the mood of the clause above still bears on it."""
    words = {child.lower_ for child in node.lefts}
    if relation == "advcl" and "to" in words and node.tag_ == "VB":
        effects.setdefault("purpose", "a purpose")
    marked = any(child.dep_ == "mark" for child in node.lefts)
    return relation == "advcl" and node.tag_ == "VBG" and not marked


def _governed(node: Token, governor: Token, effects: dict[str, str], *, open_scope: bool) -> None:
    """Apply the governing word of a complement, by the kind of complement that it is."""
    possible = governors().get(governor.lemma_.lower(), frozenset())
    infinitive = node.tag_ == "VB" and any(child.lower_ == "to" for child in node.lefts)
    gerund = node.tag_ == "VBG" and node.dep_ in ("xcomp", "pcomp", "acl")
    if not open_scope:
        order: tuple[str, ...] = ("said",)
    elif infinitive:
        order = ("denied", "planned", "demanded", "conditional", "fact", "said")
    elif gerund:
        order = ("fact", "said", "denied", "planned", "conditional")
    elif "demanded" in possible and not _is_wished(node):
        order = ("said", "demanded") if "said" in possible else ("denied", "conditional", "planned")
    else:
        order = ("said", "denied", "demanded", "conditional", "planned")
    if open_scope and infinitive and _controls_object(governor):
        order = ("denied", "demanded", "planned", "conditional", "fact", "said")
    effect = next((e for e in order if e in possible), None)
    if effect == "conditional" and _is_perfect(node):
        effect = "said"  # "is believed to have fled"
    if effect is None and infinitive and open_scope and governor.pos_ in ("VERB", "NOUN"):
        effect = "planned"
    if effect and effect != "fact":
        effects.setdefault(effect, f"under “{governor.lemma_.lower()}”")


def _is_perfect(node: Token) -> bool:
    words = [child.lemma_.lower() for child in node.lefts if child.dep_ in ("aux", "auxpass")]
    return words[:2] == ["to", "have"]


def _is_wished(node: Token) -> bool:
    """Return whether a content clause says what shall be ("that he leave", "… should leave")."""
    helpers = [child.lower_ for child in node.children if child.dep_ in ("aux", "auxpass")]
    return (node.tag_ == "VB" and not helpers) or any(
        word in ("be", "should", "must") for word in helpers
    )


def _controls_object(governor: Token) -> bool:
    return any(child.dep_ in ("dobj", "nsubjpass") for child in governor.children)


def _shares_auxiliary(node: Token) -> bool:
    """Return whether a coordinated verb shares the modals and negation of the first."""
    if any(child.dep_ in ("nsubj", "nsubjpass", "aux", "neg") for child in node.children):
        return False
    return node.tag_ == "VB" or (node.tag_ in ("VBN", "VBG") and node.head.tag_ == node.tag_)
