"""Intervals of days beside each other; a bound that cannot be told leaves its side open."""

from datetime import date

from onrecord.types import When


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
