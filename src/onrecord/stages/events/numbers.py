"""Numbers in running text: digits, words and vague plurals, with the bounds that hedges make.

A vague plural stands for no value, only for a least number: "dozens" is 24 or more, "tens of
thousands" 20,000 or more, since a plural means two of its unit at the least.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token
from text_to_num import text2num

from onrecord.parsing import Parse
from onrecord.stages.events.lexicon import rows

DIGITS = re.compile(r"(\d{1,3}(?:,\d{2,3})+|\d+)(\.\d+)?")
GLUED = re.compile(r"(\d+(?:\.\d+)?)(bn|mn|tn|m|b|k|million|billion)", re.IGNORECASE)
RANGE = re.compile(r"(\d[\d,]*)[-–—](\d[\d,]*)")
PLUS = re.compile(r"(\d[\d,]*)\+")
SMALL = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion trillion".split()
)
# Verbs that make a verb of their own with "over".
PARTICLE_VERBS = frozenset("hand turn take give pass bring carry sign win make".split())
HEDGE_WORDS = 4  # longest hedge


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at tokens [first, last): as printed, and the least and the most that it means.

    An exact number has both bounds; "at least" leaves `high` open, "about" leaves both.
    """

    first: int
    last: int
    value: float | None
    low: float | None
    high: float | None


@functools.cache
def _scales() -> dict[str, float]:
    return {
        word: float(factor) for kind, word, factor in rows("figure_scales.tsv") if kind == "scale"
    }


@functools.cache
def _vague() -> dict[str, float]:
    return {
        word: float(least) for kind, word, least in rows("figure_scales.tsv") if kind == "vague"
    }


@functools.cache
def _hedges() -> dict[tuple[str, tuple[str, ...]], str]:
    return {(side, tuple(words.split())): bound for bound, side, words in rows("figure_hedges.tsv")}


def quantities(parse: Parse) -> Iterator[Quantity]:
    """Yield the numbers of a report in their order, ranges as one."""
    doc = parse.doc
    index = 0
    while index < len(doc):
        token = doc[index]
        found = _number(parse, token) if _may_start(token) else None
        if found is None:
            index += 1
            continue
        found = _hedged(parse, _ranged(parse, found))
        yield found
        index = max(index + 1, found.last)


def _may_start(token: Token) -> bool:
    lower = token.lower_
    return (
        lower[:1].isdigit()
        or lower in _vague()
        or lower.split("-")[0] in SMALL
        or (lower in ("a", "tens", "several", "few"))
    )


def _number(parse: Parse, token: Token) -> Quantity | None:
    """Return the number that starts at a token, with the words that scale it."""
    lower = token.lower_
    if lower in ("a", "tens", "several", "few") or lower in _vague():
        return _vague_number(parse, token)
    if match := RANGE.fullmatch(lower):
        low, high = (float(part.replace(",", "")) for part in match.groups())
        return Quantity(token.i, token.i + 1, None, low, high) if low < high else None
    if match := PLUS.fullmatch(lower):
        value = float(match.group(1).replace(",", ""))
        return Quantity(token.i, token.i + 1, value, value, None)
    if match := GLUED.fullmatch(lower):
        value = float(match.group(1)) * _scales()[_short(match.group(2).lower())]
        return Quantity(token.i, token.i + 1, value, value, value)
    if DIGITS.fullmatch(lower):
        return _scaled(parse, token.i, token.i + 1, float(lower.replace(",", "")))
    return _spelled(parse, token)


def _short(scale: str) -> str:
    return scale if scale in _scales() else "m"


def _scaled(parse: Parse, first: int, last: int, value: float) -> Quantity:
    """Multiply by the scale words that follow ("15 million", "2 hundred thousand")."""
    while last < len(parse.doc) and parse.block_of(last) == parse.block_of(first):
        factor = _scales().get(parse.doc[last].lower_)
        if factor is None:
            break
        value, last = value * factor, last + 1
    return Quantity(first, last, value, value, value)


def _spelled(parse: Parse, token: Token) -> Quantity | None:
    last = token.i
    words: list[str] = []
    while last < len(parse.doc) and last < token.i + 12:
        lower = parse.doc[last].lower_
        joins = lower in ("and", "-") and words and last + 1 < len(parse.doc)
        if joins and parse.doc[last + 1].lower_ in SMALL and _compounds(words, lower):
            last += 1
            continue
        if lower.split("-")[0] not in SMALL:
            break
        words.append(lower)
        last += 1
    if not words:
        return None
    try:
        value = float(text2num(" ".join(words).replace("-", " "), "en"))
    except ValueError:
        return None
    return _scaled(parse, token.i, last, value)


def _compounds(words: list[str], joint: str) -> bool:
    """Return whether "and" or a hyphen goes on with a number ("two hundred and five")."""
    return joint == "-" or words[-1] in ("hundred", "thousand", "million")


def _vague_number(parse: Parse, token: Token) -> Quantity | None:
    doc, lower = parse.doc, token.lower_
    following = [doc[i].lower_ for i in range(token.i + 1, min(token.i + 3, len(doc)))]
    if lower in ("a", "several", "few"):
        factor = _scales().get(following[0]) if following else None
        if factor is None or len(following[0]) < 4:
            return None
        if lower == "a":
            return _scaled(parse, token.i, token.i + 2, factor)
        return Quantity(token.i, token.i + 2, None, 2 * factor, None)
    unit = 10.0 if lower == "tens" else _vague()[lower] / 2
    last = token.i + 1
    while len(following) == 2 and following[0] == "of" and following[1] in _vague():
        unit, last = unit * _vague()[following[1]] / 2, last + 2
        following = [doc[i].lower_ for i in range(last, min(last + 2, len(doc)))]
    if lower == "tens" and last == token.i + 1:
        return None
    return Quantity(token.i, last, None, 2 * unit, None)


def _ranged(parse: Parse, found: Quantity) -> Quantity:
    """Join "20 to 30", "between 20 and 30" and "20 or 30" into one quantity with both bounds."""
    doc = parse.doc
    if found.last + 1 >= len(doc) or found.value is None or found.first == 0:
        return found
    joint, before = doc[found.last].lower_, doc[found.first - 1].lower_
    between = before == "between" and joint == "and"
    if not (between or (joint in ("to", "or", "-", "–") and before not in ("from", "-"))):
        return found
    if not _may_start(doc[found.last + 1]):
        return found
    second = _number(parse, doc[found.last + 1])
    if second is None or second.value is None:
        return found
    low = found.value
    if (
        low < 1000 <= second.value
        and second.last > found.last + 2
        and low * 1000 <= second.value * 10
    ):
        # "10 to 15 million": the scale is said once.
        low = low * second.value / _unscaled(parse, found.last + 1)
    if low >= second.value:
        return found
    return Quantity(found.first - between, second.last, None, low, second.value)


def _unscaled(parse: Parse, index: int) -> float:
    lower = parse.doc[index].lower_
    return float(lower.replace(",", "")) if DIGITS.fullmatch(lower) else 1.0


def _hedged(parse: Parse, found: Quantity) -> Quantity:
    """Widen a number by the hedge before or after it, which becomes part of its words."""
    if found.value is None or found.low != found.high:
        return found
    doc = parse.doc
    start = found.first
    # The currency sign stands between the hedge and the number.
    while start > 0 and doc[start - 1].is_currency:
        start -= 1
    for length in range(HEDGE_WORDS, 0, -1):
        if start >= length:
            words = tuple(doc[i].lower_ for i in range(start - length, start))
            bound = _hedges().get(("before", words))
            if bound and not _is_particle(doc[start - length]):
                return _bounded(found, bound, start - length, found.last)
        words = tuple(doc[i].lower_ for i in range(found.last, min(found.last + length, len(doc))))
        if bound := _hedges().get(("after", words)):
            return _bounded(found, bound, found.first, found.last + length)
    return found


def _is_particle(token: Token) -> bool:
    """Return whether "over" belongs to the verb before it ("handed over 12 prisoners")."""
    if token.lower_ != "over" or not token.i:
        return False
    before = token.nbor(-1)
    return token.dep_ == "prt" or (before.pos_ == "VERB" and before.lemma_ in PARTICLE_VERBS)


def _bounded(found: Quantity, bound: str, first: int, last: int) -> Quantity:
    low = found.value if bound == "low" else None
    high = found.value if bound == "high" else None
    return Quantity(first, last, found.value, low, high)
