"""What two reports of the same words have otherwise, where it matters: who, how many, how sure."""

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
from spacy.lang.en.lex_attrs import _num_words

from onrecord.parsing import evidence
from onrecord.stages.copies.alignment import Run, Segment, held
from onrecord.stages.copies.outlets import lexicon, same_outlet
from onrecord.stages.copies.words import NUMBERS, SHINGLE, Hashes, Words, fold, is_weak_key
from onrecord.types import Difference, DifferenceKind, Evidence, Speaker, Statement

PARAGRAPH = 12  # words of a block from which on it is told that one report alone has it
ABSENT = 0.2  # share of such a block's shingles in the other report, below which it is not there
MOSTLY = 0.5  # share of the shorter report's words that both have, for one to be a version
SAME = 0.6  # share of the shorter of two statements that stands in the same words
SHOWN = 160  # characters of a paragraph that one report alone has which stand for it
SPELLED = {word: str(value) for value, word in enumerate(_num_words[:21])}
# A day that was taken for a speaker; "May" alone is somebody's name.
DATE = re.compile(
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.(?: *\d+)?"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" +\d+"
)
DIGITS = re.compile(r"\d+")
ARTICLES = frozenset({"the", "a", "an"})
NEGATIONS = frozenset({"not", "no", "never", "nor", "neither", "without", "cannot", "none"})
PHRASE_END = re.compile(r",|\b(?:in|of|at|from|with|who|which|that|on|for|close|near|inside)\b")
NAME_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def differences(
    a: Words,
    b: Words,
    runs: Sequence[Run],
    said: tuple[Sequence[Statement], Sequence[Statement]],
) -> tuple[Difference, ...]:
    """Return what differs between the first and the second report within what they share.

    `said` holds the statements of each. Paragraphs that one of two versions of a report alone has
    are told too.
    """
    found = [*_speakers(a, b, runs, said), *_changed(a, b, runs), *_one_sided(a, b, runs)]
    return tuple(dict.fromkeys(found))


def flipped(found: Sequence[Difference]) -> tuple[Difference, ...]:
    """Return differences as they are when the second report is the first."""
    kinds: dict[DifferenceKind, DifferenceKind] = {"cut": "added", "added": "cut"}
    return tuple(
        Difference(kinds.get(one.kind, one.kind), one.to, one.from_, one.names[::-1])
        for one in found
    )


def _changed(a: Words, b: Words, runs: Sequence[Run]) -> Iterator[Difference]:
    """Yield the words that matter among those changed, dropped or put in within a run."""
    for run in runs:
        for last, segment in zip(run.segments, run.segments[1:], strict=False):
            if a.blocks[last.a] != a.blocks[segment.a] or b.blocks[last.b] != b.blocks[segment.b]:
                continue  # what lies between two paragraphs may be of neither
            gap_a = last.a + last.count, segment.a
            gap_b = last.b + last.count, segment.b
            here, there = _printed(a, *gap_a), _printed(b, *gap_b)
            kind = _kind(here, there)
            if kind:
                yield Difference(kind, _span(a, *gap_a), _span(b, *gap_b))


def _printed(text: Words, start: int, end: int) -> list[str]:
    words = text.report.text
    return [words[text.starts[i] : text.ends[i]] for i in range(start, end)]


def _span(text: Words, start: int, end: int) -> Evidence | None:
    """Return the words from `start` to `end` as evidence, None where there are none."""
    if start >= end:
        return None
    return evidence(text.report, text.starts[start], text.ends[end - 1])


def _kind(here: Sequence[str], there: Sequence[str]) -> DifferenceKind | None:
    """Return what kind of words two stretches differ in, None where it is mere wording.

    What one of them merely adds, a date or a name, is a matter of style.
    """
    one, other = {fold(word) for word in here}, {fold(word) for word in there}
    if _negations(here) != _negations(there):
        return "negation"
    if _numbers(one) != _numbers(other) and _numbers(one) and _numbers(other):
        return "number"
    if _hedges(here) != _hedges(there):
        return "hedge"
    names = [words for words in (here, there) if words and all(map(_is_name, words))]
    return "name" if len(names) == 2 and one != other else None


def _negations(words: Sequence[str]) -> set[str]:
    found = any(word.casefold() in NEGATIONS or word.endswith(("n't", "n’t")) for word in words)
    return {"not"} if found else set()


def _numbers(words: set[str]) -> set[str]:
    """Return the numbers among words; "6km" is the 6 of "6 km", and "three" is 3."""
    spelled = {SPELLED.get(word, word) for word in words if word in NUMBERS}
    return spelled | {digits for word in words for digits in DIGITS.findall(word)}


@functools.cache
def _all_hedges() -> tuple[str, ...]:
    return lexicon("hedges.tsv")


def _hedges(words: Sequence[str]) -> set[str]:
    line = f" {' '.join(words).casefold()} "
    return {"hedge"} if any(f" {hedge} " in line for hedge in _all_hedges()) else set()


def _is_name(word: str) -> bool:
    return word[0].isupper() and is_weak_key(word)


def _speakers(
    a: Words,
    b: Words,
    runs: Sequence[Run],
    said: tuple[Sequence[Statement], Sequence[Statement]],
) -> Iterator[Difference]:
    """Yield the quotations in the same words that are given to different speakers.

    Words that a reporter tells in his own are as often given to a group as to who speaks for it.
    """
    here, there = ([one for one in side if _is_told(one)] for side in said)
    placed = [(places, one) for one in there if (places := _places(b, one))]
    segments = sorted((s for run in runs for s in run.segments), key=lambda s: s.a)
    for statement in here if placed else ():
        places_here = _places(a, statement)
        mapped = _mapped(places_here, segments)
        for places, other in placed if mapped else ():
            both = len(mapped & places)
            if both < SAME * min(len(places_here), len(places)):
                continue
            one, two = statement.speaker, other.speaker
            sides = statement.source[0], other.source[0]
            if not _one_speaker(one, two) and sides[0].text != sides[1].text:
                yield Difference("speaker", *sides, (one.name, two.name))


def _is_told(statement: Statement) -> bool:
    """Return whether words are quoted, and a source is printed that can be a speaker."""
    quoted = statement.mode != "indirect" and bool(statement.source)
    told = statement.speaker.is_told and not DATE.fullmatch(statement.speaker.name)
    return quoted and told


def _places(text: Words, statement: Statement) -> set[int]:
    """Return the positions of the words of a statement's content."""
    return {
        position
        for span in statement.content
        for position in range(
            bisect_left(text.starts, span.start), bisect_left(text.starts, span.end)
        )
    }


def _mapped(places: set[int], segments: Sequence[Segment]) -> set[int]:
    """Return where words of the first report stand in the second; segments in its order."""
    starts = [segment.a for segment in segments]
    found = set()
    for place in places:
        at = bisect_right(starts, place) - 1
        if at >= 0 and place < segments[at].a + segments[at].count:
            found.add(place - segments[at].a + segments[at].b)
    return found


def _one_speaker(one: Speaker, other: Speaker) -> bool:
    """Return whether two printed speakers may be one; a name and a description are two.

    Two names are one when all words of the one are among the other's, or its initials; two
    descriptions when what they call the speaker is the same.
    """
    if one.unnamed != other.unnamed:
        return False
    if one.unnamed:
        return called(one.name) == called(other.name)
    left, right = (
        set(map(fold, NAME_WORD.findall(speaker.name))) - ARTICLES for speaker in (one, other)
    )
    return left <= right or right <= left or same_outlet(one.name, other.name)


def _one_sided(a: Words, b: Words, runs: Sequence[Run]) -> Iterator[Difference]:
    """Yield the paragraphs that one report alone has, where both are versions of one text."""
    words = sum(run.words for run in runs if run.kind == "text")
    if words < MOSTLY * min(len(a), len(b)):
        return
    for start, end in _absent(a, b.shingles):
        yield Difference("cut", _head(a, start, end), None)
    for start, end in _absent(b, a.shingles):
        yield Difference("added", None, _head(b, start, end))


def _absent(text: Words, other: Hashes) -> Iterator[tuple[int, int]]:
    """Yield the blocks, from word to word, of which another report has next to no shingle."""
    there = held(text.shingles, np.sort(other))
    start = 0
    while start < len(text):
        end = bisect_left(text.blocks, text.blocks[start] + 1)
        inside = there[start : end - SHINGLE + 1]
        if end - start >= PARAGRAPH and inside.sum() < ABSENT * len(inside):
            yield start, end
        start = end


def _head(text: Words, start: int, end: int) -> Evidence:
    """Return the first words of a paragraph, which stand for it."""
    last = bisect_left(text.ends, text.starts[start] + SHOWN, start, end)
    return evidence(text.report, text.starts[start], text.ends[max(start, last - 1)])


def called(description: str) -> str:
    """Return the noun that a description calls somebody by: "source" of "a rebel source in X"."""
    phrase = PHRASE_END.split(description.casefold(), maxsplit=1)[0]
    return phrase.split()[-1] if phrase.split() else ""
