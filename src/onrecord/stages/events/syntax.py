"""A verb with its arguments, as the parser's tree gives them, gaps filled from around it."""

from dataclasses import dataclass, field

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj", "attr", "oprd"})
COMPLEMENTS = frozenset({"ccomp", "xcomp"})
# Deeper gaps than this come from broken trees.
MAX_DEPTH = 5
# "accused X of -ing", "barred X from -ing": the object of the verb does what follows.
OBJECT_CONTROL = frozenset({"of", "for", "from", "with", "into"})
SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "pledge"})


@dataclass(slots=True)
class Clause:
    """A verb's arguments by what they do: who acts, what is acted on, and the prepositions."""

    verb: Token
    passive: bool
    subjects: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    datives: list[Token] = field(default_factory=list)
    preps: dict[str, list[Token]] = field(default_factory=dict)
    complements: list[Token] = field(default_factory=list)
    particles: set[str] = field(default_factory=set)


def clause_of(verb: Token, depth: int = 0) -> Clause:
    """Return the arguments of a verb, with those that it shares with the verbs around it."""
    clause = Clause(verb, _is_passive(verb))
    for child in verb.children:
        _take(clause, child)
    if clause.passive:
        clause.subjects = clause.preps.get("by", [])
    if verb.pos_ == "ADJ" and verb.head.pos_ in ("AUX", "VERB"):
        clause.passive = False
        clause.subjects = clause_of(verb.head, depth + 1).subjects if depth < MAX_DEPTH else []
        return clause
    if depth < MAX_DEPTH:
        _fill(clause, depth)
    return clause


def _is_passive(verb: Token) -> bool:
    if any(child.dep_ in ("nsubjpass", "auxpass", "agent") for child in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    return verb.dep_ in ("acl", "amod") or not any(child.dep_ == "aux" for child in verb.children)


def _take(clause: Clause, child: Token) -> None:
    dep = child.dep_
    if dep in SUBJECTS:
        clause.subjects.append(child)
    elif dep in PASSIVE_SUBJECTS or dep in OBJECTS:
        clause.objects.append(child)
    elif dep == "dative" and child.pos_ != "ADP":
        clause.datives.append(child)
    elif dep in ("prep", "agent", "dative"):
        add_prep(clause.preps, child)
    elif dep in COMPLEMENTS:
        clause.complements.append(child)
    elif dep in ("prt", "advmod"):
        clause.particles.add(child.lower_)
        for prep in child.children:
            if prep.dep_ == "prep":
                add_prep(clause.preps, prep)


def add_prep(preps: dict[str, list[Token]], prep: Token) -> None:
    """Add what a preposition governs, "out of X" under both words."""
    words = preps.setdefault(prep.lower_, [])
    for child in prep.children:
        if child.dep_ in ("pobj", "pcomp"):
            words.append(child)
        elif child.dep_ == "prep":
            add_prep(preps, child)


def preps_of(noun: Token) -> dict[str, list[Token]]:
    """Return what the prepositions of a noun govern."""
    found: dict[str, list[Token]] = {}
    for child in noun.children:
        if child.dep_ in ("prep", "agent"):
            add_prep(found, child)
    return found


def _fill(clause: Clause, depth: int) -> None:
    """Fill the gaps of a clause from the words that it hangs on."""
    verb, head = clause.verb, clause.verb.head
    if head == verb:
        return
    if verb.dep_ == "relcl":
        _fill_relative(clause, head)
    elif verb.dep_ == "acl":
        _fill_adnominal(clause, head, depth)
    elif verb.dep_ == "amod" and verb.tag_ in ("VBN", "VBD"):
        clause.objects = clause.objects or [head]
    elif verb.dep_ == "conj":
        _fill_conjunct(clause, head, depth)
    elif verb.dep_ in ("xcomp", "advcl", "ccomp", "pcomp"):
        _fill_complement(clause, head, depth)


def _fill_relative(clause: Clause, head: Token) -> None:
    pronouns = ("who", "which", "that", "whom")
    if clause.passive:
        clause.objects = [t for t in clause.objects if t.lower_ not in pronouns] or [head]
    elif not clause.subjects or any(t.lower_ in pronouns for t in clause.subjects):
        clause.subjects = [head]
    else:
        clause.objects = [t for t in clause.objects if t.lower_ not in pronouns] or [head]


def _fill_adnominal(clause: Clause, head: Token, depth: int) -> None:
    if clause.verb.tag_ == "VBN" or clause.passive:
        clause.objects = clause.objects or [head]
    elif clause.verb.tag_ == "VBG":
        clause.subjects = clause.subjects or [head]
    elif not clause.subjects:
        owners = [child for child in head.children if child.dep_ in ("poss", "compound")]
        governor = head.head
        if not owners and governor.pos_ == "VERB":
            owners = clause_of(governor, depth + 1).subjects
        clause.subjects = owners


def _fill_conjunct(clause: Clause, head: Token, depth: int) -> None:
    if head.pos_ not in ("VERB", "AUX"):
        return
    first = clause_of(head, depth + 1)
    if clause.verb.tag_ == "VBN" and first.passive and not clause.subjects and not clause.objects:
        clause.passive = True
        clause.objects = list(first.objects)
        clause.subjects = clause.preps.get("by", first.subjects)
    elif not clause.subjects and not clause.passive:
        clause.subjects = list(first.objects if first.passive else first.subjects)
    elif clause.passive and not clause.objects:
        clause.objects = list(first.objects if first.passive else first.subjects)


def _fill_complement(clause: Clause, head: Token, depth: int) -> None:
    prep, governor = None, head
    if clause.verb.dep_ == "pcomp":
        if not clause.objects and not clause.preps:
            return  # "after shooting": a noun in all but tag
        prep, governor = head.lower_, head.head
    if governor.pos_ not in ("VERB", "AUX", "ADJ") or clause.subjects:
        return
    if clause.verb.dep_ == "ccomp" and not _is_nonfinite(clause.verb):
        return
    doer = _controller(clause_of(_verb_of(governor), depth + 1), clause.verb, prep)
    if not clause.passive:
        clause.subjects = doer
    elif not clause.objects:
        clause.objects = doer


def _verb_of(governor: Token) -> Token:
    """Return the verb over a predicate adjective ("is ready to"), else the word itself."""
    if governor.pos_ == "ADJ" and governor.head.pos_ in ("VERB", "AUX"):
        return governor.head
    return governor


def _is_nonfinite(verb: Token) -> bool:
    return verb.tag_ in ("VBG", "VBN") or any(child.lower_ == "to" for child in verb.lefts)


def _controller(governor: Clause, verb: Token, prep: str | None) -> list[Token]:
    """Return who does what a subjectless complement says."""
    objects = [t for t in governor.objects if t.dep_ in ("dobj", "nsubjpass")] + governor.datives
    takes_object = (
        prep in OBJECT_CONTROL
        if prep
        else verb.dep_ != "advcl" and governor.verb.lemma_ not in SUBJECT_CONTROL
    )
    if governor.passive:
        return list(governor.objects)
    if takes_object and objects:
        return objects
    return list(governor.subjects)


def shared(tokens: list[Token]) -> list[Token]:
    """Return the tokens with the nouns coordinated with each."""
    found: list[Token] = []
    for token in tokens:
        found.append(token)
        pending = [child for child in token.children if child.dep_ == "conj"]
        while pending:
            child = pending.pop()
            if child.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
                found.append(child)
            pending.extend(c for c in child.children if c.dep_ == "conj")
    return found
