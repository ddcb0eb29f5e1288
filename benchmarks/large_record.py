"""A record of any size, invented: its rows are written as a build writes them, nothing is read.

    python benchmarks/large_record.py RECORD --reports 100000 --statements 10

Names, words and who speaks how often (by Zipf's law) are drawn with a fixed seed. Every row has the
exact words at its place, as the store demands. It is for measuring what reading a large record
costs, not for how well anything is found.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from onrecord.store import Store
from onrecord.types import (
    Actor,
    Block,
    Claim,
    Copy,
    Corpus,
    Dating,
    Dispute,
    Entity,
    Event,
    Evidence,
    Figure,
    Happening,
    Mention,
    Origin,
    Passage,
    Reading,
    Relation,
    Report,
    Role,
    Speaker,
    Statement,
    Story,
    Telling,
    When,
)

SEED = 11
ONSETS = "b br d dr f g gl h k kr l m n p r s sk st t tr v z".split()
VOWELS = "a e i o u ai ei ou".split()
ENDS = "n r l s th m rk nd sh v".split()
KINDS = ("person", "person", "person", "organisation", "armed group", "state", "government")
VERBS = {
    "said": "say",
    "accused": "accuse",
    "denied": "deny",
    "promised": "promise",
    "threatened": "threaten",
    "demanded": "demand",
    "supported": "support",
    "criticised": "criticise",
}
SHARES = (50, 14, 10, 6, 4, 6, 5, 5)
NOUNS = "bridge depot mill harbour convoy market quarry school well road tower granary".split()
DEEDS = {"shelled": "ASSAULT", "blocked": "COERCE", "met": "CONSULT", "aided": "AID"}
STANDINGS = ("told", "told", "told", "alleged", "alleged", "denied", "planned", "conditional")
TIES = ("supports", "fights", "leads", "part of", "funds", "accuses", "negotiates with", "arms")
FIRST, DAYS = date(2015, 1, 1), 3650
COUNTED = "civilians soldiers tents barrels trucks houses".split()


def word(chance: random.Random, parts: int) -> str:
    """Return an invented word of so many syllables."""
    return "".join(
        chance.choice(ONSETS) + chance.choice(VOWELS) + (chance.choice(ENDS) if last else "")
        for last in (number == parts - 1 for number in range(parts))
    )


@dataclass(slots=True)
class World:
    """Who there is, how often each is named, and what was written of whom so far."""

    chance: random.Random
    names: list[str]
    kinds: list[str]
    weights: list[int]
    outlets: list[str]
    entities: list[list[str]] = field(default_factory=list)
    identity: dict[str, str] = field(default_factory=dict)
    statements: list[tuple[str, int, int, str, Evidence]] = field(default_factory=list)
    events: list[tuple[str, str, int, int, date]] = field(default_factory=list)
    figures: list[tuple[str, str]] = field(default_factory=list)
    reports: list[tuple[str, int, date, str, list[str]]] = field(default_factory=list)

    @classmethod
    def of(cls, actors: int) -> "World":
        """Return a world of so many actors, of whom nothing was written yet."""
        chance = random.Random(SEED)
        names: dict[str, None] = {}
        while len(names) < actors:
            names[f"{word(chance, 2)} {word(chance, 2)}".title()] = None
        weights = list(accumulate(10**6 // (rank + 3) + 1 for rank in range(actors)))
        outlets = [
            f"The {word(chance, 2).title()} {noun}" for noun in ("Post", "Bell") for _ in range(150)
        ]
        kinds = [chance.choice(KINDS) for _ in range(actors)]
        return cls(chance, list(names), kinds, weights, outlets, [[] for _ in range(actors)])

    def some(self, count: int) -> list[int]:
        """Return some actors by their weight."""
        return self.chance.choices(range(len(self.names)), cum_weights=self.weights, k=count)


class Writing:
    """One report while it is written: its text, and what stands where."""

    def __init__(self, world: World, number: int) -> None:
        self.world, self.id = world, f"report-{number:012x}"
        self.parts: list[str] = []
        self.size = 0
        self.entities: dict[int, str] = {}
        self.mentions: list[Mention] = []
        self.blocks: list[Block] = []

    def put(self, words: str) -> Evidence:
        """Write words and return where they stand."""
        start, self.size = self.size, self.size + len(words)
        self.parts.append(words)
        return Evidence(self.id, start, self.size, words)

    def name(self, actor: int) -> Evidence:
        """Write an actor's name as a mention."""
        key = self.entities.setdefault(actor, f"entity-{self.id[7:]}-{actor}")
        span = self.put(self.world.names[actor])
        self.mentions.append(
            Mention(f"mention-{self.id[7:]}-{len(self.mentions)}", self.id, span, key, "name")
        )
        return span


def written(world: World, number: int, statements: int) -> Reading:
    """Return one report with its statements, events and figures."""
    chance, w = world.chance, Writing(world, number)
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    title = w.put(f"{word(chance, 2).title()} {chance.choice(NOUNS)} in dispute, sides say").text
    w.blocks.append(Block(0, w.size, "title", "the first line"))
    w.put("\n\n")
    body = w.size
    cast = world.some(statements // 2 + 3)
    said: list[Statement] = []
    done: list[Event] = []
    figures: list[Figure] = []
    dated = When(day, day)
    for place in range(statements):
        speaker, about = chance.sample(cast, 2)
        verb = chance.choices(tuple(VERBS), SHARES)[0]
        key = f"{w.id[7:]}-{place}"
        source = w.name(speaker)
        w.put(" ")
        cue = w.put(verb)
        w.put(" that ")
        start = w.size
        w.name(about)
        w.put(" ")
        deed = chance.choice(tuple(DEEDS))
        trigger = w.put(deed)
        w.put(f" the {chance.choice(NOUNS)} of {word(chance, 2).title()} ")
        if place % 4 == 0:
            counted, count = chance.choice(COUNTED), chance.randrange(2, 900)
            span = w.put(f"{count} {counted}")
            figures.append(
                Figure(
                    f"figure-{key}",
                    w.id,
                    span,
                    count,
                    None,
                    None,
                    counted,
                    f"{counted} of {word(chance, 1)}",
                    dated,
                    f"statement-{key}",
                )
            )
            w.put(" and ")
        w.put(f"after the {word(chance, 2)} talks")
        content = Evidence(w.id, start, w.size, _tail(w.parts, w.size - start))
        w.put(". ")
        said.append(
            Statement(
                f"statement-{key}",
                w.id,
                (source,),
                (cue,),
                (content,),
                Speaker(world.names[speaker], w.entities[speaker], unnamed=chance.random() < 0.08),
                voiced=True,
                act=VERBS[verb],  # type: ignore[arg-type]
                mode="indirect",
                hedge=None,
                said=dated if chance.random() < 0.7 else When(None, day),
                about=(w.entities[about],),
                confidence=round(0.3 + 0.7 * chance.random(), 2),
                why="a verb of speech",
            )
        )
        world.statements.append((f"statement-{key}", speaker, about, VERBS[verb], content))
        if place % 2 == 0:
            done.append(
                Event(
                    f"event-{key}",
                    w.id,
                    DEEDS[deed],
                    None,
                    trigger,
                    (w.entities[about],),
                    (w.entities[speaker],),
                    None,
                    dated,
                    chance.choice(STANDINGS),  # type: ignore[arg-type]
                    f"statement-{key}",
                    (content,),
                )
            )
            world.events.append((f"event-{key}", w.id, about, speaker, day))
        if place % 4 == 3:
            w.put("\n\n")
    w.blocks.append(Block(body, w.size, "body", "running text"))
    outlet = chance.choice(world.outlets)
    report = Report(
        w.id,
        f"{number:07}.txt",
        w.id[7:].ljust(64, "0"),
        text="".join(w.parts),
        url=f"https://news.example/{number}",
        source=outlet,
        title=title,
        published=Dating(day, day) if chance.random() < 0.85 else Dating(None, day),
        blocks=tuple(w.blocks),
    )
    for actor, key in w.entities.items():
        world.entities[actor].append(key)
        world.identity[key] = f"actor-{actor:08x}"
    world.figures += [(figure.id, figure.unit) for figure in figures]
    world.reports.append((w.id, number, day, outlet, [one.id for one in said]))
    return Reading(
        report,
        entities=tuple(
            Entity(key, w.id, world.names[actor], world.kinds[actor], (world.names[actor],))  # type: ignore[arg-type]
            for actor, key in w.entities.items()
        ),
        mentions=tuple(w.mentions),
        statements=tuple(said),
        events=tuple(done),
        figures=tuple(figures),
    )


def _tail(parts: Sequence[str], size: int) -> str:
    """Return the last characters that were written."""
    found: list[str] = []
    for part in reversed(parts):
        found.append(part)
        size -= len(part)
        if size <= 0:
            break
    return "".join(reversed(found))


def corpus(world: World) -> Corpus:
    """Return what the reports of a world hold together."""
    claims = list(_claims(world))
    origins = _origins(world)
    return Corpus(
        actors=tuple(_actors(world)),
        claims=tuple(claims),
        disputes=tuple(_disputes(world, claims)),
        relations=tuple(_relations(world)),
        stories=tuple(_stories(world)),
        copies=tuple(_copies(world)),
        origins=tuple(origins),
        happenings=tuple(_happenings(world)),
        identity=world.identity,
    )


def _actors(world: World) -> Iterator[Actor]:
    for number, name in enumerate(world.names):
        if world.entities[number]:
            maybe = (f"actor-{number - 7:08x}",) if number % 40 == 39 else ()
            maybe = tuple(key for key in maybe if world.entities[number - 7])
            roles = ()
            if number % 5 == 0 and world.statements:
                span = world.statements[number % len(world.statements)][4]
                roles = (Role("minister", world.outlets[0], When(FIRST, None), (span,)),)
            yield Actor(
                f"actor-{number:08x}",
                name,
                world.kinds[number],  # type: ignore[arg-type]
                (name, name.split()[1]),
                roles=roles,
                entities=tuple(world.entities[number]),
                maybe=maybe,
                doubts=("one is the family name of the other",) * len(maybe),
                why=("the same name",),
            )


def _claims(world: World) -> Iterator[Claim]:
    """Put statements about one actor together, a few at a time."""
    by: dict[int, list[tuple[str, str, Evidence]]] = {}
    number = 0
    for key, _, about, act, content in world.statements:
        group = by.setdefault(about, [])
        group.append((key, act, content))
        if len(group) == 4:
            against = [one for one, act_, _ in group if act_ == "deny"]
            span = group[0][2]
            yield Claim(
                f"claim-{number:010x}",
                span.text,
                (f"actor-{about:08x}",),
                tuple(one for one, _, _ in group if one not in against),
                tuple(against),
                (),
                tuple(sorted({f"origin-{one[10:22]}" for one, _, _ in group})),
                (span,),
            )
            number += 1
            by[about] = []


def _disputes(world: World, claims: Sequence[Claim]) -> Iterator[Dispute]:
    number = 0
    for claim in claims:
        if claim.denied and claim.asserted and number < len(claims) // 8:
            likely = round(0.4 + 0.6 * world.chance.random(), 2)
            statements = (*claim.asserted, *claim.denied)
            yield Dispute(
                f"dispute-{number:010x}",
                "denial",
                claim.id,
                statements,
                (),
                claim.text,
                likely=likely,
            )
            number += 1
    pairs = world.figures[: len(claims) // 20]
    for one, other in zip(pairs[::2], pairs[1::2], strict=False):
        yield Dispute(
            f"dispute-f{number:09x}", "figure", None, (), (one[0], other[0]), "figures", likely=0.6
        )
        number += 1


def _relations(world: World) -> Iterator[Relation]:
    chance, seen = world.chance, set[tuple[int, int, str]]()
    for number, (_key, report, day, _, said) in enumerate(world.reports):
        if number % 3:
            continue
        one, other = world.some(2)
        kind = chance.choice(TIES)
        if one == other or (one, other, kind) in seen:
            continue
        seen.add((one, other, kind))
        held = When(day, day if chance.random() < 0.5 else None)
        span = world.statements[number % len(world.statements)][4]
        how = chance.choice(("told", "asserted", "denied"))
        telling = Telling(span.report, how, held, When(day, day), said[0], "tie", (span,))  # type: ignore[arg-type]
        yield Relation(
            f"relation-{report:010x}",
            f"actor-{one:08x}",
            kind,
            f"actor-{other:08x}",
            held,
            When(day, day),
            how,  # type: ignore[arg-type]
            (),
            (),
            (span,),
            (said[0],),
            (telling,),
        )


def _stories(world: World) -> Iterator[Story]:
    for first in range(0, len(world.reports), 3):
        some = world.reports[first : first + 3]
        days = [one[2] for one in some]
        keys = tuple(sorted(one[0] for one in some))
        yield Story(
            f"story-{first:010x}",
            f"Story {first}",
            keys,
            When(min(days), max(days)),
            "its reports share words",
        )


def _copies(world: World) -> Iterator[Copy]:
    """Tie two reports of every third story by the words of a statement each."""
    for first in range(0, len(world.reports) - 1, 9):
        one, other = world.reports[first], world.reports[first + 1]
        size = len(one[4])
        span = world.statements[first * size][4]
        taken = world.statements[(first + 1) * size][4]
        yield Copy(
            f"copy-{first:010x}",
            one[0],
            other[0],
            "quotation",
            True,
            (Passage(span, taken),),
            "words",
        )


def _origins(world: World) -> list[Origin]:
    """Give each report its own origin; every twentieth names an agency that all of these share."""
    found, shared = [], {}
    for number, (key, _, _, _, said) in enumerate(world.reports):
        span = world.statements[number * len(said)][4]
        if number % 20 == 0:
            group = shared.setdefault(number // 20 % 200, ([], [], span))
            group[0].append(key)
            group[1].extend(said[:2])
            said = said[2:]
        found.append(
            Origin(f"origin-{key[7:]}", f"report {number}", "unknown", (key,), (span,), tuple(said))
        )
    found += [
        Origin(
            f"origin-wire-{number}",
            f"Agency {number}",
            "wire",
            tuple(sorted(reports)),
            (span,),
            tuple(said),
        )
        for number, (reports, said, span) in shared.items()
    ]
    return sorted(found, key=lambda one: one.id)


def _happenings(world: World) -> Iterator[Happening]:
    for number in range(0, len(world.events) - 1, 2):
        some = world.events[number : number + 2]
        days = [one[4] for one in some]
        yield Happening(
            f"happening-{number:010x}",
            "ASSAULT",
            None,
            tuple(one[0] for one in some),
            tuple(sorted({one[1] for one in some})),
            (f"actor-{some[0][2]:08x}",),
            (f"actor-{some[0][3]:08x}",),
            None,
            When(min(days), max(days)),
            (world.chance.choice(STANDINGS),),  # type: ignore[arg-type]
            ("one place",),
        )


def make(path: Path, reports: int, statements: int) -> None:
    """Write a record of so many reports, each with so many statements."""
    world = World.of(max(50, reports // 5))
    store, started = Store(path, create=True), time.perf_counter()
    known = store.known()  # a run that was stopped goes on where it was
    for number in range(reports):
        reading = written(world, number, statements)
        if reading.report.id not in known:
            store.add(reading, lambda _: "invented")
        if number % 5_000 == 0:
            print(f"{number:,} reports, {time.perf_counter() - started:.0f} s", flush=True)
    print(f"all reports, {time.perf_counter() - started:.0f} s", flush=True)
    store.replace_corpus(corpus(world), "invented", lambda _: "invented")
    store.close()
    print(f"done, {time.perf_counter() - started:.0f} s, {path.stat().st_size / 1e9:.1f} GB")


def main() -> None:
    """Make a record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--statements", type=int, default=10, help="in each report")
    asked = parser.parse_args()
    make(asked.record, asked.reports, asked.statements)


if __name__ == "__main__":
    main()
