"""Who fills a role: from a noun phrase of the parse to the entities that it means."""

import re
from collections import deque
from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from onrecord.parsing import Parse
from onrecord.stages.events.intents import saying_over
from onrecord.stages.events.lexicon import noun_classes
from onrecord.stages.events.syntax import Clause, clause_of, preps_of, shared
from onrecord.types import Entity, Mention, Reading

# Nouns that stand for the people or body named after "of" ("members of", "a group of").
PARTITIVES = frozenset(
    "member group number band crowd team unit leader part faction thousand hundred dozen "
    "majority minority representative delegation column wing branch section squad force "
    "government parliament president minister king army people family citizen resident "
    "official city town village capital territory southern northern eastern western "
    "ministry head chief leadership spokesman spokeswoman remnant supporter commander "
    "chairman chairwoman boss envoy ambassador parliament authorities district region "
    "rest all some many most both one two".split()
)
MODIFIERS = frozenset({"poss", "compound", "amod", "nmod", "nummod"})
DATELINE_BLOCKS = 4  # a dateline stands in one of the first blocks
DATELINE = re.compile(
    # No word without a capital stands in it but in brackets or between strokes.
    r"[A-Z][A-Z'’.-]+\b(?:[ ,.]+(?:[A-Z\d][\w.'’/-]*|\([^)\n]{1,60}\)))*\.?"
    r"\s*(?:\([^)\n]{1,60}\)\s*)?(?:\s--?\s|\s?[—–]\s|/[^/\n]{2,40}/)"
)
# After a nationality these are the state itself, or close enough to answer for it.
BODIES = frozenset(
    "government official army force troop military authority police soldier security side ministry "
    "minister president state navy intelligence service treasury embassy diplomat "
    "parliament".split()
)
# Words for those who fight or oppose the state that they are said to be of.
AGAINST = frozenset(
    "insurgent rebel militant opposition separatist guerrilla dissident jihadist terrorist exile "
    "extremist resistance".split()
    # People who speak or act for the place that they are said to be in.
)
OFFICIALS = frozenset("official diplomat minister authority government leader commander".split())
NAMING_VERBS = frozenset({"call", "name", "know", "dub", "nickname"})
DEEP_WORDS = 60  # words of a complement searched for the party it concerns
DEEPEST = 4  # steps down the tree: "the renewal of ties with X" and no further
TIME_LABELS = frozenset({"DATE", "TIME"})
# Pronouns that a clause of reported speech uses of its speaker.
SELVES = frozenset({"it", "he", "she", "they", "we", "i"})
SKIPPED_PREPS = frozenset({"in", "at", "near", "during", "since", "after", "before", "until"})


class Cast:
    """The mentions of a report, by the tokens that they stand on."""

    def __init__(
        self, reading: Reading, parse: Parse, *, deep: bool = True, bodies: bool = False
    ) -> None:
        self.parse = parse
        self.bodies = bodies  # whether only a state's bodies stand for it, not any of its people
        self.deep = deep  # whether a side may be anywhere in the words under a verb
        self.entities: dict[str, Entity] = {entity.id: entity for entity in reading.entities}
        self.at: dict[int, Mention] = {}
        before = datelines(parse)
        for mention in sorted(reading.mentions, key=_by_length):
            for token in parse.tokens_in(mention.span.start, mention.span.end):
                if token not in before and not self._is_thing(mention, parse.doc[token]):
                    self.at.setdefault(token, mention)

    def _is_thing(self, mention: Mention, token: Token) -> bool:
        """Return whether a mention means what never acts: a paper, or a weapon taken for a name."""
        entity = self.entities.get(mention.actor)
        if entity is not None and entity.kind == "document":
            return True
        word = token.lower_
        forms = {token.lemma_.lower(), word, word.removesuffix("s")}  # a capital hides the plural
        return mention.span.text == token.text and not forms.isdisjoint(noun_classes()["weapon"])

    def head_entity(self, token: Token) -> str | None:
        """Return the entity of the mention that a token stands in, if it is one that acts."""
        mention = self.at.get(token.i)
        return mention.actor if mention else None

    def entities_of(self, token: Token, depth: int = 0) -> list[str]:
        """Return the entities that a noun phrase means: by its head, its owner, its parts."""
        found = self.head_entity(token)
        if found:
            return [found]
        if speaker := self._speaker_behind(token):
            return speaker
        by_modifier = self.modifier_of(token)
        if by_modifier:
            return [by_modifier]
        for child in token.children if depth == 0 else ():
            if child.dep_ == "appos" and (named := self.entities_of(child, 1)):
                return named
        return self._of_whom(token, depth) or self._called(token)

    def _called(self, token: Token) -> list[str]:
        """Return the entity of the name in "a man known as X", "the chief whom they call X"."""
        for child in token.rights:
            if child.dep_ in ("acl", "relcl") and child.lemma_.lower() in NAMING_VERBS:
                named = [c for c in child.rights if c.dep_ in ("oprd", "ccomp", "dobj", "attr")]
                for noun in named + preps_of(child).get("as", []):
                    if noun.pos_ == "PROPN" and (found := self.head_entity(noun)):
                        return [found]
        return []

    def _of_whom(self, token: Token, depth: int) -> list[str]:
        """Return the entities that people described are from ("activists from", "members of")."""
        if depth == 0 and token.pos_ == "NOUN":
            words = ("from", "in") if token.lemma_.lower() in OFFICIALS else ("from",)
            for inner in (noun for word in words for noun in preps_of(token).get(word, [])):
                if named_there := self.head_entity(inner) or self.modifier_of(inner):
                    return [named_there]
        if depth < 2 and (token.lemma_.lower() in PARTITIVES or token.pos_ in ("NUM", "DET")):
            for word in ("of", "from"):
                found: dict[str, None] = {}
                for inner in shared(preps_of(token).get(word, [])):
                    found.update(dict.fromkeys(self.entities_of(inner, depth + 1)))
                if found:
                    return list(found)
        return []

    def modifier_of(self, token: Token) -> str | None:
        """Return the entity that owns or qualifies a noun ("Swiss doctors"), the nearest first."""
        for child in reversed(list(token.lefts)):
            if child.dep_ not in MODIFIERS or (self.bodies and not _is_body(token, child)):
                continue
            found = self.head_entity(child) or self.modifier_of(child)
            if found and not self._is_anothers(token, child, found):
                return found
        return None

    def _is_anothers(self, noun: Token, owner: Token, entity: str) -> bool:
        """Return whether a person's noun is somebody else ("her cousin"), not their forces."""
        known = self.entities.get(entity)
        if owner.dep_ != "poss" or known is None or known.kind != "person":
            return False
        lemma = noun.lemma_.lower()
        classes = noun_classes()
        return lemma not in classes["forces"] | classes["troops"] | classes["following"]

    def of_all(self, tokens: Iterable[Token]) -> list[str]:
        """Return the entities of coordinated noun phrases, each once, in their order."""
        found: dict[str, None] = {}
        for token in shared(list(tokens)):
            found.update(dict.fromkeys(self.entities_of(token)))
        return list(found)

    def inside(self, roots: Iterable[Token], not_these: Iterable[str]) -> list[str]:
        """Return the first entity in the words under the roots, breadth first, place words last."""
        barred = set(not_these)
        if not self.deep:
            return []
        for token in _breadth(roots):
            found = self.head_entity(token)
            owner = token.head if token.dep_ == "compound" else token
            if found and found not in barred and not self._is_anothers(owner.head, owner, found):
                return [found]
        return []

    def _speaker_behind(self, pronoun: Token) -> list[str]:
        """Return who a pronoun means in "X said it would": the one that says so."""
        if pronoun.pos_ != "PRON" or pronoun.lower_ not in SELVES:
            return []
        verb = pronoun.head
        while verb.dep_ in ("conj", "xcomp", "acomp") and verb.head != verb:
            verb = verb.head
        saying = saying_over(verb)
        if saying is None:
            return []
        subjects = [child for child in saying.children if child.dep_ == "nsubj"]
        return self.of_all(token for token in subjects if token.pos_ != "PRON")


def _is_body(noun: Token, qualifier: Token) -> bool:
    """Tell whether what qualifies a noun is no nationality, or it is a body of the state."""
    if any(child.lower_ in AGAINST for child in noun.lefts):
        return False  # "the Fooish rebel movement" is no body of Fooland
    return qualifier.dep_ != "amod" or noun.lemma_.lower() in BODIES or noun.pos_ == "PROPN"


def datelines(parse: Parse) -> frozenset[int]:
    """Return the tokens of datelines ("CITY, 4 May (AGENCY) - "), whose names are no parties."""
    found: set[int] = set()
    for block in parse.blocks[:DATELINE_BLOCKS]:
        if match := DATELINE.match(parse.report.text, block.start, block.end):
            found.update(parse.tokens_in(block.start, match.end()))
    return frozenset(found)


def _by_length(mention: Mention) -> tuple[int, int, str]:
    return (mention.span.start - mention.span.end, mention.span.start, mention.id)


def _breadth(roots: Iterable[Token]) -> Iterator[Token]:
    """Yield the words under the roots level by level, what stands in place phrases last."""
    pending = deque((root, 0) for root in roots)
    late: deque[tuple[Token, int]] = deque()
    for _ in range(DEEP_WORDS):
        if not pending:
            pending, late = late, deque()
        if not pending:
            return
        token, depth = pending.popleft()
        if token.ent_type_ in TIME_LABELS or token.dep_ in ("advcl", "npadvmod"):
            continue
        yield token
        if depth == DEEPEST:
            continue
        for child in token.children:
            places = child.dep_ == "prep" and child.lower_ in SKIPPED_PREPS
            (late if places else pending).append((child, depth + 1))


def verb_slot(cast: Cast, clause: Clause, slot: str, barred: list[str]) -> list[str]:
    """Return the entities in one slot of a verb: its subject, object, a preposition, deeper."""
    if slot == "subj":
        return cast.of_all(clause.subjects)
    if slot == "obj":
        return cast.of_all(clause.objects)
    if slot == "iobj":
        return cast.of_all(clause.datives)
    if slot == "ccsubj":
        return cast.of_all(_complement_subjects(clause))
    if slot == "np":
        roots = clause.objects + _complement_parts(clause) + _prep_parts(clause)
        return cast.inside(roots, barred)
    own = cast.of_all(clause.preps.get(slot, []))
    return own or cast.of_all(_object_preps(clause, slot))


def _object_preps(clause: Clause, slot: str) -> list[Token]:
    """Return what a preposition governs anywhere within a verb's objects and complements."""
    roots = clause.objects + (clause.complements if slot == "with" else [])
    for token in _breadth(roots):
        found = preps_of(token).get(slot)
        if found:
            return found
    return []


def _complement_subjects(clause: Clause) -> list[Token]:
    return [
        child
        for complement in clause.complements
        for child in complement.children
        if child.dep_ in ("nsubj", "nsubjpass")
    ]


def acting_subjects(clause: Clause) -> list[Token]:
    """Return the subjects of complement clauses that say what these will do to something."""
    return [
        child
        for complement in clause.complements
        if complement.dep_ == "ccomp" and any(c.dep_ == "dobj" for c in complement.children)
        for child in complement.children
        if child.dep_ == "nsubj"
    ]


def _complement_parts(clause: Clause) -> list[Token]:
    """Return the parts of a verb's complement clauses, their subjects first."""
    return _complement_subjects(clause) + clause.complements


def _prep_parts(clause: Clause) -> list[Token]:
    return [
        token
        for word, tokens in clause.preps.items()
        if word not in SKIPPED_PREPS and not (word == "by" and clause.passive)
        for token in tokens
    ]


def stance_of(modifier: Token) -> str | None:
    """Return "anti" or "pro" where a modifier names whom an event is against or for."""
    doc = modifier.doc
    words = [doc[i].lower_ for i in range(modifier.left_edge.i - 2, modifier.i + 1) if i >= 0]
    for stance in ("anti", "pro"):
        if any(word == stance or word.startswith(f"{stance}-") for word in words):
            return stance
    return None


def predicated(noun: Token) -> list[Token]:
    """Return what a noun is said to be of: "X is an ally", "X, an ally of", "its ally X"."""
    first = noun
    while first.dep_ == "conj" and first.head != first:
        first = first.head
    over = first.head
    if first.dep_ == "attr" and over.pos_ in ("AUX", "VERB"):
        return clause_of(over).subjects
    if first.dep_ == "appos" or (first.dep_ in ("compound", "nmod") and over.pos_ == "PROPN"):
        return [over]
    return [child for child in noun.children if child.dep_ == "appos"]


def noun_slot(cast: Cast, noun: Token, slot: str, barred: list[str]) -> list[str]:
    """Return the entities in one slot of a noun: its owner, a modifier, a preposition."""
    if slot == "poss":
        return cast.of_all(child for child in noun.children if child.dep_ == "poss")
    if slot == "mod":
        found = [c for c in noun.lefts if c.dep_ in ("compound", "amod", "nmod")]
        found = [c for c in found if stance_of(c) is None]
        return cast.of_all(reversed(found))[:1]
    if slot == "anti":
        return cast.of_all(child for child in noun.lefts if stance_of(child) == "anti")
    if slot == "is":
        return cast.of_all(predicated(noun))
    if slot in ("ccsubj", "np"):
        parts = [c for c in noun.children if c.dep_ in ("acl", "relcl")]
        inner = [
            s for part in parts for s in part.children if s.dep_ in ("nsubj", "nsubjpass", "dobj")
        ]
        return cast.inside(inner, barred) if slot == "np" else cast.of_all(inner)
    return cast.of_all(preps_of(noun).get(slot, []))
