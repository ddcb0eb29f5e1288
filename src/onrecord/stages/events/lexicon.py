"""The event lexicon: patterns of triggers, the forms that they appear in, and governing words."""

import functools
from collections import defaultdict
from dataclasses import dataclass
from importlib import resources
from typing import Literal

Part = Literal["verb", "noun", "adj"]
PARTS: dict[str, Part] = {"verb": "verb", "noun": "noun", "adj": "adj"}
EVENTS = "plover.tsv"
FIGURATIVE = "plover_figures_of_speech.tsv"
VOWELS = "aeiou"
# Verbs of one stressed syllable or with stress on the last double their consonant.
DOUBLING = frozenset(
    "ban bar beg bomb-rig club cut deter expel flog gun kidnap nab pin plan quit rebut rebuff rob "
    "rip set slam slap stab stop swap trim whip propel repel compel permit admit commit rebel "
    "patrol scrap slip drop blog repatrol hit let put run shut sit shun pun".split()
) | frozenset({"clap", "chat", "nod", "drag", "mob", "tap", "rap", "wrap", "strip", "dub", "omit"})


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that must stand beside a trigger: `kind` of it, and the words that will do."""

    kind: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A line of the lexicon: what makes an event of which type, and where its roles stand."""

    event: str
    mode: str | None
    part: Part
    lemma: str
    needs: tuple[Need, ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A lemma that a printed form can stand for; `past` where it can be a past form."""

    part: Part
    lemma: str
    past: bool


def rows(name: str) -> list[list[str]]:
    """Return the rows of a lexicon file, without its comments."""
    text = resources.files("onrecord.lexicon").joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@functools.cache
def noun_classes() -> dict[str, frozenset[str]]:
    """Return the classes of nouns that patterns name with @."""
    return {name: frozenset(words.split()) for name, words in rows("plover_nouns.tsv")}


@functools.cache
def patterns(name: str = EVENTS) -> dict[tuple[Part, str], tuple[Pattern, ...]]:
    """Return the patterns of each trigger in a lexicon, the ones that need something first."""
    found: dict[tuple[Part, str], list[Pattern]] = defaultdict(list)
    for event, mode, part, lemmas, needs, actor, recipient in rows(name):
        if part not in PARTS:
            continue
        for lemma in lemmas.split():
            found[PARTS[part], lemma].append(
                Pattern(
                    event,
                    None if mode == "-" else mode,
                    PARTS[part],
                    lemma,
                    _needs(needs),
                    _slots(actor),
                    _slots(recipient),
                )
            )
    return {key: tuple(sorted(lines, key=_generality)) for key, lines in found.items()}


def _generality(pattern: Pattern) -> int:
    """Rank a pattern: words needed before mere syntax, and that before nothing needed."""
    if not pattern.needs:
        return 2
    return 0 if any(need.words for need in pattern.needs) else 1


def _needs(column: str) -> tuple[Need, ...]:
    found = []
    for piece in column.split() if column != "-" else ():
        kind, _, words = piece.partition("=")
        found.append(Need(kind, _expand(words)))
    return tuple(found)


def _expand(words: str) -> frozenset[str]:
    expanded: set[str] = set()
    for word in filter(None, words.split(",")):
        expanded |= noun_classes()[word[1:]] if word.startswith("@") else {word}
    return frozenset(expanded)


def _slots(column: str) -> tuple[str, ...]:
    return () if column == "-" else tuple(column.split(","))


@functools.cache
def forms(name: str = EVENTS) -> dict[str, tuple[Form, ...]]:
    """Return what each printed form, in lower case, can be a form of in a lexicon."""
    irregular = {lemma: words.split() for lemma, words in rows("irregular_verbs.tsv")}
    found: dict[str, list[Form]] = defaultdict(list)
    for part, lemma in sorted(patterns(name)):
        if part == "verb":
            pasts = irregular.get(lemma, [_past(lemma)])
            pasts = [*pasts, *_british(lemma, "ed")]
            for form in {lemma, _plural(lemma), _gerund(lemma), *_british(lemma, "ing"), *pasts}:
                found[form].append(Form(part, lemma, form in pasts))
        else:
            for form in {lemma, _plural(lemma)} if part == "noun" else {lemma}:
                found[form].append(Form(part, lemma, past=False))
    return {form: tuple(readings) for form, readings in found.items()}


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2] not in VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word == "go" or word == "veto" else "s")


def _past(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2] not in VOWELS:
        return word[:-1] + "ied"
    return _doubled(word) + "ed"


def _gerund(word: str) -> str:
    if word.endswith("e") and not word.endswith(("ee", "ye", "oe")):
        return word[:-1] + "ing"
    return _doubled(word) + "ing"


def _british(word: str, ending: str) -> list[str]:
    """Return the form with the l that British spelling doubles ("labelled")."""
    return [f"{word}l{ending}"] if word.endswith(("el", "al", "il", "ol")) else []


def _doubled(word: str) -> str:
    return word + word[-1] if word in DOUBLING else word


@functools.cache
def governors() -> dict[str, frozenset[str]]:
    """Return the effects that each governing word can have on the happening in its complement."""
    found: dict[str, set[str]] = defaultdict(set)
    for effect, lemmas in rows("plover_governors.tsv"):
        for lemma in lemmas.split():
            found[lemma].add(effect)
    return {lemma: frozenset(effects) for lemma, effects in found.items()}


@functools.cache
def figurative() -> dict[str, frozenset[str]]:
    """Return the words that make a word for a deed a figure of speech, by kind."""
    return {kind: frozenset(words.split()) for kind, words in rows(FIGURATIVE)}


@functools.cache
def mode_words() -> dict[str, tuple[int, str]]:
    """Return the rank and mode that a word of the clause gives to an assault."""
    return {
        word: (rank, mode)
        for rank, (mode, words) in enumerate(rows("plover_modes.tsv"))
        for word in words.split()
    }
