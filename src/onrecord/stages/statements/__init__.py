"""The statements stage: who said what, by which words, through whose hands.

A trained network finds source, cue and content, hands and acts, rules over the parse and the
quotation marks what it can't see; the speaker is resolved to an entity of the actors stage; mode,
hedge and day are read from the words around. Not done yet: irony, statements told without any cue
or mark ("The plan would cost lives, in the ministry's eyes"), speech reported by gestures; pronouns
that the actors stage leaves open are given to the last speaker who agrees with them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from onrecord.ids import make_id
from onrecord.models.attribution import Tags, tag
from onrecord.models.meaning import meaning, packed
from onrecord.parsing import Parse
from onrecord.stages.actors import mentions_in
from onrecord.stages.date.quoted import told_when_said
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.chain import carried_on, chain_of
from onrecord.stages.statements.confidence import confidence_of
from onrecord.stages.statements.hands import Hands, learned_hands
from onrecord.stages.statements.linking import Quotations
from onrecord.stages.statements.manner import act_of, hedge_of, mode_of
from onrecord.stages.statements.outlets import Outlets, outlets_of
from onrecord.stages.statements.passed_on import passed_on
from onrecord.stages.statements.quotations import quotations
from onrecord.stages.statements.said import said_of
from onrecord.stages.statements.spans import spans
from onrecord.stages.statements.speakers import Speakers
from onrecord.stages.statements.transcripts import QUESTION
from onrecord.types import Evidence, Hop, Reading, Speaker, Statement

__all__ = ["statements"]


def statements(reading: Reading, parse: Parse) -> Reading:
    """Return the reading with its statements, sorted by their first offset."""
    if not len(parse.doc):
        return replace(reading, statements=())
    quotes = Quotations(quotations(parse))
    tags = tag(parse.report.text, parse.ranges)
    items = spans(parse, quotes, tags)
    hands = [learned_hands(parse, item, tags) for item in items]
    outlets = outlets_of(reading, parse, [span for spans_ in hands for span in spans_])
    speakers = Speakers(reading, parse, outlets)
    known = _speakers(speakers, items)
    named = Hands(reading, parse, outlets, speakers.descriptions)
    made = {
        statement.id: statement
        for item, by in zip(items, hands, strict=True)
        if item.rule != QUESTION
        for hops in (list(named.hops(by)),)
        for statement in (
            _statement(reading, parse, item, quotes, known, outlets, hops, tags, items),
        )
    }
    ordered = carried_on(sorted(made.values(), key=_place), parse)
    reading = told_when_said(reading, _quoted(parse, ordered, quotes))
    return replace(reading, statements=tuple(ordered))


def _quoted(
    parse: Parse, found: Iterable[Statement], quotes: Quotations
) -> Iterator[tuple[int, int, date]]:
    """Yield the quoted parts of statements, as offsets, that were said on a known day."""
    for statement in found:
        day = statement.said.earliest
        if day is None or day != statement.said.latest:
            continue
        for part in statement.content:
            tokens = parse.tokens_in(part.start, part.end)
            for quote in quotes.within(tokens.start, tokens.stop):
                yield parse.starts[quote.start], parse.end(quote.end - 1), day


def _place(statement: Statement) -> tuple[int, str]:
    parts = statement.source + statement.cue + statement.content
    return min(part.start for part in parts), statement.id


def _speakers(resolver: Speakers, items: list[Attribution]) -> dict[int, Speaker]:
    """Return the speaker of each attribution, and of those around them, by identity."""
    known: dict[int, Speaker] = {}

    def resolve(item: Attribution) -> Speaker:
        if id(item) not in known:
            around = resolve(item.outer[0]) if item.outer else None
            carried = resolve(item.carried) if item.carried is not None else None
            if item.hand is not None:
                known[id(item.hand)] = resolver.named(*item.hand)
            guest = item.outer[0].guest if item.outer else None
            addressed = resolve(guest) if guest is not None else None
            known[id(item)] = resolver.of(item, around, carried, addressed)
        return known[id(item)]

    for item in items:
        for outer in reversed(item.outer):
            resolve(outer)
        resolve(item)
    return known


def _statement(
    reading: Reading,
    parse: Parse,
    item: Attribution,
    quotes: Quotations,
    speakers: dict[int, Speaker],
    outlets: Outlets,
    hops: list[Hop],
    tags: Tags,
    items: list[Attribution],
) -> Statement:
    source, cue, content = (
        tuple(parse.evidence(*span) for span in spans_)
        for spans_ in (item.source, item.cue, item.content)
    )
    speaker = speakers[id(item)]
    outer = [(around.source, speakers[id(around)]) for around in item.outer if _voiced(around)]
    if item.hand is not None:
        outer.insert(0, ((item.hand[0],), speakers[id(item.hand)]))
    made = Statement(
        id=make_id("statement", reading.report.id, *map(_offsets, (content, cue, source))),
        report=reading.report.id,
        source=source,
        cue=cue,
        content=content,
        speaker=speaker,
        voiced=_voiced(item),
        act=act_of(parse, item, tags),
        mode=mode_of(parse, item, quotes),
        hedge=hedge_of(parse, item),
        said=said_of(reading, parse, item, items),
        chain=chain_of(reading, parse, item, speaker, outer, outlets, hops),
        about=_about(reading, content),
        confidence=confidence_of(parse, item, quotes),
        why=item.rule,
        meaning=packed(meaning(tags, [(part.start, part.end) for part in content])),
    )
    return passed_on(made, parse, item, outlets)


def _voiced(item: Attribution) -> bool:
    return item.entry is None or item.entry.voiced


def _offsets(parts: tuple[Evidence, ...]) -> list[list[int]]:
    return [[part.start, part.end] for part in parts]


def _about(reading: Reading, content: tuple[Evidence, ...]) -> tuple[str, ...]:
    """Return the entities mentioned in the content, sorted."""
    found = {
        mention.actor for part in content for mention in mentions_in(reading, part.start, part.end)
    }
    return tuple(sorted(found))
