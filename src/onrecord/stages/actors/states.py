"""States and places that no atlas knows, told by the report's own words."""

from collections.abc import Iterator

from onrecord.geography import country_of_demonym
from onrecord.stages.actors.cast import Draft, Drafts
from onrecord.stages.actors.names import Name
from onrecord.stages.actors.page import Page
from onrecord.stages.actors.words import around, titles

# Endings of adjectives made of a place's name, and what the name may end in without them.
ENDINGS = ("ian", "ean", "ese", "ish", "ite", "an", "en", "er", "ic", "i", "n")
REST = ("", "a", "e", "o", "y", "ia", "ea", "ya", "land", "stan", "s")
SHORTEST_STEM = 4  # letters; shorter stems are alike by chance
ADJECTIVE_VOTE = 100.0  # a name with an adjective of its own is a place, whatever the parser says


def adjectives(page: Page, drafts: Drafts) -> dict[str, str]:
    """Return the keys of adjectives with the key of the place that each is made of.

    "Fooi" and "Fooian" beside "Foo", "Fooian" beside "Fooia", where the one stands before nouns.
    """
    found: dict[str, str] = {}
    for key, draft in drafts.items():
        if " " in key or ":" in key or not _adjectival(page, draft):
            continue
        bases = {base for base in adjective_bases(key) if _may_be_place(drafts.get(base))}
        if len(bases) == 1:
            found[key] = next(iter(bases))
        elif not bases and _of_people(page, draft):
            draft.tally["people"] += ADJECTIVE_VOTE
            draft.kind = "people"
    return found


def _of_people(page: Page, draft: Draft) -> bool:
    """Tell whether a word stands before "army", "town" or "envoy" alone: a people's adjective."""
    if not looks_adjectival(draft.key):
        return False
    following = [page.lower[name.last : name.last + 1] for name in draft.names]
    nouns = [page.pos[name.last : name.last + 1] in (["NOUN"], ["ADJ"]) for name in draft.names]
    owned = (
        around("body") | around("state's own") | around("of a place") | frozenset(titles("office"))
    )
    return all(nouns) and any(word and word[0].removesuffix("s") in owned for word in following)


def adjective_bases(word: str) -> Iterator[str]:
    """Yield the names, folded, that an adjective of a place may be made of."""
    for form in (word, word.removesuffix("s")):
        for ending in ENDINGS:
            stem = form.removesuffix(ending)
            if stem != form and len(stem) >= SHORTEST_STEM:
                yield from (stem + rest for rest in REST if stem + rest != form)


def looks_adjectival(word: str) -> bool:
    """Tell whether a folded word has the ending of an adjective made of a place's name."""
    return any(
        word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM
        for ending in ("ian", "ean", "ese", "ish", "an", "i")
    )


def _adjectival(page: Page, draft: Draft) -> bool:
    """Tell whether most of a name's places are those of an adjective, or of a people."""
    before = sum(
        name.title is None
        and name.last < len(page)
        and page.sentence[name.last] == page.sentence[name.first]
        and page.pos[name.last] in ("NOUN", "ADJ", "PROPN")
        for name in draft.names
    )
    plural = draft.key.endswith("s")
    return 2 * before >= len(draft.names) or plural or country_of_demonym(draft.key) is not None


def _may_be_place(draft: Draft | None) -> bool:
    return draft is not None and all(name.title is None for name in draft.names)


def vote_for_bases(drafts: Drafts, found: dict[str, str]) -> None:
    """Make a state of each unknown name that has an adjective of its own."""
    for base in sorted(set(found.values())):
        draft = drafts[base]
        if ":" not in base:
            draft.tally["state"] += ADJECTIVE_VOTE
            draft.kind = "state"


def capitals(page: Page, drafts: Drafts, adjectives: dict[str, str]) -> dict[str, str]:
    """Return the keys of places with the state whose capital the report says that they are.

    "X, the capital of Y" and "the Yish capital, X".
    """
    found: dict[str, set[str]] = {}
    starting = {name.first: key for key, draft in drafts.items() for name in draft.names}
    for key, draft in drafts.items():
        if ":" in key:
            continue
        for name in draft.names:
            state = _capital_of(page, name, starting, adjectives)
            if state is not None and state != key and drafts[state].kind == "state":
                found.setdefault(key, set()).add(state)
    return {key: next(iter(states)) for key, states in found.items() if len(states) == 1}


def _capital_of(
    page: Page, name: Name, starting: dict[int, str], adjectives: dict[str, str]
) -> str | None:
    """Return the key of the state whose capital a name is said to be at its place."""
    following = page.lower[name.last : name.last + 4]
    if following[:4] == [",", "the", "capital", "of"]:
        return starting.get(name.last + 4) or starting.get(name.last + 5)
    before = name.first - (page.lower[name.first - 1 : name.first] == [","])
    if before > 1 and page.lower[before - 1] == "capital":
        key = starting.get(before - 2)
        return adjectives.get(key) if key is not None else None
    return None
