"""What a careful reader's account and a record are compared by: reports, names, words, pairs."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

from onrecord.errors import RunError
from onrecord.record import Record
from onrecord.types import Actor, Report, Speaker

Gold = TypeVar("Gold")
Ours = TypeVar("Ours")
WORD = re.compile(r"\w+(?:[-'.]\w+)*")
ARTICLES = frozenset({"the", "a", "an", "one", "some"})
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was asked for, and whether the record has it."""

    figure: str
    report: str
    gold: str
    right: bool
    ours: str = ""


def words(text: str) -> list[str]:
    """Return the words of a text, without case; hyphened words and abbreviations are one."""
    found = (word.strip("'.") for word in WORD.findall(text.translate(APOSTROPHES).casefold()))
    return [word.removesuffix("'s") for word in found if word]


def name_words(name: str) -> frozenset[str]:
    """Return the words of a name or description without its articles."""
    found = frozenset(words(name.replace("U.S", "US").replace("U.N", "UN")))
    return found - ARTICLES or found


def likeness(one: str, other: str) -> float:
    """Return the Jaccard index of the words of two texts."""
    a, b = set(words(one)), set(words(other))
    return len(a & b) / len(a | b) if a | b else 0.0


def excerpt(part: str, whole: str) -> bool:
    """Tell whether the words of one text stand in another, in a row."""
    inside, around = words(part), words(whole)
    starts = range(len(around) - len(inside) + 1)
    return bool(inside) and any(around[i : i + len(inside)] == inside for i in starts)


def pair(
    gold: Sequence[Gold], ours: Sequence[Ours], fit: Callable[[Gold, Ours], float]
) -> list[Ours | None]:
    """Return for each of the gold its own one of ours, so that the sum of fits is greatest.

    A fit of 0 is none.
    """
    if not gold or not ours:
        return [None] * len(gold)
    fits = np.array([[fit(g, o) for o in ours] for g in gold], dtype=float)
    # One more that fits must always outweigh better fits of the others.
    rows, columns = linear_sum_assignment(np.where(fits > 0, fits + 1000, 0), maximize=True)
    paired = list[Ours | None]([None] * len(gold))
    for row, column in zip(rows, columns, strict=True):
        if fits[row, column] > 0:
            paired[row] = ours[column]
    return paired


class Account:
    """A careful reader's account beside the record of the same reports.

    Raises `RunError` when a report of the account is not in the record.
    """

    def __init__(self, gold: Mapping[str, Any], record: Record) -> None:
        self.gold = gold
        self.record = record
        self.by_key = {_key(report): report for report in record.reports()}
        missing = [entry["id"] for entry in gold["reports"] if entry["id"] not in self.by_key]
        if missing:
            raise RunError(f"no report {missing[0]!r}", remedy="Say where they lie: --texts DIR")

    @cached_property
    def keys(self) -> dict[str, str]:
        """Return the account's name of each report by its id in the record."""
        return {report.id: key for key, report in self.by_key.items()}

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """Return the actors of the record by id."""
        return {actor.id: actor for actor in self.record.actors()}

    @cached_property
    def listed(self) -> dict[frozenset[str], Mapping[str, Any]]:
        """Return the account's actors by each of their names; the first of a name counts."""
        found: dict[frozenset[str], Mapping[str, Any]] = {}
        for entry in self.gold.get("actors", []):
            for name in (entry["name"], *entry.get("also", [])):
                found.setdefault(name_words(name), entry)
        return found

    def same_name(self, gold: str, ours: str, actor: str | None = None) -> bool:
        """Tell whether our name, or another name of that actor of ours, means the gold's.

        Where the account lists both names they must be of one actor; else one name's words must
        hold the other's.
        """
        right, left = name_words(gold), name_words(ours)
        if right == left:
            return True
        meant, found = self.listed.get(right), self.listed.get(left)
        if meant is not None and found is not None:
            return meant is found
        known = self.actors.get(actor or "")
        if known and right in {name_words(name) for name in known.names}:
            return True
        if meant is not None and meant["kind"] != "person":
            return self._longer(meant, left)
        return bool(left) and (left <= right or right <= left)

    def _longer(self, meant: Mapping[str, Any], left: frozenset[str]) -> bool:
        """Tell whether words hold a whole name of a body: part of its name may mean another."""
        names = (meant["name"], *meant.get("also", []))
        return any(name_words(name) <= left for name in names)

    def speaks(self, gold: Mapping[str, Any], ours: Speaker) -> bool:
        """Tell whether our speaker is the one that the account names.

        For a body, and not for a person, its office or whom it represents will do too.
        """
        if self.same_name(gold["speaker"], ours.name, ours.actor):
            return True
        if "speaker_needs" in gold and ours.unnamed:
            return True
        if self._person(gold):
            return False
        others = [gold[field] for field in ("role", "represents") if gold.get(field)]
        return any(self.same_name(name, ours.name, ours.actor) for name in others)

    def _person(self, gold: Mapping[str, Any]) -> bool:
        listed = self.listed.get(name_words(gold["speaker"]))
        if listed is not None:
            return bool(listed["kind"] == "person")
        return "role" in gold or bool(gold.get("unnamed"))

    def named(self, gold: str | None, ours: Iterable[str]) -> bool:
        """Tell whether one of our actors, given by ids, is the one of that name."""
        return gold is not None and any(
            self.same_name(gold, self.record.name_of(key), key) for key in ours
        )


def _key(report: Report) -> str:
    """Return how the account names a report: the stem of its file, and its row there if any."""
    file, _, row = report.path.partition("#")
    return f"{Path(file).stem}#{row}" if row else Path(file).stem
