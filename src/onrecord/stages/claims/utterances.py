"""Statements as they are laid beside each other: whose side they are on, of whom, in what words."""

import bisect
import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from itertools import accumulate, pairwise

from spacy.lang.en.stop_words import STOP_WORDS

from onrecord.models.decoding import Floats
from onrecord.models.meaning import unpacked
from onrecord.types import Actor, Reading, Statement, When

WORD = re.compile(r"[^\W\d_]+(?:['’]t)?")
ENDING = re.compile(r"(?:ings?|ed|es|s|e|ers?|ions?|ly|y|ies)$")
SHORTEST = 3  # letters of a stem; shorter ones are shared by chance
BEFORE = 160  # characters before a statement's first word that may set it against another
BARE_WORDS = 6
# "Withdrew his" before the charge that is the cue.
WITHDRAWN = re.compile(
    r"\b(?:withdr[ae]w\w*|retract\w*|recant\w*|took back|walked back)"
    r"\s+(?:his|her|its|their|the|an?)\s+(?:\w+\s+)?$"
)
CONTRADICTS = "report contradicts"  # of one that the report itself sets against another
TAKES_BACK = "takes back"  # the sign of a statement that withdraws another


@dataclass(frozen=True, slots=True)
class Utterance:
    """A statement, with what tells which others it answers.

    `speaker` is the actor who speaks, "" where that is nobody known; `place` counts the statements
    of a report, `turn` the times that another side takes the word; `block` is the paragraph. `own`
    is the speaker and whom it speaks for, `about` whom it speaks of, as actors; `stems` are its
    telling words, `meaning` its vector; `signs` are signs of an answer.
    """

    statement: Statement
    speaker: str
    place: int
    turn: int
    block: int
    own: frozenset[str]
    about: frozenset[str]
    stems: frozenset[str]
    signs: frozenset[str]
    story: str
    meaning: Floats = field(repr=False, compare=False)

    @property
    def start(self) -> int:
        """Return where its content begins."""
        return self.statement.content[0].start

    @property
    def end(self) -> int:
        """Return where its content ends."""
        return max(span.end for span in self.statement.content)


@functools.cache
def words() -> dict[str, tuple[str, ...]]:
    """Return the groups of words by which one statement answers another; phrases where tabbed."""
    text = resources.files("onrecord.lexicon").joinpath("contradiction.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {
        group: tuple(found) if len(found) > 1 else tuple(found[0].split()) for group, *found in rows
    }


@functools.cache
def _sets() -> dict[str, frozenset[str]]:
    return {group: frozenset(found) for group, found in words().items()}


class Sides:
    """Whose side each speaker is on, and whom it speaks of, by the actors of a record."""

    def __init__(self, actors: Iterable[Actor], identity: Mapping[str, str]) -> None:
        self._identity = identity
        self._by_name: dict[str, set[str]] = {}
        known = list(actors)
        self._states = {actor.id for actor in known if actor.kind in ("state", "government")}
        for actor in known:
            for name in (actor.name, *actor.names):
                self._by_name.setdefault(name.casefold(), set()).add(actor.id)
        self._bodies = {actor.id: self._of(actor) for actor in known}
        self.name_words = frozenset(word for name in self._by_name for word in name.split())

    def _of(self, actor: Actor) -> frozenset[str]:
        """Return the bodies that an actor holds office in or is part of."""
        named = (self._by_name.get((role.of or "").casefold(), set()) for role in actor.roles)
        return frozenset().union(*named, [part.actor for part in actor.part_of])

    def speaker(self, statement: Statement) -> str:
        """Return the actor who speaks, "" where that is nobody known."""
        actor = statement.speaker.actor or ""
        return self._identity.get(actor, actor)

    def own(self, statement: Statement) -> frozenset[str]:
        """Return the speaker, whom it speaks for, and the bodies that it is of."""
        speaker, actor = statement.speaker, self.speaker(statement)
        found = {actor} | self._by_name.get((speaker.represents or "").casefold(), set())
        return frozenset((found | self._bodies.get(actor, frozenset())) - {""})

    def voice(self, statement: Statement) -> str:
        """Return whose word a statement is: the state or body that it speaks for, else the speaker.

        Of other bodies than states only a spokesman gives the word.
        """
        speaker, actor = statement.speaker, self.speaker(statement)
        told = self._by_name.get((speaker.represents or "").casefold(), set())
        bodies = (told or self._bodies.get(actor, frozenset())) - {actor}
        body = next(iter(bodies)) if len(bodies) == 1 else actor
        role = (speaker.role or "").casefold().split()
        is_voice = any(word.startswith("spokes") for word in role) or not actor
        return body if is_voice or body in self._states else actor

    def about(self, statement: Statement) -> frozenset[str]:
        """Return whom a statement speaks of."""
        return frozenset(self._identity.get(entity, entity) for entity in statement.about)


def utterances(reading: Reading, sides: Sides, story: str) -> list[Utterance]:
    """Return the statements of a report in the order of their words."""
    text = reading.report.text
    ordered = sorted(reading.statements, key=lambda s: (s.content[0].start, s.id))
    owns = [sides.own(statement) for statement in ordered]
    turns = list(accumulate((int(not one & other) for one, other in pairwise(owns)), initial=0))
    meanings = unpacked([statement.meaning for statement in ordered])
    starts = sorted(block.start for block in reading.report.blocks)
    return [
        Utterance(
            statement=statement,
            speaker=sides.speaker(statement),
            place=place,
            turn=turns[place],
            block=bisect.bisect_right(starts, statement.content[0].start),
            own=owns[place],
            about=sides.about(statement),
            stems=stems(_content(statement), sides.name_words),
            signs=_signs(statement, text),
            story=story,
            meaning=meanings[place],
        )
        for place, statement in enumerate(ordered)
    ]


def _content(statement: Statement) -> str:
    return " ".join(span.text for span in statement.content)


def stems(said: str, names: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the telling words of what is said without their endings; `names` are not telling."""
    folded = (match.group().casefold() for match in WORD.finditer(said))
    found = (stem(word) for word in folded if word not in names and word not in STOP_WORDS)
    return frozenset(word for word in found if len(word) >= SHORTEST)


@functools.lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return a word without its ending."""
    return ENDING.sub("", word)


def _signs(statement: Statement, text: str) -> frozenset[str]:
    """Return the signs of an answer in a statement's content, cue and the words around them."""
    content = _content(statement).casefold()
    cue = " ".join(span.text for span in statement.cue).casefold()
    spans = (*statement.source, *statement.cue, *statement.content)
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    begin = _sentence_start(text, first)
    sentence = text[begin:last].casefold()
    cued = statement.cue[0].start if statement.cue else first
    taken = WITHDRAWN.search(text[begin:cued].casefold())
    return frozenset(
        {
            *([TAKES_BACK] if taken else []),
            f"act {statement.act}",
            f"mode {statement.mode}",
            *_content_signs(content),
            *_frame_signs(cue, sentence.replace(content, " ")),
            *(["turns down"] if _turns_down(cue, content) else []),
        }
    )


def _turns_down(cue: str, content: str) -> bool:
    """Tell whether something is refused (a visit, aid), rather than a claim called untrue."""
    said = set(WORD.findall(content))
    refused = any(_is_form(word, "refuse") for word in WORD.findall(cue))
    return refused and not said & ({"that"} | _sets()["claim"] | _sets()["false"])


def _content_signs(content: str) -> Iterator[str]:
    said = set(WORD.findall(content))
    if "n't" in content or "n’t" in content:
        yield "says negative"
    for group in ("false", "claim", "negative", "absolute"):
        if said & _sets()[group]:
            yield f"says {group}"
    if any(re.search(rf"\b{phrase}\b", content) for phrase in words()["partial"]):
        yield "says in part"
    if len(content.split()) <= BARE_WORDS:
        yield "short"
    if content.rstrip(" ”\"'").endswith("?"):
        yield "asks"


PHRASES = (("cue_phrase", "cue phrase"), ("reply", "in reply"), ("report", CONTRADICTS))


def _frame_signs(cue: str, framed: str) -> Iterator[str]:
    """Yield the signs in the cue and the other words of a statement's sentence."""
    yield from _cue_signs(cue)
    around = set(WORD.findall(framed))
    for group, sign in PHRASES:
        if any(phrase in framed for phrase in words()[group]):
            yield sign
    for group in ("false", "claim", "negative"):
        if around & _sets()[group]:
            yield f"framed by {group}"
    if around & _sets()["but"]:
        yield "set against"


def _cue_signs(cue: str) -> Iterator[str]:
    if not cue:
        yield "no cue"
    cues = set(WORD.findall(cue))
    for group in ("cue", "concede", "insist"):
        if any(_is_form(word, group) for word in cues):
            yield f"cue {group}"
    if any(_is_form(word, "withdraw") for word in cues) or any(
        phrase in cue for phrase in words()["withdraw_phrase"]
    ):
        yield TAKES_BACK


@functools.lru_cache(maxsize=1 << 16)
def _is_form(word: str, group: str) -> bool:
    """Tell whether a word is a form of one of the verbs of a group."""
    bare = stem(word)
    return word in _sets()[group] or any(
        bare == stem(verb) or bare + bare[-1:] == stem(verb) or bare[:-1] == stem(verb)
        for verb in words()[group]
        if verb[:3] == word[:3]
    )


def rejects(text: str) -> bool:
    """Tell whether any word of a text rejects something, or calls it false."""
    found = (match.group().casefold() for match in WORD.finditer(text))
    return any(word in _sets()["false"] or _is_form(word, "cue") for word in found)


def _sentence_start(text: str, place: int) -> int:
    """Return where the sentence before a place begins, not far before it."""
    low = max(0, place - BEFORE)
    found = max(text.rfind(mark, low, place) for mark in ("\n", ". ", ".” ", "? ", "! "))
    return max(low, found + 1)


def rarity(found: Sequence[Utterance]) -> Counter[str]:
    """Return how many statements have each telling word."""
    return Counter(word for one in found for word in one.stems)


def days_apart(one: When, other: When) -> int:
    """Return the least number of days between two intervals; 0 where that can't be told."""
    gaps = [
        (later.earliest - sooner.latest).days
        for sooner, later in ((one, other), (other, one))
        if later.earliest and sooner.latest
    ]
    return max([0, *gaps])
