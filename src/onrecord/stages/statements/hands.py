"""Hands by the tagger: the words that name who handed a statement on, and who they mean."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.models.attribution import Tags
from onrecord.parsing import Parse
from onrecord.stages.actors import entity_of
from onrecord.stages.statements.attribution import Attribution, Range
from onrecord.stages.statements.described import Descriptions
from onrecord.stages.statements.lexicon import cues, speaking_nouns
from onrecord.stages.statements.outlets import Outlets, key_of, kind_words, platforms
from onrecord.types import Entity, Hop, Reading

PUBLISHING = frozenset(
    "carry relay quote report publish translate cite reprint republish pick monitor".split()
)
THINGS = frozenset(
    "group chat series address summary excerpt cable affidavit documentary account copy recording "
    "country town port office camp court hearing meeting interview room conference".split()
)
# Told of, and no hands.
PLACES = frozenset({"state", "place", "people", "armed group", "government", "party"})
# Before a noun that means a hand told of before, or its words: "the same broadcast".
AGAIN = frozenset({"same", "that", "this"})
OWNERS = frozenset({"his", "her", "their", "its"})
NOBODY = OWNERS | {"he", "she", "they", "him", "them", "it", "who", "which"}


def learned_hands(parse: Parse, item: Attribution, tags: Tags) -> list[Range]:
    """Return the words of the hands that the network sees, nearest to the speaker first.

    Words without a cue of their own came as those did that they go on from.
    """
    while not item.cue and item.carried is not None:
        item = item.carried
    if not item.cue or item.head is None:
        return []
    words = next((span for span in item.cue if span[0] <= item.head < span[1]), item.cue[0])
    spot = parse.evidence(*words)
    found = (parse.tokens_in(*span) for span in tags.hands((spot.start, spot.end)))
    whole = [_to_head(parse, tokens[0], tokens[-1] + 1) for tokens in found if len(tokens)]
    return _joined_up(parse, whole)


def _joined_up(parse: Parse, hands: list[Range]) -> list[Range]:
    """Return the hands with a noun and the name right behind it as one: "the daily", "X"."""
    kept = list(hands)
    for start, end in sorted(set(hands)):
        behind = next((one for one in kept if 0 <= one[0] - end <= 1), None)
        between = parse.doc[end : behind[0]].text if behind is not None else ""
        if behind is None or (start, end) not in kept or between not in ("", ","):
            continue
        if parse.doc[start:end].root.pos_ == "NOUN" and parse.doc[behind[1] - 1].pos_ == "PROPN":
            kept[kept.index(behind)] = (start, behind[1])
            kept.remove((start, end))
    return kept


def _to_head(parse: Parse, start: int, end: int) -> Range:
    """Return words that break off before their noun, up to the noun: "the" of "the station"."""
    last = parse.doc[end - 1]
    while last.dep_ in ("det", "amod", "compound", "nmod") and last.head.i > last.i:
        last = last.head
    return start, last.i + 1


@dataclass(slots=True)
class Hands:
    """Tells whom the words of hands mean, in the order of the text."""

    reading: Reading
    parse: Parse
    outlets: Outlets
    descriptions: Descriptions
    last: Hop | None = None

    def hops(self, hands: Iterable[Range]) -> Iterator[Hop]:
        """Yield the hands that words name; a pronoun that could be anybody's is none.

        "The paper" of which no name is known is the outlet named beside it, if there is one.
        """
        pairs = [(span, hop) for span in hands for hop in (self._hop(span),) if hop is not None]
        found = [hop for _, hop in sorted(pairs, key=lambda pair: self._far(*pair))]
        outlets = any(self._is_outlet(hop) for hop in found)
        for hop in found:
            a_kind = hop.name.rsplit(" ", 1)[-1].lower() in kind_words()
            if self._is_outlet(hop) or not (outlets and a_kind):
                self._remember(hop)
                yield hop

    def _far(self, span: Range, hop: Hop) -> tuple[int, bool, int]:
        """Return how far a hand is from the speaker: people, platforms, outlets, who cites them.

        Among like hands who is named first is nearer.
        """
        if not self._is_outlet(hop):
            return int(key_of(hop.name) in platforms()), False, span[0]
        return 2, self._publishes(self.parse.doc[span[0] : span[1]].root), span[0]

    def _publishes(self, head: Token) -> bool:
        """Tell whether an outlet reports, where another may only be told or cited."""
        while head.dep_ in ("appos", "compound", "nmod"):
            head = head.head
        before = head.head
        if head.dep_ == "nsubj":
            return True
        if head.dep_ != "pobj":
            return False
        by = before.lower_ == "by" and before.head.lemma_.lower() in PUBLISHING
        return by or (before.lower_ == "to" and before.head.lower_ == "according")

    def _is_outlet(self, hop: Hop) -> bool:
        return any(key_of(name) == key_of(hop.name) for name in self.outlets.names)

    def _remember(self, hop: Hop) -> None:
        """Keep the last outlet, to which "the same broadcast" goes back."""
        if self._is_outlet(hop):
            self.last = hop

    def _hop(self, span: Range) -> Hop | None:
        head = self.parse.doc[span[0] : span[1]].root
        if self.parse.doc[span[0]].lower_ == "this" and head.lemma_.lower() in kind_words():
            return None  # the report's own outlet
        name = self._name_in(span)
        if name is not None:
            return self._named(name)
        if head.lower_ in NOBODY:
            entity = self._entity(span)
            return self._of(entity.name, entity, span) if entity and entity.named else None
        outlet = self._outlet(span, head)
        if outlet is None and self._is_thing(head):
            return None
        return outlet or self._described(span, head)

    def _is_thing(self, head: Token) -> bool:
        """Tell whether a noun is what was said or where, which hands nothing on: "the report"."""
        lemma = head.lemma_.lower()
        if head.pos_ != "NOUN" or head.text[0].isupper() or lemma in kind_words():
            return False
        words = lemma in cues("noun") or speaking_nouns().get(lemma) == "document"
        return words or lemma in THINGS

    def _name_in(self, span: Range) -> Range | None:
        """Return the name in "the watchdog X", "the driver, X" and "X radio", if there is one.

        A name that only tells whose or where somebody is ("the mayor of X") is none.
        """
        doc = self.parse.doc
        end = span[1]
        while end > span[0] and doc[end - 1].lemma_.lower() in kind_words():
            end -= 1
        if end > span[0] and not (doc[end - 1].pos_ == "PROPN" and doc[end - 1].text[0].isupper()):
            return None
        start = end
        while start > span[0] and (doc[start - 1].pos_ == "PROPN" or self._joined(start - 1, end)):
            start -= 1
        if start == end:
            return None
        if any(doc[i].pos_ in ("ADP", "VERB", "AUX") for i in range(span[0], start)):
            return None
        return start, end

    def _joined(self, token: int, end: int) -> bool:
        """Tell whether a small word stands inside an outlet's name: "El Litoral de Anca"."""
        found = self.outlets.at(token)
        return found is not None and found[0][1] >= end and found[0][0] < token

    def _named(self, span: Range) -> Hop | None:
        found = self.outlets.at(span[1] - 1)
        entity = self._entity(span)
        placed = self.parse.doc[span[1] - 1].ent_type_ in ("GPE", "LOC", "NORP", "DATE", "EVENT")
        if found is None and (placed or (entity is not None and entity.kind in PLACES)):
            return None
        if found is not None and (entity is None or entity.kind != "person"):
            outlet = entity if entity is not None and entity.kind == "outlet" else None
            return self._of(outlet.name if outlet else found[1], entity, found[0])
        if entity is not None and entity.named:
            return self._of(entity.name, entity, span)
        return self._of(self._printed(span), entity, span)

    def _outlet(self, span: Range, head: Token) -> Hop | None:
        """Return the outlet that "the paper" or "the same broadcast" means."""
        words = {self.parse.doc[i].lower_ for i in range(span[0], head.i)}
        kind = head.lemma_.lower()
        again = bool(words & AGAIN)
        if not words or words - AGAIN - {"the"}:
            return None  # "state television" is whoever it is
        if kind in kind_words():
            name = self.outlets.before(span[0], kind)
            if name is not None:
                return self._of(name, None, span)
        if self.last is not None and (again or kind in kind_words()):
            return self._of(self.last.name, None, span, self.last.actor)
        return None

    def _described(self, span: Range, head: Token) -> Hop:
        """Return somebody described: whom the report puts beside a name, else as printed."""
        meant = self.descriptions.meant(span, head)
        if meant is not None:
            entity = next(one for one in self.reading.entities if one.id == meant)
            return self._of(entity.name, entity, span)
        first = self.parse.doc[span[0]]
        if first.lower_ in OWNERS and span[1] - span[0] > 1:
            owner = self._entity((span[0], span[0] + 1))
            if owner is not None and owner.named:
                name = f"{owner.name}'s {self._printed((span[0] + 1, span[1]))}"
                return self._of(name, None, span)
        return self._of(self._printed(span), None, span)

    def _entity(self, span: Range) -> Entity | None:
        return entity_of(self.reading, self.parse.starts[span[0]], self.parse.end(span[1] - 1))

    def _printed(self, span: Range) -> str:
        text = " ".join(self.parse.evidence(*span).text.split())
        return text[4:] if text[:4].lower() == "the " else text

    def _of(self, name: str, entity: Entity | None, span: Range, actor: str | None = None) -> Hop:
        return Hop(name, entity.id if entity else actor, (self.parse.evidence(*span),))
