"""Acts joined by "and" under one cue: "X said Y was so and called for Z" are two statements."""

from dataclasses import replace

from onrecord.parsing import Parse
from onrecord.stages.statements.attribution import Attribution, size, tidy
from onrecord.stages.statements.linking import Quotations

FILLED = 0.8  # share of what is cut off that the joined act must hold by itself


def apart(parse: Parse, items: list[Attribution], quotes: Quotations) -> list[Attribution]:
    """Return the attributions, each without a joined act at its end that has a cue of its own."""
    place = {item.head: number for number, item in enumerate(items) if item.head is not None}
    result = list(items)
    for item in items:
        around = item.outer[0].head if item.outer else None
        number = place.get(around) if around is not None else None
        cut = _joint(parse, item, quotes) if number is not None else None
        if number is None or cut is None:
            continue
        outer = result[number]
        kept = tuple((start, min(end, cut)) for start, end in outer.content if start < cut)
        gone = size(outer.content) - size(kept)
        parts = [part for part in item.cue + item.content if part[0] >= cut]
        # From its cue to its last word: whom it was said to belongs to it.
        own = max((e for _, e in parts), default=cut) - min((b for b, _ in parts), default=cut)
        kept = tidy(parse.doc, kept)
        if kept and own >= FILLED * (gone - 1):
            result[number] = replace(outer, content=kept)
    return result


def _joint(parse: Parse, item: Attribution, quotes: Quotations) -> int | None:
    """Return the "and" that joins a cue to the verb before it, where no quotation spans both."""
    if item.head is None or item.entry is None or not item.entry.voiced:
        return None
    verb = parse.doc[item.head]
    around = item.outer[0]
    joined = around.covers(verb.head.i) or verb.head.i == around.head
    if verb.dep_ != "conj" or not joined or quotes.at(verb.i):
        return None
    outer = item.outer[0].entry
    if outer is not None and outer.act == item.entry.act and not item.rule.startswith("call"):
        return None
    joints = [child.i for child in verb.head.children if child.dep_ == "cc"]
    return next((i for i in reversed(joints) if verb.head.i < i < verb.i), None)
