"""Linking: which quotations belong to which cue, and which run on without one."""

import bisect
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from onrecord.parsing import Parse
from onrecord.stages.statements.attribution import Attribution, Range, is_mark, ranges, size, tidy
from onrecord.stages.statements.datelines import beyond, dateline_ends
from onrecord.stages.statements.introduced import introducer
from onrecord.stages.statements.quotations import Quotation
from onrecord.stages.statements.sentences import sentence_of

REACH = 16  # tokens between a cue and the quotation after it: addressee, day and place fit
CLAUSE_WORDS = 4  # fewest words of a quotation that speaks by itself, without a cue
# Verbs whose bare object in quotation marks is speech; with others it is a scare quote.
BARE = frozenset(
    "say tell write tweet add reply read declare shout chant ask state respond post yell".split()
)
SAME = 0.5  # share of a quotation that a content must cover to hold it


class Quotations:
    """The quotations of a report, to be asked by token."""

    def __init__(self, found: list[Quotation]) -> None:
        self.all = found
        self._starts = [quote.start for quote in found]

    def at(self, token: int) -> Quotation | None:
        """Return the quotation that a token stands in."""
        place = bisect.bisect_right(self._starts, token) - 1
        if place >= 0 and token < self.all[place].end:
            return self.all[place]
        return None

    def within(self, start: int, end: int) -> list[Quotation]:
        """Return the quotations that overlap the tokens [start, end)."""
        first = bisect.bisect_right(self._starts, start) - 1
        first = max(first, 0)
        last = bisect.bisect_left(self._starts, end)
        return [quote for quote in self.all[first:last] if quote.end > start]

    def before(self, token: int) -> Quotation | None:
        """Return the last quotation that ends at or before a token."""
        place = bisect.bisect_left(self._starts, token) - 1
        if place >= 0 and self.all[place].end <= token:
            return self.all[place]
        return None

    def after(self, token: int) -> Quotation | None:
        """Return the first quotation that starts at or after a token."""
        place = bisect.bisect_left(self._starts, token)
        return self.all[place] if place < len(self.all) else None


def link(parse: Parse, found: Iterable[Attribution], quotes: Quotations) -> Iterator[Attribution]:
    """Yield the attributions with their quotations; those left without any content are dropped."""
    ends = dateline_ends(parse)
    for item in found:
        linked = _with_quotations(parse, item, quotes)
        content = tidy(parse.doc, (_past(span, ends) for span in linked.content))
        found_source, subject = beyond(parse, linked, ends)
        source = tidy(parse.doc, (_past(span, ends) for span in found_source))
        if source and subject is not None and source != linked.source and subject < source[0][0]:
            subject = source[0][1] - 1
        if content:
            yield replace(linked, content=content, source=source, subject=subject)


def _past(span: Range, ends: dict[int, int]) -> Range:
    """Return a range without the dateline it begins with."""
    start = ends.get(span[0], span[0])
    return (start, span[1]) if start < span[1] else span


def _with_quotations(parse: Parse, item: Attribution, quotes: Quotations) -> Attribution:
    place = item.head if item.head is not None else item.first
    home = quotes.at(place)
    if home is not None:
        return replace(item, content=_clipped(item.content, home))
    content = item.content
    if item.entry is not None and item.entry.quotes:
        beside = list(_beside(parse, item, quotes))
        if not content:
            content = ranges(i for span in beside for i in range(*span))
            if not content:
                content = _next_block(parse, item, quotes)
                item = replace(item, rule=f"{item.rule}, next paragraph") if content else item
            content = content or _sentence_before(parse, item)
        else:
            content = _joined(content, beside, item.group)
    return replace(item, content=_extended(content, item, quotes))


def _clipped(content: tuple[Range, ...], home: Quotation) -> tuple[Range, ...]:
    """Keep of a content inside a quotation what stands inside it."""
    clipped = ((max(start, home.first), min(end, home.last)) for start, end in content)
    return tuple((start, end) for start, end in clipped if start < end)


def _extended(
    content: tuple[Range, ...], item: Attribution, quotes: Quotations
) -> tuple[Range, ...]:
    """Take in the whole of every quotation that a content reaches into."""
    tokens = {index for start, end in content for index in range(start, end)}
    if not tokens:
        return ()
    for start, end in content:
        for quote in quotes.within(start, end):
            if tokens.intersection(range(quote.first, quote.last)):
                tokens.update(range(quote.start, quote.end))
    own = {index for start, end in item.source + item.cue for index in range(start, end)}
    return ranges(tokens - own)


def _joined(content: tuple[Range, ...], beside: list[Range], group: Range) -> tuple[Range, ...]:
    """Add the quotation on the other side of a cue that splits it."""
    sides = {end <= group[0] for _, end in content}
    extra = [span for span in beside if (span[1] <= group[0]) not in sides]
    return ranges(i for span in (*content, *extra) for i in range(*span))


def _next_block(parse: Parse, item: Attribution, quotes: Quotations) -> tuple[Range, ...]:
    """Return the paragraph that a cue with a colon at its end introduces without marks."""
    end = item.group[1]
    number = parse.block_of(end - 1)
    stop = parse.block_tokens(number).stop
    closing = stop - end <= REACH and parse.doc[stop - 1].text == ":"
    if not closing or number + 1 >= len(parse.blocks):
        return ()
    tokens = parse.block_tokens(number + 1)
    if quotes.at(tokens.start) is not None:
        return ()
    return ((tokens.start, tokens.stop),)


def _beside(parse: Parse, item: Attribution, quotes: Quotations) -> Iterator[Range]:
    """Yield the quotations right before and right after source and cue."""
    start, end = item.group
    left = quotes.before(start)
    if left is not None and _touching(parse, left.end, start):
        yield _from_sentence_start(parse, left), left.end
    right = quotes.after(end)
    if right is not None and _introduced(parse, end, right.start, split=left is not None):
        lemma = item.entry.lemma if item.entry is not None else ""
        strong = lemma == "tell" or (lemma in BARE and right.start == end)
        if strong or parse.doc[right.start - 1].text in (",", ":"):
            yield right.start, right.end


def _from_sentence_start(parse: Parse, quote: Quotation) -> int:
    """Return where the content begins whose last words are this quotation."""
    doc = parse.doc
    if doc[quote.first].text[:1].isupper() or doc[quote.start].is_sent_start:
        return quote.start
    start = sentence_of(doc[quote.start])[0]
    before = (i for i in range(quote.start - 1, start - 1, -1) if not doc[i].is_punct)
    words = sum(1 for _ in itertools.islice(before, REACH + 1))
    return start if 0 < words <= REACH else quote.start


def _touching(parse: Parse, start: int, end: int) -> bool:
    doc = parse.doc
    ends = doc[start - 1].text if not is_mark(doc[start - 1]) else doc[start - 2].text
    if end == start and ends == ".":
        return False  # the quotation closed its own sentence
    return (
        end - start <= 2
        and all(
            doc[i].text in (",", "-", "–", "—", "--") or doc[i].is_space for i in range(start, end)
        )
        and parse.block_of(start - 1) == parse.block_of(end)
    )


def _introduced(parse: Parse, end: int, quote: int, *, split: bool) -> bool:
    """Tell whether the words from a cue to a quotation lead up to it."""
    doc = parse.doc
    if quote - end > REACH or quote <= end - 1:
        return False
    between = [doc[i] for i in range(end, quote) if not doc[i].is_space]
    colon = bool(between) and between[-1].text == ":"
    if parse.block_of(end - 1) != parse.block_of(quote):
        return colon and parse.block_of(end - 1) + 1 == parse.block_of(quote)
    if any(word.text in ".?!;" for word in between):
        return False
    if not between or colon:
        return True
    if between[-1].text == ",":
        return True
    return not split and not any(word.pos_ in ("VERB", "AUX") for word in between)


def _sentence_before(parse: Parse, item: Attribution) -> tuple[Range, ...]:
    """Return the words before a cue that closes its sentence after a comma: "X did, Y said."."""
    doc = parse.doc
    if item.entry is None or "clause" not in item.entry.frames or item.head is None:
        return ()
    start, end = item.group
    first, last = sentence_of(doc[item.head])
    closing = all(doc[i].is_punct or doc[i].is_space for i in range(end, last))
    if closing and start - first > 2 and doc[start - 1].text == ",":
        return ((first, start),)
    return ()


def run_on(parse: Parse, found: list[Attribution], quotes: Quotations) -> list[Attribution]:
    """Return the attributions with those quotations added that no cue of their own introduces.

    A quotation after another of the same speaker goes on with that statement; after a paraphrase
    it becomes a statement without cue that carries the speaker on.
    """
    items = sorted(found, key=lambda item: item.first)
    owner = _owners(items, quotes)
    order = _Order(items, quotes)
    added: list[Attribution] = []
    last: Quotation | None = None
    for quote in quotes.all:
        if id(quote) in owner:
            last = quote
            continue
        before = order.before(quote.start)
        goes_on = before is not None and _goes_on(parse, items[before], quote, last)
        if not _speaks(parse.doc, quote, fewest=2 if goes_on else CLAUSE_WORDS):
            continue
        if before is not None and goes_on:
            items[before] = _plus(parse.doc, items[before], quote)
            owner[id(quote)] = before
            last = quote
        else:
            added.append(_uncued(parse, quote, items[before] if before is not None else None))
    return sorted((item for item in (*items, *added) if item.content), key=lambda item: item.first)


class _Order:
    """Which attribution last began before a token."""

    def __init__(self, items: list[Attribution], quotes: Quotations) -> None:
        pairs = sorted(
            (item.first, number)
            for number, item in enumerate(items)
            # A cue within a quotation does not take the floor from who is quoted.
            if item.head is None or quotes.at(item.head) is None
        )
        self._firsts = [first for first, _ in pairs]
        self._numbers = [number for _, number in pairs]

    def before(self, token: int) -> int | None:
        place = bisect.bisect_left(self._firsts, token) - 1
        return self._numbers[place] if place >= 0 else None


def _owners(items: list[Attribution], quotes: Quotations) -> dict[int, int]:
    """Return which attribution holds a quotation, by the quotation's identity."""
    owner: dict[int, int] = {}
    for number, item in enumerate(items):
        for start, end in item.content:
            for quote in quotes.within(start, end):
                shared = min(end, quote.last) - max(start, quote.first)
                if shared >= SAME * (quote.last - quote.first):
                    owner.setdefault(id(quote), number)
    return owner


def _speaks(doc: Doc, quote: Quotation, *, fewest: int) -> bool:
    """Tell whether a quotation is a clause, and no title, slogan or scare quote."""
    inside = doc[quote.first : quote.last]
    words = [word for word in inside if not word.is_punct and not word.is_space]
    if len(words) < fewest:
        return False
    finite = any(word.tag_ in ("VBD", "VBP", "VBZ", "MD") for word in words)
    ends = inside[-1].text in (".", "!", "?", ",", "…", "...", "-", "—") or not quote.closed
    after = quote.end >= len(doc) or doc[quote.end].text in (".", "!", "?") or ends
    opens = quote.start == 0 or doc[quote.start].is_sent_start or doc[quote.first].is_title
    return finite and after and bool(opens)


def _goes_on(parse: Parse, item: Attribution, quote: Quotation, last: Quotation | None) -> bool:
    """Tell whether a quotation goes on with a statement that ended in quotation marks."""
    end = max(stop for _, stop in item.content + item.cue + item.source)
    if last is None or not item.covers(last.first) or last.start > quote.start:
        return False
    between = [parse.doc[i] for i in range(end, quote.start) if not parse.doc[i].is_space]
    if parse.block_of(quote.start) - parse.block_of(end - 1) > 1:
        return False
    return sum(not word.is_punct for word in between) <= REACH


def _plus(doc: Doc, item: Attribution, quote: Quotation) -> Attribution:
    more = tidy(doc, ((quote.start, quote.end),))
    return replace(item, content=tuple(sorted(item.content + more)))


def _uncued(parse: Parse, quote: Quotation, before: Attribution | None) -> Attribution:
    """Return a statement without cue; its speaker is carried over the neighbouring block."""
    near = before is not None and (parse.block_of(quote.start) - parse.block_of(before.first) <= 1)
    told = introducer(parse, quote.start)
    return Attribution(
        source=(told[0],) if told is not None else (),
        cue=(),
        content=tidy(parse.doc, ((quote.start, quote.end),)),
        rule="quotation without cue",
        subject=told[1] if told is not None else None,
        carried=before if near and told is None else None,
    )


def nested(items: list[Attribution]) -> list[Attribution]:
    """Return the attributions with those around them named, and without the mere frames.

    "Z said that Y had promised W" is Y's statement through Z's hands, not a second one of Z's.
    """
    around: list[list[int]] = [[] for _ in items]
    frames: set[int] = set()
    for outer_number, inner_number in _enclosures(items):
        outer, inner = items[outer_number], items[inner_number]
        around[inner_number].append(outer_number)
        if mere_frame(outer, inner):
            frames.add(outer_number)
            items[inner_number] = _to_its_end(inner, outer)
    result = []
    for number, item in enumerate(items):
        if number in frames:
            continue
        hands = (other for other in around[number] if _hands_on(items[other]))
        near = sorted(hands, key=lambda other: size(items[other].content))
        result.append(replace(item, outer=tuple(items[other] for other in near)))
    return result


def _enclosures(items: list[Attribution]) -> Iterator[tuple[int, int]]:
    """Yield (outer, inner) for every cue that stands in another's content."""
    heads = sorted(
        (item.head, number) for number, item in enumerate(items) if item.head is not None
    )
    places = [head for head, _ in heads]
    for number, item in enumerate(items):
        for start, end in item.content:
            first, last = bisect.bisect_left(places, start), bisect.bisect_left(places, end)
            for place in range(first, last):
                if heads[place][1] != number:
                    yield number, heads[place][1]


OPENED = 0.4  # and that it fills where it is the opening
FRAME_SHARE = 0.8  # share of the outer content that the inner attribution fills


def mere_frame(outer: Attribution, inner: Attribution) -> bool:
    """Tell whether an attribution hands on another's words and says nothing besides."""
    if not inner.source or inner.head is None or not outer.covers(inner.head):
        return False
    if not outer.covers(inner.source[0][0]):
        return False  # the speaker of both, joined by "and": two acts
    if inner.entry is None or not inner.entry.quotes or not inner.entry.voiced:
        return False
    if outer.entry is None or not outer.entry.voiced:
        return False
    # From its first to its last word: whom it was said to, and "that", belong to it.
    parts = inner.source + inner.cue + inner.content
    hull = min(start for start, _ in parts), max(end for _, end in parts)
    filled = size(_overlaps(hull, outer.content))
    whole = size(outer.content)
    return filled >= FRAME_SHARE * whole or (_opens(inner, outer) and filled >= OPENED * whole)


def _opens(inner: Attribution, outer: Attribution) -> bool:
    """Tell whether an outlet's report begins with whom it reports: "X had said that Y and Z"."""
    speaking = inner.entry is not None and "clause" in inner.entry.frames
    return speaking and inner.first == outer.content[-1][0] and not inner.outer


def _to_its_end(inner: Attribution, outer: Attribution) -> Attribution:
    """Return what an outlet reports that somebody said, to the end of that report."""
    start, end = inner.content[-1]
    last = outer.content[-1]
    if not _opens(inner, outer) or not last[0] <= start < end < last[1]:
        return inner
    return replace(inner, content=(*inner.content[:-1], (start, last[1])))


def _overlaps(span: Range, others: tuple[Range, ...]) -> Iterator[Range]:
    for start, end in others:
        if max(start, span[0]) < min(end, span[1]):
            yield max(start, span[0]), min(end, span[1])


def _hands_on(outer: Attribution) -> bool:
    """Tell whether an attribution is speech that can hand on the words of others."""
    return outer.entry is None or outer.entry.quotes or outer.entry.pos == "noun"
