"""Copies found in invented newsroom copies, beside the truth of how each report came about.

    python benchmarks/copies_truth.py held_out --reports 6000 --seed 11

Pairs are those that share words by descent, siblings among them; ours are the pairs of reports of
one line. Translations share too few words to be asked for, and are neither right nor wrong.
Direction is asked where a reader of both texts can tell it, of copies found between a report and
what it was made from. The origin of each paragraph, and of the quotations that a rewrite keeps, is
right when it is the report or the agency where these words begin; where nothing tells which of
those that print it was first, "one of these" is right too.
"""

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from newsroom import Lineage, Made, newsroom, reasons, translated_pairs, true_pairs

from onrecord.ids import make_id
from onrecord.stages.copies import copies
from onrecord.stages.copies.hands import report_hand
from onrecord.stages.copies.lines import lines
from onrecord.stages.copies.outlets import outlet_key
from onrecord.types import Corpus, Origin

Pair = tuple[str, str]
HALF = 0.5  # of a paragraph, that an origin's passages must hold for it to be the paragraph's


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bank", choices=("tuning", "held_out"))
    parser.add_argument("--reports", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=11)
    asked = parser.parse_args()
    made = list(newsroom(asked.reports, seed=asked.seed, bank=asked.bank))
    readings = tuple(sorted((one.reading for one in made), key=lambda one: one.report.id))
    started = time.perf_counter()
    corpus = copies(Corpus(readings=readings))
    seconds = time.perf_counter() - started
    print(f"{len(made):,} reports, bank {asked.bank}, seed {asked.seed}: {seconds:.0f} s")
    for name, value in figures(made, corpus).items():
        print(f"{name:32} {value:6.1f}")


def figures(made: Sequence[Made], corpus: Corpus) -> dict[str, float]:
    """Return all figures in percent."""
    return {
        **pair_figures(made, corpus),
        **direction_figures(made, corpus),
        **origin_figures(made, corpus),
    }


def pair_figures(made: Sequence[Made], corpus: Corpus) -> dict[str, float]:
    """Return how many pairs are found, and of those found how many are pairs."""
    true, found = true_pairs(made), found_pairs(corpus)
    open_ = translated_pairs(made) - true
    right = len(true & found)
    recall = 100 * right / max(1, len(true))
    precision = 100 * right / max(1, len(found - open_))
    heavy = {one.id for one in made if one.made_as == "heavy"}
    kept = {pair for one in made if one.id in heavy for pair in _to_parents(one)} & true
    return {
        "pairs, precision": precision,
        "pairs, recall": recall,
        "pairs, F1": 2 * precision * recall / max(1e-9, precision + recall),
        "heavy rewrites found": 100 * len(kept & found) / max(1, len(kept)),
    }


def found_pairs(corpus: Corpus) -> set[Pair]:
    """Return the sorted pairs of reports of one line of copies."""
    return {
        (one, other)
        for line in lines(corpus.copies)
        for one, other in combinations(sorted(line.reports), 2)
    }


def _to_parents(made: Made) -> Iterator[Pair]:
    for parent in made.parents:
        yield min(made.id, parent), max(made.id, parent)


def direction_figures(made: Sequence[Made], corpus: Corpus) -> dict[str, float]:
    """Return how many decidable directions are right, and how many are told the wrong way."""
    by_id = {one.id: one for one in made}
    ways: dict[Pair, set[str]] = defaultdict(set)
    for copy in corpus.copies:
        if copy.kind != "citation":
            pair = (min(copy.from_report, copy.to_report), max(copy.from_report, copy.to_report))
            ways[pair].add(copy.from_report if copy.directed else "")
    told: Counter[str] = Counter()
    for one in made:
        for parent in one.parents:
            pair = (min(one.id, parent), max(one.id, parent))
            if parent in by_id and pair in ways and reasons(one, by_id[parent]):
                told[_judged(ways[pair], parent)] += 1
    all_ = max(1, told.total())
    return {
        "direction right where decidable": 100 * told["right"] / all_,
        "direction told the wrong way": 100 * told["wrong"] / all_,
    }


def _judged(ways: set[str], parent: str) -> str:
    if ways == {parent}:
        return "right"
    return "wrong" if ways - {parent, ""} else "open"


def origin_figures(made: Sequence[Made], corpus: Corpus) -> dict[str, float]:
    """Return for how many paragraphs the origin is exactly right, all and those of copies."""
    by_id = {one.id: one for one in made}
    holders: dict[tuple[int, str, int, int], list[str]] = defaultdict(list)
    for one in made:
        for part in one.passages:
            holders[one.tree, part.origin, part.paragraph, part.quotation].append(one.id)
    given = Given(corpus)
    marks: dict[str, list[bool]] = defaultdict(list)
    for one in made:
        for part in one.passages:
            if part.renders or (part.quotation >= 0 and one.made_as != "heavy"):
                continue
            others = holders[one.tree, part.origin, part.paragraph, part.quotation]
            right = _is_right(part, given.of(one, part), others, by_id)
            marks["origins of paragraphs"].append(right)
            shared = len(others) > 1 or part.origin not in by_id
            marks["origins of shared paragraphs" if shared else "origins of others"].append(right)
    return {name: 100 * sum(found) / max(1, len(found)) for name, found in marks.items()}


def _is_right(
    part: Lineage, found: Origin | None, holders: Sequence[str], by_id: Mapping[str, Made]
) -> bool:
    if found is None:
        return part.origin in holders[:1] and len(holders) == 1
    if part.origin not in by_id:
        return outlet_key(found.name) == outlet_key(part.origin)
    first = by_id[part.origin].reading.report
    if found.id == make_id("origin", *report_hand(first).key):
        return True
    if found.kind in ("wire", "outlet"):
        return outlet_key(found.name) == outlet_key(first.source or "")
    told = all(
        reasons(by_id[other], by_id[part.origin]) for other in holders if other != part.origin
    )
    return not told and found.kind == "unknown" and part.origin in found.reports


class Given:
    """The origins that the record gives to the words of each report."""

    def __init__(self, corpus: Corpus) -> None:
        self._own: dict[str, Origin] = {}
        self._passages: dict[str, list[tuple[int, int, Origin]]] = defaultdict(list)
        by_id = {origin.id: origin for origin in corpus.origins}
        for reading in corpus.readings:
            own = by_id.get(make_id("origin", *report_hand(reading.report).key))
            if own:
                self._own[reading.report.id] = own
        for origin in corpus.origins:
            for span in origin.passages:
                self._passages[span.report].append((span.start, span.end, origin))

    def of(self, made: Made, part: Lineage) -> Origin | None:
        """Return the origin of a paragraph; None where the record says nothing of its own."""
        held: Counter[str] = Counter()
        by_id: dict[str, Origin] = {}
        for start, end, origin in self._passages[made.id]:
            both = min(end, part.end) - max(start, part.start)
            if both > 0:
                held[origin.id] += both
                by_id[origin.id] = origin
        if held:
            best, count = max(held.items(), key=lambda item: (item[1], item[0]))
            if count >= HALF * (part.end - part.start):
                return by_id[best]
        return self._own.get(made.id)


if __name__ == "__main__":
    main()
