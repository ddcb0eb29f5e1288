"""What a cue verb or cue noun governs: the words that stand for the content."""

from dataclasses import dataclass

from spacy.tokens import Token

CLAUSES = frozenset({"ccomp"})
CONTENT_PREPS = frozenset(
    {"of", "for", "as", "about", "on", "to", "against", "with", "at", "in", "over", "from"}
)
QUESTION_WORDS = frozenset({"WDT", "WP", "WRB", "WP$"})


@dataclass(frozen=True, slots=True)
class Complement:
    """One thing a cue governs: the frame, its head token, and whether it is a whole clause."""

    frame: str
    head: Token


def complements(cue: Token) -> list[Complement]:
    """Return what a verb governs, each with its frame, in the order of the text.

    Frames: `clause`, `inf` (to + verb), `ger` (verb in -ing), `obj` (noun phrase), `oprd`
    (predicate of the object) and the prepositions themselves ("of", "for", ...).
    """
    found = []
    for child in cue.children:
        frame = _frame(child)
        if frame:
            found.append(Complement(frame, child))
    return found


def _frame(child: Token) -> str | None:
    dep = child.dep_
    if dep in ("ccomp", "xcomp"):
        return _clause_frame(child)
    if dep in ("dobj", "obj"):
        return "obj"
    if dep == "dative":
        return "dative"
    if dep in ("oprd", "attr", "acomp"):
        return "oprd"
    if dep == "prep" and child.lower_ in CONTENT_PREPS:
        return child.lower_
    return None


def _clause_frame(child: Token) -> str:
    if child.tag_ in ("VB", "VBN") and any(
        part.dep_ in ("aux", "auxpass") and part.lower_ == "to" for part in child.children
    ):
        return "small inf" if has_subject(child) else "inf"
    if child.tag_ == "VBG" and not _is_finite(child):
        return "clause" if has_subject(child) else "ger"
    if child.pos_ in ("VERB", "AUX"):
        return "clause"
    return "small"


def _is_finite(verb: Token) -> bool:
    return any(part.dep_ in ("aux", "auxpass") for part in verb.children)


def has_subject(verb: Token) -> bool:
    """Tell whether a verb has a subject of its own."""
    return any(part.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for part in verb.children)
