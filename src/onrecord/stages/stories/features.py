"""What tells one happening from another: the words, names, numbers and days of a report.

Words stand as columns, numbers made from their letters alone, so that a report's columns are the
same whatever other reports there are.
"""

import functools
import hashlib
import math
import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from spacy.lang.en.stop_words import STOP_WORDS

from onrecord.stages.copies.words import fold
from onrecord.types import READ_KINDS, Reading, Report

Columns = npt.NDArray[np.int32]
Times = npt.NDArray[np.uint8]

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
COUNTED = re.compile(
    r"\b(\d\w*)[ -]([^\W_]+)"
)  # a number and what it counts: "14-year", "5600 block"
POSSESSIVE = re.compile(r"['’][sS]$")
SHORTEST = 2  # letters of a word that counts

# Columns below WORDS are words and numbers with what they count, the others whole names of
# persons. At so many two of a million reports' words seldom fall together, and a table fits.
WORDS = 1 << 24
PERSONS = 1 << 22
COLUMNS = WORDS + PERSONS

# How heavily a word counts beside a plain one that stands once, chosen on a third of the incidents
# of the Gun Violence Archive; 1.5 and 2.5 for names, 1 and 2 for titles do no better.
NAME = 2.0  # a word with a capital that the report never prints without one
TITLE = 1.5
COUNTING = 2.0  # a number with the word after it
UNIT = 8  # steps of such a weight in 1, so that weights are whole numbers and sums of them exact
MOST = 63  # times from which on a word counts no more

DAYS = 4  # days that a report keeps: its own and the first that it names
CLOSE = 7  # days within which a publication must be known for the report to have a day


@dataclass(frozen=True, slots=True)
class Features:
    """A report as it is compared.

    `columns` are sorted; `times[i]` is how heavily column i counts here, in steps of 1 / UNIT, and
    `forms[i]` the folded words that it stands for. `words` is how many words there are, function
    words aside. `low` and `high` bound the day of publication and `days` are the days it tells of,
    its own first, as ordinals; 0: unknown.
    """

    columns: Columns
    times: Times
    forms: tuple[str, ...]
    words: int
    low: int
    high: int
    days: tuple[int, ...]


NOTHING = Features(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.uint8), (), 0, 0, 0, (0,))


def features(reading: Reading) -> Features:
    """Return what a report is compared by, from its title and readable blocks."""
    report = reading.report
    titles, bodies = _texts(report)
    counts, names = _words([*titles, *bodies])
    headed = {word for text in titles for form in WORD.findall(text) if (word := _known(form))}
    weights: dict[int, tuple[int, str]] = {}
    for word, count in counts.items():
        factor = (NAME if word in names else 1.0) * (TITLE if word in headed else 1.0)
        weights[column_of(word)] = (_times(count, factor), word)
    for word, count in _counted([*titles, *bodies]).items():
        weights[column_of(word)] = (_times(count, COUNTING), word)
    for name in _persons(reading):
        weights[_person(name)] = (1, name)
    order = sorted(weights)
    low, high = _bounds(report)
    return Features(
        columns=np.array(order, dtype=np.int32),
        times=np.array([weights[column][0] for column in order], dtype=np.uint8),
        forms=tuple(weights[column][1] for column in order),
        words=sum(counts.values()),
        low=low,
        high=high,
        days=_days(reading, low, high),
    )


def _texts(report: Report) -> tuple[list[str], list[str]]:
    """Return the titles, as given and as printed, and the other readable blocks."""
    titles = [report.title] if report.title else []
    bodies: list[str] = []
    for block in report.blocks:
        if block.kind in READ_KINDS:
            into = titles if block.kind == "title" else bodies
            into.append(report.text[block.start : block.end])
    return titles, bodies


def _words(texts: list[str]) -> tuple[dict[str, int], set[str]]:
    """Return how often each word stands, function words left out, and which are names."""
    printed: Counter[str] = Counter()
    for text in texts:
        printed.update(WORD.findall(text))
    counts: dict[str, int] = {}
    capital: set[str] = set()
    lower: set[str] = set()
    for form, count in printed.items():
        word = _known(form)
        if not word:
            continue
        counts[word] = counts.get(word, 0) + count
        if form[0].isupper():
            capital.add(word)
        elif not form[0].isdigit():
            lower.add(word)
    return counts, capital - lower


def _counted(texts: list[str]) -> Counter[str]:
    """Return how often each number stands with each word that it counts."""
    return Counter(
        f"{number.casefold()} {word}"
        for text in texts
        for number, what in COUNTED.findall(text)
        if (word := _known(what))
    )


@functools.cache
def _weighed(count: int, factor: float) -> int:
    return round(UNIT * factor * (1 + math.log(count)))


def _times(count: int, factor: float) -> int:
    """Return the weight of a word that stands so often, in steps of 1 / UNIT."""
    return _weighed(min(count, MOST), factor)


@functools.lru_cache(maxsize=1 << 18)
def _known(printed: str) -> str:
    """Return what a printed word counts as, "" for a function word or a single letter."""
    word = folded(printed)
    return word if len(word) >= SHORTEST and printed.casefold() not in STOP_WORDS else ""


def folded(printed: str) -> str:
    """Return a word without case, possessive and the difference of British spelling."""
    return fold(POSSESSIVE.sub("", printed))


@functools.lru_cache(maxsize=1 << 18)
def column_of(word: str) -> int:
    """Return the column of a word, or of a number with what it counts."""
    return _hash(word) % WORDS


@functools.lru_cache(maxsize=1 << 16)
def _person(name: str) -> int:
    return WORDS + _hash(name) % PERSONS


def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")


def _persons(reading: Reading) -> set[str]:
    """Return the persons whom the report gives a name of more than one word, folded."""
    return {
        " ".join(map(folded, WORD.findall(name)))
        for entity in reading.entities
        if entity.kind == "person"
        for name in entity.names
        if " " in name
    }


def _bounds(report: Report) -> tuple[int, int]:
    low, high = report.published.earliest, report.published.latest
    return low.toordinal() if low else 0, high.toordinal() if high else 0


def _days(reading: Reading, low: int, high: int) -> tuple[int, ...]:
    """Return the day of publication, 0 unless it is closely known, and the first days named."""
    days = [low if low and 0 <= high - low <= CLOSE else 0]
    for time in sorted(reading.times, key=lambda time: (time.span.start, time.id)):
        day = time.when.earliest
        if day and day == time.when.latest and day.toordinal() not in days:
            days.append(day.toordinal())
    return tuple(days[:DAYS])
