"""Finding the mentions and the entity at a place of a report."""

import bisect

from onrecord.types import Entity, Mention, Reading


def mentions_in(reading: Reading, start: int, end: int) -> tuple[Mention, ...]:
    """Return the mentions that overlap [start, end) of the report, in their order."""
    mentions = reading.mentions
    first = bisect.bisect_right(mentions, start, key=lambda mention: mention.span.start)
    # Mentions hardly nest, so only a few before the place can reach into it.
    while first > 0 and mentions[first - 1].span.end > start:
        first -= 1
    last = bisect.bisect_left(mentions, end, key=lambda mention: mention.span.start)
    return tuple(mention for mention in mentions[first:last] if mention.span.end > start)


def entity_of(reading: Reading, start: int, end: int) -> Entity | None:
    """Return the entity that the noun phrase at [start, end) of the report means, or None."""
    return None
