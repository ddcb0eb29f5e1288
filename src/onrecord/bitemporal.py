"""Relations on two time lines, when they held and when reports told of it; what was known by a day.

What holds is gathered from the tellings of single reports, so that a relation can be given as it
stood in what was published by a day; so can claims and disputes, from their statements.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from onrecord.intervals import differ, sort_key
from onrecord.types import (
    Claim,
    Dispute,
    Figure,
    Relation,
    RelationStatus,
    Statement,
    Telling,
    When,
)


def as_known(relation: Relation, day: date) -> Relation | None:
    """Return a relation as reports told of it that may have been published by a day, else None."""
    kept = tuple(t for t in relation.tellings if (t.reported.earliest or day) <= day)
    return gathered(relation, kept) if kept else None


@dataclass(frozen=True, slots=True)
class Known:
    """What stands in reports that may have been published by a day.

    `statements` and `figures` are by id, `events` and `origins` ids; the origins are those that any
    of the statements rests on.
    """

    reports: frozenset[str]
    statements: Mapping[str, Statement]
    events: frozenset[str]
    figures: Mapping[str, Figure]
    origins: frozenset[str]

    def claim(self, claim: Claim) -> Claim | None:
        """Return a claim with what was known of it, None if nobody had put it forward or denied.

        It is in words that had been printed.
        """
        asserted, denied = self._said(claim.asserted), self._said(claim.denied)
        told = tuple(key for key in claim.told if key in self.events)
        words = tuple(span for span in claim.evidence if span.report in self.reports)
        if not words:
            first = next((self.statements[key] for key in (*asserted, *denied)), None)
            words = first.content[:1] if first else ()
        if not words or not (asserted or denied or told):
            return None
        return replace(
            claim,
            text=claim.text if words == claim.evidence else " ".join(words[0].text.split()),
            asserted=asserted,
            denied=denied,
            told=told,
            origins=tuple(key for key in claim.origins if key in self.origins),
            evidence=words,
            links=tuple(link for link in claim.links if link.statement in self.statements),
        )

    def dispute(self, dispute: Dispute, claim: Claim | None) -> Dispute | None:
        """Return a dispute with what was known of it, None while it had one side.

        `claim` is what is disputed, if it is one.
        """
        known = replace(
            dispute,
            statements=self._said(dispute.statements),
            figures=tuple(key for key in dispute.figures if key in self.figures),
        )
        if dispute.claim:
            left = self.claim(claim) if claim else None
            sides = left and left.denied and (left.asserted or left.told)
            return replace(known, text=left.text) if left and sides else None
        if dispute.kind == "figure":
            return self._figures(known)
        names = dict.fromkeys(self.statements[key].speaker.name for key in known.statements)
        why = "the same words are given to " + " and to ".join(names)
        return replace(known, why=why) if len(names) > 1 else None

    def _figures(self, dispute: Dispute) -> Dispute | None:
        """Return a dispute of figures if two of those that were known can't both hold."""
        figures = [self.figures[key] for key in dispute.figures]
        if not any(differ(one, other) for one, other in combinations(figures, 2)):
            return None
        texts = dict.fromkeys(" ".join(figure.span.text.split()) for figure in figures)
        return replace(dispute, text=" / ".join(texts))

    def _said(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(key for key in keys if key in self.statements)


def gathered(relation: Relation, tellings: Sequence[Telling]) -> Relation:
    """Return a relation with what its tellings come to: when, how it stands, and its words."""
    ordered = tuple(sorted(tellings, key=lambda t: (t.report, t.evidence, t.by)))
    return replace(
        relation,
        held=held(ordered),
        reported=_spanned([telling.reported for telling in ordered]),
        status=status(ordered),
        evidence=tuple(
            sorted({span for t in ordered if t.statement is None for span in t.evidence})
        ),
        statements=tuple(sorted({t.statement for t in ordered if t.statement})),
        tellings=ordered,
    )


def by_time(tellings: Iterable[Telling]) -> list[Telling]:
    """Return tellings in the order in which reports were published, those undated last."""
    return sorted(tellings, key=lambda telling: (sort_key(telling.reported), telling.report))


def status(tellings: Iterable[Telling]) -> RelationStatus:
    """Return how a relation stands by what reports tell, assert or deny."""
    hows = {telling.how for telling in tellings}
    if "denied" in hows:
        return "disputed" if len(hows) > 1 else "denied"
    return "told" if "told" in hows else "asserted"


def held(tellings: Sequence[Telling]) -> When:
    """Return when a relation held: from the first day told of to the last.

    It has no end where a later report says that it held since a day, and names no end.
    """
    known = [telling for telling in tellings if telling.how != "denied"] or list(tellings)
    starts = [t.held.earliest for t in known if t.held.earliest]
    ends = [t.held.latest for t in known if t.held.latest]
    end = max(ends, default=None)
    since = [t.reported for t in known if t.held.earliest and t.held.latest is None]
    if end and any(when.latest is None or when.latest > end for when in since):
        end = None
    return When(min(starts, default=None), end)


def _spanned(whens: Sequence[When]) -> When:
    """Return the interval from the earliest to the latest, open where any of them is."""
    return When(
        _end([when.earliest for when in whens], min), _end([when.latest for when in whens], max)
    )


def _end(days: Sequence[date | None], choose: Callable[[Iterable[date]], date]) -> date | None:
    known = [day for day in days if day]
    return choose(known) if known and len(known) == len(days) else None
