"""The word lists of the actors stage, read once from the lexicon."""

import functools
from collections.abc import Iterator
from importlib import resources


def _rows(file: str) -> Iterator[list[str]]:
    text = resources.files("onrecord.lexicon").joinpath(file).read_text("utf-8")
    for row in text.splitlines():
        if row and not row.startswith("#"):
            yield row.split("\t")


@functools.cache
def titles(kind: str) -> dict[str, str]:
    """Return the titles of a class (honorific, style, office, modifier) with their gender."""
    return {word: gender for word, of, gender in _rows("titles.tsv") if of == kind}


@functools.cache
def heads() -> dict[str, str]:
    """Return the head words of names with the kind that each tells."""
    return {row[0]: row[1] for row in _rows("heads.tsv")}


@functools.cache
def around(kind: str) -> frozenset[str]:
    """Return the words of one class that stand around names, or are none."""
    return frozenset(word for of, word in _rows("name_context.tsv") if of == kind)


@functools.cache
def context(prefix: str) -> dict[str, str]:
    """Return words with the kind they tell, for the classes "described ..." or "follows ..."."""
    return {
        word: of.removeprefix(prefix).strip()
        for of, word in _rows("name_context.tsv")
        if of.startswith(prefix)
    }


@functools.cache
def descriptions() -> dict[str, dict[str, bool]]:
    """Return the nouns that can speak of a named actor, with the kinds that it may have.

    A kind is True where the noun fits any name of it, False where the name must hold the noun.
    """
    kinds: dict[str, dict[str, bool]] = {}
    for kind, noun, fits in _rows("descriptions.tsv"):
        kinds.setdefault(noun, {})[kind] = fits == "any"
    return kinds


@functools.cache
def person_nouns() -> frozenset[str]:
    """Return the nouns, in the singular, for one person who is described and not named."""
    listed = {row[0] for row in _rows("person_nouns.txt")}
    described = {noun for noun, kinds in descriptions().items() if "person" in kinds}
    told = {word for word, kind in context("described ").items() if kind == "person"}
    return frozenset(listed | described | told | set(titles("office")))


@functools.cache
def is_title(word: str) -> bool:
    """Tell whether a lower-case word is a title of any class but modifier."""
    if any(word in titles(kind) for kind in ("honorific", "style", "office")):
        return True
    return word.endswith("s") and word[:-1] in titles("office")
