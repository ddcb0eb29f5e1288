"""Joins statements and told events across reports into claims and finds where they are disputed.

A claim is keyed by predicate (relation kind or PLOVER type) and actors, or by the same words, or is
an accusation and what answers it. It does not yet compare by meaning, so that two wordings without
a common predicate stay two claims; concessions, withdrawals and partial denials are not told apart
from assertions and denials. Made anew for the whole record each time.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from onrecord.stages.claims.answers import Answer, Sides, answers, is_bare, stems
from onrecord.stages.claims.disputes import denials, figures_that_differ, speakers_that_differ
from onrecord.stages.claims.grouping import Group, by_words, claim_of, distinct, grouped, whole
from onrecord.stages.claims.propositions import BACKGROUND, propositions
from onrecord.stages.claims.words import SameWords, same_words
from onrecord.types import Actor, Claim, Corpus, Dispute, Reading, Statement


def claims(corpus: Corpus) -> Corpus:
    """Return the corpus with its claims and disputes, both sorted by id.

    Nothing is concluded from statements that are doubtfully read.
    """
    made, disputes = _concluded(replace(corpus, readings=tuple(map(_likely, corpus.readings))))
    return replace(corpus, claims=made, disputes=disputes)


def _likely(reading: Reading) -> Reading:
    return replace(reading, statements=tuple(s for s in reading.statements if s.is_likely))


def _concluded(corpus: Corpus) -> tuple[tuple[Claim, ...], tuple[Dispute, ...]]:
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
    texts = {reading.report.id: reading.report.text for reading in corpus.readings}
    groups += [*by_words(_left_over(groups, same), statements, texts)]
    groups += _charges(groups, answered, statements, texts)
    origins = {s: origin.id for origin in corpus.origins for s in origin.statements}
    made = {c.id: c for group in distinct(groups) if (c := claim_of(group, origins))}
    ordered = tuple(made[key] for key in sorted(made))
    disputes = [
        *denials(ordered, statements),
        *figures_that_differ(corpus.readings, stories, corpus.identity),
        *speakers_that_differ(same, statements, _names(corpus.actors)),
    ]
    unique = {dispute.id: dispute for dispute in disputes}
    return ordered, tuple(unique[key] for key in sorted(unique))


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
    names = frozenset(word for name in by_name for word in name.split())
    own, about = {}, {}
    for key, statement in statements.items():
        speaker = statement.speaker
        side = {corpus.identity.get(speaker.actor or "", speaker.actor or "")}
        side |= by_name.get((speaker.represents or "").casefold(), set())
        own[key] = frozenset(side - {""})
        about[key] = frozenset(corpus.identity.get(e, e) for e in statement.about)
    telling = {key: stems(statement, names) for key, statement in statements.items()}
    return list(answers(list(statements.values()), Sides(own, about, telling), stories))


def _charges(
    groups: list[Group],
    answered: list[Answer],
    statements: Mapping[str, Statement],
    texts: Mapping[str, str],
) -> list[Group]:
    """Put each answer into the groups of what it answers; return groups for what has none yet."""
    holding = _holding(groups)
    made: dict[str, Group] = {}

    def lone(key: str, predicate: str) -> Group:
        statement = statements[key]
        group = made[key] = Group(predicate, ())
        side = group.denied if statement.act == "deny" else group.asserted
        side[key] = whole(statement, texts[statement.report])
        holding[key].append(group)
        return group

    answers_of = {answer.accusation for answer in answered}
    for key in sorted(statements):
        if key not in holding and (statements[key].act == "accuse" or key in answers_of):
            lone(key, "accusation" if statements[key].act == "accuse" else "statement")
    for answer in answered:
        # One denial answers one claim: the one that is contested already, else the most asserted.
        group = min(
            holding[answer.accusation],
            key=lambda g: (answer.denial not in g.denied, not g.denied, -len(g.asserted), g.about),
        )
        if answer.denial not in group.asserted and answer.denial not in group.denied:
            group.denied[answer.denial] = statements[answer.denial].content[0]
            group.why.append(answer.why)
    answering = {answer.denial for answer in answered}
    for key in sorted(statements):
        open_denial = statements[key].act == "deny" and key not in holding and key not in answering
        if open_denial and not is_bare(statements[key]):
            lone(key, "denial")
    return [made[key] for key in sorted(made)]


def _holding(groups: list[Group]) -> dict[str, list[Group]]:
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


__all__ = ["Claim", "claims"]
