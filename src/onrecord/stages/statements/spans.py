"""Span finding by the tagger, and by rules over the parse and the quotation marks."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from onrecord.models.attribution import Tags
from onrecord.parsing import Parse
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.citing import with_cited
from onrecord.stages.statements.colons import headlines, named_quotations
from onrecord.stages.statements.conjoined import apart
from onrecord.stages.statements.linking import Quotations, link, nested, run_on
from onrecord.stages.statements.nouns import ACCORDING, according_attribution, noun_attribution
from onrecord.stages.statements.sentences import sentence_of
from onrecord.stages.statements.sources import nearest
from onrecord.stages.statements.tagged import with_tagged
from onrecord.stages.statements.transcripts import turns
from onrecord.stages.statements.verbs import OWN, verb_attribution


def spans(parse: Parse, quotes: Quotations, tags: Tags) -> list[Attribution]:
    """Return the attributions of a report, sorted by their first token."""
    found = candidates(parse, quotes, tags)
    return apart(parse, nested(run_on(parse, found, quotes)), quotes)


def candidates(parse: Parse, quotes: Quotations, tags: Tags) -> list[Attribution]:
    """Return the attributions before quotations run on and one is found inside another."""
    return _distinct(parse, with_tagged(parse, rules(parse, quotes), quotes, tags))


def rules(parse: Parse, quotes: Quotations) -> list[Attribution]:
    """Return what the rules find by themselves, before quotations run on."""
    return _distinct(parse, list(link(parse, _found(parse, quotes), quotes)))


def _distinct(parse: Parse, found: list[Attribution]) -> list[Attribution]:
    """Keep the nearer cue where two give the same words to one speaker: "responded by saying"."""
    kept: dict[tuple[object, ...], Attribution] = {}
    for item in found:
        key = (item.content, item.subject)
        other = kept.get(key)
        if other is None or _distance(item) < _distance(other):
            kept[key] = item
    return _without_pronouns(parse, list(kept.values()))


def _without_pronouns(parse: Parse, found: list[Attribution]) -> list[Attribution]:
    """Leave out the cue of a pronoun where the same words have another in the same sentence.

    "In a statement that it posted, the council wrote": one act, under one cue.
    """
    alike: dict[tuple[object, ...], list[Attribution]] = defaultdict(list)
    for item in found:
        if item.head is not None:
            alike[item.content, sentence_of(parse.doc[item.head])[0]].append(item)
    dropped: set[int] = set()
    for items in alike.values():
        named = [item for item in items if not _pronominal(parse, item)]
        retold = [one for one in named if any(_retells(parse, one, item) for item in items)]
        if retold:
            dropped.update(map(id, retold))
        elif named and len(items) > 1:
            dropped.update(id(item) for item in items if _pronominal(parse, item))
    return [item for item in found if id(item) not in dropped]


def _retells(parse: Parse, outer: Attribution, inner: Attribution) -> bool:
    """Tell whether one hands on what the other says: "He told us X, the Post said".

    Or "He told us X, according to the Post".
    """
    if outer.head is None or inner.head is None or inner is outer:
        return False
    cue = parse.doc[inner.head]
    if outer.entry == ACCORDING:
        return inner.entry is not None and inner.entry.quotes and inner.entry != ACCORDING
    return cue.dep_ == "ccomp" and cue.head.i == outer.head


def _pronominal(parse: Parse, item: Attribution) -> bool:
    return item.subject is not None and parse.doc[item.subject].pos_ == "PRON"


def _distance(item: Attribution) -> int:
    if item.head is None:
        return 0
    return min(min(abs(item.head - start), abs(item.head - end)) for start, end in item.content)


def _found(parse: Parse, quotes: Quotations) -> Iterator[Attribution]:
    """Yield what every rule finds, before quotations are linked."""
    by_marks = [*turns(parse), *headlines(parse), *named_quotations(parse)]
    yield from by_marks
    taken = {item.head for item in by_marks}
    for item in with_cited(parse.doc, _by_words(parse)):
        if item.head in taken:
            continue
        kept = _outside(parse, item, quotes)
        if kept is not None:
            yield kept


def _outside(parse: Parse, item: Attribution, quotes: Quotations) -> Attribution | None:
    """Mend a source taken from within a quotation that its cue stands outside of.

    What a quoted speaker says of own words ("I would say that ...") is no further statement.
    """
    if item.head is None or item.subject is None:
        return item
    quote = quotes.at(item.subject)
    if quote is None or quote is quotes.at(item.head):
        first_person = quote is not None and parse.doc[item.subject].lower_ in OWN
        return None if first_person else item
    core = next(span for span in item.cue if span[0] <= item.head < span[1])
    beside = nearest(parse.doc, core)
    if beside is None or quotes.at(beside[1]) is quote:
        return replace(item, source=(), subject=None)
    return replace(item, source=(beside[0],), subject=beside[1])


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
