"""Capitalised runs: the stretches of tokens that may hold a name."""

import re

from onrecord.stages.actors.page import Page
from onrecord.stages.actors.words import around, heads, is_title

HYPHENS = frozenset({"-", "–", "‐", "‑"})
APOSTROPHES = frozenset({"'s", "’s", "'", "’", "´s", "`s"})
# "d'Ivoire", "al-Something" written as one token that begins with a small letter
SMALL_START = re.compile(r"(?:d|l|al|el|an|ash|as)['’-][A-Z]|i-$|e-$")
PLURAL = frozenset({"'", "’"})
CLASS = re.compile(r"(?:ers|ors|ists|ants|ents|men)s?$|nurses$")  # words for people by what they do
LONGEST = 14  # tokens in a name; a longer run is a list or a headline


def starts_name(page: Page, i: int) -> bool:
    """Tell whether a token looks like a word of a name."""
    word = page.text[i]
    if word[0].isupper():
        return True
    if word[0].isdigit():
        return False
    return bool(SMALL_START.match(word)) and len(word) > 2


def runs(page: Page, first: int, last: int) -> list[tuple[int, int]]:
    """Return the capitalised runs in the tokens [first, last) of a sentence."""
    found, i = [], first
    while i < last:
        start = _start(page, i, last)
        if start is None:
            i += 1
            continue
        end = _end(page, i, start, last)
        found.append((i, end))
        i = end
    return found


def _start(page: Page, i: int, last: int) -> int | None:
    """Return the first capitalised token of a run that begins at a token, or None."""
    if starts_name(page, i):
        return i
    # "al-Something", "al Something", "bin Something"
    lower = page.text[i]
    if lower in around("particle") and i + 1 < last:
        if page.text[i + 1] in HYPHENS and not page.spaced[i]:
            if i + 2 < last and page.capital(i + 2) and not page.spaced[i + 1]:
                return i + 2
        elif lower in ("al", "el", "bin", "ibn", "abu") and page.capital(i + 1):
            return i + 1
    return None


def _end(page: Page, first: int, start: int, last: int) -> int:
    """Return the token after a run whose first capitalised token is `start`."""
    end = start + 1
    while end < last and end - first < LONGEST:
        step = _step(page, first, end, last)
        if not step:
            break
        end += step
    return end


def _step(page: Page, first: int, end: int, last: int) -> int:
    """Return how many tokens from `end` on belong to the run [first, end): 0 for none."""
    word = page.text[end]
    if starts_name(page, end):
        return 1
    if end + 1 >= last:
        return 0
    if word in HYPHENS and not page.spaced[end - 1]:
        return _hyphen(page, end, last)
    if word == "." and is_title(page.lower[end - 1]):
        return 1 if starts_name(page, end + 1) else 0
    if word in APOSTROPHES:
        return 2 if page.capital(end + 1) and _class_of(page, end) else 0
    if page.lower[end] == "and" or word == "&":
        return 2 if page.capital(end + 1) and _and_joins(page, first, end) else 0
    if word in around("particle") and word not in HYPHENS:
        return _particle(page, end, last)
    if word in around("joining"):
        return _joining(page, first, end, last)
    return 0


def _class_of(page: Page, apostrophe: int) -> bool:
    """Tell whether a possessive is of a class of people whose body follows ("Dockers' Union")."""
    word = page.lower[apostrophe - 1]
    plural = CLASS.search(word) is not None and page.text[apostrophe] in PLURAL
    return word in around("class possessive") or (plural and page.lower[apostrophe + 1] in heads())


def _hyphen(page: Page, end: int, last: int) -> int:
    following = page.text[end + 1]
    if starts_name(page, end + 1):
        return 0 if page.spaced[end] else 2
    if following in around("compound"):
        return 0
    if page.lower[end - 1] in around("particle") and following.isalpha():
        return 2
    linking = following in around("particle") or following in around("hyphen particle")
    if linking and end + 3 < last and page.text[end + 2] in HYPHENS and page.capital(end + 3):
        return 4
    if SMALL_START.match(following) and end + 2 < last and page.capital(end + 2):
        return 3
    return 0


def _particle(page: Page, end: int, last: int) -> int:
    """Return the length of particles and the capital after them ("bin Foo", "de la Foo")."""
    for step in (1, 2, 3):
        if end + step >= last:
            return 0
        following = page.text[end + step]
        if following[0].isupper():
            return step + 1
        if following not in around("particle") and following not in HYPHENS:
            return 0
    return 0


def _and_joins(page: Page, first: int, end: int) -> bool:
    """Tell whether "and" stands inside one name: spaCy sees one, or its head says so."""
    if page.text[end] == "&":
        return True
    left = page.lower[first:end]
    headed = any(word in heads() for word in left)
    right = end + 1
    while headed and right < len(page) and starts_name(page, right):
        if page.lower[right] in heads():
            return False  # "Party of Foo and Party of Bar"
        right += 1
    if page.entity[end - 1] >= 0 and page.entity[end - 1] == page.entity[end + 1]:
        return True
    return ("of" in left or "for" in left) and headed


def _joining(page: Page, first: int, end: int, last: int) -> int:
    """Return the length of "of (the) Foo" where it belongs to the name on its left."""
    after = end + 1
    if page.lower[after] == "the" and after + 1 < last:
        after += 1
    if not page.capital(after):
        small = page.text[after] in ("al", "el") and after + 2 < last
        if not small:
            return 0
    left = page.lower[first:end]
    same = page.entity[end - 1] >= 0 and page.entity[end - 1] == page.entity[after]
    if is_title(left[-1]):
        # "Secretary of State Foo": the office goes on, but not to "President of Fooland".
        return after + 1 - end if page.text[end] == "of" and page.lower[after] in OFFICES else 0
    told = any(heads().get(word, "event") != "event" for word in left)
    if page.label[after] == "PERSON" and not same:
        return 0
    if page.text[end] in ("of", "for"):
        return after + 1 - end if told or (same and page.text[end] == "of") else 0
    return after + 1 - end if same and told else 0


# What a minister, secretary or chief is "of" inside the title itself.
OFFICES = frozenset(
    "state defense defence staff foreign interior justice finance education energy labor health "
    "commerce affairs agriculture transportation treasury homeland war police information trade "
    "culture intelligence industry oil".split()
)
