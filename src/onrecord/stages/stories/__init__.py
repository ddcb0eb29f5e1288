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

from dataclasses import replace

from onrecord.stages.stories.copied import Shared, shared
from onrecord.stages.stories.engine import Stories
from onrecord.types import Corpus

__all__ = ["Shared", "Stories", "shared", "stories"]


def stories(corpus: Corpus) -> Corpus:
    """Return the corpus with its stories; every readable report is in exactly one."""
    made = Stories()
    reports = {i: reading.report for i, reading in enumerate(corpus.readings)}
    made.add(corpus.readings, shared(reports, corpus.copies))
    return replace(corpus, stories=tuple(made.stories()))
