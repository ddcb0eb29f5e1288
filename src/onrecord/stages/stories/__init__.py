"""Stories: the reports about one happening, not about one topic.

Reports are compared by their names, rare words and numbers, by the days that they tell of, the
time between them, and the persons whom they name in full; only those are compared that stand near
each other in the time of a telling word, or that a copy connects. Reports are likeliest one story
where one holds most of the running text of the other. Likeness on average, and not of one pair
alone, brings two groups together, so that no chain of half-alike reports makes one story of a whole
conflict.

It does not yet match names across alphabets or languages, or part one report that tells of several
happenings: that one goes with the happening it has most words on.
"""

from collections.abc import Iterator
from dataclasses import replace

from onrecord.stages.stories.copied import Shared, shared
from onrecord.stages.stories.engine import Stories
from onrecord.types import Corpus, Dating, Story

__all__ = ["Growing", "Shared", "Stories", "shared", "stories"]


def stories(corpus: Corpus) -> Corpus:
    """Return the corpus with its stories; every readable report is in exactly one.

    Where the corpus brings what was kept of some of its reports, only what changed is told anew.
    """
    growing = corpus.kept if isinstance(corpus.kept, Growing) else Growing()
    growing.follow(corpus)
    return replace(corpus, stories=tuple(growing.stories()), kept=growing)


class Growing:
    """The stories of a corpus that reports are added to."""

    def __init__(self) -> None:
        self._engine = Stories()
        self._numbers: dict[str, int] = {}
        self._published: dict[str, Dating] = {}
        self._shares: dict[tuple[int, int], float] = {}

    def follow(self, corpus: Corpus) -> None:
        """Take in the reports that are not there yet, and what copies tell now of those that are.

        All reports that are there are among those of the corpus.
        """
        fresh = []
        for reading in corpus.readings:
            report = reading.report
            if report.id not in self._numbers:
                self._numbers[report.id] = len(self._numbers)
                fresh.append(reading)
            elif self._published[report.id] != report.published:
                self._engine.redate(self._numbers[report.id], reading)
            self._published[report.id] = report.published
        self._engine.add(fresh, self._reshared(corpus))

    def _reshared(self, corpus: Corpus) -> list[Shared]:
        """Return what pairs share that did not or shared something else, and those that no more."""
        reports = {self._numbers[one.report.id]: one.report for one in corpus.readings}
        shares = {(one, other): share for one, other, share in shared(reports, corpus.copies)}
        before, self._shares = self._shares, shares
        changed = [Shared(*both, share) for both, share in shares.items()]
        changed = [pair for pair in changed if before.get((pair.one, pair.other)) != pair.share]
        return changed + [Shared(*both, -1.0) for both in before.keys() - shares.keys()]

    def stories(self) -> Iterator[Story]:
        """Yield the stories in the order of their ids."""
        return self._engine.stories()
