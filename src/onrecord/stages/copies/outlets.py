"""Names of outlets: when two of them mean one outlet, and where a report names one."""

import functools
import re
from importlib import resources

from onrecord.parsing import evidence
from onrecord.types import READ_KINDS, Evidence, Report

SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "or", "ne"})
DOMAIN = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})/?")
NAME_WORD = re.compile(r"[^\W_]+")


@functools.cache
def lexicon(name: str) -> tuple[str, ...]:
    """Return the lines of a lexicon without its comments."""
    text = resources.files("onrecord.lexicon").joinpath(name).read_text(encoding="utf-8")
    return tuple(
        line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")
    )


@functools.lru_cache(maxsize=1 << 14)
def outlet_key(name: str) -> str:
    """Return what two names of one outlet share: no article, no "newspaper", no domain ending.

    >>> outlet_key("The Northern Star newspaper") == outlet_key("www.northernstar.example")
    True
    """
    bare = name.casefold().strip()
    domain = DOMAIN.fullmatch(bare)
    if domain:
        return re.sub(r"\W", "", _label(domain.group(1).split(".")))
    bare = re.sub(r"['’]s\b", "", bare).replace("'", "").replace("’", "").replace(".", "")
    words = NAME_WORD.findall(bare)
    return "".join(_without_kind(words))


def _label(labels: list[str]) -> str:
    """Return the label of a domain that names its owner."""
    kept = labels[:-1]
    if len(kept) > 1 and kept[-1] in SECOND_LEVEL:
        kept = kept[:-1]
    return kept[-1]


def _without_kind(words: list[str]) -> list[str]:
    """Return the words of a name without those that only say what kind of outlet it is."""
    kinds = frozenset(lexicon("outlet_words.txt"))
    changed = True
    while changed and len(words) > 1:
        changed = False
        for count in (2, 1):
            if len(words) > count and " ".join(words[-count:]) in kinds:
                words, changed = words[:-count], True
            if len(words) > count and " ".join(words[:count]) in kinds:
                words, changed = words[count:], True
    return words


@functools.lru_cache(maxsize=1 << 14)
def same_outlet(one: str, other: str) -> bool:
    """Tell whether two names are one outlet's: by their keys, by initials, or as a site's address.

    >>> same_outlet("KNA", "The Kolm News Agency"), same_outlet("kna-news.example", "KNA")
    (True, True)
    """
    keys = outlet_key(one), outlet_key(other)
    if "" in keys or keys[0] == keys[1]:
        return keys[0] == keys[1] != ""
    pairs = ((one, *keys), (other, *reversed(keys)))
    return any(
        (name.strip().isupper() and key in _initials(long))
        or (longer.startswith(key) and longer.removeprefix(key) in _kinds())
        for (name, key, longer), long in zip(pairs, (other, one), strict=True)
    )


def _initials(name: str) -> set[str]:
    """Return the initials of a name of several words, with and without its small words."""
    words = re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", name.removeprefix("The ")))
    if len(words) == 1:
        return set()
    large = [word for word in words if not word[0].islower()]
    return {"".join(word[0] for word in some).casefold() for some in (words, large)}


@functools.cache
def media_words() -> frozenset[str]:
    """Return the words of outlets' names that say what they are: "press", "tribune"."""
    rows = (line.split("\t") for line in lexicon("media_words.tsv"))
    return frozenset(word for word, use in rows if use != "kind")


@functools.cache
def _kinds() -> frozenset[str]:
    return frozenset(lexicon("outlet_words.txt")) | media_words()


def source_key(report: Report) -> str:
    """Return the key of the outlet of a report, "" where it is not known."""
    return outlet_key(report.source) if report.source else ""


@functools.lru_cache(maxsize=1 << 12)
def _name_pattern(source: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(source)}(?!\w)")


def naming(report: Report, source: str) -> Evidence | None:
    """Return where the words or the byline of a report name an outlet, capitals as printed."""
    pattern = _name_pattern(re.sub(r"^[Tt]he ", "", source))
    for block in report.blocks:
        if block.kind in READ_KINDS or block.kind == "byline":
            match = pattern.search(report.text, block.start, block.end)
            if match:
                return evidence(report, match.start(), match.end())
    return None
