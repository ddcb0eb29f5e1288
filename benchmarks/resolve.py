"""CPU seconds that joining actors across reports takes for n, 2n and 4n mentions.

Run: python benchmarks/resolve.py [n]

The names are invented with a fixed seed: a few actors are in many reports and most in one or two
(Zipf), persons share first and family names, bodies have head words, short forms and abbreviations,
one name in fifty is spelled otherwise, family names stand alone in some reports, and a third of the
reports tell of a happening that others tell of. Entities have two to four mentions each.
"""

import math
import random
import sys
import time

from onrecord.ids import make_id
from onrecord.stages.resolve import resolve
from onrecord.types import (
    ActorKind,
    Corpus,
    Entity,
    Evidence,
    Mention,
    Reading,
    Report,
    Story,
    When,
)

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
HEADS = ("Front", "Party", "Army", "Network", "Council", "Union", "Brigade", "Agency")
ENTITIES = 9  # of a report
Named = tuple[str, ActorKind, tuple[str, ...]]


def word(chance: random.Random, parts: int) -> str:
    """Return an invented word in capitals as names have them."""
    return "".join(chance.choices(SYLLABLES, k=parts)).title()


def actors(chance: random.Random, count: int) -> list[Named]:
    """Return actors with their kinds and other names."""
    firsts = [word(chance, 2) for _ in range(400)]
    families = [word(chance, 3) for _ in range(max(400, count // 8))]
    subjects = [word(chance, 3) for _ in range(max(200, count // 8))]
    found: list[Named] = []
    for _ in range(count):
        drawn = chance.random()
        if drawn < 0.5:
            family = chance.choice(families)
            found.append((f"{chance.choice(firsts)} {family}", "person", (family,)))
        elif drawn < 0.8:
            words = [*chance.sample(subjects, chance.randint(1, 2)), chance.choice(HEADS)]
            short = "".join(one[0] for one in words)
            found.append((" ".join(words), "organisation", (short,) if len(short) > 2 else ()))
        else:
            found.append((word(chance, 4), "place", ()))
    return found


def misspelled(chance: random.Random, name: str) -> str:
    """Return a name with one letter changed, one time in fifty."""
    if chance.random() > 1 / 50:
        return name
    place = chance.randrange(1, len(name))
    return name[:place] + chance.choice("aeiourst") + name[place + 1 :]


def made(mentions: int) -> Corpus:
    """Return a corpus of about that many mentions."""
    chance = random.Random(mentions)
    everyone = actors(chance, mentions // 12)
    weights = [1 / (rank + 10) for rank in range(len(everyone))]
    readings: list[Reading] = []
    stories: list[Story] = []
    written = 0
    while written < mentions:
        id_ = f"report-{len(readings):07}"
        drawn = dict.fromkeys(chance.choices(everyone, weights, k=ENTITIES))
        entities = [entity(chance, id_, *one) for one in drawn]
        spans = [mention(one, place) for one in entities for place in range(chance.randint(2, 4))]
        written += len(spans)
        readings.append(
            Reading(
                report=Report(id=id_, path=id_, sha256="0" * 64, text=""),
                entities=tuple(sorted(entities, key=lambda one: one.id)),
                mentions=tuple(spans),
            )
        )
        if len(readings) % 9 == 3:
            told = tuple(one.report.id for one in readings[-3:])
            stories.append(Story(make_id("story", told), "a happening", told, When()))
    return Corpus(readings=tuple(readings), stories=tuple(stories))


def entity(
    chance: random.Random, report: str, name: str, kind: ActorKind, others: tuple[str, ...]
) -> Entity:
    """Return an actor as a report reads it: in full, or by the family name alone."""
    if kind == "person" and chance.random() < 1 / 5:
        name, others = others[0], ()
    name = misspelled(chance, name)
    return Entity(make_id("entity", report, name), report, name, kind, (name, *others))


def mention(one: Entity, place: int) -> Mention:
    """Return a mention by name; where it stands is of no matter here."""
    span = Evidence(one.report, place, place + 1, one.name)
    return Mention(make_id("mention", one.id, place), one.report, span, one.id, "name")


def main() -> None:
    """Print the CPU seconds, and the exponent by which they grow from one size to the next."""
    first = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    print(f"{'mentions':>9} {'entities':>9} {'actors':>8} {'seconds':>8} {'exponent':>9}")
    before = 0.0
    for count in (first, 2 * first, 4 * first):
        corpus = made(count)
        entities = sum(len(reading.entities) for reading in corpus.readings)
        began = time.process_time()
        found = resolve(corpus)
        seconds = time.process_time() - began
        grows = f"{math.log2(seconds / before):.2f}" if before else ""
        print(f"{count:>9} {entities:>9} {len(found.actors):>8} {seconds:>8.1f} {grows:>9}")
        before = seconds


if __name__ == "__main__":
    main()
