"""The three kinds of dispute: a claim denied, figures that differ, one quotation of two."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from onrecord.ids import make_id
from onrecord.stages.claims.words import SameWords
from onrecord.stages.copies.differences import called
from onrecord.types import Claim, Dispute, Statement


def denials(claims: Sequence[Claim], statements: Mapping[str, Statement]) -> Iterator[Dispute]:
    """Yield a dispute for each claim that is both put forward, or told, and denied by another."""
    for claim in claims:
        if not claim.denied or not (claim.asserted or claim.told):
            continue
        for_it = {_speaker(statements[key]) for key in claim.asserted}
        against = {_speaker(statements[key]) for key in claim.denied}
        if for_it and for_it == against:
            continue
        keys = (*claim.asserted, *claim.denied)
        yield Dispute(
            id=make_id("dispute", "denial", claim.id),
            kind="denial",
            claim=claim.id,
            statements=keys,
            figures=(),
            text=claim.text,
            why=claim.why or "one side puts it forward, another denies it",
            likely=max(link.likely for link in claim.links if link.side == "against"),
        )


def _speaker(statement: Statement) -> str:
    told = statement.speaker.name.casefold() if statement.speaker.is_told else statement.id
    return statement.speaker.actor or told


def speakers_that_differ(
    same: Iterable[SameWords],
    statements: Mapping[str, Statement],
    names: Mapping[str, frozenset[str]],
) -> Iterator[Dispute]:
    """Yield a dispute for each set of statements in the same words given to different speakers.

    `names` gives the names of each actor; a surname and its full name are one speaker.
    """
    for words in same:
        group = [statements[key] for key in words.statements]
        quoted = [s for s in group if s.mode == "direct" and s.source and s.speaker.is_told]
        speakers = {_speaker(s): s for s in quoted}
        apart = [pair for pair in combinations(sorted(speakers), 2) if _two(pair, speakers, names)]
        if apart:
            printed = dict.fromkeys(s.speaker.name for s in quoted)
            yield Dispute(
                id=make_id("dispute", "speaker", words.statements),
                kind="speaker",
                claim=None,
                statements=words.statements,
                figures=(),
                text=" ".join(quoted[0].content[0].text.split()),
                why="the same words are given to " + " and to ".join(printed),
            )


def _two(
    pair: tuple[str, str],
    speakers: Mapping[str, Statement],
    names: Mapping[str, frozenset[str]],
) -> bool:
    """Tell whether two keys of speakers can't be one speaker.

    A name and a description may well be; two descriptions are two speakers when what they call
    the speaker (the last word of the first noun phrase) differs.
    """
    one, other = (speakers[key] for key in pair)
    if one.speaker.unnamed != other.speaker.unnamed:
        return False
    if one.speaker.unnamed:
        return called(one.speaker.name) != called(other.speaker.name)
    ours, theirs = (
        {speakers[key].speaker.name.casefold(), *names.get(key, frozenset())} for key in pair
    )
    return not any(
        set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split())
        for a in ours
        for b in theirs
    )
