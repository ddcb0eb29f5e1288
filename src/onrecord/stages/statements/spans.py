"""Span finding by rules over the parse and the quotation marks: source, cue, content."""

from collections.abc import Iterator

from onrecord.parsing import Parse
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.linking import Quotations, link, nested, run_on
from onrecord.stages.statements.nouns import according_attribution, noun_attribution
from onrecord.stages.statements.quotations import quotations
from onrecord.stages.statements.verbs import verb_attribution


def spans(parse: Parse) -> list[Attribution]:
    """Return the attributions of a report, sorted by their first token."""
    quotes = Quotations(quotations(parse))
    found = list(link(parse, _by_words(parse), quotes))
    return nested(run_on(parse, found, quotes))


def _by_words(parse: Parse) -> Iterator[Attribution]:
    """Yield what single cue words attribute, in the order of the words."""
    for token in parse.doc:
        found = None
        if token.lower_ == "according":
            found = according_attribution(parse.doc, token)
        elif token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB"):
            found = verb_attribution(parse.doc, token)
        elif token.pos_ == "NOUN":
            found = noun_attribution(parse.doc, token)
        if found is not None:
            yield found
