"""Groups within reports that pairs connect, made in an order that depends on the reports alone."""

from collections.abc import Iterable

# Log odds in thousandths. On the Gun Violence Archive's incidents 400 and 500 do alike; on ECB+ dev
# actors, who are joined by more within a story, do a little better with 400, which was taken.
ALIKE = 400  # likeness that all known pairs of two groups must have on average to become one
REPRINT = 6_001  # likeness of reprints: more than any that is worked out, and enough by itself

# Two things, the lower first, the likeness of their known pairs in all, and the number of those.
Between = tuple[int, int, int, int]


def group(size: int, pairs: Iterable[Between]) -> list[int]:
    """Return for each of `size` reports, or groups of them, the first of its group.

    The likest pair goes first; it joins its groups if all known pairs of the two are alike on
    average, and not that pair alone, so that no chain of half-alike reports makes one story of a
    whole conflict. Only reprints are together whatever else there is.
    """
    home = list(range(size))
    members = [[i] for i in range(size)]
    between: list[dict[int, tuple[int, int]]] = [{} for _ in range(size)]
    ranked = []
    for i, j, total, count in pairs:
        between[i][j] = between[j][i] = (total, count)
        if total >= ALIKE * count:
            ranked.append((-total / count, i, j))
    for value, i, j in sorted(ranked):
        one, other = sorted((home[i], home[j]))
        if one == other:
            continue
        total, count = between[one][other]
        if total >= ALIKE * count or -value >= REPRINT:
            for report in members[other]:
                home[report] = one
            members[one] += members[other]
            _join(between, one, other)
    return home


def _join(between: list[dict[int, tuple[int, int]]], one: int, other: int) -> None:
    """Make the sums of likeness of two groups those of the first."""
    del between[one][other]
    for third, (total, count) in between[other].items():
        if third == one:
            continue
        held, times = between[one].get(third, (0, 0))
        between[one][third] = between[third][one] = (held + total, times + count)
        del between[third][other]
    between[other] = {}
