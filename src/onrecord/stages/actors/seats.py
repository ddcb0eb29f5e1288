"""A capital's name for its government, and for the place."""

from onrecord.geography import country_named, country_of_capital
from onrecord.stages.actors.names import Name
from onrecord.stages.actors.page import Page
from onrecord.stages.actors.words import around

# A capital after these is one side of a relation, unless it only follows a verb of moving.
SIDES = frozenset({"with", "between", "against", "by"})
# What a government and no place is.
STANCES = frozenset(
    "responsible ready willing unwilling committed concerned prepared keen reluctant determined "
    "opposed able unable trying pushing seeking wary worried convinced furious angry".split()
)
NEAR = 3  # tokens after a possessive within which the thing possessed stands


def governs(page: Page, name: Name) -> bool:
    """Tell whether a capital's name stands for its government there; in doubt it is the place."""
    last = name.last - 1
    if _dateline(page, name):
        return False
    if name.last < len(page) and page.lower[name.last] in ("'s", "’s"):
        return _possesses(page, name.last)
    before = page.lower[name.first - 1] if name.first else ""
    if before in SIDES:
        return True
    if before in ("on", "upon"):
        return name.first > 1 and page.lower[name.first - 2] == "pressure"
    if before == "to":
        return name.first > 1 and page.lower[name.first - 2] in ("according", "aid", "support")
    if page.dep[last] == "pobj":
        return False
    if page.dep[last] == "conj":
        return _beside_a_side(page, page.head[last])
    return _acts(page, last)


def _dateline(page: Page, name: Name) -> bool:
    """Tell whether a block opens with that place ("CITY, State —")."""
    block = page.parse.block_of(name.first)
    if page.parse.firsts[block] != name.first:
        return False
    following = page.text[name.last] if name.last < len(page) else ""
    return following in ("-", "—", "–", ":", ",", "(", "--")


def _possesses(page: Page, apostrophe: int) -> bool:
    near = page.lower[apostrophe + 1 : apostrophe + 1 + NEAR]
    return any(word in around("possessed") or word in around("relating") for word in near)


def _acts(page: Page, token: int) -> bool:
    verb = page.lemma[page.head[token]]
    if page.dep[token] == "nsubj" and verb == "be":
        return any(word in STANCES for word in page.lower[token + 1 : token + 1 + NEAR + 1])
    if page.dep[token] == "nsubj":
        return verb in around("act") and page.pos[page.head[token]] in ("VERB", "AUX")
    if page.dep[token] in ("dobj", "nsubjpass", "dative"):
        return verb in around("addressed")
    return False


def _beside_a_side(page: Page, other: int) -> bool:
    """Tell whether the name that a capital is joined to by "and" is a side or acts."""
    if not (country_named(page.text[other]) or country_of_capital(page.text[other])):
        return False
    first = other
    while first > 0 and page.head[first - 1] == other:
        first -= 1
    if first > 0 and page.lower[first - 1] in SIDES:
        return True
    return page.dep[other] != "pobj" and _acts(page, other)
