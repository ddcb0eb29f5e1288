"""Which months a season means: the northern ones, unless a report names a southern country."""

import functools
import re
from datetime import date

from onrecord.geography import fold, southern
from onrecord.stages.date.value import of_months
from onrecord.types import When

SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
FIRST_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def northern(value: str) -> When:
    """Return the months of a season in the north, winter from its year's December on.

    Raises `ValueError` for a value that is no season.
    """
    match = SEASON.fullmatch(value)
    if match is None:
        raise ValueError(value)
    return of_months(int(match[1]), FIRST_MONTH[match[2]], 3)


def is_season(value: str) -> bool:
    """Tell whether a TIMEX3 value is a season of a known year before the calendar's last."""
    match = SEASON.fullmatch(value)
    return match is not None and int(match[1]) < date.max.year


def is_southern(text: str) -> bool:
    """Tell whether a report names a country, or its people, whose middle is south of the equator.

    Its seasons are then left open to both halves of the world.
    """
    return _southern_names().search(fold(text)) is not None


@functools.cache
def _southern_names() -> re.Pattern[str]:
    names = sorted(re.escape(name) for name in southern() if len(name) > 3)
    return re.compile(r"\b(?:" + "|".join(names) + r")\b")
