"""Which entity each name in the report means, where the same word can mean several."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from onrecord.geography import country_named, country_of_capital, fold, is_place
from onrecord.stages.actors.cast import Draft, Drafts, core, key_of
from onrecord.stages.actors.joining import GROUPS
from onrecord.stages.actors.names import Name
from onrecord.stages.actors.page import Page
from onrecord.stages.actors.seats import governs
from onrecord.stages.actors.words import around, context, titles
from onrecord.types import MentionHow

LONGEST_BODY = 3  # tokens of "security forces" and the like after a people's adjective


@dataclass(slots=True)
class Assigned:
    """A mention in the making: tokens [first, last), the key of its entity, and how."""

    first: int
    last: int
    key: str
    how: MentionHow
    name: Name | None = None


@dataclass(frozen=True, slots=True)
class Owned:
    """Keys of adjectives and of capitals, with the states of the report that they belong to."""

    adjectives: Mapping[str, str] = field(default_factory=dict)
    capitals: Mapping[str, str] = field(default_factory=dict)


class Bearers:
    """Persons by family name, and groups by the name at their core."""

    def __init__(self, drafts: Drafts, joined: dict[str, str]) -> None:
        self.joined = joined
        self.persons: dict[str, list[str]] = defaultdict(list)
        self.firsts: dict[str, list[str]] = defaultdict(list)
        self.groups: dict[str, list[str]] = defaultdict(list)
        for key, draft in sorted(drafts.items()):
            if draft.kind == "person" and len(draft.tokens) > 1:
                self._add(self.persons, draft.tokens[-1], key)
                self._add(self.firsts, draft.tokens[0], key)
            # "Foo Times" is hardly ever a bare "Foo".
            elif draft.kind in GROUPS - {"outlet"} and len(draft.tokens) > 1 and ":" not in key:
                self._add_group(draft)

    def _add(self, index: dict[str, list[str]], word: str, key: str) -> None:
        target = self.joined[key]
        if target not in index[word]:
            index[word].append(target)

    def _add_group(self, draft: Draft) -> None:
        bare = core(draft.tokens)
        if len(bare) == 1:
            self._add(self.groups, bare[0], draft.key)
            self._add(self.groups, bare[0] + "s", draft.key)


def assign(
    page: Page,
    names: Iterable[Name],
    drafts: Drafts,
    joined: dict[str, str],
    owned: Owned,
) -> list[Assigned]:
    """Return the mention that each name is, in order; a name of no actor gives none."""
    bearers = Bearers(drafts, joined)
    latest: dict[str, int] = {}
    assigned = []
    for name in names:
        key = key_of(page, name)
        if key in owned.adjectives:
            base = owned.adjectives[key]
            last = _body_end(page, name)
            mention: Assigned | None = Assigned(
                name.first, last, joined.get(base, base), "description", name
            )
        elif key in owned.capitals and governs(page, name):
            state = owned.capitals[key]
            mention = Assigned(name.first, name.last, joined.get(state, state), "alias", name)
        else:
            mention = _mention(page, name, key, drafts, bearers, latest)
        if mention is not None:
            latest[mention.key] = name.first
            assigned.append(mention)
    return assigned


def _mention(
    page: Page, name: Name, key: str, drafts: Drafts, bearers: Bearers, latest: dict[str, int]
) -> Assigned | None:
    if key not in drafts:
        return None
    prefix, _, code = key.partition(":")
    bearer = _bearer(page, name, bearers, latest)
    if bearer is not None:
        return Assigned(name.first, name.last, bearer, "name", name)
    if prefix == "demonym":
        last = _body_end(page, name)
        return Assigned(name.first, last, f"state:{code}", "description", name)
    if prefix == "capital":
        if governs(page, name):
            return Assigned(name.first, name.last, f"state:{code[:2]}", "alias", name)
        return Assigned(name.first, name.last, key, "name", name)
    if prefix == "state" and code:
        last = _body_end(page, name)
        how: MentionHow = "name" if last == name.last else "description"
        return Assigned(name.first, last, key, how, name)
    return Assigned(name.first, name.last, bearers.joined[key], "name", name)


def _bearer(page: Page, name: Name, bearers: Bearers, latest: dict[str, int]) -> str | None:
    """Return whom a single word means that is somebody's family name or a group's core."""
    words = fold(page.words(name.first, name.last)).split()
    while len(words) > 1 and (words[0] in around("particle") or words[0] in titles("style")):
        words = words[1:]
    if len(words) != 1:
        return None
    word = words[0]
    persons = bearers.persons.get(word, [])
    groups = bearers.groups.get(word, [])
    if is_place(word) or country_of_capital(word) or country_named(word.upper()):
        groups = []
    if len(groups) == 1 and name.title is None and (not persons or _of_group(page, name)):
        return groups[0]
    if not persons:
        persons = bearers.firsts.get(word, [])
        if len(persons) != 1 or page.label[name.first] != "PERSON":
            return None
    if _after_article(page, name):
        return None
    if len(persons) == 1:
        return persons[0]
    # Two of one family name: the one who was last spoken of.
    spoken = [person for person in persons if person in latest]
    return max(spoken, key=lambda person: latest[person]) if spoken else None


def _of_group(page: Page, name: Name) -> bool:
    """Tell whether a family name there means the group called after the family."""
    word, following = page.lower[name.first], page.lower[name.last : name.last + 2]
    if word.endswith("s") and page.label[name.first] != "PERSON":
        return True
    if following and context("follows ").get(following[0]) == "armed group":
        return True
    return _after_article(page, name)


def _after_article(page: Page, name: Name) -> bool:
    """Tell whether "the" stands before a name that no noun follows, as before no person's."""
    if name.first == 0 or page.lower[name.first - 1] != "the":
        return False
    return name.last >= len(page) or page.pos[name.last] not in ("NOUN", "PROPN")


def _body_end(page: Page, name: Name) -> int:
    """Return the end of "Fooish security forces", or of the adjective alone."""
    last = name.last
    for i in range(last, min(last + LONGEST_BODY, len(page))):
        if page.sentence[i] != page.sentence[name.first]:
            break
        if page.lower[i] in around("body"):
            last = i + 1
        elif page.lower[i] not in around("body modifier"):
            break
    return last
