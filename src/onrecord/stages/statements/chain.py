"""The chain of hands: through whom the words of a statement reached the report."""

import functools
import itertools
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from onrecord.parsing import Parse
from onrecord.stages.actors import entity_of
from onrecord.stages.statements.attribution import Attribution, Range
from onrecord.stages.statements.datelines import dateline_ends
from onrecord.stages.statements.outlets import Outlets, key_of, kind_words, platforms
from onrecord.stages.statements.sentences import sentence_of
from onrecord.types import Hop, Reading, Speaker, Statement

OBTAINED = frozenset({"see", "obtain", "review", "leak", "get", "publish", "acquire", "read"})
TOLD_TO = frozenset({"to", "with", "on", "by", "in"})
QUOTING = frozenset({"quote", "cite"})
APPEARING = frozenset({"interview", "speak", "talk", "appear", "phone", "call"})
POSTS = frozenset("post message video clip thread livestream stream note tweet story".split())
INTERVIEWS = frozenset({"interview", "statement", "remark", "comment", "call", "briefing"})
POSTED_ON = frozenset({"on", "via", "to"})
IMPLIED = {"tweet": "Twitter", "retweet": "Twitter"}
DEFINITE = frozenset({"the", "that", "same"})
REACH = 40  # tokens around a cue in which the platform it was posted on stands
TELLING = frozenset({"tell", "inform", "brief", "assure", "warn"})
MAX_HOPS = 6  # more hands than this is a wrong parse


def chain_of(
    reading: Reading,
    parse: Parse,
    item: Attribution,
    speaker: Speaker,
    outer: list[tuple[tuple[Range, ...], Speaker]],
    outlets: Outlets,
    learned: list[Hop],
) -> tuple[Hop, ...]:
    """Return the hands, nearest to the speaker first, without the report's own outlet.

    Where the network has `learned` of none, the words around the cue are asked by rules.
    """
    hops: list[Hop] = []
    taken = {key_of(speaker.name), *outlets.own}
    told = _told_somebody(parse, item)
    near = [hop for hop in learned if not told or _with_cue(parse, item, hop)]
    for hop in (
        [*near, *_publishers(reading, parse, item, outlets)]
        if near
        else _hands(reading, parse, item, outer, outlets)
    ):
        name = outlets.whole(hop)
        if name and key_of(name) not in taken and len(hops) < MAX_HOPS and not outlets.is_own(name):
            taken.add(key_of(name))
            hops.append(replace(hop, name=name))
    return tuple(hops)


def _told_somebody(parse: Parse, item: Attribution) -> bool:
    """Tell whether a cue names whom it was said to: hands named elsewhere are not its own."""
    if item.head is None:
        return False
    cue = parse.doc[item.head]
    return cue.lemma_.lower() in TELLING and any(
        child.dep_ in ("dobj", "dative") and child.pos_ != "PRON" for child in cue.children
    )


def _with_cue(parse: Parse, item: Attribution, hop: Hop) -> bool:
    """Tell whether a hand is named in the sentence of the cue."""
    if item.head is None or not hop.evidence:
        return True
    start, end = sentence_of(parse.doc[item.head])
    return start <= parse.token_at(hop.evidence[0].start) < end


def _publishers(
    reading: Reading, parse: Parse, item: Attribution, outlets: Outlets
) -> Iterator[Hop]:
    """Yield the outlets that print the words, in the cue's own sentence."""
    for span, name in _beside(parse, item, outlets):
        if _publishes(parse, span):
            yield _hop(reading, parse, span, name)


def carried_on(statements: list[Statement], parse: Parse) -> list[Statement]:
    """Return the statements, each with the hands that its speaker's words beside it came by.

    "She told the radio that X. The talks, she added, had failed": both went through the radio, as
    long as one paragraph holds them, nobody else speaks in between, and the words without hands
    name nobody that they were said to.
    """
    result: list[Statement] = []
    for _, run in itertools.groupby(statements, key=functools.partial(_floor, parse)):
        together = list(run)
        fullest = max((one.chain for one in together), key=len)
        names = {hop.name for hop in fullest}
        for one in together:
            lacks = {hop.name for hop in one.chain} < names
            if lacks and one.speaker.name and (one.chain or not _addressed(one, parse)):
                one = replace(one, chain=fullest)
            result.append(one)
    return result


def _floor(parse: Parse, statement: Statement) -> tuple[int, str]:
    """Return the paragraph of a statement and who has the floor in it."""
    return parse.block_of(parse.token_at(_start(statement))), statement.speaker.name


def _start(statement: Statement) -> int:
    return min(part.start for part in (*statement.cue, *statement.content))


def _addressed(statement: Statement, parse: Parse) -> bool:
    """Tell whether a cue names somebody whom it was told to, or a paper it was said in."""
    for part in statement.cue:
        for index in parse.tokens_in(part.start, part.end):
            children = parse.doc[index].children
            if any(
                c.dep_ in ("dobj", "dative") or (c.dep_ == "prep" and c.lower_ in ("to", "in"))
                for c in children
            ):
                return True
    return False


def _hands(
    reading: Reading,
    parse: Parse,
    item: Attribution,
    outer: list[tuple[tuple[Range, ...], Speaker]],
    outlets: Outlets,
) -> Iterator[Hop]:
    beside: list[tuple[Range, str]] = []
    if item.head is not None:
        head = parse.doc[item.head]
        yield from _platforms(reading, parse, head, item)
        yield from _told(reading, parse, head, outlets)
        yield from _appearing(reading, parse, head, item.subject, outlets)
        yield from _quoted_by(reading, parse, head, outlets)
        beside = list(_beside(parse, item, outlets))
        for span, name in (one for one in beside if not _publishes(parse, one[0])):
            yield _hop(reading, parse, span, name)
    if item.subject is not None:
        yield from _obtained(reading, parse, parse.doc[item.subject])
    for source, speaker in outer:
        if source and speaker.document and speaker.actor is None:
            # Of a document that hands words on, who got it is the hand.
            yield from _obtained(reading, parse, parse.doc[source[0][0] : source[-1][1]].root)
        elif source and speaker.is_told:
            # An unresolved "he" hands nothing on that could be told of anybody.
            evidence = tuple(parse.evidence(*span) for span in source)
            yield Hop(speaker.name, speaker.actor, evidence)
    for span, name in (one for one in beside if _publishes(parse, one[0])):
        yield _hop(reading, parse, span, name)


def _beside(parse: Parse, item: Attribution, outlets: Outlets) -> Iterator[tuple[Range, str]]:
    """Yield the outlets named in the cue's sentence outside source and content.

    One that handed on a thing which the content tells of is none: "the memo reported by X".
    """
    if item.head is None:
        return
    start, end = sentence_of(parse.doc[item.head])
    own = {index for span in item.source for index in range(*span)}
    # The agency in a dateline hands on the whole report, which its credit tells.
    start = dateline_ends(parse).get(start, start)
    for span, name in outlets.between(start, end):
        if item.covers(span[0]) or span[0] in own:
            continue
        root = parse.doc[span[0] : span[1]].root
        clause = root.head.head
        of_a_thing = root.dep_ == "pobj" and clause.dep_ in ("relcl", "acl")
        if not (of_a_thing and item.covers(clause.head.i)):
            yield span, name


def _publishes(parse: Parse, span: Range) -> bool:
    """Tell whether an outlet stands where one that prints words stands, not one that is told."""
    root = parse.doc[span[0] : span[1]].root
    if root.dep_ in ("nsubj", "nsubjpass", "agent") or root.head.dep_ == "agent":
        return True
    before = root.head
    return before.lower_ in ("to", "by") and before.head.lower_ in ("according", "seen", "obtained")


def _appearing(
    reading: Reading, parse: Parse, cue: Token, subject: int | None, outlets: Outlets
) -> Iterator[Hop]:
    """Yield the outlet in "interviewed by X, she said" and "speaking to X, she said"."""
    around = [*cue.children, *(parse.doc[subject].children if subject is not None else ())]
    for child in around:
        if child.dep_ in ("advcl", "acl") and child.lemma_.lower() in APPEARING:
            yield from _told(reading, parse, child, outlets)


def _quoted_by(reading: Reading, parse: Parse, cue: Token, outlets: Outlets) -> Iterator[Hop]:
    """Yield who quotes in "X quoted Y as saying" and "Y was quoted by X as saying"."""
    linking = cue.head
    verb = linking.head if linking.lower_ == "as" else linking
    if cue.dep_ not in ("pcomp", "advcl", "prep") or verb.lemma_.lower() not in QUOTING:
        return
    for child in verb.children:
        if child.dep_ == "nsubj":
            yield from _outlet(reading, parse, child, outlets, any_noun=True)
        elif child.dep_ == "agent" or child.lower_ == "by":
            for word in child.children:
                if word.dep_ == "pobj":
                    yield from _outlet(reading, parse, word, outlets, any_noun=True)


def _platforms(reading: Reading, parse: Parse, cue: Token, item: Attribution) -> Iterator[Hop]:
    """Yield the platform that a cue names ("wrote on Telegram") or implies ("tweeted")."""
    start, end = sentence_of(cue)
    near = range(max(start, cue.i - REACH), min(end, cue.i + REACH))
    around = [parse.doc[index] for index in near if not item.covers(index)]
    for noun in (cue, *(word for word in around if _is_post(word))):
        word = _platform_beside(noun)
        if word is not None:
            spot = parse.evidence(word.i, word.i + 1)
            entity = entity_of(reading, spot.start, spot.end)
            name = platforms().get(word.lower_, spot.text)
            yield Hop(name, entity.id if entity else None, (spot,))
            return
    for before, word in itertools.pairwise(around):
        if word.lower_ in platforms() and before.lower_ in ("on", "via", "over"):
            spot = parse.evidence(word.i, word.i + 1)
            yield Hop(platforms()[word.lower_], None, (spot,))
            return
    implied = IMPLIED.get(cue.lemma_.lower())
    if implied is not None:
        yield Hop(implied, None, (parse.evidence(cue.i, cue.i + 1),))


def _platform_beside(word: Token) -> Token | None:
    """Return the platform in "wrote on X", "a post on X" and "an X post"."""
    posted = _is_post(word)
    for child in word.children:
        if child.dep_ == "compound" and posted and child.pos_ == "PROPN":
            return child
        if child.dep_ != "prep" or child.lower_ not in POSTED_ON:
            continue
        for part in child.subtree:
            if part.lower_ in platforms():
                return part
            named = part.pos_ == "PROPN" and part.ent_type_ not in ("DATE", "TIME")
            if posted and named and part.head == child and child.lower_ != "to":
                return part
    return None


def _is_post(word: Token) -> bool:
    """Tell whether a word is a post, and no part of a name ("the Evening Post")."""
    lemma = word.lemma_.lower()
    return lemma in POSTS if word.pos_ == "NOUN" else lemma in ("post", "tweet", "stream")


def _told(reading: Reading, parse: Parse, cue: Token, outlets: Outlets) -> Iterator[Hop]:
    """Yield the outlet that was told, or that an interview was given to."""
    for child in cue.children:
        if child.dep_ in ("dobj", "dative", "pobj"):
            yield from _outlet(reading, parse, child, outlets)
        elif child.dep_ in ("prep", "agent", "dative") and child.lower_ in TOLD_TO:
            for word in child.children:
                if word.dep_ != "pobj":
                    continue
                yield from _outlet(reading, parse, word, outlets)
                if word.lemma_.lower() in INTERVIEWS:
                    yield from _inside(reading, parse, word, outlets)


def _inside(reading: Reading, parse: Parse, noun: Token, outlets: Outlets) -> Iterator[Hop]:
    """Yield the outlet in "an interview with X" or "a statement to X"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in TOLD_TO:
            for word in child.children:
                if word.dep_ == "pobj":
                    yield from _outlet(reading, parse, word, outlets)


def _outlet(
    reading: Reading, parse: Parse, head: Token, outlets: Outlets, *, any_noun: bool = False
) -> Iterator[Hop]:
    """Yield the outlet that a noun names or stands for; `any_noun`: it need not be an outlet."""
    if head.pos_ == "PRON" or (head.i and parse.doc[head.left_edge.i].lower_ == "this"):
        return
    named = next((outlets.at(i) for i in _name_tokens(head) if outlets.at(i)), None)
    if named is not None:
        yield _hop(reading, parse, *named)
    elif head.pos_ != "PROPN" and head.lemma_.lower() in kind_words():
        start, end = _name_range(head)
        alone = end - start <= 2 and parse.doc[start].lower_ in DEFINITE
        # "The daily" of which no name stands before it is told as printed, and is no name.
        name = outlets.before(start, head.lemma_.lower()) if alone else None
        spot = parse.evidence(start, end)
        yield Hop(name or _bare(spot.text), None, (spot,))
    elif any_noun:
        yield _hop(reading, parse, _name_range(head), None)


def _name_tokens(head: Token) -> Iterator[int]:
    """Yield the head, then the words of its phrase that may name an outlet in apposition."""
    yield head.i
    for child in head.children:
        if child.dep_ in ("appos", "compound", "nmod"):
            yield child.i


def _hop(reading: Reading, parse: Parse, span: Range, name: str | None) -> Hop:
    spot = parse.evidence(*span)
    entity = entity_of(reading, spot.start, spot.end)
    if entity is not None and entity.named and (name is None or entity.kind == "outlet"):
        return Hop(entity.name, entity.id, (spot,))
    return Hop(_bare(name or spot.text), entity.id if entity else None, (spot,))


def _name_range(head: Token) -> tuple[int, int]:
    """Return the noun phrase up to its head, with names in apposition left out."""
    start: int = head.left_edge.i
    return start, head.i + 1


def _bare(name: str) -> str:
    text = " ".join(name.split())
    return text[4:] if text[:4].lower() == "the " else text


def _obtained(reading: Reading, parse: Parse, source: Token) -> Iterator[Hop]:
    """Yield who saw, got or leaked a document: "a memo obtained by X"."""
    for child in source.children:
        if child.dep_ != "acl" or child.lemma_.lower() not in OBTAINED:
            continue
        for by in child.children:
            if by.dep_ not in ("agent", "prep") or by.lower_ != "by":
                continue
            for word in by.children:
                if word.dep_ == "pobj":
                    spot = parse.evidence(*_name_range(word))
                    entity = entity_of(reading, spot.start, spot.end)
                    name = entity.name if entity is not None and entity.named else _bare(spot.text)
                    yield Hop(name, entity.id if entity else None, (spot,))
