"""Copies: which report took which passages from which, and where each line of them ends.

It finds shared running text, shared quotations (through differences of case, punctuation, hyphens
and British spelling) and named citations, passage by passage with offsets in both reports, says
which way the words went where dates, credits or the shape of the texts tell, and what they have
otherwise where it matters, and gives every passage that is shared and every statement an origin.

It does not yet find words that were translated or paraphrased without a named citation, citations
of what has neither names nor numbers, texts without spaces between words, or pictures; it does not
tell an outlet's living background paragraph from a copy of its earlier report, or the way that
words went by slips of the pen that were taken along.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.ids import make_id
from onrecord.stages.copies.alignment import KINDS, Run, passages, unpacked
from onrecord.stages.copies.citations import Citation
from onrecord.stages.copies.company import narrowings
from onrecord.stages.copies.differences import differences, flipped
from onrecord.stages.copies.direction import Direction, direction
from onrecord.stages.copies.engine import Copies, Group
from onrecord.stages.copies.hands import Key
from onrecord.stages.copies.origins import Draft, drafts, origins
from onrecord.stages.copies.words import Words
from onrecord.types import Copy, Corpus, Difference, Narrowing, Passage, Reading


@dataclass(frozen=True, slots=True)
class Settled:
    """What is told of one group of reports; `drafts` are its part of the origins."""

    copies: tuple[Copy, ...]
    narrowings: tuple[Narrowing, ...]
    drafts: Mapping[Key, Draft]


def copies(corpus: Corpus) -> Corpus:
    """Return the corpus with its copies and origins, and the datings that copies narrow.

    Where the corpus brings what was kept of some of its reports, only the others are added.
    """
    growing = corpus.kept if isinstance(corpus.kept, Growing) else Growing()
    growing.follow(corpus.readings)
    return replace(growing.told(corpus), kept=growing)


class Growing:
    """The copies of a corpus that reports are added to; only what they touch is told anew.

    It can be pickled, without the readings: those are given again by `follow`.
    """

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._readings: list[Reading] = []
        self._engine = Copies(self._readings.__getitem__)
        self._settled: dict[int, Settled] = {}  # by the first member of the group
        self._home: dict[int, int] = {}  # the first member of the group of each report

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_readings": []}

    def follow(self, readings: Sequence[Reading]) -> None:
        """Add those of some readings that are not there yet; all that are there are among them."""
        by_id = {reading.report.id: reading for reading in readings}
        self._readings = [by_id.pop(key) for key in self._ids]
        self._engine.bind(self._readings.__getitem__)
        self.add(by_id.values())

    def add(self, readings: Iterable[Reading]) -> None:
        """Add reports that are not there yet."""
        before = len(self._readings)
        self._readings += readings
        self._ids += [reading.report.id for reading in self._readings[before:]]
        groups = self._engine.add(len(self._readings) - before)
        for member in (member for group in groups for member in group.members):
            self._settled.pop(self._home.get(member, -1), None)
        for group in groups:
            self._home |= dict.fromkeys(group.members, group.members[0])
            self._settled[group.members[0]] = settle(self._engine, group, self._readings)

    def told(self, corpus: Corpus) -> Corpus:
        """Return a corpus of the same reports with the copies, the origins and the datings."""
        settled = self._settled.values()
        narrowed = [narrowing for one in settled for narrowing in one.narrowings]
        return replace(
            corpus,
            readings=tuple(_dated(corpus.readings, narrowed)),
            narrowings=tuple(sorted(narrowed, key=lambda narrowing: narrowing.id)),
            copies=tuple(sorted((c for one in settled for c in one.copies), key=lambda c: c.id)),
            origins=origins(one.drafts for one in settled),
        )


def settle(engine: Copies, group: Group, readings: Sequence[Reading]) -> Settled:
    """Return the copies, datings and origins of a group; nothing else touches them."""
    members = {number: readings[number] for number in group.members}
    found = [
        copy
        for one, other, runs in group.runs
        for copy in _shared(engine, (one, other), unpacked(runs), members)
    ]
    by_id = {reading.report.id: reading for reading in members.values()}
    found += _citing(by_id, group.cited)
    found.sort(key=lambda copy: copy.id)
    ordered = [by_id[key] for key in sorted(by_id)]
    return Settled(tuple(found), narrowings(ordered, found), drafts(ordered, found, group.cited))


def _dated(readings: Sequence[Reading], narrowed: Iterable[Narrowing]) -> Iterator[Reading]:
    """Yield the readings with the narrower datings in place."""
    published = {narrowing.report: narrowing.published for narrowing in narrowed}
    for reading in readings:
        dating = published.get(reading.report.id)
        if dating:
            reading = replace(reading, report=replace(reading.report, published=dating))
        yield reading


def _shared(
    engine: Copies, pair: tuple[int, int], runs: Sequence[Run], readings: Mapping[int, Reading]
) -> Iterator[Copy]:
    """Yield the copies of two reports that share words."""
    a, b = (engine.words(number) for number in pair)
    way = direction(a, b, runs)
    for kind in KINDS:
        of_kind = tuple(run for run in runs if run.kind == kind)
        if of_kind:
            said = readings[pair[0]].statements, readings[pair[1]].statements
            yield _copy(a, b, of_kind, way, differences(a, b, of_kind, said))


def _copy(
    a: Words, b: Words, runs: Sequence[Run], way: Direction, differing: tuple[Difference, ...]
) -> Copy:
    """Return the copy of runs of one kind."""
    kind = runs[0].kind
    parts = [passage for run in runs for passage in passages(a, b, run)]
    if way.way == -1:
        a, b = b, a
        parts = [Passage(from_=part.to, to=part.from_) for part in parts]
        differing = flipped(differing)
    words = sum(run.words for run in runs)
    what = "words of running text" if kind == "text" else "quoted words"
    return Copy(
        id=make_id("copy", a.report.id, b.report.id, kind),
        from_report=a.report.id,
        to_report=b.report.id,
        kind=kind,
        directed=way.way != 0,
        passages=_ordered(parts),
        why="; ".join((f"{words} {what} are the same", *way.why)),
        differences=differing,
    )


def _ordered(parts: Iterable[Passage]) -> tuple[Passage, ...]:
    """Return passages of one pair of reports in the order of the report that has taken them."""

    def places(part: Passage) -> tuple[int, int, int, int]:
        return part.to.start, part.to.end, part.from_.start, part.from_.end

    return tuple(sorted(parts, key=places))


def _citing(readings: Mapping[str, Reading], cited: Sequence[Citation]) -> Iterator[Copy]:
    """Yield one copy for each pair of reports of which one cites the other."""
    by_pair: dict[tuple[str, str], set[tuple[Passage, str]]] = {}
    for one in cited:
        passage = Passage(from_=one.found, to=one.named)
        by_pair.setdefault((one.cited, one.citing), set()).add((passage, one.named.text))
    for (source, citing), found in sorted(by_pair.items()):
        from_, to = readings[source].report, readings[citing].report
        names = sorted({f"“{name}”" for _, name in found})
        yield Copy(
            id=make_id("copy", from_.id, to.id, "citation"),
            from_report=from_.id,
            to_report=to.id,
            kind="citation",
            directed=True,
            passages=_ordered(part for part, _ in found),
            why=f"one names {', '.join(names)} and tells what the other has printed",
        )
