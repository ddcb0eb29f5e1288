"""Patterns of page furniture: what a paragraph is, told by its own words."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Literal, cast

from onrecord.types import BlockKind

# Furniture is short; a longer paragraph needs more than one sign of it.
LONG_WORDS = 45
MOST_WORDS = 150
# Somebody who is quoted may say anything; a longer paragraph in quotation marks is no furniture.
SHORT_WORDS = 6
QUOTES = "\"“‘'"
ITEM = re.compile(r"^\s*(?:[\d.)•*·»>/|–-]+|\d+\.\s*\S.{0,80})\s*$")
MENU = re.compile(r"\s*[^|/›»•]{1,30}(?:\s[|/›»•]\s[^|/›»•]{1,30}){2,}$")
TABLE = re.compile(r"\|\s*\|?\s*$")
SENTENCES = re.compile(r"(?<=[.!?…])(?<!\b[A-Z]\.)[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])")
# Asks the public what it knows.
APPEAL = re.compile(
    r"\b(?:anyone|anybody|witness(?:es)?|those|people|residents|if you|who)\b[^.]{0,40}"
    r"\b(?:information|info|knows?|saw|seen|footage|recogni[sz]es?)\b",
    re.IGNORECASE,
)
# Told in a report, or asked there for the police or for those whom it happened to.
REPORTS = re.compile(
    r"\b(?:said|says|told|asked|according to|announced|wrote|tweeted|crime ?stoppers"
    r"|(?<!news )(?<!story )tip(?: ?-?line|s|sters?|submit)?|hot ?line|sheriff['’]?s?|detectives?"
    r"|investigators?|suspects?|anonymous(?:ly)?|reward|funeral|donations?|donate|gofundme"
    r"|fundrais\w+|victims?['’]?s? (?:fund|family))\b",
    re.IGNORECASE,
)
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Sign:
    """One line of the lexicon: what a paragraph is when its pattern is found there."""

    kind: BlockKind | Literal["end", "notice"]
    pattern: re.Pattern[str]
    why: str


@functools.cache
def signs() -> tuple[Sign, ...]:
    """Return the lexicon of page furniture in its order."""
    return tuple(_lines())


def _lines() -> Iterator[Sign]:
    text = resources.files("onrecord.lexicon").joinpath("furniture.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            kind, pattern, why = line.split("\t")
            yield Sign(cast(BlockKind, kind), re.compile(pattern, re.IGNORECASE), why)


@functools.cache
def _paragraph_signs() -> tuple[Sign, ...]:
    return tuple(sign for sign in signs() if sign.kind not in ("end", "notice"))


@functools.cache
def _notices() -> tuple[Sign, ...]:
    return tuple(sign for sign in signs() if sign.kind == "notice")


def furniture(text: str) -> tuple[BlockKind, str] | None:
    """Return what kind of furniture a paragraph is and why, or None for the report's own words."""
    words = text.count(" ") + 1
    if words > MOST_WORDS or (text[0] in QUOTES and words > SHORT_WORDS):
        return None
    folded = SPACES.sub(" ", text)
    hits = [sign for sign in _paragraph_signs() if sign.pattern.search(folded)]
    if MENU.match(text) and not text.endswith("."):
        return "boilerplate", "a row of menu entries"
    if TABLE.search(text):
        return "boilerplate", "ends like a row of a table"
    if hits and (words <= LONG_WORDS or len({hit.why for hit in hits}) > 1 or _pleads(hits)):
        # “By clicking …” opens like a writer's name.
        why = notice(folded) if hits[0].kind == "byline" else None
        return ("boilerplate", why) if why else (cast(BlockKind, hits[0].kind), hits[0].why)
    if words <= 16 and ITEM.match(text):
        return "boilerplate", "a menu or list item"
    why = notice(folded)
    return ("boilerplate", why) if why else None


def notice(text: str) -> str | None:
    """Return why a paragraph is a notice to the site's users, or None where it may report.

    Most of its sentences must be such.
    """
    if is_reported(text):
        return None
    parts = sentences(text)
    first, missed = None, 0
    for sentence in parts:
        why = _why_notice(sentence)
        first = first or why
        missed += why is None
        if missed * 2 >= len(parts):
            return None
    return first


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph, cut too often rather than too seldom."""
    return SENTENCES.split(text)


def appeals(text: str) -> bool:
    """Tell whether a paragraph asks the public what it knows: a report's own words, to anyone."""
    return bool(APPEAL.search(text))


def is_reported(text: str) -> bool:
    """Tell whether a paragraph tells who said a thing, or asks for help in what it reports."""
    return appeals(text) or bool(REPORTS.search(text))


def _why_notice(sentence: str) -> str | None:
    return next((sign.why for sign in _notices() if sign.pattern.search(sentence)), None)


def _pleads(hits: list[Sign]) -> bool:
    return any(hit.why == "asks for money" for hit in hits)


def ends_report(text: str) -> str | None:
    """Return why nothing of the report follows after this paragraph, or None."""
    if text.count(" ") > 14:
        return None
    return next(
        (sign.why for sign in signs() if sign.kind == "end" and sign.pattern.search(text)), None
    )
