"""What outside registers know, held against the actors of the record.

A candidate that shares a name with an actor may be it, and is said to be when something else than
the name agrees (the state, an office, a second name) and no other actor or candidate fits as well.
Two actors that bear names of one candidate may be one; a name alone joins nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from onrecord.geography import fold
from onrecord.stages.resolve.bundles import BROAD, Bundle
from onrecord.stages.resolve.links import FAIR, Link
from onrecord.types import Candidate

SHORTEST = 3  # letters of a name that says anything


def outside(bundles: dict[str, Bundle], candidates: Iterable[Candidate]) -> Iterator[Link]:
    """Yield links from bundles to candidates, by their keys, and between bundles of one candidate.

    Linear in the names of both: each name is looked up once.
    """
    by_form: dict[str, list[Bundle]] = defaultdict(list)
    for bundle in bundles.values():
        if bundle.broad != "unnamed":
            for form in bundle.forms:
                by_form[form].append(bundle)
    meant: dict[str, list[tuple[Candidate, list[str]]]] = defaultdict(list)
    for candidate in sorted(candidates, key=lambda one: one.id):
        for bundle in _bearers(candidate, by_form):
            meant[bundle.key].append((candidate, _agreeing(candidate, bundle)))
    fitting = _fitting(meant)
    shared: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for key, found in meant.items():
        for candidate, grounds in found:
            same = fitting.get(candidate.id) == [key] and bool(grounds)
            shared[candidate.id].append((key, bool(grounds)))
            why = f"{candidate.key} ({candidate.source}, line {candidate.line}) has this name"
            yield Link(key, candidate.id, " and ".join([why, *grounds]), FAIR, same=same)
    names = {one.id: one for one in candidates}
    for id_, bearers in shared.items():
        for (one, _), (other, _) in combinations(sorted(bearers), 2):
            why = f"both are names of {names[id_].key} ({names[id_].source})"
            yield Link(one, other, why, FAIR, same=False)


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


def _agreeing(candidate: Candidate, bundle: Bundle) -> list[str]:
    """Return in words what beside one name agrees."""
    grounds = []
    common = sorted({fold(name) for name in candidate.names} & bundle.forms)
    # A name and a part of it are one name.
    if any(not set(a.split()) & set(b.split()) for a, b in combinations(common, 2)):
        grounds.append("a second name is the same")
    countries = {entity.country for entity in bundle.entities if entity.country}
    if candidate.country in countries:
        grounds.append(f"the state is the same ({candidate.country})")
    offices = {fold(role.role) for entity in bundle.entities for role in entity.roles}
    if offices & {fold(role) for role in candidate.roles}:
        grounds.append("the office is the same")
    return grounds


def _fitting(meant: dict[str, list[tuple[Candidate, list[str]]]]) -> dict[str, list[str]]:
    """Return for each candidate the bundles that more than a name ties to it and to no other."""
    fitting: dict[str, list[str]] = defaultdict(list)
    for key, found in meant.items():
        told = [candidate.id for candidate, grounds in found if grounds]
        if len(told) == 1:
            fitting[told[0]].append(key)
    return fitting
