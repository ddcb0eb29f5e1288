"""What shows how an event stands, as readable features of its trigger: the clause, whose words."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from onrecord.stages.events.lexicon import governors
from onrecord.types import Statement

PATH = 4  # steps up the tree that are told in their order
FURTHEST = 12  # and those that are told at all
QUOTED = re.compile(r"“[^”]*”")
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
FIRST = frozenset({"i", "we", "my", "our", "us", "me"})


def features(
    token: Token, stands: str, why: str, statement: Statement | None, starts: Sequence[int]
) -> Iterator[str]:
    """Yield the features of a trigger: `stands` and `why` as rules have it.

    `starts` gives the offset of each token in the report.
    """
    reason = QUOTED.sub("X", why)
    governor = QUOTED.search(why)
    yield from (f"rule {stands}", f"why {reason[:40]}")
    yield f"by {governor.group()}" if governor else "by none"
    yield from (f"tag {token.tag_}", f"dep {token.dep_}", f"lemma {token.lemma_.lower()}")
    yield from (f"{stands} {token.tag_} {token.dep_}", f"{stands} {token.pos_}")
    yield from _determined(token, stands)
    path = list(_up(token))
    yield from _path(path, stands, token)
    yield from _verb(token, path, stands)
    yield from _whose(token, path, statement, starts)


def _up(token: Token) -> Iterator[Token]:
    """Yield a token and what is over it, up to the top of its sentence."""
    for _ in range(FURTHEST):
        yield token
        if token.head == token:
            return
        token = token.head


def _determined(token: Token, stands: str) -> Iterator[str]:
    if token.pos_ not in ("NOUN", "PROPN"):
        return
    marks = [c.lower_ if c.dep_ == "det" else c.dep_ for c in token.lefts if c.dep_ != "punct"]
    yield f"mark {marks[0] if marks else '-'} {stands}"
    yield f"plural {token.tag_ in ('NNS', 'NNPS')} {stands}"
    if token.head.pos_ == "ADP":
        yield f"after {token.head.lower_} {stands}"


def _path(path: Sequence[Token], stands: str, token: Token) -> Iterator[str]:
    way = [t.dep_ for t in path]
    yield f"path {' '.join(way[:PATH])}"
    yield f"path {' '.join(way[:2])} {stands}"
    yield f"depth {min(6, len(way))}"
    for dep in ("relcl", "acl", "advcl", "ccomp", "pcomp", "xcomp", "appos", "parataxis", "conj"):
        if dep in way:
            yield f"under {dep} {stands}"
    for over in path[1:]:
        lemma = over.lemma_.lower()
        if lemma in governors():
            yield f"governor {lemma}"
            yield from (f"effect {effect} {stands}" for effect in sorted(governors()[lemma]))
            break
    yield f"top {path[-1].lemma_.lower()}"
    sentence = token.sent
    yield f"question {sentence[-1].text == '?'} {stands}"


def _verb(token: Token, path: Sequence[Token], stands: str) -> Iterator[str]:
    """Yield what the nearest verb, the trigger or over it, says: tense, helpers, marks."""
    verb = next((t for t in path if t.pos_ in ("VERB", "AUX")), token)
    yield f"verb {verb.tag_} {stands}"
    for child in verb.lefts:
        if child.dep_ in ("aux", "auxpass", "neg", "mark"):
            yield f"{child.dep_} {child.lower_} {stands}"
        if child.dep_ in SUBJECTS:
            yield f"subject {child.pos_} {child.lower_ in FIRST}"
    if verb != token:
        yield f"over {verb.lemma_.lower()} {token.dep_}"
        yield f"over {verb.lemma_.lower()}"


def _whose(
    token: Token, path: Sequence[Token], statement: Statement | None, starts: Sequence[int]
) -> Iterator[str]:
    """Yield whose words they are, and how deep in those the trigger stands."""
    if statement is None:
        yield "words own"
        return
    yield from (f"act {statement.act}", f"mode {statement.mode}", f"voiced {statement.voiced}")
    yield f"sure {int(5 * statement.confidence)} {statement.mode}"
    yield f"cue {bool(statement.cue)} {statement.mode}"
    yield f"hedged {bool(statement.hedge)}"
    spans = [(span.start, span.end) for span in statement.content]
    inside = [t for t in path if any(start <= starts[t.i] < end for start, end in spans)]
    way = " ".join(t.dep_ for t in inside[:3])
    yield f"within {way} {statement.mode}"
    yield f"within {min(5, len(inside))} {token.pos_}"
    top = inside[-1] if inside else token
    yield f"heads {top == token} {token.pos_} {statement.mode}"
    yield f"content {top.dep_} {top.tag_}"
