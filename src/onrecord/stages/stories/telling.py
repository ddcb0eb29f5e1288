"""What is told of a story: its title, the days of its reports, and the words that they share."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from onrecord.ids import make_id
from onrecord.stages.stories.features import Features
from onrecord.stages.stories.table import Flags, Long, Numbers, Table
from onrecord.types import READ_KINDS, Report, Story, When

TITLE = 160  # characters of a report's first words that stand for a title
REASONS = 5  # words that are given as the reason for a story
SAMPLE = 8  # reports that stand for a large group when its words are looked for
NEVER = 10**9


@dataclass(frozen=True, slots=True)
class Head:
    """What is told of a story by each of its reports."""

    id: str
    title: str
    earliest: date | None
    latest: date | None
    readable: bool


class Telling:
    """The ids, titles and days of the reports, by number, and the words that columns stand for."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._titles: list[str] = []
        self._earliest: Long[np.int32] = Long(np.int32)
        self._latest: Long[np.int32] = Long(np.int32)
        self._readable: Long[np.bool_] = Long(np.bool_)
        # A column that two words have stands for none, and no reason may name either.
        self._forms: dict[int, str] = {}
        self._lost: set[str] = set()
        self._reasons: dict[int, tuple[str, ...]] = {}
        self._told: dict[int, str] = {}
        self._gone: set[str] = set()

    def add(self, head: Head, found: Features) -> None:
        """Take in a report."""
        self._ids.append(head.id)
        self._titles.append(head.title)
        self._readable.extend(np.array([head.readable]))
        self._earliest.extend(np.zeros(1, dtype=np.int32))
        self._latest.extend(np.zeros(1, dtype=np.int32))
        self.redate(len(self._ids) - 1, head)
        forms = self._forms
        for column, form in zip(found.columns.tolist(), found.forms, strict=True):
            held = forms.setdefault(column, form)
            if held != form and held:
                self._lost.add(held)
                forms[column] = ""

    def redate(self, number: int, head: Head) -> None:
        """Put other days in place for a report that is there."""
        for into, day in ((self._earliest, head.earliest), (self._latest, head.latest)):
            into.all[number] = day.toordinal() if day else 0

    def forget(self, homes: Numbers) -> None:
        """Drop what is held of groups that may be others now."""
        self._forget(np.unique(homes).tolist())

    def _forget(self, homes: Iterable[int]) -> None:
        for home in homes:
            self._reasons.pop(home, None)
            told = self._told.pop(home, None)
            if told is not None:
                self._gone.add(told)

    def stories(
        self, table: Table, home: Numbers, central: Numbers, order: Numbers
    ) -> Iterator[Story]:
        """Yield the stories of groups in the order of their ids.

        `home[i]` is the first report of the group of i, `central[home[i]]` the likest to its
        others; `order` the reports in order of time.
        """
        self._drop_lost()
        for name, members in self._named(table, home, order, self._readable.all):
            yield self._story(name, table, members, central[home[members[0]]])

    def renewed(
        self, table: Table, home: Numbers, central: Numbers, order: Numbers
    ) -> tuple[Set[str], Iterator[Story]]:
        """Return the ids of the stories that are others now, and the stories instead of them."""
        self._drop_lost()
        told = np.zeros(len(home), dtype=np.bool_)
        told[list(self._told)] = True
        fresh = self._named(table, home, order, self._readable.all & ~told[home])
        self._told |= {int(home[members[0]]): name for name, members in fresh}
        gone, self._gone = self._gone, set()
        stories = (
            self._story(name, table, members, central[home[members[0]]]) for name, members in fresh
        )
        return gone, stories

    def _named(
        self, table: Table, home: Numbers, order: Numbers, asked: Flags
    ) -> list[tuple[str, list[int]]]:
        """Return the groups of the reports that are asked for, in the order of their ids.

        The reports of each are in order of time.
        """
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        by = np.flatnonzero(asked)
        by = by[np.lexsort((rank[by], home[by]))]
        edges = np.flatnonzero(np.diff(home[by], prepend=-1, append=-1)).tolist()
        days = np.where(table.low.all > 0, table.low.all, table.high.all)
        found = []
        for start, end in pairwise(edges):
            members = by[start:end].tolist()
            found.append((make_id("story", self._ids[self._first(members, days)]), members))
        return sorted(found)

    def _drop_lost(self) -> None:
        """Drop what names a word whose column another word turned out to have."""
        if self._lost:
            lost, self._lost = self._lost, set()
            self._forget([home for home, r in self._reasons.items() if not lost.isdisjoint(r)])

    def _first(self, members: Sequence[int], days: npt.NDArray[np.int32]) -> int:
        """Return the earliest report, the first by id of one day."""
        if len(members) == 1:
            return members[0]
        return min(members, key=lambda i: (int(days[i]) or NEVER, self._ids[i]))

    def _story(self, name: str, table: Table, members: list[int], central: int) -> Story:
        """Return the story of some reports in order of time."""
        return Story(
            id=name,
            title=self._titles[central],
            reports=tuple(sorted(self._ids[i] for i in members)),
            when=self._when(members),
            why=self._why(table, members),
        )

    def _when(self, members: list[int]) -> When:
        """Return the days within which all were published; a bound that one lacks is None.

        The happening itself may lie before the first of them.
        """
        earliest = [int(self._earliest.all[i]) for i in members]
        latest = [int(self._latest.all[i]) for i in members]
        return When(
            earliest=date.fromordinal(min(earliest)) if all(earliest) else None,
            latest=date.fromordinal(max(latest)) if all(latest) else None,
        )

    def _why(self, table: Table, members: list[int]) -> str:
        """Return the words that most of a story's reports share, as the reason for it."""
        if len(members) == 1:
            return "no other report is like it"
        home = members[0]
        if home not in self._reasons:
            self._reasons[home] = self._shared(table, members)
        shared = ", ".join(self._reasons[home])
        return f"its reports share {shared or 'passages'}"

    def _shared(self, table: Table, members: list[int]) -> tuple[str, ...]:
        """Return the heaviest words that at least two of the reports share."""
        if len(members) > SAMPLE:
            spread = [k * (len(members) - 1) // (SAMPLE - 1) for k in range(SAMPLE)]
            members = [members[k] for k in spread]
        rows = [table.row(i) for i in members]
        columns, place, holders = np.unique(
            np.concatenate([row[0] for row in rows]), return_inverse=True, return_counts=True
        )
        total = np.zeros(len(columns), dtype=np.int64)
        np.add.at(total, place, np.concatenate([row[1] for row in rows]))
        known = [
            (-weight, self._forms[column])
            for column, weight in zip(
                columns[holders > 1].tolist(), total[holders > 1].tolist(), strict=True
            )
            if weight and self._forms[column]
        ]
        return tuple(form for _, form in sorted(known)[:REASONS])


def title_of(report: Report) -> str:
    """Return the title of a report, else its first readable line."""
    if report.title and report.title.strip():
        return " ".join(report.title.split())
    blocks = [block for block in report.blocks if block.kind in READ_KINDS]
    heads = [block for block in blocks if block.kind == "title"] or blocks
    words = report.text[heads[0].start : heads[0].end].split() if heads else []
    line = " ".join(words)
    return line if len(line) <= TITLE else line[:TITLE].rsplit(" ", 1)[0] + "…"
