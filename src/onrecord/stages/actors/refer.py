"""Pronouns and descriptions whose meaning is clear from what was named shortly before.

Recency and agreement only; where two could be meant, there is no mention.
"""

import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from onrecord.geography import country_of_demonym
from onrecord.stages.actors.assign import Assigned
from onrecord.stages.actors.page import Page
from onrecord.stages.actors.roles import Office
from onrecord.stages.actors.words import descriptions, titles
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
MILITANT = frozenset(
    "terrorist militant jihadist insurgent rebel armed extremist guerrilla paramilitary".split()
)
BACK = 2  # sentences before its own in which a pronoun's meaning is looked for
# Offices that are called by one another's name.
SAME_OFFICE = {
    "envoy": "ambassador",
    "diplomat": "ambassador",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "premier": "minister",
    "general": "chief",
}


@dataclass(slots=True)
class Known:
    """What is known of the entities of a report while it is read from top to bottom."""

    kinds: Mapping[str, ActorKind]
    countries: Mapping[str, str | None]
    offices: list[Office]
    genders: dict[str, str] = field(default_factory=dict)


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


def references(page: Page, mentions: list[Assigned], known: Known) -> list[Assigned]:
    """Return the mentions by pronoun and description, in order."""
    said = list(mentions)
    starts = [mention.first for mention in said]
    taken = {i for mention in said for i in range(mention.first, mention.last)}
    found = []
    for i in range(len(page)):
        if i in taken:
            continue
        mention = _reference(page, i, said, starts, known)
        if mention is not None and not taken.intersection(range(mention.first, mention.last)):
            place = bisect.bisect_left(starts, mention.first)
            said.insert(place, mention)
            starts.insert(place, mention.first)
            found.append(mention)
    return found


def _reference(
    page: Page, i: int, said: list[Assigned], starts: list[int], known: Known
) -> Assigned | None:
    word = page.lower[i]
    if word in GENDERS:
        key = _person(page, _before(page, i, said, starts, BACK), known, GENDERS[word])
        if key is not None:
            known.genders.setdefault(key, GENDERS[word])
            return Assigned(i, i + 1, key, "pronoun")
    elif word in SINGULAR and page.dep[i] != "expl":
        key = _body(page, _before(page, i, said, starts, 1), known, BODIES)
        return Assigned(i, i + 1, key, "pronoun") if key is not None else None
    elif word in PLURAL:
        key = _body(page, _before(page, i, said, starts, 1), known, SEVERAL)
        if key is not None and not _plural_between(page, i, said, starts, key):
            return Assigned(i, i + 1, key, "pronoun")
    elif word in descriptions() and i > 0 and page.pos[i] == "NOUN":
        return _description(page, i, said, starts, known)
    return None


def _before(
    page: Page, i: int, said: list[Assigned], starts: list[int], back: int
) -> list[Assigned]:
    """Return the mentions before a token, in its sentence and `back` sentences before."""
    number = page.sentence[i]
    first = page.bounds[max(0, number - back)][0]
    return said[bisect.bisect_left(starts, first) : bisect.bisect_left(starts, i)]


def _by_sentence(page: Page, mentions: list[Assigned]) -> Iterator[list[Assigned]]:
    """Yield the mentions by sentence, the latest sentence first."""
    sentences: dict[int, list[Assigned]] = {}
    for mention in mentions:
        sentences.setdefault(page.sentence[mention.first], []).append(mention)
    for number in sorted(sentences, reverse=True):
        yield sentences[number]


def _only(page: Page, mentions: list[Assigned]) -> str | None:
    """Return the one entity of some mentions, or the one among several that is the subject."""
    keys = {mention.key for mention in mentions}
    if len(keys) == 1:
        return next(iter(keys))
    subjects = {m.key for m in mentions if page.dep[m.last - 1] in ("nsubj", "nsubjpass")}
    return next(iter(subjects)) if len(subjects) == 1 else None


def _person(page: Page, mentions: list[Assigned], known: Known, gender: str) -> str | None:
    fitting = [
        mention
        for mention in mentions
        if known.kinds.get(mention.key) == "person"
        and known.genders.get(mention.key, gender) == gender
    ]
    for together in _by_sentence(page, fitting):
        # Whoever fits in the nearest sentence decides, even when nobody can be told.
        return _only(page, together)
    return None


def _body(page: Page, mentions: list[Assigned], known: Known, kinds: frozenset[str]) -> str | None:
    """Return the only actor of those kinds that is the subject of the nearest clause."""
    fitting = [m for m in mentions if known.kinds.get(m.key) in kinds and m.how != "description"]
    for together in _by_sentence(page, fitting):
        subjects = [m for m in together if page.dep[m.last - 1] in ("nsubj", "nsubjpass")]
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


def _description(
    page: Page, i: int, said: list[Assigned], starts: list[int], known: Known
) -> Assigned | None:
    """Return the mention "the envoy", "the Fooish envoy", "the group", if one is meant."""
    first = i - 1
    if page.lower[first] in MILITANT and first > 0:
        first -= 1
    demonym = country_of_demonym(page.text[first])
    if demonym is not None:
        first -= 1
    if first < 0 or page.lower[first] not in ("the", "this") or _goes_on(page, i):
        return None
    kinds = descriptions()[page.lower[i]]
    key = None
    if "person" in kinds:
        key = _holder(page, i, said, starts, known, demonym)
    elif demonym is None:
        key = _described(page, i, said, starts, known, kinds)
    return Assigned(first, i + 1, key, "description") if key is not None else None


def _goes_on(page: Page, i: int) -> bool:
    """Tell whether a noun is only part of a longer description or stands beside a name."""
    if i + 1 >= len(page) or page.sentence[i + 1] != page.sentence[i]:
        return False
    following = page.lower[i + 1]
    return following in ("of", "for", "that", "who", "which", "-", "to", "in") or page.pos[
        i + 1
    ] in ("NOUN", "PROPN")


def _holder(
    page: Page, i: int, said: list[Assigned], starts: list[int], known: Known, demonym: str | None
) -> str | None:
    """Return the only person named so far who holds that office, for that state if one is told."""
    noun = SAME_OFFICE.get(page.lower[i], page.lower[i])
    named = {mention.key for mention in said[: bisect.bisect_left(starts, i)]}
    holders = set()
    for office in known.offices:
        if office.first >= i or office.key not in named:
            continue
        roles = {SAME_OFFICE.get(word, word) for word in office.role.lower().split()}
        country = known.countries.get(office.of_key or "")
        if noun in roles and (demonym is None or country in (None, demonym)):
            holders.add(office.key)
    return next(iter(holders)) if len(holders) == 1 else None


def _described(
    page: Page,
    i: int,
    said: list[Assigned],
    starts: list[int],
    known: Known,
    kinds: frozenset[str],
) -> str | None:
    near = _before(page, i, said, starts, 1)
    fitting = [m for m in near if known.kinds.get(m.key) in kinds and m.how != "description"]
    for together in _by_sentence(page, fitting):
        noun = page.lower[i]
        so_called = {
            page.head[j]
            for j in range(together[0].first, i)
            if page.lower[j] == noun and page.dep[j] in ("appos", "attr")
        }
        for mention in together:
            if any(mention.first <= head < mention.last for head in so_called):
                return mention.key
        return _only(page, together)
    return None


def promote(page: Page, mentions: list[Assigned], kinds: dict[str, ActorKind]) -> None:
    """Make an armed group of what is called "the militant group" and has no clearer kind."""
    for mention in mentions:
        told = mention.how == "description" and any(
            page.lower[i] in MILITANT for i in range(mention.first, mention.last)
        )
        if told and kinds.get(mention.key) in ("organisation", "unknown"):
            kinds[mention.key] = "armed group"
