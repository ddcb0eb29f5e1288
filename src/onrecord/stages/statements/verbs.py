"""Cue verbs: "X said that Y", "X accused Y of Z", "Y, said X", passives and participles."""

from spacy.tokens import Doc, Token

from onrecord.stages.actors.words import person_nouns
from onrecord.stages.statements.attribution import Attribution, Range, ranges, tidy
from onrecord.stages.statements.complements import Complement, complements
from onrecord.stages.statements.lexicon import Cue, cues
from onrecord.stages.statements.pronouns import PERSONAL
from onrecord.stages.statements.sentences import sentence_of
from onrecord.stages.statements.sources import (
    agent_of,
    is_passive,
    nearest,
    noun_phrase,
    own_subject,
    subject_of,
)

# What may or should be said has not been said.
UNREAL = frozenset({"could", "might", "may", "should", "must", "can", "ca", "if", "unless"})
PARTICIPLES_OF_SPEECH = frozenset({"clause", "quote"})
GOES_ON = frozenset({"go", "continue", "proceed", "begin", "start", "rush", "turn"})
EMPTY = frozenset({"it", "which", "that", "who"})  # subjects that say nothing of the content
OWN = frozenset({"i", "we", "you"})
# They only name whom the statement beside them rests on.
CITING = frozenset({"citing", "quoting"})
# Declining to speak is no statement.
SILENT = frozenset({"decline", "refuse"})
NOBODY = frozenset({"nobody", "none", "noone", "no-one"})
NEITHER = frozenset({"neither", "nor"})
NAMING = frozenset({"call", "dub", "name", "nickname", "label", "term", "brand"})
# In a relative clause these tell where somebody stands ("groups that oppose the plan").
STANDING = frozenset({"oppose", "support", "back", "champion"})
SPEAKING = frozenset(
    "comment say speak answer respond discuss elaborate identify name give confirm reply disclose "
    "provide be talk reveal specify".split()
)
# Of somebody unnamed in the passive these are still told as words or belief: "is said to".
OPEN_PASSIVES = frozenset({"say", "report", "believe", "think", "expect", "estimate"})
MAX_CONTENT = 400  # tokens; a longer clause is a broken parse of unpunctuated text


def verb_attribution(doc: Doc, verb: Token) -> Attribution | None:
    """Return what a verb attributes to whom, or None where it is no cue here.

    The content may be empty when the verb can introduce a quotation: linking fills it.
    """
    entry = cues("verb").get(verb.lemma_.lower())
    if entry is None or _unreal(verb):
        return None
    if is_passive(verb):
        return _passive(doc, verb, entry)
    cue = verb_group(verb)
    subject, source = _source(doc, verb, entry, _core(cue, verb))
    if not source and not _bare(verb, entry):
        return None
    if not entry.voiced and subject is not None and doc[subject].lower_ in OWN:
        return None
    if subject is not None and _nobody(doc[subject]):
        return None
    chosen = select(complements(verb), entry)
    if verb.lemma_ in SILENT and any(part.head.lemma_ in SPEAKING for part in chosen):
        return None
    if _no_speech(verb, entry, chosen):
        return None
    content = _content(doc, verb, chosen, source + cue) or _around(doc, verb, entry, source + cue)
    if not content and not entry.quotes:
        return None
    return Attribution(
        source=source,
        cue=cue,
        content=content,
        rule=f"{entry.lemma}: {'+'.join(part.frame for part in chosen) or 'beside'}",
        entry=entry,
        head=verb.i,
        subject=subject,
    )


def _source(doc: Doc, verb: Token, entry: Cue, core: Range) -> tuple[int | None, tuple[Range, ...]]:
    """Return the head and the words of the source, by the parse or by what touches the cue."""
    subject = subject_of(verb)
    if subject is not None:
        own = subject.head
        if own.pos_ in ("VERB", "AUX") and subject.i < own.i < core[0]:
            core = (own.i, own.i + 1)  # shared with an earlier verb, which bounds the phrase
        return subject.i, (noun_phrase(doc, subject, apart=core),)
    if entry.quotes and verb.tag_ in ("VBD", "VBZ", "VBP"):
        beside = nearest(doc, core)
        if beside is not None:
            return beside[1], (beside[0],)
    return None, ()


def _core(cue: tuple[Range, ...], verb: Token) -> Range:
    return next(span for span in cue if span[0] <= verb.i < span[1])


def _bare(verb: Token, entry: Cue) -> bool:
    """Tell whether the verb may stand without a source: "Asked about it, ..." may not."""
    return False if verb.tag_ == "VB" else entry.quotes and verb.dep_ == "ROOT"


def _unreal(verb: Token) -> bool:
    """Tell whether the verb is negated, only possible, or an infinitive that did not happen."""
    to = False
    for child in verb.children:
        if child.i > verb.i:
            break
        if child.dep_ == "neg" or child.lower_ in UNREAL:
            return True
        to = to or (child.dep_ == "aux" and child.lower_ == "to")
    first = max(sentence_of(verb)[0], verb.i - 4)
    if any(verb.doc[i].lower_ in NEITHER for i in range(first, verb.i)):
        return True
    if to:
        return not (verb.dep_ == "xcomp" and verb.head.lemma_ in GOES_ON) or _unreal(verb.head)
    return verb.pos_ not in ("VERB", "AUX") and verb.dep_ != "ROOT"


CHARGING = frozenset("accuse blame charge indict convict sentence".split())
PERSONS = frozenset({"member", "people", "crew", "staff", "neighbour", "neighbor"})


def no_statement(cue: Token, content: tuple[Range, ...]) -> bool:
    """Tell whether a cue says that nothing was said, or only tells where somebody stands.

    "Did not say", "declined to comment", "has been accused of", "groups that oppose the plan".
    """
    if cue.lower_ in CITING:
        return True
    if any(child.dep_ == "neg" and child.i < cue.i for child in cue.children):
        return True
    first = max(sentence_of(cue)[0], cue.i - 4)
    if any(cue.doc[i].lower_ in NEITHER for i in range(first, cue.i)):
        return True
    subject = own_subject(cue)
    if subject is not None and _nobody(subject):
        return True
    lemma = cue.lemma_.lower()
    if lemma == "read" and any(c.dep_ == "dobj" and c.pos_ == "NOUN" for c in cue.children):
        return True  # a book, not words
    if lemma == "question" and any(c.dep_ == "dobj" and _somebody(c) for c in cue.children):
        return True  # an interrogation
    if lemma in SILENT and any(cue.doc[s:e].root.lemma_ in SPEAKING for s, e in content):
        return True
    if lemma in STANDING and cue.dep_ in ("relcl", "acl"):
        return True
    if lemma in CHARGING and is_passive(cue):
        return agent_of(cue) is None
    entry = cues("verb").get(lemma) if cue.pos_ == "VERB" else None
    return entry is not None and _no_speech(cue, entry, select(complements(cue), entry))


def _nobody(subject: Token) -> bool:
    """Tell whether a subject is nobody: what nobody has said is no statement."""
    if subject.lower_ in NOBODY:
        return True
    return any(child.dep_ == "det" and child.lower_ == "no" for child in subject.children)


def _somebody(word: Token) -> bool:
    """Tell whether a noun is a person or persons: "the crew members", "him"."""
    if word.pos_ == "PRON":
        return word.lower_ in PERSONAL
    return word.ent_type_ == "PERSON" or word.lemma_.lower() in person_nouns() | PERSONS


def _no_speech(verb: Token, entry: Cue, chosen: list[Complement]) -> bool:
    """Tell whether a verb that can be a cue gives a name, tells a standing or calls back."""
    if entry.lemma in NAMING:
        given = [part.head for part in chosen if part.frame in ("oprd", "small")]
        named = any(head.pos_ == "PROPN" for head in given)
        return named and verb.dep_ in ("relcl", "acl")
    if entry.lemma in STANDING:
        return verb.dep_ == "relcl"
    if entry.lemma == "recall":
        return any(
            part.frame == "obj" and part.head.lemma_.lower() in person_nouns() for part in chosen
        )
    return False


def verb_group(verb: Token) -> tuple[Range, ...]:
    """Return the head words of a verb group: auxiliaries, verb and particle."""
    tokens = {verb.i}
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass", "prt") and abs(child.i - verb.i) <= 3:
            tokens.add(child.i)
    if verb.dep_ == "xcomp" and verb.head.lemma_ in GOES_ON:
        tokens.update(range(verb.head.i, verb.i))
    first = min(tokens)
    if all(_groupable(verb.doc[i]) for i in range(first, verb.i)):
        tokens.update(range(first, verb.i))
    return ranges(tokens)


def _groupable(token: Token) -> bool:
    return token.dep_ in ("aux", "auxpass", "advmod", "neg", "prt", "ROOT")


def select(found: list[Complement], entry: Cue) -> list[Complement]:
    """Return those complements that are content of this cue."""
    frames = entry.frames
    names = {part.frame for part in found}
    if "on+inf" in frames and {"on", "inf"} <= names:
        return [part for part in found if part.frame == "inf"]
    chosen = [part for part in found if part.frame.replace(" ", "_") in frames]
    for needed in ("oprd", "as", "with"):
        if f"obj+{needed}" in frames and needed in names:
            chosen = [part for part in found if part.frame in ("obj", needed, "small")]
    small = [part for part in found if part.frame == "small"]
    if "obj+oprd" in frames and small:
        chosen = small
    if "addressee" not in frames:
        chosen = _with_object(found, chosen, names)
    return chosen


def _with_object(
    found: list[Complement], chosen: list[Complement], names: set[str]
) -> list[Complement]:
    """Add the object that a chosen predicate or preposition speaks of."""
    predicates = {"of", "for", "as", "oprd", "on", "with", "against", "to", "inf"}
    picked = {part.frame for part in chosen}
    if "obj" in names and "obj" not in picked and picked & predicates:
        return [part for part in found if part.frame == "obj" or part in chosen]
    return chosen


def _content(
    doc: Doc, verb: Token, chosen: list[Complement], group: tuple[Range, ...]
) -> tuple[Range, ...]:
    """Return the words of the complements without the cue and its source."""
    tokens: set[int] = set()
    lone_preposition = len(chosen) == 1 and chosen[0].head.dep_ == "prep"
    for part in chosen:
        start, end = part.head.left_edge.i, part.head.right_edge.i + 1
        if part.frame == "obj":
            end = _with_qualifiers(verb, end)
        if lone_preposition:
            start = part.head.i + 1
        if start <= verb.i < end:
            # The clause runs around the cue: keep what stands on both sides of it.
            tokens.update(_sides(group, start, end))
        else:
            tokens.update(range(start, end))
    if not tokens or len(tokens) > MAX_CONTENT:
        return ()
    return tidy(doc, ranges(tokens - _members(group)))


def _with_qualifiers(verb: Token, end: int) -> int:
    """Take in the phrases after an object that parsers hang on the verb: "support | against X"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.left_edge.i == end and not _dated(child):
            end = child.right_edge.i + 1
    return end


def _dated(preposition: Token) -> bool:
    return any(word.ent_type_ in ("DATE", "TIME") for word in preposition.children)


def _members(spans: tuple[Range, ...]) -> set[int]:
    return {index for start, end in spans for index in range(start, end)}


def _sides(group: tuple[Range, ...], start: int, end: int) -> set[int]:
    low, high = min(a for a, _ in group), max(b for _, b in group)
    return {index for index in range(start, end) if index < low or index >= high}


def _around(doc: Doc, verb: Token, entry: Cue, group: tuple[Range, ...]) -> tuple[Range, ...]:
    """Return the clause that a parenthetical cue stands in: "X, he said, is Y"."""
    if "clause" not in entry.frames or own_subject(verb) is None:
        return ()
    as_clause = verb.dep_ == "advcl" and any(
        child.dep_ == "mark" and child.lower_ == "as" for child in verb.children
    )
    if verb.dep_ != "parataxis" and not as_clause:
        return ()
    start, end = verb.head.left_edge.i, verb.head.right_edge.i + 1
    own = set(range(verb.left_edge.i, verb.right_edge.i + 1))
    if end - start > MAX_CONTENT:
        return ()
    return tidy(doc, ranges(set(range(start, end)) - own - _members(group)))


def _passive(doc: Doc, verb: Token, entry: Cue) -> Attribution | None:
    """Return "Y was accused by X of Z" and "it is reported that Z"; no accuser, no statement."""
    agent = agent_of(verb)
    if agent is None and entry.lemma not in OPEN_PASSIVES:
        return None
    cue = verb_group(verb)
    source = (noun_phrase(doc, agent, apart=_core(cue, verb)),) if agent is not None else ()
    parts = [part for part in complements(verb) if part.frame.replace(" ", "_") in entry.frames]
    if agent is None and not any(part.frame in ("clause", "inf") for part in complements(verb)):
        return None
    if agent is None:
        parts = [part for part in complements(verb) if part.frame in ("clause", "inf")]
    content = _content(doc, verb, parts, source + cue)
    subject = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    if subject is not None and subject.lower_ not in EMPTY and "addressee" not in entry.frames:
        phrase = noun_phrase(doc, subject, apart=_core(cue, verb))
        content = tidy(doc, (phrase, *content))
    if not content:
        return None
    return Attribution(
        source=source,
        cue=cue,
        content=content,
        rule=f"{entry.lemma}: passive",
        entry=entry,
        head=verb.i,
        subject=agent.i if agent is not None else None,
    )
