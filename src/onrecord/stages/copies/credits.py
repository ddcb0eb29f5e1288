"""Credits: which agency or outlet a report says that it was taken from, and who added to it.

An agency signs at the head ("TOWN (AGENCY) -") or in the byline; a line at the head or foot says
where the report was printed first, or who owns it. Who only "contributed to this report" is no
origin of the whole. The report's own outlet is no credit, under whatever form of its name.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from onrecord.geography import country_named, country_of_capital, is_place
from onrecord.parsing import evidence
from onrecord.stages.copies.outlets import lexicon, media_words, outlet_key, same_outlet
from onrecord.types import READ_KINDS, Block, Evidence, Report

Role = Literal["signed", "printed", "owned", "helped"]
Kind = Literal["wire", "outlet"]

ABOVE, BELOW = 6, 3  # blocks before and after the first of the text that are its head
LAST, AFTER = 3, 8  # last blocks of the text, and blocks after it, that are the foot
DATELINE = 90  # characters that a place, day and agency may have
LETTERS = 6  # capitals that a short name may have
LINE_WORDS = 5  # words of a line that is an agency's name and nothing else
UNREAD = frozenset({"title", "caption", "other language"})

ONE = r"(?:[A-Z]\.){2,}|(?:[A-Z]|\d+(?= [A-Z]))[\w&’'-]*"
NAME = (
    r"(?P<name>[\w-]+(?:\.[A-Za-z]{2,})+\b"
    rf"|(?:[Tt]he )?(?:{ONE})(?:(?: (?:of|de|del|la|for|and|the|&))* (?:{ONE})){{0,5}})"
)
NAMES = r"(?P<names>[^.;:()\n]{2,160}?)"
PLACE = (
    r"[\W_]{0,4}(?:(?:[A-Z]\w*+(?:[.’'-]\w++)*+|\d{1,4}(?:/\d{1,4})*"
    r"|de|of|la|le|el|al|del|y|on)(?:[\s,.-]++)){0,9}"
)
SIGNATURE = re.compile(
    rf"{PLACE}[–—]?\s*(?:"
    r"\((?P<round>[A-Z][\w.&’' -]{1,30})\)\s*(?:[-–—―:]|--)"
    r"|/(?P<slashed>[A-Z][A-Z .-]{1,20})/\.?\s*(?:[-–—―:]|--|\s))"
)
# A broadcaster's call sign, number or address. Agencies whose names begin with the letters of call
# signs end with those of "news agency".
STATION = re.compile(
    r"[KW](?!\w*NA\b)[A-Z]{2,3}(?:[- ]?(?:TV|FM|AM|News|NEWS))?|.*\d.*|.*\.[A-Za-z]{2,4}"
    r"|[A-Z]{2,}[A-Z][a-z]\w*|.*\b(?:TV|FM|RADIO|Radio|Television)"
)
PARTY = re.compile(r"[A-Z]{1,3}[-–][A-Z][\w.]*")  # "(D-Ill.)"
BYLINE = re.compile(r"\W*(?:[Bb]y|BY|[Ff]rom|FROM|[Ww]ritten by|[Rr]eported by)\s+(?=[A-Z]|the )")
PARTS = re.compile(r"(?:,|\||/|•|\n|;| [-–—] | and | for | of (?=the )|\bwith\b)\s*+")
# What follows the name of an outlet whose own people are meant.
STAFF = re.compile(
    r"(?:['’]s?)? (?:(?:Staff|Senior|Special|News|Chief|Freelance) )*"
    r"(?:Writer|Reporter|Correspondent|Journalist|Editor|Producer|Staff|Staffer)s?\b.*"
    r"|['’]s (?=[A-Z]).*"
    r"|(?<=\w) (?!(?:of|de|del|la|the|and|&) )[a-z].*",
    re.DOTALL,
)
WHERE = re.compile(r"(?<!\s)\s++(?:in|from|at|on)\b.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Credit:
    """Another's name in a report, what it is named for, and the exact words."""

    name: str
    kind: Kind
    role: Role
    words: Evidence


def credit(report: Report) -> Credit | None:
    """Return who had the whole report first by its own words; None where nobody is named."""
    for find in (_signature, _byline, _first_print):
        found = next(find(report), None)
        if found:
            return found
    return None


def contributions(report: Report, whole: Credit | None) -> tuple[Credit, ...]:
    """Return who added to a report by its own words, each name once; not whose it is as a whole."""
    found: list[Credit] = []
    for one in _phrases(report, "helped"):
        known = [*found, whole] if whole else found
        if not any(same_outlet(one.name, other.name) for other in known):
            found.append(one)
    return tuple(found)


def _signature(report: Report) -> Iterator[Credit]:
    for block in _head(report):
        if block.kind not in READ_KINDS | {"byline"}:
            continue
        match = SIGNATURE.match(report.text, block.start, min(block.end, block.start + DATELINE))
        if match:
            group = match.lastgroup or "round"
            name = match.group(group).strip()
            if _may_sign(name, report.text[block.start : match.start(group) - 1]):
                words = evidence(report, *match.span(group))
                station = STATION.fullmatch(name)
                # A station signs its own reports so: without the report's outlet it may be that.
                if report.source or not station:
                    outlet = station or (has_media_word(name) and not is_agency(name))
                    kind: Kind = "outlet" if outlet else "wire"
                    yield from _others(report, name, kind, "signed", words)


def _may_sign(name: str, before: str) -> bool:
    """Tell whether a name in brackets is no party and state, and no short form of what it follows.

    "The Harbour Workers Union (HWU) -" is no dateline, and "(NORTH BAY) -" a place. In "Ann Poe
    (Harrow) -" nobody signs: without an agency's name the place is known, or it or the name is in
    capitals.
    """
    if not re.search(r"\w", before) and (" " in name or (name.isupper() and len(name) > LETTERS)):
        return has_media_word(name) or is_agency(name)
    words = re.findall(r"[^\W\d_]+", before)
    initials = "".join(word[0] for word in words if word[0].isupper())
    shortened = name.isupper() and initials.endswith(name) and not before.isupper()
    stated = bool(country_named(name)) or is_place(name)
    place = before.split(",")[0].strip()
    known = country_of_capital(place) or country_named(place) or is_place(place)
    capitals = name.isupper() or any(len(word) > 2 and word.isupper() for word in words)
    if stated or not (capitals or known or has_media_word(name) or is_agency(name) or not words):
        return False
    return not PARTY.fullmatch(name) and not _is_stopped(name) and not shortened


def _byline(report: Report) -> Iterator[Credit]:
    """Yield the outlets that a byline names, or a line that is nothing but an agency's name."""
    for block in _head(report):
        text = report.text[block.start : block.end]
        by = BYLINE.match(text)
        if block.kind == "byline" and by:
            yield from _in_byline(report, block.start + by.end(), block.end)
        elif block.kind not in READ_KINDS and _is_agency_line(text):
            words = evidence(report, block.start, block.end)
            yield from _others(report, text.strip(), "wire", "signed", words)


def _is_agency_line(text: str) -> bool:
    short = len(text.split()) <= LINE_WORDS
    return short and is_agency(text) and bool(re.fullmatch(NAME, text.strip()))


def _in_byline(report: Report, start: int, end: int) -> Iterator[Credit]:
    for name, words in _named(report, start, end):
        agency = is_agency(name)
        # Without the report's own outlet a name in its byline may well be its own.
        if agency or _is_short(name) or (report.source and has_media_word(name)):
            kind: Kind = "wire" if agency or _is_short(name) else "outlet"
            yield from _others(report, name, kind, "signed", words)


def _named(report: Report, start: int, end: int) -> Iterator[tuple[str, Evidence]]:
    """Yield the names between two places that commas and the like part, without what follows them.

    "Northern Star staff writer Ann Poe" and "Northern Star's Ann Poe" name the Northern Star. A
    list of places behind "in" names nobody.
    """
    places = False
    at = start
    for part in (*PARTS.finditer(report.text, start, end), None):
        stop = part.start() if part else end
        text = report.text[at:stop]
        name = STAFF.sub("", WHERE.sub("", text)).strip(" \n.()[]_*—–-").removeprefix("the ")
        if name[:1].isupper() and not (places and WHERE.sub("", text) == text):
            first = report.text.index(name, at, stop)
            yield name, evidence(report, first, first + len(name))
        places = places or bool(WHERE.search(text))
        at = part.end() if part else end


# One of these stands in every phrase for a role; most paragraphs are none by this cheap look.
HINTS: dict[Role, tuple[str, ...]] = {
    "printed": (
        *("this ", "the following ", "the above ", "first ", "originally ", "printed", "published"),
        *("posted", "reproduced", "syndicated", "excerpted", "adapted", "translated", "used"),
        *("re-p", "read the ", "see the ", "find the "),
    ),
    "owned": ("copyright", "©", "(c)"),
    "helped": (
        *("contributed", "reporting", "research", "material", "information", "input", "files"),
        *("contribution", "compiled", "h/t", "hat tip", "hat-tip", "via"),
    ),
}


def _first_print(report: Report) -> Iterator[Credit]:
    yield from _phrases(report, "printed")
    yield from _phrases(report, "owned")


def _phrases(report: Report, role: Role) -> Iterator[Credit]:
    """Yield the credits of the phrases for a role at the head and foot of a report."""
    for block in dict.fromkeys((*_head(report), *_foot(report))):
        text = report.text[block.start : block.end]
        folded = text.casefold()
        if not any(hint in folded for hint in HINTS[role]):
            continue
        for phrase in _lexicon(role):
            for match in phrase.finditer(text):
                yield from _in_phrase(report, block.start, match, role)


def _in_phrase(report: Report, at: int, match: re.Match[str], role: Role) -> Iterator[Credit]:
    text = match.group()
    led = len(text) - len(text.lstrip(" -–—_"))
    words = evidence(report, at + match.start() + led, at + match.end())
    if "name" in match.groupdict():
        name = re.sub(r"['’]s$", "", match["name"])
        kind: Kind = "wire" if is_agency(name) else "outlet"
        # Firms and the report's own outlet sign their rights too: only an agency's tell.
        if role != "owned" or kind == "wire":
            yield from _others(report, name, kind, role, words)
        return
    start, end = (at + place for place in match.span("names"))
    for name, _ in _named(report, start, end):
        alone = name == report.text[start:end].strip() and _is_nobody(report, name)
        if is_agency(name) or _is_short(name) or has_media_word(name) or alone:
            yield from _others(report, name, "wire" if is_agency(name) else "outlet", role, words)


def _others(report: Report, name: str, kind: Kind, role: Role, words: Evidence) -> Iterator[Credit]:
    """Yield a credit unless its name is none, or the report's own outlet's."""
    host = urlsplit(report.url).hostname if report.url else None
    own = [one for one in (report.source, host) if one]
    stopped = _is_stopped(name) or not outlet_key(name)
    if not stopped and not any(_is_own(name, one) for one in own):
        yield Credit(" ".join(name.split()), kind, role, words)


def _is_own(name: str, outlet: str) -> bool:
    """Tell whether a name is an outlet's, or holds it, or is a part of it: "Star Staff"."""
    key = outlet_key(outlet)
    held = len(key) > LETTERS and key in outlet_key(name)
    return same_outlet(name, outlet) or held or _words(name) <= _words(outlet)


def is_agency(name: str) -> bool:
    """Tell whether a word of a name says that it is a news agency's."""
    return bool(_words(name) & frozenset(lexicon("agency_words.txt")))


def has_media_word(name: str) -> bool:
    """Tell whether a capitalised word of a name, or its domain, says that it is an outlet's."""
    words = {word for word in re.findall(r"[^\W_]+", name) if not word[0].islower()}
    known = bool({word.casefold() for word in words} & media_words())
    return bool(re.fullmatch(r"[\w-]+(?:\.[A-Za-z]{2,})+", name)) or (known and len(words) > 1)


def _is_nobody(report: Report, name: str) -> bool:
    """Tell whether a single word is the last name of nobody in the report."""
    named = re.search(rf"\b[A-Z][\w.’'-]* {re.escape(name)}\b", report.text)
    return " " not in name and not named


def _is_short(name: str) -> bool:
    return name.isupper() and name.isalpha() and 1 < len(name) <= LETTERS


def _is_stopped(name: str) -> bool:
    folded = " ".join(name.casefold().removeprefix("the ").split())
    kinds = media_words() | frozenset(lexicon("agency_words.txt"))
    stops = lexicon("no_agencies.txt")
    return folded in stops or folded in kinds or folded.split(" ")[0] in stops


def _words(name: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in re.findall(r"[^\W_]+", name))


@functools.cache
def _lexicon(role: Role) -> tuple[re.Pattern[str], ...]:
    """Return the phrases of the lexicon for a role; names keep their capitals, phrases do not."""
    return tuple(
        re.compile(_pattern(row.split("\t", 1)[1]))
        for row in lexicon("credits.tsv")
        if row.startswith(f"{role}\t")
    )


def _pattern(phrase: str) -> str:
    for slot, regex in (("{names}", NAMES), ("{name}", NAME)):
        if slot in phrase:
            before, after = phrase.split(slot)
            opened = r"(?:^|(?<=[.;:()\n\]”\"—–_-] )|(?<=[.;:()\n—–_-]))" if not before else ""
            closed = r"(?=[.;:()\n]|$)" if slot == "{names}" and not after else ""
            return f"{opened}(?i:{before}){regex}(?i:{after}){closed}"
    return f"(?i:{phrase})"


def _head(report: Report) -> tuple[Block, ...]:
    """Return the blocks about the beginning of the text in which credits may stand."""
    first = next((n for n, block in enumerate(report.blocks) if block.kind == "body"), 0)
    near = report.blocks[max(0, first - ABOVE) : first + BELOW]
    return tuple(block for block in near if block.kind not in UNREAD)


def _foot(report: Report) -> tuple[Block, ...]:
    """Return the blocks about the end of the text in which credits may stand."""
    read = [n for n, block in enumerate(report.blocks) if block.kind in READ_KINDS - {"title"}]
    last = read[-1] if read else len(report.blocks) - 1
    near = report.blocks[max(0, last - LAST + 1) : last + 1 + AFTER]
    return tuple(block for block in near if block.kind not in UNREAD)
