"""What a report's words, its address and its metadata tell of the day it was published."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onrecord.parsing import Parse, evidence
from onrecord.stages.date.direction import FUTURE, governing_verb
from onrecord.stages.date.expressions import Expression
from onrecord.stages.date.grammar import beside, grammar
from onrecord.stages.date.lengths import years_ago
from onrecord.stages.date.times import independent, value_in_full
from onrecord.stages.date.value import interval, unit_of
from onrecord.types import Evidence, Report, When

# What a bound rests on, the strongest last; the weaker of two that contradict each other is left.
FORETOLD, TOLD, PRINTED, GIVEN = 1, 2, 3, 4

# A past-told date after one of these lies before the report; after "by" or "for" it need not.
PAST_LEADS = frozenset({"on", "in", "since", "during", "from", "after", "at", "of", "dated"})
TO_COME_LEADS = frozenset({"for", "by", "until", "till", "before", "through", "to", "beyond"})
NOUN_REACH = 4  # words between a date and the noun that it dates
VAGUE_MODS = frozenset({"about", "around"})  # "spoke about the 2016 race" dates nothing
YEAR_LEADS = frozenset({"in", "since", "during"})
# The address of a copy in a web archive, with the moment it was taken.
ARCHIVED = re.compile(r"/web/((?:19|20)\d\d)(\d\d)(\d\d)\d{6}(?:[a-z]{2}_)?/https?:")
URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?!\d)")
URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])/")
DATELINE_REACH = 120  # characters from the start of a block within which a dateline's date stands
DATELINE_BLOCKS = 4  # a dateline stands in one of the first blocks
DATELINE_HEAD = re.compile(r"[^a-z]*[A-Z]{2}[^.;:\n]{0,90}?,?\s+\(?\s*")
DATELINE_TAIL = re.compile(
    r"\s*\)?(?:\s*\([^)\n]{1,60}\))?\s*(?:--?|—|–|:|_)|\s*\.?\s*/[^/\n]{2,40}/"
)
PRINTED_LEAD = re.compile(
    r"\W*(?:(?:first )?(?:published|posted|updated|last updated|last modified|date)(?: on)?:?\s*)?",
    re.IGNORECASE,
)
BYLINE_BLOCKS = 10  # blocks of any kind among which the report's own byline stands
PRINTED_BLOCKS = 5  # a printed date of publication stands by itself in one of the first blocks
BETWEEN = re.compile(r"[\s,(–—-]*(?:(?:back\s+)?(?:in|on|during)\s+)?", re.IGNORECASE)
EXACT_YEARS = 2  # "five years ago" may be rounded, "last year" and "two years ago" are not


@dataclass(frozen=True, slots=True)
class Bound:
    """An interval that the day of publication lies in, what tells it, and how far to trust it."""

    when: When
    strength: int
    why: str
    evidence: tuple[Evidence, ...] = ()


def bounds(parse: Parse, found: tuple[Expression, ...]) -> tuple[Bound, ...]:
    """Return every bound that a report gives, in the order of its text."""
    absolute = {index: value for index, item in enumerate(found) if (value := independent(item))}
    return (
        *_given(parse.report),
        *_in_byline(parse.report),
        *_printed(parse, found, absolute),
        *_told(parse, found, absolute),
        *_counted(parse, found, absolute),
    )


def _given(report: Report) -> Iterator[Bound]:
    for hint in report.hints:
        first = None if hint.by else hint.day
        yield Bound(When(first, hint.day), GIVEN, f"{hint.way} gives {hint.day}")
    url = report.url or ""
    if match := ARCHIVED.search(url):
        taken = interval("-".join(match.groups())).latest
        if taken:
            yield Bound(When(None, taken), GIVEN, f"the address was archived on {taken}")
    if match := URL_DAY.search(url):
        day = interval("-".join(match.groups()))
        if day.earliest:
            yield Bound(day, GIVEN, f"the address holds {match[0]}")
    elif match := URL_MONTH.search(url):
        yield Bound(interval(f"{match[1]}-{match[2]}"), GIVEN, f"the address holds {match[0]}")


def _in_byline(report: Report) -> Iterator[Bound]:
    """Yield the full dates that stand in a byline near the top."""
    for block in report.blocks[:BYLINE_BLOCKS]:
        if block.kind != "byline":
            continue
        for found in grammar().find(report.text[block.start : block.end]):
            value = value_in_full(found, None) or ""
            words = evidence(report, block.start + found.start, block.start + found.end)
            if unit_of(value) == "D":
                yield Bound(interval(value), PRINTED, f"{value[:10]} is in the byline", (words,))


def _printed(
    parse: Parse, found: tuple[Expression, ...], absolute: dict[int, str]
) -> Iterator[Bound]:
    """Yield the dates of datelines, and those that stand by themselves near the top."""
    text = parse.report.text
    for index, value in absolute.items():
        item = found[index]
        number = parse.block_of(item.first)
        if number >= PRINTED_BLOCKS:
            return
        block = parse.blocks[number]
        before, after = text[block.start : item.start], text[item.end : block.end]
        alone = PRINTED_LEAD.fullmatch(before) and not after.strip(" .,\t\n")
        if unit_of(value) == "D" and (alone or _is_dateline(number, before, after)):
            why = "stands by itself" if alone else "is the dateline"
            yield Bound(interval(value), PRINTED, f"{value[:10]} {why}", (_words(parse, item),))


def _is_dateline(number: int, before: str, after: str) -> bool:
    if number >= DATELINE_BLOCKS or len(before) > DATELINE_REACH:
        return False
    return bool(DATELINE_HEAD.fullmatch(before) and DATELINE_TAIL.match(after))


def is_dateline(parse: Parse, start: int, end: int) -> bool:
    """Return whether a date at report offsets [start, end) is the date of a dateline."""
    number = parse.block_of(parse.token_at(start))
    if number >= DATELINE_BLOCKS:
        return False
    block, text = parse.blocks[number], parse.report.text
    return _is_dateline(number, text[block.start : start], text[end : block.end])


def _words(parse: Parse, item: Expression) -> Evidence:
    return evidence(parse.report, item.start, item.end)


def _told(parse: Parse, found: tuple[Expression, ...], absolute: dict[int, str]) -> Iterator[Bound]:
    """Yield a lower bound for a date told as past, an upper one for a date told as to come."""
    for index, value in absolute.items():
        item, when = found[index], interval(value)
        if when.earliest is None or when.latest is None:
            continue
        if told_as_past(parse, item, value):
            why = f"{value} is told as past"
            yield Bound(When(when.earliest, None), TOLD, why, (_words(parse, item),))
        elif _told_as_coming(parse, item):
            why = f"{value} is told as still to come"
            yield Bound(When(None, when.latest), FORETOLD, why, (_words(parse, item),))


def told_as_past(parse: Parse, item: Expression, value: str) -> bool:
    """Return whether a past verb governs a date directly, so that it lies before the report."""
    if _dates_what_happened(parse, item):
        return True
    if item.direction != "past":
        return False
    lead = _lead(parse, item)
    loose = item.found.caught.get("mod", "about") in VAGUE_MODS
    if _is_subject(parse, item) and (not item.first or parse.doc[item.first - 1].pos_ != "ADP"):
        return True
    if unit_of(value) == "Y" and lead not in YEAR_LEADS and loose:
        return False
    if lead in TO_COME_LEADS:
        return False
    if unit_of(value) != "D" and lead not in PAST_LEADS and loose:
        return False
    verb = governing_verb(parse.doc, item.first, item.last)
    is_past = verb is not None and verb.tag_ != "VB"  # not "asked what could make him run in 2031"
    return is_past and _hangs_on_verb(parse, item)


def _dates_what_happened(parse: Parse, item: Expression) -> bool:
    """Return whether a date stands before a noun for something past: "the 2011 raid"."""
    for token in parse.doc[item.first : item.last]:
        head = token.head
        if head.i >= item.last and head.lemma_.lower() in beside("HAPPENED"):
            return head.i - item.last < NOUN_REACH and head.pos_ in {"NOUN", "PROPN"}
    return False


def _is_subject(parse: Parse, item: Expression) -> bool:
    """Return whether a date is what a past clause tells of: "June 2019 was the worst month"."""
    return any(
        token.dep_ in {"nsubj", "nsubjpass"} and token.head.pos_ in {"VERB", "AUX"}
        for token in parse.doc[item.first : item.last]
    )


def _lead(parse: Parse, item: Expression) -> str:
    return parse.doc[item.first - 1].lower_ if item.first else ""


def _hangs_on_verb(parse: Parse, item: Expression) -> bool:
    """Return whether only prepositions stand between a date and its verb in the tree."""
    verb = governing_verb(parse.doc, item.first, item.last)
    if verb is None or verb.lemma_.lower() in beside("FORWARD"):
        return False
    token = parse.doc[item.first]
    while token.i != verb.i:
        inside = item.first <= token.i < item.last
        if not inside and token.pos_ not in {"ADP", "SCONJ", "ADV"}:
            return False
        if token.head.i == token.i:
            return False
        token = token.head
    return True


def _told_as_coming(parse: Parse, item: Expression) -> bool:
    if item.direction != "future" or _is_quoted(parse, item):
        return False
    verb = governing_verb(parse.doc, item.first, item.last)
    if verb is None or not _hangs_on_verb_or_forward(parse, item):
        return False
    helpers = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    forward = verb.lemma_.lower() in beside("FORWARD") and verb.tag_ == "VBN"
    return bool(helpers & FUTURE) or (forward and bool(helpers & {"is", "are"}))


def _hangs_on_verb_or_forward(parse: Parse, item: Expression) -> bool:
    verb = governing_verb(parse.doc, item.first, item.last)
    forward = verb is not None and verb.lemma_.lower() in beside("FORWARD")
    return forward or _hangs_on_verb(parse, item)


def _is_quoted(parse: Parse, item: Expression) -> bool:
    """Return whether an expression stands inside quotation marks: old words may be quoted."""
    block = parse.blocks[parse.block_of(item.first)]
    if block.kind == "quotation":
        return True
    before = parse.report.text[block.start : item.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _counted(
    parse: Parse, found: tuple[Expression, ...], absolute: dict[int, str]
) -> Iterator[Bound]:
    """Yield the year of publication where a year told stands beside how long ago it was."""
    for index in range(1, len(found)):
        left, right = found[index - 1], found[index]
        if BETWEEN.fullmatch(parse.report.text[left.end : right.start]) is None:
            continue
        for told, relative in ((index, left), (index - 1, right)):
            years = _years_back(relative)
            value = absolute.get(told, "")
            if years is None or not value[:4].isdigit():
                continue
            slack = 0 if years <= EXACT_YEARS else 1
            year = int(value[:4]) + years
            when = When(date(year - slack, 1, 1), date(year + slack, 12, 31))
            why = f"{value} is told as {years} years back"
            words = (_words(parse, left), _words(parse, right))
            yield Bound(when, TOLD, why, words)


def _years_back(item: Expression) -> int | None:
    caught = item.found.caught
    if item.found.rule == "unit" and caught.get("unit_name") == "year" and "mod" not in caught:
        return {"last": 1, "this": 0}.get(caught.get("which", ""))
    if item.found.rule != "ago" or "hence" in caught:
        return None
    if not caught.get("unit", "").startswith(("year", "decade")) or "count" not in caught:
        return None
    return years_ago(caught, grammar())
