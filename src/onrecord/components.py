"""Connected components: what pairs hold together."""

from collections import defaultdict
from collections.abc import Iterable


def components(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the sets of ids that pairs connect, each sorted, in the order of their first."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    groups: dict[str, list[str]] = defaultdict(list)
    for key in sorted(parent):
        groups[root(key)].append(key)
    return [groups[key] for key in sorted(groups)]
