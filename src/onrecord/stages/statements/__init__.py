"""Placeholder until the statements stage is written."""

from onrecord.parsing import Parse
from onrecord.types import Reading


def statements(reading: Reading, parse: Parse) -> Reading:
    """Return the reading as it is."""
    return reading
