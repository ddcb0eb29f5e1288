"""Accusations answered: who rejects what was laid at their door or said, though in other words."""

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from spacy.lang.en.stop_words import STOP_WORDS

from onrecord.types import Statement

WORD = re.compile(r"[^\W\d_]+")
ENDING = re.compile(r"(?:ings?|ed|es|s|e|ers?|ion|ions)$")
SHORTEST = 3  # letters of a stem; shorter ones are shared by chance
BARE_WORDS = 4
NEAR = 500  # characters: two sentences or so
FEW, RARE = 4, 0.05  # statements of a story that may hold a telling stem, and the share that may
REFERRING = frozenset(
    "it this that them those charge charges claim claims accusation accusations allegation "
    "allegations report reports involvement responsibility wrongdoing complaint complaints".split()
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A denial and the accusation that it answers, by id, with the reason in words."""

    accusation: str
    denial: str
    why: str


@functools.cache
def rejection() -> re.Pattern[str]:
    """Return the pattern of words that reject what somebody else said."""
    text = resources.files("onrecord.lexicon").joinpath("rejections.txt").read_text("utf-8")
    words = [line for line in text.splitlines() if line and not line.startswith("#")]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sides:
    """For each statement by id: whose word it is, of whom it speaks, and its telling words.

    The side is the speaker and whom it speaks for; all are actor ids, words are stems.
    """

    own: Mapping[str, frozenset[str]]
    about: Mapping[str, frozenset[str]]
    stems: Mapping[str, frozenset[str]]


def answers(
    statements: Sequence[Statement], sides: Sides, stories: Mapping[str, str]
) -> Iterator[Answer]:
    """Yield each denial with what it answers; `stories` gives the story of each report.

    In this order: the nearest accusation of the denier's side before it in the same report; one in
    the same story whose accuser it names; for a denial of "it" or "the charge" what another said
    just before; for a denial in words of its own, what shares an actor and a telling word with it.
    """
    by_story: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_story[stories.get(statement.report, statement.report)].append(statement)
    for story in sorted(by_story):
        ordered = sorted(by_story[story], key=lambda s: (s.report, s.content[0].start, s.id))
        telling = _telling(ordered, sides)
        assertions = [s for s in ordered if s.act in ("accuse", "say") and s.speaker.is_told]
        for denial in ordered:
            if _rejects(denial):
                answer = _answer(denial, assertions, sides, telling)
                if answer:
                    yield answer


def stems(statement: Statement, names: frozenset[str]) -> frozenset[str]:
    """Return the telling words of a statement without their endings; `names` are not telling."""
    words = (match.group() for span in statement.content for match in WORD.finditer(span.text))
    folded = (ENDING.sub("", word.casefold()) for word in words if word.casefold() not in names)
    return frozenset(word for word in folded if len(word) >= SHORTEST and word not in STOP_WORDS)


def is_bare(statement: Statement) -> bool:
    """Tell whether what is denied is only referred to: "it", "the charge", "these claims"."""
    words = " ".join(span.text for span in statement.content).casefold().split()
    return len(words) <= BARE_WORDS and bool(words) and words[-1].strip(".,”") in REFERRING


def _rejects(statement: Statement) -> bool:
    if statement.act == "deny":
        return True
    words = " ".join(span.text for span in (*statement.cue, *statement.content))
    return statement.act != "accuse" and bool(rejection().search(words))


def _telling(statements: Sequence[Statement], sides: Sides) -> frozenset[str]:
    """Return the stems that few statements of a story have: sharing one is no chance."""
    count = Counter(stem for statement in statements for stem in sides.stems[statement.id])
    most = max(FEW, int(RARE * len(statements)))
    return frozenset(stem for stem, times in count.items() if times <= most)


def _answer(
    denial: Statement, assertions: Sequence[Statement], sides: Sides, telling: frozenset[str]
) -> Answer | None:
    own, about = sides.own[denial.id], sides.about[denial.id]
    others = [s for s in assertions if s.id != denial.id and not sides.own[s.id] & own]
    charges = [s for s in others if s.act == "accuse" and sides.about[s.id] & own]
    before = [s for s in charges if _before(s, denial)]
    if before:
        return Answer(before[-1].id, denial.id, "rejects the accusation before it")
    named = [s for s in charges if sides.own[s.id] & about]
    if named:
        return Answer(named[0].id, denial.id, "rejects, naming the accuser")
    if denial.act != "deny":
        return None
    if is_bare(denial):
        near = [s for s in others if _before(s, denial) and _gap(s, denial) <= NEAR]
        return Answer(near[-1].id, denial.id, "denies what was said just before") if near else None
    return _by_words(denial, others, sides, telling)


def _by_words(
    denial: Statement, others: Sequence[Statement], sides: Sides, telling: frozenset[str]
) -> Answer | None:
    """Return the answer to what shares an actor and most telling words with a denial."""
    concerned = sides.own[denial.id] | sides.about[denial.id]
    shared = [
        (len(sides.stems[s.id] & sides.stems[denial.id] & telling), s.report == denial.report, s)
        for s in others
        if sides.about[s.id] & concerned
    ]
    best = max(shared, key=lambda item: item[:2], default=None)
    if best is None or best[0] == 0:
        return None
    return Answer(best[2].id, denial.id, "denies it in words of its own")


def _before(one: Statement, other: Statement) -> bool:
    return one.report == other.report and one.content[0].start < other.content[0].start


def _gap(one: Statement, other: Statement) -> int:
    return other.content[0].start - one.content[-1].end
