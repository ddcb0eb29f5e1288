"""Finding the triggers of events: the lexicon's patterns against the words of a report."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.parsing import Parse
from onrecord.stages.events.lexicon import (
    EVENTS,
    Form,
    Need,
    Pattern,
    forms,
    mode_words,
    patterns,
)
from onrecord.stages.events.syntax import Clause, clause_of, preps_of, shared

# A light verb and its noun further apart than this are told by the verb alone.
MAX_TRIGGER_WORDS = 8
SHOUTING = 4  # letters from which a word all in capitals tells nothing of being a name


@dataclass(slots=True)
class Trigger:
    """A place where an event is told: the pattern, its word, and the verb's arguments."""

    pattern: Pattern
    token: Token
    clause: Clause | None
    first: int
    last: int


def triggers(parse: Parse, lexicon: str = EVENTS) -> list[Trigger]:
    """Return the triggers of a report in their order; a noun that a verb has used is not one.

    `lexicon` is the file of their patterns.
    """
    found: list[Trigger] = []
    used: set[int] = set()
    nouns: list[tuple[Token, Form]] = []
    table = forms(lexicon)
    for token in parse.doc:
        for form in _forms(token, table):
            if form.part == "noun":
                if _is_noun(token):
                    nouns.append((token, form))
            elif form.part == "verb":
                if _is_verb(token, form) and (trigger := _verb_trigger(token, form, used, lexicon)):
                    found.append(trigger)
                    break
            elif token.pos_ == "ADJ" and (trigger := _verb_trigger(token, form, used, lexicon)):
                found.append(trigger)
    for token, form in nouns:
        if token.i not in used and (noun := _noun_trigger(token, form, lexicon)):
            found.append(noun)
    return sorted(found, key=lambda trigger: (trigger.first, trigger.last))


def _forms(token: Token, table: dict[str, tuple[Form, ...]]) -> tuple[Form, ...]:
    """Return what a token can be a form of, by a hyphenated word it begins or ends if any."""
    found = table.get(token.lower_, ())
    if token.lower_ == "called" and token.i and token.nbor(-1).text == "-":
        return ()  # "so-called"
    if token.whitespace_ or token.i + 1 >= len(token.doc) or token.nbor().text != "-":
        return found
    return next((table[word] for word in hyphenated(token) if word in table), found)


def _is_verb(token: Token, form: Form) -> bool:
    if token.pos_ in ("VERB", "AUX"):
        return True
    if token.pos_ == "PROPN" and token.ent_iob_ != "B":
        # Headlines and telexes in capitals make names of verbs.
        loud = token.is_upper and len(token) >= SHOUTING
        return form.past and (loud or token.dep_ == "ROOT") and token.lower_.endswith("ed")
    return token.pos_ == "ADJ" and token.tag_ in ("VBN", "VBD")


def _is_noun(token: Token) -> bool:
    if token.dep_ in ("compound", "nmod", "amod"):
        return False
    return token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.is_upper and len(token) > 3)


def _verb_trigger(
    token: Token, form: Form, used: set[int], lexicon: str = EVENTS
) -> Trigger | None:
    choices = patterns(lexicon)[form.part, form.lemma]
    clause = clause_of(token)
    for pattern in choices:
        matched: list[Token] = []
        if all(_holds(need, clause, matched) for need in pattern.needs):
            last = token.i + 1
            first = token.i
            for word in matched:
                used.add(word.i)
                first = min(first, word.i) if word.i > token.i - MAX_TRIGGER_WORDS else first
                if token.i < word.i < token.i + MAX_TRIGGER_WORDS:
                    last = max(last, word.i + 1)
            return Trigger(pattern, token, clause, first, last)
    return None


def pattern_of(verb: Token) -> Pattern | None:
    """Return the pattern that a verb triggers as it stands, or None."""
    for form in forms().get(verb.lower_, ()):
        if form.part == "verb" and _is_verb(verb, form):
            trigger = _verb_trigger(verb, form, set())
            if trigger:
                return trigger.pattern
    return None


def _is_one_of(token: Token, words: frozenset[str]) -> bool:
    if token.lemma_.lower() in words or token.lower_ in words:
        return True
    return any(word in words for word in hyphenated(token))


def hyphenated(token: Token) -> Iterator[str]:
    """Yield the hyphenated words that a token is part of ("cease-fire"), which parsers split."""
    doc, index = token.doc, token.i
    if index >= 2 and doc[index - 1].text == "-":
        yield f"{doc[index - 2].lower_}-{token.lower_}"
    if index + 2 < len(doc) and doc[index + 1].text == "-":
        yield f"{token.lower_}-{doc[index + 2].lower_}"


def _objects(clause: Clause) -> list[Token]:
    return shared(clause.objects)


def _holds(need: Need, clause: Clause, matched: list[Token]) -> bool:
    """Return whether a need stands beside the verb, adding the words that met it."""
    check = CHECKS.get(need.kind)
    if check:
        return check(need.words, clause, matched)
    hits = [t for t in clause.preps.get(need.kind, []) if _is_one_of(t, need.words)]
    matched.extend(hits)
    return bool(hits)


REFLEXIVES = frozenset("himself herself itself themselves myself yourself ourselves".split())
# Nouns that only count or class what "of" names: "a state of emergency", "tons of food".
EMPTY_NOUNS = frozenset(
    "state ton tonne round series wave string spate act campaign amount shipment delivery package "
    "supply truckload cargo load piece number lot plenty majority set kind sort type form group "
    "batch stockpile cache worth hundred thousand million billion dozen score couple pair lack "
    "level right use sale export import transfer flow provision volley barrage hail burst "
    "exchange release withdrawal deployment lifting end imposition violation breach term part "
    "bit acre case handful convoy item kilo pound liter litre kilogram bag box crate sack policy "
    "program programme system process offer resumption implementation freezing cessation halt "
    "rest most all some many half quantity body team unit force day week month year hour kg km "
    "kilogramme gram barrel bushel litre".split()
)


def _has_object(words: frozenset[str], clause: Clause, matched: list[Token]) -> bool:
    if not words:
        return any(noun.lower_ not in REFLEXIVES for noun in clause.objects)
    hits = [t for t in _objects(clause) if _is_one_of(t, words)]
    if not hits:
        # "state of emergency", "tons of food": the noun that counts stands after "of".
        hits = [
            inner
            for t in clause.objects
            if t.lemma_.lower() in EMPTY_NOUNS or t.pos_ == "NUM"
            for inner in preps_of(t).get("of", [])
            if _is_one_of(inner, words)
        ]
    matched.extend(hits)
    return bool(hits)


def _has_name(_: frozenset[str], clause: Clause, __: list[Token]) -> bool:
    return any(token.pos_ == "PROPN" for token in _objects(clause))


def _is_subjunctive(_: frozenset[str], clause: Clause, __: list[Token]) -> bool:
    """Return whether a content clause says what shall be ("insist that he leave")."""
    return any(
        token.dep_ == "ccomp"
        and token.tag_ == "VB"
        and not any(child.dep_ == "aux" for child in token.lefts)
        for token in clause.complements
    )


def _has_place(words: frozenset[str], clause: Clause, _: list[Token]) -> bool:
    return any(
        token.pos_ == "PROPN" and token.ent_type_ not in ("PERSON", "ORG", "DATE")
        for word in words
        for token in clause.preps.get(word, [])
    )


def _has_subject(words: frozenset[str], clause: Clause, _: list[Token]) -> bool:
    return any(_is_one_of(token, words) for token in clause.subjects)


def _has_object_modified(words: frozenset[str], clause: Clause, _: list[Token]) -> bool:
    """Return whether one of the words qualifies an object ("launched an air strike")."""
    return any(_is_one_of(word, words) for noun in clause.objects for word in _modifiers(noun))


def _has_particle(words: frozenset[str], clause: Clause, _: list[Token]) -> bool:
    return bool(words & clause.particles)


def _has_prep(words: frozenset[str], clause: Clause, _: list[Token]) -> bool:
    """Return whether one of the prepositions stands there, but not before a date ("on Monday")."""
    return any(
        word in words and not all(noun.ent_type_ in ("DATE", "TIME") for noun in governed)
        for word, governed in clause.preps.items()
        if governed or word not in ("on", "at", "in")
    )


def _has_infinitive(_: frozenset[str], clause: Clause, __: list[Token]) -> bool:
    return any(
        token.dep_ == "xcomp" or any(child.lower_ == "to" for child in token.lefts)
        for token in clause.complements
    )


def _has_clause(_: frozenset[str], clause: Clause, __: list[Token]) -> bool:
    return any(token.dep_ == "ccomp" for token in clause.complements)


def _has_money(_: frozenset[str], clause: Clause, matched: list[Token]) -> bool:
    """Return whether an object is an amount of money ("$3 million", "another 5,000 pesos")."""
    hits = [noun for noun in clause.objects if is_money(noun)]
    matched.extend(hits)
    return bool(hits)


def is_money(noun: Token) -> bool:
    """Return whether a noun phrase is an amount of money."""
    words = [noun, *noun.lefts]
    return noun.ent_type_ == "MONEY" or any(word.is_currency for word in words)


def _has_no_object(_: frozenset[str], clause: Clause, __: list[Token]) -> bool:
    return not clause.objects


def _is_passive(_: frozenset[str], clause: Clause, __: list[Token]) -> bool:
    return clause.passive and bool(clause.objects)


def _has_predicate(words: frozenset[str], clause: Clause, _: list[Token]) -> bool:
    """Return whether something is called one of the words ("branded X a traitor")."""
    named = clause.preps.get("as", []) + clause.complements
    named += [child for child in clause.verb.children if child.dep_ in ("oprd", "attr", "dobj")]
    return any(_is_one_of(t, words) or any(_is_one_of(c, words) for c in t.lefts) for t in named)


def _has_complement(words: frozenset[str], clause: Clause, _: list[Token]) -> bool:
    named = [*clause.complements, *clause.verb.children]
    return any(_is_one_of(token, words) for token in named)


def _has_deep(words: frozenset[str], clause: Clause, _: list[Token]) -> bool:
    """Return whether one of the words stands anywhere in a complement clause."""
    return any(_is_one_of(token, words) for inner in clause.complements for token in inner.subtree)


def _has_adverb(words: frozenset[str], clause: Clause, _: list[Token]) -> bool:
    return any(child.lower_ in words for child in clause.verb.children)


CHECKS: dict[str, Callable[[frozenset[str], Clause, list[Token]], bool]] = {
    "obj": _has_object,
    "omod": _has_object_modified,
    "named": _has_name,
    "place": _has_place,
    "subjunctive": _is_subjunctive,
    "subj": _has_subject,
    "prt": _has_particle,
    "prep": _has_prep,
    "xcomp": _has_infinitive,
    "ccomp": _has_clause,
    "passive": _is_passive,
    "money": _has_money,
    "intransitive": _has_no_object,
    "as": _has_predicate,
    "comp": _has_complement,
    "deep": _has_deep,
    "adv": _has_adverb,
}


def _noun_trigger(token: Token, form: Form, lexicon: str) -> Trigger | None:
    modifiers = {word for child in _modifiers(token) for word in (child.lower_, child.lemma_)}
    for pattern in patterns(lexicon)[form.part, form.lemma]:
        if all(_noun_holds(need, token, modifiers) for need in pattern.needs):
            first = min((c.i for c in token.lefts if c.dep_ in ("compound",)), default=token.i)
            first = first if pattern.needs and first >= token.i - 3 else token.i
            return Trigger(pattern, token, None, first, token.i + 1)
    return None


def _modifiers(noun: Token) -> Iterator[Token]:
    """Yield the words before a noun that qualify it, also those hanging on each other."""
    for child in noun.lefts:
        if child.dep_ in ("compound", "amod", "nmod", "nummod"):
            yield child
            yield from _modifiers(child)


def _noun_holds(need: Need, token: Token, modifiers: set[str]) -> bool:
    if need.kind == "mod":
        return bool(need.words & modifiers)
    governed = preps_of(token).get(need.kind, [])
    return any(not need.words or _is_one_of(noun, need.words) for noun in governed)


def mode_of(trigger: Trigger) -> str | None:
    """Return the PLOVER mode: the pattern's, or for an assault the one its own words tell."""
    if trigger.pattern.event != "ASSAULT":
        return trigger.pattern.mode
    best: tuple[int, str] | None = None
    for token in _near(trigger):
        hit = mode_words().get(token.lemma_.lower())
        if hit and (best is None or hit < best):
            best = hit
    if trigger.pattern.mode in (None, "explosives") and best:
        return best[1]
    return trigger.pattern.mode


def _near(trigger: Trigger) -> Iterator[Token]:
    """Yield the words that say how an assault was done: its noun's, its means, its agents."""
    yield trigger.token
    yield from _modifiers(trigger.token)
    if trigger.clause is None:
        return
    means = [t for word in ("in", "with", "by") for t in trigger.clause.preps.get(word, [])]
    for token in means + trigger.clause.subjects + trigger.clause.objects:
        yield token
        yield from _modifiers(token)


# Verbs that tell what an attack did to whom, beside the words that tell the attack itself.
RESULTS = frozenset(
    {"kill", "wound", "injure", "maim", "die", "destroy", "damage", "hit", "target"}
)


def is_consequence(trigger: Trigger) -> bool:
    """Return whether a verb tells the outcome of an attack that other words tell ("killing 9")."""
    if trigger.clause is None or trigger.pattern.lemma not in RESULTS:
        return False
    if event_above(trigger.token) is not None:
        return True
    means = [t for word in ("in", "by", "after") for t in trigger.clause.preps.get(word, [])]
    if any(_tells_attack(token) for token in [*trigger.clause.subjects, *means]):
        return True
    verb = trigger.token
    if verb.dep_ not in ("advcl", "conj") or verb.head == verb:
        return False
    above = pattern_of(verb.head)
    return above is not None and above.event == "ASSAULT"


def event_above(verb: Token) -> Token | None:
    """Return the event noun that a relative clause is about, wherever the parser hung it."""
    if verb.dep_ != "relcl":
        return None
    noun = verb.head
    for _ in range(4):
        if _tells_attack(noun):
            return noun
        if noun.dep_ not in ("pobj", "prep", "compound", "conj"):
            return None
        noun = noun.head
    return None


def _tells_attack(noun: Token) -> bool:
    return any(
        form.part == "noun" and patterns()[form.part, form.lemma][0].event == "ASSAULT"
        for form in forms().get(noun.lower_, ())
    )
