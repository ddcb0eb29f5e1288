"""Joins statements and told events across reports into claims and finds where they are disputed.

A claim is keyed by predicate (relation kind or PLOVER type) and actors, or by the same words, or is
a statement and what answers it: what denies, rejects or contradicts it, concedes part of it or
turns it round, or takes it back. Which one answers which is weighed over signs that can be read
(`contradiction`). Beside these it tells what became of promises (`outcomes`). Made anew for the
whole record each time; it does not yet know what answers words of the report itself, or far away
and without a word in common.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.stages.claims.answers import Answer, answers, how_of, withdrawals
from onrecord.stages.claims.disputes import denials, speakers_that_differ
from onrecord.stages.claims.grouping import Group, by_words, claim_of, distinct, grouped, whole
from onrecord.stages.claims.meaning import one_thing
from onrecord.stages.claims.numbers import Setting, figures_that_differ
from onrecord.stages.claims.outcomes import outcomes
from onrecord.stages.claims.propositions import BACKGROUND, propositions
from onrecord.stages.claims.utterances import Sides, Utterance, utterances
from onrecord.stages.claims.words import SameWords, same_words
from onrecord.types import Actor, Claim, Corpus, Dispute, Evidence, Reading, Statement

BARE_WORDS = 4
REFERRING = frozenset(
    "it this that them those charge charges claim claims accusation accusations allegation "
    "allegations report reports involvement responsibility wrongdoing complaint complaints".split()
)


@dataclass(frozen=True, slots=True)
class Said:
    """The statements of a corpus by id, with what tells whom they answer, and their reports."""

    statements: Mapping[str, Statement]
    utterances: Mapping[str, Utterance]
    texts: Mapping[str, str]
    names: frozenset[str]


def claims(corpus: Corpus) -> Corpus:
    """Return the corpus with its claims, disputes and what became of promises, sorted by id.

    Nothing is concluded from statements that are doubtfully read.
    """
    readings = tuple(map(_likely, corpus.readings))
    made, disputes = _concluded(replace(corpus, readings=readings))
    told = sorted((*corpus.sequels, *outcomes(readings)), key=lambda one: one.id)
    return replace(corpus, claims=made, disputes=disputes, sequels=tuple(told))


def _likely(reading: Reading) -> Reading:
    return replace(reading, statements=tuple(s for s in reading.statements if s.is_likely))


def _concluded(corpus: Corpus) -> tuple[tuple[Claim, ...], tuple[Dispute, ...]]:
    stories = {report: story.id for story in corpus.stories for report in story.reports}
    said = _said(corpus, stories)
    same = same_words(list(said.statements.values()), said.names, stories)
    groups = grouped(
        proposition
        for reading in corpus.readings
        for proposition in propositions(
            reading, corpus.identity, stories.get(reading.report.id, reading.report.id)
        )
    )
    _join_same_words(groups, same)
    groups += [*by_words(_left_over(groups, same), said.statements, said.texts)]
    spoken = list(said.utterances.values())
    taken = withdrawals(spoken)
    silent = _taken_back({one.answer for one in taken}, spoken)
    for group in groups:
        for key in silent & (group.asserted.keys() | group.denied.keys()):
            group.asserted.pop(key, None)
            group.denied.pop(key, None)
    told = [one for one in answers(spoken) if silent.isdisjoint((one.first, one.answer))]
    groups += _answered(groups, [*taken, *told], said, silent)
    origins = {s: origin.id for origin in corpus.origins for s in origin.statements}
    made = {c.id: c for group in distinct(groups) if (c := claim_of(group, origins))}
    ordered = tuple(made[key] for key in sorted(made))
    disputes = [
        *denials(ordered, said.statements),
        *figures_that_differ(corpus.readings, setting_of(corpus)),
        *speakers_that_differ(same, said.statements, _names(corpus.actors)),
    ]
    unique = {dispute.id: dispute for dispute in disputes}
    return ordered, tuple(unique[key] for key in sorted(unique))


def setting_of(corpus: Corpus) -> Setting:
    """Return what is known of all reports, as figures are laid beside each other by it."""
    return Setting(
        corpus.identity,
        {report: story.id for story in corpus.stories for report in story.reports},
        {event: one.id for one in corpus.happenings for event in one.events},
    )


def _said(corpus: Corpus, stories: Mapping[str, str]) -> Said:
    sides = Sides(corpus.actors, corpus.identity)
    spoken = [
        one
        for reading in corpus.readings
        for one in utterances(reading, sides, stories.get(reading.report.id, reading.report.id))
    ]
    return Said(
        {one.statement.id: one.statement for one in spoken},
        {one.statement.id: one for one in spoken},
        {reading.report.id: reading.report.text for reading in corpus.readings},
        sides.name_words,
    )


def _join_same_words(groups: list[Group], same: list[SameWords]) -> None:
    """Let a statement in the same words as one of a group stand beside it, on the same side."""
    partners: dict[str, set[str]] = defaultdict(set)
    for words in same:
        for key in words.statements:
            partners[key] |= set(words.statements) - {key}
    for group in groups:
        for side in (group.asserted, group.denied):
            for key in sorted(side):
                for partner in sorted(partners[key]):
                    if partner not in group.asserted and partner not in group.denied:
                        side[partner] = side[key]
                        group.why.append("the same words in another report")


def _left_over(groups: list[Group], same: list[SameWords]) -> list[SameWords]:
    """Return the sets of same words that no group holds already."""
    held = {key for group in groups for key in (*group.asserted, *group.denied)}
    return [words for words in same if not held & set(words.statements)]


def _taken_back(keys: set[str], spoken: Sequence[Utterance]) -> set[str]:
    """Return the statements that take something back, and those read from the same words.

    "Withdrew his charge that" puts nothing forward.
    """
    by_report: dict[str, list[Utterance]] = defaultdict(list)
    for one in spoken:
        if one.statement.id in keys:
            by_report[one.statement.report].append(one)
    return {
        one.statement.id
        for one in spoken
        for other in by_report[one.statement.report]
        if one.start < other.end and one.end > other.start
    }


def _answered(
    groups: list[Group], found: Sequence[Answer], said: Said, silent: Container[str]
) -> list[Group]:
    """Put each answer into the groups of what it answers; return groups for what has none yet.

    What is charged, or denied without anybody who puts it forward, is a claim by itself; what is
    `silent` is none.
    """
    holding = _holding(groups)
    made: dict[str, Group] = {}
    # Of statements that put forward one thing in other words, the first by id stands for all.
    same = {key: group[0] for group in one_thing(list(said.utterances.values())) for key in group}

    def lone(key: str, predicate: str, *, denied: bool) -> None:
        group = made.setdefault(same.get(key, key), Group(predicate, ()))
        if group.asserted or group.denied:
            group.why.append("one thing in other words")
        side = group.denied if denied else group.asserted
        side[key] = whole(said.statements[key], said.texts[said.statements[key].report])
        holding[key].append(group)

    first = {answer.first for answer in found}
    answering = {answer.answer for answer in found}
    for key, statement in sorted(said.statements.items()):
        open_charge = statement.act == "accuse" and key not in silent
        if key not in holding and (open_charge or key in first):
            lone(key, "accusation" if statement.act == "accuse" else "statement", denied=False)
    for key, answers_ in _by_answer(found).items():
        _put(answers_, holding, said.statements[key])
    for key, statement in sorted(said.statements.items()):
        open_denial = statement.act == "deny" and key not in holding and key not in answering
        if open_denial and not is_bare(statement):
            lone(key, "denial", denied=True)
    return [made[key] for key in sorted(made)]


def _by_answer(found: Iterable[Answer]) -> dict[str, list[Answer]]:
    kept: dict[str, list[Answer]] = defaultdict(list)
    for one in found:
        kept[one.answer].append(one)
    return kept


def _put(
    found: Sequence[Answer], holding: Mapping[str, Sequence[Group]], statement: Statement
) -> None:
    """Put an answer into the group that holds what it likeliest answers, and the rest beside it.

    Of several groups it is the one that is contested already, else the most asserted. What else
    it answers, on the same side, stands there too, since it is answered by the same words.
    """
    best, key = found[0], statement.id
    group = min(
        holding[best.first],
        key=lambda g: (key not in g.denied, not g.denied, -len(g.asserted), g.about),
    )
    if key in group.asserted or key in group.denied:
        return
    against = best.first in group.asserted
    side, other = (group.denied, group.asserted) if against else (group.asserted, group.denied)
    side[key] = statement.content[0]
    group.links[key] = (best.how, best.why, round(best.likely, 2))
    group.why.append(best.why)
    for more in found[1:]:
        if more.first not in group.asserted and more.first not in group.denied:
            other[more.first] = next(iter(_words_in(holding[more.first], more.first)))


def _words_in(groups: Iterable[Group], key: str) -> Iterator[Evidence]:
    for group in groups:
        for side in (group.asserted, group.denied):
            if key in side:
                yield side[key]


def is_bare(statement: Statement) -> bool:
    """Tell whether what is denied is only referred to: "it", "the charge", "these claims"."""
    words = " ".join(span.text for span in statement.content).casefold().split()
    return len(words) <= BARE_WORDS and bool(words) and words[-1].strip(".,”") in REFERRING


def _holding(groups: Iterable[Group]) -> dict[str, list[Group]]:
    """Return the groups that each statement is part of by what it puts forward or denies."""
    holding: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        for key in (*group.asserted, *group.denied) if group.predicate not in BACKGROUND else ():
            holding[key].append(group)
    return holding


def _names(actors: tuple[Actor, ...]) -> dict[str, frozenset[str]]:
    names = {}
    for actor in actors:
        folded = frozenset(name.casefold() for name in (actor.name, *actor.names))
        for entity in actor.entities:
            names[entity] = folded
    return names


__all__ = ["Claim", "claims", "how_of"]
