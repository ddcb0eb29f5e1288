"""Groups of reports that are alike on average, made in an order that depends on them alone."""

from collections.abc import Iterable

from onrecord.stages.copies.candidates import joined
from onrecord.stages.stories.likeness import Likeness, Pair

# Both chosen on a third of the incidents of the Gun Violence Archive reports, and looked at on the
# rest, on ECB+ and on small corpora of one conflict.
ALIKE = 0.19  # likeness from which on a pair may bring its two groups together
ON_AVERAGE = 0.165  # likeness that all pairs of the two groups must have on average


def group(alike: Likeness, reprinted: Iterable[Pair] = ()) -> list[list[int]]:
    """Return the groups, each sorted; a report that nothing is like is a group of its own.

    Reprints are together from the start; then the likest pair goes first (group-average linkage
    over the pairs worth comparing).
    """
    home = joined(len(alike), reprinted)
    members: dict[int, list[int]] = {}
    for report, first in enumerate(home):
        members.setdefault(first, []).append(report)
    ranked = sorted((-value, pair) for pair, value in alike.pairs.items() if value >= ALIKE)
    for _, (i, j) in ranked:
        one, other = sorted((home[i], home[j]))
        if one != other and _average(alike, members[one], members[other]) >= ON_AVERAGE:
            joining = members.pop(other)
            for report in joining:
                home[report] = one
            members[one] = sorted(members[one] + joining)
    return [members[i] for i in sorted(members)]


def _average(alike: Likeness, one: list[int], other: list[int]) -> float:
    """Return the mean likeness over pairs of one report of each group."""
    left, right = alike.sample(one), alike.sample(other)
    return sum(alike.of(i, j) for i in left for j in right) / (len(left) * len(right))
