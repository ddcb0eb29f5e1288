"""Joins bundles into actors, never against evidence that two are two."""

from collections.abc import Iterable
from itertools import product

from onrecord.geography import fold
from onrecord.stages.resolve.bundles import Bundle
from onrecord.stages.resolve.links import Link
from onrecord.types import Decision

SAME = frozenset({"same"})
DIFFERENT = frozenset({"different", "not the same"})


class Clusters:
    """Union-find over entity ids that knows which must stay apart."""

    def __init__(self, bundles: Iterable[Bundle], candidates: Iterable[str] = ()) -> None:
        self.parent: dict[str, str] = {}
        self.reports: dict[str, dict[str, str]] = {}
        self.apart: dict[str, set[str]] = {}
        self.why: dict[str, list[str]] = {}
        self.maybe: list[tuple[str, str, str]] = []
        for bundle in bundles:
            for entity in bundle.entities:
                self.parent[entity.id] = entity.id
                # That a description was not seen to mean somebody named does not make them two.
                self.reports[entity.id] = {entity.report: bundle.key} if entity.named else {}
                self.apart[entity.id] = set()
                self.why[entity.id] = []
        for id_ in candidates:
            # What registers know stands beside the entities and is in no report.
            self.parent[id_], self.reports[id_] = id_, {}
            self.apart[id_], self.why[id_] = set(), []

    def find(self, id_: str) -> str:
        """Return the entity that stands for the cluster of an entity."""
        while self.parent[id_] != id_:
            self.parent[id_] = self.parent[self.parent[id_]]
            id_ = self.parent[id_]
        return id_

    def separate(self, one: str, other: str) -> None:
        """Remember that a reviewer said of two entities that they are two."""
        self.apart[one].add(other)
        self.apart[other].add(one)

    def blocked(self, one: str, other: str) -> bool:
        """Tell whether two clusters are held apart: by a reviewer, or named as two in a report."""
        first, second = self.find(one), self.find(other)
        if any(self.find(id_) == second for id_ in self.apart[first]):
            return True
        small, large = sorted((self.reports[first], self.reports[second]), key=len)
        return any(report in large and large[report] != key for report, key in small.items())

    def held_apart(self, one: str, other: str) -> bool:
        """Tell whether a reviewer holds two clusters apart."""
        first, second = self.find(one), self.find(other)
        return any(self.find(id_) == second for id_ in self.apart[first])

    def join(self, one: str, other: str, why: str) -> None:
        """Make one cluster of two, with the reason."""
        first, second = self.find(one), self.find(other)
        if first == second:
            return
        if len(self.reports[first]) < len(self.reports[second]):
            first, second = second, first
        self.parent[second] = first
        self.reports[first].update(self.reports.pop(second))
        self.apart[first] |= self.apart.pop(second)
        self.why[first].extend(self.why.pop(second))
        if why:
            self.why[first].append(why)


def cluster(
    bundles: dict[str, Bundle],
    links: list[Link],
    decisions: Iterable[Decision],
    named: dict[str, list[str]],
    candidates: Iterable[str] = (),
) -> Clusters:
    """Return the clusters: reviewers' word first, then one name, then links, surest first.

    `named` gives the entities that an id or a folded name in a decision means.
    """
    clusters = Clusters(bundles.values(), candidates)
    _obey(clusters, decisions, named)
    for bundle in bundles.values():
        _join_bundle(clusters, bundle)
    for link in links:
        _follow(clusters, bundles[link.one], bundles[link.other], link)
    return clusters


Said = tuple[Decision, list[str], list[str]]  # a decision, and the entities on either side


def _latest(decisions: Iterable[Decision], named: dict[str, list[str]]) -> list[Said]:
    """Return what was said of pairs of actors; of two sayings on the same pair the later."""
    latest: dict[tuple[str, ...], Said] = {}
    for decision in sorted(decisions, key=lambda decision: (decision.at, decision.id)):
        if decision.what in SAME | DIFFERENT and len(decision.on) == 2:
            one, other = (named.get(on) or named.get(fold(on), []) for on in decision.on)
            if one and other:
                latest[tuple(sorted((min(one), min(other))))] = decision, one, other
    return list(latest.values())


def _obey(clusters: Clusters, decisions: Iterable[Decision], named: dict[str, list[str]]) -> None:
    """Apply what reviewers said.

    What is two is known before anything is joined, so that no chain of "same" makes one of it.
    """
    said = _latest(decisions, named)
    for decision, one, other in said:
        if decision.what in DIFFERENT:
            for first, second in product(one, other):
                if first != second:
                    clusters.separate(first, second)
    for decision, one, other in said:
        if decision.what in SAME:
            why = f"a reviewer said so: {decision.on[0]}, {decision.on[1]}"
            for id_ in (*one, *other):
                if not clusters.held_apart(one[0], id_):
                    clusters.join(one[0], id_, why)


def _join_bundle(clusters: Clusters, bundle: Bundle) -> None:
    """Join the entities of one name, except where a reviewer keeps two apart."""
    heads: list[str] = []
    for entity in bundle.entities:
        joined = next((head for head in heads if not clusters.held_apart(head, entity.id)), None)
        if joined is None:
            heads.append(entity.id)
        elif clusters.find(joined) != clusters.find(entity.id):
            clusters.join(joined, entity.id, f"the same name: {bundle.entities[0].name}")


def _follow(clusters: Clusters, first: Bundle, second: Bundle, link: Link) -> None:
    one, other = first.entities[0].id, second.entities[0].id
    if clusters.find(one) == clusters.find(other):
        return
    against = clusters.held_apart if link.despite else clusters.blocked
    if link.same and not against(one, other):
        clusters.join(one, other, link.why)
    elif not clusters.held_apart(one, other):
        clusters.maybe.append((one, other, link.why))
