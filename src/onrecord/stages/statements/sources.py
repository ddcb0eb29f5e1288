"""Whose words: the subject of a cue and its whole noun phrase."""

from spacy.tokens import Doc, Token

from onrecord.stages.statements.attribution import Range, is_mark
from onrecord.stages.statements.sentences import sentence_of

SUBJECTS = frozenset({"nsubj", "csubj"})
CARRYING = frozenset({"advcl", "xcomp", "conj", "pcomp", "dep", "ccomp"})
# Verbs that hand their subject on to a noun of speech: "issued a statement saying".
LIGHT_VERBS = frozenset(
    "make issue express voice release give offer repeat renew raise reiterate post send publish "
    "deliver write sign file put have announce air circulate table submit level lodge".split()
)
MAX_INVERTED = 20  # tokens of a speaker after the cue; more is another clause
NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM"})
MAX_CLIMB = 4  # verbs between a participle and the subject it shares; more is a wrong parse


def subject_of(verb: Token) -> Token | None:
    """Return the head of who speaks by this verb: its subject, agent, or the one it shares."""
    token = verb
    for _ in range(MAX_CLIMB):
        if token is not verb and is_passive(token) and not is_passive(verb):
            # "X said Y was held by Z, and urged": never Z, who only acts in the passive clause.
            outer = token.dep_ == "ccomp"
            return subject_of(token.head) if outer else passive_subject(token)
        own = _own(token)
        if own is not None:
            return own
        if is_passive(token):
            return None
        if token.dep_ in ("acl", "relcl"):
            return _modified(token)
        if token.dep_ == "prep" or token.head == token or token.dep_ not in CARRYING:
            return None
        token = _demanding(token) or token.head
        if token.pos_ in ("ADP", "SCONJ"):
            quoted = _quoted(token)
            if quoted is not None:
                return quoted
            token = token.head
        if token.pos_ not in ("VERB", "AUX"):
            return None
    return None


def _own(verb: Token) -> Token | None:
    """Return who acts by a verb itself: its subject, or the agent of a passive."""
    return agent_of(verb) if is_passive(verb) else own_subject(verb)


def _demanding(participle: Token) -> Token | None:
    """Return the verb around what is demanded, for a participle behind a comma.

    "X demanded that Y stop, saying ...": it is X who says, whatever the parser hangs it on.
    """
    verb = participle.head
    if participle.tag_ != "VBG" or participle.dep_ != "advcl" or verb.dep_ != "ccomp":
        return None
    comma = participle.i > 0 and participle.doc[participle.i - 1].text == ","
    return verb.head if comma and verb.tag_ == "VB" else None


def _quoted(preposition: Token) -> Token | None:
    """Return whose words are handed on in "quoted Y as saying" and "Y was cited as saying"."""
    if preposition.lower_ != "as":
        return None
    for child in preposition.head.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            return child
    return None


def own_subject(verb: Token) -> Token | None:
    """Return the verb's own subject."""
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            return child
    return None


def passive_subject(verb: Token) -> Token | None:
    """Return what a passive verb is told of."""
    return next((child for child in verb.children if child.dep_ == "nsubjpass"), None)


def agent_of(verb: Token) -> Token | None:
    """Return who acts in a passive clause ("by X")."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((word for word in child.children if word.dep_ == "pobj"), None)
    return None


def is_passive(verb: Token) -> bool:
    """Tell whether a verb stands in the passive or is a bare past participle after a noun."""
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children):
        return True
    if verb.tag_ != "VBN" or own_subject(verb) is not None:
        return False
    return not any(child.dep_ == "aux" for child in verb.children)


def _modified(token: Token) -> Token | None:
    """Return who speaks in "a man saying ..." or "issued a statement saying ..."."""
    noun = token.head
    if noun.pos_ == "VERB":
        return own_subject(noun)
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in LIGHT_VERBS:
        return own_subject(noun.head) or noun
    return noun


def noun_phrase(doc: Doc, head: Token, *, apart: Range) -> Range:
    """Return the whole noun phrase of a head, cut where the cue or a quotation begins."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    if head.i < apart[0]:
        end = _with_name(doc, min(end, apart[0]), apart[0])
    else:
        start = max(start, apart[1])
        end = max(end, _inverted(doc, start, end))
    end = _before_remark(doc, head, end)
    for index in range(head.i + 1, end):
        if _quotes(doc[index]) and _opens_clause(doc, index, end):
            end = index
            break
    for index in range(head.i - 1, start - 1, -1):
        if _quotes(doc[index]) and doc[index].whitespace_:
            start = index + 1
            break
    return _trimmed(doc, start, end, head.i)


def _quotes(token: Token) -> bool:
    """Tell whether a token is a quotation mark and no apostrophe ("the farmers' union")."""
    if not is_mark(token):
        return False
    before = token.doc[token.i - 1] if token.i else token
    owned = before.lower_.endswith("s") and not before.whitespace_
    return not (token.text in "'’" and owned)


def _with_name(doc: Doc, end: int, cue: int) -> int:
    """Take in a name that stands between a title and the cue: "the minister, X X, said"."""
    between = [word for word in doc[end:cue] if word.pos_ not in ("ADV", "AUX")]
    names = [word.i for word in between if word.pos_ == "PROPN"]
    if names and all(word.pos_ in ("PROPN", "PUNCT") and not is_mark(word) for word in between):
        return names[-1] + 1
    return end


def _inverted(doc: Doc, start: int, end: int) -> int:
    """Return the end of a sentence that holds nothing but a speaker after ", said"."""
    stop = sentence_of(doc[start])[1]
    while stop > end and (doc[stop - 1].is_punct or doc[stop - 1].is_space):
        stop -= 1
    rest = doc[end:stop]
    if start < 2 or stop - start > MAX_INVERTED or not len(rest):
        return end
    after_comma = doc[start - 2].text == "," or is_mark(doc[start - 2])
    nominal = all(
        word.pos_ in NOMINAL or word.text in (",", "-", "’s", "'s") or word.pos_ in ("ADP", "CCONJ")
        for word in rest
    )
    return stop if after_comma and nominal and not _tells_time(rest[0]) else end


def _tells_time(word: Token) -> bool:
    return word.ent_type_ in ("DATE", "TIME") or word.dep_ == "npadvmod"


def _before_remark(doc: Doc, head: Token, end: int) -> int:
    """Return where a phrase ends before what only tells how or where it was said.

    "X, speaking in Y, said": the participle belongs to the saying, not to X's name.
    """
    for child in head.children:
        comma = head.i < child.left_edge.i < end and doc[child.left_edge.i - 1].text == ","
        if comma and (child.dep_ in ("acl", "advcl", "conj") or child.dep_ == "dep"):
            listed = child.dep_ == "conj" and any(word.dep_ == "cc" for word in head.children)
            if not listed:
                return child.left_edge.i
    return end


def nearest(doc: Doc, cue: Range) -> tuple[Range, int] | None:
    """Return the noun phrase that touches a cue without a parsed subject, and its head.

    After the cue where a comma or mark stands before it (", said X"), else before it.
    """
    start, end = cue
    if start > 0 and (doc[start - 1].text == "," or is_mark(doc[start - 1])):
        found = _chunk(doc, end, 1)
        if found is None:
            return None
        (low, high), head = found
        return (low, max(high, _inverted(doc, low, high))), head
    while start > 0 and doc[start - 1].pos_ in ("ADV", "AUX"):
        start -= 1
    return _chunk(doc, start - 1, -1)


def _chunk(doc: Doc, index: int, step: int) -> tuple[Range, int] | None:
    """Return the run of nominal words from a token on in one direction, and the run's last noun."""
    first = index
    while 0 <= index < len(doc) and doc[index].pos_ in NOMINAL and not is_mark(doc[index]):
        index += step
    low, high = (first, index) if step > 0 else (index + 1, first + 1)
    heads = [i for i in range(low, high) if doc[i].pos_ in ("NOUN", "PROPN", "PRON")]
    return ((low, high), heads[-1]) if heads and heads[-1] == high - 1 else None


def _opens_clause(doc: Doc, index: int, end: int) -> bool:
    """Tell nicknames in quotation marks from a quotation that follows the phrase."""
    return doc[index - 1].text in (",", ":") or not any(
        is_mark(doc[i]) for i in range(index + 1, end)
    )


def _trimmed(doc: Doc, start: int, end: int, head: int) -> Range:
    while end - 1 > head and (
        (doc[end - 1].is_punct and doc[end - 1].text not in ").]") or doc[end - 1].is_space
    ):
        end -= 1
    if end - 1 > head and doc[end - 1].text == ".":
        end -= 1
    start = _after_participle(doc, start, head)
    while start < head and (doc[start].is_punct or doc[start].is_space or doc[start].dep_ == "cc"):
        start += 1
    return start, end


def _after_participle(doc: Doc, start: int, head: int) -> int:
    """Leave out "Citing X, " before a source, which parsers draw into its phrase."""
    if start < head and doc[start].tag_ == "VBG":
        for index in range(head - 1, start, -1):
            if doc[index].text == ",":
                return index + 1
    return start
