"""Placeholder."""
from onrecord.parsing import Parse
from onrecord.types import Figure, Reading


def figures(reading: Reading, parse: Parse) -> tuple[Figure, ...]:
    return ()
