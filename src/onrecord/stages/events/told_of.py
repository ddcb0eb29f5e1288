"""What kind of thing a figure counts, and the event of its clause."""

import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import get_args

from onrecord.parsing import Parse
from onrecord.stages.events.counted import verb_over
from onrecord.stages.events.lexicon import rows
from onrecord.types import HAPPENED, Event, Figure, FigureKind

HARMED = frozenset({"killed", "wounded", "arrested", "abducted", "displaced", "missing"})
MEASURES = frozenset({"percent", "square", "km", "miles", "acres", "hectares"})
DONE = frozenset({"troops", "territory", "aid"})
HARM = frozenset({"ASSAULT", "COERCE"})


@functools.cache
def _kinds() -> list[tuple[FigureKind, str, frozenset[str]]]:
    known = {str(kind): kind for kind in get_args(FigureKind)}
    return [
        (known[kind], place, frozenset(words.split()))
        for kind, place, words in rows("figure_kinds.tsv")
    ]


def kind_of(figure: Figure, *, person: bool = True) -> FigureKind:
    """Return the kind of a figure: by what befell those counted, its unit or what it is of.

    Animals and things that are killed or shot are none of the kinds of harm to people.
    """
    units = figure.unit.split()
    of = frozenset(figure.of.casefold().replace("(", " ").replace(")", " ").split())
    words = {
        "state": frozenset(units[-1:] if person else ()),
        "unit": frozenset(units),
        "of": of,
        "measured": of if MEASURES & set(units) else frozenset(),
    }
    found = (kind for kind, place, listed in _kinds() if words[place] & listed)
    return next(found, "other")


def placed(
    figures: Iterable[Figure], events: Sequence[Event], parse: Parse, things: Collection[int]
) -> tuple[Figure, ...]:
    """Return figures in their order with their kinds and the events that they are told in.

    `things` are the tokens that mean neither people nor bodies nor places. A figure of people
    harmed whose verb is an event's trigger stands as that event does.
    """
    by_sentence: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        by_sentence[_sentence(event.trigger.start, parse)].append(event)
    found = []
    for figure in figures:
        token = parse.token_at(figure.span.end - 1)
        people = figure.how == "person" or figure.unit.startswith("people")
        kind = kind_of(figure, person=people or token not in things)
        beside = by_sentence.get(_sentence(figure.span.start, parse), [])
        told_in = _event(figure, kind, beside)
        offset = parse.starts[verb_over(parse.doc[token]).i]
        own = next((e for e in beside if e.trigger.start <= offset < e.trigger.end), None)
        follows = own is not None and figure.standing in HAPPENED and kind in HARMED
        standing = own.standing if own is not None and follows else figure.standing
        id_ = told_in.id if told_in is not None else None
        found.append(replace(figure, kind=kind, event=id_, standing=standing))
    return tuple(sorted(found, key=lambda figure: (figure.span.start, figure.span.end, figure.id)))


def _sentence(offset: int, parse: Parse) -> int:
    return int(parse.doc[parse.token_at(offset)].sent.start)


def _event(figure: Figure, kind: FigureKind, beside: Sequence[Event]) -> Event | None:
    """Return the nearest event of harm for people harmed, else the one event of the sentence."""
    if kind in DONE and len(beside) == 1:
        return beside[0]
    harmful = [event for event in beside if event.event in HARM]
    if kind not in HARMED or not harmful:
        return None
    return min(harmful, key=lambda event: abs(event.trigger.start - figure.span.end))
