"""How well confidences hold: of those at 0.8, eight in ten should be right.

`calibration_error` is the mean distance between confidence and share right over ten bins, weighted
by how many fall in each (expected calibration error, Naeini et al. 2015), in percent. `right_at_80`
is the share right of those with a confidence from 0.8 up to 0.9, and so on; a bin of fewer than
`FEWEST` is left out.
"""

from collections import defaultdict
from collections.abc import Iterable

BINS = 10
FEWEST = 20


def reliability(found: Iterable[tuple[float, bool]]) -> dict[str, float]:
    """Return the figures in percent for pairs of a confidence, 0 to 1, and whether it was right."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in found:
        bins[min(BINS - 1, int(confidence * BINS + 1e-9))].append((confidence, right))
    total = sum(map(len, bins.values()))
    if not total:
        return {}
    off = sum(abs(sum(c for c, _ in pairs) - sum(r for _, r in pairs)) for pairs in bins.values())
    figures = {"calibration_error": 100 * off / total}
    for number in sorted(bins):
        if len(bins[number]) >= FEWEST:
            hits = sum(hit for _, hit in bins[number])
            figures[f"right_at_{100 // BINS * number}"] = 100 * hits / len(bins[number])
    return figures
