"""Intervals beside each other, of days and of numbers; what cannot be told leaves its side open."""

from datetime import date

from onrecord.types import Figure, When


def within(when: When, since: date | None, until: date | None) -> bool:
    """Tell whether something may have been between two days and has any bound at all.

    Without either day everything is.
    """
    if since is None and until is None:
        return True
    if when.earliest is None and when.latest is None:
        return False
    return overlaps(when, since, until)


def overlaps(when: When, since: date | None, until: date | None) -> bool:
    """Tell whether something may have been between two days, as far as its bounds tell."""
    after = since is None or when.latest is None or when.latest >= since
    return after and (until is None or when.earliest is None or when.earliest <= until)


def sort_key(when: When) -> tuple[date, date]:
    """Return what puts intervals in order: by first day, those without a bound last."""
    return when.earliest or when.latest or date.max, when.latest or date.max


def apart(one: When, other: When) -> bool:
    """Tell whether two times have no day in common."""
    return bool(
        (one.latest and other.earliest and one.latest < other.earliest)
        or (other.latest and one.earliest and other.latest < one.earliest)
    )


def differ(one: Figure, other: Figure) -> bool:
    """Tell whether two figures can't both hold: not at different times, and no common value."""
    (low, high), (from_, to) = _bounds(one), _bounds(other)
    return (low > to or from_ > high) and not apart(one.when, other.when)


def _bounds(figure: Figure) -> tuple[float, float]:
    infinity = float("inf")
    if figure.low is None and figure.high is None and figure.value is not None:
        return figure.value, figure.value
    low = figure.low if figure.low is not None else -infinity
    return low, figure.high if figure.high is not None else infinity
