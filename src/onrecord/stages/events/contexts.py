"""PLOVER's contexts of an event: military, legal, election …, by the words of its sentence."""

import functools
from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Span

from onrecord.parsing import Parse
from onrecord.stages.events.lexicon import rows
from onrecord.types import Event


@functools.cache
def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for context, words in rows("plover_contexts.tsv"):
        for word in words.split():
            found[word] = (*found.get(word, ()), context)
    return found


def in_context(events: Iterable[Event], parse: Parse) -> tuple[Event, ...]:
    """Return events with the contexts that words of their sentences show, the most shown first."""
    by_sentence: dict[int, tuple[str, ...]] = {}
    found = []
    for event in events:
        sentence = parse.doc[parse.token_at(event.trigger.start)].sent
        if sentence.start not in by_sentence:
            by_sentence[sentence.start] = _contexts(sentence)
        found.append(replace(event, context=by_sentence[sentence.start]))
    return tuple(found)


def _contexts(sentence: Span) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for token in sentence:
        known = _by_word()
        for context in known.get(token.lemma_.lower()) or known.get(token.lower_, ()):
            counts[context] = counts.get(context, 0) + 1
    return tuple(sorted(counts, key=lambda context: (-counts[context], context)))
