"""What became of what somebody has promised or threatened: the later sentence that tells it.

A promise is laid beside the sentences of later reports that share its telling words or those around
it. Whether one of them tells what became of it, and whether it was kept, is weighed over signs that
can be read: what the two share, how far apart they are, whether its day was over, and words for
what was done, was not done, or lies ahead still.

It does not yet know what nobody tells in so many words: a day that passed in silence.
"""

import functools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources

from onrecord.ids import make_id
from onrecord.parsing import evidence
from onrecord.stages.claims.utterances import stems
from onrecord.stages.claims.utterances import words as lexicon
from onrecord.stages.claims.weighing import band, weighed, weights
from onrecord.types import READ_KINDS, Outcome, Reading, Report, Sequel, Statement

SENTENCE_END = re.compile(r"(?<=[.?!])[\"”’')]*\s+(?=[\"“‘(]?[^\W_a-z])")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?:['’]t)?")
RECALLED = re.compile(r"\bas (?:\S+ ){0,3}(?:had |has |have )?$")
RECALL = 40  # characters before a cue
NUMBER = re.compile(r"\d[\d,.]*")
COMMON = 60  # sentences that may have a word before it brings nothing together
UNKNOWN = 64  # sentences whose words tell what they would in so many, where there are fewer
FEWEST_BITS = 6.0  # bits of shared words without which a sentence is not looked at
MOST = 12  # sentences that are weighed for a promise, those with most in common
LEAST = 0.5  # likelihood from which on a sentence is held to tell what became of a promise
FEWEST = 3  # telling words of a promise
SAME = 0.5  # share of a promise's words from which on what lies ahead is the promise once more
NOT = frozenset({"n't", "n’t"})
NEARLY_ALL = 0.9  # the same of a sentence that speaks of a promise
SHORTEST = 4  # words of a sentence, and letters of a beginning of words
PROMISING = frozenset({"promise", "threaten"})

SHARED = (4.0, 8.0, 12.0, 18.0, 26.0)  # bits at which a new band begins
COVERED = (0.15, 0.3, 0.45, 0.6, 0.75)
DAYS = (3, 31, 120, 400, 900)


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody has undertaken to do: its telling words, those around it, and by what day.

    `places` are where sentences begin that give a promise by their verb.
    """

    statement: Statement
    report: Report
    stems: frozenset[str]
    around: frozenset[str]
    by: frozenset[str]
    numbers: frozenset[str]
    negative: bool
    due: date | None
    places: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report, by its place."""

    report: Report
    start: int
    end: int

    @property
    def stems(self) -> frozenset[str]:
        """Return its telling words."""
        return _stems(self.text)

    @property
    def text(self) -> str:
        """Return its words."""
        return self.report.text[self.start : self.end]


@functools.cache
def _groups() -> Mapping[str, frozenset[str]]:
    text = resources.files("onrecord.lexicon").joinpath("outcomes.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {group: frozenset(found.split()) for group, found in rows}


def outcomes(readings: Sequence[Reading]) -> list[Sequel]:
    """Return what became of the promises and threats of a corpus, sorted by id."""
    made = {}
    for promise, told in paired(readings):
        ranked = [(likelihood(signs), place) for place, (_, signs) in enumerate(told)]
        best, place = max(ranked, key=lambda one: (one[0], -one[1]), default=(0.0, 0))
        if best >= LEAST:
            one = _sequel(promise, *told[place], best)
            made[one.id] = one
    return [made[key] for key in sorted(made)]


def likelihood(signs: frozenset[str]) -> float:
    """Return how likely a sentence with these signs tells what became of a promise."""
    return weighed(signs, weights("outcomes"))


def outcome(signs: frozenset[str]) -> Outcome:
    """Return what became of a promise by the sentence that tells it, where its words say so."""
    is_bad = not signs.isdisjoint({"says broken", "says negative", "says still"})
    is_good = not signs.isdisjoint({"says kept", "says over"})
    unclear = {"says part", "promised not to", "later cannot be told"}
    if is_bad == is_good or not signs.isdisjoint(unclear):
        return "followed"
    if is_bad:
        return "broken"
    return "carried out" if "act threaten" in signs else "kept"


def paired(
    readings: Sequence[Reading],
) -> Iterator[tuple[Promise, list[tuple[Sentence, frozenset[str]]]]]:
    """Yield each promise with the later sentences that may tell its outcome, and their signs."""
    promises = [one for reading in readings for one in promises_of(reading)]
    asked = frozenset().union(*(one.stems | one.around for one in promises))
    given = {(one.report.id, place) for one in promises for place in one.places}
    known = {one.report.id: {_folded(s.text) for s in sentences(one.report)} for one in promises}
    said: list[Sentence] = []
    counts: Counter[str] = Counter()
    holders: dict[str, list[int]] = defaultdict(list)
    total = 0
    for reading in readings if promises else ():
        for one in sentences(reading.report):
            if (one.report.id, one.start) in given:
                continue
            total += 1
            met = one.stems & asked
            for word in met:
                counts[word] += 1
                if counts[word] <= COMMON:
                    holders[word].append(len(said))
                else:
                    holders.pop(word, None)
            if met:
                said.append(one)
    size = max(UNKNOWN, total)
    bits = {word: math.log2(size / max(1, counts[word])) for word in asked}
    for promise in promises:
        # What stood beside the promise already tells nothing of what became of it.
        found = _candidates(promise, said, holders, bits)
        before = known[promise.report.id]
        yield promise, [(one, signs) for one, signs in found if _folded(one.text) not in before]


def promises_of(reading: Reading) -> Iterator[Promise]:
    """Yield what is promised or threatened in a report, in words.

    That is also what somebody says will be done by a day to come.
    """
    report, spoken = reading.report, list[Sentence]()
    for statement in reading.statements:
        spans = statement.content
        first, last = spans[0].start, max(span.end for span in spans)
        content = " ".join(span.text for span in spans)
        times = [time for time in reading.times if first <= time.span.start < last]
        due = max((time.when.latest for time in times if time.when.latest), default=None)
        if (
            not statement.is_likely
            or is_recalled(statement, report.text)
            or not (statement.act in PROMISING or _lies_ahead(statement, content, report, due))
        ):
            continue
        core = stems(content).difference(*(stems(time.span.text) for time in times))
        if len(core) < FEWEST:
            continue
        spoken = spoken or list(sentences(report))
        near = [one for one in spoken if one.start < last and one.end > first]
        yield Promise(
            statement=statement,
            report=report,
            stems=core,
            around=frozenset().union(*(one.stems for one in near)) - core,
            by=stems(statement.speaker.name or ""),
            numbers=frozenset(NUMBER.findall(content)),
            negative="negative" in _says(content),
            due=due,
            places=frozenset(one.start for one in near if statement.act in PROMISING),
        )


def is_recalled(statement: Statement, text: str) -> bool:
    """Tell whether a promise is only recalled beside what was done: "as she had promised"."""
    cues = [cue.start for cue in statement.cue]
    return bool(cues) and RECALLED.search(text, max(0, cues[0] - RECALL), cues[0]) is not None


def _lies_ahead(statement: Statement, content: str, report: Report, due: date | None) -> bool:
    """Tell whether a statement says that something will be by a day after its report."""
    now = report.published.latest
    is_ahead = due is not None and now is not None and due > now
    return statement.act == "say" and is_ahead and "ahead" in _says(content)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


@functools.lru_cache(maxsize=1 << 12)
def _stems(text: str) -> frozenset[str]:
    return stems(text)


def sentences(report: Report) -> Iterator[Sentence]:
    """Yield the sentences of what is read of a report."""
    for block in report.blocks:
        if block.kind not in READ_KINDS:
            continue
        start = block.start
        ends = [*SENTENCE_END.finditer(report.text, block.start, block.end)]
        for end, following in [*((m.start(), m.end()) for m in ends), (block.end, block.end)]:
            words = report.text[start:end]
            if len(words.split()) >= SHORTEST:
                yield Sentence(report, start, end)
            start = following


def _candidates(
    promise: Promise,
    said: Sequence[Sentence],
    holders: Mapping[str, Sequence[int]],
    bits: Mapping[str, float],
) -> Iterator[tuple[Sentence, frozenset[str]]]:
    """Yield the later sentences with most of a promise's words, and their signs."""
    weight: dict[int, float] = defaultdict(float)
    for words, times in ((promise.stems, 2), (promise.around, 1)):
        for word in sorted(words):
            for number in holders.get(word, ()):
                weight[number] += times * bits.get(word, 0.0)
    ranked = sorted((-total, number) for number, total in weight.items() if total >= FEWEST_BITS)
    rank = 0
    for _, number in ranked:
        one = said[number]
        apart = promise.stems.isdisjoint(one.stems)
        if apart or not _is_later(promise, one.report) or _is_repeated(promise, one, bits):
            continue
        yield one, features(promise, one, bits, rank)
        rank += 1
        if rank == MOST:
            return


def _is_later(promise: Promise, report: Report) -> bool:
    """Tell whether a report is another, and not known to be of no later day than the promise's."""
    first, then = promise.report.published.earliest, report.published.latest
    return report.id != promise.report.id and not (first and then and then <= first)


def _is_repeated(promise: Promise, one: Sentence, bits: Mapping[str, float]) -> bool:
    """Tell whether a sentence gives the promise once more."""
    says, share = _says(one.text), _share(promise.stems, one.stems, bits)
    return (share >= SAME and "ahead" in says) or (share >= NEARLY_ALL and "promised" in says)


def _share(some: frozenset[str], others: frozenset[str], bits: Mapping[str, float]) -> float:
    all_ = _bits(some, bits)
    return _bits(some & others, bits) / all_ if all_ else 0.0


def _bits(words: frozenset[str], bits: Mapping[str, float]) -> float:
    """Return what words tell together, the same in whatever order they are gone through."""
    return math.fsum(bits.get(word, 0.0) for word in words)


@functools.lru_cache(maxsize=1 << 12)
def _says(text: str, besides: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the groups of words of which a text has one, besides those with some beginnings."""
    said = (match.group().casefold() for match in WORD.finditer(text))
    own = tuple(word for word in besides if len(word) >= SHORTEST)
    words = {word for word in said if not word.startswith(own)}
    found = {group for group, of in _groups().items() if words & of}
    if not words.isdisjoint(lexicon()["negative"]) or any(w[-3:] in NOT for w in words):
        found.add("negative")
    return frozenset(found)


def features(
    promise: Promise, one: Sentence, bits: Mapping[str, float], rank: int
) -> frozenset[str]:
    """Return the signs of whether a sentence tells what became of a promise."""
    # "Scrapped" breaks no promise to scrap.
    says = _says(one.text, promise.stems)
    shared = _bits(promise.stems & one.stems, bits)
    near = _bits(promise.around & one.stems, bits)
    found = {f"says {group}" for group in says}
    found |= {
        f"act {promise.statement.act}",
        f"bits {band(shared, SHARED)}",
        f"near {band(near, SHARED)}",
        f"covered {band(_share(promise.stems, one.stems, bits), COVERED)}",
        f"rank {min(rank, 4)}",
        *_timed(promise, one),
    }
    if promise.by & one.stems:
        found.add("names who promised")
    if promise.numbers:
        same = promise.numbers & frozenset(NUMBER.findall(one.text))
        found.add("same number" if same else "other numbers")
    if promise.negative:
        found.add("promised not to")
        found |= {f"not & says {group}" for group in says}
    if any(mark in one.text for mark in '“”"'):
        found.add("in quotation marks")
    close = min(3, band(shared, SHARED))
    found |= {f"says {group} & bits {close}" for group in says}
    return frozenset(found)


def _timed(promise: Promise, one: Sentence) -> Iterator[str]:
    first, then = promise.report.published.earliest, one.report.published.earliest
    then = then or one.report.published.latest
    if first and then:
        yield f"later {band((then - first).days, DAYS)}"
    else:
        yield "later cannot be told"
    if promise.due and then:
        yield "after its day" if then >= promise.due else "before its day"
    else:
        yield "no day"


def _sequel(promise: Promise, told: Sentence, signs: frozenset[str], likely: float) -> Sequel:
    spans = promise.statement.content[0], evidence(told.report, told.start, told.end)
    return Sequel(
        id=make_id("sequel", promise.statement.id, told.report.id, told.start),
        kind=outcome(signs),
        first=promise.statement.id,
        then=None,
        evidence=spans,
        why=", ".join(_why(signs)),
        likely=round(likely, 2),
    )


def _why(signs: Iterable[str]) -> Iterator[str]:
    """Yield in words what shows that a sentence tells what became of a promise."""
    when = "in a report of no known day" if "later cannot be told" in signs else "told later"
    yield f"{when}, in words that both have"
    for sign, words in (
        ("names who promised", "naming who gave the word"),
        ("says promised", "speaking of what was promised"),
        ("after its day", "after its day"),
        ("same number", "with the same number"),
        ("says broken", "in words for what was not done"),
        ("says negative", "in the negative"),
    ):
        if sign in signs:
            yield words
