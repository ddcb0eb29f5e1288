"""Finding the mentions and the entity at a place of a report."""

import bisect
import re

from onrecord.types import Entity, Mention, Reading

# What ends the head of a noun phrase and begins what qualifies it.
QUALIFIER = re.compile(
    r"\s+(?:of|for|from|to|in|at|on|with|by|who|whose|which|that|and|or)\s+|\s*[,;(\[–—]\s*|\s+-\s+"
)
# What may stand after a name that is the head, and in front of it.
AFTER = re.compile(r"[\s.,;:'’\"”)\]–—-]*(?:'s|’s)?\s*")
APPOSITION = re.compile(r"\s*[,;(–—]\s*")


def mentions_in(reading: Reading, start: int, end: int) -> tuple[Mention, ...]:
    """Return the mentions that overlap [start, end) of the report, in their order."""
    mentions = reading.mentions
    first = bisect.bisect_right(mentions, start, key=lambda mention: mention.span.start)
    # Mentions do not overlap one another, so only the one before can reach into the range.
    while first > 0 and mentions[first - 1].span.end > start:
        first -= 1
    last = bisect.bisect_left(mentions, end, key=lambda mention: mention.span.start)
    return tuple(mention for mention in mentions[first:last] if mention.span.end > start)


def entity_of(reading: Reading, start: int, end: int) -> Entity | None:
    """Return the entity that the noun phrase at [start, end) means, or None.

    "the Fooish group's envoy NAME" and "the envoy of Foo, NAME" mean NAME; "a Fooish official"
    means nobody who is named.
    """
    inside = mentions_in(reading, start, end)
    if not inside:
        return None
    mention = _head(reading.report.text, inside, start, end)
    return _entity(reading, mention.actor) if mention is not None else None


def _entity(reading: Reading, id_: str) -> Entity | None:
    place = bisect.bisect_left(reading.entities, id_, key=lambda entity: entity.id)
    if place < len(reading.entities) and reading.entities[place].id == id_:
        return reading.entities[place]
    return None


def _head(text: str, inside: tuple[Mention, ...], start: int, end: int) -> Mention | None:
    """Return the mention at the head: the end of the first phrase, or alone in an apposition."""
    cut = _cut(text, inside, start, end)
    for mention in inside:
        if AFTER.fullmatch(text, mention.span.end, max(cut, mention.span.end)) and (
            mention.span.start < cut
        ):
            return mention
    for mention in inside:
        before = text[start : mention.span.start].rstrip()
        after = text[mention.span.end : end].lstrip()
        opened = before.endswith((",", ";", "(", "–", "—"))
        if opened and (AFTER.fullmatch(after) or APPOSITION.match(after)):
            return mention
    return None


def _cut(text: str, inside: tuple[Mention, ...], start: int, end: int) -> int:
    """Return where the head of a noun phrase ends: before its first qualifier outside a name."""
    for match in QUALIFIER.finditer(text, start, end):
        if not any(m.span.start < match.end() and match.start() < m.span.end for m in inside):
            return match.start()
    return end
