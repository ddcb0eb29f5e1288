"""Whether a page prints a day in full, in figures or with its month in words of many languages."""

import functools
import re
from collections.abc import Iterator
from datetime import date

from babel.dates import get_month_names

LANGUAGES = (
    "af", "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he",
    "hi", "hr", "hu", "id", "is", "it", "lt", "lv", "mk", "nb", "nl", "pl", "pt", "ro", "ru", "sk",
    "sl", "sq", "sr", "sv", "sw", "tr", "uk", "ur", "vi",
)  # fmt: skip
TAG = re.compile(r"<[^<>]{1,300}>")
BLANK = r"(?:\s|&nbsp;|,|\.){1,20}"
OF = rf"(?:{BLANK}(?:de|del|of))?"


def is_printed(page: str, day: date) -> bool:
    """Return whether a page holds a day so that it can be no other.

    Year first in figures; day and month before it in figures where dots or the day's number tell
    which is which; or the month in words.
    """
    year, month, number = day.year, day.month, day.day
    if re.search(rf"(?<!\d){year}[-/.]?{month:02}[-/.]?{number:02}(?!\d)", page):
        return True
    mark = "[-/.]" if number > 12 or number == month else r"\."
    if re.search(rf"(?<!\d)0?{number}{mark}0?{month}{mark}{year}(?!\d)", page):
        return True
    if number > 12 and re.search(rf"(?<!\d)0?{month}/{number}/{year}(?!\d)", page):
        return True
    shown = TAG.sub(" ", page)
    return any(months().get(word) == month for word in _words(shown, year, number))


def _words(page: str, year: int, number: int) -> Iterator[str]:
    """Yield the words that stand as a month beside a day's number and a year."""
    nth = rf"0?{number}(?:st|nd|rd|th|er|º|o)?"
    before = rf"(?<!\d){nth}{OF}(?:{BLANK}|-)([^\W\d_]{{3,14}}){OF}(?:{BLANK}|-){year}(?!\d)"
    after = rf"(?<!\w)([^\W\d_]{{3,14}}){BLANK}{nth}{BLANK}{year}(?!\d)"
    for pattern in (before, after):
        for match in re.finditer(pattern, page):
            yield match[1].casefold()


@functools.cache
def months() -> dict[str, int]:
    """Return the names of the months in many languages, in small letters, with their numbers."""
    return {
        name.casefold().rstrip("."): number
        for language in LANGUAGES
        for context in ("format", "stand-alone")
        for width in ("abbreviated", "wide")
        for number, name in get_month_names(width, context, language).items()
    }
