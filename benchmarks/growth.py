"""CPU seconds that the copies and stories stages take for n, 2n and 4n reports.

Run: python benchmarks/growth.py [n]

The reports are made from invented words with a fixed seed: each happening has its names and a few
reports, a third of them cut copies of another one, so that blocks, copies and stories all occur.
"""

import random
import sys
import time
from datetime import date, timedelta

from onrecord.stages.copies import copies
from onrecord.stages.stories import stories
from onrecord.types import Block, Corpus, Dating, Reading, Report

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
PARAGRAPHS = 8
SENTENCE = 45  # words of a paragraph


def made(count: int) -> Corpus:
    """Return a corpus of that many reports about happenings of one to six reports."""
    chance = random.Random(count)
    common = ["".join(chance.choices(SYLLABLES, k=2)) for _ in range(3_000)]
    weights = [1 / (rank + 5) for rank in range(len(common))]
    readings: list[Reading] = []
    while len(readings) < count:
        names = ["".join(chance.choices(SYLLABLES, k=4)).title() for _ in range(8)]
        day = date(2020, 1, 1) + timedelta(days=chance.randrange(1_500))
        texts: list[list[str]] = []
        for _ in range(min(chance.randint(1, 6), count - len(readings))):
            if texts and chance.random() < 1 / 3:
                paragraphs = chance.choice(texts)[: PARAGRAPHS // 2]
            else:
                paragraphs = [
                    " ".join(
                        chance.choices(common, weights, k=SENTENCE) + chance.choices(names, k=4)
                    )
                    for _ in range(PARAGRAPHS)
                ]
            texts.append(paragraphs)
            readings.append(report(len(readings), paragraphs, day))
    return Corpus(readings=tuple(sorted(readings, key=lambda reading: reading.report.id)))


def report(number: int, paragraphs: list[str], day: date) -> Reading:
    """Return a report of those paragraphs."""
    text, blocks = "", []
    for paragraph in paragraphs:
        blocks.append(Block(len(text), len(text) + len(paragraph), "body", "a paragraph"))
        text += paragraph + "\n\n"
    name = f"report-{number:07}"
    return Reading(
        report=Report(
            id=name,
            path=name,
            sha256="0" * 64,
            text=text,
            blocks=tuple(blocks),
            published=Dating(day, day),
        )
    )


def main() -> None:
    """Print the CPU seconds of each stage."""
    first = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    print(f"{'reports':>8} {'copies s':>9} {'stories s':>10} {'copies':>7} {'stories':>8}")
    for count in (first, 2 * first, 4 * first):
        corpus = made(count)
        began = time.process_time()
        corpus = copies(corpus)
        between = time.process_time()
        corpus = stories(corpus)
        ended = time.process_time()
        print(
            f"{count:>8} {between - began:>9.1f} {ended - between:>10.1f}"
            f" {len(corpus.copies):>7} {len(corpus.stories):>8}"
        )


if __name__ == "__main__":
    main()
