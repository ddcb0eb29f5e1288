"""Two reports laid side by side: the runs of words that both have, with offsets in both."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.parsing import evidence
from onrecord.stages.copies.words import EMPTY, Flags, Hashes, Words
from onrecord.types import CopyKind, Dating, Passage

GAP = 4  # words changed, dropped or put in that do not break a run
REPEATS = 8  # places of one shingle in a report that are tried
LEAST_RUN = 9  # words of a run of running text that is looked at
LEAST_TEXT = 24  # words of running text, all runs together, that make a copy
LEAST_QUOTATION = 8  # words of a quotation that two speakers of one week don't hit on by chance
LEAST_LATE_QUOTATION = 14  # the same for reports far apart in time, or marked in one alone
LONG_QUOTATION = 24  # words of a part of a quotation that is no turn of phrase
SHARE = 0.5  # of the shorter quotation, that a shorter part must be
LEAST_TELLING = 4  # of these words that are not function words
LATE = 30  # days between two reports, from which on furniture is likelier than a copy
LATE_SHARE = 0.3  # of the shorter report, that must be in the other for a copy over such a time
AGAIN = 3  # words that are the same again after a few that were changed
# How many words are passed over in either report to get there, the fewest first.
SKIPS = sorted(
    ((i, j) for i in range(GAP + 1) for j in range(GAP + 1) if i or j),
    key=lambda skip: (sum(skip), abs(skip[0] - skip[1]), skip),
)
LEAST_PASSAGE = 3  # words of a piece of a run that is shown as a passage
QUOTED_SHARE = 0.8  # of the words of a run: from here on it is a quotation and not running text


@dataclass(frozen=True, slots=True)
class Segment:
    """`count` words in a row that are the same from word `a` of one and word `b` of the other."""

    a: int
    b: int
    count: int


@dataclass(frozen=True, slots=True)
class Run:
    """Segments that follow each other in both reports with small gaps between them."""

    kind: CopyKind
    segments: tuple[Segment, ...]

    @property
    def words(self) -> int:
        """Return how many words are the same."""
        return _length(self.segments)


KINDS: tuple[CopyKind, ...] = ("text", "quotation")


def packed(runs: Sequence[Run]) -> bytes:
    """Return runs as bytes, of which a corpus keeps millions."""
    numbers = [
        number
        for run in runs
        for number in (
            KINDS.index(run.kind),
            len(run.segments),
            *(part for s in run.segments for part in (s.a, s.b, s.count)),
        )
    ]
    return np.array(numbers, dtype=np.int32).tobytes()


def unpacked(kept: bytes) -> tuple[Run, ...]:
    """Return the runs that were packed."""
    numbers = np.frombuffer(kept, dtype=np.int32).tolist()
    runs: list[Run] = []
    at = 0
    while at < len(numbers):
        kind, count = numbers[at : at + 2]
        parts = numbers[at + 2 : at + 2 + 3 * count]
        segments = tuple(Segment(*parts[k : k + 3]) for k in range(0, len(parts), 3))
        runs.append(Run(KINDS[kind], segments))
        at += 2 + 3 * count
    return tuple(runs)


def shared_keys(one: Hashes, other: Hashes, common: Hashes) -> Hashes:
    """Return the fingerprints of both of two reports that are none of the sorted common ones."""
    shared = np.intersect1d(one, other, assume_unique=True)
    return shared[~held(shared, common)]


def held(keys: Hashes, among: Hashes) -> Flags:
    """Return which keys are among some sorted ones, at the cost of a look for each of them."""
    if not len(among):
        return np.zeros(len(keys), dtype=np.bool_)
    at = np.searchsorted(among, keys)
    return np.asarray(among[np.minimum(at, len(among) - 1)] == keys, dtype=np.bool_)


def align(a: Words, b: Words, seeds: Hashes) -> tuple[Run, ...]:
    """Return the runs that a copy rests on, in the order of `a`; none when there is too little.

    `seeds` holds the sorted shingles that runs start from.
    """
    runs = list(_merged(_segments(a, b, seeds)))
    late = days_apart(a.report.published, b.report.published) > LATE
    text = [run for run in runs if _length(run) >= LEAST_RUN and not _is_quoted(a, b, run)]
    least = max(LEAST_TEXT, LATE_SHARE * min(len(a), len(b)) if late else 0)
    if sum(_length(run) - _quoted(a, b, run) for run in text) < least:
        text = []
    kept_as_text = set(map(id, text))
    spoken = [
        part for run in runs if id(run) not in kept_as_text for part in _quoted_parts(a, b, run)
    ]
    kept = [part for part in spoken if _is_rare_enough(a, b, part, late=late)]
    found = [*(Run("text", run) for run in text), *(Run("quotation", part) for part in kept)]
    return tuple(sorted(found, key=lambda run: run.segments[0].a))


def days_apart(one: Dating, other: Dating) -> int:
    """Return how many days lie at least between two reports; 0 where that cannot be told."""
    gaps = [
        (late.earliest - early.latest).days
        for early, late in ((one, other), (other, one))
        if early.latest and late.earliest
    ]
    return max(0, *gaps) if gaps else 0


def _length(segments: Sequence[Segment]) -> int:
    return sum(segment.count for segment in segments)


def _quoted(a: Words, b: Words, segments: Sequence[Segment]) -> int:
    """Return how many words are quoted in the report that quotes more of them.

    One side is enough: an outlet may print as its own text what another marks as quoted.
    """
    in_a = sum(int(a.quoted[s.a : s.a + s.count].sum()) for s in segments)
    in_b = sum(int(b.quoted[s.b : s.b + s.count].sum()) for s in segments)
    return max(in_a, in_b)


def _is_quoted(a: Words, b: Words, segments: Sequence[Segment]) -> bool:
    return _quoted(a, b, segments) >= QUOTED_SHARE * _length(segments)


def _quoted_parts(a: Words, b: Words, segments: Sequence[Segment]) -> Iterator[tuple[Segment, ...]]:
    """Yield the quotations of a run, without the running text around them."""
    part: list[Segment] = []
    for segment in segments:
        marks = a.quoted[segment.a : segment.a + segment.count]
        marks = marks | b.quoted[segment.b : segment.b + segment.count]
        edges = np.flatnonzero(np.diff(np.r_[False, marks, False].astype(np.int8))).tolist()
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            piece = Segment(segment.a + start, segment.b + start, end - start)
            if part and not _follows(part[-1], piece):
                yield tuple(part)
                part = []
            part.append(piece)
    if part:
        yield tuple(part)


def _is_rare_enough(a: Words, b: Words, part: Sequence[Segment], *, late: bool) -> bool:
    """Return whether two reports don't have a quotation by chance.

    A short one must stand in marks in both, or a name within a badly closed quotation is one, and
    be most of what is quoted in one of them: a turn of phrase is within many a longer quotation.
    """
    if _length(part) < LONG_QUOTATION and _share(a, b, part) < SHARE:
        return False
    if _length(part) < LEAST_LATE_QUOTATION:
        both = all(
            a.quoted[s.a : s.a + s.count].all() and b.quoted[s.b : s.b + s.count].all()
            for s in part
        )
        return not late and both and _length(part) >= LEAST_QUOTATION and _tells(a, part)
    return _tells(a, part)


def _share(a: Words, b: Words, part: Sequence[Segment]) -> float:
    """Return how much of the quotation it stands in a part is, in the report where it is more."""
    ends = part[0].a, part[-1].a + part[-1].count, part[0].b, part[-1].b + part[-1].count
    quoted = [_quotation(a, *ends[:2]), _quotation(b, *ends[2:])]
    return _length(part) / min(count for count in quoted if count)


def _quotation(text: Words, start: int, end: int) -> int:
    """Return how many words the quotation has in which some words stand, 0 where they do not."""
    if not text.quoted[start] or not text.quoted[end - 1]:
        return 0
    while start > 0 and text.quoted[start - 1]:
        start -= 1
    while end < len(text) and text.quoted[end]:
        end += 1
    return end - start


def _tells(a: Words, segments: Sequence[Segment]) -> bool:
    words = {word for s in segments for word in a.hashes[s.a : s.a + s.count].tolist()}
    return len(words - EMPTY) >= LEAST_TELLING


def _segments(a: Words, b: Words, seeds: Hashes) -> Iterator[Segment]:
    """Yield stretches of equal words, from left to right of `a`, not overlapping there."""
    if not len(seeds):
        return
    places: dict[int, list[int]] = defaultdict(list)
    at_b = np.flatnonzero(held(b.shingles, seeds))
    for position, key in zip(at_b.tolist(), b.shingles[at_b].tolist(), strict=True):
        if len(places[key]) < REPEATS:
            places[key].append(position)
    left, right = a.hashes.tolist(), b.hashes.tolist()
    done = 0
    expected = 0
    at_a = np.flatnonzero(held(a.shingles, seeds))
    for i, key in zip(at_a.tolist(), a.shingles[at_a].tolist(), strict=True):
        if i < done:
            continue
        spans = [_extend(left, right, i, j, done) for j in places[key]]
        # The longest stretch; of equal ones the one that goes on where the last left off.
        best = max(spans, key=lambda span: (span.count, -abs(span.b - expected), -span.b))
        found = [*_before(left, right, best, done), best, *_after(left, right, best)]
        yield from found
        done, expected = found[-1].a + found[-1].count, found[-1].b + found[-1].count


def _extend(left: Sequence[int], right: Sequence[int], i: int, j: int, floor: int) -> Segment:
    """Return the stretch of equal words around word i and word j, not before `floor` in `left`."""
    count = _equal(left, right, i, j)
    while i > floor and j > 0 and left[i - 1] == right[j - 1]:
        i, j, count = i - 1, j - 1, count + 1
    return Segment(i, j, count)


def _equal(left: Sequence[int], right: Sequence[int], i: int, j: int) -> int:
    """Return how many words from word i and word j on are the same."""
    count = 0
    most = min(len(left) - i, len(right) - j)
    while count < most and left[i + count] == right[j + count]:
        count += 1
    return count


def _after(left: Sequence[int], right: Sequence[int], segment: Segment) -> list[Segment]:
    """Return the stretches that go on after a segment, where a few words were changed."""
    found: list[Segment] = []
    i, j = segment.a + segment.count, segment.b + segment.count
    while i < len(left) and j < len(right):
        for skip_a, skip_b in SKIPS:
            count = _equal(left, right, i + skip_a, j + skip_b)
            if count >= AGAIN:
                found.append(Segment(i + skip_a, j + skip_b, count))
                i, j = i + skip_a + count, j + skip_b + count
                break
        else:
            break
    return found


def _before(
    left: Sequence[int], right: Sequence[int], segment: Segment, floor: int
) -> list[Segment]:
    """Return the stretches that lead up to a segment, where a few words were changed."""
    found: list[Segment] = []
    i, j = segment.a, segment.b
    while i > floor and j > 0:
        for skip_a, skip_b in SKIPS:
            count = _equal_back(left, right, i - skip_a, j - skip_b, floor)
            if count >= AGAIN:
                i, j = i - skip_a - count, j - skip_b - count
                found.append(Segment(i, j, count))
                break
        else:
            break
    return found[::-1]


def _equal_back(left: Sequence[int], right: Sequence[int], i: int, j: int, floor: int) -> int:
    """Return how many words before word i and word j are the same, none before `floor`."""
    count = 0
    most = min(i - floor, j)
    while count < most and left[i - count - 1] == right[j - count - 1]:
        count += 1
    return count


def _merged(segments: Iterator[Segment]) -> Iterator[tuple[Segment, ...]]:
    """Yield segments together where only a few words lie between them in both reports."""
    run: list[Segment] = []
    for segment in segments:
        if run and not _follows(run[-1], segment):
            yield tuple(run)
            run = []
        run.append(segment)
    if run:
        yield tuple(run)


def _follows(last: Segment, segment: Segment) -> bool:
    in_a = segment.a - last.a - last.count
    in_b = segment.b - last.b - last.count
    return 0 <= in_a <= GAP and 0 <= in_b <= GAP


def passages(a: Words, b: Words, run: Run) -> Iterator[Passage]:
    """Yield the passages of a run, one for each pair of blocks that it goes through."""
    pieces = [piece for segment in run.segments for piece in _within_blocks(a, b, segment)]
    first = 0
    for i in range(1, len(pieces) + 1):
        same = i < len(pieces) and _blocks(a, b, pieces[i]) == _blocks(a, b, pieces[first])
        if not same:
            if _length(pieces[first:i]) >= LEAST_PASSAGE:
                yield _passage(a, b, pieces[first], pieces[i - 1])
            first = i


def _within_blocks(a: Words, b: Words, segment: Segment) -> Iterator[Segment]:
    """Yield a segment cut where a block ends in either report."""
    done = 0
    while done < segment.count:
        in_a, in_b = segment.a + done, segment.b + done
        left_a = bisect_left(a.blocks, a.blocks[in_a] + 1) - in_a
        left_b = bisect_left(b.blocks, b.blocks[in_b] + 1) - in_b
        count = min(segment.count - done, left_a, left_b)
        yield Segment(in_a, in_b, count)
        done += count


def _blocks(a: Words, b: Words, segment: Segment) -> tuple[int, int]:
    return a.blocks[segment.a], b.blocks[segment.b]


def _passage(a: Words, b: Words, first: Segment, last: Segment) -> Passage:
    return Passage(
        from_=evidence(a.report, a.starts[first.a], a.ends[last.a + last.count - 1]),
        to=evidence(b.report, b.starts[first.b], b.ends[last.b + last.count - 1]),
    )
