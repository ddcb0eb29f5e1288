"""Whom a description means that the report puts beside a name: "the captain", "Captain X"."""

from collections import defaultdict
from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.parsing import Parse
from onrecord.stages.actors.words import person_nouns, titles
from onrecord.stages.statements.attribution import Range
from onrecord.types import Entity, Mention, Reading

SHORT = {
    "gen": "general",
    "col": "colonel",
    "lt": "lieutenant",
    "capt": "captain",
    "sgt": "sergeant",
    "maj": "major",
    "adm": "admiral",
    "cmdr": "commander",
    "sen": "senator",
    "gov": "governor",
    "pres": "president",
    "prof": "professor",
    "dr": "doctor",
    "rev": "reverend",
}
# Offices that reports swap for one another.
OFFICES = (
    frozenset({"envoy", "ambassador", "diplomat"}),
    frozenset({"spokesman", "spokeswoman", "spokesperson"}),
    frozenset({"leader", "chief", "head", "president", "chairman", "commander"}),
    frozenset({"minister", "secretary"}),
    frozenset({"lawmaker", "senator", "congressman", "congresswoman", "deputy"}),
)
NEAR = 8  # tokens beside a name that may describe it
CLOSING = frozenset({",", ".", ")", ":", ";", "—", "–", "(", "-"})
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
POINTING = frozenset("the this that our its their his her".split())


@dataclass(slots=True)
class Descriptions:
    """The words beside the names of a report's persons, and where each person is named."""

    parse: Parse
    words: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    named: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def meant(self, source: Range, head: Token) -> str | None:
        """Return the id of the person whom a definite phrase such as "the captain" means.

        None where no name has that description; of several that fit, the one named last before the
        phrase is meant, and None where all are named later.
        """
        doc = self.parse.doc
        if doc[source[0]].lower_ not in POINTING or head.tag_ == "NNS" or source[1] > head.i + 1:
            return None
        noun = head.lemma_.lower()
        if noun not in person_nouns() and noun not in titles("office"):
            return None
        before = [word for word in doc[source[0] + 1 : head.i] if not word.is_punct]
        fitting = [key for key in sorted(self.words) if self._fits(key, noun, before)]
        if len(fitting) <= 1:
            return fitting[0] if fitting else None
        last = {key: max((p for p in self.named[key] if p < head.i), default=-1) for key in fitting}
        best = max(fitting, key=lambda key: last[key])
        return best if last[best] >= 0 else None

    def _fits(self, key: str, noun: str, before: list[Token]) -> bool:
        """Tell whether a person is called so: not "foreign minister" for a finance minister."""
        words = self.words[key]
        if noun not in words:
            return False
        return all(
            _plain(word) in words
            for word in before
            if word.lower_ in titles("modifier") or word.pos_ != "ADJ" or word.ent_type_
        )


def descriptions_of(reading: Reading, parse: Parse) -> Descriptions:
    """Return what the report calls its named persons."""
    persons: dict[str, Entity] = {
        entity.id: entity for entity in reading.entities if entity.kind == "person"
    }
    found = Descriptions(parse)
    for mention in reading.mentions:
        if mention.how == "name" and mention.actor in persons:
            first, last = _tokens(parse, mention)
            found.named[mention.actor].append(first)
            found.words[mention.actor].update(_before(parse, first, last))
            found.words[mention.actor].update(_behind(parse, last))
            found.words[mention.actor].update(_plain(token) for token in parse.doc[first:last])
    return found


def _tokens(parse: Parse, mention: Mention) -> Range:
    tokens = parse.tokens_in(mention.span.start, mention.span.end)
    return tokens[0], tokens[-1] + 1


def _plain(word: Token) -> str:
    text = word.lemma_.lower().rstrip(".")
    return SHORT.get(text, text)


def _before(parse: Parse, first: int, last: int) -> set[str]:
    """Return the nouns before a name: "finance minister X", "its chief, X,"."""
    doc = parse.doc
    closed = last >= len(doc) or doc[last].text in CLOSING
    words: set[str] = set()
    for index in range(first - 1, max(-1, first - 1 - NEAR), -1):
        word = doc[index]
        if word.text in (",", "(") and closed and index == first - 1 - _titled(parse, first):
            continue
        if word.pos_ not in NOMINAL and word.lower_ != "yes":
            break
        words.add(_plain(word))
    return words


def _titled(parse: Parse, first: int) -> int:
    """Return how many words of title stand directly before a name."""
    count = 0
    while first - count > 0 and parse.doc[first - 1 - count].pos_ in NOMINAL:
        count += 1
    return count


def _behind(parse: Parse, last: int) -> set[str]:
    """Return the nouns of the phrase behind a name: "X, the chief of Y"."""
    doc = parse.doc
    if last >= len(doc) or doc[last].text not in (",", "("):
        return set()
    words: set[str] = set()
    for index in range(last + 1, min(len(doc), last + 1 + NEAR)):
        word = doc[index]
        if word.pos_ == "DET" and not words:
            continue
        if word.pos_ not in NOMINAL or (not words and word.pos_ == "PROPN"):
            break
        words.add(_plain(word))
    return words
