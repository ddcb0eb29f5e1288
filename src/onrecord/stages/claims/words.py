"""Statements in the same words: copies, quotations at second hand, one memo read by two."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from spacy.lang.en.stop_words import STOP_WORDS

from onrecord.components import components
from onrecord.stages.claims.utterances import days_apart
from onrecord.stages.copies.words import WORD, fold
from onrecord.types import Statement, When

SHINGLE = 5  # words that two statements must share in a row to be compared
FEWEST = 6  # words; shorter ones are the same by chance
ALIKE = 0.6  # share of the shorter statement's words that stand in the longer one, in runs
TELLING = 3  # of the shared words, those that are no function words and no part of a name
TELLING_WHOLE = 2  # the same in a quotation that two reports give whole, one less in a longer one
NEAR = 7  # days between two reports of a short quotation; later it may be said by anybody again
MIDDLING = 8  # words of a longer one
COMMON = 12  # reports that may have a run of words before it is a turn of phrase
LONG = 12  # shared words that are no turn of phrase, nor a name, whatever they are
NEIGHBOURS = 8  # statements that hold a run of words each is compared with; the first with all


@dataclass(frozen=True, slots=True)
class SameWords:
    """Statements that are the same words, by id, and why they are taken for that."""

    statements: tuple[str, ...]
    why: str


def same_words(
    statements: Sequence[Statement],
    names: frozenset[str] = frozenset(),
    stories: Mapping[str, str] = MappingProxyType({}),
) -> list[SameWords]:
    """Return the sets of statements in the same words; statements of one report are never joined.

    By shared runs of words, so that no statement is compared with all others. `names` are words of
    names, which prove nothing: many speak of one body. `stories` has the story of each report.
    """
    folded = {s.id: _folded(s) for s in statements}
    reports = {s.id: s.report for s in statements}
    direct = {s.id for s in statements if s.mode == "direct"}
    said = {s.id: s.said for s in statements}
    bare = {fold(name) for name in names} | {fold(word) for word in STOP_WORDS}
    shared: dict[tuple[str, str], set[int]] = defaultdict(set)
    rare: set[tuple[str, str]] = set()
    for keys in _by_shingle(folded):
        crowded = len({reports[key] for key, _ in keys}) > COMMON
        for number, (one, place) in enumerate(keys):
            reach = NEIGHBOURS if number else len(keys)
            for other, _ in keys[number + 1 : number + 1 + reach]:
                if reports[one] != reports[other]:
                    shared[one, other].update(range(place, place + SHINGLE))
                    if not crowded:
                        rare.add((one, other))
    joined = []
    for (one, other), places in shared.items():
        telling = {folded[one][place] for place in places} - bare
        shorter = min(len(folded[one]), len(folded[other]))
        alike = len(places) >= ALIKE * shorter
        # A whole quotation word for word is hit upon by chance far more seldom than a part.
        told_of = {stories.get(reports[key], key) for key in (one, other)}
        dated = When() not in (said[one], said[other])
        near = len(told_of) == 1 or (dated and days_apart(said[one], said[other]) <= NEAR)
        whole = len(places) == shorter and {one, other} <= direct and near
        enough = len(telling) >= TELLING or (
            whole and len(telling) + (len(places) >= MIDDLING) >= TELLING_WHOLE
        )
        told = enough and (one, other) in rare
        if alike and (told or len(places) >= LONG):
            joined.append((one, other))
    return [SameWords(tuple(group), "the same words") for group in components(sorted(joined))]


def _folded(statement: Statement) -> list[str]:
    words = " ".join(span.text for span in statement.content)
    return [fold(match.group()) for match in WORD.finditer(words)]


def _by_shingle(folded: dict[str, list[str]]) -> Iterator[list[tuple[str, int]]]:
    """Yield for each run of words the statements that hold it, and where in each."""
    index: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
    for key in sorted(folded):
        words = folded[key]
        if len(words) >= FEWEST:
            for place in range(len(words) - SHINGLE + 1):
                index[tuple(words[place : place + SHINGLE])].append((key, place))
    return (keys for keys in index.values() if len(keys) > 1)
