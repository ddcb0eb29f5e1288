"""The noun phrases of a report that mean persons, bodies or places: names, nouns and pronouns.

A phrase is what hangs on its head in the parse, without what is joined or set beside it by a comma;
what its head means is the encoder's word, counted over all heads alike.
"""

import bisect
from dataclasses import dataclass
from typing import Literal

import numpy as np

from onrecord.models.attribution import Tags
from onrecord.models.decoding import Floats
from onrecord.models.names import NOUNS
from onrecord.stages.actors.page import Page
from onrecord.stages.actors.words import person_nouns

Form = Literal["name", "noun", "pronoun"]

FIRST = frozenset("i me my mine myself".split())
WE = frozenset("we us our ours ourselves".split())
SECOND = frozenset("you your yours yourself yourselves".split())
HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
IT = frozenset("it its itself".split())
THEY = frozenset("they them their theirs themselves".split())
PRONOUNS = FIRST | WE | SECOND | HE | SHE | IT | THEY
APART = frozenset({"conj", "cc", "appos", "punct", "preconj", "parataxis"})
MODIFIES = frozenset({"compound", "nmod", "amod", "nummod"})
RELATIVE = frozenset({"WP", "WDT", "WP$", "WRB"})
EMPTY = frozenset({"the", "a", "an", "that", "there", "here"})  # the head of no phrase
PERSON: Floats = np.array([1.0, 0.0, 0.0, 0.0], dtype=np.float32)
THING = 0.7  # share of "other" from which a head means a thing
LEAST = 0.5  # share of the meanings that count, for a phrase to be one


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens [first, last) with their head, how it is put, and the share of each of NOUNS."""

    first: int
    last: int
    head: int
    form: Form
    shares: Floats

    @property
    def meaning(self) -> str:
        """What the head most likely means."""
        return NOUNS[int(self.shares.argmax())]


def phrases(page: Page, tags: Tags) -> list[Phrase]:
    """Return the phrases in their order, longer ones before what stands inside them."""
    words = words_of(page, tags)
    children = _children(page)
    names = _names(page, tags)
    found: dict[tuple[int, int], Phrase] = {}
    for i in range(len(page)):
        word = words[i]
        form = _form(page, i, names)
        if word is None or form is None:
            continue
        shares = tags.nouns[word][1:]
        if shares[:3].sum() < LEAST:
            if page.lemma[i] not in person_nouns():
                continue
            shares = PERSON
        first, last = _range(page, i, form, names, children)
        found.setdefault((first, last), Phrase(first, last, i, form, shares))
    return sorted(found.values(), key=lambda phrase: (phrase.first, -phrase.last))


def things_of(page: Page, tags: Tags) -> frozenset[int]:
    """Return the tokens that the encoder takes for heads of what is no person, body or place."""
    return frozenset(
        i
        for i, word in enumerate(words_of(page, tags))
        if word is not None and page.lemma[i] not in person_nouns() and tags.nouns[word][-1] > THING
    )


def _names(page: Page, tags: Tags) -> dict[int, tuple[int, int]]:
    """Return for each token of a name the name's tokens [first, last)."""
    found: dict[int, tuple[int, int]] = {}
    for name in tags.names:
        start, end = tags.words.starts[name.first], tags.words.ends[name.last - 1]
        tokens = page.parse.tokens_in(start, end)
        for i in tokens:
            found[i] = (tokens.start, tokens.stop)
    return found


def _range(
    page: Page,
    i: int,
    form: Form,
    names: dict[int, tuple[int, int]],
    children: list[list[int]],
) -> tuple[int, int]:
    if form == "pronoun":
        return i, i + 1
    first, last = names.get(i, (i, i + 1))
    if page.dep[i] in MODIFIES or (form == "name" and page.style[page.sentence[i]] != "plain"):
        return first, last + (page.lower[last : last + 1] in (["'s"], ["’s"]))
    start, end = _extent(page, i, children)
    return min(first, start), max(last, end)


def words_of(page: Page, tags: Tags) -> list[int | None]:
    """Return for each token the encoder's word in which it begins."""
    starts = tags.words.starts
    found: list[int | None] = []
    for start in page.parse.starts:
        word = bisect.bisect_right(starts, start) - 1
        found.append(word if word >= 0 and tags.words.ends[word] > start else None)
    return found


def _form(page: Page, i: int, names: dict[int, tuple[int, int]]) -> Form | None:
    if page.lower[i] in PRONOUNS:
        return None if page.dep[i] == "expl" else "pronoun"
    tag = page.parse.doc[i].tag_
    if i in names:
        adjective = page.dep[i] == "amod" or tag == "JJ"
        return "name" if i == page.root(*names[i]) and not adjective else None
    if page.dep[i] in MODIFIES or tag in RELATIVE or page.lower[i] in EMPTY:
        return None
    # A proper noun in which the encoder sees no name is a noun in a headline, or an office.
    return "noun" if page.pos[i] in ("NOUN", "PROPN", "ADJ", "NUM", "DET", "PRON") else None


def _children(page: Page) -> list[list[int]]:
    children: list[list[int]] = [[] for _ in range(len(page))]
    for i, head in enumerate(page.head):
        if head != i:
            children[head].append(i)
    return children


def _extent(page: Page, i: int, children: list[list[int]]) -> tuple[int, int]:
    """Return the tokens of the phrase that hangs on a head."""
    first, last = i, i
    waiting = [j for j in children[i] if page.dep[j] not in APART]
    while waiting:
        j = waiting.pop()
        first, last = min(first, j), max(last, j)
        waiting.extend(children[j])
    while last > i and page.pos[last] in ("PUNCT", "SPACE", "CCONJ"):
        last -= 1
    while first < i and page.pos[first] in ("PUNCT", "SPACE", "CCONJ"):
        first += 1
    return first, last + 1


def by_pronoun(page: Page, phrase: Phrase) -> str:
    """Return the class of a pronoun ("he", "we") or nothing."""
    word = page.lower[phrase.head]
    names = (("i", FIRST), ("we", WE), ("you", SECOND), ("he", HE), ("she", SHE), ("it", IT))
    if phrase.form != "pronoun":
        return ""
    return next((name for name, words in names if word in words), "they")
