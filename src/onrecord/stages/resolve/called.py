"""What reports call an actor beside its names: with a title, by its members, or described.

"Minister Foo", "Foo fighters", "the Fooish envoy". They are shown with the names but say nothing of
who is who: reports are not compared by them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from onrecord.stages.actors.words import around, is_title, titles
from onrecord.types import Mention, Reading

BEFORE = 48  # characters before a name in which its title stands
AFTER = 24
WORDS_BEFORE = re.compile(r"(?:[A-Z][\w.'’-]*\s+)+$")
WORD_AFTER = re.compile(r"[ \t]([a-z]+)\b")
THE = re.compile(r"\b[Tt]h(?:e|is)[ \t]+(?:[\w-]+[ \t]+){0,2}\Z")
NAMED = frozenset({"name", "alias"})
LONGEST_SHORT = 5  # letters of a title that is shortened, with its full stop
FEWEST = 3  # words of a description that tells more than a kind ("the group", "the minister")


def called(reading: Reading) -> dict[str, set[str]]:
    """Return for each entity of a report what else it is called there."""
    found: dict[str, set[str]] = defaultdict(set)
    kinds = {entity.id: entity.kind for entity in reading.entities if entity.named}
    for mention in reading.mentions:
        if mention.actor not in kinds:
            continue
        for words in _forms(reading.report.text, mention, kinds.get(mention.actor, "unknown")):
            found[mention.actor].add(" ".join(words.split()))
    return found


def _forms(text: str, mention: Mention, kind: str) -> Iterator[str]:
    start, end = mention.span.start, mention.span.end
    if mention.how == "description":
        whole = text[start:end].lower().startswith(("the ", "this ", "that ", "a ", "an "))
        opening = None if whole else THE.search(text, max(0, start - BEFORE), start)
        words = text[opening.start() if opening else start : end]
        if len(words.split()) >= FEWEST:
            yield words
    elif mention.how in NAMED and kind == "person":
        title = _title(text[max(0, start - BEFORE) : start])
        if title:
            yield text[start - len(title) : end]
    elif mention.how in NAMED and kind in ("armed group", "party"):
        after = WORD_AFTER.match(text, end, end + AFTER)
        if after is not None and after[1] in around("members"):
            yield text[start : after.end()]


def _title(before: str) -> str:
    """Return the title that ends there, with the blank after it, or nothing."""
    found = WORDS_BEFORE.search(before)
    if found is None:
        return ""
    words = re.findall(r"\S+\s+", found[0])
    while words and not (_titular(words[0]) and _leads_a_title(words)):
        words.pop(0)
    return "".join(words) if words and all(_titular(word) for word in words) else ""


def _leads_a_title(words: list[str]) -> bool:
    """Tell whether a modifier stands before an office ("Foreign Minister"), not "Under Mr"."""
    first, second = (word.strip().rstrip(".").lower() for word in [*words, ""][:2])
    return is_title(first) or second in titles("office") or second in titles("modifier")


def _titular(word: str) -> bool:
    bare = word.strip().lower()
    if bare.endswith(".") and len(bare) > LONGEST_SHORT:
        return False  # a sentence ends there
    return any(is_title(form) or form in titles("modifier") for form in (bare, bare.rstrip(".")))
