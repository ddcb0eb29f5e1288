"""Claims and relations for ten thousand, a hundred thousand and a million statements.

    python benchmarks/claims_scale.py 10000 100000 1000000

The dossiers written for this project are read once; each further copy of them is another world: its
names and two in three of its longer words are written in other letters of the same number, so that
nothing but common words is shared between worlds. Reading is in none of the times. Memory is the
largest resident set so far.
"""

import functools
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.run import read_reports
from onrecord.settings import Settings
from onrecord.spread import uncollected
from onrecord.stages.claims import claims
from onrecord.stages.copies import copies
from onrecord.stages.happenings import happenings
from onrecord.stages.read import read
from onrecord.stages.relations import relations
from onrecord.stages.resolve import resolve
from onrecord.stages.stories import stories
from onrecord.types import Corpus, Evidence, Report

DOSSIERS = Path(__file__).resolve().parents[1] / "training" / "labelled" / "dossiers"
WORD = re.compile(r"[A-Za-z]{5,}")
KEPT = 3  # of so many longer words one is the same in all worlds
MERGED = (
    "readings",
    "origins",
    "actors",
    "stories",
    "happenings",
)


def read_dossiers() -> list[Corpus]:
    """Return the dossiers as all stages before claims leave them."""
    settings = Settings()
    made = []
    for folder in sorted(DOSSIERS.glob("train*")):
        readings = read_reports(read([folder / "reports"], settings), settings)
        ordered = tuple(sorted(readings, key=lambda reading: reading.report.id))
        made.append(happenings(resolve(stories(copies(Corpus(readings=ordered))))))
    return made


def world(corpus: Corpus, number: int) -> Corpus:
    """Return a corpus of another world: other ids, names and words, the same offsets."""

    @functools.cache
    def word(found: str) -> str:
        digest = blake2b(found.lower().encode(), digest_size=2, salt=b"words").digest()
        if digest[0] % KEPT == 0:
            return found
        turn = 1 + blake2b(f"{number} {found.lower()}".encode(), digest_size=2).digest()[0] % 25
        return "".join(_turned(letter, turn) for letter in found)

    def words(text: str) -> str:
        return WORD.sub(lambda match: word(match.group()), text)

    @functools.cache
    def key(found: str) -> str:
        return f"{found}-{number}"

    return _moved(corpus, words, key)


def _turned(letter: str, turn: int) -> str:
    base = ord("A") if letter.isupper() else ord("a")
    return chr(base + (ord(letter) - base + turn) % 26)


IDS = re.compile(r"[a-z]+-[0-9a-f]{16}")


def _moved(value: Any, words: Callable[[str], str], key: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return key(value) if IDS.fullmatch(value) else value
    if isinstance(value, Evidence):
        return Evidence(key(value.report), value.start, value.end, words(value.text))
    if isinstance(value, Report):
        return replace(value, id=key(value.id), text=words(value.text))
    if isinstance(value, tuple):
        return tuple(_moved(part, words, key) for part in value)
    if isinstance(value, dict):
        return {_moved(a, words, key): _moved(b, words, key) for a, b in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        named = {"name", "names", "of", "title"}
        changed = {}
        for field in fields(value):
            old = getattr(value, field.name)
            if field.name in named and isinstance(old, str):
                changed[field.name] = words(old)
            elif field.name == "names" and isinstance(old, tuple):
                changed[field.name] = tuple(map(words, old))
            else:
                changed[field.name] = _moved(old, words, key)
        return type(value)(**changed)
    return value


def worlds(base: list[Corpus], statements: int) -> Corpus:
    """Return a corpus of so many statements."""
    parts: list[Corpus] = []
    for number, corpus in _numbered(base):
        if statements <= 0:
            break
        parts.append(world(corpus, number))
        statements -= sum(len(reading.statements) for reading in corpus.readings)
    merged = {
        name: tuple(sorted((x for part in parts for x in getattr(part, name)), key=_id))
        for name in MERGED
    }
    identity = {entity: actor for part in parts for entity, actor in part.identity.items()}
    return replace(Corpus(), **merged, identity=identity)


def _id(noun: Any) -> str:
    found: str = noun.report.id if hasattr(noun, "report") else noun.id
    return found


def _numbered(base: list[Corpus]) -> Iterator[tuple[int, Corpus]]:
    number = 0
    while True:
        for corpus in base:
            yield number, corpus
            number += 1


def main() -> None:
    """Print seconds, memory and the growth exponent."""
    counts = [int(count) for count in sys.argv[1:]] or [10_000, 100_000]
    base = read_dossiers()
    times = []
    for count in counts:
        corpus = worlds(base, count)
        given = sum(len(reading.statements) for reading in corpus.readings)
        started = time.perf_counter()
        with uncollected():
            claimed = claims(corpus)
            middle = time.perf_counter()
            done = relations(claimed)
        seconds = time.perf_counter() - started
        times.append((given, seconds))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"{given:>9,} statements: {seconds:7.1f} s: claims {middle - started:.1f}, relations "
            f"{seconds - (middle - started):.1f}; {len(done.claims):,} claims, "
            f"{len(done.disputes):,} disputes, {len(done.relations):,} relations; {memory:.1f} GB",
            flush=True,
        )
        del corpus, claimed, done
    if len(times) > 1:
        sizes, seconds_ = np.log(np.array(times)).T
        print(f"exponent {np.polyfit(sizes, seconds_, 1)[0]:.2f}")


if __name__ == "__main__":
    main()
