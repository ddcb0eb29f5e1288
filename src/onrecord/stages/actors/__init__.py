"""Who and what a report names: entities, their names, roles and mentions within one report."""

from onrecord.parsing import Parse
from onrecord.stages.actors.lookup import entity_of, mentions_in
from onrecord.types import Reading

__all__ = ["actors", "entity_of", "mentions_in"]


def actors(reading: Reading, parse: Parse) -> Reading:
    """Return the reading as it is."""
    return reading
