"""The chain of hands: through whom the words of a statement reached the report."""

import functools
from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.parsing import Parse
from onrecord.stages.actors import entity_of
from onrecord.stages.statements.attribution import Attribution, Range
from onrecord.stages.statements.lexicon import rows, words
from onrecord.types import Entity, Hop, Reading, Speaker

OBTAINED = frozenset({"see", "obtain", "review", "leak", "get", "publish", "acquire", "read"})
TOLD_TO = frozenset({"to", "with", "on", "by", "in"})
INTERVIEWS = frozenset({"interview", "statement", "remark", "comment", "call", "briefing"})
POSTED_ON = frozenset({"on", "via", "to"})
IMPLIED = {"tweet": "Twitter", "retweet": "Twitter"}
MAX_HOPS = 6  # more hands than this is a wrong parse


def chain_of(
    reading: Reading,
    parse: Parse,
    item: Attribution,
    speaker: Speaker,
    outer: list[tuple[tuple[Range, ...], Speaker]],
) -> tuple[Hop, ...]:
    """Return the hands, nearest to the speaker first, without the report's own outlet."""
    hops: list[Hop] = []
    taken = {_key(speaker.name), _key(reading.report.source or "")}
    for hop in _hands(reading, parse, item, outer):
        if hop.name and _key(hop.name) not in taken and len(hops) < MAX_HOPS:
            taken.add(_key(hop.name))
            hops.append(hop)
    return tuple(hops)


def _key(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def _hands(
    reading: Reading,
    parse: Parse,
    item: Attribution,
    outer: list[tuple[tuple[Range, ...], Speaker]],
) -> Iterator[Hop]:
    if item.head is not None:
        head = parse.doc[item.head]
        yield from _platforms(reading, parse, head)
        yield from _told(reading, parse, head)
    if item.subject is not None:
        yield from _obtained(reading, parse, parse.doc[item.subject])
    for source, speaker in outer:
        # An unresolved "he" hands nothing on that could be told of anybody.
        if source and speaker.is_told:
            evidence = tuple(parse.evidence(*span) for span in source)
            yield Hop(speaker.name, speaker.actor, evidence)


def _platforms(reading: Reading, parse: Parse, cue: Token) -> Iterator[Hop]:
    """Yield the platform that a cue names ("wrote on Telegram") or implies ("tweeted")."""
    for child in cue.children:
        if child.dep_ == "prep" and child.lower_ in POSTED_ON:
            for word in child.subtree:
                name = _platform_names().get(word.lower_)
                if name is not None:
                    spot = parse.evidence(word.i, word.i + 1)
                    entity = entity_of(reading, spot.start, spot.end)
                    yield Hop(name, entity.id if entity else None, (spot,))
                    return
    implied = IMPLIED.get(cue.lemma_.lower())
    if implied is not None:
        yield Hop(implied, None, (parse.evidence(cue.i, cue.i + 1),))


@functools.cache
def _platform_names() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("platforms.tsv")}


def _told(reading: Reading, parse: Parse, cue: Token) -> Iterator[Hop]:
    """Yield the outlet that was told, or that an interview was given to."""
    for child in cue.children:
        if child.dep_ in ("dobj", "dative", "pobj"):
            yield from _outlet(reading, parse, child)
        elif child.dep_ == "prep" and child.lower_ in TOLD_TO:
            for word in child.children:
                if word.dep_ != "pobj":
                    continue
                yield from _outlet(reading, parse, word)
                if word.lemma_.lower() in INTERVIEWS:
                    yield from _inside(reading, parse, word)


def _inside(reading: Reading, parse: Parse, noun: Token) -> Iterator[Hop]:
    """Yield the outlet in "an interview with X" or "a statement to X"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in TOLD_TO:
            for word in child.children:
                if word.dep_ == "pobj":
                    yield from _outlet(reading, parse, word)


def _outlet(reading: Reading, parse: Parse, head: Token) -> Iterator[Hop]:
    if head.pos_ == "PRON":
        return
    start, end = _name_range(head)
    spot = parse.evidence(start, end)
    entity = entity_of(reading, spot.start, spot.end)
    if not _is_outlet(parse, head, start, end, entity):
        return
    if (entity is None or not entity.named) and head.pos_ != "PROPN":
        entity = _named_before(reading, spot.start)
        # "The daily" of which no name stands before it is told as printed, and is no name.
        name = entity.name if entity else " ".join(spot.text.split())
    else:
        name = entity.name if entity is not None and entity.named else _bare(spot.text)
    yield Hop(name, entity.id if entity else None, (spot,))


def _named_before(reading: Reading, place: int) -> Entity | None:
    """Return the outlet named last before a place, which "the daily" there means."""
    outlets = {e.id: e for e in reading.entities if e.kind == "outlet" and e.named}
    own = _key(reading.report.source or "")
    before = (m for m in reading.mentions if m.actor in outlets and m.span.end <= place)
    found = [outlets[m.actor] for m in before if _key(outlets[m.actor].name) != own]
    return found[-1] if found else None


def _name_range(head: Token) -> tuple[int, int]:
    """Return the noun phrase up to its head, with names in apposition left out."""
    start: int = head.left_edge.i
    return start, head.i + 1


def _is_outlet(parse: Parse, head: Token, start: int, end: int, entity: Entity | None) -> bool:
    if entity is not None and entity.kind != "unknown":
        return entity.kind == "outlet"
    media = words("media_words.tsv")
    return any(parse.doc[i].lower_ in media for i in range(start, end)) and (
        head.pos_ == "PROPN" or head.lower_ in media
    )


def _bare(name: str) -> str:
    text = " ".join(name.split())
    return text[4:] if text[:4].lower() == "the " else text


def _obtained(reading: Reading, parse: Parse, source: Token) -> Iterator[Hop]:
    """Yield who saw, got or leaked a document: "a memo obtained by X"."""
    for child in source.children:
        if child.dep_ != "acl" or child.lemma_.lower() not in OBTAINED:
            continue
        for by in child.children:
            if by.dep_ not in ("agent", "prep") or by.lower_ != "by":
                continue
            for word in by.children:
                if word.dep_ == "pobj":
                    spot = parse.evidence(*_name_range(word))
                    entity = entity_of(reading, spot.start, spot.end)
                    name = entity.name if entity is not None and entity.named else _bare(spot.text)
                    yield Hop(name, entity.id if entity else None, (spot,))
