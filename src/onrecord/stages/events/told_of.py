"""What kind of thing a figure counts, and the event of its clause."""

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import get_args

from onrecord.parsing import Parse
from onrecord.stages.events.lexicon import rows
from onrecord.types import Event, Figure, FigureKind

HARMED = frozenset({"killed", "wounded", "arrested", "abducted", "displaced", "missing"})
DONE = frozenset({"troops", "territory", "aid"})
HARM = frozenset({"ASSAULT", "COERCE"})


@functools.cache
def _kinds() -> list[tuple[FigureKind, str, frozenset[str]]]:
    known = {str(kind): kind for kind in get_args(FigureKind)}
    return [
        (known[kind], place, frozenset(words.split()))
        for kind, place, words in rows("figure_kinds.tsv")
    ]


def kind_of(figure: Figure) -> FigureKind:
    """Return the kind of a figure: by what befell those counted, its unit or what it is of."""
    units = figure.unit.split()
    words = {
        "state": frozenset(units[-1:]),
        "unit": frozenset(units),
        "of": frozenset(figure.of.casefold().replace("(", " ").replace(")", " ").split()),
    }
    found = [kind for kind, place, listed in _kinds() if words[place] & listed]
    return found[0] if found else "other"


def placed(figures: Iterable[Figure], events: Sequence[Event], parse: Parse) -> tuple[Figure, ...]:
    """Return figures in their order with their kinds and the events that they are told in."""
    by_sentence: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        by_sentence[_sentence(event.trigger.start, parse)].append(event)
    found = []
    for figure in figures:
        kind = kind_of(figure)
        beside = by_sentence.get(_sentence(figure.span.start, parse), [])
        told_in = _event(figure, kind, beside)
        found.append(replace(figure, kind=kind, event=told_in.id if told_in else None))
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
