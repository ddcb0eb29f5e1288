"""Joins statements and told events across reports into claims and finds where they are disputed.

A claim is keyed by predicate (relation kind or PLOVER type) and actors, or by the same words, or is
an accusation and what answers it. It does not yet compare by meaning, so that two wordings without
a common predicate stay two claims; concessions, withdrawals and partial denials are not told apart
from assertions and denials. Made anew for the whole record each time.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from onrecord.stages.claims.answers import Answer, answers
from onrecord.stages.claims.disputes import denials, figures_that_differ, speakers_that_differ
from onrecord.stages.claims.grouping import Group, by_words, claim_of, grouped
from onrecord.stages.claims.propositions import BACKGROUND, propositions
from onrecord.stages.claims.words import SameWords, same_words
from onrecord.types import Actor, Claim, Corpus, Statement


def claims(corpus: Corpus) -> Corpus:
    """Return the corpus with its claims and disputes, both sorted by id."""
    stories = {report: story.id for story in corpus.stories for report in story.reports}
    statements = {s.id: s for reading in corpus.readings for s in reading.statements}
    found = [
        proposition
        for reading in corpus.readings
        for proposition in propositions(
            reading, corpus.identity, stories.get(reading.report.id, reading.report.id)
        )
    ]
    same = same_words(list(statements.values()))
    groups = grouped(found)
    _join_same_words(groups, same)
    answered = _answered(corpus, statements, stories)
    groups += [*by_words(_left_over(groups, same), statements)]
    groups += _charges(groups, answered, statements)
    origins = {s: origin.id for origin in corpus.origins for s in origin.statements}
    made = {c.id: c for group in groups if (c := claim_of(group, origins))}
    ordered = tuple(made[key] for key in sorted(made))
    disputes = [
        *denials(ordered, statements),
        *figures_that_differ(corpus.readings, stories),
        *speakers_that_differ(same, statements, _names(corpus.actors)),
    ]
    unique = {dispute.id: dispute for dispute in disputes}
    return replace(corpus, claims=ordered, disputes=tuple(unique[key] for key in sorted(unique)))


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


def _answered(
    corpus: Corpus, statements: Mapping[str, Statement], stories: Mapping[str, str]
) -> list[Answer]:
    by_name: dict[str, set[str]] = defaultdict(set)
    for actor in corpus.actors:
        for name in (actor.name, *actor.names):
            by_name[name.casefold()].add(actor.id)
    sides, about = {}, {}
    for key, statement in statements.items():
        own = {corpus.identity.get(statement.speaker.actor or "", statement.speaker.actor or "")}
        for_whom = by_name.get((statement.speaker.represents or "").casefold(), set())
        sides[key] = frozenset((own | for_whom) - {""})
        about[key] = frozenset(corpus.identity.get(e, e) for e in statement.about)
    return list(answers(list(statements.values()), sides, about, stories))


def _charges(
    groups: list[Group], answered: list[Answer], statements: Mapping[str, Statement]
) -> list[Group]:
    """Put each answer into the groups of its accusation; return a group for those without one."""
    holding: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        for key in (*group.asserted, *group.denied) if group.predicate not in BACKGROUND else ():
            holding[key].append(group)
    made: dict[str, Group] = {}
    for key in sorted(k for k, s in statements.items() if s.act == "accuse" and k not in holding):
        group = made[key] = Group("accusation", ())
        group.asserted[key] = statements[key].content[0]
        holding[key] = [group]
    for answer in answered:
        for group in holding[answer.accusation]:
            if answer.denial not in group.asserted and answer.denial not in group.denied:
                group.denied[answer.denial] = statements[answer.denial].content[0]
                group.why.append(answer.why)
    for key in sorted(k for k, s in statements.items() if s.act == "deny" and k not in holding):
        if not any(key in group.denied for group in made.values()):
            group = made[key] = Group("denial", ())
            group.denied[key] = statements[key].content[0]
    return [made[key] for key in sorted(made)]


def _names(actors: tuple[Actor, ...]) -> dict[str, frozenset[str]]:
    names = {}
    for actor in actors:
        folded = frozenset(name.casefold() for name in (actor.name, *actor.names))
        for entity in actor.entities:
            names[entity] = folded
    return names


__all__ = ["Claim", "claims"]
