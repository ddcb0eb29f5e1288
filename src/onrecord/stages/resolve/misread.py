"""Names of one word whose kind some reports could not tell and others can.

A name printed alone tells little: parsers take an unknown town for a person or a body. What the
other reports tell of it decides, unless a report shows by a title, an office or a "he" that it
means a person of that name.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from dataclasses import replace

from onrecord.geography import fold
from onrecord.stages.actors.joining import is_acronym
from onrecord.stages.actors.words import around, heads, is_title
from onrecord.types import ActorKind, Entity, Reading

FEW = 5  # times as many reports outweigh one that calls a name a state's
WEAK = frozenset({"person", "organisation", "unknown", "party", "people", "place"})
CONFUSED = frozenset({"person", "organisation", "unknown", "place", "state"})
BODIES: tuple[ActorKind, ...] = ("organisation", "armed group", "party", "outlet", "government")
SEVERAL = 3  # reports with a name, none of which shows that it is a person's
PERSONAL = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
WORD_BEFORE = re.compile(r"([\w.\-]+)\s+$")
BEFORE = 24  # characters before a name in which its title ends


def reread(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Return the readings with kinds mended by what all reports tell of a name."""
    evident = {id_: sure for reading in readings for id_, sure in _evident(reading)}
    told: dict[str, Counter[str]] = defaultdict(Counter)
    longer: dict[str, Counter[ActorKind]] = defaultdict(Counter)
    for reading in readings:
        for entity in reading.entities:
            if _unclear(entity):
                longer[fold(entity.name)][entity.kind] += 1
            if _open(entity):
                shown = evident.get(entity.id) if entity.kind == "person" else None
                told[fold(entity.name)][shown or entity.kind] += 1
    family = _borne(readings)
    kinds = {
        name: kind
        for name, counts in told.items()
        if (kind := _told(counts, may_be_body=name not in family)) is not None
    }
    kinds |= {name: kind for name, counts in longer.items() if (kind := _most(counts)) is not None}
    return tuple(_mended(reading, kinds, evident) for reading in readings)


def _unclear(entity: Entity) -> bool:
    """Tell whether a name of several words may be read as of one kind here and of another there."""
    several = " " in entity.name and entity.country is None and entity.named
    return several and entity.kind in CONFUSED


def _most(counts: Counter[ActorKind]) -> ActorKind | None:
    """Return the kind that most reports give a name, if they differ and most agree."""
    kind, most = counts.most_common(1)[0]
    agreed = len(counts) > 1 and 2 * most > counts.total()
    return kind if agreed and kind != "unknown" else None


def _open(entity: Entity) -> bool:
    """Tell whether an entity goes by one word alone and no atlas knows it."""
    if entity.country is not None or not entity.named or is_acronym(entity.name):
        return False
    return all(" " not in name and "-" not in name for name in (entity.name, *entity.names))


def _borne(readings: tuple[Reading, ...]) -> frozenset[str]:
    """Return the first and last words of the names of persons, bodies' read as such left out."""
    names = (
        fold(form).split()
        for reading in readings
        for entity in reading.entities
        if entity.kind == "person"
        for form in (entity.name, *entity.names)
    )
    persons = (words for words in names if len(words) > 1 and not _is_bodys(words[-1]))
    return frozenset(end for words in persons for end in (words[0], words[-1]))


def _is_bodys(last: str) -> bool:
    """Tell whether a name is a body's by its last word."""
    return last in heads() or last in around("company")


def _told(counts: Counter[str], *, may_be_body: bool) -> ActorKind | None:
    """Return the kind that a name has in the reports that cannot tell, or None.

    A person would be named in full, or with a title, or meant by a "he", in one of several reports.
    """
    if counts["state"] * FEW >= counts.total():
        return "state"
    others = sum(counts[kind] for kind in WEAK - {"place", "person", "people"})
    # A title or an office tells; one "he" that was taken for it outweighs few reports, not many.
    if counts["sure person"] or counts["he"] * FEW > counts.total():
        return None
    if counts["place"] and counts["place"] >= others:
        return "place"
    if may_be_body and counts["person"]:
        bodies = sorted((-counts[kind], kind) for kind in BODIES if counts[kind])
        if counts.total() >= SEVERAL and bodies:
            return bodies[0][1]
    return None


def _evident(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield the entities that a report shows to be persons, and by what: the surest last."""
    text = reading.report.text
    for mention in reading.mentions:
        if mention.how == "pronoun" and mention.span.text.lower() in PERSONAL:
            yield mention.actor, "he"
    for mention in reading.mentions:
        before = WORD_BEFORE.search(text[max(0, mention.span.start - BEFORE) : mention.span.start])
        if before is not None and is_title(before[1].lower()):
            yield mention.actor, "sure person"
    for entity in reading.entities:
        if entity.roles:
            yield entity.id, "sure person"


def _mended(reading: Reading, kinds: dict[str, ActorKind], evident: Container[str]) -> Reading:
    mended = []
    for entity in reading.entities:
        kind = kinds.get(fold(entity.name)) if _open(entity) or _unclear(entity) else None
        if kind is not None and entity.kind in WEAK and entity.id not in evident:
            entity = replace(entity, kind=kind)
        mended.append(entity)
    return replace(reading, entities=tuple(mended))
