"""Names of outlets: when two of them mean one outlet, where a report names one, and signatures."""

import functools
import re
from importlib import resources

from onrecord.parsing import evidence
from onrecord.types import READ_KINDS, Evidence, Report

SIGNED = 400  # characters at the head of a report, and at its foot, in which an agency signs
SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "or", "ne"})
DOMAIN = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})/?")
NAME_WORD = re.compile(r"[^\W_]+")
SIGNATURE = re.compile(
    r"\((?P<round>[A-Z][\w.&’' -]{1,30})\)\s*(?:[-–—―:]|--)"
    r"|/(?P<slashed>[A-Z][A-Z .-]{1,20})/\.?\s*(?:[-–—―:]|--|\s)"
)


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


def signature(report: Report) -> tuple[str, Evidence] | None:
    """Return the agency that signs the head of a report, with the words; None without one."""
    readable = [block for block in report.blocks if block.kind in READ_KINDS | {"byline"}]
    for block in readable[:3]:
        match = SIGNATURE.search(report.text, block.start, min(block.end, block.start + SIGNED))
        if match:
            group = match.lastgroup or "round"
            return match.group(group).strip(), evidence(report, *match.span(group))
    return None
