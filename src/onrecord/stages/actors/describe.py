"""Descriptions of what was named before: "the envoy", "the Fooish envoy", "the council".

A person is meant by an office that one person named so far holds; a body by the head word of its
name, or by a noun that fits its kind ("the group", "the paper"). Where two could be meant, there
is no mention.
"""

import bisect
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.geography import country_of_demonym, fold
from onrecord.stages.actors.assign import Assigned
from onrecord.stages.actors.kinds import MILITANT
from onrecord.stages.actors.page import Page
from onrecord.stages.actors.roles import Office
from onrecord.stages.actors.words import descriptions, heads
from onrecord.types import ActorKind

# Offices that are called by one another's name.
SAME_OFFICE = {
    "envoy": "ambassador",
    "diplomat": "ambassador",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "premier": "minister",
    "general": "chief",
}
HEADS_OF_STATE = frozenset({"president", "king", "queen", "emir", "sultan", "emperor"})
BODY_HEADS = frozenset({"government", "organisation", "party", "armed group", "outlet"})
# Bodies that reports call by one another's word, where no other is near.
PANELS = frozenset({"council", "committee", "commission", "panel", "board"})
LONGEST = 4  # words between "the" and the noun of a description
NEAR = 1  # sentences before its own in which a body called by its kind alone is looked for


@dataclass(slots=True)
class Named:
    """The names of a report by their head words: where each body's name was first printed."""

    by_head: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    words: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, page: Page, mentions: list[Assigned]) -> "Named":
        """Return the index of all mentions by name."""
        result = cls()
        for mention in mentions:
            if mention.how in ("name", "alias", "title"):
                words = fold(page.words(mention.first, mention.last)).split()
                result.words[mention.key].update(words)
                for word in words:
                    result.by_head[word].setdefault(mention.key, mention.first)
        return result


def before(
    page: Page, i: int, said: list[Assigned], starts: list[int], back: int
) -> list[Assigned]:
    """Return the mentions before a token, in its sentence and `back` sentences before."""
    number = page.sentence[i]
    first = page.bounds[max(0, number - back)][0]
    return said[bisect.bisect_left(starts, first) : bisect.bisect_left(starts, i)]


def by_sentence(page: Page, mentions: list[Assigned]) -> Iterator[list[Assigned]]:
    """Yield the mentions by sentence, the latest sentence first."""
    sentences: dict[int, list[Assigned]] = {}
    for mention in mentions:
        sentences.setdefault(page.sentence[mention.first], []).append(mention)
    for number in sorted(sentences, reverse=True):
        yield sentences[number]


def is_subject(page: Page, mention: Assigned) -> bool:
    """Tell whether a mention is the subject of a clause."""
    return page.dep[page.root(mention.first, mention.last)] in ("nsubj", "nsubjpass")


def only(page: Page, mentions: list[Assigned]) -> str | None:
    """Return the one entity of some mentions, or the one among several that is the subject."""
    keys = {mention.key for mention in mentions}
    if len(keys) == 1:
        return next(iter(keys))
    subjects = {m.key for m in mentions if is_subject(page, m)}
    return next(iter(subjects)) if len(subjects) == 1 else None


@dataclass(slots=True)
class Describer:
    """Finds whom the descriptions of one report mean, from top to bottom."""

    page: Page
    kinds: dict[str, ActorKind]
    countries: dict[str, str | None]
    offices: list[Office]
    named: Named
    adjectives: dict[str, str]  # adjectives of the report's own states, by their folded words

    def mention(self, i: int, said: list[Assigned], starts: list[int]) -> Assigned | None:
        """Return the mention whose head noun is token `i`, if it means somebody named before."""
        page = self.page
        word = page.lower[i]
        if page.lower[i : i + 3] == ["head", "of", "state"]:
            first = i - 1
            return self._head_of_state(first, i, said, starts) if first >= 0 else None
        if page.pos[i] not in ("NOUN", "PROPN") or page.capital(i) or self._goes_on(i):
            return None
        opening = self._opening(i)
        if opening is None:
            return None
        first, between = opening
        kinds = descriptions().get(word, {})
        if "person" in kinds:
            key = self._holder(i, said, starts, between)
        else:
            key = self._body(i, said, starts, between, kinds)
        return Assigned(first, i + 1, key, "description") if key is not None else None

    def _opening(self, i: int) -> tuple[int, list[int]] | None:
        """Return the "the" of a description whose noun is token `i`, and the words between."""
        floor = max(self.page.bounds[self.page.sentence[i]][0], i - LONGEST - 1)
        for first in range(i - 1, floor - 1, -1):
            if self.page.lower[first] in ("the", "this"):
                return first, list(range(first + 1, i))
            if self.page.pos[first] not in ("NOUN", "ADJ", "PROPN"):
                return None
        return None

    def _goes_on(self, i: int) -> bool:
        """Tell whether a noun is only part of a longer description or stands beside a name."""
        page = self.page
        if i + 1 >= len(page) or page.sentence[i + 1] != page.sentence[i]:
            return False
        following = page.lower[i + 1]
        return following in ("of", "for", "that", "-", "to", "in") or (
            page.pos[i + 1] in ("NOUN", "PROPN")
        )

    def _head_of_state(
        self, first: int, i: int, said: list[Assigned], starts: list[int]
    ) -> Assigned | None:
        if self.page.lower[first] != "the":
            return None
        told = {mention.key for mention in said[: bisect.bisect_left(starts, i)]}
        held = {
            office.key
            for office in self.offices
            if office.first < i
            and office.key in told
            and HEADS_OF_STATE & set(office.role.lower().split())
            and "vice" not in office.role.lower()
        }
        return Assigned(first, i + 3, next(iter(held)), "description") if len(held) == 1 else None

    def _country(self, between: list[int]) -> tuple[str | None, list[str]]:
        """Return the state that an adjective among the words tells, and the other words."""
        state, rest = None, []
        for i in between:
            code = country_of_demonym(self.page.text[i])
            own = self.adjectives.get(fold(self.page.text[i]))
            if code is not None or own is not None:
                state = code or own
            else:
                rest.append(self.page.lower[i])
        return state, rest

    def _holder(
        self, i: int, said: list[Assigned], starts: list[int], between: list[int]
    ) -> str | None:
        """Return the only person named so far who holds that office, for that state if told."""
        state, rest = self._country(between)
        noun = SAME_OFFICE.get(self.page.lower[i], self.page.lower[i])
        told = {mention.key for mention in said[: bisect.bisect_left(starts, i)]}
        holders = set()
        for office in self.offices:
            if office.first >= i or office.key not in told:
                continue
            words = office.role.lower().split()
            roles = {SAME_OFFICE.get(word, word) for word in words}
            of = self.countries.get(office.of_key or "") or office.of_key
            if noun in roles and set(rest) <= set(words) and (state is None or of in (None, state)):
                holders.add(office.key)
        return next(iter(holders)) if len(holders) == 1 else None

    def _body(
        self,
        i: int,
        said: list[Assigned],
        starts: list[int],
        between: list[int],
        kinds: dict[str, bool],
    ) -> str | None:
        word = self.page.lower[i]
        state, rest = self._country(between)
        if state is not None:
            return None
        near = before(self.page, i, said, starts, NEAR)
        if heads().get(word) in BODY_HEADS:
            found = self._headed(i, word, rest, near)
            if found is not None:
                return found
        adjectives = [other for other in rest if other not in MILITANT]
        if adjectives or not any(kinds.values()):
            return None
        fitting = [
            m
            for m in near
            if kinds.get(self.kinds.get(m.key, ""), False) and m.how != "description"
        ]
        for together in by_sentence(self.page, fitting):
            return self._so_called(i, word, together) or only(self.page, together)
        return None

    def _headed(self, i: int, word: str, rest: list[str], near: list[Assigned]) -> str | None:
        """Return the only body named so far whose name holds the noun and its adjectives."""
        keys = {
            key
            for key, first in self.named.by_head.get(word, {}).items()
            if first < i
            and self.kinds.get(key) in BODY_HEADS
            and set(rest) <= self.named.words[key]
        }
        if not keys and word in PANELS and not rest:
            keys = {m.key for m in near if PANELS & self.named.words[m.key]}
        if len(keys) > 1:
            keys &= {mention.key for mention in near}
        return next(iter(keys)) if len(keys) == 1 else None

    def _so_called(self, i: int, word: str, together: list[Assigned]) -> str | None:
        """Return the entity that its sentence calls by the noun: "X, a group that ..."."""
        page = self.page
        called = {
            page.head[j]
            for j in range(together[0].first, i)
            if page.lower[j] == word and page.dep[j] in ("appos", "attr")
        }
        for mention in together:
            if any(mention.first <= head < mention.last for head in called):
                return mention.key
        return None


def promote(page: Page, mentions: list[Assigned], kinds: dict[str, ActorKind]) -> None:
    """Make an armed group of what is called "the militant group" and has no clearer kind."""
    for mention in mentions:
        told = mention.how == "description" and any(
            page.lower[i] in MILITANT for i in range(mention.first, mention.last)
        )
        if told and kinds.get(mention.key) in ("organisation", "unknown"):
            kinds[mention.key] = "armed group"
