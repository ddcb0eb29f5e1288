"""Attributions from the trained tagger, joined with what only the rules can tell.

The tagger gives spans; the rules over the parse give the cue's lexicon entry, who hands words on
and which attribution stands inside which, find what has no cue (turns, answers, headlines), and
leave out what is no statement though it is worded like one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from onrecord.models.attribution import Tagged, Tags
from onrecord.parsing import Parse
from onrecord.stages.statements.attribution import (
    EDGE_MARKS,
    Attribution,
    Range,
    ranges,
    size,
    tidy,
)
from onrecord.stages.statements.lexicon import Cue, cues
from onrecord.stages.statements.linking import Quotations, mere_frame
from onrecord.stages.statements.nouns import ACCORDING
from onrecord.stages.statements.sentences import sentence_of
from onrecord.stages.statements.sources import is_passive
from onrecord.stages.statements.verbs import no_statement

TURNS = ("turn", "answer", "question")  # rules that read marks, not words
# Rules so plain that what they find counts where the tagger is silent.
PLAIN = ("headline", "name and colon", "according to", "say", "tell")
LEAST = 0.3  # how sure the tagger must be; of those below, two in three are wrong on PolNeAR dev
UNSOURCED = 0.2  # and where it has no source, of which it is never as sure
UNKNOWN = 0.5  # and where no lexicon knows its cue, as in "imposed sanctions"
SAME = 0.5  # share of tokens in common from which two contents are taken for one
FRAMES = frozenset({"clause", "quote"})
# Words at the end of a source behind which something was cut off, and those left off where it was.
CUT = frozenset({"WP", "WDT", "IN", "TO", "DT", "CC"})
DANGLING = CUT | {"POS"}
LONE = CUT | {"RB", "PRP"}  # no content by themselves beside other parts: "however", "it"


def with_tagged(
    parse: Parse, ruled: list[Attribution], quotes: Quotations, tags: Tags
) -> list[Attribution]:
    """Return the tagger's attributions, and those of the rules that it can't see."""
    twins = {item.head: item for item in ruled if item.head is not None}
    learned = [
        made
        for one in tags.tagged
        for made in (_attribution(parse, one, twins, quotes),)
        if made is not None
    ]
    return [*learned, *_unseen(parse, learned, ruled)]


def _attribution(
    parse: Parse, one: Tagged, twins: dict[int, Attribution], quotes: Quotations
) -> Attribution | None:
    """Return a tagged attribution in tokens, with its cue's entry; None for no statement."""
    sure = one.cue_sure * one.content_sure * one.source_sure
    cue = tidy(parse.doc, _tokens(parse, (one.cue,)))
    if not cue or sure < (LEAST if one.source else UNSOURCED):
        return None
    twin = next((twins[i] for span in cue for i in range(*span) if i in twins), None)
    entry, head = (twin.entry, twin.head) if twin is not None else _entry(parse, cue[0])
    if head is None:
        return None
    source = _whole_source(
        parse, tidy(parse.doc, _tokens(parse, one.source)), parse.doc[head], twin
    )
    content = _mended(parse, tidy(parse.doc, _tokens(parse, one.content)), head, twin, quotes)
    if not content or no_statement(parse.doc[head], content):
        return None
    if entry is None:
        quoted = any(quotes.within(*span) for span in content)
        if not source or (not quoted and sure < UNKNOWN):
            return None
        entry = Cue(parse.doc[head].lemma_.lower(), "verb", "say", quoted, FRAMES)
    return Attribution(
        source=source,
        cue=twin.cue if twin is not None and twin.entry == ACCORDING else cue,
        content=content,
        rule=twin.rule if twin is not None else f"{entry.lemma}: tagged",
        entry=entry,
        head=head,
        subject=_subject(parse, source, twin),
        hand=twin.hand if twin is not None else None,
        sure=sure,
    )


def _whole_source(
    parse: Parse, source: tuple[Range, ...], head: Token, twin: Attribution | None
) -> tuple[Range, ...]:
    """Return the source, or the rules' where somebody is cited or the tagger's is none or cut.

    A possessive's mark is left off: "X's" in "X's claim" is X.
    """
    doc = parse.doc
    if source and is_passive(head) and doc[source[0][0] : source[-1][1]].text.lower() == "it":
        return ()  # "it was said that": nobody
    ruled = twin.source if twin is not None else ()
    if twin is not None and ruled and (twin.hand is not None or not source):
        return ruled
    if not source:
        return ()
    misplaced = _an_object(doc, source, head) or (
        head.lower_ == "according" and source[-1][1] <= head.i
    )
    if ruled and misplaced and not set(source) & set(ruled):
        return ruled
    start, end = source[-1]
    while end < head.i and doc[end].pos_ == "PROPN" == doc[end - 1].pos_ and start < end:
        end += 1  # a name is not cut
    if doc[end - 1].tag_ in CUT and ruled and ruled[0][0] == source[0][0] and size(ruled) > 1:
        return ruled
    while end - start > 1 and (doc[end - 1].tag_ in DANGLING or _begun(doc, end - 1)):
        end -= 1
    return (*source[:-1], (start, end))


def _an_object(doc: Doc, source: tuple[Range, ...], head: Token) -> bool:
    """Tell whether a source is what the verb before acts on: Y in "X blamed Y and vowed"."""
    root = doc[source[0][0] : source[-1][1]].root
    shared = head.dep_ in ("conj", "advcl") and root.i < head.i
    return shared and root.dep_ in ("dobj", "pobj", "appos", "conj") and root.head.i < head.i


def _begun(doc: Doc, index: int) -> bool:
    """Tell whether a word only begins a clause: "speaking" in "two officials, speaking"."""
    return doc[index].text in EDGE_MARKS or (
        doc[index].tag_ == "VBG" and doc[index - 1].text == ","
    )


def _tokens(parse: Parse, spans: Iterable[tuple[int, int]]) -> tuple[Range, ...]:
    """Return spans of characters as ranges of tokens, none over the border of a block."""
    found = ranges(index for start, end in spans for index in parse.tokens_in(start, end))
    return tuple(part for span in found for part in _by_block(parse, span))


def _by_block(parse: Parse, span: Range) -> Iterator[Range]:
    start = span[0]
    while start < span[1]:
        end = min(span[1], parse.block_tokens(parse.block_of(start)).stop)
        yield start, end
        start = end


def _entry(parse: Parse, cue: Range) -> tuple[Cue | None, int]:
    """Return the lexicon's entry for a word of the cue and that word, else the cue's head."""
    for index in reversed(range(*cue)):
        token = parse.doc[index]
        if token.lower_ == "according":
            return ACCORDING, index
        pos = "noun" if token.pos_ == "NOUN" else "verb"
        entry = cues(pos).get(token.lemma_.lower())
        if entry is not None:
            return entry, index
    root = parse.doc[cue[0] : cue[1]].root
    if root.dep_ in ("aux", "auxpass") and root.head.pos_ == "VERB":
        root = root.head  # "has", of "has already warned"
        return cues("verb").get(root.lemma_.lower()), root.i
    return None, root.i


def _mended(
    parse: Parse,
    content: tuple[Range, ...],
    head: int,
    twin: Attribution | None,
    quotes: Quotations,
) -> tuple[Range, ...]:
    """Return a content without the person addressed and without later quotations.

    A quotation that is a sentence of its own after a paraphrase has no cue: linking makes it a
    statement for itself.
    """
    if twin is not None and twin.rule.endswith("next paragraph"):
        return twin.content
    content = _with_words(parse.doc, _whole_quotations(parse.doc, content, head, quotes))
    if not content:
        return ()
    if twin is not None and twin.entry is not None and "addressee" in twin.entry.frames:
        content = _without_addressee(content, twin.content)
    start, end = sentence_of(parse.doc[head])
    content = _of_this_cue(parse.doc, content, head, quotes)
    paraphrase = [s for s in content if start <= s[0] < end and quotes.at(s[0]) is None]
    if not paraphrase or any(quotes.within(*span) for span in paraphrase):
        return content
    inside = ((s, min(e, end)) for s, e in content if s < end)
    return tidy(parse.doc, inside) or content


def _whole_quotations(
    doc: Doc, content: tuple[Range, ...], head: int, quotes: Quotations
) -> tuple[Range, ...]:
    """Return a content in which a quotation begun is told to its end."""
    tokens = {index for start, end in content for index in range(start, end)}
    for start, end in content:
        quote = quotes.at(start)
        if quote is not None and quote is not quotes.at(head) and start <= quote.first + 1:
            tokens.update(range(end, quote.last))
    return tidy(doc, ranges(tokens))


def _of_this_cue(
    doc: Doc, content: tuple[Range, ...], head: int, quotes: Quotations
) -> tuple[Range, ...]:
    """Return a content without what other sentences tell, and without what leads up to "that".

    Quotations run over sentences; a paraphrase beyond a full stop belongs to another cue.
    """
    near = tuple(span for span in content if quotes.within(*span) or not _stopped(doc, span, head))
    kept = near or content
    (first, end), *others = kept
    lead = next((i for i in range(first, min(first + 3, end)) if doc[i].lower_ == "that"), first)
    if lead > first and all(doc[i].is_punct or doc[i].pos_ == "ADV" for i in range(first, lead)):
        first = lead + 1
    return ((first, end), *others) if first < end else kept


def _stopped(doc: Doc, span: Range, head: int) -> bool:
    """Tell whether a sentence ends between a span and a cue."""
    between = range(span[1], head) if span[1] <= head else range(head, span[0])
    return any(doc[index].text in (".", "!", "?") for index in between)


def _with_words(doc: Doc, content: tuple[Range, ...]) -> tuple[Range, ...]:
    """Return a content without a lone article, preposition or adverb beside others."""
    kept = tuple(s for s in content if s[1] - s[0] > 1 or doc[s[0]].tag_ not in LONE)
    return kept or content


def _without_addressee(content: tuple[Range, ...], ruled: tuple[Range, ...]) -> tuple[Range, ...]:
    """Return a content that begins where the rules', behind whom it is said to, begins."""
    if not ruled:
        return content
    (start, end), *others = content
    first = ruled[0][0]
    return ((first, end), *others) if start < first < end else content


def _subject(parse: Parse, source: tuple[Range, ...], twin: Attribution | None) -> int | None:
    """Return the head of the source."""
    if not source:
        return None
    start, end = source[0]
    if twin is not None and twin.subject is not None and start <= twin.subject < end:
        return twin.subject
    return int(parse.doc[start:end].root.i)


def _unseen(
    parse: Parse, learned: list[Attribution], ruled: list[Attribution]
) -> Iterator[Attribution]:
    """Yield the rules' attributions that the tagger missed, or that are handed on within another.

    Where the tagger has given the same words to a cue, what the rules say of them does not count.
    """
    heads = {index for item in learned for span in item.cue for index in range(*span)}
    holders: dict[int, list[int]] = defaultdict(list)
    for number, item in enumerate(learned):
        for span in item.content:
            for index in range(*span):
                holders[index].append(number)
    for item in ruled:
        if item.head in heads:
            continue
        shared: dict[int, int] = defaultdict(int)
        for span in item.content:
            for index in range(*span):
                for number in holders.get(index, ()):
                    shared[number] += 1
        alike = any(
            count >= SAME * min(size(item.content), size(learned[number].content))
            for number, count in shared.items()
        )
        plain = item.entry is None or item.rule.startswith(PLAIN) or "passive" in item.rule
        plain = plain or item.hand is not None
        missed = plain and not alike
        voiced = item.entry is None or item.entry.voiced
        inside = voiced and any(_handed_on(learned[n], item, parse) for n in shared)
        if missed or inside or item.rule in TURNS:
            yield item


def _handed_on(outer: Attribution, item: Attribution, parse: Parse) -> bool:
    """Tell whether an attribution in another's content is a statement for itself.

    It is all that the other says ("Z said that Y had promised W"), or joined to it by "and".
    """
    inside = item.head is not None and outer.covers(item.head)
    joined = inside and item.head is not None and parse.doc[item.head].dep_ == "conj"
    return joined or mere_frame(outer, item)
