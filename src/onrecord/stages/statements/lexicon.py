"""The lexicons of this stage, read once: cue verbs and nouns with their acts and frames, hedges."""

import functools
from dataclasses import dataclass
from importlib.resources import files
from typing import cast, get_args

from onrecord.errors import RunError
from onrecord.types import Act


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that says somebody spoke or thought; `frames` are the complements it takes."""

    lemma: str
    pos: str
    act: Act
    voiced: bool
    frames: frozenset[str]

    @property
    def quotes(self) -> bool:
        """Tell whether the cue introduces words in quotation marks."""
        return "quote" in self.frames


def rows(name: str) -> list[list[str]]:
    """Return the fields of each line of a lexicon file, without comments."""
    text = (files("onrecord") / "lexicon" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@functools.cache
def cues(pos: str) -> dict[str, Cue]:
    """Return the cue words of a part of speech ("verb" or "noun") by their lemma.

    Raises `RunError` when the lexicon names an act that does not exist.
    """
    found = {}
    for lemma, part, act, voiced, frames in rows("cues.tsv"):
        if act not in get_args(Act):
            raise RunError(f"unknown act {act!r} of {lemma!r}", file="lexicon/cues.tsv")
        if part == pos:
            found[lemma] = Cue(
                lemma, part, cast(Act, act), voiced == "yes", frozenset(frames.split())
            )
    return found


@functools.cache
def words(name: str) -> frozenset[str]:
    """Return the first field of every line of a lexicon file."""
    return frozenset(line[0] for line in rows(name))


@functools.cache
def speaking_nouns() -> dict[str, str]:
    """Return the nouns for who or what speaks, each with its kind: person, body or document."""
    return {row[0]: row[1] for row in rows("speaking_nouns.tsv")}
