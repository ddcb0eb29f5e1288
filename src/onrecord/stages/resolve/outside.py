"""What outside registers know, held against the actors of the record.

A candidate that shares a name with an actor may be it. Its key is written to the actor when
something else than the name agrees (the state, a second name), it fits no other actor, and no other
candidate of its register fits the actor; that joins nothing. Two actors that bear names of one
candidate may be one, which only a reviewer can say.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from onrecord.geography import fold
from onrecord.stages.resolve.bundles import BROAD, Bundle
from onrecord.stages.resolve.links import FAIR, Link
from onrecord.types import Candidate

SHORTEST = 3  # letters of a name that says anything


@dataclass(frozen=True, slots=True)
class Match:
    """A bundle that bears a name of a candidate, and in words what else agrees."""

    bundle: Bundle
    candidate: Candidate
    grounds: tuple[str, ...]

    @property
    def why(self) -> str:
        """The grounds in words."""
        one = self.candidate
        named = f"{one.key} ({one.source}, line {one.line}) has this name"
        return " and ".join([named, *self.grounds])


def matches(bundles: dict[str, Bundle], candidates: Iterable[Candidate]) -> list[Match]:
    """Return which bundles bear names of which candidates; each name is looked up once.

    A family name that stands alone in a report is of nobody that a register could tell.
    """
    by_form: dict[str, list[Bundle]] = defaultdict(list)
    for bundle in bundles.values():
        if bundle.broad != "unnamed" and bundle.key.count("|") == 1:
            for form in bundle.forms:
                by_form[form].append(bundle)
    return [
        Match(bundle, candidate, tuple(_agreeing(candidate, bundle)))
        for candidate in sorted(candidates, key=lambda one: (one.key, one.id))
        for bundle in _bearers(candidate, by_form)
    ]


def outside(found: Iterable[Match]) -> Iterator[Link]:
    """Yield the doubts that candidates raise: bundles that bear names of one may be one."""
    bearers: dict[str, dict[str, Match]] = defaultdict(dict)
    for match in found:
        bearers[match.candidate.key][match.bundle.key] = match
    for key, several in sorted(bearers.items()):
        for one, other in pairwise(sorted(several)):
            why = f"both are names of {key} ({several[one].candidate.source})"
            yield Link(one, other, why, FAIR, same=False)


def keys_of(found: Iterable[Match], root_of: dict[str, str]) -> dict[str, list[Match]]:
    """Return by cluster the matches that more than a name speaks for, and that have no rival.

    `root_of` has the cluster of each bundle. A rival is another candidate of the same register that
    fits the cluster, or another cluster that the candidate fits.
    """
    fitting: dict[str, dict[str, Match]] = defaultdict(dict)
    clusters: dict[str, set[str]] = defaultdict(set)
    for match in found:
        if match.grounds:
            root = root_of[match.bundle.key]
            fitting[root].setdefault(match.candidate.key, match)
            clusters[match.candidate.key].add(root)
    told: dict[str, list[Match]] = {}
    for root, several in fitting.items():
        registers = [key.partition(":")[0] for key in several]
        told[root] = [
            match
            for key, match in sorted(several.items())
            if registers.count(key.partition(":")[0]) == 1 and len(clusters[key]) == 1
        ]
    return told


def _bearers(candidate: Candidate, by_form: dict[str, list[Bundle]]) -> list[Bundle]:
    """Return the bundles that bear a name of a candidate and may be of its kind."""
    broad = BROAD.get(candidate.kind, "group")
    found = {
        bundle.key: bundle
        for form in {fold(name) for name in candidate.names}
        if len(form) >= SHORTEST
        for bundle in by_form.get(form, ())
        if bundle.broad == broad or candidate.kind == "unknown"
    }
    return [found[key] for key in sorted(found)]


def _agreeing(candidate: Candidate, bundle: Bundle) -> Iterator[str]:
    """Yield in words what beside one name agrees."""
    common = sorted({fold(name) for name in candidate.names} & bundle.forms)
    # A name and a part of it are one name.
    if any(not set(a.split()) & set(b.split()) for a, b in combinations(common, 2)):
        yield "a second name is the same"
    countries = {entity.country for entity in bundle.entities if entity.country}
    if candidate.country in countries:
        yield f"the state is the same ({candidate.country})"
