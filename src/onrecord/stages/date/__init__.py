"""The date stage: when the report was published, and every time expression with its interval."""

from onrecord.parsing import Parse
from onrecord.types import Reading, When


def date(reading: Reading, parse: Parse) -> Reading:
    """Return the reading with its dating and its time expressions."""
    return reading


def when_of(reading: Reading, parse: Parse, first_token: int, last_token: int) -> When:
    """Return the interval of the time expression that governs the tokens [first, last).

    Empty where no time expression of the range tells a date.
    """
    return When()
