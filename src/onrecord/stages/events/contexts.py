"""PLOVER's contexts of an event: military, legal, election …, by the words of its sentence."""

import functools

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


def contexts(event: Event, parse: Parse) -> tuple[str, ...]:
    """Return the contexts that words of an event's sentence show, most often shown first."""
    sentence = parse.doc[parse.token_at(event.trigger.start)].sent
    counts: dict[str, int] = {}
    for token in sentence:
        known = _by_word()
        for context in known.get(token.lemma_.lower()) or known.get(token.lower_, ()):
            counts[context] = counts.get(context, 0) + 1
    return tuple(sorted(counts, key=lambda context: (-counts[context], context)))
