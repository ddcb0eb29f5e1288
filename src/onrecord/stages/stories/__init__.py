"""Stories: the reports about one happening, not about one topic.

Reports are compared by their names, rare words and numbers, less so the farther they lie apart in
time; only those are compared that share a telling word with a neighbour in time or a copied
passage. Reports are together from the start where one holds most of the running text of the other.
Else likeness on average, and not of one pair alone, brings two groups together, so that no chain
of half-alike reports makes one story of a whole conflict.

It does not yet use the events of a report, match names across alphabets or languages, or part one
report that tells of several happenings: that one goes with the happening it has most words on, and
one that prints reports of several happenings nearly whole draws them into one story.
"""

from collections.abc import Sequence
from dataclasses import replace

from onrecord.ids import make_id
from onrecord.stages.stories.copied import reprints
from onrecord.stages.stories.grouping import group
from onrecord.stages.stories.likeness import Likeness, likeness
from onrecord.types import READ_KINDS, Corpus, Report, Story, When

TITLE = 160  # characters of a report's first words that stand for a title


def stories(corpus: Corpus) -> Corpus:
    """Return the corpus with its stories; every readable report is in exactly one."""
    readings = [reading for reading in corpus.readings if _readable(reading.report)]
    alike = likeness([reading.report for reading in readings], corpus.copies)
    reports = [reading.report for reading in readings]
    reprinted = reprints(reports, corpus.copies)
    made = [_story(reports, members, alike) for members in group(alike, reprinted)]
    return replace(corpus, stories=tuple(sorted(made, key=lambda story: story.id)))


def _readable(report: Report) -> bool:
    return report.problem is None and any(block.kind in READ_KINDS for block in report.blocks)


def _story(reports: Sequence[Report], members: Sequence[int], alike: Likeness) -> Story:
    """Return the story of some reports; its id is its first report's, so that it can grow."""
    first = min(members, key=lambda i: (alike.days[i] or alike.never, reports[i].id))
    central = min(members, key=lambda i: (-round(_centrality(alike, i, members), 6), reports[i].id))
    return Story(
        id=make_id("story", reports[first].id),
        title=title_of(reports[central]),
        reports=tuple(sorted(reports[i].id for i in members)),
        when=_when([reports[i] for i in members]),
        why=_why(alike, members),
    )


def _centrality(alike: Likeness, i: int, members: Sequence[int]) -> float:
    """Return how like a report is to some others of its story."""
    others = [j for j in alike.sample(members) if j != i]
    return sum(alike.of(i, j) for j in others) / len(others) if others else 0.0


def title_of(report: Report) -> str:
    """Return the title of a report, else its first readable line."""
    if report.title and report.title.strip():
        return " ".join(report.title.split())
    blocks = [block for block in report.blocks if block.kind in READ_KINDS]
    heads = [block for block in blocks if block.kind == "title"] or blocks
    words = report.text[heads[0].start : heads[0].end].split() if heads else []
    line = " ".join(words)
    return line if len(line) <= TITLE else line[:TITLE].rsplit(" ", 1)[0] + "…"


def _when(reports: Sequence[Report]) -> When:
    """Return the days within which all the reports were published; a bound that one lacks is None.

    The happening itself may lie before the first of them.
    """
    earliest = [report.published.earliest for report in reports]
    latest = [report.published.latest for report in reports]
    return When(
        earliest=min((day for day in earliest if day), default=None) if all(earliest) else None,
        latest=max((day for day in latest if day), default=None) if all(latest) else None,
    )


def _why(alike: Likeness, members: Sequence[int]) -> str:
    """Return the words that most of a story's reports share, as the reason for it."""
    if len(members) == 1:
        return "no other report is like it"
    shared = ", ".join(alike.shared_words(members))
    return f"its reports share {shared}" if shared else "its reports share passages"
