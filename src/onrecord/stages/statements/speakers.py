"""Speaker resolution: from the words of a source to the best name that the report knows."""

import bisect
import re
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from onrecord.parsing import Parse
from onrecord.stages.actors import entity_of, mentions_in
from onrecord.stages.actors.refer import ASKING, INDEFINITE
from onrecord.stages.actors.words import person_nouns, titles
from onrecord.stages.statements.attribution import Attribution, Range, is_mark
from onrecord.stages.statements.described import OFFICES, Descriptions, descriptions_of
from onrecord.stages.statements.lexicon import cues, speaking_nouns
from onrecord.stages.statements.outlets import Outlets, key_of, kind_words
from onrecord.stages.statements.phrases import description, proper_name, whole
from onrecord.stages.statements.pronouns import FIRST_PERSON, PERSONAL, RELATIVES
from onrecord.stages.statements.sentences import root_of, sentence_of
from onrecord.types import Entity, Reading, Role, Speaker

DEFINITE = frozenset({"the", "that", "this", "it"})
GOES_BY = re.compile(
    r"\b(?:goes by(?: the name(?: of)?)?|(?:is )?known as|calls (?:him|her)self)\s+$"
)
# Sentences before its own in which a pronoun's speaker must have spoken last.
BACK_PERSON = 6
BACK_THING = 3
APPOSED = frozenset({"PROPN", "NOUN", "PART", "DET", "ADJ", "PRON"})  # before an apposed name
NOBODY = Speaker(name="", unnamed=True)
WRITING = frozenset({"write", "sign", "author", "draft", "pen", "compile", "issue", "prepare"})
BODIES = frozenset({"state", "government", "armed group", "party", "organisation", "people"})


@dataclass(slots=True)
class Speakers:
    """Resolves the speakers of one report in the order of the text, remembering the last ones."""

    reading: Reading
    parse: Parse
    outlets: Outlets
    kinds: dict[str, str] = field(default_factory=speaking_nouns)
    entities: dict[str, Entity] = field(default_factory=dict)
    last: dict[str, Speaker] = field(default_factory=dict)
    place: int = -1
    places: dict[str, int] = field(default_factory=dict)
    authors: list[tuple[int, Speaker]] | None = None
    descriptions: Descriptions = field(init=False)

    def __post_init__(self) -> None:
        self.entities = {entity.id: entity for entity in self.reading.entities}
        self.descriptions = descriptions_of(self.reading, self.parse)

    def of(
        self,
        item: Attribution,
        around: Speaker | None,
        carried: Speaker | None,
        addressed: Speaker | None = None,
    ) -> Speaker:
        """Return the speaker of an attribution.

        `around` speaks the words that the attribution stands in, to `addressed` where that is
        told; `carried` goes on speaking.
        """
        if carried is not None:
            return carried
        if not item.source:
            return NOBODY
        start, end = item.source[0]
        if end - start == 1 and self.parse.doc[start].lower_ == "you":
            return addressed or self._printed(item.source[0])
        speaker = self._resolve(item.source[0], item.subject, around)
        if not speaker.name or self._speaks_of(speaker, item):
            return self._printed(item.source[0])
        if around is not None and self._others(speaker, around, item):
            return self._printed(item.source[0])
        self._remember(speaker, item)
        return speaker

    def _printed(self, source: Range) -> Speaker:
        """Return somebody of whom no more is known than the word printed: an unresolved "it"."""
        words = " ".join(self.parse.evidence(*source).text.split())
        return Speaker(name=words, unnamed=True)

    def _speaks_of(self, speaker: Speaker, item: Attribution) -> bool:
        """Tell whether a pronoun's speaker is named in the speaker's own direct quotation."""
        if speaker.actor is None or item.subject is None:
            return False
        if self.parse.doc[item.subject].lower_ not in ("he", "she") or len(item.content) == 0:
            return False
        for start, end in item.content:
            if start > 0 and is_mark(self.parse.doc[start - 1]):
                spoken = mentions_in(self.reading, *self._offsets(start, end))
                if any(m.actor == speaker.actor and m.how == "name" for m in spoken):
                    return True
        return False

    def _others(self, speaker: Speaker, around: Speaker, item: Attribution) -> bool:
        """Tell whether "they" within a quotation was given to the quotation's own speaker."""
        start, end = item.source[0]
        if speaker.name != around.name or end - start > 1 or not item.outer:
            return False
        word = self.parse.doc[start].lower_
        held = next((s for s in item.outer[0].content if s[0] <= start < s[1]), None)
        quoted = held is not None and held[0] > 0 and is_mark(self.parse.doc[held[0] - 1])
        return quoted and word in PERSONAL and word not in FIRST_PERSON

    def named(self, source: Range, subject: int | None) -> Speaker:
        """Return the speaker that a noun phrase means by itself."""
        return self._resolve(source, subject, None)

    def _resolve(self, source: Range, subject: int | None, around: Speaker | None) -> Speaker:
        doc = self.parse.doc
        head = doc[subject if subject is not None else source[1] - 1]
        word = head.lower_
        alone = source[1] - source[0] == 1
        if word in FIRST_PERSON and alone:
            return around if around is not None else NOBODY
        if word in RELATIVES:
            return self._antecedent(head, around)
        if word in PERSONAL and alone:
            return self._pronoun(source, head)
        owner = self._owner(head)
        if owner is not None:
            return self._resolve((owner.left_edge.i, owner.i + 1), owner.i, around)
        return self.described(source, head, self._entity(source, head))

    def described(self, source: Range, head: Token, entity: Entity | None) -> Speaker:
        """Return the speaker that a full noun phrase names or describes."""
        if entity is None and head.pos_ == "NOUN":
            entity = self._goes_by(source)
        if self.kinds.get(head.lemma_.lower()) == "document" and head.pos_ in ("NOUN", "PROPN"):
            return self._document(source, head)
        apposed = self._apposed(source, head, entity)
        if apposed is not None:
            return self._known(apposed, source, head)
        if entity is not None and entity.named:
            return self._known(entity, source, head)
        if head.pos_ == "PROPN":
            name = proper_name(self.parse, source, head)
            return Speaker(name=name, actor=entity.id if entity else None)
        known = self._definite(source, head)
        if known is not None:
            return known
        outlet = self._outlet(source, head)
        if outlet is not None:
            return Speaker(name=outlet)
        meant = self.descriptions.meant(source, head)
        if meant is not None:
            return self._known(self.entities[meant], source, head)
        unnamed = self.kinds.get(head.lemma_.lower()) != "body"
        short = description(self.parse, source, head)
        return Speaker(
            name=whole(self.parse, source) or short if unnamed else short,
            actor=entity.id if entity else None,
            unnamed=unnamed,
            represents=self._represented(source, entity),
        )

    def _apposed(self, source: Range, head: Token, entity: Entity | None) -> Entity | None:
        """Return the person named at the end of "one of them, the group's new leader Foo Bar"."""
        if head.tag_ == "NNS" or (entity is not None and entity.kind == "person"):
            return None
        for mention in mentions_in(self.reading, *self._offsets(*source)):
            person = self.entities.get(mention.actor)
            if mention.how != "name" or person is None or person.kind != "person":
                continue
            tokens = self.parse.tokens_in(mention.span.start, mention.span.end)
            first = tokens[0]
            while first > head.i + 1 and self.parse.doc[first - 1].pos_ in APPOSED:
                first -= 1
            comma = first > head.i + 1 and self.parse.doc[first - 1].text == ","
            if comma and tokens[-1] + 1 == source[1]:
                return person
        return None

    def _outlet(self, source: Range, head: Token) -> str | None:
        """Return the outlet that "the paper" means, where one was named before."""
        alone = source[1] - source[0] == 2 and self.parse.doc[source[0]].lower_ == "the"
        kind = head.lemma_.lower()
        return self.outlets.before(source[0], kind) if alone and kind in kind_words() else None

    def _goes_by(self, source: Range) -> Entity | None:
        """Return the entity in "its spokesman, who goes by the name of X"."""
        start, end = self._offsets(*source)
        for mention in mentions_in(self.reading, start, end):
            before = self.reading.report.text[start : mention.span.start]
            if GOES_BY.search(before) and mention.actor in self.entities:
                return self.entities[mention.actor]
        return None

    def _pronoun(self, source: Range, head: Token) -> Speaker:
        """Return whom a pronoun means: by the actors stage, the sentence before, or recency."""
        if head.lower_ == "it" and self._just_spoke(head):
            return self.last["thing"]
        wanted = PERSONAL[head.lower_]
        entity = self._entity(source, head)
        if entity is not None and not (wanted == "person" and self._no_person(entity)):
            return self._known(entity, source, head)
        if wanted == "thing":
            subject = self._subject_before(head)
            if subject is not None:
                return subject
        elif wanted == "person":
            subject = self._person_before(head)
            if subject is not None:
                return subject
        return self.last.get(wanted, NOBODY) if self._recent(wanted, head) else NOBODY

    def _no_person(self, entity: Entity) -> bool:
        """Tell whether an entity can't be "he" or "she": a body, or an outlet by its name."""
        outlets = {key_of(name) for name in self.outlets.names}
        return entity.kind in BODIES or entity.kind == "outlet" or key_of(entity.name) in outlets

    def _recent(self, wanted: str, head: Token) -> bool:
        """Tell whether the last such speaker spoke near enough for a pronoun."""
        place = self.places.get(wanted, -1)
        back = BACK_THING if wanted == "thing" else BACK_PERSON
        start = sentence_of(head)[0]
        for _ in range(back):
            if start > 0:
                start = sentence_of(self.parse.doc[start - 1])[0]
        return place >= start

    def _person_before(self, pronoun: Token) -> Speaker | None:
        """Return the only described person who is the subject of the sentence before."""
        start = sentence_of(pronoun)[0]
        if start == 0:
            return None
        before = self.parse.doc[start - 1]
        if self.places.get("person", -1) >= sentence_of(before)[0]:
            return None
        for token in root_of(before).children:
            if token.dep_ != "nsubj" or token.tag_ != "NN" or token.head.lemma_ in ASKING:
                continue
            new = self.parse.doc[token.left_edge.i].lower_ in INDEFINITE
            if new and token.lemma_ in person_nouns():
                source = (token.left_edge.i, token.right_edge.i + 1)
                return self.described(source, token, self._entity(source, token))
        return None

    def _just_spoke(self, pronoun: Token) -> bool:
        """Tell whether a document spoke in the sentence before: "The memo says ... It adds ..."."""
        last = self.last.get("thing")
        if last is None or not last.document:
            return False
        start = sentence_of(pronoun)[0]
        return start > 0 and self.place >= sentence_of(self.parse.doc[start - 1])[0]

    def _subject_before(self, pronoun: Token) -> Speaker | None:
        """Return the document that the sentence before is about: "The memo ... It says"."""
        start = sentence_of(pronoun)[0]
        if start == 0:
            return None
        for token in root_of(self.parse.doc[start - 1]).children:
            if token.dep_ == "nsubj" and self.kinds.get(token.lemma_.lower()) == "document":
                return self._document((token.left_edge.i, token.i + 1), token)
        return None

    def _owner(self, head: Token) -> Token | None:
        """Return who owns words: X in "X's remarks" and "a statement from X"."""
        if head.lemma_.lower() not in cues("noun"):
            return None
        if self.kinds.get(head.lemma_.lower()) == "document":
            return None
        for child in head.children:
            if child.dep_ == "poss":
                return child
            if child.dep_ == "prep" and child.lower_ == "from":
                return next((part for part in child.children if part.dep_ == "pobj"), None)
        return None

    def _definite(self, source: Range, head: Token) -> Speaker | None:
        """Return the last speaker whose office a phrase with "the" names again."""
        last = self.last.get("person")
        if last is None or head.tag_ == "NNS":
            return None
        if self.parse.doc[source[0]].lower_ != "the" or source[1] - head.i > 1:
            return None
        before = [word.lower_ for word in self.parse.doc[source[0] + 1 : head.i]]
        nouns = {
            word.lower_ for word in self.parse.doc[source[0] + 1 : head.i] if word.pos_ == "NOUN"
        }
        if last.unnamed:
            # "A rebel source ... the source"
            words = last.name.lower().split()
            same = head.lower_ in words and set(before) <= set(words) and words[0] in ("a", "an")
            return last if same else None
        if last.role is None or not self._held(before, nouns, last):
            return None
        lemma, held = head.lemma_.lower(), set(last.role.lower().split())
        same = lemma in held or any(lemma in group and held & group for group in OFFICES)
        of = self._represented(source, None)
        fits = of is None or last.represents is None or of == last.represents
        return last if same and fits else None

    def _held(self, before: list[str], nouns: set[str], last: Speaker) -> bool:
        """Tell whether the words before an office fit the office held: not "foreign" for "water".

        What tells the state or body is checked apart.
        """
        held = set(f"{last.role} {last.represents or ''}".lower().split())
        offices = titles("modifier").keys()
        return all(word in held or word not in offices | nouns for word in before)

    def _antecedent(self, relative: Token, around: Speaker | None) -> Speaker:
        clause = relative.head
        while clause.dep_ not in ("relcl", "acl") and clause.head != clause:
            clause = clause.head
        noun = clause.head
        # "who ... who" can lead back to itself.
        if noun.pos_ not in ("NOUN", "PROPN", "PRON") or noun.lower_ in RELATIVES:
            return NOBODY
        left: int = noun.left_edge.i
        return self._resolve((left, noun.i + 1), noun.i, around)

    def _entity(self, source: Range, head: Token) -> Entity | None:
        """Return the entity of a named head, else of the whole phrase."""
        parse = self.parse
        if head.pos_ == "PROPN" or source[1] - source[0] == 1:
            for mention in mentions_in(self.reading, parse.starts[head.i], parse.end(head.i)):
                if mention.actor in self.entities:
                    return self.entities[mention.actor]
        return entity_of(self.reading, parse.starts[source[0]], parse.end(source[1] - 1))

    def _known(self, entity: Entity, source: Range, head: Token) -> Speaker:
        role = _latest_role(entity)
        name = entity.name
        if not entity.named and entity.kind not in BODIES:
            name = entity.name
            if len(head.text) > 3:
                name = whole(self.parse, source) or description(self.parse, source, head)
        return Speaker(
            name=name,
            actor=entity.id,
            unnamed=not entity.named,
            document=entity.kind == "document",
            role=role.role if role else None,
            represents=self._held_for(role) or self._represented(source, entity),
        )

    def _held_for(self, role: Role | None) -> str | None:
        """Return whom an office is held for, by the name that the report knows it best by."""
        if role is None or role.of is None:
            return None
        printed = role.of.casefold()
        for entity in self.reading.entities:
            if any(name.casefold() == printed for name in entity.names):
                return entity.name
        for mention in self.reading.mentions:
            if mention.span.text.casefold() == printed and mention.actor in self.entities:
                return self.entities[mention.actor].name
        return role.of

    def _document(self, source: Range, head: Token) -> Speaker:
        """Return a document's author where the report prints one, else the document."""
        author = self._author(head)
        if author is None and self.parse.doc[source[0]].lower_ in DEFINITE:
            author = self._last_author(head.i)
        if author is not None:
            return author
        return Speaker(name=description(self.parse, source, head), document=True)

    def _author(self, head: Token) -> Speaker | None:
        """Return who wrote a document: "a FOO memo", "FOO's report", "a letter signed by X"."""
        for child in head.children:
            word = child
            if child.dep_ == "prep" and child.lower_ in ("by", "from"):
                word = next((part for part in child.children if part.dep_ == "pobj"), child)
            elif child.dep_ == "acl" and child.lemma_.lower() in WRITING:
                by = (c for c in child.children if c.dep_ == "agent")
                word = next((p for c in by for p in c.children if p.dep_ == "pobj"), child)
                if word is not child:
                    return self._writer(word)
            elif child.dep_ not in ("compound", "poss", "nmod"):
                continue
            if word.pos_ == "PROPN":
                return self._body((word.left_edge.i, word.right_edge.i + 1), word)
        return None

    def _writer(self, word: Token) -> Speaker:
        """Return who signed or wrote a document, named or described."""
        source = (word.left_edge.i, word.right_edge.i + 1)
        entity = self._entity(source, word)
        if entity is not None and entity.named:
            known = self._known(entity, source, word)
        else:
            known = self.described(source, word, entity)
        return replace(known, document=True)

    def _body(self, source: Range, head: Token) -> Speaker:
        """Return the body of that name: the entity named up to its head, else as printed."""
        name = proper_name(self.parse, source, head)
        for mention in mentions_in(self.reading, *self._offsets(head.i, head.i + 1)):
            entity = self.entities.get(mention.actor)
            if entity is not None and (head.dep_ == "pobj" or len(mention.span.text) >= len(name)):
                return Speaker(name=entity.name, actor=entity.id, document=True)
        return Speaker(name=name, document=True)

    def _offsets(self, first: int, last: int) -> tuple[int, int]:
        return self.parse.starts[first], self.parse.end(last - 1)

    def _last_author(self, before: int) -> Speaker | None:
        """Return the author of the last document that the report ascribes before a token."""
        if self.authors is None:
            self.authors = [
                (token.i, author)
                for token in self.parse.doc
                if token.pos_ == "NOUN" and self.kinds.get(token.lemma_.lower()) == "document"
                for author in (self._author(token),)
                if author is not None
            ]
        place = bisect.bisect_left(self.authors, before, key=lambda pair: pair[0]) - 1
        return self.authors[place][1] if place >= 0 else None

    def _inside(self, source: Range, apart: Entity | None) -> list[Entity]:
        """Return the entities named inside a phrase that may stand behind its head."""
        start, end = self.parse.starts[source[0]], self.parse.end(source[1] - 1)
        found = [
            self.entities[mention.actor]
            for mention in mentions_in(self.reading, start, end)
            if mention.actor in self.entities
        ]
        return [entity for entity in found if entity is not apart and entity.kind in BODIES]

    def _represented(self, source: Range, entity: Entity | None) -> str | None:
        if entity is not None and entity.kind in BODIES:
            return None
        bodies = self._inside(source, entity)
        return bodies[0].name if bodies else None

    def _remember(self, speaker: Speaker, item: Attribution) -> None:
        if not speaker.name:
            return
        self.place = item.first
        kinds = ["any"]
        # Of a plural noun neither "he" nor "it" speaks again.
        if item.subject is None or self.parse.doc[item.subject].tag_ != "NNS":
            kinds.append("person" if self._is_person(speaker, item) else "thing")
        for kind in kinds:
            self.last[kind] = speaker
            self.places[kind] = item.first

    def _is_person(self, speaker: Speaker, item: Attribution) -> bool:
        if speaker.document:
            return False
        entity = self.entities.get(speaker.actor or "")
        if entity is not None and entity.kind != "unknown":
            return entity.kind == "person"
        if any(key_of(name) == key_of(speaker.name) for name in self.outlets.names):
            return False
        if item.subject is None:
            return False
        head = self.parse.doc[item.subject]
        if PERSONAL.get(head.lower_) == "person" or head.lower_ == "who":
            return True
        if head.pos_ == "NOUN":
            lemma = head.lemma_.lower()
            return self.kinds.get(lemma) == "person" or lemma in person_nouns()
        return head.ent_type_ == "PERSON"


def _latest_role(entity: Entity) -> Role | None:
    return entity.roles[-1] if entity.roles else None
