"""Pronouns whose meaning is clear from what was named shortly before.

Recency and agreement only; where two could be meant, or somebody who is only described stands
nearer, there is no mention. Who is named inside a quotation is not who speaks around it.
"""

import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.stages.actors.assign import Assigned
from onrecord.stages.actors.describe import Describer, Named, before, by_sentence, is_subject, only
from onrecord.stages.actors.page import Page
from onrecord.stages.actors.quoted import quoted
from onrecord.stages.actors.roles import Office
from onrecord.stages.actors.words import around, heads, person_nouns, titles
from onrecord.types import ActorKind

GENDERS = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
SINGULAR = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "themselves"})
BODIES = frozenset({"armed group", "party", "organisation", "government", "outlet", "state"})
SEVERAL = frozenset({"armed group", "party", "people"})
SUBJECTS = ("nsubj", "nsubjpass")
INDEFINITE = frozenset({"a", "an", "one", "another"})
ASKING = frozenset({"ask", "question", "press", "interview"})
CLIMB = 5  # steps from a word up to its verb or noun
BACK = 2  # sentences before its own in which a pronoun's meaning is looked for


@dataclass(slots=True)
class Known:
    """What is known of the entities of a report while it is read from top to bottom."""

    kinds: dict[str, ActorKind]
    countries: dict[str, str | None]
    offices: list[Office]
    genders: dict[str, str] = field(default_factory=dict)
    adjectives: dict[str, str] = field(default_factory=dict)
    evident: set[str] = field(default_factory=set)
    quoted: list[bool] = field(default_factory=list)


def genders(page: Page, mentions: list[Assigned]) -> dict[str, str]:
    """Return the gender that a title tells, where all titles of a person agree."""
    told: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.name is not None and mention.name.title is not None:
            for i in range(*mention.name.title):
                for kind in ("honorific", "style", "office"):
                    gender = titles(kind).get(page.lower[i], "-")
                    if gender != "-":
                        told.setdefault(mention.key, set()).add(gender)
    return {key: next(iter(found)) for key, found in told.items() if len(found) == 1}


def evident_persons(
    page: Page, mentions: list[Assigned], kinds: Mapping[str, ActorKind], offices: list[Office]
) -> set[str]:
    """Return the persons that more than the parser's label tells: a title, office or full name."""
    found = {office.key for office in offices}
    for mention in mentions:
        if kinds.get(mention.key) != "person" or mention.name is None:
            continue
        words = page.lower[mention.first : mention.last]
        full = len(words) > 1 and not any(word in heads() for word in words)
        following = page.lower[mention.last : mention.last + 2]
        told = following[:1] == ["who"] or following == [",", "who"]
        if full or told or mention.name.title is not None:
            found.add(mention.key)
    return found


def references(page: Page, mentions: list[Assigned], known: Known) -> list[Assigned]:
    """Return the mentions by pronoun and description, in order."""
    said = list(mentions)
    starts = [mention.first for mention in said]
    taken = {i for mention in said for i in range(mention.first, mention.last)}
    known.evident |= evident_persons(page, mentions, known.kinds, known.offices)
    known.quoted = quoted(page)
    describer = Describer(
        page,
        known.kinds,
        known.countries,
        known.offices,
        Named.of(page, mentions),
        known.adjectives,
    )
    found = []
    for i in range(len(page)):
        if i in taken:
            continue
        mention = _pronoun(page, i, said, starts, known) or (
            describer.mention(i, said, starts) if page.lower[i] not in GENDERS else None
        )
        if mention is not None and mention.last == i + 1:
            # "the Fooish envoy": the adjective is a mention of the state, the noun of the person.
            covered = taken.intersection(range(mention.first, mention.last))
            mention.first = i if covered else mention.first
        if mention is not None and not taken.intersection(range(mention.first, mention.last)):
            place = bisect.bisect_left(starts, mention.first)
            said.insert(place, mention)
            starts.insert(place, mention.first)
            found.append(mention)
    return found


def _pronoun(
    page: Page, i: int, said: list[Assigned], starts: list[int], known: Known
) -> Assigned | None:
    word = page.lower[i]
    if word in GENDERS:
        near = _open_to(before(page, i, said, starts, BACK), i, known)
        key = _person(page, i, near, known, GENDERS[word])
        if key is not None:
            known.genders.setdefault(key, GENDERS[word])
            known.evident.add(key)
            return Assigned(i, i + 1, key, "pronoun")
    elif word in SINGULAR and page.dep[i] != "expl":
        near = _open_to(before(page, i, said, starts, 1), i, known)
        key = _body(page, near, known, BODIES)
        return Assigned(i, i + 1, key, "pronoun") if key is not None else None
    elif word in PLURAL:
        near = _open_to(before(page, i, said, starts, 1), i, known)
        key = _body(page, near, known, SEVERAL)
        if key is not None and not _plural_between(page, i, said, starts, key):
            return Assigned(i, i + 1, key, "pronoun")
    return None


def _open_to(mentions: list[Assigned], i: int, known: Known) -> list[Assigned]:
    """Return the mentions that a pronoun can mean: outside quotation marks none from within."""
    if known.quoted[i]:
        return mentions
    return [mention for mention in mentions if not known.quoted[mention.first]]


def _person(page: Page, i: int, mentions: list[Assigned], known: Known, gender: str) -> str | None:
    fitting = [
        mention
        for mention in mentions
        if known.kinds.get(mention.key) == "person"
        and known.genders.get(mention.key, gender) == gender
        and (mention.key in known.evident or _speaks(page, mention))
        and not _same_clause(page, i, mention)
    ]
    for together in by_sentence(page, fitting):
        if _described_since(page, i, together, known):
            return None
        # Whoever fits in the nearest sentence decides, even when nobody can be told.
        return only(page, together)
    return None


def _speaks(page: Page, mention: Assigned) -> bool:
    """Tell whether a mention is the subject of a verb of speech or thought."""
    root = page.root(mention.first, mention.last)
    return page.dep[root] == "nsubj" and page.lemma[page.head[root]] in around("speech")


def _same_clause(page: Page, i: int, mention: Assigned) -> bool:
    """Tell whether "him" or "her" is an object beside a mention that is the same verb's subject."""
    if page.dep[i] not in ("dobj", "pobj", "dative"):
        return False
    verb = i
    for _ in range(CLIMB):
        verb = page.head[verb]
        if page.pos[verb] in ("VERB", "AUX"):
            break
    root = page.root(mention.first, mention.last)
    return page.dep[root] in SUBJECTS and page.head[root] in (verb, page.head[verb])


def _described_since(page: Page, i: int, together: list[Assigned], known: Known) -> bool:
    """Tell whether somebody described and not named is the subject nearer than the mentions.

    "A rebel commander said ... He" means the commander, whoever was named before.
    """
    subjects = any(is_subject(page, m) for m in together)
    number = page.sentence[together[0].first]
    if subjects and number == page.sentence[i]:
        return False
    first = page.bounds[number + 1 if subjects else number][0]
    covered = {j for m in together for j in range(m.first, m.last)}
    for j in range(first, i):
        if page.dep[j] in SUBJECTS and page.pos[j] == "NOUN" and j not in covered:
            alone = page.lemma[j] in person_nouns() and page.lower[j] == page.lemma[j]
            apposed = any(_hangs_on(page, m.last - 1, j) for m in together)
            if alone and known.quoted[j] <= known.quoted[i] and not apposed and _new(page, j):
                return True
    return False


def _new(page: Page, noun: int) -> bool:
    """Tell whether a noun brings somebody new into the report, who does not only ask."""
    i = noun - 1
    while i > 0 and page.pos[i] in ("ADJ", "NOUN", "PROPN"):
        i -= 1
    return page.lower[i] in INDEFINITE and page.lemma[page.head[noun]] not in ASKING


def _hangs_on(page: Page, token: int, noun: int) -> bool:
    """Tell whether a name stands in the phrase of a noun: "the mayor of Foo, Bar Baz"."""
    for _ in range(CLIMB):
        if token == noun:
            return True
        token = page.head[token]
    return False


def _body(page: Page, mentions: list[Assigned], known: Known, kinds: frozenset[str]) -> str | None:
    """Return the only actor of those kinds that is the subject of the nearest clause."""
    fitting = [m for m in mentions if known.kinds.get(m.key) in kinds and m.how != "description"]
    for together in by_sentence(page, fitting):
        subjects = [m for m in together if is_subject(page, m)]
        keys = {mention.key for mention in subjects}
        return next(iter(keys)) if len(keys) == 1 else None
    return None


def _plural_between(page: Page, i: int, said: list[Assigned], starts: list[int], key: str) -> bool:
    """Tell whether a plural noun stands between a "they" and the group it would mean."""
    for place in range(bisect.bisect_left(starts, i) - 1, -1, -1):
        if said[place].key == key:
            between = range(said[place].last, i)
            return any(
                page.pos[j] in ("NOUN", "PROPN") and page.lower[j].endswith("s") for j in between
            )
    return True
